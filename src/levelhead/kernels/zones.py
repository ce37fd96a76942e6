"""Zones: how prices that lie together merge."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Bools, Floats, FloatTable, Ints, IntTable, loop, or_compiled

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

SAME = 1 + 1e-12
"""A cut that is worth no more than so many times another is worth the same."""
SLACK = 1e-9
"""Share of a step by which a price may miss the grid and still lie on it."""


@loop
def _best_runs(bottoms: Floats, tops: Floats, weights: Floats, width: float, gap: float) -> IntTable:
    """The runs of `merge`, descending, one a row: where it begins and stops."""
    count = len(bottoms)
    totals, cuts = np.zeros(count + 1), np.full(count + 1, -1)
    clear = np.zeros(count, dtype=np.int64)
    far = first = 0
    for last in range(count):
        while far < last and tops[far] <= bottoms[last] - gap:
            far += 1
        clear[last] = far
        while first <= last and tops[last] - bottoms[first] > width:
            first += 1
        total, cut, weight = totals[last], -1, 0.0
        for start in range(last, first - 1, -1):
            weight += weights[start]
            candidate = totals[clear[start]] + weight * weight
            if candidate > total * SAME:
                total, cut = candidate, start
        totals[last + 1], cuts[last + 1] = total, cut
    runs = np.empty((count, 2), dtype=np.int64)
    found, at = 0, count
    while at > 0:
        start = cuts[at]
        if start < 0:
            at -= 1
            continue
        runs[found, 0], runs[found, 1] = start, at
        found += 1
        at = clear[start]
    return runs[:found]


def _merge_compiled(
    bottoms: Sequence[float] | FloatArray,
    tops: Sequence[float] | FloatArray,
    weights: Sequence[float] | FloatArray,
    *,
    width: float,
    gap: float,
) -> list[tuple[int, int]]:
    begins, ends, weight_of = (np.asarray(column, dtype=np.float64) for column in (bottoms, tops, weights))
    runs = _best_runs(begins, ends, weight_of, width, gap)
    return [(first, stop) for first, stop in runs[::-1].tolist()]


@or_compiled(_merge_compiled)
def merge(
    bottoms: Sequence[float] | FloatArray,
    tops: Sequence[float] | FloatArray,
    weights: Sequence[float] | FloatArray,
    *,
    width: float,
    gap: float,
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
    begins, ends, weight_of = (np.asarray(column).tolist() for column in (bottoms, tops, weights))  # plain numbers are faster
    totals, cuts = [0.0], [-1]  # of the first rows: the best sum, and where its last run begins if it goes to the last of them
    # How many rows end far enough below each; of those before it, for with no gap a price on the grid ends where it begins.
    clear = [bisect_right(ends, bottom - gap, 0, at) for at, bottom in enumerate(begins)]
    first = 0
    for last, top in enumerate(ends):
        while first <= last and top - begins[first] > width:  # from there on a run to this row is narrow enough
            first += 1
        total, cut, weight = totals[last], -1, 0.0
        beaten = total * SAME
        for start in range(last, first - 1, -1):
            weight += weight_of[start]
            candidate = totals[clear[start]] + weight * weight
            if candidate > beaten:
                total, cut, beaten = candidate, start, candidate * SAME
        totals.append(total)
        cuts.append(cut)
    runs: list[tuple[int, int]] = []
    at = len(begins)
    while at > 0:
        start = cuts[at]
        if start >= 0:
            runs.append((start, at))
        at = at - 1 if start < 0 else clear[start]
    return runs[::-1]


class Cut(NamedTuple):
    """The zones that levels make, ascending; counted: what each level counts.

    firsts, stops: where its levels begin and stop. lows, highs: its edges in steps of the grid. oldest: the first row of the bars
    that made its levels, -1 where none did. marked: whether one of them is. sums, most: of what its levels count.
    """

    counted: list[float]
    firsts: list[int]
    stops: list[int]
    lows: list[int]
    highs: list[int]
    oldest: list[int]
    marked: list[int]
    sums: list[float]
    most: list[float]


@loop
def _exact_sum(values: Floats) -> float:
    """The sum, rounded once: `math.fsum`, after Shewchuk (1997), as Python has it."""
    parts, count = np.zeros(len(values) + 1), 0
    for value in values:
        kept, large = 0, value
        for at in range(count):
            small = parts[at]
            if abs(large) < abs(small):
                large, small = small, large
            total = large + small
            rest = small - (total - large)
            if rest != 0.0:
                parts[kept] = rest
                kept += 1
            large = total
        parts[kept] = large
        count = kept + 1
    if count == 0:
        return 0.0
    count -= 1
    total, rest = parts[count], 0.0
    while count > 0:
        large = total
        count -= 1
        total = large + parts[count]
        rest = parts[count] - (total - large)
        if rest != 0.0:
            break
    # half way between two floats what is left below decides
    if count > 0 and ((rest < 0.0 and parts[count - 1] < 0.0) or (rest > 0.0 and parts[count - 1] > 0.0)):
        twice = rest * 2.0
        other = total + twice
        if twice == other - total:
            total = other
    return float(total)


@loop
def _counted(rows: Ints, weights: Floats) -> Floats:
    """`counted` of one price."""
    counts, is_first = weights.copy(), np.ones(len(rows), dtype=np.bool_)
    for at in range(1, len(rows)):
        for before in range(at):
            if is_first[before] and rows[before] == rows[at] >= 0:
                lighter = before if weights[at] > counts[before] else at
                is_first[lighter], counts[lighter] = False, 0.0
                break
    return counts


@loop
def _cut(
    prices: Floats,
    weights: Floats,
    rows: Ints,
    is_brief: Bools,
    is_marked: Bools,
    step: float,
    width: float,
    gap: float,
    share: float,
) -> tuple[Floats, IntTable, FloatTable]:
    """What each level counts; first, stop, low, high, oldest and marked of each zone of `cut`; and sum and most of each."""
    count = len(prices)
    counted, shares = weights.copy(), np.where(is_brief, weights * share, weights)
    firsts, shaping, rungs = np.zeros(count + 1, dtype=np.int64), np.empty(count), 0
    first = 0
    while first < count:
        stop = first + 1
        while stop < count and prices[stop] == prices[first]:
            stop += 1
        shaping[rungs] = shares[first]
        if stop > first + 1:
            counted[first:stop] = _counted(rows[first:stop], weights[first:stop])
            shaping[rungs] = _exact_sum(_counted(rows[first:stop], shares[first:stop]))
        rungs += 1
        firsts[rungs] = first = stop
    steps = prices[firsts[:rungs]] / step
    floors, ceilings, nearest = np.floor(steps + SLACK), np.ceil(steps - SLACK), np.rint(steps)
    runs = _best_runs(floors * step, ceilings * step, shaping[:rungs], width * (1 - 1e-12), gap)
    zones, sums = np.empty((len(runs), 6), dtype=np.int64), np.empty((len(runs), 2))
    for at in range(len(runs)):
        low, high = runs[len(runs) - 1 - at, 0], runs[len(runs) - 1 - at, 1] - 1
        first, stop = firsts[low], firsts[high + 1]
        is_one = nearest[low] == nearest[high]
        oldest, mark = -1, False
        for level in range(first, stop):
            mark = mark or is_marked[level]
            if rows[level] >= 0 and (oldest < 0 or rows[level] < oldest):
                oldest = rows[level]
        zones[at, 0], zones[at, 1], zones[at, 4], zones[at, 5] = first, stop, oldest, mark
        zones[at, 2], zones[at, 3] = (nearest if is_one else floors)[low], (nearest if is_one else ceilings)[high]
        sums[at, 0], sums[at, 1] = _exact_sum(counted[first:stop]), counted[first:stop].max()
    return counted, zones, sums


def _cut_compiled(
    prices: FloatArray,
    weights: FloatArray,
    rows: IntArray,
    is_brief: BoolArray,
    is_marked: BoolArray,
    *,
    step: float,
    width: float,
    gap: float,
    share: float,
) -> Cut:
    counted, zones, sums = _cut(prices, weights, rows, is_brief, is_marked, step, width, gap, share)
    return Cut(counted.tolist(), *zones.T.tolist(), *sums.T.tolist())


@or_compiled(_cut_compiled)
def cut(
    prices: FloatArray,
    weights: FloatArray,
    rows: IntArray,
    is_brief: BoolArray,
    is_marked: BoolArray,
    *,
    step: float,
    width: float,
    gap: float,
    share: float,
) -> Cut:
    """The zones of levels that ascend by price, on a grid of `step`, none wider than `width` nor closer than `gap`: see `merge`.

    rows: of the bar that made each, -1 where no bar did; of the levels at one price that one bar made only the heaviest counts,
    the first of equals. is_brief: those that count `share` of their weight where zones are cut. Edges lie outward on the grid;
    levels that all print as one price of the grid are that price, not a zone of one step.
    """
    firsts = [0, *((prices[1:] != prices[:-1]).nonzero()[0] + 1).tolist(), len(prices)] if len(prices) else [0]
    whole, shares = weights.tolist(), np.where(is_brief, weights * share, weights).tolist()
    shaping = [shares[first] for first in firsts[:-1]]
    made_by, counts = rows.tolist(), whole.copy()
    for rung, (first, stop) in enumerate(pairwise(firsts)):
        if stop > first + 1:
            events = [row if row >= 0 else -1 - at for at, row in enumerate(made_by[first:stop])]
            counts[first:stop] = counted(events, whole[first:stop])
            shaping[rung] = math.fsum(counted(events, shares[first:stop]))
    steps = prices[firsts[:-1]] / step
    floors, ceilings = np.floor(steps + SLACK), np.ceil(steps - SLACK)
    runs = merge(floors * step, ceilings * step, shaping, width=width * (1 - 1e-12), gap=gap)
    below, above, nearest = (side.astype(np.int64).tolist() for side in (floors, ceilings, np.rint(steps)))
    is_one = [nearest[first] == nearest[stop - 1] for first, stop in runs]
    own = [slice(firsts[first], firsts[stop]) for first, stop in runs]
    marked = is_marked.tolist()
    return Cut(
        counted=counts,
        firsts=[levels.start for levels in own],
        stops=[levels.stop for levels in own],
        lows=[(nearest if one else below)[first] for one, (first, _) in zip(is_one, runs, strict=True)],
        highs=[(nearest if one else above)[stop - 1] for one, (_, stop) in zip(is_one, runs, strict=True)],
        oldest=[min((row for row in made_by[levels] if row >= 0), default=-1) for levels in own],
        marked=[any(marked[levels]) for levels in own],
        sums=[math.fsum(counts[levels]) for levels in own],
        most=[max(counts[levels]) for levels in own],
    )


def counted(events: Sequence[object], weights: Sequence[float]) -> list[float]:
    """What each of several levels counts: of those that name one event the first of the heaviest its weight, the others nothing."""
    counts = list(weights)
    first: dict[object, int] = {}
    for at, event in enumerate(events):
        before = first.setdefault(event, at)
        if before != at:
            lighter = before if weights[at] > counts[before] else at
            first[event] = before + at - lighter
            counts[lighter] = 0.0
    return counts
