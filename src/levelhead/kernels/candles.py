"""Candle patterns: TA-Lib's, the two-day engulfing that its one-bar rule misses, and the trend before a pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.averages import sma
from levelhead.kernels.compiled import Ints, Signs, SignTable, loop, or_compiled
from levelhead.kernels.talib_library import candles

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
SignArray = NDArray[np.int8]
TREND_BARS, TREND_SPAN = 10, 5


def talib_patterns(
    names: Sequence[str],
    open_: FloatArray,
    high: FloatArray,
    low: FloatArray,
    close: FloatArray,
    *,
    penetration: Mapping[str, float],
) -> SignArray:
    """The sign of TA-Lib's pattern functions, shape (len(names), n); see `talib_library.candles`."""
    return candles(names, open_, high, low, close, penetration=penetration)


def two_day_engulfing(open_: FloatArray, high: FloatArray, low: FloatArray, close: FloatArray) -> SignArray:
    """1 at the second of two rising bars whose joint range contains the falling bar before them, -1 at its mirror; shape (n,).

    TA-Lib's rule wants the body of one bar inside the body of the next, which futures that open on a gap seldom show. Row t
    depends on rows t - 2 to t alone.
    """
    found = np.zeros(len(close), dtype=np.int8)
    if len(close) < 3:
        return found
    rising, falling = close > open_, close < open_
    top, bottom = np.maximum(high[1:-1], high[2:]), np.minimum(low[1:-1], low[2:])
    contains = (top >= high[:-2]) & (bottom <= low[:-2])
    found[2:][contains & falling[:-2] & rising[1:-1] & rising[2:]] = 1
    found[2:][contains & rising[:-2] & falling[1:-1] & falling[2:]] = -1
    return found


def short_trend(close: FloatArray) -> SignArray:
    """1 where the close is above its 10-bar mean and that mean is above its value of five bars ago, -1 at the mirror, else 0.

    Shape (n,); 0 until 15 bars are known. Ten bars are what G. L. Morris (Candlestick Charting Explained, 2006) measures the
    trend before a candle by. Row t depends on rows up to t alone.
    """
    mean = sma(close, TREND_BARS)
    before = np.full(len(close), np.nan)
    before[TREND_SPAN:] = mean[:-TREND_SPAN]
    up, down = (close > mean) & (mean > before), (close < mean) & (mean < before)
    return up.astype(np.int8) - down.astype(np.int8)


@loop
def _walked_contexts(signs: SignTable, trend: Signs, bars: Ints, names: Ints, bullish: Ints, bearish: Ints) -> SignTable:
    kept = np.zeros(signs.shape, dtype=np.int8)
    for kind in range(len(signs)):
        own, told = signs[kind], kept[kind]
        for row in range(len(own)):
            if own[row] != 0:
                sign = own[row] if names[kind] == 0 else names[kind]
                needed = bullish[kind] if sign > 0 else bearish[kind]
                if needed == 0 or (row >= bars[kind] and trend[row - bars[kind]] == needed):
                    told[row] = sign
    return kept


@or_compiled(_walked_contexts)
def in_contexts(
    signs: SignArray, trend: SignArray, bars: IntArray, names: IntArray, bullish: IntArray, bearish: IntArray
) -> SignArray:
    """The signs of m kinds, shape (m, n), each with the side its name has and only in the trend its definition needs.

    names: 1 of a kind that is bullish whatever its sign, -1 of a bearish one, 2 of one that points nowhere, 0 where the sign says
    it. bars, bullish, bearish: of each kind, as `in_context` takes them; all (m,).
    """
    kept = np.empty_like(signs)
    for kind, (own, name) in enumerate(zip(signs, names.tolist(), strict=True)):
        sided = own if name == 0 else (name * np.abs(own)).astype(np.int8)
        kept[kind] = in_context(sided, trend, int(bars[kind]), int(bullish[kind]), int(bearish[kind]))
    return kept


def in_context(signs: SignArray, trend: SignArray, bars: int, bullish: int, bearish: int) -> SignArray:
    """The signs that stand in the trend their definition needs, the others 0; shape (n,).

    trend: of `short_trend`, read on the bar before the pattern's first. bars: the pattern's length. bullish, bearish: the trend
    that a bullish (bearish) sign needs: 1, -1, or 0 where any will do.
    """
    before = np.zeros_like(trend)
    before[bars:] = trend[: max(len(trend) - bars, 0)]
    kept = signs.copy()
    for sign, needed in ((1, bullish), (-1, bearish)):
        if needed:
            kept[(signs == sign) & (before != needed)] = 0
    return kept


def without_contradictions(signs: SignArray, bars: Sequence[int]) -> SignArray:
    """Signs of shape (m, n) of which no bar holds both a 1 and a -1.

    bars: the length of each of the m patterns. Where both stand, the side of the longest pattern is kept, which has seen the
    most; where the longest of both sides are of one length, the bar says nothing and holds neither.
    """
    both = np.flatnonzero((signs.max(axis=0) > 0) & (signs.min(axis=0) < 0))  # few bars hold both sides
    found, lengths = signs[:, both], np.asarray(bars, dtype=np.int64)[:, None]
    bullish = np.where(found > 0, lengths, 0).max(axis=0)
    bearish = np.where(found < 0, lengths, 0).max(axis=0)
    kept = signs.copy()
    kept[:, both] = np.where(((found > 0) & (bearish >= bullish)) | ((found < 0) & (bullish >= bearish)), 0, found)
    return kept


def day_ranges(high: FloatArray, low: FloatArray) -> SignArray:
    """-1 at an inside bar (its range within the one before), 1 at an outside bar (it passes both its ends), else 0; shape (n,).

    A bar of the very same range is inside. Row t depends on rows t - 1 and t alone.
    """
    found = np.zeros(len(high), dtype=np.int8)
    inside = (high[1:] <= high[:-1]) & (low[1:] >= low[:-1])
    outside = (high[1:] > high[:-1]) & (low[1:] < low[:-1])
    found[1:] = outside.astype(np.int8) - inside.astype(np.int8)
    return found
