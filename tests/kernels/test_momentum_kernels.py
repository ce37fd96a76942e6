"""Directional movement, bands, rate of change and the closes that flip: by hand, against TA-Lib, and without later rows."""

import numpy as np
import pytest
import talib
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.averages import golden_flip, sma, standing_still
from levelhead.kernels.bands import at_lowest, band_width, deviation, latest_deviation, rank
from levelhead.kernels.directional import directional, wilder_sum
from levelhead.kernels.momentum import gain_and_loss, macd, macd_flip, rate_of_change, rsi, rsi_flip
from levelhead.kernels.window_sums import WindowSums

moving = hnp.arrays(np.float64, st.integers(2, 90), elements=st.floats(1, 1e4))


def walked(n, seed=9):
    rng = np.random.default_rng(seed)
    close = 2000 + np.cumsum(rng.normal(0, 20, n))
    return close + rng.uniform(0, 20, n), close - rng.uniform(0, 20, n), close


def test_a_wilder_sum_begins_with_one_bar_less_and_sheds_an_nth():
    # rows 1 and 2: 2 + 4 = 6; then 6 - 6 / 3 + 8 = 12; then 12 - 4 + 1 = 9
    assert_array_equal(wilder_sum(np.array([np.nan, 2.0, 4.0, 8.0, 1.0]), 3), [np.nan, np.nan, 6.0, 12.0, 9.0])


def test_directional_indicators_of_a_steady_rise():
    # each high and low two points up: the rise is 2, the fall 0, the true range max(high - close before) = 3
    high, low = 100 + 2 * np.arange(40.0), 98 + 2 * np.arange(40.0)
    found = directional(high, low, high - 1, 14)
    assert found.plus[39] == pytest.approx(100 * 2 / 3)
    assert (found.minus[39], found.adx[39]) == (0.0, pytest.approx(100.0))
    assert np.isfinite(found.adx).argmax() == 27


def test_the_sums_make_talibs_indicators_to_a_billionth():
    high, low, close = walked(2000)
    found = directional(high, low, close, 14)
    assert_allclose(100 * found.rise[14:] / found.range[14:], talib.PLUS_DI(high, low, close, 14)[14:], rtol=1e-9)
    assert_allclose(100 * found.fall[14:] / found.range[14:], talib.MINUS_DI(high, low, close, 14)[14:], rtol=1e-9)
    assert_array_equal(found.adx, talib.ADX(high, low, close, 14))


def test_a_deviation_by_hand():
    # 1 2 3 4: mean 2.5, squares 2.25 .25 .25 2.25, mean 1.25
    assert deviation(np.array([1.0, 2.0, 3.0, 4.0]), 4)[3] == pytest.approx(np.sqrt(1.25))
    assert latest_deviation(np.array([9.0, 1.0, 2.0, 3.0, 4.0]), 4) == pytest.approx(np.sqrt(1.25))


def test_bands_are_talibs_to_a_billionth():
    close = walked(3000)[2]
    upper, middle, lower = talib.BBANDS(close, 20, 2, 2)
    assert_allclose((sma(close, 20) + 2 * deviation(close, 20))[19:], upper[19:], rtol=1e-9)
    assert_allclose((sma(close, 20) - 2 * deviation(close, 20))[19:], lower[19:], rtol=1e-9)
    assert_allclose(band_width(close, 20)[19:], (100 * (upper - lower) / middle)[19:], rtol=1e-9)


def test_rate_of_change_is_talibs_to_a_billionth_and_has_none_of_nothing():
    close = walked(3000)[2]
    assert_allclose(rate_of_change(close, 10)[10:], talib.ROC(close, 10)[10:], rtol=1e-9, atol=1e-12)
    assert_array_equal(rate_of_change(np.array([0.0, 50.0, 100.0]), 1), [np.nan, np.nan, 100.0])


def test_the_lowest_of_the_last_three_and_not_of_what_never_moved():
    values = np.array([np.nan, 5.0, 4.0, 3.0, 3.0, 6.0, 2.0, 2.0, 2.0])
    assert at_lowest(values, 3).tolist() == [False, False, False, True, True, False, True, True, False]


def test_a_rank_counts_what_is_not_above():
    assert rank(np.array([9.0, 1.0, 5.0, 3.0]), 3) == (2, 3)  # 1 and 3 of 1, 5, 3
    assert rank(np.array([np.nan, 5.0, 3.0]), 3) is None
    assert rank(np.array([5.0]), 3) is None


def test_an_average_that_stands_still_is_that_of_the_closes_repeated():
    # 2 3 4 become 4 4 4 less by one a session: (3 + 4 + 4) / 3
    assert standing_still(WindowSums(np.array([1.0, 2.0, 3.0, 4.0])), 4, 3, 1) == pytest.approx(11 / 3)


def test_the_golden_flip_by_hand():
    # (4 + x) / 2 = (2 + 3 + 4 + x) / 4: 8 + 2x = 9 + x
    assert golden_flip(WindowSums(np.array([2.0, 3.0, 4.0])), 3, 2, 4) == pytest.approx(1.0)


@given(st.integers(0, 10_000), st.floats(5, 95))
def test_the_close_that_puts_rsi_on_a_value_does(seed, target):
    close = walked(60, seed)[2]
    gain, loss = gain_and_loss(close, 14)
    price = rsi_flip(close, gain[-1], loss[-1], target, 14)
    assert rsi(np.append(close, price), 14)[-1] == pytest.approx(target, abs=1e-7)


@given(st.integers(0, 10_000), st.floats(-50, 50))
def test_the_close_that_puts_macd_on_a_value_does(seed, target):
    close = walked(60, seed)[2]
    lines = macd(close)
    price = macd_flip(lines.fast[-1], lines.slow[-1], target)
    assert macd(np.append(close, price)).line[-1] == pytest.approx(target, abs=1e-7)


@given(moving, st.data())
def test_no_row_knows_a_later_one(close, data):
    count = data.draw(st.integers(1, len(close)))
    high, low = close + 1, close - 1

    def columns(rows):
        found = directional(high[:rows], low[:rows], close[:rows], 14)
        moved = rate_of_change(close[:rows], 10)
        width = band_width(close[:rows], 20)
        return found.rise, found.fall, found.range, found.plus, found.minus, found.adx, moved, width, at_lowest(width, 30)

    for whole, early in zip(columns(len(close)), columns(count), strict=True):
        assert_array_equal(whole[:count], early)
