"""Price gaps: bars that trade wholly above or below the one before, and the first bar that trades back through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.lows import lows_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEAST_ATR = 0.1
"""A gap smaller than this is a tick or two of a quiet market."""


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
    filled = np.r_[lows_of(low).first_at_or_below(up, high[up - 1]), lows_of(-high).first_at_or_below(down, -low[down - 1])]
    order = np.argsort(rows, kind="stable")
    return Gaps(
        rows=rows[order],
        direction=np.r_[np.ones(len(up), dtype=np.int8), np.full(len(down), -1, dtype=np.int8)][order],
        bottom=np.r_[high[up - 1], high[down]][order],
        top=np.r_[low[up], low[down - 1]][order],
        filled=filled[order],
    )
