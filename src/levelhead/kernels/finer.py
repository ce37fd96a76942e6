"""Shorter bars beside longer ones: which sessions they show whole, and what moves them to the longer bars' prices."""

from __future__ import annotations

from bisect import insort
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
DateArray = NDArray[np.datetime64]

SAME_RANGE = 0.1
"""Share of a session's range by which its shorter bars may miss it; two ticks besides."""
MANY = 0.5
"""A session has at least so much of the bars that the sessions up to it usually have."""


class BySession(NamedTuple):
    """The sessions of the shorter bars, ascending, arrays of shape (m,).

    rows: of the longer bar of that day, -1 where there is none. counts: of the session's shorter bars. is_whole: they have the
    day's range, are not few, and their volume is known. moves: what is added to their prices, so that the middle of their
    range is that of the day: another contract, or a series that was adjusted otherwise, stands as many points off all day.
    is_alike: they have the day's range. ranges: their own.
    """

    rows: IntArray
    counts: IntArray
    is_whole: BoolArray
    moves: FloatArray
    is_alike: BoolArray
    ranges: FloatArray


def by_session(
    days: DateArray,
    high: FloatArray,
    low: FloatArray,
    volume: FloatArray,
    long_days: DateArray,
    long_high: FloatArray,
    long_low: FloatArray,
    *,
    step: float,
) -> BySession:
    """What shorter bars show of each session. days: ascending, of each shorter bar, n >= 1; long_days: each once; step: a tick.

    A session depends on its own bars and on how many bars those before it had.
    """
    _, starts, counts = np.unique(days, return_index=True, return_counts=True)
    own = days[starts]
    top, bottom = np.maximum.reduceat(high, starts), np.minimum.reduceat(low, starts)
    traded = np.add.reduceat(np.nan_to_num(volume, nan=0.0), starts)
    at = np.minimum(np.searchsorted(long_days, own), len(long_days) - 1)
    is_there = long_days[at] == own
    span, true_span = top - bottom, long_high[at] - long_low[at]
    is_alike = is_there & (np.abs(span - true_span) <= SAME_RANGE * true_span + 2 * step)
    return BySession(
        rows=np.where(is_there, at, -1),
        counts=counts,
        is_whole=is_alike & (traded > 0) & (counts >= MANY * _usual(counts)),
        moves=np.where(is_there, (long_high[at] + long_low[at] - top - bottom) / 2, 0.0),
        is_alike=is_alike,
        ranges=span,
    )


def _usual(counts: IntArray) -> IntArray:
    """The median of the counts up to each, of two the lower."""
    seen: list[int] = []
    found = np.empty_like(counts)
    for at, count in enumerate(counts.tolist()):
        insort(seen, count)
        found[at] = seen[at // 2]
    return found
