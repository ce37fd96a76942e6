"""When bars visited zones, and when they passed through them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, IntTable, loop, or_compiled

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def visits(high: FloatArray, low: FloatArray, bottom: float, top: float) -> BoolArray:
    """Rows at which a visit to the prices from `bottom` to `top` begins, shape (n,).

    A bar visits when its range reaches the zone (low <= top and high >= bottom) and the bar before it did not; a bar that
    gaps across without trading there does not. Row 0 has no bar before it and begins no visit. Row t depends on rows
    t - 1 and t alone.
    """
    inside = (low <= top) & (high >= bottom)
    begins = np.zeros(len(high), dtype=np.bool_)
    begins[1:] = inside[1:] & ~inside[:-1]
    return begins


@loop
def _visit_counts(high: Floats, low: Floats, bottoms: Floats, tops: Floats) -> Ints:
    counts = np.zeros(len(tops), dtype=np.int64)
    for zone in range(len(tops)):
        bottom, top, count = bottoms[zone], tops[zone], 0
        for row in range(1, len(high)):  # no branch inside: which way it goes nobody could guess
            inside = (low[row] <= top) & (high[row] >= bottom)
            was_inside = (low[row - 1] <= top) & (high[row - 1] >= bottom)
            count += inside & (not was_inside)
        counts[zone] = count
    return counts


@or_compiled(_visit_counts)
def visit_counts(high: FloatArray, low: FloatArray, bottoms: FloatArray, tops: FloatArray) -> NDArray[np.int64]:
    """How many visits to each of many zones begin, as in `visits`; shape (m,)."""
    inside = (low <= tops[:, None]) & (high >= bottoms[:, None])
    begins = (inside[:, 1:] > inside[:, :-1]).ravel().nonzero()[0]
    counts: NDArray[np.int64] = np.bincount(begins // max(len(high) - 1, 1), minlength=len(tops))
    return counts


class Met(NamedTuple):
    """How prices met zones; zone and row of each, ascending by zone, then by row."""

    visit_zones: NDArray[np.int64]
    visit_rows: NDArray[np.int64]
    visit_held: BoolArray
    pass_zones: NDArray[np.int64]
    pass_rows: NDArray[np.int64]
    pass_sides: NDArray[np.int64]


@loop
def _visits(high: Floats, low: Floats, bottoms: Floats, tops: Floats) -> IntTable:
    """Zone, row and whether it held of each visit of `met`."""
    count = len(high)
    visits = np.empty((len(tops) * (count // 2 + 1), 3), dtype=np.int64)
    found = 0
    for zone in range(len(tops)):
        bottom, top = bottoms[zone], tops[zone]
        was_inside, came_from_above = True, False
        is_ours = False  # the visit under way began among these bars
        for row in range(count):
            inside = low[row] <= top and high[row] >= bottom
            if inside and not was_inside:
                came_from_above, is_ours = low[row - 1] > top, True
                visits[found, 0], visits[found, 1], visits[found, 2] = zone, row, 0
                found += 1
            elif was_inside and not inside and is_ours:
                visits[found - 1, 2] = (low[row] > top) == came_from_above
                is_ours = False
            was_inside = inside
    return visits[:found]


@loop
def _passes(close: Floats, bottoms: Floats, tops: Floats) -> IntTable:
    """Zone, row and side of each pass of `met`."""
    count = len(close)
    passes = np.empty((len(tops) * (count // 2 + 1), 3), dtype=np.int64)
    found = 0
    for zone in range(len(tops)):
        bottom, top = bottoms[zone], tops[zone]
        before = accepted = 0
        for row in range(count):
            side = (1 if close[row] > top else 0) - (1 if close[row] < bottom else 0)
            if side != 0 and side == before:
                if accepted == -side:
                    passes[found, 0], passes[found, 1], passes[found, 2] = zone, row, side
                    found += 1
                accepted = side
            before = side
    return passes[:found]


def _met_compiled(high: FloatArray, low: FloatArray, close: FloatArray, bottoms: FloatArray, tops: FloatArray) -> Met:
    visits, passes = _visits(high, low, bottoms, tops).T, _passes(close, bottoms, tops).T
    return Met(
        visit_zones=visits[0],
        visit_rows=visits[1],
        visit_held=visits[2] != 0,
        pass_zones=passes[0],
        pass_rows=passes[1],
        pass_sides=passes[2],
    )


@or_compiled(_met_compiled)
def met(high: FloatArray, low: FloatArray, close: FloatArray, bottoms: FloatArray, tops: FloatArray) -> Met:
    """Visits to zones and passes through them, of bars of shape (n,) and zones of shape (m,).

    A visit begins as in `visits`; it was held when the first bar off the zone lies on the side from which price came. A pass is
    acceptance on the other side: two closes in a row beyond the zone, the last two such having lain on its other side; its row is
    the second close, its side 1 above, -1 below. What the first bars were accepted on is no pass. What is said of row t depends on
    rows up to t, but for whether a visit held, which is not said before it is over.
    """
    count = len(close)
    below, above = bottoms[:, None], tops[:, None]
    over = low > above
    inside = (high >= below) > over
    zones, rows = _cells(inside[:, 1:] != inside[:, :-1])
    there = zones * count + rows  # of the bar before, in the table of zones and rows
    at = inside.ravel()[there + 1].nonzero()[0]
    ended = at[at < len(zones) - 1]
    ended = ended[zones[ended + 1] == zones[ended]]
    held = np.zeros(len(zones), dtype=np.bool_)
    held[ended] = over.ravel()[there[ended + 1] + 1] == over.ravel()[there[ended]]
    side = (close > above).view(np.int8) - (close < below).view(np.int8)
    accepted = side[:, 1:] * side[:, :-1] > 0
    began = accepted.copy()  # of bars in a row that are accepted on one side the first says it
    began[:, 1:] = accepted[:, 1:] > accepted[:, :-1]
    accepted_zones, accepted_rows = _cells(began)
    sides = side.ravel()[accepted_zones * count + accepted_rows + 1]
    turned = ((sides[1:] != sides[:-1]) & (accepted_zones[1:] == accepted_zones[:-1])).nonzero()[0] + 1
    return Met(
        visit_zones=zones[at],
        visit_rows=rows[at] + 1,
        visit_held=held[at],
        pass_zones=accepted_zones[turned],
        pass_rows=accepted_rows[turned] + 1,
        pass_sides=sides[turned].astype(np.int64),
    )


def _cells(true: BoolArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of each cell that is true, ascending; as `nonzero` has it, which is slow in two dimensions."""
    rows, columns = np.divmod(true.ravel().nonzero()[0], max(true.shape[1], 1))
    return rows, columns
