"""What becomes of trendlines, and which are kept: the loops beside `trendlines`, which says what they are.

A draft is two rows: its whole numbers (known, side, first, second, begins), and its score, height and slope.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from levelhead.kernels.compiled import Floats, FloatTable, Ints, IntTable, loop
from levelhead.kernels.lines import walked_closes_below

Ending = Literal["broken", "outrun", "stale", "replaced", ""]
ENDINGS: tuple[Ending, ...] = ("", "broken", "outrun", "stale", "replaced")
HOLDS, BROKEN, OUTRUN, STALE, REPLACED = range(5)

LEAST_SCORE = 2.8
"""Two touches need seventy bars between them, three need twenty-eight."""
REPLACES = 1.5
"""A new line takes the place of one that has two thirds of its score, so that two equal ones do not change places."""
OUTRUN_ATR = 12.0
"""A line from which the close is farther away says nothing of today."""
QUIET = 63
"""Bars without a touch after which a line is forgotten; as many as it has held for, where these are more."""
MOST, MOST_ON_A_SIDE = 3, 2

KNOWN, SIDE, FIRST, SECOND, BEGINS = range(5)
SCORE, HEIGHT, SLOPE = range(3)
"""Where a draft's numbers stand in its two rows."""


@loop
def life(
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
                return row, BROKEN
            was_beyond = True
        elif above > OUTRUN_ATR * yards[row]:
            return row, OUTRUN
        else:
            was_beyond = False
    return (forgotten, STALE) if forgotten < len(closes) else (len(closes), HOLDS)


DRAFT, SLOT, VIOLATIONS, ENDED, ENDING, TOUCHES = range(6)
"""Of each line that `walk` keeps: which draft it is, its slot, violations, where and why it ended, where its touches end."""


@loop
def _is_said(at: int, kept: Ints, drawn: IntTable, rows: IntTable, prices: FloatTable, yards: Floats) -> bool:
    """Whether a line that is kept says what a draft does, as `_is_same`."""
    today, side, begun = rows[at, KNOWN], rows[at, SIDE], rows[at, FIRST]
    height, slope, yard = prices[at, HEIGHT], prices[at, SLOPE], yards[today]
    for line in kept:
        own = drawn[line, DRAFT]
        if rows[own, SIDE] == side:
            first, other, rise = rows[own, FIRST], prices[own, HEIGHT], prices[own, SLOPE]
            now = height + slope * (today - begun) - (other + rise * (today - first))
            later = height + slope * (today + QUIET - begun) - (other + rise * (today + QUIET - first))
            if begun == first or (abs(now) < yard and abs(later) < 3 * yard):
                return True
    return False


@loop
def _score_at(today: int, line: int, drawn: IntTable, rows: IntTable, touched: IntTable, worth: Floats) -> float:
    """The score of a line that is kept."""
    begin = known = drawn[line - 1, TOUCHES] if line > 0 else 0
    while known < drawn[line, TOUCHES] and touched[known, 1] <= today:
        known += 1
    span = touched[known - 1, 0] - rows[drawn[line, DRAFT], FIRST]
    score: float = (known - begin - 1) * worth[span] - drawn[line, VIOLATIONS] / 2
    return score


@loop
def _weakest_of(at: int, kept: Ints, drawn: IntTable, rows: IntTable, touched: IntTable, worth: Floats) -> tuple[int, float]:
    """Where in `kept` the line is that gives way to a draft, as `_weakest`, and its score; -1 where there is a place."""
    today, side, beside = rows[at, KNOWN], rows[at, SIDE], 0
    for line in kept:
        beside += rows[drawn[line, DRAFT], SIDE] == side
    weakest, least = -1, np.inf
    if beside >= MOST_ON_A_SIDE or len(kept) >= MOST:
        for place in range(len(kept)):
            if beside < MOST_ON_A_SIDE or rows[drawn[kept[place], DRAFT], SIDE] == side:
                score = _score_at(today, kept[place], drawn, rows, touched, worth)
                if score < least:
                    weakest, least = place, score
    return weakest, least


@loop
def _still_kept(today: int, kept: Ints, drawn: IntTable) -> Ints:
    """Those of the lines that have not ended."""
    still, count = np.empty(len(kept), dtype=np.int64), 0
    for line in kept:
        if drawn[line, ENDING] == HOLDS or drawn[line, ENDED] > today:
            still[count] = line
            count += 1
    return still[:count].copy()


@loop
def _free_slot(kept: Ints, drawn: IntTable) -> int:
    slot, place = 1, 0
    while place < len(kept):
        slot, place = (slot + 1, 0) if drawn[kept[place], SLOT] == slot else (slot, place + 1)
    return slot


@loop
def walk(
    rows: IntTable,
    prices: FloatTable,
    low_rows: Ints,
    low_known: Ints,
    lows: Floats,
    low_reach: Floats,
    high_rows: Ints,
    high_known: Ints,
    highs: Floats,
    high_reach: Floats,
    close: Floats,
    upside_down: Floats,
    yards: Floats,
    worth: Floats,
) -> tuple[IntTable, IntTable]:
    """As `_kept`, of the rows and prices of drafts; worth: of a touch, by the span.

    The six numbers of each line that is kept; and the touches of all, one line's after the other's, as `life` gives them.
    """
    drawn, count = np.empty((len(rows), 6), dtype=np.int64), 0
    touched, filled = np.empty((0, 2), dtype=np.int64), 0
    kept = np.empty(0, dtype=np.int64)
    for at in range(len(rows)):
        today, side, first, second, begins = rows[at]
        score, height, slope = prices[at]
        kept = _still_kept(today, kept, drawn)
        if _is_said(at, kept, drawn, rows, prices, yards):
            continue
        weakest, its_score = _weakest_of(at, kept, drawn, rows, touched, worth)
        least = LEAST_SCORE if weakest < 0 else max(LEAST_SCORE, REPLACES * its_score)
        if score < least:
            continue
        violations = walked_closes_below((close if side > 0 else upside_down)[first : today + 1], height, slope)
        if violations < 0 or score - violations / 2 < least:
            continue
        if weakest >= 0:
            drawn[kept[weakest], ENDED], drawn[kept[weakest], ENDING] = today, REPLACED
            kept = np.concatenate((kept[:weakest], kept[weakest + 1 :]))
        draft = (side, first, second, height, slope, today, begins)
        if side > 0:
            ended, ending, touches = life(*draft, low_rows, low_known, lows, low_reach, close, yards)
        else:
            ended, ending, touches = life(*draft, high_rows, high_known, highs, high_reach, close, yards)
        if filled + len(touches) > len(touched):
            touched = np.concatenate((touched, np.empty((filled + len(touches), 2), dtype=np.int64)))
        touched[filled : filled + len(touches)] = touches
        filled += len(touches)
        drawn[count] = at, _free_slot(kept, drawn), violations, ended, ending, filled
        kept, count = np.append(kept, count), count + 1
    return drawn[:count].copy(), touched[:filled].copy()
