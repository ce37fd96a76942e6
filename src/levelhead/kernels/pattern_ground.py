"""The bars that a chart pattern lies in, and what it asks of them: how low, how high, how wild, what led to it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from levelhead.kernels.compiled import Floats, loop
from levelhead.kernels.lows import Lows, lows_of
from levelhead.kernels.pattern_shapes import FloatArray, IntArray, shares


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """The bars a pattern lies in, as it sees them: upside down where it is looked for upside down.

    high, low, close: shape (n,). sums: running sum of ATR(14), shape (n + 1,), and counted: of the rows at which it is known.
    doubled: of the lows, and of the highs negated, made when first asked for. Rows that are asked for are arrays of shape (m,).
    """

    high: FloatArray
    low: FloatArray
    close: FloatArray
    sums: FloatArray
    counted: FloatArray
    doubled: list[Lows] = field(default_factory=list)

    def yards(self, first: IntArray, last: IntArray) -> FloatArray:
        """The mean ATR(14) of rows `first` to `last`; 0.0 where none is known."""
        return shares(self.sums[last + 1] - self.sums[first], self.counted[last + 1] - self.counted[first])

    def lowest(self, first: IntArray, last: IntArray) -> FloatArray:
        """The lowest low of rows `first` to `last`."""
        return self._doubled()[0].lowest(first, last)

    def highest(self, first: IntArray, last: IntArray) -> FloatArray:
        """The highest high of rows `first` to `last`."""
        return -self._doubled()[1].lowest(first, last)

    def falls_into(self, rows: IntArray, back: IntArray) -> FloatArray:
        """How far the highest high of the `back` bars before each row lies above its low; 0.0 where a low among them is lower."""
        first, last, low = np.maximum(rows - back, 0), np.maximum(rows - 1, 0), self.low[rows]
        is_lowest = (rows >= back) & (self.lowest(first, last) >= low)
        return np.where(is_lowest, self.highest(first, last) - low, 0.0)

    def turned(self) -> Ground:
        """The same bars upside down."""
        return Ground(
            high=-self.low,
            low=-self.high,
            close=-self.close,
            sums=self.sums,
            counted=self.counted,
            doubled=self.doubled[::-1],
        )

    def _doubled(self) -> list[Lows]:
        if not self.doubled:
            self.doubled[:] = lows_of(self.low), lows_of(-self.high)
        return self.doubled


def ground_of(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray) -> Ground:
    """The ground of bars of shape (n,); atr: NaN where it is not known."""
    is_known = ~np.isnan(atr)
    return Ground(
        high=high,
        low=low,
        close=close,
        sums=np.append(0.0, np.where(is_known, atr, 0.0).cumsum()),
        counted=np.append(0.0, is_known.cumsum()),
    )


@loop
def yard_of(sums: Floats, counted: Floats, first: int, last: int) -> float:
    """As `Ground.yards`, of one stretch."""
    known = counted[last + 1] - counted[first]
    return (sums[last + 1] - sums[first]) / known if known > 0 else 0.0


@loop
def lowest_of(low: Floats, first: int, last: int) -> float:
    """As `Ground.lowest`, of one stretch."""
    lowest: float = low[first]
    for row in range(first + 1, last + 1):
        lowest = min(lowest, low[row])
    return lowest


@loop
def highest_of(high: Floats, first: int, last: int) -> float:
    """As `Ground.highest`, of one stretch."""
    highest: float = high[first]
    for row in range(first + 1, last + 1):
        highest = max(highest, high[row])
    return highest


@loop
def fall_into(high: Floats, low: Floats, row: int, back: int) -> float:
    """As `Ground.falls_into`, of one row."""
    if row < back or lowest_of(low, row - back, row - 1) < low[row]:
        return 0.0
    return highest_of(high, row - back, row - 1) - float(low[row])
