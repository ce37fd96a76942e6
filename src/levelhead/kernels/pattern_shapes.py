"""What every chart pattern is made of: turning points by so many in a row, and lines.

Lengths are measured in the pattern's own yard, the mean ATR(14) of its bars, and in shares of its own height, so that a pattern
of a quiet year and of a wild one are the same pattern.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from levelhead.kernels.reversals import Reversals

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
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
class Runs:
    """Turning points by so many in a row, oldest first: rows, known and heights of shape (m, count), sides of the last, shape (m,).

    Highs and lows take turns, so that the side of the last says those of all.
    """

    rows: IntArray
    known: IntArray
    heights: FloatArray
    sides: NDArray[np.int8]

    @property
    def spans(self) -> IntArray:
        """Bars from the first to the last point of each, shape (m,)."""
        spans: IntArray = self.rows[:, -1] - self.rows[:, 0]
        return spans

    def where(self, some: BoolArray | IntArray) -> Runs:
        """Those at which `some` is set, or which it numbers."""
        return Runs(rows=self.rows[some], known=self.known[some], heights=self.heights[some], sides=self.sides[some])

    def turned(self) -> Runs:
        """The same points of the chart upside down."""
        return Runs(rows=self.rows, known=self.known, heights=-self.heights, sides=-self.sides)

    def __iter__(self) -> Iterator[tuple[Point, ...]]:
        """Each as its points."""
        columns = (self.rows.tolist(), self.known.tolist(), self.heights.tolist(), self.sides.tolist())
        for rows, known, heights, last in zip(*columns, strict=True):
            sides = (last if (len(rows) - at) % 2 else -last for at in range(len(rows)))
            yield tuple(map(Point, rows, known, heights, sides))


def runs_of(sizes: Sequence[Reversals], count: int) -> Runs:
    """Every `count` turning points in a row, those of each size after those of the one before."""
    sizes = [turns for turns in sizes if len(turns) >= count]
    none = np.zeros((0, count), dtype=np.int64)
    return Runs(
        rows=np.concatenate([none, *(sliding_window_view(turns.rows, count) for turns in sizes)]),
        known=np.concatenate([none, *(sliding_window_view(turns.known, count) for turns in sizes)]),
        heights=np.concatenate([none.astype(np.float64), *(sliding_window_view(turns.heights, count) for turns in sizes)]),
        sides=np.concatenate([none[:, 0].astype(np.int8), *(turns.sides[count - 1 :] for turns in sizes)]),
    )


def shares(parts: FloatArray, wholes: FloatArray) -> FloatArray:
    """Each part by its whole, such as a length by a yard, shape (m,); 0.0 where that is not above 0."""
    return np.divide(parts, wholes, out=np.zeros(len(wholes)), where=wholes > 0)


def are_within(values: FloatArray | IntArray, bounds: tuple[float, float]) -> BoolArray:
    """Which values lie between two bounds, or on one."""
    within: BoolArray = (values >= bounds[0]) & (values <= bounds[1])
    return within


def spreads(heights: FloatArray) -> FloatArray:
    """From the lowest to the highest of each row, shape (m,)."""
    spread: FloatArray = heights.max(axis=1) - heights.min(axis=1)
    return spread
