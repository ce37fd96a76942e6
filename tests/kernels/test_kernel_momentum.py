"""RSI, its two averages and MACD: by hand, against TA-Lib, and without knowledge of later rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.averages import ema
from levelhead.kernels.momentum import gain_and_loss, index_of, macd, rsi, rsi_signal, wilder

NAN = np.nan
# The closes of the worked example in most textbooks, to two digits.
TEXTBOOK = np.array(
    [44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.10, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46.00]
)
moving = hnp.arrays(np.float64, st.integers(1, 90), elements=st.floats(1, 1e4))


def test_wilder_smoothing_starts_with_a_mean_and_moves_by_one_nth():
    # (1 + 2) / 2 = 1.5; (1.5 + 3) / 2 = 2.25; (2.25 + 4) / 2 = 3.125
    assert_array_equal(wilder(np.array([1.0, 2.0, 3.0, 4.0]), 2), [NAN, 1.5, 2.25, 3.125])
    assert np.isnan(wilder(np.array([1.0]), 2)).all()


def test_rsi_of_the_textbook():
    # rises .06 .72 .50 .27 .32 .42 .24 .14 .67 0 = 3.34, falls .25 .54 .19 .42 = 1.40: 100 * 3.34 / 4.74 = 70.464
    # then a fall of .28: gain 13 * .238571 / 14 = .221531, loss (13 * .1 + .28) / 14 = .112857: 100 * .221531 / .334388 = 66.250
    values = rsi(TEXTBOOK, 14)
    assert np.isnan(values[:14]).all()
    assert values[14:] == pytest.approx([70.464, 66.250], abs=5e-4)
    gain, loss = gain_and_loss(TEXTBOOK, 14)
    assert (gain[15], loss[15]) == (pytest.approx(0.221531, abs=5e-7), pytest.approx(0.112857, abs=5e-7))


def test_rsi_of_two_bars_by_hand():
    # +1, -0.5: gain 0.5, loss 0.25: 100 - 100 / 3; then +1.5: gain (0.5 + 1.5) / 2 = 1, loss 0.125: 100 - 100 / 9
    assert_allclose(rsi(np.array([10, 11, 10.5, 12.0]), 2), [NAN, NAN, 100 - 100 / 3, 100 - 100 / 9])


def test_a_flat_series_has_no_rsi_until_it_moves():
    closes = np.array([5.0] * 20 + [6.0, 5.5])
    values = rsi(closes, 14)
    assert np.isnan(values[:20]).all()
    assert values[20] == 100.0
    # gain 1 / 14 * 13 / 14, loss 0.5 / 14: 13 / (13 + 7) of the way
    assert values[21] == pytest.approx(65.0)


def test_a_series_that_only_rises_has_100_and_one_that_only_falls_0():
    rising = np.arange(1.0, 40.0)
    assert set(rsi(rising, 14)[14:]) == {100.0}
    assert set(rsi(rising[::-1].copy(), 14)[14:]) == {0.0}
    assert (index_of(1.0, 0.0), index_of(0.0, 1.0), index_of(1.0, 1.0)) == (100.0, 0.0, 50.0)


def test_the_signal_line_is_the_mean_of_fourteen_and_skips_what_was_still():
    closes = np.concatenate((np.full(30, 5.0), 5 + np.cumsum(np.tile([1.0, -0.5], 20))))
    index = rsi(closes, 14)
    signal = rsi_signal(index, 14)
    assert np.isnan(signal[:43]).all()
    assert signal[43] == pytest.approx(index[30:44].mean())


@given(moving)
def test_rsi_is_made_of_its_gain_and_loss(closes):
    gain, loss = gain_and_loss(closes, 14)
    for value, rise, fall in zip(rsi(closes, 14), gain, loss, strict=True):
        if np.isfinite(value):
            assert value == pytest.approx(index_of(rise, fall), abs=1e-9)
            assert 0 <= value <= 100
        else:
            assert not rise + fall > 1e-14


def test_rsi_of_a_long_walk_agrees_with_talib_to_a_billionth():
    closes = 2000 + np.cumsum(np.random.default_rng(9).normal(0, 20, 3000))
    gain, loss = gain_and_loss(closes, 14)
    assert_allclose(rsi(closes, 14)[14:], 100 - 100 / (1 + gain[14:] / loss[14:]), rtol=1e-9)


def test_on_a_straight_line_macd_is_seven_slopes():
    # an average of n bars trails a line by (n - 1) / 2 bars: 12.5 - 5.5 = 7
    lines = macd(3.0 * np.arange(120.0) + 50)
    assert np.isnan(lines.line[:33]).all()
    assert_allclose(lines.line[33:], 21.0)
    assert_allclose(lines.signal[33:], 21.0)
    assert_allclose(lines.histogram[33:], 0.0, atol=1e-9)


def test_both_averages_of_macd_start_on_one_bar():
    # with seeds of their own the fast one would have started 14 bars earlier and would still carry that at the first bar
    closes = 100 + np.cumsum(np.random.default_rng(2).normal(size=80))
    lines = macd(closes)
    assert lines.fast[25] == pytest.approx(closes[14:26].mean())
    assert lines.slow[25] == pytest.approx(closes[:26].mean())
    assert abs(lines.line[33] - (ema(closes, 12) - ema(closes, 26))[33]) > 1e-4


@given(moving)
def test_macd_is_the_difference_of_its_averages(closes):
    lines = macd(closes)
    known = np.isfinite(lines.line)
    assert known.sum() == max(len(closes) - 33, 0)
    assert_allclose(lines.line[known], (lines.fast - lines.slow)[known], rtol=0, atol=1e-9 * closes.max())
    assert_allclose(lines.histogram[known], (lines.line - lines.signal)[known], rtol=0, atol=1e-9 * closes.max())


@given(moving, st.data())
def test_no_row_of_momentum_knows_the_future(closes, data):
    t = data.draw(st.integers(0, len(closes) - 1))
    rewritten = closes.copy()
    rewritten[t + 1 :] = data.draw(hnp.arrays(np.float64, len(closes) - t - 1, elements=st.floats(1, 1e4)))
    for ours, theirs in zip(momentum_of(closes), momentum_of(rewritten), strict=True):
        assert_array_equal(ours[: t + 1], theirs[: t + 1])
    for ours, theirs in zip(momentum_of(closes), momentum_of(closes[: t + 1]), strict=True):
        assert_array_equal(ours[: t + 1], theirs)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_no_row_after_a_standstill_knows_the_future(still, moved, data):
    closes = np.concatenate((np.full(still, 7.0), 7 + np.arange(1.0, moved + 1) % 3, np.full(still, 7.0)))
    t = data.draw(st.integers(0, len(closes) - 1))
    for ours, theirs in zip(momentum_of(closes), momentum_of(closes[: t + 1]), strict=True):
        assert_array_equal(ours[: t + 1], theirs)


def momentum_of(closes):
    index = rsi(closes, 14)
    lines = macd(closes)
    return [
        index,
        rsi_signal(index, 14),
        *gain_and_loss(closes, 14),
        lines.fast,
        lines.slow,
        lines.line,
        lines.signal,
        lines.histogram,
    ]
