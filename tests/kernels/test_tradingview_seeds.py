"""What docs/definitions.md says of TradingView: the same recursions from other seeds, which are forgotten at a known pace."""

from __future__ import annotations

import numpy as np
import pytest
from made_charts import walk

from levelhead.kernels.averages import ema
from levelhead.kernels.momentum import macd, rsi
from levelhead.kernels.ranges import atr, true_range


def recursion(values: np.ndarray, share: float, seed: float, start: int) -> np.ndarray:
    """before + share * (value - before), from `seed` at row `start`."""
    result = np.full(len(values), np.nan)
    result[start] = seed
    for row in range(start + 1, len(values)):
        result[row] = result[row - 1] + share * (values[row] - result[row - 1])
    return result


def from_first(closes: np.ndarray, n: int) -> np.ndarray:
    """An exponential average that begins at the first close."""
    return recursion(closes, 2 / (n + 1), closes[0], 0)


BARS = walk(11, 1500)


@pytest.mark.parametrize("n", [20, 50, 100, 200])
def test_an_exponential_average_forgets_its_seed_by_its_own_share_a_bar(n):
    ours, theirs = ema(BARS.close, n), from_first(BARS.close, n)
    gap = ours - theirs
    for row in (n + 30, 3 * n, 5 * n):
        assert gap[row] == pytest.approx(gap[n - 1] * (1 - 2 / (n + 1)) ** (row - n + 1), rel=1e-6)


def test_macd_is_the_same_to_a_thousandth_of_a_point_after_two_hundred_bars():
    ours = macd(BARS.close)
    line = from_first(BARS.close, 12) - from_first(BARS.close, 26)
    assert np.abs(ours.line - line)[200:].max() < 1e-3
    assert np.abs(ours.line - line)[34] > 1e-3


def test_an_average_range_that_counts_the_first_bar_is_forgotten_by_a_fourteenth_a_bar():
    high, low, close = BARS.high, BARS.low, BARS.close
    ranges = np.r_[high[0] - low[0], true_range(high, low, close)[1:]]
    theirs = recursion(ranges, 1 / 14, float(ranges[:14].mean()), 13)
    gap = atr(high, low, close, 14) - theirs
    assert gap[200] == pytest.approx(gap[14] * (13 / 14) ** 186, rel=1e-5, abs=1e-12)
    assert abs(gap[14]) > 1e-3


def test_rsi_is_the_same_from_its_first_value():
    steps = np.diff(BARS.close)
    rises, falls = np.maximum(steps, 0), np.maximum(-steps, 0)
    gain = recursion(rises, 1 / 14, float(rises[:14].mean()), 13)
    loss = recursion(falls, 1 / 14, float(falls[:14].mean()), 13)
    np.testing.assert_allclose(rsi(BARS.close, 14)[14:], (100 - 100 / (1 + gain / loss))[13:], rtol=1e-9)
