"""Trendlines as a chartist keeps them: few, drawn once, held until they break.

A line is drawn through two confirmed turning points when the second becomes known, and never moves: it only ends. At most
three are kept at a time, two on a side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from levelhead.kernels.compiled import Floats, Ints, IntTable, loop, to_walk
from levelhead.kernels.lines import BoolArray, FloatArray, IntArray, Pairs, TurnList, closes_below, turn_list

Ending = Literal["broken", "outrun", "stale", "replaced", ""]
_ENDINGS: tuple[Ending, ...] = ("", "broken", "outrun", "stale")
_HOLDS, _BROKEN, _OUTRUN, _STALE = range(4)

LEAST_RISE_ATR, LEAST_SLOPE_ATR = 1.0, 0.01
"""A line that rises less than this from point to point, or per bar, is a level."""
STANDS_OUT = 20
"""Bars before the first point, none of which passes it: a line begins where a move began."""
LEAST_SCORE = 2.8
"""Two touches need seventy bars between them, three need twenty-eight."""
REPLACES = 1.5
"""A new line takes the place of one that has two thirds of its score, so that two equal ones do not change places."""
OUTRUN_ATR = 12.0
"""A line from which the close is farther away says nothing of today."""
QUIET = 63
"""Bars without a touch after which a line is forgotten; as many as it has held for, where these are more."""
MOST, MOST_ON_A_SIDE = 3, 2
_OF_A_TURN = 2
"""Lines tried at each new turning point, the best ones."""


class Trendline(NamedTuple):
    """A line from the turning point in row `first` through that in row `second`.

    side: 1 below the prices, -1 above. height: at `first`; slope: in points per bar. known: the row at which it was drawn. slot:
    1 to 3, its place among the lines kept, the same for its whole life. touched: rows of the turning points that touch it, of
    which `touch_known` holds when each was known. violations: closes beyond it before it was drawn, none followed by a second.
    ended: the row from which on it is not kept, None while it is; ending: why. Broken is what two closes in a row beyond it make
    it, at the second.
    """

    side: Literal[1, -1]
    first: int
    second: int
    height: float
    slope: float
    known: int
    slot: int
    touched: tuple[int, ...]
    touch_known: tuple[int, ...]
    violations: int
    ended: int | None
    ending: Ending

    def at(self, row: int) -> float:
        """The line's height at a row, also at one that is still to come."""
        return self.height + self.slope * (row - self.first)

    def touches_until(self, row: int) -> int:
        """How many touches were known at the close of `row`."""
        return bisect_right(self.touch_known, row)

    def score(self, row: int) -> float:
        """Touches and span as known at `row`, less half a point for each close beyond it before it was drawn."""
        touches = self.touches_until(row)
        return score(touches, max(self.touched[:touches]) - self.first, self.violations)


def score(touched: int, span: int, violations: int) -> float:
    """(touches - 1) * log2(span / 10) - violations / 2: one touch more counts as much as the second did."""
    return (touched - 1) * float(np.log2(max(span, 1) / 10)) - violations / 2


class _Draft(NamedTuple):
    """A line as it stands when its second point becomes known; heights and slope of prices negated where side is -1.

    begins: which of the turns of its side its first point is.
    """

    known: int
    score: float
    side: Literal[1, -1]
    first: int
    second: int
    height: float
    slope: float
    begins: int

    def at(self, row: int) -> float:
        return self.side * (self.height + self.slope * (row - self.first))


class _Bars(NamedTuple):
    """Closes and ATR; and the same to walk along bar by bar."""

    close: FloatArray
    atr: FloatArray
    closes: FloatArray
    yards: FloatArray


def trendlines(lows: Pairs, highs: Pairs, close: FloatArray, atr: FloatArray) -> tuple[Trendline, ...]:
    """Every trendline that was ever kept, in the order in which they were drawn.

    lows, highs: pairs of confirmed swings. close, atr: shape (n,), of closed bars. Rising lines below the prices and falling ones
    above. A line is decided on when its second point becomes known and by bars up to that row alone; what is said of it at row t
    (`ended`, `touches_until`) depends on bars up to t alone.
    """
    bars = _Bars(close, atr, to_walk(close), to_walk(atr))
    priced, turns = {1: close, -1: -close}, {1: turn_list(lows), -1: turn_list(highs)}
    drafts = sorted([*_drafts(lows, bars), *_drafts(highs, bars)], key=lambda draft: (draft.known, -draft.score))
    drawn: list[Trendline] = []
    kept: list[int] = []
    for draft in drafts:
        kept = [at for at in kept if _is_kept(drawn[at], draft.known)]
        if any(_is_same(draft, drawn[at], bars.yards) for at in kept):
            continue
        weakest = _weakest(draft, kept, drawn)
        least = LEAST_SCORE if weakest is None else max(LEAST_SCORE, REPLACES * drawn[weakest].score(draft.known))
        violations = None if draft.score < least else _violations(draft, priced[draft.side])
        if violations is None or draft.score - violations / 2 < least:
            continue
        if weakest is not None:
            drawn[weakest] = drawn[weakest]._replace(ended=draft.known, ending="replaced")
            kept.remove(weakest)
        free = min(set(range(1, MOST + 1)) - {drawn[at].slot for at in kept})
        kept.append(len(drawn))
        drawn.append(_lived(draft, free, violations, turns[draft.side], bars))
    return tuple(drawn)


def _is_kept(line: Trendline, row: int) -> bool:
    return line.ended is None or line.ended > row


