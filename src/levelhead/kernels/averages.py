"""Moving averages of a series of closes. Row t uses rows <= t; NaN until there are enough."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, loop, or_compiled
from levelhead.kernels.talib_library import calculate
from levelhead.kernels.window_sums import WindowSums

FloatArray = NDArray[np.float64]
BLOCK = 1024
"""Rows that a compiled loop works on at a time: they stay in the nearest memory however often it passes over them."""


@loop
def walked_means(closes: Floats, n: int) -> Floats:
    """As `sma`."""
    result = np.empty(len(closes))
    result[: n - 1] = np.nan
    sums = np.empty((2, BLOCK + n))  # of each so many values in a row: those of one width, and those of twice as much
    for begin in range(n - 1, len(closes), BLOCK):
        totals = result[begin : begin + BLOCK]
        totals[:] = 0.0
        count = len(totals) + n - 1
        sums[0, :count] = closes[begin - n + 1 : begin - n + 1 + count]
        width, start, own = 1, 0, 0
        while True:
            narrow, wide = sums[own], sums[1 - own]
            if n & width:
                window = narrow[start : start + len(totals)]
                for row in range(len(window)):
                    totals[row] += window[row]
                start += width
            if 2 * width > n:
                break
            count -= width
            window = narrow[width : width + count]
            for row in range(len(window)):
                wide[row] = narrow[row] + window[row]
            width, own = 2 * width, 1 - own
        for row in range(len(totals)):
            totals[row] /= n
    return result


@or_compiled(walked_means)
def sma(closes: FloatArray, n: int) -> FloatArray:
    """Simple moving average: the mean of the last n closes, n >= 1. Shape (rows,), from row n - 1.

    A NaN makes only the rows NaN whose window holds it. Not TA-Lib's SMA, which agrees but for its running sum: that one
    carries the rounding of all earlier closes, and after a fall from 1e9 to 0.05, as adjusted prices of a volatility fund have
    it, its 50-day average is off by 9e-6 of itself, and it never comes back from a NaN.
    """
    result = np.full(len(closes), np.nan)
    if len(closes) >= n:
        np.divide(_window_sums(closes, n), n, out=result[n - 1 :])
    return result


def _window_sums(values: FloatArray, n: int) -> FloatArray:
    """Sums of each n values in a row, shape (rows - n + 1,): windows of 1, 2, 4, ... put together as n's binary digits say.

    Each sum takes the same additions in the same order whatever stands around its window, so no bit of it depends on later rows.
    """
    rows = len(values) - n + 1
    total = np.zeros(rows)
    width, sums, start = 1, values, 0
    while True:
        if n & width:
            total += sums[start : start + rows]
            start += width
        if 2 * width > n:
            return total
        sums = sums[width:] + sums[:-width]
        width *= 2


def ema(closes: FloatArray, n: int) -> FloatArray:
    """Exponential moving average, weight 2 / (n + 1), seeded with the mean of the first n closes; from row n - 1. TA-Lib EMA."""
    return calculate("EMA", (closes,), (n,), known_from=n - 1)[0]


def latest_mean(values: FloatArray, n: int, *, back: int = 0) -> float:
    """The mean of the n values that end `back` rows before the last, rounded once: what is printed as an average."""
    end = len(values) - back
    return math.fsum(values[end - n : end].tolist()) / n


def flip(closes: WindowSums, rows: int, n: int) -> float:
    """After so many rows the next close that stands exactly on its own n-bar average: the mean of the last n - 1 closes.

    (S + x) / n = x, with S the sum of those n - 1, gives x = S / (n - 1). Above it the price is above the average.
    """
    return closes.mean(rows, n - 1)


def standing_still(closes: WindowSums, rows: int, n: int, sessions: int) -> float:
    """The n-bar average of so many rows after `sessions` more closes at the last one's price; 1 <= sessions <= n <= rows.

    The oldest closes leave and the last price takes their place: (sum of the last n - sessions closes + sessions * last) / n.
    """
    last = closes.sum(rows - 1, rows)
    return (closes.sum(rows - (n - sessions), rows) + sessions * last) / n


def golden_flip(closes: WindowSums, rows: int, fast: int, slow: int) -> float:
    """The next close at which the fast average stands exactly on the slow one, fast < slow <= rows + 1; perhaps no possible price.

    (F + x) / fast = (S + x) / slow, with F and S the sums of the last fast - 1 and slow - 1 closes.
    """
    newest, all_of_them = (closes.sum(rows - (n - 1), rows) for n in (fast, slow))
    return (all_of_them * fast - newest * slow) / (slow - fast)
