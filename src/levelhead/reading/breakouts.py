"""Breakouts of confirmed swings: the first close beyond one, the second, the retest that held, the break that failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import fact_of
from levelhead.kernels.breakouts import AWAY, FAILED_WITHIN, NEAR, RETEST_WITHIN, STOOD, Breakouts, breakouts
from levelhead.kernels.reversals import Reversals
from levelhead.reading.drawdown import YearlyCourse
from levelhead.reading.facts import Findings, day, number, window
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.sequences import Runs
from levelhead.reading.structure import extreme_fact

NEWS = 10
"""Bars for which a break, its retest or its failure is told."""
_STATUS = (
    f"first close beyond; accepted with the second in a row; retested where within {RETEST_WITHIN} bars of the break a bar came "
    f"back within {NEAR:g} ATR of the level, known when a close stands {AWAY:g} ATR beyond; failed with a close back within "
    f"{FAILED_WITHIN} bars."
)
_SIDE = (
    f"up for the first close above a swing high by reversal that has stood for {STOOD[0]} to {STOOD[1]} bars, down for one below "
    "such a low; of those whose last event is the same bar's, the swing that is oldest."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BrokenSwings:
    """The breaks of the swings by reversal, and their events: rows (ascending) at which one broke, failed, or was retested, and
    which break each is of. A provisional last bar breaks nothing."""

    turns: Reversals
    breaks: Breakouts
    rows: NDArray[np.int64]
    of: NDArray[np.int64]


def broken_swings_of(runs: Runs, course: YearlyCourse) -> BrokenSwings:
    """All of the series."""
    closed, shape, turns = course.closed, course.shape, runs.turns
    found = breakouts(
        turns.heights,
        turns.rows,
        turns.known,
        turns.sides,
        shape.high[:closed],
        shape.low[:closed],
        shape.close[:closed],
        course.atr[:closed],
    )
    which = np.arange(len(found))
    rows, of = np.concatenate((found.broken, found.failed, found.held)), np.tile(which, 3)
    rows, of = rows[rows >= 0], of[rows >= 0]
    order = np.lexsort((-found.level[of], rows))  # of one bar's the oldest swing last
    return BrokenSwings(turns=turns, breaks=found, rows=rows[order], of=of[order])


def breakout_facts(bars: Bars, broken: BrokenSwings, course: YearlyCourse) -> Findings:
    """Breakout ('up' or 'down', dated by the close that broke), breakout.level (the swing), .status, .closes (in a row beyond).

    That of the latest event within ten bars; nothing once price has closed back later than a failure would.
    """
    row = len(bars) - 1
    last = min(row, course.closed - 1)
    which = _latest(broken, course, row, last)
    if which is None:
        return {}, ()
    begun, failed, held = (int(rows[which]) for rows in (broken.breaks.broken, broken.breaks.failed, broken.breaks.held))
    swing = int(broken.breaks.level[which])
    side, has_failed = int(broken.turns.sides[swing]), 0 <= failed <= row
    kind: Literal["high", "low"] = "high" if side > 0 else "low"
    made, known = int(broken.turns.rows[swing]), int(broken.turns.known[swing])
    closes = (failed if has_failed else last + 1) - begun
    has_held = 0 <= held <= row
    status = "failed" if has_failed else "retested" if has_held else "accepted" if closes > 1 else "first close"
    event = failed if has_failed else int(broken.breaks.retested[which]) if has_held else begun + (closes > 1)
    return {
        "breakout": fact_of(
            value="up" if side > 0 else "down",
            unit="word",
            meaning="the last break of a confirmed swing, dated by the close that broke it",
            formula=_SIDE,
            date=day(bars, begun),
        ),
        "breakout.level": extreme_fact(
            bars, kind, made, (made, known), f"the swing {kind} by reversal that was broken", known_on=day(bars, known)
        ),
        "breakout.status": fact_of(
            value=status,
            unit="word",
            meaning="what became of the break",
            formula=_STATUS,
            date=day(bars, event),
            known_on=day(bars, held) if status == "retested" else None,
        ),
        "breakout.closes": number(
            closes,
            "count",
            "closes beyond the swing since the break",
            "count(closes)",
            windows=(window(bars, "close", closes, back=row + 1 - begun - closes),),
        ),
    }, ()


def _latest(broken: BrokenSwings, course: YearlyCourse, row: int, last: int) -> int | None:
    """The break of the latest event within ten bars that has failed, or still holds as the price stands; last: the last close."""
    for at in range(int(np.searchsorted(broken.rows, row, side="right")) - 1, -1, -1):
        if row - int(broken.rows[at]) >= NEWS:
            return None
        which = int(broken.of[at])
        failed, swing = int(broken.breaks.failed[which]), int(broken.breaks.level[which])
        closes = course.shape.close[int(broken.breaks.broken[which]) : last + 1]
        side, height = int(broken.turns.sides[swing]), float(broken.turns.heights[swing])
        stands = (side * (closes - height)).min() > 0 and side * (float(course.shape.close[row]) - height) > 0
        if 0 <= failed <= row or stands:
            return which
    return None


def breakout_occurrences(broken: BrokenSwings) -> tuple[Occurrences, ...]:
    """'breakout.up', 'breakout.down' (known at once), 'breakout.failed' against the break, 'breakout.retested' with it (happened at
    the bar that came back)."""
    breaks, sides = broken.breaks, broken.turns.sides[broken.breaks.level]
    up, down, failed, held = sides > 0, sides < 0, breaks.failed >= 0, breaks.held >= 0
    return (
        occurrences("breakout.up", breaks.broken[up], 1),
        occurrences("breakout.down", breaks.broken[down], -1),
        occurrences("breakout.failed", breaks.failed[failed], -sides[failed]),
        occurrences("breakout.retested", breaks.held[held], sides[held], breaks.retested[held]),
    )
