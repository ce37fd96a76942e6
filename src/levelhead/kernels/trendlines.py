"""Trendlines as a chartist keeps them: few, drawn once, held until they break.

A line is drawn through two confirmed turning points when the second becomes known, and never moves: it only ends. At most
three are kept at a time, two on a side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from levelhead.kernels.lines import BoolArray, FloatArray, IntArray, accepted, beyond, line_pairs, touches

Ending = Literal["broken", "outrun", "stale", "replaced", ""]

SLACK_ATR = 0.25
"""How far a turning point may pierce a line that is drawn past it."""
TOUCH_ATR = 0.5
"""How near a turning point comes to a line that it touches."""
SHORTEST, LONGEST = 20, 504
"""Bars from the first to the second point."""
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turns:
    """Confirmed swings of one kind, oldest first: rows of their bars, rows at whose close each was known, heights; shape (m,)."""

    rows: IntArray
    known: IntArray
    heights: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Trendline:
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
        return sum(known <= row for known in self.touch_known)

    def score(self, row: int) -> float:
        """Touches and span as known at `row`, less half a point for each close beyond it before it was drawn."""
        last = max((touched for touched, known in zip(self.touched, self.touch_known, strict=True) if known <= row))
        return score(self.touches_until(row), last - self.first, self.violations)


def score(touched: int, span: int, violations: int) -> float:
    """(touches - 1) * log2(span / 10) - violations / 2: one touch more counts as much as the second did."""
    return (touched - 1) * float(np.log2(max(span, 1) / 10)) - violations / 2


class _Draft(NamedTuple):
    """A line as it stands when its second point becomes known; heights and slope of prices negated where side is -1."""

    known: int
    score: float
    side: Literal[1, -1]
    first: int
    second: int
    height: float
    slope: float
    violations: int

    def at(self, row: int) -> float:
        return self.side * (self.height + self.slope * (row - self.first))


def trendlines(lows: Turns, highs: Turns, close: FloatArray, atr: FloatArray) -> tuple[Trendline, ...]:
    """Every trendline that was ever kept, in the order in which they were drawn.

    lows, highs: confirmed swings; those in rows whose ATR is not known are passed over. close, atr: shape (n,), of closed bars.
    Rising lines below the prices and falling ones above. A line is decided on when its second point becomes known and by bars
    up to that row alone; what is said of it at row t (`ended`, `touches_until`) depends on bars up to t alone.
    """
    drafts = sorted([*_drafts(lows, close, atr, 1), *_drafts(highs, close, atr, -1)], key=lambda d: (d.known, -d.score))
    drawn: list[Trendline] = []
    kept: list[int] = []
    for draft in drafts:
        kept = [at for at in kept if _is_kept(drawn[at], draft.known)]
        if any(_is_same(draft, drawn[at], atr) for at in kept):
            continue
        weakest = _weakest(draft, kept, drawn)
        if weakest is not None:
            if draft.score <= REPLACES * drawn[weakest].score(draft.known):
                continue
            drawn[weakest] = replace(drawn[weakest], ended=draft.known, ending="replaced")
            kept.remove(weakest)
        free = min(set(range(1, MOST + 1)) - {drawn[at].slot for at in kept})
        kept.append(len(drawn))
        drawn.append(_lived(draft, free, lows if draft.side > 0 else highs, close, atr))
    return tuple(drawn)


def _is_kept(line: Trendline, row: int) -> bool:
    return line.ended is None or line.ended > row


def _weakest(draft: _Draft, kept: Sequence[int], drawn: Sequence[Trendline]) -> int | None:
    """The weakest of the lines that leave no place for another, None where there is one."""
    beside = [at for at in kept if drawn[at].side == draft.side]
    crowd = beside if len(beside) >= MOST_ON_A_SIDE else kept if len(kept) >= MOST else ()
    return min(crowd, key=lambda at: drawn[at].score(draft.known)) if crowd else None


def _is_same(draft: _Draft, line: Trendline, atr: FloatArray) -> bool:
    """Whether it says what a line that is kept says: one begun at the same point, or one that runs along it."""
    if draft.side != line.side:
        return False
    if draft.first == line.first:
        return True
    today, later = draft.known, draft.known + QUIET
    return bool(abs(draft.at(today) - line.at(today)) < atr[today] and abs(draft.at(later) - line.at(later)) < 3 * atr[today])


def _drafts(turns: Turns, close: FloatArray, atr: FloatArray, side: Literal[1, -1]) -> Iterator[_Draft]:
    """The best lines that end at each turning point."""
    usable = np.flatnonzero(~np.isnan(atr[turns.rows]))
    rows, known, heights = turns.rows[usable], turns.known[usable], side * turns.heights[usable]
    yard, priced = atr[rows], side * close
    first, second = line_pairs(rows, heights, SLACK_ATR * yard, shortest=SHORTEST, longest=LONGEST)
    count, slope = touches(first, second, rows, heights, TOUCH_ATR * yard)
    span = rows[second] - rows[first]
    scores = (count - 1) * np.log2(span / 10)
    today = known[second]
    away = priced[today] - heights[first] - slope * (today - rows[first])
    begins = _stand_out(priced, rows, heights)[first]
    rises = (slope * span >= LEAST_RISE_ATR * yard[second]) & (slope >= LEAST_SLOPE_ATR * yard[second])
    wanted = begins & rises & (scores >= LEAST_SCORE) & (away <= OUTRUN_ATR * atr[today])
    order = np.flatnonzero(wanted)
    order = order[np.lexsort((first[order], -scores[order], second[order]))]
    tried: tuple[int, int] = (-1, 0)
    for pair in order.tolist():
        at = int(second[pair])
        tried = (at, tried[1] + 1) if tried[0] == at else (at, 1)
        if tried[1] > _OF_A_TURN:
            continue
        start, height, rise = int(rows[first[pair]]), float(heights[first[pair]]), float(slope[pair])
        below = beyond(priced, start, height, rise, start, int(today[pair]))
        violations = int(np.count_nonzero(below))
        worth = float(scores[pair]) - violations / 2
        if worth >= LEAST_SCORE and accepted(below) is None:
            yield _Draft(int(today[pair]), worth, side, start, int(rows[at]), height, rise, violations)


def _stand_out(priced: FloatArray, rows: IntArray, heights: FloatArray) -> BoolArray:
    """Whether no close of the bars before each point passes it, shape (m,)."""
    before = np.full(len(priced) + STANDS_OUT, np.inf)
    before[STANDS_OUT:] = priced
    least = np.lib.stride_tricks.sliding_window_view(before, STANDS_OUT)[rows].min(axis=1)
    stands: BoolArray = least >= heights
    return stands


def _lived(draft: _Draft, slot: int, turns: Turns, close: FloatArray, atr: FloatArray) -> Trendline:
    """The line with what came of it: its touches, and where and why it ended."""
    side, start = draft.side, draft.first
    begin = int(np.searchsorted(turns.rows, start))
    lies = draft.height + draft.slope * (turns.rows[begin:] - start)
    near = begin + np.flatnonzero(np.abs(side * turns.heights[begin:] - lies) <= TOUCH_ATR * atr[turns.rows[begin:]])
    touched, forgotten = 0, _forgotten(start, draft.second)
    rows, known = turns.rows[near].tolist(), turns.known[near].tolist()
    while touched < len(rows) and known[touched] < forgotten:
        forgotten = _forgotten(start, max(rows[touched], draft.second))
        touched += 1
    ended, ending = _end(draft, forgotten, close, atr)
    seen = sum(k <= (len(close) if ended is None else ended) for k in known[:touched])
    return Trendline(
        side=side,
        first=start,
        second=draft.second,
        height=side * draft.height,
        slope=side * draft.slope,
        known=draft.known,
        slot=slot,
        touched=tuple(rows[:seen]),
        touch_known=tuple(known[:seen]),
        violations=draft.violations,
        ended=ended,
        ending=ending,
    )


def _end(draft: _Draft, forgotten: int, close: FloatArray, atr: FloatArray) -> tuple[int | None, Ending]:
    """The first of: two closes in a row beyond it, a close too far from it, too long without a touch."""
    begin, last = draft.known, min(len(close), forgotten + 1)
    above = draft.side * close[begin:last] - (draft.height + draft.slope * np.arange(begin - draft.first, last - draft.first))
    broken, far = accepted(above < 0), np.flatnonzero(above > OUTRUN_ATR * atr[begin:last])
    ends: list[tuple[int, Ending]] = [(begin + broken, "broken")] if broken is not None else []
    ends += [(begin + int(far[0]), "outrun")] if far.size else []
    ends += [(forgotten, "stale")] if forgotten < len(close) else []
    return min(ends, key=lambda end: end[0]) if ends else (None, "")


def _forgotten(first: int, last_touch: int) -> int:
    return last_touch + max(QUIET, last_touch - first) + 1
