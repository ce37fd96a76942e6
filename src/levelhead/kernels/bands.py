"""Bollinger bands, how wide they are, and where a value stands among those before it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.averages import BLOCK, sma, walked_means
from levelhead.kernels.compiled import Floats, loop, or_compiled
from levelhead.kernels.talib_library import calculate

FloatArray = NDArray[np.float64]


@loop
def _walked_deviation(closes: Floats, n: int) -> Floats:
    result, mean = np.empty(len(closes)), walked_means(closes, n)
    result[: n - 1] = np.nan
    for begin in range(n - 1, len(closes), BLOCK):
        means, totals = mean[begin : begin + BLOCK], result[begin : begin + BLOCK]
        totals[:] = 0.0
        for start in range(begin - n + 1, begin + 1):
            window = closes[start : start + len(means)]
            for row in range(len(window)):
                away = window[row] - means[row]
                totals[row] += away * away
        for row in range(len(totals)):
            totals[row] = np.sqrt(totals[row] / n)
    return result


@or_compiled(_walked_deviation)
def deviation(closes: FloatArray, n: int) -> FloatArray:
    """Population standard deviation of the last n closes, shape (rows,), from row n - 1.

    Two passes over each window: TA-Lib's STDDEV, which takes a difference of running sums of squares, agrees as far as those do.
    """
    result = np.full(len(closes), np.nan)
    rows = len(closes) - n + 1
    if rows <= 0:
        return result
    mean, away = sma(closes, n)[n - 1 :], np.empty(rows)
    total = np.zeros(rows)
    for start in range(n):
        np.subtract(closes[start : start + rows], mean, out=away)
        np.multiply(away, away, out=away)
        total += away
    np.sqrt(total / n, out=result[n - 1 :])
    return result


def latest_deviation(closes: FloatArray, n: int) -> float:
    """The same of the last n closes, rounded once: what is printed."""
    last = closes[-n:].tolist()
    mean = math.fsum(last) / n
    return math.sqrt(math.fsum((value - mean) ** 2 for value in last) / n)


def band_width(closes: FloatArray, n: int) -> FloatArray:
    """Upper less lower band, each two deviations from the mean, in per cent of the mean; NaN where that is not above 0."""
    mean = sma(closes, n)
    width = np.full(len(closes), np.nan)
    np.divide(400 * deviation(closes, n), mean, out=width, where=mean > 0)
    return width


def at_lowest(values: FloatArray, n: int) -> NDArray[np.bool_]:
    """Rows whose value is the lowest of the last n, its own among them, and lower than one of them; NaN only in front."""
    lowest = np.zeros(len(values), dtype=np.bool_)
    first = int(np.argmax(~np.isnan(values)))
    finite = values[first:]
    if len(finite) < n or not np.isfinite(finite).all():
        return lowest
    low, high = (calculate(name, (finite,), (n,), known_from=n - 1)[0] for name in ("MIN", "MAX"))
    lowest[first:] = (finite == low) & (low < high)
    return lowest


def rank(values: FloatArray, n: int) -> tuple[int, int] | None:
    """How many of the last n values are not above the last one, its own among them, and n; None where one is not known."""
    last = values[-n:]
    if len(last) < n or not (math.isfinite(last @ last) or np.isfinite(last).all()):  # squares are finite where all are known
        return None
    return int(np.count_nonzero(last <= last[-1])), n
