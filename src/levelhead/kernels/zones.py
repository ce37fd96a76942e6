"""Zones: how prices that lie together merge, and when bars visited them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    prices: Sequence[float],
    weights: Sequence[float],
    *,
    width: float,
    gap: float,
    edges: Callable[[float, float], tuple[float, float]] = lambda low, high: (low, high),
) -> list[tuple[int, int]]:
    """The best cut of ascending `prices` into zones, as half-open ranges of rows, ascending.

    Among all ways to choose runs of neighbouring prices that are each at most `width` wide and at least `gap` apart,
    the one with the largest sum over runs of (sum of weights)^2: the square rewards merging what lies together, so two
    prices that fit into one zone share it, and a heavy price is never given up for light ones beside it. Prices in no run
    are left out: they lie within `gap` of a better zone. Exact, by dynamic programming over rows; no chaining, and the
    answer does not depend on the order in which levels were found. Of equal cuts the one with the lower zones wins.

    edges: rounds a run's lowest and highest price outwards to a grid; width and gap are those of the rounded run.
    """
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, len(prices) + 1):
        total, chosen = best[end - 1]
        weight = 0.0
        for start in range(end - 1, -1, -1):
            low, high = edges(prices[start], prices[end - 1])
            if high - low > width:
                break
            weight += weights[start]
            free = _count_below(prices, low - gap, edges)
            candidate = best[free][0] + weight**2
            if candidate > total * (1 + 1e-12):
                total, chosen = candidate, [*best[free][1], (start, end)]
        best.append((total, chosen))
    return best[-1][1]


def _count_below(prices: Sequence[float], bound: float, edges: Callable[[float, float], tuple[float, float]]) -> int:
    """How many of the ascending prices lie, rounded up to the grid, at or below `bound`."""
    low, high = 0, len(prices)
    while low < high:
        middle = (low + high) // 2
        if edges(prices[middle], prices[middle])[1] <= bound:
            low = middle + 1
        else:
            high = middle
    return low
