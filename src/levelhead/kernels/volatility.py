"""How much a market moved on a day, measured from the bar alone; and averages that fade into the past.

Variances of log returns, per bar: 0.0001 is a standard deviation of one per cent. Arrays in, arrays out, shape (n,), float64;
row t depends on rows up to t alone, bit for bit. Prices must be positive, with low <= open, close <= high: the market room
has checked them.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

FOUR_LOG_2 = 4.0 * math.log(2.0)
FLOOR_SPAN = 22
FLOOR = 0.02


def parkinson(high: FloatArray, low: FloatArray) -> FloatArray:
    """Variance of a driftless session from its range, open to close; five times as sharp as the squared return.

    log(high / low)^2 / (4 log 2). Parkinson, M. (1980), Journal of Business 53(1), 61-65.
    """
    variance: FloatArray = np.log(high / low) ** 2 / FOUR_LOG_2
    return variance


def garman_klass(open_: FloatArray, high: FloatArray, low: FloatArray, close: FloatArray) -> FloatArray:
    """Variance of a driftless session from range and body, open to close.

    0.5 log(high / low)^2 - (2 log 2 - 1) log(close / open)^2, never below 0 for a bar that can be. Garman, M. B. and Klass,
    M. J. (1980), Journal of Business 53(1), 67-78.
    """
    variance: FloatArray = 0.5 * np.log(high / low) ** 2 - (2.0 * math.log(2.0) - 1.0) * np.log(close / open_) ** 2
    return variance


def rogers_satchell(open_: FloatArray, high: FloatArray, low: FloatArray, close: FloatArray) -> FloatArray:
    """Variance of a session whatever its drift, open to close; 0 for a bar that opens on one extreme and closes on the other.

    log(high / close) log(high / open) + log(low / close) log(low / open). Rogers, L. C. G. and Satchell, S. E. (1991),
    Annals of Applied Probability 1(4), 504-512.
    """
    variance: FloatArray = np.log(high / close) * np.log(high / open_) + np.log(low / close) * np.log(low / open_)
    return variance


def overnight(open_: FloatArray, close: FloatArray, before: FloatArray | None = None) -> FloatArray:
    """Squared log gap from the previous close to the open; 0 in row 0, which has no previous close.

    before: each row's previous close where that is not the row above, as after a roll of contracts; its row 0 is not used.
    """
    gap = np.zeros(len(open_))
    gap[1:] = np.log(open_[1:] / (close[:-1] if before is None else before[1:])) ** 2
    return gap


def daily_variance(
    open_: FloatArray, high: FloatArray, low: FloatArray, close: FloatArray, before: FloatArray | None = None
) -> FloatArray:
    """Variance of a whole day, close to close: the overnight gap squared plus Parkinson's measure of the session.

    before: as `overnight` takes it.

    Positive from the first bar that moved; 0 before it. A bar that did not move at all (a stale feed, a halt) says nothing
    and takes the trailing mean of its predecessors; a very small one is held at 2 % of that mean, for a logarithm is taken
    next. Where the feed repeats the previous close as the open, the gap is 0 and the session's range holds the day.

    Of the measures here it forecast first touches best (benchmarks/LOG.md): log variances weigh small values heavily, and
    the other two come close to 0 on days that trend.
    """
    measured = overnight(open_, close, before) + parkinson(high, low)
    decay = 1.0 - 2.0 / (FLOOR_SPAN + 1.0)
    total = weight = 0.0
    held = []
    for raw in measured.tolist():
        usual = total / weight if weight > 0.0 else 0.0
        value = usual if raw == 0.0 else max(raw, FLOOR * usual)
        if value > 0.0:
            total, weight = decay * total + value, decay * weight + 1.0
        held.append(value)
    return np.array(held)


def fading_mean(values: FloatArray, span: int) -> FloatArray:
    """Mean of all values so far, each weighing (span - 1) / (span + 1) of its successor; row 0 is its own value.

    Its weights have the same mean age as those of a plain mean over `span` bars; a span of 1 is the value itself.
    """
    if span == 1:
        return values.copy()
    decay = 1.0 - 2.0 / (span + 1.0)
    total = weight = 0.0
    means = []
    for value in values.tolist():
        total, weight = decay * total + value, decay * weight + 1.0
        means.append(total / weight)
    return np.array(means)


def running_mean(values: FloatArray) -> FloatArray:
    """Mean of all values so far, each weighing the same."""
    mean: FloatArray = np.cumsum(values) / np.arange(1.0, len(values) + 1.0)
    return mean
