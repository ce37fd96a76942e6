"""The lowest price of any stretch of bars, and the first bar after another that reaches a price: by doubling, for many at once.

For the highest price of a stretch, and the first bar at or above a price, give the prices negated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, loop, or_compiled

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lows:
    """doubled: level k holds at each row the lowest of it and the 2^k - 1 after it, as many as there are; shape (n + 1,) each.

    The last place stands for no row and is infinite. There are as many levels as the longest stretch takes that is asked for.
    """

    doubled: Sequence[FloatArray]

    def first_at_or_below(self, after: IntArray, limits: FloatArray) -> IntArray:
        """For each of `after` the first later row whose price is at or below its limit, n where there is none; shape (m,).

        Every stretch that stays above the limit is passed whole, the longest first. What is farther away than the longest stretch
        is not to be asked for.
        """
        count = len(self.doubled[0]) - 1
        rows = after + 1
        for level in range(len(self.doubled) - 1, -1, -1):
            stays_above = ~(self.doubled[level][rows] <= limits)
            rows = np.minimum(rows + (stays_above << level), count)
        return rows

    def lowest(self, first: IntArray, last: IntArray) -> FloatArray:
        """The lowest price of each stretch from row `first` to row `last`, both its own, first <= last; shape (m,).

        A stretch is two that overlap, each a power of two long.
        """
        levels = np.frexp(last - first + 1)[1] - 1
        lowest = np.empty(len(first))
        for level in np.flatnonzero(np.bincount(levels)).tolist():
            own, doubled = np.flatnonzero(levels == level), self.doubled[level]
            lowest[own] = np.minimum(doubled[first[own]], doubled[last[own] + 1 - (1 << level)])
        return lowest


def lows_of(prices: FloatArray, longest: int | None = None) -> Lows:
    """The lows of prices of shape (n,), finite; of stretches of up to `longest` bars, where these are fewer than all."""
    count = len(prices) if longest is None else min(longest, len(prices))
    doubled = [np.append(prices, np.inf)]
    while 2 ** len(doubled) <= count:
        before, width = doubled[-1], 2 ** (len(doubled) - 1)
        level = before.copy()
        np.minimum(before[:-width], before[width:], out=level[:-width])
        doubled.append(level)
    return Lows(doubled=doubled)


@loop
def _walked_passes(tops: Floats, rows: Ints) -> Ints:
    passed, waits = np.full(len(tops), len(tops)), np.empty(len(tops), dtype=np.int64)
    stop = 0  # of the rows that wait for a higher price, the last of which is the lowest
    for row in range(len(tops)):
        while stop > 0 and tops[waits[stop - 1]] < tops[row]:
            stop -= 1
            passed[waits[stop]] = row
        waits[stop] = row
        stop += 1
    return passed[rows]


@or_compiled(_walked_passes)
def first_above(tops: FloatArray, rows: IntArray) -> IntArray:
    """The first later row whose price lies above that of each of `rows`, n where there is none; tops: (n,), the others (m,)."""
    return lows_of(-tops).first_at_or_below(rows, -np.nextafter(tops[rows], np.inf))
