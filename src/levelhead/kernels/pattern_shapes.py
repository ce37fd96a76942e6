"""What every chart pattern is made of: turning points, lines, and the bars that led to it.

Lengths are measured in the pattern's own yard, the mean ATR(14) of its bars, and in shares of its own height, so that a pattern
of a quiet year and of a wild one are the same pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.reversals import Reversals

FloatArray = NDArray[np.float64]
Side = Literal[1, 0, -1]


class Point(NamedTuple):
    """A turning point: the row of its bar, the row at whose close it was known, its high or low; side: 1 a high, -1 a low."""

    row: int
    known: int
    height: float
    side: int

    def turned(self, sign: int) -> Point:
        """The same point of the chart, or with sign -1 of the chart upside down."""
        return self if sign > 0 else Point(self.row, self.known, -self.height, -self.side)


class Line(NamedTuple):
    """A straight line: its height at a row, and points per bar."""

    row: int
    height: float
    slope: float

    def at(self, row: int) -> float:
        """Its height at a row, also at one that is still to come."""
        return self.height + self.slope * (row - self.row)

    def turned(self, sign: int) -> Line:
        """The same line of the chart, or with sign -1 of the chart upside down."""
        return self if sign > 0 else Line(self.row, -self.height, -self.slope)


def through(first: Point, second: Point) -> Line:
    """The line through two points."""
    return Line(first.row, first.height, (second.height - first.height) / (second.row - first.row))


def level(row: int, height: float) -> Line:
    """A horizontal line."""
    return Line(row, height, 0.0)


class Shape(NamedTuple):
    """A pattern as it stands when its last point becomes known.

    kind: 'double_bottom'. side: 1 where a close above `upper` completes it and one below `lower` undoes it, -1 the other way
    round, 0 where either completes it. measure: points it is expected to move from where it breaks; aim: the price instead, where
    the literature gives one. floor, ceiling: a close below (above) undoes what broke up (down). until: the last row at which it
    can still be completed.
    """

    kind: str
    side: Side
    points: tuple[Point, ...]
    upper: Line
    lower: Line
    measure: float
    aim: float | None
    floor: float
    ceiling: float
    until: int

    @property
    def first(self) -> int:
        """Row of its first point."""
        return self.points[0].row

    @property
    def last(self) -> int:
        """Row of its last point."""
        return self.points[-1].row

    @property
    def known(self) -> int:
        """Row at whose close its last point was known."""
        return self.points[-1].known

    def turned(self, sign: int, kind: str) -> Shape:
        """The same shape, found on the chart upside down where sign is -1."""
        if sign > 0:
            return self._replace(kind=kind)
        return Shape(
            kind=kind,
            side=-1 if self.side > 0 else 1 if self.side < 0 else 0,
            points=tuple(point.turned(-1) for point in self.points),
            upper=self.lower.turned(-1),
            lower=self.upper.turned(-1),
            measure=self.measure,
            aim=None if self.aim is None else -self.aim,
            floor=-self.ceiling,
            ceiling=-self.floor,
            until=self.until,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """The bars a pattern lies in, as it sees them: upside down where it is looked for upside down.

    high, low, close: shape (n,). sums: running sum of ATR(14), n + 1 of them, and counted: of the rows at which it is known; both
    plain numbers, which are looked up one by one.
    """

    high: FloatArray
    low: FloatArray
    close: FloatArray
    sums: Sequence[float]
    counted: Sequence[float]

    def yard(self, first: int, last: int) -> float:
        """The mean ATR(14) of rows `first` to `last`; 0.0 where none is known."""
        count = self.counted[last + 1] - self.counted[first]
        return (self.sums[last + 1] - self.sums[first]) / count if count else 0.0

    def fall_into(self, row: int, back: int) -> float:
        """How far the highest high of the `back` bars up to `row` lies above its low; 0.0 where a low before it was lower."""
        if row < back:
            return 0.0
        lowest = float(self.low[row - back : row].min())
        return float(self.high[row - back : row].max() - self.low[row]) if lowest >= self.low[row] else 0.0

    def turned(self) -> Ground:
        """The same bars upside down."""
        return Ground(high=-self.low, low=-self.high, close=-self.close, sums=self.sums, counted=self.counted)


def ground_of(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray) -> Ground:
    """The ground of bars of shape (n,); atr: NaN where it is not known."""
    is_known = ~np.isnan(atr)
    return Ground(
        high=high,
        low=low,
        close=close,
        sums=[0.0, *np.where(is_known, atr, 0.0).cumsum().tolist()],
        counted=[0.0, *is_known.cumsum().astype(np.float64).tolist()],
    )


def points_of(turns: Reversals) -> list[Point]:
    """The turning points as points, oldest first."""
    columns = (turns.rows, turns.known, turns.heights, turns.sides)
    return [Point(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]


def is_within(value: float, bounds: tuple[float, float]) -> bool:
    """Whether a value lies between two bounds, or on one."""
    return bounds[0] <= value <= bounds[1]


def spread(*heights: float) -> float:
    """From the lowest to the highest."""
    return max(heights) - min(heights)
