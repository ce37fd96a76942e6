"""Finished calendar periods: the open, high, low and close of the month, week and year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Column, Fact, fact_of, window_of
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.kernels.pivots import Period

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUARTERS = ("first", "second", "third", "fourth")
SINCE_DAY, SINCE_MONTH = 42, 300  # days ago up to which 'since' names a day, a month; else a part of a year
Part = Literal["open", "high", "low", "close"]
_FORMULAS: Mapping[Part, str] = {"open": "first(opens)", "high": "highest(highs)", "low": "lowest(lows)", "close": "last(closes)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A calendar period, first and last day included. called: 'February 2025', 'the week of 3 March 2025', '2024'."""

    first: dt.date
    last: dt.date
    called: str


def month_of(day: dt.date) -> Span:
    """The calendar month that holds `day`."""
    first = day.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    return Span(first=first, last=following - dt.timedelta(days=1), called=f"{MONTHS[day.month - 1]} {day.year}")


def week_of(day: dt.date) -> Span:
    """The ISO week, Monday to Sunday, that holds `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return Span(first=monday, last=monday + dt.timedelta(days=6), called=f"the week of {in_words(monday)}")


def quarter_of(day: dt.date) -> Span:
    """The calendar quarter that holds `day`."""
    first = dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = month_of(dt.date(day.year, first.month + 2, 1)).last
    return Span(first=first, last=last, called=f"the {_QUARTERS[first.month // 3]} quarter of {day.year}")


def year_of(day: dt.date) -> Span:
    """The calendar year that holds `day`."""
    return Span(first=dt.date(day.year, 1, 1), last=dt.date(day.year, 12, 31), called=str(day.year))


def day_of(day: dt.date) -> Span:
    """The day itself."""
    return Span(first=day, last=day, called=in_words(day))


def before(span: Span) -> dt.date:
    """The day before `span` begins."""
    return span.first - dt.timedelta(days=1)


def in_words(day: dt.date) -> str:
    """'13 March 2025', whatever the machine's language; of a moment '13 March 2025, 13:30 UTC'."""
    moment = f", {day:%H:%M} UTC" if isinstance(day, dt.datetime) else ""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}{moment}"


def since_words(day: dt.date, today: dt.date) -> str:
    """What follows 'since', as a chartist says it: 'late 2023', 'April' within the last ten months, '5 March' within six weeks."""
    ago = today.toordinal() - day.toordinal()
    if ago <= SINCE_DAY:
        return f"{day.day} {MONTHS[day.month - 1]}"
    if ago <= SINCE_MONTH:
        return MONTHS[day.month - 1]
    return f"{('early', 'mid', 'late')[(day.month - 1) // 4]} {day.year}"


@lru_cache(maxsize=8192)
@lru_cache(maxsize=1024)  # the levels of a day ask, and its pivots
def closed_by(sessions: SessionTable, day: dt.date) -> frozenset[str]:
    """The periods that are over when the session of `day` is: 'week', 'month', 'quarter', 'year'; none the table cannot tell."""
    if not sessions.first <= day < sessions.last:
        return frozenset()
    (following,) = sessions.after(day, 1)
    over = {"week"} if following.isocalendar()[:2] != day.isocalendar()[:2] else set()
    if (following.year, following.month) != (day.year, day.month):
        over |= {period for period, months in (("month", 1), ("quarter", 3), ("year", 12)) if day.month % months == 0}
    return frozenset(over)


def rows_in(bars: Bars, span: Span) -> slice:
    """The rows of the bars that `span` holds."""
    return slice(bars.count_until(before(span)), bars.count_until(span.last))


def missing(bars: Bars, span: Span, sessions: SessionTable | None) -> str:
    """Why the high, low and close of `span` cannot be known; '' when they can.

    The bars must hold the span from its first session on: by the session table where it covers the span; else by the
    weekdays, of which one may be missing (a holiday) when the bars themselves begin within the span.
    """
    rows = rows_in(bars, span)
    if bars.first > span.last:
        return f"the bars begin on {bars.first}"
    if rows.start == rows.stop:
        return f"there are no bars of {span.called}"
    first = as_date(bars.dates[rows.start])
    if rows.start > 0 or first == span.first:
        return ""
    if sessions is not None and sessions.covers(span.first) and sessions.covers(first):
        skipped, allowed = len(sessions.between(span.first, first)) - int(sessions.is_session(first)), 0
    else:
        skipped, allowed = int(np.busday_count(span.first, first)), 1
    return "" if skipped <= allowed else f"the bars begin on {bars.first}, inside {span.called}"


def period_of(bars: Bars, span: Span, next_open: float | None = None) -> Period:
    """The open, high, low and close of the bars that `span` holds."""
    rows = rows_in(bars, span)
    return Period(
        open=float(bars.open[rows.start]),
        high=float(bars.high[rows].max()),
        low=float(bars.low[rows].min()),
        close=float(bars.close[rows.stop - 1]),
        next_open=next_open,
    )


def period_facts(bars: Bars, span: Span, name: str, parts: tuple[Part, ...]) -> dict[str, Fact]:
    """Facts '<name>.high', ... of the bars that `span` holds: value, the bar it happened on, the last bar of the span."""
    return facts_of_rows(bars, span, rows_in(bars, span), name, parts)


def facts_of_rows(bars: Bars, span: Span, rows: slice, name: str, parts: tuple[Part, ...]) -> dict[str, Fact]:
    """`period_facts` where it is known already which rows `span` holds."""
    first, last, count = bars.stamp(rows.start), bars.stamp(rows.stop - 1), rows.stop - rows.start
    facts = {}
    for part in parts:
        column: Column = part
        values: FloatArray = getattr(bars, column)[rows]
        at = 0 if part == "open" else count - 1 if part == "close" else int(values.argmax() if part == "high" else values.argmin())
        facts[f"{name}.{part}"] = fact_of(
            float(values[at]),
            "price",
            f"{part} of {span.called}",
            _FORMULAS[part],
            windows=(window_of(column, first, last, count),),
            date=bars.stamp(rows.start + at),
            known_on=first if part == "open" else last,
        )
    return facts
