"""Price gaps: bars that trade wholly above or below the one before, and the first bar that trades back through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEAST_ATR = 0.1
"""A gap smaller than this is a tick or two of a quiet market."""
_FIRST_LOOK = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gaps:
    """All gaps, oldest first, arrays of shape (m,).

    rows: of the bar that gapped; direction: 1 up, -1 down; bottom, top: the prices nobody traded at. filled: the first later row
    that traded through the whole gap, n where none did. What is said of row t depends on rows up to t alone: a gap is known at
    the close of its row, and one with filled > t is open at t.
    """

    rows: IntArray
    direction: NDArray[np.int8]
    bottom: FloatArray
    top: FloatArray
    filled: IntArray

    def __len__(self) -> int:
        return len(self.rows)


def gaps(high: FloatArray, low: FloatArray, atr: FloatArray) -> Gaps:
    """The gaps of bars of shape (n,) that are at least 0.1 ATR wide; none while the ATR of the bar before is not known.

    Up where the low is above the high of the bar before, down where the high is below its low.
    """
    least = LEAST_ATR * atr[:-1]
    up = np.flatnonzero(low[1:] - high[:-1] >= np.where(least > 0, least, np.inf)) + 1
    down = np.flatnonzero(low[:-1] - high[1:] >= np.where(least > 0, least, np.inf)) + 1
    rows = np.r_[up, down]
    filled = np.r_[first_at_or_below(low, up, high[up - 1]), first_at_or_below(-high, down, -low[down - 1])]
    order = np.argsort(rows, kind="stable")
    return Gaps(
        rows=rows[order],
        direction=np.r_[np.ones(len(up), dtype=np.int8), np.full(len(down), -1, dtype=np.int8)][order],
        bottom=np.r_[high[up - 1], high[down]][order],
        top=np.r_[low[up], low[down - 1]][order],
        filled=filled[order],
    )


def first_at_or_below(prices: FloatArray, after: IntArray, limits: FloatArray) -> IntArray:
    """For each of `after` the first later row whose price is at or below its limit, n where there is none; shape (m,).

    Looks eight rows ahead, then twice as far, and so on: most gaps are filled soon.
    """
    count = len(prices)
    found = np.full(len(after), count, dtype=np.int64)
    open_, begin, width = np.arange(len(after)), 1, _FIRST_LOOK
    while len(open_):
        rows = after[open_][:, None] + begin + np.arange(width)[None, :]
        there = rows < count
        reached = there & (prices[np.minimum(rows, count - 1)] <= limits[open_][:, None])
        hit = reached.any(axis=1)
        found[open_[hit]] = rows[hit, reached[hit].argmax(axis=1)]
        open_ = open_[~hit & there[:, -1]]
        begin, width = begin + width, 2 * width
    return found