def _weakest(draft: _Draft, kept: Sequence[int], drawn: Sequence[Trendline]) -> int | None:
    """The weakest of the lines that leave no place for another, None where there is one."""
    beside = [at for at in kept if drawn[at].side == draft.side]
    crowd = beside if len(beside) >= MOST_ON_A_SIDE else kept if len(kept) >= MOST else ()
    return min(crowd, key=lambda at: drawn[at].score(draft.known)) if crowd else None


def _is_same(draft: _Draft, line: Trendline, yards: FloatArray) -> bool:
    """Whether it says what a line that is kept says: one begun at the same point, or one that runs along it."""
    if draft.side != line.side:
        return False
    if draft.first == line.first:
        return True
    today, later = draft.known, draft.known + QUIET
    yard = float(yards[today])
    return abs(draft.at(today) - line.at(today)) < yard and abs(draft.at(later) - line.at(later)) < 3 * yard


def _drafts(pairs: Pairs, bars: _Bars) -> Iterator[_Draft]:
    """The best lines that end at each turning point; whether closes lie beyond them is not looked at yet."""
    turns, first, second, slope = pairs.turns, pairs.first, pairs.second, pairs.slope
    priced = pairs.side * bars.close
    scores = (pairs.touched - 1) * np.log2(pairs.span / 10)
    today = turns.known[second]
    away = priced[today] - turns.heights[first] - slope * (today - turns.rows[first])
    begins = _stand_out(priced, turns.rows, turns.heights)[first]
    yard = pairs.yard[second]
    rises = (slope * pairs.span >= LEAST_RISE_ATR * yard) & (slope >= LEAST_SLOPE_ATR * yard)
    order = np.flatnonzero(begins & rises & (scores >= LEAST_SCORE) & (away <= OUTRUN_ATR * bars.atr[today]))
    order = order[np.lexsort((first[order], -scores[order], second[order]))]
    columns = (today, scores, turns.rows[first], turns.rows[second], turns.heights[first], slope, first)
    tried = (-1, 0)
    for known, worth, start, stop, height, rise, begins in zip(*(column[order].tolist() for column in columns), strict=True):
        tried = (stop, tried[1] + 1) if tried[0] == stop else (stop, 1)
        if tried[1] <= _OF_A_TURN:
            yield _Draft(known, worth, pairs.side, start, stop, height, rise, begins)


def _stand_out(priced: FloatArray, rows: IntArray, heights: FloatArray) -> BoolArray:
    """Whether no close of the bars before each point passes it, shape (m,)."""
    before = np.full(len(priced) + STANDS_OUT, np.inf)
    before[STANDS_OUT:] = priced
    least = np.lib.stride_tricks.sliding_window_view(before, STANDS_OUT)[rows].min(axis=1)
    stands: BoolArray = least >= heights
    return stands


def _violations(draft: _Draft, priced: FloatArray) -> int | None:
    """How many closes lie beyond the line before it is drawn; None where two in a row do, which make it no line."""
    return closes_below(priced[draft.first : draft.known + 1], draft.height, draft.slope)


def _lived(draft: _Draft, slot: int, violations: int, turns: TurnList, bars: _Bars) -> Trendline:
    """The line with what came of it: its touches, and where and why it ended."""
    line = (draft.side, draft.first, draft.second, draft.height, draft.slope, draft.known)
    columns = (turns.rows, turns.known, turns.heights, turns.reach, bars.closes, bars.yards)
    left, ending, touched = _life(*line, draft.begins, *columns)
    rows, known = touched.T.tolist()
    return Trendline(
        side=draft.side,
        first=draft.first,
        second=draft.second,
        height=draft.side * draft.height,
        slope=draft.side * draft.slope,
        known=draft.known,
        slot=slot,
        touched=tuple(rows),
        touch_known=tuple(known),
        violations=violations,
        ended=left if ending else None,
        ending=_ENDINGS[ending],
    )


@loop
def _life(
    side: int,
    start: int,
    second: int,
    height: float,
    slope: float,
    drawn: int,
    begins: int,
    rows: Ints,
    known: Ints,
    heights: Floats,
    reach: Floats,
    closes: Floats,
    yards: Floats,
) -> tuple[int, int, IntTable]:
    """Where and why a line ended, and row and known row of each turn of its side, from the one it begins at on, that touches it."""
    touched, count = np.empty((len(rows) - begins, 2), dtype=np.int64), 0
    forgotten = second + max(QUIET, second - start) + 1
    for at in range(begins, len(rows)):
        if known[at] >= forgotten:
            break
        row = rows[at]
        if abs(heights[at] - (height + slope * (row - start))) <= reach[at]:
            touched[count, 0], touched[count, 1] = row, known[at]
            count += 1
            last = max(row, second)
            forgotten = last + max(QUIET, last - start) + 1
    left, ending = _left(side, start, height, slope, drawn, forgotten, closes, yards)
    while count > 0 and touched[count - 1, 1] > left:
        count -= 1
    return left, ending, touched[:count].copy()


@loop
def _left(
    side: int, start: int, height: float, slope: float, known: int, forgotten: int, closes: Floats, yards: Floats
) -> tuple[int, int]:
    """The first of: two closes in a row beyond it, a close too far from it, the row at which it is forgotten; the number of bars
    and 0 where none came."""
    was_beyond = False
    for row in range(known, min(forgotten + 1, len(closes))):
        above = side * closes[row] - (height + slope * (row - start))
        if above < 0:
            if was_beyond:
                return row, _BROKEN
            was_beyond = True
        elif above > OUTRUN_ATR * yards[row]:
            return row, _OUTRUN
        else:
            was_beyond = False
    return (forgotten, _STALE) if forgotten < len(closes) else (len(closes), _HOLDS)
