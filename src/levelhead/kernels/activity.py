"""How busy a market was: volume against its mean, volume on rises and falls, ranges against those before. NaN volume is unknown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.averages import sma

FloatArray = NDArray[np.float64]
LEAST_CHANGE = 0.002
"""A day of distribution falls, one of accumulation rises, by at least so much."""


def relative_volume(volume: FloatArray, n: int) -> FloatArray:
    """Volume as a multiple of the mean of the n bars before; NaN where one of them is unknown. Shape (rows,), >= 0."""
    relative = np.full(len(volume), np.nan)
    if len(volume) > n:
        np.divide(volume[1:], sma(volume, n)[:-1], out=relative[1:], where=sma(volume, n)[:-1] > 0)
    return relative


def distribution(change: FloatArray, volume: FloatArray) -> NDArray[np.int8]:
    """-1 on a day that falls by 0.2 % or more on more volume than the day before, 1 on one that rises so, else 0.

    change: from close to close as a share, NaN where not known. O'Neil, W. J. (1988), How to Make Money in Stocks.
    """
    kinds = np.zeros(len(volume), dtype=np.int8)
    heavier = volume[1:] > volume[:-1]
    kinds[1:] = np.where(heavier & (np.abs(change[1:]) >= LEAST_CHANGE), np.sign(np.nan_to_num(change[1:])), 0)
    return kinds


def sold_share(high: FloatArray, low: FloatArray, close: FloatArray) -> FloatArray:
    """How far below its high a bar closed, as a share of its range: 0 on the high, 1 on the low, a half where it had no range."""
    share = np.full(len(close), 0.5)
    np.divide(high - close, high - low, out=share, where=high > low)
    return share


def range_in_atr(true_range: FloatArray, atr: FloatArray) -> FloatArray:
    """Each bar's true range as a multiple of the ATR before it; NaN where that is not above 0."""
    multiple = np.full(len(atr), np.nan)
    np.divide(true_range[1:], atr[:-1], out=multiple[1:], where=atr[:-1] > 0)
    return multiple


def is_narrowest(high: FloatArray, low: FloatArray, n: int) -> NDArray[np.bool_]:
    """Rows whose range is narrower than each of the n - 1 before. Crabel, T. (1990), Day Trading with Short Term Price Patterns."""
    spread = high - low
    narrowest = np.zeros(len(high), dtype=np.bool_)
    if len(high) >= n:
        narrowest[n - 1 :] = True
        for back in range(1, n):
            narrowest[n - 1 :] &= spread[n - 1 :] < spread[n - 1 - back : len(high) - back]
    return narrowest
