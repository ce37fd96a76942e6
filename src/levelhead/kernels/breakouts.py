"""Breakouts: the first close beyond a confirmed level, the retest that held, and the break that failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.lows import Lows, lows_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

STOOD = (10, 252)
"""A level has stood for at least so many bars when it breaks, and is no longer looked at after so many."""
FAILED_WITHIN = 10
"""A close back within so many bars of the break: the break has failed."""
RETEST_WITHIN = 20
"""Price comes back to a broken level within so many bars of the break, else it is no retest of the break."""
NEAR, AWAY = 0.25, 0.5
"""ATR of the bar that broke: a bar that comes so near has come back; a close so far beyond has left again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Breakouts:
    """Every break of a level, arrays of shape (m,), in the order of their days; -1 where there is no such row.

    level: which of the levels given; broken: the row of the first close beyond; failed: of the close back; retested: of the bar
    that came back to it; held: of the close that left it again, at which the retest is known to have held. What is said of row t
    depends on bars up to t alone: each is known at the close of its own row, a retest at that of `held`.
    """

    level: IntArray
    broken: IntArray
    failed: IntArray
    retested: IntArray
    held: IntArray

    def __len__(self) -> int:
        return len(self.level)


def breakouts(
    heights: FloatArray,
    rows: IntArray,
    known: IntArray,
    sides: NDArray[np.int8],
    high: FloatArray,
    low: FloatArray,
    close: FloatArray,
    atr: FloatArray,
) -> Breakouts:
    """What became of levels, arrays of shape (m,): heights; rows at which they were made and known; sides, 1 a high, -1 a low.

    high, low, close, atr: bars, shape (n,). A high breaks with the first close above it after it is known, if by then it has stood
    for 10 bars and no more than 252. It has failed with a close at or below it within ten bars. It is retested where, after a bar
    that stayed clear of it (by 0.25 ATR), one comes back as near within twenty bars of the break; the retest has held with the
    first close 0.5 ATR above it, unless a close at or below it comes first. A level whose break failed may break again.
    A low is the mirror of a high.
    """
    found: list[tuple[int, int, int, int, int]] = []
    level, after = np.arange(len(heights)), known
    closes, near = close.tolist(), {1: low.tolist(), -1: high.tolist()}
    beyond = {1: lows_of(-close), -1: lows_of(close)}
    while len(level):
        broken = _first_beyond(heights[level], sides[level], after, beyond)
        stood = broken - rows[level]
        fresh = (broken < len(close)) & (stood <= STOOD[1])
        told = [
            (at, row, *_after(row, int(sides[at]), float(heights[at]), near[int(sides[at])], closes, float(atr[row])))
            for at, row in zip(level[fresh].tolist(), broken[fresh].tolist(), strict=True)
        ]
        found += [each for each in told if each[1] - rows[each[0]] >= STOOD[0]]
        again = [each for each in told if each[2] >= 0]
        level, after = np.array([(each[0], each[2]) for each in again], dtype=np.int64).reshape(-1, 2).T
    columns = np.array(sorted(found, key=lambda each: each[1]), dtype=np.int64).reshape(-1, 5).T
    return Breakouts(level=columns[0], broken=columns[1], failed=columns[2], retested=columns[3], held=columns[4])


def _first_beyond(heights: FloatArray, sides: NDArray[np.int8], after: IntArray, beyond: Mapping[int, Lows]) -> IntArray:
    """For each level the first row after `after` that closes beyond it, n where none does; beyond: of the closes, by side."""
    broken = np.empty(len(heights), dtype=np.int64)
    for side, closes in beyond.items():
        own = np.flatnonzero(sides == side)
        broken[own] = closes.first_at_or_below(after[own], np.nextafter(-side * heights[own], -np.inf))
    return broken


def _after(broken: int, side: int, height: float, near: list[float], close: list[float], yard: float) -> tuple[int, int, int]:
    """Rows at which the break failed, was retested, and the retest was known to have held; -1 where they did not.

    near: the lows of the bars for a high that was broken, the highs for a low; yard: the ATR of the bar that broke.
    """
    is_clear, retested, held = False, -1, -1
    for row in range(broken + 1, min(broken + 1 + RETEST_WITHIN + FAILED_WITHIN, len(close))):
        beyond, nearest, age = side * (close[row] - height), side * (near[row] - height), row - broken
        if beyond <= 0:
            return row if age <= FAILED_WITHIN else -1, retested, held
        if retested < 0 and is_clear and age <= RETEST_WITHIN and nearest <= NEAR * yard:
            retested = row
        is_clear = is_clear or nearest > NEAR * yard
        if held < 0 <= retested and beyond >= AWAY * yard:
            held = row
    return -1, retested, held
