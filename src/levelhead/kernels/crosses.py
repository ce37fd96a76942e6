"""Which of two lines is above, and when they last changed places."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, Signs, loop, or_compiled

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
SideArray = NDArray[np.int8]
NEARNESS = 1e-9
"""Two lines nearer than this share of the scale are equal: averages carry rounding in their last digits."""


@loop
def _side(line: Floats, other: Floats, scale: Floats) -> Signs:
    sides = np.zeros(len(line), dtype=np.int8)
    for row in range(len(line)):
        gap = line[row] - other[row]
        if abs(gap) > NEARNESS * abs(scale[row]):
            sides[row] = 1 if gap > 0 else -1
    return sides


@or_compiled(_side)
def side(line: FloatArray, other: FloatArray, scale: FloatArray) -> SideArray:
    """1 where `line` is above `other`, -1 below, 0 where they are equal or one is not known; shape (n,).

    scale: the size of the numbers the lines were computed from, shape (n,).
    """
    gap = line - other
    equal = ~(np.abs(gap) > NEARNESS * np.abs(scale))
    return np.where(equal, 0, np.where(gap > 0, 1, -1)).astype(np.int8)


@loop
def _held_side(sides: Signs) -> Signs:
    held, last = np.empty(len(sides), dtype=np.int8), 0
    for row in range(len(sides)):
        if sides[row] != 0:
            last = sides[row]
        held[row] = last
    return held


@or_compiled(_held_side)
def held_side(sides: SideArray) -> SideArray:
    """The last side that was not 0, at each row; 0 until there is one. Touching the line does not change it."""
    rows = np.where(sides != 0, np.arange(len(sides)), -1)
    latest = np.maximum.accumulate(rows)
    return np.where(latest < 0, 0, sides[np.maximum(latest, 0)]).astype(np.int8)


def accepted_side(sides: SideArray) -> SideArray:
    """1 at the second of two rows in a row on side 1, -1 on side -1, else 0; shape (n,): where price is accepted there."""
    twice = np.zeros(len(sides), dtype=np.int8)
    twice[1:] = np.where(sides[1:] == sides[:-1], sides[1:], 0)
    return twice


@loop
def _rows_in_a_row(sides: Signs) -> Ints:
    counts, count = np.empty(len(sides), dtype=np.int64), 0
    for row in range(len(sides)):
        count = 0 if sides[row] == 0 else count + 1 if row > 0 and sides[row] == sides[row - 1] else 1
        counts[row] = count
    return counts


@or_compiled(_rows_in_a_row)
def rows_in_a_row(sides: SideArray) -> NDArray[np.int64]:
    """How many rows up to each lie on its side without a break, itself counted; 0 where its side is 0."""
    rows = np.arange(len(sides))
    changed = np.diff(sides, prepend=np.int8(2)) != 0
    begun = np.maximum.accumulate(np.where(changed, rows, 0))
    return np.where(sides == 0, 0, rows - begun + 1)


def last_cross(sides: SideArray) -> int | None:
    """The row at which the lines last changed places; None where they never did."""
    held = held_side(sides)
    rows = np.flatnonzero((held[1:] != held[:-1]) & (held[:-1] != 0))
    return int(rows[-1]) + 1 if rows.size else None


@loop
def _cross_rows(held: Signs) -> Ints:
    rows, last = np.empty(len(held), dtype=np.int64), -1
    for row in range(len(held)):
        if row > 0 and held[row - 1] != 0 and held[row] != held[row - 1]:
            last = row
        rows[row] = last
    return rows


@or_compiled(_cross_rows)
def cross_rows(held: SideArray) -> NDArray[np.int64]:
    """At each row the row at which the lines last changed places, -1 until they did; held: of `held_side`."""
    rows = np.full(len(held), -1, dtype=np.int64)
    changed = np.flatnonzero((held[1:] != held[:-1]) & (held[:-1] != 0)) + 1
    rows[changed] = changed
    return np.maximum.accumulate(rows)


@loop
def _sessions_to_cross(closes: Floats, fast: int, slow: int) -> int:
    """The sessions of `sessions_to_cross`, -1 where they do not change places."""
    last, count = closes[-1], len(closes)
    newest = np.zeros(slow + 1)
    for back in range(1, slow + 1):
        newest[back] = newest[back - 1] + closes[count - back]
    now = 0
    for ahead in range(slow):
        quick = (newest[max(fast - ahead, 0)] + min(ahead, fast) * last) / fast
        gap = quick - (newest[slow - ahead] + ahead * last) / slow
        side = (1 if gap > 0 else -1) if abs(gap) > NEARNESS * abs(last) else 0
        if ahead == 0:
            now = side
            if now == 0:
                return -1
        elif side == -now:
            return ahead
    return -1


def _sessions_compiled(closes: FloatArray, fast: int, slow: int) -> int | None:
    sessions = _sessions_to_cross(closes[-slow:], fast, slow)
    return None if sessions < 0 else sessions


@or_compiled(_sessions_compiled)
def sessions_to_cross(closes: FloatArray, fast: int, slow: int) -> int | None:
    """After how many further closes at the last one's price the means of the last `fast` and `slow` closes change places.

    fast < slow <= rows. None where they do not: after `slow` closes both stand at the price. A mean after h closes is
    (sum of the newest n - h + h * last) / n.
    """
    last = float(closes[-1])
    newest = np.zeros(slow + 1)
    np.cumsum(closes[: -slow - 1 : -1], out=newest[1:])
    means = [(newest[stay] + come * last) / n for n in (fast, slow) for stay, come in (_standing(n, slow),)]
    sides = side(means[0], means[1], np.full(slow, last))
    if not sides[0]:
        return None
    changed = sides == -sides[0]
    at = int(changed.argmax())
    return at if changed[at] else None


@lru_cache(maxsize=16)
def _standing(n: int, sessions: int) -> tuple[IntArray, IntArray]:
    """Of the closes of an n-bar average how many stay after each of so many sessions, and how many come."""
    ahead = np.arange(sessions)
    return np.maximum(n - ahead, 0), np.minimum(ahead, n)
