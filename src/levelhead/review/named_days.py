"""Which days the words around 'high' and 'low' name: 'April low', 'swing high of 26 January 2018', 'recent highs'."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from levelhead.domain.bars import Bars
from levelhead.reading.periods import Span as Days
from levelhead.reading.periods import before, day_of, month_of, rows_in, week_of, year_of
from levelhead.review.dates import MONTH, month_number

Kind = Literal["days", "turn", "recent"]
_M = MONTH + r"\b\.?"
_Y = r"(?:19|20)\d{2}"
NAMED_MONTH = re.compile(rf"\b(?P<month>{_M})(?:\s(?:of\s)?(?P<year>{_Y}|last year|this year))?")
_BEFORE = re.compile(
    rf"\b(?:(?P<first>{_M})(?:\s{_Y})?\s?(?:[-–/,]|and|to)\s?)?(?P<month>{_M})(?:['’]s)?(?:\s(?P<year>{_Y}))?\s"
    r"(?:(?:swing|closing|intraday|major|key|panic|crash|correction)\s)*$"
)
_LINK = r"^s?\s(?:(?:made|set|seen|hit|reached|printed)\s)?(?:of|on|in|from|at)\s(?:the\s)?"
_PRICED = r"^s?[\s:]{0,2}(?:(?:of|at|near|around|is|was)\s)?[~≈$]?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?\((?:on\s|of\s|from\s)?"
_ON = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{_M})|(?P<month2>{_M})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b)"
    rf"(?:,?\s(?P<year>{_Y}))?"
)
_IN = rf"(?:(?:early|mid|late|the end of|the start of)[-\s])?(?P<month>{_M})(?:,?\s(?P<year>{_Y}))?"
_AFTER_DAY = tuple(re.compile(start + _ON) for start in (_LINK, _PRICED))
_AFTER_MONTH = tuple(re.compile(start + _IN) for start in (_LINK, _PRICED))
_SINCE = re.compile(r"^s?\s(?:since|after)\s")
_AFTER_YEAR = re.compile(_LINK + rf"(?P<year>{_Y})\b")
_PERIOD = re.compile(
    r"\b(?:(?P<day>yesterday|prior[- ]day|previous[- ]day)|(?P<this_week>this week)|"
    r"(?P<week>last week|prior[- ]week|previous[- ]week)|(?P<month>last month|prior[- ]month|previous[- ]month)|"
    r"(?P<year>last year|prior[- ]year|previous[- ]year)"
    r"|(?P<this_year>year[- ]to[- ]date|this year))(?:['’]s)?\s?$",
    re.I,
)
_SHORT = {"pdh": "day", "pdl": "day", "pwh": "week", "pwl": "week"}
_TURN = re.compile(r"\b(?:swing|previous|prior|former|earlier|old|double|triple|pivot|spike|multiple)\b", re.I)
_RECENT = re.compile(r"\b(?:recent|latest)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDays:
    """What the words name: these days, or any turning point, or what is recent."""

    kind: Kind
    days: tuple[Days, ...] = ()


def named_days(bars: Bars, head: str, word: str, tail: str) -> NamedDays | None:
    """The days named by what stands before (`head`) and after (`tail`) the word 'high' or 'swing low'; None where none are.

    Days without a year are the latest ones that have begun by the last bar.
    """
    day = bars.as_of
    found = _after(day, tail) or _before(day, head) or _period(bars, head, word)
    kept = tuple(days for days in found if days.first <= day and _has_bars(bars, days))
    if kept:
        return NamedDays(kind="days", days=kept)
    if found:
        return None
    near = f"{head[-14:]} {word}"
    if _TURN.search(near):
        return NamedDays(kind="turn")
    return NamedDays(kind="recent") if _RECENT.search(near) else None


def latest_month(day: dt.date, month: int, year: int | None = None) -> Days:
    """That month of that year, else its latest one that has begun by `day`."""
    return month_of(dt.date(year or (day.year if month <= day.month else day.year - 1), month, 1))


def months_in(text: str) -> tuple[int, ...]:
    """The months that a text names by capitalised words, in order."""
    return tuple(dict.fromkeys(month_number(found["month"]) for found in NAMED_MONTH.finditer(text)))


def _after(day: dt.date, tail: str) -> tuple[Days, ...]:
    if (since := _SINCE.match(tail)) is not None:
        first = _after(day, f" of {tail[since.end() :]}")
        return tuple(Days(first=d.first, last=day, called=f"the bars since {d.called}") for d in first)
    for pattern in _AFTER_DAY:
        if (found := pattern.match(tail)) is not None:
            month, number = month_number(found["month"] or found["month2"]), int(found["day"] or found["day2"])
            named = _born(int(found["year"]) if found["year"] else latest_month(day, month).first.year, month, number)
            return (day_of(named),) if named is not None else ()
    for pattern in _AFTER_MONTH:
        if (found := pattern.match(tail)) is not None:
            return (latest_month(day, month_number(found["month"]), int(found["year"]) if found["year"] else None),)
    if (found := _AFTER_YEAR.match(tail)) is not None:
        return (year_of(dt.date(int(found["year"]), 1, 1)),)
    return ()


def _before(day: dt.date, head: str) -> tuple[Days, ...]:
    found = _BEFORE.search(head)
    if found is None:
        return ()
    year = int(found["year"]) if found["year"] else None
    months = [latest_month(day, month_number(found[name]), year) for name in ("first", "month") if found[name]]
    return tuple(months)


def _period(bars: Bars, head: str, word: str) -> tuple[Days, ...]:
    found = _PERIOD.search(head)
    period = _SHORT.get(word.lower(), "") if found is None else str(found.lastgroup)
    day = bars.as_of
    if period == "day":
        return (day_of(dt.date.fromisoformat(str(bars.dates[-2])[:10])),) if len(bars) > 1 else ()
    if period.startswith("this_"):
        return ((week_of if period == "this_week" else year_of)(day),)
    of = {"week": week_of, "month": month_of, "year": year_of}.get(period)
    return () if of is None else (of(before(of(day))),)


def _has_bars(bars: Bars, days: Days) -> bool:
    rows = rows_in(bars, days)
    return bool(rows.start < rows.stop)


def _born(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
