"""Parallel channels: two lines of one slope that the turning points on both sides touch, drawn once and held until left.

One at a time: the best there is when it is drawn, which stays until it breaks, is forgotten, or a much better one is found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from levelhead.kernels.channel_lives import BEGINS_SHARE, DRAFT, ENDINGS, KNOWN, NEAR_SHARE, SCORE, ChannelEnding, life, walk
from levelhead.kernels.compiled import Floats, Ints, loop, or_compiled, to_walk
from levelhead.kernels.line_lives import REPLACES
from levelhead.kernels.lines import (
    TOUCH_ATR,
    Drafts,
    FloatArray,
    IntArray,
    Pairs,
    TurnList,
    Turns,
    are_first,
    closes_below,
    turn_list,
    worth_of_spans,
)
from levelhead.kernels.trendlines import LEAST_RISE_ATR

LEAST_SPAN = 40
"""Bars from the first to the second point of the line that a channel is drawn from."""
LEAST_SCORE = 6.0
"""Four touches need eighty bars, five forty."""
WIDTHS_ATR = (3.0, 20.0)
"""How wide a channel may be when it is drawn: narrower it is noise, wider it holds everything."""
APART_SHARE = 0.3
"""The first and the last touch of the far line lie at least this share of the span apart; nearer they make no line."""
LEAST_RISE_SHARE = 0.5
"""A channel that rises less than this share of its width from point to point is a range."""
_OF_A_TURN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Two parallels: `lower` and `lower + width` are their heights at row `first`, `slope` the points per bar of both.

    first, second: rows of the turning points that one of the lines goes through; known: the row at which it was drawn. touched:
    rows of the turning points that touch either line, known before it was drawn or after, in the order in which they were, and
    `touch_known` when each was known.
    ended: the row from which on it does not hold, None while it does; ending: why. Broken is what two closes in a row beyond a
    line make it, at the second.
    """

    first: int
    second: int
    lower: float
    width: float
    slope: float
    known: int
    touched: tuple[int, ...]
    touch_known: tuple[int, ...]
    ended: int | None
    ending: ChannelEnding

    def lower_at(self, row: int) -> float:
        """The lower line's height at a row, also at one that is still to come."""
        return self.lower + self.slope * (row - self.first)

    def upper_at(self, row: int) -> float:
        """The upper line's height at a row."""
        return self.lower_at(row) + self.width

    def touches_until(self, row: int) -> int:
        """How many touches of either line were known at the close of `row`."""
        return bisect_right(self.touch_known, row)

    def score(self, row: int) -> float:
        """Touches and span as known at `row`."""
        touches = self.touches_until(row)
        return _score(touches, max(self.touched[:touches]) - self.first)


class _Draft(NamedTuple):
    known: int
    first: int
    second: int
    score: float
    lower: float
    width: float
    slope: float


def channels(lows: Pairs, highs: Pairs, close: FloatArray, atr: FloatArray) -> tuple[Channel, ...]:
    """Every channel that was ever kept, in the order in which they were drawn.

    lows, highs: pairs of confirmed swings. close, atr: shape (n,), of closed bars. Rising and falling ones; level ones are
    ranges. A channel is decided on when the second point of its line becomes known, by bars up to that row alone; what is said
    of it at row t (`ended`, `touches_until`) depends on bars up to t alone.
    """
    sides = [_drafts(lows, highs, atr), _drafts(highs, lows, atr)]
    drafts = Drafts.together(sides)
    in_turn = drafts.taken(np.lexsort((-drafts.prices[:, SCORE], drafts.rows[:, KNOWN])))
    return _kept(in_turn, (turn_list(lows), turn_list(highs)), close)


