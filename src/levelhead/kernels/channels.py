"""Parallel channels: two lines of one slope that the turning points on both sides touch, drawn once and held until left.

One at a time: the best there is when it is drawn, which stays until it breaks, is forgotten, or a much better one is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from levelhead.kernels.lines import FloatArray, IntArray, accepted, beyond, line_pairs, touches
from levelhead.kernels.trendlines import LEAST_RISE_ATR, LONGEST, REPLACES, SLACK_ATR, TOUCH_ATR, Turns

ChannelEnding = Literal["broken up", "broken down", "stale", "replaced", ""]

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
    rows of the turning points that touch either line, known before it was drawn or after, and `touch_known` when each was known.
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
        return sum(known <= row for known in self.touch_known)

    def score(self, row: int) -> float:
        """Touches and span as known at `row`."""
        last = max(touched for touched, known in zip(self.touched, self.touch_known, strict=True) if known <= row)
        return _score(self.touches_until(row), last - self.first)


class _Draft(NamedTuple):
    known: int
    score: float
    first: int
    second: int
    lower: float
    width: float
    slope: float


def channels(lows: Turns, highs: Turns, close: FloatArray, atr: FloatArray) -> tuple[Channel, ...]:
    """Every channel that was ever kept, in the order in which they were drawn.

    lows, highs: confirmed swings. close, atr: shape (n,), of closed bars. Rising and falling ones; level ones are ranges. A
    channel is decided on when the second point of its line becomes known, by bars up to that row alone; what is said of it at
    row t (`ended`, `touches_until`) depends on bars up to t alone.
    """
    lows, highs = _usable(lows, atr), _usable(highs, atr)
    drafts = sorted(
        [*_drafts(lows, highs, close, atr, 1), *_drafts(highs, lows, close, atr, -1)], key=lambda d: (d.known, -d.score)
    )
    drawn: list[Channel] = []
    for draft in drafts:
        kept = drawn[-1] if drawn and (drawn[-1].ended is None or drawn[-1].ended > draft.known) else None
        if kept is not None:
            if draft.score <= REPLACES * kept.score(draft.known):
                continue
            drawn[-1] = replace(kept, ended=draft.known, ending="replaced")
        drawn.append(_lived(draft, lows, highs, close, atr))
    return tuple(drawn)


def _score(touched: int, span: int) -> float:
    """(touches - 2) * log2(span / 10): two points of either line are given, what comes on top speaks for it."""
    return (touched - 2) * float(np.log2(max(span, 1) / 10))


def _usable(turns: Turns, atr: FloatArray) -> Turns:
    known = ~np.isnan(atr[turns.rows])
    return Turns(rows=turns.rows[known], known=turns.known[known], heights=turns.heights[known])


def _drafts(near: Turns, far: Turns, close: FloatArray, atr: FloatArray, side: Literal[1, -1]) -> Iterator[_Draft]:
    """Channels drawn from a line through two turns of `near`; side: 1 where these are the lows."""
    yard, heights, priced = atr[near.rows], side * near.heights, side * close
    first, second = line_pairs(near.rows, heights, SLACK_ATR * yard, shortest=LEAST_SPAN, longest=LONGEST)
    count, slope = touches(first, second, near.rows, heights, TOUCH_ATR * yard)
    span = near.rows[second] - near.rows[first]
    moves = np.abs(slope * span) >= LEAST_RISE_ATR * yard[second]
    first, second, count, slope, span = first[moves], second[moves], count[moves], slope[moves], span[moves]
    width, opposite = _far_lines(near, far, first, second, heights, slope, side, atr)
    scores = (count + opposite - 2) * np.log2(span / 10)
    narrow, wide = (share * atr[near.known[second]] for share in WIDTHS_ATR)
    steep = np.abs(slope * span) >= LEAST_RISE_SHARE * width
    order = np.flatnonzero((opposite >= 2) & (scores >= LEAST_SCORE) & (width >= narrow) & (width <= wide) & steep)
    order = order[np.lexsort((first[order], -scores[order], second[order]))]
    tried = (-1, 0)
    for pair in order.tolist():
        at = int(second[pair])
        tried = (at, tried[1] + 1) if tried[0] == at else (at, 1)
        if tried[1] > _OF_A_TURN:
            continue
        start, today = int(near.rows[first[pair]]), int(near.known[at])
        if not _begins(close[start : today + 1], side * float(slope[pair])):
            continue
        height, rise, wide_of = float(heights[first[pair]]), float(slope[pair]), float(width[pair])
        if accepted(beyond(priced, start, height, rise, start, today)) is not None:
            continue
        if accepted(beyond(-priced, start, -height - wide_of, -rise, start, today)) is not None:
            continue
        lower = height if side > 0 else -height - wide_of
        yield _Draft(today, float(scores[pair]), start, int(near.rows[at]), lower, wide_of, side * rise)


def _begins(close: FloatArray, slope: float) -> bool:
    """Whether the move that the channel is drawn along begins where the channel does."""
    return bool((close.argmin() if slope > 0 else close.argmax()) <= BEGINS_SHARE * (len(close) - 1))


def _far_lines(
    near: Turns,
    far: Turns,
    first: IntArray,
    second: IntArray,
    heights: FloatArray,
    slope: FloatArray,
    side: int,
    atr: FloatArray,
) -> tuple[FloatArray, IntArray]:
    """The parallel through the farthest turn on the other side: its distance, and how many turns touch it, both (p,).

    Only turns that were known when the second point was; no touches where they do not lie apart.
    """
    if not len(first) or not len(far.rows):
        return np.zeros(len(first)), np.zeros(len(first), dtype=np.int64)
    begin = np.searchsorted(far.rows, near.rows[first])
    stop = np.searchsorted(far.known, near.known[second], side="right")
    most = int((stop - begin).max())
    at = begin[:, None] + np.arange(max(most, 1))[None, :]
    inside = at < stop[:, None]
    at = np.minimum(at, len(far.rows) - 1)
    rows = far.rows[at]
    lies = heights[first][:, None] + slope[:, None] * (rows - near.rows[first][:, None])
    offset = np.where(inside, side * far.heights[at] - lies, -np.inf)
    width = offset.max(axis=1)
    width = np.where(np.isfinite(width), width, 0.0)
    reach = np.maximum(TOUCH_ATR * atr[rows], NEAR_SHARE * width[:, None])
    touching = inside & (width[:, None] - offset <= reach)
    earliest = np.where(touching, rows, np.iinfo(np.int64).max).min(axis=1)
    latest = np.where(touching, rows, -1).max(axis=1)
    apart = latest - earliest >= APART_SHARE * (near.rows[second] - near.rows[first])
    return width, np.where(apart, touching.sum(axis=1), 0)


def _lived(draft: _Draft, lows: Turns, highs: Turns, close: FloatArray, atr: FloatArray) -> Channel:
    """The channel with what came of it: its touches, and where and why it ended."""
    touching = sorted([*_touching(draft, lows, 0.0, atr), *_touching(draft, highs, draft.width, atr)])
    kept, forgotten = 0, _forgotten(draft.first, draft.second)
    while kept < len(touching) and touching[kept][0] < forgotten:
        forgotten = max(forgotten, _forgotten(draft.first, touching[kept][1]))
        kept += 1
    last = min(len(close), forgotten + 1)
    inside = close[draft.known : last] - draft.lower - draft.slope * np.arange(draft.known - draft.first, last - draft.first)
    down, up = accepted(inside < 0), accepted(inside > draft.width)
    ends: list[tuple[int, ChannelEnding]] = [(draft.known + down, "broken down")] if down is not None else []
    ends += [(draft.known + up, "broken up")] if up is not None else []
    ends += [(forgotten, "stale")] if forgotten < len(close) else []
    ended: int | None = None
    why: ChannelEnding = ""
    if ends:
        ended, why = min(ends, key=lambda end: end[0])
    seen = [touch for touch in touching[:kept] if ended is None or touch[0] <= ended]
    return Channel(
        first=draft.first,
        second=draft.second,
        lower=draft.lower,
        width=draft.width,
        slope=draft.slope,
        known=draft.known,
        touched=tuple(row for _, row in seen),
        touch_known=tuple(known for known, _ in seen),
        ended=ended,
        ending=why,
    )


def _touching(draft: _Draft, turns: Turns, offset: float, atr: FloatArray) -> Iterator[tuple[int, int]]:
    """The turns that touch one of its lines, as (row at which it was known, row)."""
    begin = int(np.searchsorted(turns.rows, draft.first))
    rows = turns.rows[begin:]
    away = np.abs(turns.heights[begin:] - draft.lower - offset - draft.slope * (rows - draft.first))
    near = np.flatnonzero(away <= np.maximum(TOUCH_ATR * atr[rows], NEAR_SHARE * draft.width))
    return zip(turns.known[begin:][near].tolist(), rows[near].tolist(), strict=True)


def _forgotten(first: int, last_touch: int) -> int:
    return last_touch + max(QUIET, (last_touch - first) // 2) + 1
