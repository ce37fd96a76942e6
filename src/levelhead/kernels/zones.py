"""Zones: how prices that lie together merge, and when bars visited them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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


def merge(
    bottoms: Sequence[float], tops: Sequence[float], weights: Sequence[float], *, width: float, gap: float
) -> list[tuple[int, int]]:
    """The best cut of ascending prices into zones, as half-open ranges of rows, ascending.

    bottoms, tops: each price rounded down and up to the grid of its instrument (the price itself where there is no grid),
    ascending. A run of neighbouring rows spans from its first bottom to its last top. Among all ways to choose runs that
    are each at most `width` wide and at least `gap` apart, this is the one with the largest sum over runs of (sum of
    weights)^2: the square rewards merging what lies together, so two prices that fit into one zone share it, and a heavy
    price is never given up for light ones beside it. Rows in no run are left out: they lie within `gap` of a better zone,
    or the grid is coarser than `width`. Exact, by dynamic programming over rows; no chaining, and the answer does not
    depend on the order in which levels were found. Of equal cuts the one with the lower zones wins.
    """
    totals, cuts = [0.0], [(-1, -1)]  # of the first rows: the best sum, and the last run of it with where the one before ends
    begins, ends, weight_of = list(bottoms), list(tops), list(weights)
    clear = [bisect_right(ends, bottom - gap) for bottom in begins]  # how many rows end far enough below each
    for end in range(1, len(begins) + 1):
        total, cut = totals[end - 1], (-1, end - 1)
        weight, top = 0.0, ends[end - 1]
        for start in range(end - 1, -1, -1):
            if top - begins[start] > width:
                break
            weight += weight_of[start]
            candidate = totals[clear[start]] + weight * weight
            if candidate > total * (1 + 1e-12):
                total, cut = candidate, (start, clear[start])
        totals.append(total)
        cuts.append(cut)
    runs: list[tuple[int, int]] = []
    at = len(begins)
    while at > 0:
        start, before = cuts[at]
        if start >= 0:
            runs.append((start, at))
        at = before
    return runs[::-1]


def visit_counts(high: FloatArray, low: FloatArray, bottoms: FloatArray, tops: FloatArray) -> NDArray[np.int64]:
    """How many visits to each of many zones begin, as in `visits`; shape (m,)."""
    inside = (low <= tops[:, None]) & (high >= bottoms[:, None])
    begins: NDArray[np.int64] = np.count_nonzero(inside[:, 1:] > inside[:, :-1], axis=1)
    return begins


class Met(NamedTuple):
    """How prices met zones; zone and row of each, ascending by zone, then by row."""

    visit_zones: NDArray[np.int64]
    visit_rows: NDArray[np.int64]
    visit_held: BoolArray
    pass_zones: NDArray[np.int64]
    pass_rows: NDArray[np.int64]
    pass_sides: NDArray[np.int64]


def met(high: FloatArray, low: FloatArray, close: FloatArray, bottoms: FloatArray, tops: FloatArray) -> Met:
    """Visits to zones and passes through them, of bars of shape (n,) and zones of shape (m,).

    A visit begins as in `visits`; it was held when the first bar off the zone lies on the side from which price came. A pass is
    acceptance on the other side: two closes in a row beyond the zone, the last two such having lain on its other side; its row is
    the second close, its side 1 above, -1 below. What the first bars were accepted on is no pass. What is said of row t depends on
    rows up to t, but for whether a visit held, which is not said before it is over.
    """
    below, above = bottoms[:, None], tops[:, None]
    over = low > above
    inside = ~over & (high >= below)
    zones, rows = np.nonzero(inside[:, 1:] != inside[:, :-1])
    begins = inside[zones, rows + 1]
    at = np.flatnonzero(begins)
    last = len(zones) - 1
    after = np.minimum(at + 1, max(last, 0))
    ended = (at < last) & (zones[after] == zones[at]) if len(zones) else np.zeros(0, dtype=np.bool_)
    held = ended & (over[zones[after], rows[after] + 1] == over[zones[at], rows[at]]) if len(at) else ended
    side = (close > above).astype(np.int8) - (close < below)
    accepted_zones, accepted_rows = np.nonzero((side[:, 1:] != 0) & (side[:, 1:] == side[:, :-1]))
    sides = side[accepted_zones, accepted_rows + 1]
    turned = np.flatnonzero((sides[1:] != sides[:-1]) & (accepted_zones[1:] == accepted_zones[:-1])) + 1
    return Met(
        visit_zones=zones[at],
        visit_rows=rows[at] + 1,
        visit_held=held,
        pass_zones=accepted_zones[turned],
        pass_rows=accepted_rows[turned] + 1,
        pass_sides=sides[turned].astype(np.int64),
    )