def _kept_compiled(drafts: Drafts, turns: tuple[TurnList, TurnList], close: FloatArray) -> tuple[Channel, ...]:
    lows, highs = ((side.rows, side.known, side.heights, side.reach) for side in turns)
    drawn, touched = walk(drafts.rows, drafts.prices, close, worth_of_spans(len(close)), *lows, *highs)
    chosen = drafts.taken(drawn[:, DRAFT]).one_by_one(_Draft)
    rows, known = (tuple(column) for column in touched.T.tolist())
    found, begin = [], 0
    for draft, (_, ended, ending, end) in zip(chosen, drawn.tolist(), strict=True):
        found.append(_channel(draft, rows[begin:end], known[begin:end], ended, ending))
        begin = end
    return tuple(found)


@or_compiled(_kept_compiled)
def _kept(drafts: Drafts, turns: tuple[TurnList, TurnList], close: FloatArray) -> tuple[Channel, ...]:
    """The channels that were kept, of drafts in the order in which they are decided on; turns: of lows, and of highs."""
    closes = to_walk(close)
    drawn: list[Channel] = []
    for draft in drafts.one_by_one(_Draft):
        kept = drawn[-1] if drawn and (drawn[-1].ended is None or drawn[-1].ended > draft.known) else None
        if (kept is not None and draft.score <= REPLACES * kept.score(draft.known)) or not _holds(draft, close):
            continue
        if kept is not None:
            drawn[-1] = replace(kept, ended=draft.known, ending="replaced")
        drawn.append(_lived(draft, *turns, closes))
    return tuple(drawn)


def _score(touched: int, span: int) -> float:
    """(touches - 2) * log2(span / 10): two points of either line are given, what comes on top speaks for it."""
    return (touched - 2) * float(np.log2(max(span, 1) / 10))


def _drafts(near: Pairs, far: Pairs, atr: FloatArray) -> Drafts:
    """Channels drawn from a line through two turns of `near`; whether the closes keep to them is not looked at yet."""
    rises, narrowest = np.abs(near.slope * near.span), WIDTHS_ATR[0] * atr[near.turns.known[near.second]]
    moves = (near.span >= LEAST_SPAN) & (rises >= LEAST_RISE_ATR * near.yard[near.second])
    moves &= rises >= LEAST_RISE_SHARE * narrowest
    first, second, slope, span = near.first[moves], near.second[moves], near.slope[moves], near.span[moves]
    width, opposite = _far_lines(near.turns, far, first, second, slope)
    scores = (near.touched[moves] + opposite - 2) * np.log2(span / 10)
    today = near.turns.known[second]
    narrow, wide = (share * atr[today] for share in WIDTHS_ATR)
    steep = np.abs(slope * span) >= LEAST_RISE_SHARE * width
    order = np.flatnonzero((opposite >= 2) & (scores >= LEAST_SCORE) & (width >= narrow) & (width <= wide) & steep)
    order = order[np.lexsort((first[order], -scores[order], second[order]))]
    order = order[are_first(second[order], _OF_A_TURN)]
    first, second, width, rows = first[order], second[order], width[order], near.turns.rows
    heights = near.turns.heights[first]
    lower = heights if near.side > 0 else -heights - width
    return Drafts(
        np.stack([today[order], rows[first], rows[second]], axis=1),
        np.stack([scores[order], lower, width, near.side * slope[order]], axis=1),
    )


def _holds(draft: _Draft, close: FloatArray) -> bool:
    """Whether it begins where the move begins that it is drawn along, and no two closes in a row have left it."""
    inside = close[draft.first : draft.known + 1]
    if (inside.argmin() if draft.slope > 0 else inside.argmax()) > BEGINS_SHARE * (len(inside) - 1):
        return False
    if closes_below(inside, draft.lower, draft.slope) is None:
        return False
    return closes_below(-inside, -draft.lower - draft.width, -draft.slope) is not None


