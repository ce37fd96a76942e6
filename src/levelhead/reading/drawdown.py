"""Drawdown and recovery: how far price fell from the high of the last year, since when it recovers, and what it has regained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.kernels.drawdowns import Drawdowns, drawdowns
from levelhead.reading.facts import Findings, day, number
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel
from levelhead.reading.structure import extreme_fact
from levelhead.reading.timeframes import bars_a_year

LEAST_ATR = 3.0
"""A fall of less is no drawdown worth its name: two or three ordinary bars make it."""
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearlyCourse:
    """Of the back-adjusted bars of a series, row t from bars up to t alone; atr: ATR(14) in their prices.

    fall: the highest high of the last year's bars and the lowest low since; rise: the lowest low and the highest high since.
    """

    shape: Bars
    atr: FloatArray
    fall: Drawdowns
    rise: Drawdowns
    span: int
    closed: int


def yearly_course_of(bars: Bars, panel: Panel) -> YearlyCourse:
    """Fall and rise of every row of the series, in the contract that its last bar is quoted in."""
    shape = shape_of(bars)
    span = bars_a_year(bars.timeframe)
    return YearlyCourse(
        shape=shape,
        atr=panel.atr if shape is bars else panel.atr * (shape.close / bars.close),
        fall=drawdowns(shape.high, shape.low, span),
        rise=drawdowns(-shape.low, -shape.high, span),
        span=span,
        closed=len(bars) if bars.provisional is None else len(bars) - 1,
    )


def drawdown_facts(bars: Bars, course: YearlyCourse) -> Findings:
    """drawdown.high, drawdown.low, .depth_atr, .depth_pct, .regained_pct, .sessions: the fall from the year's high to its low.

    Absent while the low after the highest high of the last 252 bars lies less than 3 ATR below it, or no bar came after it.
    regained_pct: what the last price has taken back of the fall, in per cent of it, since the low, which dates it.
    """
    row = len(bars) - 1
    top, bottom = int(course.fall.top[row]), int(course.fall.bottom[row])
    high, low, yard = float(course.shape.high[top]), float(course.shape.low[bottom]), float(course.atr[row])
    if bottom == top or not high - low >= LEAST_ATR * yard > 0:
        return {}, ()
    first, since = max(row + 1 - course.span, 0), day(bars, bottom)
    heights = {"high": high, "low": low}
    facts = {
        "drawdown.high": extreme_fact(bars, "high", top, (first, row), f"highest high of the last {row + 1 - first} sessions"),
        "drawdown.low": extreme_fact(bars, "low", bottom, (top + 1, row), "lowest low since that high"),
        "drawdown.depth_atr": number(
            (high - low) / yard, "ATR", "from the high to the lowest low since", "(high - low) / atr_14", inputs=heights
        ),
        "drawdown.regained_pct": number(
            100 * (bars.last - low) / (high - low),
            "per cent",
            "what the last price has regained of the fall; its date is the low since which it has",
            "100 * (last - low) / (high - low)",
            inputs=heights,
            date=since,
        ),
        "drawdown.sessions": number(
            row - bottom, "sessions", "since the low of the drawdown", "sessions", inputs={"sessions": row - bottom}, date=since
        ),
    }
    if low > 0:
        facts["drawdown.depth_pct"] = number(
            100 * (1 - low / high), "per cent", "from the high to the lowest low since", "100 * (1 - low / high)", inputs=heights
        )
    return facts, ()


def drawdown_occurrences(course: YearlyCourse) -> tuple[Occurrences, ...]:
    """'drawdown.half_regained': the first close of a drawdown of 3 ATR and more that has taken half of it back.

    Happened at its low; one for each low from which it happens.
    """
    rows = np.arange(course.closed)
    bottom, top = course.fall.bottom[: course.closed], course.fall.top[: course.closed]
    high, low = course.shape.high[top], course.shape.low[bottom]
    deep = (bottom > top) & (high - low >= LEAST_ATR * np.nan_to_num(course.atr[: course.closed], nan=np.inf))
    half = np.flatnonzero(deep & (course.shape.close[: course.closed] - low >= HALF * (high - low)))
    lows, first = np.unique(bottom[half], return_index=True)
    return (occurrences("drawdown.half_regained", rows[half][first], 1, lows),)
