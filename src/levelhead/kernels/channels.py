"""Parallel channels: two lines of one slope that the turning points on both sides touch, drawn once and held until left.

One at a time: the best there is when it is drawn, which stays until it breaks, is forgotten, or a much better one is found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from levelhead.kernels.compiled import Floats, Ints, IntTable, loop, or_compiled, to_walk
from levelhead.kernels.line_lives import REPLACES
from levelhead.kernels.lines import TOUCH_ATR, FloatArray, IntArray, Pairs, TurnList, Turns, closes_below, turn_list
from levelhead.kernels.trendlines import LEAST_RISE_ATR

ChannelEnding = Literal["broken up", "broken down", "stale", "replaced", ""]
_ENDINGS: dict[int, ChannelEnding] = {0: "", 1: "broken up", -1: "broken down", 2: "stale"}
_STALE = 2

LEAST_SPAN = 40
"""Bars from the first to the second point of the line that a channel is drawn from."""
LEAST_SCORE = 6.0
"""Four touches need eighty bars, five forty."""
WIDTHS_ATR = (3.0, 20.0)
"""How wide a channel may be when it is drawn: narrower it is noise, wider it holds everything."""
NEAR_SHARE = 0.1
"""A turning point touches the far line within 0.5 ATR or this share of the width, whichever is more: parallels never quite fit."""
APART_SHARE = 0.3
"""The first and the last touch of the far line lie at least this share of the span apart; nearer they make no line."""
QUIET = 63
"""Bars without a touch of either line after which a channel is forgotten; half as many as it has held for, where these are more."""
LEAST_RISE_SHARE = 0.5
"""A channel that rises less than this share of its width from point to point is a range."""
BEGINS_SHARE = 0.2
"""The lowest close of a rising channel lies within the first of this share of its span, the highest of a falling one: elsewhere
the channel would begin before the move that it is drawn along."""
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
    score: float
    first: int
    second: int
    lower: float
    width: float
    slope: float


def channels(lows: Pairs, highs: Pairs, close: FloatArray, atr: FloatArray) -> tuple[Channel, ...]:
    """Every channel that was ever kept, in the order in which they were drawn.

    lows, highs: pairs of confirmed swings. close, atr: shape (n,), of closed bars. Rising and falling ones; level ones are
    ranges. A channel is decided on when the second point of its line becomes known, by bars up to that row alone; what is said
    of it at row t (`ended`, `touches_until`) depends on bars up to t alone.
    """
    drafts = sorted([*_drafts(lows, highs, atr), *_drafts(highs, lows, atr)], key=lambda draft: (draft.known, -draft.score))
    closes, turns = to_walk(close), (turn_list(lows), turn_list(highs))
    drawn: list[Channel] = []
    for draft in drafts:
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


def _drafts(near: Pairs, far: Pairs, atr: FloatArray) -> Iterator[_Draft]:
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
    heights = near.turns.heights[first]
    lower = heights if near.side > 0 else -heights - width
    columns = (today, scores, near.turns.rows[first], near.turns.rows[second], lower, width, near.side * slope)
    tried = (-1, 0)
    for found in zip(*(column[order].tolist() for column in columns), strict=True):
        draft = _Draft(*found)
        tried = (draft.second, tried[1] + 1) if tried[0] == draft.second else (draft.second, 1)
        if tried[1] <= _OF_A_TURN:
            yield draft


@loop
def _is_kept_to(start: int, lower: float, width: float, slope: float, known: int, close: Floats) -> bool:
    """As `_holds`."""
    extreme, were_below, were_above = start, False, False
    for row in range(start, known + 1):
        if close[row] < close[extreme] if slope > 0 else close[row] > close[extreme]:
            extreme = row
        is_below = close[row] < lower + slope * (row - start)
        is_above = -close[row] < (-lower - width) + -slope * (row - start)
        if (is_below and were_below) or (is_above and were_above):
            return False
        were_below, were_above = is_below, is_above
    return extreme - start <= BEGINS_SHARE * (known - start)


def _holds_compiled(draft: _Draft, close: FloatArray) -> bool:
    return _is_kept_to(draft.first, draft.lower, draft.width, draft.slope, draft.known, close)


@or_compiled(_holds_compiled)
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
    left, ending, touched = _life(*line, closes, *columns[0], *columns[1])
    rows, known = touched.T.tolist()
    return Channel(
        first=draft.first,
        second=draft.second,
        lower=draft.lower,
        width=draft.width,
        slope=draft.slope,
        known=draft.known,
        touched=tuple(rows),
        touch_known=tuple(known),
        ended=left if ending else None,
        ending=_ENDINGS[ending],
    )


@loop
def _life(
    start: int,
    second: int,
    lower: float,
    width: float,
    slope: float,
    drawn: int,
    closes: Floats,
    low: int,
    low_rows: Ints,
    low_known: Ints,
    lows: Floats,
    low_reach: Floats,
    high: int,
    high_rows: Ints,
    high_known: Ints,
    highs: Floats,
    high_reach: Floats,
) -> tuple[int, int, IntTable]:
    """Where and why a channel ended, and row and known row of each turn that touches a line, in the order in which they were known.

    low, high: the first turns of either side that may.
    """
    left, ending = _left(start, lower, width, slope, drawn, closes)
    touched, count = np.empty((len(low_rows) - low + len(high_rows) - high, 2), dtype=np.int64), 0
    forgotten = second + max(QUIET, (second - start) // 2) + 1
    while low < len(low_rows) or high < len(high_rows):
        is_low = high == len(high_rows) or (
            low < len(low_rows)
            and (low_known[low] < high_known[high] or (low_known[low] == high_known[high] and low_rows[low] <= high_rows[high]))
        )
        if is_low:
            row, known, reach = low_rows[low], low_known[low], low_reach[low]
            away = lows[low] - lower - slope * (row - start)
            low += 1
        else:
            row, known, reach = high_rows[high], high_known[high], high_reach[high]
            away = -highs[high] - lower - width - slope * (row - start)
            high += 1
        if known > left or known >= forgotten:
            break
        if abs(away) <= max(reach, NEAR_SHARE * width):
            touched[count, 0], touched[count, 1] = row, known
            count += 1
            forgotten = max(forgotten, row + max(QUIET, (row - start) // 2) + 1)
    if forgotten < left:
        left, ending = forgotten, _STALE
    return left, ending, touched[:count].copy()


@loop
def _left(start: int, lower: float, width: float, slope: float, known: int, closes: Floats) -> tuple[int, int]:
    """The first of: two closes in a row below it (-1), two above it (1); the number of bars and 0 where neither came."""
    before = 0
    for row in range(known, len(closes)):
        height = closes[row] - lower - slope * (row - start)
        side = -1 if height < 0 else 1 if height > width else 0
        if side != 0 and side == before:
            return row, side
        before = side
    return len(closes), 0