@loop
def _far_parallels(
    first: Ints,
    second: Ints,
    slope: Floats,
    rows: Ints,
    known: Ints,
    heights: Floats,
    far_rows: Ints,
    far_known: Ints,
    far_heights: Floats,
    yard: Floats,
) -> tuple[Floats, Ints]:
    widths, touched = np.zeros(len(first)), np.zeros(len(first), dtype=np.int64)
    for pair in range(len(first)):
        start, stop = first[pair], second[pair]
        begin = np.searchsorted(far_rows, rows[start])
        end = np.searchsorted(far_known, known[stop], side="right")
        width = -np.inf
        for at in range(begin, end):
            width = max(width, -far_heights[at] - (heights[start] + slope[pair] * (far_rows[at] - rows[start])))
        if width == -np.inf:
            continue
        widths[pair] = width
        count = earliest = latest = 0
        for at in range(begin, end):
            offset = -far_heights[at] - (heights[start] + slope[pair] * (far_rows[at] - rows[start]))
            if width - offset <= max(TOUCH_ATR * yard[at], NEAR_SHARE * width):
                earliest, latest = far_rows[at] if count == 0 else earliest, far_rows[at]
                count += 1
        if latest - earliest >= APART_SHARE * (rows[stop] - rows[start]):
            touched[pair] = count
    return widths, touched


def _far_lines_compiled(
    near: Turns, far: Pairs, first: IntArray, second: IntArray, slope: FloatArray
) -> tuple[FloatArray, IntArray]:
    turns = far.turns
    return _far_parallels(
        first, second, slope, near.rows, near.known, near.heights, turns.rows, turns.known, turns.heights, far.yard
    )


@or_compiled(_far_lines_compiled)
def _far_lines(near: Turns, far: Pairs, first: IntArray, second: IntArray, slope: FloatArray) -> tuple[FloatArray, IntArray]:
    """The parallel through the farthest turn on the other side: its distance, and how many turns touch it, both (p,).

    Only turns that were known when the second point was; no touches where they do not lie apart.
    """
    turns = far.turns
    if not len(first) or not len(turns.rows):
        return np.zeros(len(first)), np.zeros(len(first), dtype=np.int64)
    begin = np.searchsorted(turns.rows, near.rows[first])
    stop = np.searchsorted(turns.known, near.known[second], side="right")
    at = begin[:, None] + np.arange(max(int((stop - begin).max()), 1))[None, :]
    inside = at < stop[:, None]
    at = np.minimum(at, len(turns.rows) - 1)
    rows = turns.rows[at]
    lies = near.heights[first][:, None] + slope[:, None] * (rows - near.rows[first][:, None])
    offset = np.where(inside, -turns.heights[at] - lies, -np.inf)  # either side's heights are those of a support
    width = offset.max(axis=1)
    width = np.where(np.isfinite(width), width, 0.0)
    reach = np.maximum(TOUCH_ATR * far.yard[at], NEAR_SHARE * width[:, None])
    touching = inside & (width[:, None] - offset <= reach)
    earliest = np.where(touching, rows, np.iinfo(np.int64).max).min(axis=1)
    latest = np.where(touching, rows, -1).max(axis=1)
    apart = latest - earliest >= APART_SHARE * (near.rows[second] - near.rows[first])
    return width, np.where(apart, touching.sum(axis=1), 0)


def _lived(draft: _Draft, lows: TurnList, highs: TurnList, closes: FloatArray) -> Channel:
    """The channel with what came of it: its touches, and where and why it ended."""
    columns = [
        (bisect_left(turns.rows, draft.first), turns.rows, turns.known, turns.heights, turns.reach) for turns in (lows, highs)
    ]
    line = (draft.first, draft.second, draft.lower, draft.width, draft.slope, draft.known)
    left, ending, touched = life(*line, closes, *columns[0], *columns[1])
    rows, known = touched.T.tolist()
    return _channel(draft, tuple(rows), tuple(known), left, ending)


def _channel(draft: _Draft, touched: tuple[int, ...], known: tuple[int, ...], ended: int, ending: int) -> Channel:
    return Channel(
        first=draft.first,
        second=draft.second,
        lower=draft.lower,
        width=draft.width,
        slope=draft.slope,
        known=draft.known,
        touched=touched,
        touch_known=known,
        ended=ended if ending else None,
        ending=ENDINGS[ending],
    )
