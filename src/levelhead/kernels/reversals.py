"""Swings by reversal: turning points after which the close has come back by so many ATR, and the sequences they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

REVERSAL_ATR = 2.0
"""A swing is over when the close has come back by so much: what a daily chart of a year shows as a swing takes about as much."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reversals:
    """Turning points, highs and lows in turn, oldest first; arrays of shape (m,).

    rows: of the bars that turned; known: at whose close the reversal was known; heights: their highs or lows; sides: 1 high, -1
    low. A turning point depends on bars up to its known row alone.
    """

    rows: IntArray
    known: IntArray
    heights: FloatArray
    sides: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A run of higher highs and higher lows (direction 1), or of lower ones (-1).

    began: row of the turning point it began at; known: the row at which one higher high and one higher low were both confirmed;
    ended: the row at which a bar passed the last confirmed low, or a lower high was confirmed; None while neither has happened.
    turns: known rows of the highs and lows that belong to it, each beyond the one before of its kind.
    """

    direction: Literal[1, -1]
    began: int
    known: int
    ended: int | None
    turns: tuple[int, ...]

    def turns_until(self, row: int) -> int:
        """How many of its highs and lows were confirmed at the close of `row`."""
        return sum(known <= row for known in self.turns)


def reversals(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray, *, size: float = REVERSAL_ATR) -> Reversals:
    """The turning points of bars of shape (n,): a high from which the close has fallen by `size` ATR, a low from which it rose.

    The ATR is that of the bar that turned. Begins where the ATR is known. Within one bar the close comes last, so a bar may make
    the high and confirm it.
    """
    known = np.flatnonzero(~np.isnan(atr))
    begin = int(known[0]) if known.size else len(close)
    highs, lows, closes, reach = high.tolist(), low.tolist(), close.tolist(), (size * atr).tolist()
    found = _turns(highs, lows, closes, reach, begin)
    found = found[1:] if found and found[0][0] == begin else found  # nobody knows what came before the first bar
    columns = list(zip(*found, strict=True)) if found else [(), (), (), ()]
    return Reversals(
        rows=np.array(columns[0], dtype=np.int64),
        known=np.array(columns[1], dtype=np.int64),
        heights=np.array(columns[2], dtype=np.float64),
        sides=np.array(columns[3], dtype=np.int8),
    )


def _turns(
    highs: list[float], lows: list[float], closes: list[float], reach: list[float], begin: int
) -> list[tuple[int, int, float, int]]:
    """Row, known row, height and side of every turn, the first of either side."""
    found: list[tuple[int, int, float, int]] = []
    if begin >= len(closes):
        return found
    # The highest high and the lowest low since the last turn: their rows, their heights, and how far is a turn from each.
    top, peak, far = begin, highs[begin], reach[begin]
    bottom, trough, near = begin, lows[begin], reach[begin]
    wanted = 0  # 1: the next turn is a high, -1: a low, 0: whichever comes first
    for t in range(begin, len(closes)):
        if wanted >= 0:
            if highs[t] > peak:
                top, peak, far = t, highs[t], reach[t]
            if peak - closes[t] >= far > 0:
                found.append((top, t, peak, 1))
                wanted, bottom = -1, _lowest(lows, top, t)
                trough, near = lows[bottom], reach[bottom]
                continue
        if wanted <= 0:
            if lows[t] < trough:
                bottom, trough, near = t, lows[t], reach[t]
            if closes[t] - trough >= near > 0:
                found.append((bottom, t, trough, -1))
                wanted, top = 1, _highest(highs, bottom, t)
                peak, far = highs[top], reach[top]
    return found


def sequences(turns: Reversals, high: FloatArray, low: FloatArray) -> tuple[Sequence, ...]:
    """Every run of rising or of falling turning points, in the order in which they began.

    A rising run begins at the last low that was no higher low itself; it ends with a bar below the last confirmed low or with a
    high that is confirmed below the one before. A falling run is its mirror. high, low: of the bars, shape (n,). What is said of
    row t depends on bars up to t alone.
    """
    sides, heights, known = turns.sides.tolist(), turns.heights.tolist(), turns.known.tolist()
    found: list[Sequence] = []
    direction, first = 0, 0  # of the run so far, and its first turning point that lies beyond the one before of its kind

    def close_at(stop: int, ended: int | None) -> None:
        if direction and stop - first >= 2:
            begun = first - 1 if sides[first] == direction else first - 2
            found.append(
                Sequence(
                    direction=1 if direction > 0 else -1,
                    began=int(turns.rows[begun]),
                    known=known[first + 1],
                    ended=ended,
                    turns=tuple(known[first:stop]),
                )
            )

    for at in range(2, len(known) + 1):
        if direction:
            held = at - 1 if sides[at - 1] == -direction else at - 2
            until = known[at] + 1 if at < len(known) else len(high)
            bars = (low if direction > 0 else high)[known[at - 1] + 1 : until]
            passed = np.flatnonzero(direction * bars < direction * heights[held])
            if passed.size:
                close_at(at, known[at - 1] + 1 + int(passed[0]))
                direction = 0
        if at < len(known):
            moves = int(np.sign(heights[at] - heights[at - 2]))
            if moves != direction:
                close_at(at, known[at])
                direction, first = moves, at
    close_at(len(known), None)
    return tuple(found)


def _lowest(lows: list[float], after: int, until: int) -> int:
    """The row of the lowest low after a high; of the bar that made the high where no later one is there."""
    begin = min(after + 1, until)
    return lows.index(min(lows[begin : until + 1]), begin)


def _highest(highs: list[float], after: int, until: int) -> int:
    begin = min(after + 1, until)
    return highs.index(max(highs[begin : until + 1]), begin)
