"""Zones: how prices that lie together merge, and when bars visited them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

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
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, len(bottoms) + 1):
        total, chosen = best[end - 1]
        weight = 0.0
        for start in range(end - 1, -1, -1):
            if tops[end - 1] - bottoms[start] > width:
                break
            weight += weights[start]
            before, runs = best[bisect_right(tops, bottoms[start] - gap)]
            candidate = before + weight**2
            if candidate > total * (1 + 1e-12):
                total, chosen = candidate, [*runs, (start, end)]
        best.append((total, chosen))
    return best[-1][1]
