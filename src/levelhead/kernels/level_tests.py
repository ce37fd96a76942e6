"""What became of levels after price touched them: held, broken, reclaimed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class Paths(NamedTuple):
    """The bars after each of m starts, in units of each start's own yardstick and measured from its price, shape (m, n)."""

    high: FloatArray
    low: FloatArray
    close: FloatArray


class Tested(NamedTuple):
    """touch: column at which a level was first touched, -1 where not; broken, reclaimed: (levels, horizons)."""

    touch: IntArray
    broken: BoolArray
    reclaimed: BoolArray


def paths_after(high: FloatArray, low: FloatArray, close: FloatArray, rows: IntArray, yard: FloatArray, count: int) -> Paths:
    """The `count` bars after each row, (price - close of that row) / yard of that row. rows + count < len(close)."""
    at = rows[:, None] + np.arange(1, count + 1)
    start, unit = close[rows][:, None], yard[rows][:, None]
    return Paths(*((column[at] - start) / unit for column in (high, low, close)))


def level_tests(
    paths: Paths, start: IntArray, near: FloatArray, width: FloatArray, fresh: int, horizons: tuple[int, ...]
) -> Tested:
    """What became of levels whose near edge lies `near` above (positive) or below the start, `width` further to the far edge.

    start: the row of `paths` each level belongs to, shape (levels,). A touch is the first of `fresh` bars whose range reaches the
    level; one that a bar leaps across first is not touched. Broken is acceptance: within the horizon after the touch two closes in
    a row, that of the touch among them, beyond the far edge. Reclaimed: after that, two closes in a row on the side from which
    price came. paths must hold fresh + the longest horizon of bars.
    """
    side = np.sign(near)
    reaching = np.where(side > 0, paths.high[start, :fresh].T, -paths.low[start, :fresh].T) >= np.abs(near)
    first = reaching.argmax(axis=0)
    back = np.where(side > 0, paths.low[start, first], -paths.high[start, first])
    touched = reaching.any(axis=0) & (back <= np.abs(near) + width)
    touch = np.where(touched, first, -1).astype(np.int64)
    return Tested(touch, *_accepted(paths, start, touch, side, np.abs(near), width, horizons))


def _accepted(
    paths: Paths, start: IntArray, touch: IntArray, side: FloatArray, near: FloatArray, width: FloatArray, horizons: tuple[int, ...]
) -> tuple[BoolArray, BoolArray]:
    there = np.flatnonzero(touch >= 0)
    columns = touch[there, None] + np.arange(max(horizons) + 1)
    closes = side[there, None] * paths.close[start[there, None], columns]
    over = _twice(closes > (near + width)[there, None])
    under = _twice(closes < near[there, None])
    broken_at = _first(over)
    regained_at = _first(under & (np.arange(columns.shape[1]) > broken_at[:, None]))
    ends = np.array(horizons)
    broken = np.zeros((len(touch), len(horizons)), dtype=np.bool_)
    reclaimed = broken.copy()
    broken[there] = broken_at[:, None] <= ends
    reclaimed[there] = regained_at[:, None] <= ends
    return broken, reclaimed


def _twice(true: BoolArray) -> BoolArray:
    """Columns at which it is true for the second time in a row."""
    again = np.zeros_like(true)
    again[:, 1:] = true[:, 1:] & true[:, :-1]
    return again


def _first(true: BoolArray) -> IntArray:
    """The first column at which it is true, one past the last where it never is."""
    columns: IntArray = np.where(true.any(axis=1), true.argmax(axis=1), true.shape[1]).astype(np.int64)
    return columns
