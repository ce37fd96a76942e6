"""Trendlines as a chartist keeps them: few, drawn once, held until they break.

A line is drawn through two confirmed turning points when the second becomes known, and never moves: it only ends. At most
three are kept at a time, two on a side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from levelhead.kernels.compiled import or_compiled, to_walk
from levelhead.kernels.line_lives import (
    DRAFT,
    ENDINGS,
    KNOWN,
    LEAST_SCORE,
    MOST,
    MOST_ON_A_SIDE,
    OUTRUN_ATR,
    QUIET,
    REPLACES,
    SCORE,
    Ending,
    life,
    walk,
)
from levelhead.kernels.lines import (
    BoolArray,
    Drafts,
    FloatArray,
    IntArray,
    Pairs,
    TurnList,
    are_first,
    closes_below,
    turn_list,
    worth_of_spans,
)

LEAST_RISE_ATR, LEAST_SLOPE_ATR = 1.0, 0.01
"""A line that rises less than this from point to point, or per bar, is a level."""
STANDS_OUT = 20
"""Bars before the first point, none of which passes it: a line begins where a move began."""
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
    side: Literal[1, -1]
    first: int
    second: int
    begins: int
    score: float
    height: float
    slope: float

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
    sides = [_drafts(pairs, bars) for pairs in (lows, highs)]
    drafts = Drafts.together(sides)
    in_turn = drafts.taken(np.lexsort((-drafts.prices[:, SCORE], drafts.rows[:, KNOWN])))
    return _kept(in_turn, (turn_list(lows), turn_list(highs)), bars)


def _kept_compiled(drafts: Drafts, turns: tuple[TurnList, TurnList], bars: _Bars) -> tuple[Trendline, ...]:
    lows, highs = ((side.rows, side.known, side.heights, side.reach) for side in turns)
    priced = (bars.close, -bars.close, bars.atr, worth_of_spans(len(bars.close)))
    drawn, touched = walk(drafts.rows, drafts.prices, *lows, *highs, *priced)
    chosen = drafts.taken(drawn[:, DRAFT]).one_by_one(_Draft)
    rows, known = (tuple(column) for column in touched.T.tolist())
    lines, begin = [], 0
    for draft, (_, slot, violations, ended, ending, end) in zip(chosen, drawn.tolist(), strict=True):
        lines.append(_line(draft, slot, violations, rows[begin:end], known[begin:end], ended, ending))
        begin = end
    return tuple(lines)


@or_compiled(_kept_compiled)
def _kept(drafts: Drafts, turns: tuple[TurnList, TurnList], bars: _Bars) -> tuple[Trendline, ...]:
    """The lines that were kept, of drafts in the order in which they are decided on; turns: of lows, and of highs."""
    priced = {1: bars.close, -1: -bars.close}
    drawn: list[Trendline] = []
    kept: list[int] = []
    for draft in drafts.one_by_one(_Draft):
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
        drawn.append(_lived(draft, free, violations, turns[draft.side < 0], bars))
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


def _drafts(pairs: Pairs, bars: _Bars) -> Drafts:
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
    order = order[are_first(second[order], _OF_A_TURN)]
    begun, rows, sides = first[order], turns.rows, np.full(len(order), pairs.side)
    return Drafts(
        np.stack([today[order], sides, rows[begun], rows[second[order]], begun], axis=1),
        np.stack([scores[order], turns.heights[begun], slope[order]], axis=1),
    )


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
    left, ending, touched = life(*line, draft.begins, *columns)
    rows, known = touched.T.tolist()
    return _line(draft, slot, violations, tuple(rows), tuple(known), left, ending)


def _line(
    draft: _Draft, slot: int, violations: int, touched: tuple[int, ...], known: tuple[int, ...], ended: int, ending: int
) -> Trendline:
    return Trendline(
        side=draft.side,
        first=draft.first,
        second=draft.second,
        height=draft.side * draft.height,
        slope=draft.side * draft.slope,
        known=draft.known,
        slot=slot,
        touched=touched,
        touch_known=known,
        violations=violations,
        ended=ended if ending else None,
        ending=ENDINGS[ending],
    )
