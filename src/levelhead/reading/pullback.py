"""Pullbacks: how deep and how fast price has come back against the longer trend, and whether that is shallow or impulsive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import fact_of
from levelhead.kernels.compiled import Floats, Ints, loop, or_compiled
from levelhead.kernels.drawdowns import Drawdowns, drawdowns
from levelhead.kernels.reversals import Reversals, Zigzag, zigzag_of
from levelhead.reading.average_lines import AverageLines
from levelhead.reading.drawdown import YearlyCourse
from levelhead.reading.facts import Findings, day, number
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel
from levelhead.reading.structure import SwingKind, extreme_fact

IntArray = NDArray[np.int64]

QUARTER = 63
"""A pullback is measured from the extreme of so many bars."""
LEG_ATR = 4.0
"""The leg it comes back from began at the last turn of this size by reversal."""
LEAST_ATR = 1.0
SHALLOW, DEEP = 0.4, 0.6
"""Shares of the leg: two fifths and three."""
FAST = 3.0
"""A pullback so many times as fast as its leg is impulsive, if it is at least 2 ATR deep. Half of those of indices are twice as
fast as their legs, which hold pullbacks of their own: that is ordinary."""
IMPULSIVE_ATR = 2.0
OVER, STALE = 0.786, 21
"""Once price has taken so much of the pullback back it is over, and where its end is more than a month's bars old."""
WORDS = ("none", "shallow", "orderly", "deep", "impulsive")
_RULE = (
    f"Against the longer trend (two of three: price above the 200-day, 50-day above it, 200-day rising; or below) from the "
    f"extreme of the last {QUARTER} bars, at least {LEAST_ATR:g} ATR, no more than the leg, not yet {100 * OVER:g}% "
    f"regained and its end at most {STALE} bars old. Impulsive when {IMPULSIVE_ATR:g} ATR deep and {FAST:g} times as fast as the "
    f"leg in ATR per bar; else shallow up to {100 * SHALLOW:g}% of the leg, deep beyond {100 * DEEP:g}%, orderly between."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pullbacks:
    """Arrays of shape (n,), row t from bars up to t alone: word, which of WORDS; direction of the leg (1 up, -1 down, 0 none).

    leg: the row at which the leg began; start: its extreme, from which price came back; end: the farthest it came back.
    """

    word: NDArray[np.int8]
    direction: NDArray[np.int8]
    leg: IntArray
    start: IntArray
    end: IntArray
    shape: Bars
    atr: FloatArray
    closed: int


def pullbacks_of(panel: Panel, lines: AverageLines, course: YearlyCourse, zigzag: Zigzag | None = None) -> Pullbacks:
    """The pullback at each row of the series. zigzag: of the closed bars, where it is there already."""
    shape, atr = course.shape, course.atr
    if zigzag is None or course.closed < len(atr):
        zigzag = zigzag_of(shape.high, shape.low, shape.close, atr)
    votes = panel.price_crossing[200].side + panel.golden_crossing.side + lines.turns[200].side
    direction = np.where(np.isnan(panel.averages[200]), 0, np.sign(votes)).astype(np.int8)
    turns = zigzag.measured_by(atr).turns(LEG_ATR)
    up = _sided(shape.high, shape.low, shape.close, atr, turns, -1)
    down = _sided(-shape.low, -shape.high, -shape.close, atr, turns, 1)
    word, leg, start, end = (
        np.where(direction > 0, one, np.where(direction < 0, other, 0)).astype(np.int64)
        for one, other in zip(up, down, strict=True)
    )
    return Pullbacks(
        word=word.astype(np.int8), direction=direction, leg=leg, start=start, end=end, shape=shape, atr=atr, closed=course.closed
    )


def _sided(
    high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray, turns: Reversals, kind: int
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Word, leg, start and end of the pullback from the highs; for those from the lows everything is given turned over."""
    found: Drawdowns = drawdowns(high, low, QUARTER)
    start, end = found.top, found.bottom
    leg = _leg_before(turns, kind, start, len(high))
    return _told(high, low, close, atr, start, end, leg), np.maximum(leg, 0), start, end


@loop
def _walked_words(high: Floats, low: Floats, close: Floats, atr: Floats, start: Ints, end: Ints, leg: Ints) -> Ints:
    words = np.zeros(len(close), dtype=np.int64)
    for row in range(len(close)):
        first, last, began = start[row], end[row], leg[row]
        depth, length = high[first] - low[last], high[first] - low[max(began, 0)]
        is_there = began >= 0 and last > first and length > 0 and atr[row] > 0 and depth >= LEAST_ATR * atr[row]
        if is_there and depth <= length and close[row] - low[last] < OVER * depth and row - last <= STALE:
            is_fast = depth * max(first - began, 1) >= FAST * length * max(last - first, 1)
            if is_fast and depth >= IMPULSIVE_ATR * atr[row]:
                words[row] = 4
            else:
                words[row] = 1 if depth <= SHALLOW * length else 2 if depth <= DEEP * length else 3
    return words


@or_compiled(_walked_words)
def _told(
    high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray, start: IntArray, end: IntArray, leg: IntArray
) -> IntArray:
    """Which of WORDS holds at each row, by where its leg began (-1: not known), where it ended and how far price has come back."""
    there = leg >= 0
    leg = np.maximum(leg, 0)
    depth, length = high[start] - low[end], high[start] - low[leg]
    bars, leg_bars = np.maximum(end - start, 1), np.maximum(start - leg, 1)
    there &= (end > start) & (length > 0) & (depth >= LEAST_ATR * np.where(atr > 0, atr, np.inf))
    there &= (depth <= length) & (close - low[end] < OVER * depth) & (np.arange(len(end)) - end <= STALE)
    fast = (depth >= IMPULSIVE_ATR * atr) & (depth * leg_bars >= FAST * length * bars)
    return np.select([~there, fast, depth <= SHALLOW * length, depth <= DEEP * length], [0, 4, 1, 2], 3).astype(np.int64)


def _leg_before(turns: Reversals, kind: int, start: IntArray, count: int) -> IntArray:
    """The row of the last turn of `kind` (1 high, -1 low) before each start, of those known at each row; -1 where there is none."""
    own = np.flatnonzero(turns.sides == kind)
    rows, known = turns.rows[own], turns.known[own]
    if not len(own):
        return np.full(count, -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(rows, start) - 1, np.searchsorted(known, np.arange(count), side="right") - 1)
    return np.where(at >= 0, rows[np.maximum(at, 0)], -1)


def pullback_facts(bars: Bars, pullbacks: Pullbacks) -> Findings:
    """Pullback ('shallow', 'orderly', 'deep', 'impulsive', dated by the extreme it comes from), .leg, .start, .end, .depth_atr,
    .depth_pct, .share_pct (of the leg), .speed and .leg_speed (ATR per bar), .sessions (from start to end);
    nothing where there is none.

    It is as it stands: its end is the farthest so far, and a bar beyond its start ends it.
    """
    row = len(bars) - 1
    word = int(pullbacks.word[row])
    if word == 0:
        return {}, ()
    up = bool(pullbacks.direction[row] > 0)
    leg, start, end = int(pullbacks.leg[row]), int(pullbacks.start[row]), int(pullbacks.end[row])
    far: SwingKind = "high" if up else "low"
    near: SwingKind = "low" if up else "high"
    heights = {
        "leg": float(getattr(pullbacks.shape, near)[leg]),
        "start": float(getattr(pullbacks.shape, far)[start]),
        "end": float(getattr(pullbacks.shape, near)[end]),
    }
    depth, length, yard = abs(heights["start"] - heights["end"]), abs(heights["start"] - heights["leg"]), float(pullbacks.atr[row])
    back, ahead = float(end - start), float(start - leg)
    called = "pullback from the high" if up else "rebound from the low"
    facts = {
        "pullback": fact_of(
            value=WORDS[word], unit="word", meaning=f"quality of the {called} it is dated by", formula=_RULE, date=day(bars, start)
        ),
        "pullback.side": fact_of(
            value="down" if up else "up", unit="word", meaning="which way price came back", formula="Against the longer trend."
        ),
        "pullback.leg": extreme_fact(bars, near, leg, (leg, leg), "where the leg began that price comes back from"),
        "pullback.start": extreme_fact(
            bars, far, start, (max(row + 1 - QUARTER, 0), row), "the extreme that price comes back from"
        ),
        "pullback.end": extreme_fact(bars, near, end, (start + 1, row), "how far price has come back"),
        "pullback.depth_atr": number(
            depth / yard, "ATR", f"depth of the {called}", "abs(start - end) / atr_14", inputs=_of(heights, "start", "end")
        ),
        "pullback.share_pct": number(
            100 * depth / length,
            "per cent",
            f"share of the leg that the {called} has taken back",
            "100 * (start - end) / (start - leg)",
            inputs=heights,
        ),
        "pullback.speed": number(
            depth / yard / back, "ATR", f"speed of the {called}, per bar", "pullback.depth_atr / bars", inputs={"bars": back}
        ),
        "pullback.leg_speed": number(
            length / yard / ahead,
            "ATR",
            "speed of the leg before it, per bar",
            "abs(start - leg) / atr_14 / bars",
            inputs=_of(heights, "start", "leg") | {"bars": ahead},
        ),
        "pullback.sessions": number(back, "sessions", f"length of the {called}", "sessions", inputs={"sessions": back}),
    }
    if min(heights.values()) > 0:  # a share of a price that is not positive means nothing
        facts["pullback.depth_pct"] = number(
            100 * depth / heights["start"],
            "per cent",
            f"depth of the {called}",
            "100 * abs(start - end) / start",
            inputs=_of(heights, "start", "end"),
        )
    return facts, ()


def pullback_occurrences(pullbacks: Pullbacks) -> tuple[Occurrences, ...]:
    """'pullback.shallow', 'pullback.orderly' and so on: the first close at which each pullback was that.

    Happened at the extreme it comes from; the direction is the leg's.
    """
    word, start = pullbacks.word[: pullbacks.closed], pullbacks.start[: pullbacks.closed]
    found = []
    for at in range(1, len(WORDS)):
        rows = np.flatnonzero(word == at)
        starts, first = np.unique(start[rows], return_index=True)
        known = rows[first]
        found.append(occurrences(f"pullback.{WORDS[at]}", known, pullbacks.direction[known], starts))
    return tuple(found)


def _of(heights: dict[str, float], *names: str) -> dict[str, float]:
    return {name: heights[name] for name in names}
