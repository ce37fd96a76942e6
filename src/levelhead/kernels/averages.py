"""Moving averages of a series of closes. Row t uses rows <= t; NaN until there are enough."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.talib_library import calculate

FloatArray = NDArray[np.float64]


def sma(closes: FloatArray, n: int) -> FloatArray:
    """Simple moving average: the mean of the last n closes, n >= 2. Shape (rows,), from row n - 1. TA-Lib SMA."""
    return calculate("SMA", (closes,), (n,), known_from=n - 1)[0]


def ema(closes: FloatArray, n: int) -> FloatArray:
    """Exponential moving average, weight 2 / (n + 1), seeded with the mean of the first n closes; from row n - 1. TA-Lib EMA."""
    return calculate("EMA", (closes,), (n,), known_from=n - 1)[0]


def change(series: FloatArray, bars: int) -> FloatArray:
    """series[t] - series[t - bars]; NaN where either is not known."""
    result = np.full(len(series), np.nan)
    result[bars:] = series[bars:] - series[: max(len(series) - bars, 0)]
    return result


def flip(closes: FloatArray, n: int) -> float:
    """The next close that stands exactly on its own n-bar average: the mean of the last n - 1 closes.

    (S + x) / n = x, with S the sum of those n - 1, gives x = S / (n - 1). Above it the price is above the average.
    """
    return math.fsum(closes[len(closes) - n + 1 :]) / (n - 1)
