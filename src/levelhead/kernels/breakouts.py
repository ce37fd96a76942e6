"""Breakouts: the first close beyond a confirmed level, the retest that held, and the break that failed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, IntTable, Signs, loop, or_compiled
from levelhead.kernels.lows import lows_of

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
    table = _every_break(heights, rows, known, sides, high, low, close, atr)
    order = np.lexsort((table[:, 2], table[:, 1], table[:, 0]))
    broken, _, level, failed, retested, held = np.ascontiguousarray(table[order].T)
    return Breakouts(level=level, broken=broken, failed=failed, retested=retested, held=held)


@loop
def _break(first: int, last: int, side: float, limit: float, close: Floats) -> tuple[int, int]:
    """The first row from `first` to `last` that closes beyond, and that of the close back within ten bars; -1 where none does."""
    for row in range(first, last + 1):
        if side * close[row] > limit:
            for after in range(row + 1, min(row + FAILED_WITHIN, len(close) - 1) + 1):
                if not side * close[after] > limit:
                    return row, after
            return row, -1
    return -1, -1


@loop
def _retest(broken: int, height: float, side: float, high: Floats, low: Floats, close: Floats, atr: Floats) -> tuple[int, int]:
    """Rows at which a break was retested, and at which the retest was known to have held; -1 where it was not."""
    retested, is_clear, near, away = -1, False, NEAR * atr[broken], AWAY * atr[broken]
    for row in range(broken + 1, min(broken + RETEST_WITHIN + FAILED_WITHIN, len(close))):
        beyond, nearest = side * (close[row] - height), side * ((low[row] if side > 0 else high[row]) - height)
        if not beyond > 0:
            break
        if retested < 0 and is_clear and row <= broken + RETEST_WITHIN and nearest <= near:
            retested = row
        is_clear = is_clear or nearest > near
        if retested >= 0 and beyond >= away:
            return retested, row
    return retested, -1


@loop
def _walked_breaks(
    heights: Floats, rows: Ints, known: Ints, sides: Signs, high: Floats, low: Floats, close: Floats, atr: Floats
) -> IntTable:
    table, count = np.empty((len(heights) + 8, 6), dtype=np.int64), 0
    for level in range(len(heights)):
        side, height = float(sides[level]), heights[level]
        row, last = known[level] + 1, min(rows[level] + STOOD[1], len(close) - 1)
        before = 0
        while True:
            broken, failed = _break(row, last, side, side * height, close)
            if broken >= rows[level] + STOOD[0]:
                if count == len(table):
                    table = np.concatenate((table, np.empty_like(table)))
                retested, held = _retest(broken, height, side, high, low, close, atr)
                table[count] = broken, before, level, failed, retested, held
                count += 1
            if failed < 0:
                break
            row, before = failed + 1, before + 1
    return table[:count].copy()


@or_compiled(_walked_breaks)
def _every_break(
    heights: FloatArray,
    rows: IntArray,
    known: IntArray,
    sides: NDArray[np.int8],
    high: FloatArray,
    low: FloatArray,
    close: FloatArray,
    atr: FloatArray,
) -> IntArray:
    """Broken, how often the level had broken before, level, failed, retested and held of each break, in any order; shape (m, 6)."""
    found: list[tuple[int, int, int, int]] = []
    for side, tops in ((1, close), (-1, -close)):
        levels = np.flatnonzero(sides == side)
        limits = side * heights[levels]
        broken = lows_of(-tops).first_at_or_below(known[levels], np.nextafter(-limits, -np.inf))
        last = np.minimum(rows[levels] + STOOD[1], len(close) - 1)
        fresh, closes = broken <= last, tops.tolist()
        columns = (levels, rows[levels], broken, last, limits)
        for level, made, first, end, limit in zip(*(column[fresh].tolist() for column in columns), strict=True):
            breaks = enumerate(_breaks(first, end, limit, closes))
            found += [(row, before, level, failed) for before, (row, failed) in breaks if row - made >= STOOD[0]]
    table = np.array(found, dtype=np.int64).reshape(-1, 4)
    level = table[:, 2]
    retests = _retests(table[:, 0], heights[level], sides[level], high, low, close, atr)
    return np.column_stack((table, *retests))


def _breaks(first: int, last: int, limit: float, closes: list[float]) -> list[tuple[int, int]]:
    """The rows from `first` to `last` at which a level breaks, with that of the close back within ten bars, -1 where none comes.

    limit: the level; first: the row of the first close above it.
    """
    found: list[tuple[int, int]] = []
    row = first
    while row <= last:
        broken, row = row, row + 1
        while row < len(closes) and closes[row] > limit:
            row += 1
            if row > broken + FAILED_WITHIN:
                return [*found, (broken, -1)]
        if row == len(closes):
            return [*found, (broken, -1)]
        found.append((broken, row))
        while row <= last and closes[row] <= limit:
            row += 1
    return found


def _retests(
    broken: IntArray,
    heights: FloatArray,
    sides: NDArray[np.int8],
    high: FloatArray,
    low: FloatArray,
    close: FloatArray,
    atr: FloatArray,
) -> tuple[IntArray, IntArray]:
    """Rows at which breaks were retested, and at which the retest was known to have held; -1 where they were not; shape (m,)."""
    yard = atr[broken]
    retested, held = np.full(len(broken), -1), np.full(len(broken), -1)
    holds, is_clear = np.ones(len(broken), dtype=np.bool_), np.zeros(len(broken), dtype=np.bool_)
    for age in range(1, RETEST_WITHIN + FAILED_WITHIN):
        row = broken + age
        at = np.minimum(row, len(close) - 1)
        beyond, nearest = sides * (close[at] - heights), sides * (np.where(sides > 0, low[at], high[at]) - heights)
        holds &= (row < len(close)) & (beyond > 0)  # no close back yet
        if age <= RETEST_WITHIN:
            np.copyto(retested, row, where=holds & is_clear & (retested < 0) & (nearest <= NEAR * yard))
        is_clear |= nearest > NEAR * yard
        np.copyto(held, row, where=holds & (held < 0) & (retested >= 0) & (beyond >= AWAY * yard))
    return retested, held
