"""Swings by reversal: turning points after which the close has come back by so many ATR, and the sequences they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, IntTable, Signs, loop, or_compiled, to_walk
from levelhead.kernels.lows import first_above, lows_of

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tops:
    """The highs of bars of shape (n,): heights, and closes, as plain numbers; passed: the first later row with a higher high, n
    where none has; fallen: how far the lowest close before that row lies below the high, which says how large a turn it makes."""

    heights: list[float]
    closes: list[float]
    passed: list[int]
    fallen: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Zigzag:
    """Bars of shape (n,) made ready for their turning points of any size: their highs, and their lows as highs upside down.

    tops: those, by side, made when first asked for. What they hold of a row tells what comes after it: they find turning points
    sooner, and none other than a walk from bar to bar. found: those that were asked for, by size.
    """

    high: FloatArray
    low: FloatArray
    close: FloatArray
    atr: FloatArray
    tops: dict[int, _Tops] = field(default_factory=dict)
    found: dict[float, Reversals] = field(default_factory=dict)

    def turns(self, size: float) -> Reversals:
        """The turning points: a high from which the close has fallen by `size` ATR, a low from which it rose."""
        if size not in self.found:
            self.found[size] = _reversals(self, size)
        return self.found[size]

    def measured_by(self, atr: FloatArray) -> Zigzag:
        """The same bars with another ATR."""
        return replace(self, atr=atr, found={})


_Side = tuple[_Tops, bytes]
"""Highs, and of each whether the close comes back from it far enough before it is passed."""


def zigzag_of(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray) -> Zigzag:
    """The zigzag of bars of shape (n,); atr: NaN where it is not known."""
    return Zigzag(high=high, low=low, close=close, atr=atr)


def _sides(zigzag: Zigzag) -> tuple[_Tops, _Tops]:
    """Its highs, and its lows as highs upside down."""
    if not zigzag.tops:
        zigzag.tops.update({1: _tops(zigzag.high, zigzag.close), -1: _tops(-zigzag.low, -zigzag.close)})
    return zigzag.tops[1], zigzag.tops[-1]


def _tops(high: FloatArray, close: FloatArray) -> _Tops:
    rows = np.arange(len(high))
    passed = first_above(high, rows)
    return _Tops(
        heights=high.tolist(),
        closes=close.tolist(),
        passed=passed.tolist(),
        fallen=high - lows_of(close).lowest(rows, passed - 1),
    )


def reversals(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray, *, size: float = REVERSAL_ATR) -> Reversals:
    """The turning points of bars of shape (n,): a high from which the close has fallen by `size` ATR, a low from which it rose.

    The ATR is that of the bar that turned. Begins where the ATR is known. Within one bar the close comes last, so a bar may make
    the high and confirm it.
    """
    return zigzag_of(high, low, close, atr).turns(size)


def _reversals(zigzag: Zigzag, size: float) -> Reversals:
    begin = int(np.argmin(np.isnan(zigzag.atr))) if len(zigzag.atr) else 0
    turns, begins_low = _walked(zigzag, size * zigzag.atr, begin)
    rows, known = np.ascontiguousarray(turns.T)
    is_high = np.arange(len(rows)) % 2 == begins_low
    after = slice(1 if len(rows) and rows[0] == begin else 0, None)  # nobody knows what came before the first bar
    return Reversals(
        rows=rows[after],
        known=known[after],
        heights=np.where(is_high, zigzag.high[rows], zigzag.low[rows])[after],
        sides=np.where(is_high, 1, -1).astype(np.int8)[after],
    )


@loop
def _walk(high: Floats, low: Floats, close: Floats, reach: Floats, begin: int) -> tuple[IntTable, bool]:
    """Row and known row of each turn, and whether the first is a low: from bar to bar, as one would say it."""
    turns = np.empty((len(close), 2), dtype=np.int64)
    count = 0
    begins_low, falls, rises = False, True, True  # which turns may come next: either way before the first
    top = bottom = begin
    for row in range(begin, len(close)):
        if high[row] > high[top]:
            top = row
        if low[row] < low[bottom]:
            bottom = row
        if falls and reach[top] > 0 and high[top] - close[row] >= reach[top]:
            turns[count] = top, row
            falls, rises = False, True
            bottom = min(top + 1, row)  # a bar that made the high and confirmed it is the first of the fall
            for later in range(bottom + 1, row + 1):
                if low[later] < low[bottom]:
                    bottom = later
        elif rises and reach[bottom] > 0 and close[row] - low[bottom] >= reach[bottom]:
            turns[count] = bottom, row
            begins_low = begins_low or count == 0
            falls, rises = True, False
            top = min(bottom + 1, row)
            for later in range(top + 1, row + 1):
                if high[later] > high[top]:
                    top = later
        else:
            continue
        count += 1
    return turns[:count].copy(), begins_low


def _walked_compiled(zigzag: Zigzag, reach: FloatArray, begin: int) -> tuple[IntArray, bool]:
    return _walk(zigzag.high, zigzag.low, zigzag.close, reach, begin)


@or_compiled(_walked_compiled)
def _walked(zigzag: Zigzag, reach: FloatArray, begin: int) -> tuple[IntArray, bool]:
    """Row and known row of each turn, shape (m, 2), highs and lows in turn, and whether the first is a low; reach: in points."""
    sides = [(tops, ((reach > 0) & (tops.fallen >= reach)).tobytes()) for tops in _sides(zigzag)]
    walks = [_turns(own, other, reach.tolist(), begin) for own, other in (sides, sides[::-1])]
    firsts = [next(walk, (begin, len(reach))) for walk in walks]
    begins_low = firsts[1][1] < firsts[0][1]
    turns = [firsts[begins_low], *walks[begins_low]] if firsts[begins_low][1] < len(reach) else []
    return np.array(turns, dtype=np.int64).reshape(-1, 2), begins_low


def _turns(own: _Side, other: _Side, reach: list[float], begin: int) -> Iterator[tuple[int, int]]:
    """Row and known row of every turn from row `begin` on, a high first, then a low, and so on; own: the highs.

    A high that is passed before the close has come back from it by its reach gives way to the one that passed it. On each side it
    is told which highs are never passed so soon.
    """
    at, known = begin, begin - 1
    tops, turns = own
    heights, closes, passed = tops.heights, tops.closes, tops.passed
    while at < len(reach):
        end = passed[at]
        if turns[at]:
            height, far = heights[at], reach[at]
            row = at if at > known else known + 1
            while row < end and height - closes[row] < far:
                row += 1
            if row < end:
                yield at, row
                own, other = other, own
                tops, turns = own
                heights, closes, passed = tops.heights, tops.closes, tops.passed
                since = at + 1 if at < row else row  # a bar that made the high and confirmed it is the first of the fall
                after = heights[since : row + 1]
                at, known = since + after.index(max(after)), row
                continue
        at = end


@loop
def _first_past(limit: float, first: int, stop: int, direction: int, highs: Floats, lows: Floats) -> int:
    """The first row from `first` to before `stop` that passes below a rising run's last low, above a falling one's last high."""
    for row in range(first, stop):
        if lows[row] < limit if direction > 0 else highs[row] > limit:
            return row
    return -1


@loop
def _runs(sides: Signs, heights: Floats, known: Ints, highs: Floats, lows: Floats) -> IntTable:
    """Of each run: its direction, its first turning point that lies beyond the one before of its kind, the one after its last, and
    the row at which it ended, -1 where it has not."""
    runs, count = np.empty((len(known), 4), dtype=np.int64), 0
    direction = first = 0
    for at in range(2, len(known) + 1):
        moves, ended = 0, -1
        if at < len(known):
            moves = int(heights[at] > heights[at - 2]) - int(heights[at] < heights[at - 2])
            ended = known[at]
        is_over = at == len(known) or moves != direction
        if direction != 0:
            held = at - 1 if sides[at - 1] == -direction else at - 2
            stop = known[at] + 1 if at < len(known) else len(highs)
            passed = _first_past(heights[held], known[at - 1] + 1, stop, direction, highs, lows)
            if passed >= 0:
                is_over, ended = True, passed
            if is_over and at - first >= 2:
                runs[count] = direction, first, at, ended
                count += 1
        if is_over:
            first = at if moves != 0 else first
            direction = moves
    return runs[:count].copy()


def sequences(turns: Reversals, high: FloatArray, low: FloatArray) -> tuple[Sequence, ...]:
    """Every run of rising or of falling turning points, in the order in which they began.

    A rising run begins at the last low that was no higher low itself; it ends with a bar below the last confirmed low or with a
    high that is confirmed below the one before. A falling run is its mirror. high, low: of the bars, shape (n,). What is said of
    row t depends on bars up to t alone.
    """
    runs = _runs(to_walk(turns.sides), to_walk(turns.heights), to_walk(turns.known), to_walk(high), to_walk(low))
    rows, known, sides = turns.rows.tolist(), turns.known.tolist(), turns.sides.tolist()
    return tuple(
        Sequence(
            direction=1 if direction > 0 else -1,
            began=rows[first - 1 if sides[first] == direction else first - 2],
            known=known[first + 1],
            ended=None if ended < 0 else ended,
            turns=tuple(known[first:stop]),
        )
        for direction, first, stop, ended in runs.tolist()
    )
