"""Moving averages by hand, then against TA-Lib, then the law that no row knows a later one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.averages import ema, flip, latest_mean, sma
from levelhead.kernels.talib_library import calculate
from levelhead.kernels.window_sums import WindowSums

NAN = np.nan
series = hnp.arrays(np.float64, st.integers(1, 90), elements=st.floats(0.01, 1e6))


def test_a_simple_average_is_the_mean_of_its_window():
    # (1 + 2 + 6) / 3, (2 + 6 + 7) / 3
    assert_array_equal(sma(np.array([1.0, 2.0, 6.0, 7.0]), 3), [NAN, NAN, 3.0, 5.0])


def test_an_average_needs_its_n_bars():
    assert np.isnan(sma(np.array([1.0, 2.0]), 3)).all()


def test_an_exponential_average_starts_with_a_simple_one():
    # seed (1 + 2 + 3) / 3 = 2; weight 2 / 4: 2 + (4 - 2) / 2 = 3; 3 + (8 - 3) / 2 = 5.5
    assert_array_equal(ema(np.array([1.0, 2.0, 3.0, 4.0, 8.0]), 3), [NAN, NAN, 2.0, 3.0, 5.5])


def test_the_flip_is_the_close_that_equals_its_own_average():
    # the next close of 10, 12, 14 on its 3-day average: (12 + 14) / 2 = 13, and (12 + 14 + 13) / 3 = 13
    assert flip(WindowSums(np.array([10.0, 12.0, 14.0])), 3, 3) == 13.0


@given(series, st.integers(2, 30))
def test_a_close_at_the_flip_stands_on_the_average_and_a_higher_one_above(closes, n):
    if len(closes) < n:
        return
    turn = flip(WindowSums(closes), len(closes), n)
    at, above = (latest_mean(np.append(closes, turn + step), n) for step in (0.0, 1.0))
    assert at == pytest.approx(turn, rel=1e-12)
    assert turn + 1.0 > above


@given(series, st.integers(1, 40))
def test_each_row_is_the_mean_of_its_own_window(closes, n):
    for t, value in enumerate(sma(closes, n)):
        if t < n - 1:
            assert math.isnan(value)
        else:
            assert value == pytest.approx(math.fsum(closes[t - n + 1 : t + 1]) / n, rel=1e-13)


@given(series, st.integers(2, 40))
def test_the_simple_average_is_that_of_talib(closes, n):
    assert_allclose(sma(closes, n), calculate("SMA", (closes,), (n,), known_from=n - 1)[0], rtol=1e-9, atol=1e-8)


def test_a_fall_from_a_billion_leaves_no_rounding_in_the_average():
    closes = np.concatenate((np.full(300, 1e9 + 0.1), np.full(50, 0.05)))
    assert sma(closes, 50)[-1] == pytest.approx(0.05, rel=1e-14)
    assert calculate("SMA", (closes,), (50,), known_from=49)[0][-1] != pytest.approx(0.05, rel=1e-9)  # why ours stands here


def test_a_hole_hides_only_the_windows_that_hold_it():
    closes = np.array([NAN, 2.0, 4.0, NAN, 6.0, 8.0, 10.0])
    assert_array_equal(sma(closes, 2), [NAN, NAN, 3.0, NAN, NAN, 7.0, 9.0])


def test_a_constant_series_has_exactly_its_own_average():
    assert set(sma(np.full(300, 2431.7), 200)[199:]) == {2431.7}


def test_the_latest_mean_may_end_earlier():
    assert latest_mean(np.array([1.0, 2.0, 3.0, 4.0]), 2, back=1) == 2.5


@given(series, st.data(), st.integers(2, 30))
def test_no_row_of_an_average_knows_the_future(closes, data, n):
    t = data.draw(st.integers(0, len(closes) - 1))
    rewritten = closes.copy()
    rewritten[t + 1 :] = data.draw(hnp.arrays(np.float64, len(closes) - t - 1, elements=st.floats(0.01, 1e6)))
    for average in (sma, ema):
        assert_array_equal(average(closes, n)[: t + 1], average(rewritten, n)[: t + 1])
        assert_array_equal(average(closes, n)[: t + 1], average(closes[: t + 1], n))
