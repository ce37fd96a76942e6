"""Levels of the calendar: highs, lows and pivots of finished days, weeks, months, quarters and years, and their openings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.level import LevelKind
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.domain.timeframe import timeframe_of
from levelhead.kernels.pivots import KINDS, Period
from levelhead.reading.level_source import Source, Weighed, in_a_name, staying
from levelhead.reading.periods import Span, closed_by, day_of, month_of, quarter_of, week_of, year_of
from levelhead.reading.settings import TOGETHER, Settings

PERIODS = ("day", "week", "month", "quarter", "year")
PIVOT_PERIODS = ("day", "week", "month", "year")
_SPANS = {"day": day_of, "week": week_of, "month": month_of, "quarter": quarter_of, "year": year_of}
_ADJECTIVES = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
BRIEF = frozenset({"day", "week"})
OF_INTRADAY = ("day", "week", "month")


class Rows(NamedTuple):
    """Rows of the bars of a period, both included. called: what its facts' names begin with ('prior_month')."""

    first: int
    last: int
    called: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calendar:
    """For each row the row at which its day, week, month, quarter and year began, by the trade dates; found once.

    The levels of the period of each name that was asked for last are kept with it, and which kinds of pivots are among them; and
    the finished periods of the last days that were asked for.
    """

    begins: Mapping[str, NDArray[np.int64]]
    _finished: dict[int, tuple[Bars, SessionTable | None, dict[str, Rows | None]]] = field(default_factory=dict)
    _kept: dict[str, tuple[Rows, tuple[str, ...], Sequence[Weighed]]] = field(default_factory=dict)

    def this(self, period: str, row: int) -> Rows:
        """The period that holds `row`, as far as that row."""
        return Rows(int(self.begins[period][row]), row, f"this_{period}")

    def before(self, period: str, row: int) -> Rows | None:
        """The period before, None where the bars begin within the one that holds `row`."""
        last = int(self.begins[period][row]) - 1
        return None if last < 0 else Rows(int(self.begins[period][last]), last, f"prior_{period}")


