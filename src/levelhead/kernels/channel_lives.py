"""What becomes of channels, and which are kept: the loops beside `channels`, which says what they are.

A draft is two rows: its whole numbers (known, first, second), and its score, lower line, width and slope.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from levelhead.kernels.compiled import Floats, FloatTable, Ints, IntTable, loop
from levelhead.kernels.line_lives import REPLACES

ChannelEnding = Literal["broken up", "broken down", "stale", "replaced", ""]
ENDINGS: dict[int, ChannelEnding] = {0: "", 1: "broken up", -1: "broken down", 2: "stale", 3: "replaced"}
STALE, REPLACED = 2, 3

QUIET = 63
"""Bars without a touch of either line after which a channel is forgotten; half as many as it has held for, where these are more."""
NEAR_SHARE = 0.1
"""A turning point touches the far line within 0.5 ATR or this share of the width, whichever is more: parallels never quite fit."""
BEGINS_SHARE = 0.2
"""The lowest close of a rising channel lies within the first of this share of its span, the highest of a falling one: elsewhere
the channel would begin before the move that it is drawn along."""

KNOWN, FIRST, SECOND = range(3)
SCORE, LOWER, WIDTH, SLOPE = range(4)
"""Where a draft's numbers stand in its two rows."""


@loop
def is_kept_to(start: int, lower: float, width: float, slope: float, known: int, close: Floats) -> bool:
    """Whether a channel begins where its move does, and no two closes in a row have left it."""
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


@loop
def life(
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
        left, ending = forgotten, STALE
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


DRAFT, ENDED, ENDING, TOUCHES = range(4)
"""Of each channel that `walk` keeps: which draft it is, where and why it ended, where its touches end."""


@loop
def _score_at(today: int, begin: int, end: int, start: int, touched: IntTable, worth: Floats) -> float:
    """The score of a channel that is kept, whose touches lie from `begin` to before `end`."""
    known, latest = begin, start
    while known < end and touched[known, 1] <= today:
        latest = max(latest, touched[known, 0])
        known += 1
    score: float = (known - begin - 2) * worth[latest - start]
    return score


@loop
def walk(
    rows: IntTable,
    prices: FloatTable,
    closes: Floats,
    worth: Floats,
    low_rows: Ints,
    low_known: Ints,
    lows: Floats,
    low_reach: Floats,
    high_rows: Ints,
    high_known: Ints,
    highs: Floats,
    high_reach: Floats,
) -> tuple[IntTable, IntTable]:
    """Which channels are kept, of the rows and prices of drafts in the order in which they are decided on; worth: of a touch, by
    the span.

    The four numbers of each; and the touches of all, one channel's after the other's, as `life` gives them.
    """
    drawn, count = np.empty((len(rows), 4), dtype=np.int64), 0
    touched, filled = np.empty((0, 2), dtype=np.int64), 0
    for at in range(len(rows)):
        today, first, second = rows[at]
        score, lower, width, slope = prices[at]
        last = count - 1
        is_another = last >= 0 and (drawn[last, ENDING] == 0 or drawn[last, ENDED] > today)
        if is_another:
            begin = drawn[last - 1, TOUCHES] if last > 0 else 0
            kept = _score_at(today, begin, filled, rows[drawn[last, DRAFT], FIRST], touched, worth)
            if score <= REPLACES * kept:
                continue
        if not is_kept_to(first, lower, width, slope, today, closes):
            continue
        if is_another:
            drawn[last, ENDED], drawn[last, ENDING] = today, REPLACED
        low, high = np.searchsorted(low_rows, first), np.searchsorted(high_rows, first)
        from_low = (low, low_rows, low_known, lows, low_reach)
        from_high = (high, high_rows, high_known, highs, high_reach)
        ended, ending, touches = life(first, second, lower, width, slope, today, closes, *from_low, *from_high)
        if filled + len(touches) > len(touched):
            touched = np.concatenate((touched, np.empty((filled + len(touches), 2), dtype=np.int64)))
        touched[filled : filled + len(touches)] = touches
        filled += len(touches)
        drawn[count] = at, ended, ending, filled
        count += 1
    return drawn[:count].copy(), touched[:filled].copy()
