"""Tests of a moving line, such as an average: when price came to it, and when it left on the side from which it came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Bools, Floats, Ints, Signs, loop, or_compiled
from levelhead.kernels.crosses import accepted_side, held_side

FloatArray = NDArray[np.float64]
RowArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineTests:
    """side, since: shape (n,), row t depends on rows up to t alone; begun, ended, sides: of the tests that held, shape (m,).

    side: 1 where price was last accepted above the line by two closes in a row, -1 below, 0 until either. since: the row of the
    second close that put it there, -1 until then. begun: the bar that reached the line after one that did not; ended: the first bar
    wholly on the side from which it came, at whose close the test is known to have held, ascending; sides: 1 from above, -1 from
    below. under_way: shape (n,), True while a test has neither held nor failed.
    """

    side: NDArray[np.int8]
    since: RowArray
    under_way: NDArray[np.bool_]
    begun: RowArray
    ended: RowArray
    sides: NDArray[np.int8]

    def held_by(self, row: int) -> RowArray:
        """Which tests have held between `since[row]` and `row`, as indices of `begun`: those of the present side alone."""
        first, end = np.searchsorted(self.ended, (self.since[row], row), side="right")
        return np.arange(first, end) if self.since[row] >= 0 else np.arange(0)


def line_tests(high: FloatArray, low: FloatArray, close: FloatArray, line: FloatArray) -> LineTests:
    """The tests of `line` (NaN where not known) by bars of shape (n,).

    A test begins when a bar reaches the line after one that did not, price accepted on one side of it before; it has failed when
    two closes in a row lie beyond the line before a whole bar is back on that side.
    """
    n = len(close)
    side = held_side(accepted_side(np.sign(np.nan_to_num(close - line)).astype(np.int8)))
    changed = np.flatnonzero(np.diff(side, prepend=np.int8(0)) != 0)
    since = _latest(changed, n)
    begun_above, ended_above, under_way_above = _tests(low > line, line, side, since, 1)
    begun_below, ended_below, under_way_below = _tests(high < line, line, side, since, -1)
    begun = np.concatenate((begun_above, begun_below))
    ended = np.concatenate((ended_above, ended_below))
    sides = np.repeat(np.array([1, -1], dtype=np.int8), (len(ended_above), len(ended_below)))
    order = np.argsort(ended, kind="stable")
    return LineTests(
        side=side,
        since=since,
        under_way=under_way_above | under_way_below,
        begun=begun[order],
        ended=ended[order],
        sides=sides[order],
    )


@loop
def _walked_tests(off: Bools, line: Floats, side: Signs, since: Ints, way: int) -> tuple[Ints, Ints, Bools]:
    begun, ended = np.empty(len(line), dtype=np.int64), np.empty(len(line), dtype=np.int64)
    under_way = np.zeros(len(line), dtype=np.bool_)
    count, began, left = 0, -1, -1  # how many have held, where the latest began, and which bar was off the line last
    for row in range(len(line)):
        if off[row]:
            if began > left and side[row] == way and since[row] == since[began - 1]:
                begun[count], ended[count] = began, row
                count += 1
            left = row
        elif not np.isnan(line[row]):
            if row > 0 and left == row - 1 and side[left] == way:
                began = row
            under_way[row] = side[row] == way and began > max(since[row], left)
    return begun[:count].copy(), ended[:count].copy(), under_way


@or_compiled(_walked_tests)
def _tests(
    off: NDArray[np.bool_], line: FloatArray, side: NDArray[np.int8], since: RowArray, way: int
) -> tuple[RowArray, RowArray, NDArray[np.bool_]]:
    """Begin and end of the tests from one side that held, and the rows at which one is under way; off: bars wholly there."""
    reaches = ~off & ~np.isnan(line)
    begun = np.flatnonzero(reaches[1:] & off[:-1] & (side[:-1] == way)) + 1
    ends = np.flatnonzero(off)
    under_way = reaches & (side == way) & (_latest(begun, len(side)) > np.maximum(since, _latest(ends, len(side))))
    at = np.searchsorted(ends, begun)
    begun, at = begun[at < len(ends)], at[at < len(ends)]
    ended = ends[at]
    stayed = (side[ended] == way) & (since[ended] == since[begun - 1])
    return begun[stayed], ended[stayed], under_way


def _latest(rows: RowArray, n: int) -> RowArray:
    """At each of n rows the latest of these, -1 before the first."""
    latest = np.full(n, -1, dtype=np.int64)
    latest[rows] = rows
    return np.maximum.accumulate(latest)