def calendar_of(bars: Bars) -> Calendar:
    """The calendar of the series."""
    days = bars.dates.astype("datetime64[D]").astype(np.int64)
    months = bars.dates.astype("datetime64[M]").astype(np.int64)
    numbered = {"day": days, "week": (days + 3) // 7, "month": months, "quarter": months // 3, "year": months // 12}
    rows = np.arange(len(days))
    return Calendar(
        begins={
            period: np.maximum.accumulate(np.where(np.r_[True, numbers[1:] != numbers[:-1]], rows, 0))
            for period, numbers in numbered.items()
        }
    )


def finished(bars: Bars, calendar: Calendar, period: str, sessions: SessionTable | None) -> Rows | None:
    """The last period that is over: that of the last bar where it is known to be its last one, else the one before.

    A daily bar that has closed is a finished day; whether a week, month, quarter or year is over the session table says. None
    where the bars do not hold the whole period.
    """
    row = len(bars.time) - 1
    found = calendar._finished.get(row)
    if found is None or found[0] is not bars or found[1] is not sessions:  # the levels of a day ask, and the facts of each
        if found is None and len(calendar._finished) >= TOGETHER:
            del calendar._finished[next(iter(calendar._finished))]
        over = over_with(bars, sessions)
        ends = {period: _finished(bars, calendar, period, over) for period in PERIODS}
        found = calendar._finished[row] = bars, sessions, ends
    return found[2][period]


def _finished(bars: Bars, calendar: Calendar, period: str, over: frozenset[str]) -> Rows | None:
    row = len(bars) - 1
    found = calendar.this(period, row) if period in over else calendar.before(period, row)
    return found if found is not None and _is_whole(bars, found, period) else None


def over_with(bars: Bars, sessions: SessionTable | None) -> frozenset[str]:
    """The periods that the last bar closed, as far as anybody knows."""
    if bars.provisional is not None or bars.days is not None or bars.timeframe != "1d":
        return _NONE
    return _DAY if sessions is None else _with_day(sessions, bars.as_of)


_NONE, _DAY = frozenset[str](), frozenset({"day"})


@lru_cache(maxsize=1024)
def _with_day(sessions: SessionTable, day: dt.date) -> frozenset[str]:
    return _DAY | closed_by(sessions, day)


def periods_of(timeframe: str) -> tuple[str, ...]:
    """The periods that bars of this length make up: a week reaches over the edges of months, so weekly bars have years alone."""
    if timeframe == "1d":
        return PERIODS
    return OF_INTRADAY if timeframe_of(timeframe).is_intraday else ("year",)


def period_levels(bars: Bars, calendar: Calendar, rows: Rows, period: str, settings: Settings) -> Sequence[Weighed]:
    """High, low, of a year the close, and the pivots of a finished period, the same all through the next one: found once."""
    kept, kinds = calendar._kept.get(rows.called), settings.ladder_pivots
    if kept is None or kept[0] != rows or kept[1] != kinds:
        high, low = _extremes(bars, rows)
        found = _ranges(bars, rows, period, high, low)
        if period in PIVOT_PERIODS:
            found += _pivots(bars, rows, period, settings, high, low)
        kept = calendar._kept[rows.called] = rows, kinds, found if period == "day" else staying(found)
    return kept[2]


def opening_levels(bars: Bars, calendar: Calendar) -> list[Weighed]:
    """Where the year, the quarter and the month began to trade: anchors that everybody has, whatever a company reports."""
    if bars.timeframe != "1d":
        return []
    found: list[Weighed] = []
    for period, weight in OPENINGS.items():
        first = calendar.this(period, len(bars) - 1).first
        if first == 0:
            continue
        rows = Rows(first, first, f"this_{period}.open")
        kept = calendar._kept.get(rows.called)
        if kept is None or kept[0] != rows:
            stamp = bars.stamp(first)
            source = Source(
                kind="anchor",
                name=rows.called,
                key=f"open_{in_a_name(stamp)}",
                label=f"open of {_called(bars, first, period)}",
                row=first,
                happened_on=stamp,
                known_on=stamp,
            )
            kept = calendar._kept[rows.called] = rows, (), staying([Weighed(float(bars.open[first]), weight, source)])
        found += kept[2]
    return found


# How much each counts, 0 to 1: the longer the period, the more people look at it (`benchmarks/level_evidence.py` has what the
# past says of each).
RANGE_WEIGHTS = {"day": 0.3, "week": 0.3, "month": 0.45, "quarter": 0.45, "year": 0.5}
CLOSE_WEIGHT = 0.4
OPENINGS = {"month": 0.2, "quarter": 0.25, "year": 0.4}
PIVOT_WEIGHTS = {"day": (0.1, 0.1), "week": (0.2, 0.15), "month": (0.5, 0.4), "year": (0.35, 0.25)}
OWN_PIVOT_WEIGHTS = (0.5, 0.4)
"""P, and the others, of the period whose pivots a chart of these bars shows."""
SHOWN_PIVOTS = frozenset({"p", "r1", "s1", "r2", "s2", "r3", "s3"})


def _extremes(bars: Bars, rows: Rows) -> tuple[int, int]:
    """The rows of the highest high and of the lowest low; a day is one row."""
    if rows.first == rows.last:
        return rows.first, rows.first
    part = slice(rows.first, rows.last + 1)
    return rows.first + int(bars.high[part].argmax()), rows.first + int(bars.low[part].argmin())


def _ranges(bars: Bars, rows: Rows, period: str, high: int, low: int) -> list[Weighed]:
    found = []
    tops = {"high": high, "low": low}
    if period == "year":
        tops["close"] = rows.last
    known_on, called = bars.stamp(rows.last), _called(bars, rows.first, period)
    for side, at in tops.items():
        happened_on = bars.stamp(at)
        kind: LevelKind = "anchor" if side == "close" else "extreme"
        name, key = f"{rows.called}.{side}", f"{side}_{in_a_name(happened_on)}"
        week = "this" if rows.called == "this_week" else "last"
        label = f"{side} of {called}" if period != "week" else f"{week} week's {side}"
        source = Source(kind, name, key, label, at, happened_on, known_on, period in BRIEF)
        weight = CLOSE_WEIGHT if side == "close" else RANGE_WEIGHTS[period]
        found.append(Weighed(float(getattr(bars, side)[at]), weight, source))
    return found


def _called(bars: Bars, row: int, period: str) -> str:
    return _called_of(period, _date_of(bars, row))


def _date_of(bars: Bars, row: int) -> dt.date:
    return bars.stamp(row) if bars.days is None else as_date(bars.dates[row])


@lru_cache(maxsize=256)
def _called_of(period: str, first: dt.date) -> str:
    return _SPANS[period](first).called


def _pivots(bars: Bars, rows: Rows, period: str, settings: Settings, high: int, low: int) -> list[Weighed]:
    opened = float(bars.open[rows.last + 1]) if rows.last + 1 < len(bars) else None
    values = Period(
        open=float(bars.open[rows.first]),
        high=float(bars.high[high]),
        low=float(bars.low[low]),
        close=float(bars.close[rows.last]),
        next_open=opened,
    )
    is_next = period != "day" and rows.called.startswith("this_")
    key = f"pivot_{period}_{_in_a_key(bars, rows, period)}"
    middle, other = OWN_PIVOT_WEIGHTS if period == own_period(bars.timeframe) else PIVOT_WEIGHTS[period]
    known_on, is_brief = bars.stamp(rows.last), period in BRIEF
    found = []
    for kind in settings.ladder_pivots:
        prices = KINDS[kind](values)
        for place, name, label in _pivot_words(kind, tuple(prices), period, is_next):
            source = Source("pivot", name, f"{key}_{kind}_{place}", label, -1, None, known_on, is_brief)
            found.append(Weighed(prices[place], middle if place == "p" else other, source))
    return found


@lru_cache(maxsize=256)
def _pivot_words(kind: str, places: tuple[str, ...], period: str, is_next: bool) -> tuple[tuple[str, str, str], ...]:
    """Of those that are shown: the place, the name of its fact and what a person calls it."""
    called = f"next {period}'s" if is_next else _ADJECTIVES[period]
    named, prefix = "pivot" if kind == "traditional" else f"{kind} pivot", f"pivot_{period}{'_next' if is_next else ''}_{kind}"
    return tuple((place, f"{prefix}.{place}", f"{called} {named} {place.upper()}") for place in places if place in SHOWN_PIVOTS)


@lru_cache(maxsize=64)
def own_period(timeframe: str) -> str:
    """The period whose pivots a chart shows, as TradingView chooses it (`timeframes.pivot_period`)."""
    from levelhead.reading.timeframes import pivot_period

    return pivot_period(timeframe).name


def _in_a_key(bars: Bars, rows: Rows, period: str) -> str:
    day = _date_of(bars, rows.first)
    if period == "day":
        return in_a_name(day)
    if period == "year":
        return str(day.year)
    return f"{day.year}_{day.month:02d}" if period == "month" else in_a_name(_SPANS[period](day).first)


def _is_whole(bars: Bars, rows: Rows, period: str) -> bool:
    """Whether the bars hold a period from its first session on: they begin before it, or no more than a holiday after its start."""
    if rows.first > 0:
        return True
    span: Span = _SPANS[period](as_date(bars.dates[0]))
    return int(np.busday_count(span.first, as_date(bars.dates[0]))) <= 1
