"""What depends on how long a bar is: the period of the pivots, and how many bars make a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.sessions import as_date
from levelhead.domain.timeframe import DAILY, WEEKLY, timeframe_of
from levelhead.reading.periods import Span, before, day_of, month_of, week_of, year_of
from levelhead.reading.settings import YEAR

SHORT = timeframe_of("15m")
_BARS_A_YEAR = {"1d": YEAR, "1w": 52, "1mo": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotPeriod:
    """The period whose high, low and close the pivots come from. name: 'month', as in pivot_month_*; adjective: 'monthly'."""

    name: str
    adjective: str
    span_of: Callable[[dt.date], Span]


DAY = PivotPeriod(name="day", adjective="daily", span_of=day_of)
WEEK = PivotPeriod(name="week", adjective="weekly", span_of=week_of)
MONTH = PivotPeriod(name="month", adjective="monthly", span_of=month_of)
YEARLY = PivotPeriod(name="year", adjective="yearly", span_of=year_of)


def pivot_period(timeframe: str) -> PivotPeriod:
    """The period of a chart's pivots, as TradingView chooses it: day up to 15 minutes, week for other intraday bars, month for
    daily bars, year for weekly and monthly ones."""
    frame = timeframe_of(timeframe)
    if frame == DAILY:
        return MONTH
    if frame.is_intraday:
        return DAY if frame <= SHORT else WEEK
    return YEARLY


def prior_span(bars: Bars, period: PivotPeriod) -> Span:
    """The period before that of the last bar: the trade date before, the calendar week, month or year before.

    Weekly bars make years of whole weeks: a week belongs to the year in which its last session lies.
    """
    if period == DAY:
        earlier = int(np.searchsorted(bars.dates, bars.dates[-1])) - 1
        return day_of(as_date(bars.dates[earlier]) if earlier >= 0 else bars.as_of - dt.timedelta(days=1))
    return in_bars_of(bars, period.span_of(before(period.span_of(bars.as_of))))


def in_bars_of(bars: Bars, span: Span) -> Span:
    """The span by the name that says how bars of this length fill it."""
    if timeframe_of(bars.timeframe) != WEEKLY:
        return span
    return replace(span, called=f"{span.called} (a week counts where it ends)")


def bars_a_year(timeframe: str) -> int:
    """How many bars a chart looks back on: 252 sessions, 52 weeks, 12 months; of intraday bars as many as of daily ones."""
    return _BARS_A_YEAR.get(timeframe, YEAR)


def year_of_bars(bars: Bars) -> tuple[int | None, str]:
    """How many of the last bars make 52 weeks, None where there are too few, and in words what that is.

    252 sessions, 52 weekly or 12 monthly bars; of intraday bars all of the last 252 trade dates.
    """
    known = _BARS_A_YEAR.get(bars.timeframe)
    if known is not None:
        words = {"1d": "sessions", "1w": "weekly bars", "1mo": "monthly bars"}[bars.timeframe]
        return (known if len(bars) >= known else None), f"{known} {words}"
    begins = np.flatnonzero(np.diff(bars.dates).astype(np.int64)) + 1
    days = len(begins) + 1
    if days < YEAR:
        return None, f"{YEAR} trade dates"
    first = 0 if days == YEAR else int(begins[days - YEAR - 1])
    return len(bars) - first, f"{YEAR} trade dates"
