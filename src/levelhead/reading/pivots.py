"""Pivots of six kinds, monthly on a daily chart, and the periods they and the levels come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.pivots import KINDS, Period
from levelhead.reading.facts import Findings
from levelhead.reading.periods import (
    Part,
    Span,
    before,
    closed_by,
    facts_of_rows,
    missing,
    month_of,
    period_facts,
    period_of,
    rows_in,
    week_of,
    year_of,
)
from levelhead.reading.timeframes import DAY, MONTH, WEEK, YEARLY, in_bars_of, pivot_period, prior_span

_ALL: tuple[Part, ...] = ("open", "high", "low", "close")
_RANGE: tuple[Part, ...] = ("high", "low")
_P = "({h} + {l} + {c}) / 3"
_INNER = {"r1": "2 * {p} - {l}", "s1": "2 * {p} - {h}", "r2": "{p} + ({h} - {l})", "s2": "{p} - ({h} - {l})"}

# The formulas of kernels.pivots as a note prints them; a test holds the two together.
FORMULAS: Mapping[str, Mapping[str, str]] = {
    "traditional": {
        "p": _P,
        **_INNER,
        "r3": "2 * {p} + ({h} - 2 * {l})",
        "s3": "2 * {p} - (2 * {h} - {l})",
        "r4": "3 * {p} + ({h} - 3 * {l})",
        "s4": "3 * {p} - (3 * {h} - {l})",
        "r5": "4 * {p} + ({h} - 4 * {l})",
        "s5": "4 * {p} - (4 * {h} - {l})",
    },
    "fibonacci": {
        "p": _P,
        "r1": "{p} + 0.382 * ({h} - {l})",
        "s1": "{p} - 0.382 * ({h} - {l})",
        "r2": "{p} + 0.618 * ({h} - {l})",
        "s2": "{p} - 0.618 * ({h} - {l})",
        "r3": "{p} + ({h} - {l})",
        "s3": "{p} - ({h} - {l})",
    },
    "camarilla": {
        "p": _P,
        **{f"r{n}": f"{{c}} + 1.1 * ({{h}} - {{l}}) / {part}" for n, part in enumerate((12, 6, 4, 2), 1)},
        **{f"s{n}": f"{{c}} - 1.1 * ({{h}} - {{l}}) / {part}" for n, part in enumerate((12, 6, 4, 2), 1)},
        "r5": "{h} / {l} * {c}",
        "s5": "2 * {c} - {h} / {l} * {c}",
    },
    "woodie": {
        "p": "({h} + {l} + 2 * {now}) / 4",
        **_INNER,
        "r3": "{h} + 2 * ({p} - {l})",
        "s3": "{l} - 2 * ({h} - {p})",
        "r4": "{r3} + ({h} - {l})",
        "s4": "{s3} - ({h} - {l})",
    },
    "demark": {"r1": "2 * {p} - {l}", "s1": "2 * {p} - {h}"},
    "classic": {
        "p": _P,
        **_INNER,
        "r3": "{p} + 2 * ({h} - {l})",
        "s3": "{p} - 2 * ({h} - {l})",
        "r4": "{p} + 3 * ({h} - {l})",
        "s4": "{p} - 3 * ({h} - {l})",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """A finished period and the names of the facts that state it. called: 'monthly pivot', "next month's pivot"."""

    period: Period
    names: Mapping[str, str]
    called: str
    known_on: dt.date | None


def pivot_facts(
    bars: Bars, sessions: SessionTable | None, kept: dict[object, Any] | None = None
) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """prior_month, prior_week, prior_year, this_year, this_month.open and pivot_month_<kind>.*; and what is not known yet.

    On a week's last session, by the session table, this_week.high and low are given too: from then on they are the week's.

    Pivots come from the month before the as_of bar's own, as on a daily TradingView chart. On a month's last session, by
    the session table, this_month.* and pivot_month_next_<kind>.* follow from the as_of month itself; without a table, or
    with a provisional last bar, the month is not known to be over and they are absent. Woodie's next set waits for the
    next month's open. Bars of another length have the pivots of another period: see `_of_other_bars`. kept: what was found of
    finished periods on the day of the series that was asked for last.
    """
    if bars.timeframe != "1d":
        return _of_other_bars(bars, sessions)
    finished = _finished(bars, sessions, {} if kept is None else kept)
    facts: dict[str, Fact] = {}
    unknown = list(finished.year_unknown)
    if not unknown:
        year = slice(finished.year_begins, len(bars))
        facts |= facts_of_rows(bars, finished.year, year, "this_year", _RANGE)
    for prior in (finished.prior_week, finished.prior_year):
        facts |= prior[0]
        unknown += prior[1]
    over = closed_by(sessions, bars.as_of) if sessions is not None else ()
    if "week" in over and bars.provisional is None:
        unknown += _add(bars, week_of(bars.as_of), "this_week", _RANGE, sessions, facts)
    facts |= finished.prior_month[0]
    unknown += finished.prior_month[1]
    if finished.pivots:
        month = slice(finished.month_begins, len(bars))
        facts |= facts_of_rows(bars, finished.month, month, "this_month", ("open",))
        facts |= finished.pivots
    if "month" in over:
        unknown += _next_month(bars, month_of(bars.as_of), sessions, facts)
    return facts, tuple(unknown)


class _Finished(NamedTuple):
    """What the finished periods have brought, the same on all days of one week of one month.

    of: those days. year, year_begins: of the last bar, and its first row; year_unknown: why its range cannot be known. prior_week,
    prior_year, prior_month: of the one before. month, month_begins: as of the year. pivots: of the month before, none where it is
    not known.
    """

    of: tuple[SessionTable | None, dt.date, dt.date]
    year: Span
    year_begins: int
    year_unknown: tuple[str, ...]
    prior_week: Findings
    prior_year: Findings
    prior_month: Findings
    month: Span
    month_begins: int
    pivots: dict[str, Fact]


def _finished(bars: Bars, sessions: SessionTable | None, kept: dict[object, Any]) -> _Finished:
    """Found anew when a week or a month begins; kept is the last."""
    day = bars.as_of
    of = (sessions, day - dt.timedelta(days=day.weekday()), day.replace(day=1))
    found: _Finished | None = kept.get("finished periods")
    if found is None or found.of != of:
        is_month_known = found is not None and (found.of[0], found.of[2]) == (sessions, of[2])
        found = kept["finished periods"] = _finished_of(bars, sessions, of, found if is_month_known else None)
    return found


def _finished_of(
    bars: Bars, sessions: SessionTable | None, of: tuple[SessionTable | None, dt.date, dt.date], same_month: _Finished | None
) -> _Finished:
    """same_month: of another week of the month, of which all but the week before is the same."""
    _, monday, first = of
    prior_week = _found(bars, week_of(before(week_of(monday))), "prior_week", _RANGE, sessions)
    if same_month is not None:
        return same_month._replace(of=of, prior_week=prior_week)
    year, month = year_of(first), month_of(first)
    begins = rows_in(bars, month).start
    prior_month = _month_before(bars, month, sessions)
    return _Finished(
        of=of,
        year=year,
        year_begins=rows_in(bars, year).start,
        year_unknown=tuple(_unknown(bars, year, _RANGE, sessions)),
        prior_week=prior_week,
        prior_year=_found(bars, year_of(before(year)), "prior_year", ("high", "low", "close"), sessions),
        prior_month=prior_month,
        month=month,
        month_begins=begins,
        pivots={} if prior_month[1] else _pivots_of_month(bars, month_of(before(month)), float(bars.open[begins])),
    )


def _month_before(bars: Bars, month: Span, sessions: SessionTable | None) -> Findings:
    facts: dict[str, Fact] = {}
    prior = month_of(before(month))
    if _add(bars, prior, "prior_month", _ALL, sessions, facts):
        return {}, (f"Monthly pivots need the whole of {prior.called}: {missing(bars, prior, sessions)}.",)
    return facts, ()


def _pivots_of_month(bars: Bars, month: Span, opened: float) -> dict[str, Fact]:
    """pivot_month_<kind>.*; opened: at which price the month after it did."""
    basis = _Basis(
        period=period_of(bars, month, opened),
        names=_names("prior_month") | {"now": "this_month.open"},
        called="monthly pivot",
        known_on=bars.stamp(rows_in(bars, month).stop - 1),
    )
    return dict(_pivots(basis, "pivot_month"))


def _of_other_bars(bars: Bars, sessions: SessionTable | None) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """pivot_day_*, pivot_week_* or pivot_year_*, of the period before, and the highs and lows that bars of this length show.

    A week or month reaches over the edges of longer periods: of weekly and monthly bars there is no prior week and month, and
    a year is made of the weeks whose last session lies in it.
    """
    period = pivot_period(bars.timeframe)
    prior, this = prior_span(bars, period), in_bars_of(bars, period.span_of(bars.as_of))
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    for other, parts in ((DAY, _RANGE), (WEEK, _RANGE), (MONTH, _RANGE)) if bars.days is not None else ():
        if other != period:
            unknown += _add(bars, prior_span(bars, other), f"prior_{other.name}", parts, sessions, facts)
    if period == YEARLY:
        unknown += _add(bars, this, "this_year", _RANGE, sessions, facts)
    if _add(bars, prior, f"prior_{period.name}", _ALL, sessions, facts):
        name = f"{period.adjective.capitalize()} pivots"
        return facts, (*unknown, f"{name} need the whole of {prior.called}: {missing(bars, prior, sessions)}.")
    opening = f"this_{period.name}.open"
    facts |= period_facts(bars, this, f"this_{period.name}", ("open",))
    names = _names(f"prior_{period.name}") | {"now": opening}
    known_on = facts[f"prior_{period.name}.close"].date
    values = period_of(bars, prior, float(facts[opening].value))
    facts |= _pivots(
        _Basis(period=values, names=names, called=f"{period.adjective} pivot", known_on=known_on), f"pivot_{period.name}"
    )
    return facts, tuple(unknown)


def _next_month(bars: Bars, month: Span, sessions: SessionTable | None, facts: dict[str, Fact]) -> list[str]:
    if bars.provisional is not None:
        return ["Next month's pivots are not yet known: the month's last bar is provisional."]
    why = missing(bars, month, sessions)
    if why:
        return [f"Next month's pivots need the whole of {month.called}: {why}."]
    facts |= period_facts(bars, month, "this_month", _ALL)
    basis = _Basis(period=period_of(bars, month), names=_names("this_month"), called="next month's pivot", known_on=bars.as_of)
    facts |= _pivots(basis, "pivot_month_next")
    return []


def _add(
    bars: Bars, span: Span, name: str, parts: tuple[Part, ...], sessions: SessionTable | None, facts: dict[str, Fact]
) -> list[str]:
    """Adds the facts of a span, or says why they are absent."""
    unknown = _unknown(bars, span, parts, sessions)
    if not unknown:
        facts |= period_facts(bars, span, name, parts)
    return unknown


def _found(bars: Bars, span: Span, name: str, parts: tuple[Part, ...], sessions: SessionTable | None) -> Findings:
    """The facts of a span, or why they are absent."""
    facts: dict[str, Fact] = {}
    return facts, tuple(_add(bars, span, name, parts, sessions, facts))


def _unknown(bars: Bars, span: Span, parts: tuple[Part, ...], sessions: SessionTable | None) -> list[str]:
    """Why the facts of a span are absent, if they are."""
    why = missing(bars, span, sessions)
    return [f"The {', '.join(parts[:-1])} and {parts[-1]} of {span.called} cannot be known: {why}."] if why else []


def _names(period: str) -> dict[str, str]:
    return {letter: f"{period}.{part}" for letter, part in zip("ohlc", _ALL, strict=True)}


def _pivots(basis: _Basis, prefix: str) -> Mapping[str, Fact]:
    return _pivots_of(basis.period, tuple(basis.names.items()), basis.called, basis.known_on, prefix)


@lru_cache(maxsize=64)
def _pivots_of(
    period: Period, names_of: tuple[tuple[str, str], ...], called: str, known_on: dt.date | None, prefix: str
) -> Mapping[str, Fact]:
    """The same all through the next period: worked out once."""
    basis = _Basis(period=period, names=dict(names_of), called=called, known_on=known_on)
    of_period = _period_values(basis)
    facts: dict[str, Fact] = {}
    for kind, rule in KINDS.items():
        values = rule(period)
        middle = demark_formula(period.open, period.close) if kind == "demark" else None
        written = _written(kind, tuple(values), names_of, called, prefix, middle)
        known = of_period | {pivot.name: value for pivot, value in zip(written, values.values(), strict=True)}
        for pivot in written:
            facts[pivot.name] = fact_of(
                known[pivot.name],
                "price",
                pivot.meaning,
                pivot.formula,
                inputs={name: known[name] for name in pivot.inputs},
                known_on=known_on,
            )
    return MappingProxyType(facts)


class _Written(NamedTuple):
    """A pivot but for its numbers. inputs: the names that its formula uses."""

    name: str
    meaning: str
    formula: str
    inputs: tuple[str, ...]


@lru_cache(maxsize=64)
def _written(
    kind: str, keys: tuple[str, ...], names_of: tuple[tuple[str, str], ...], called: str, prefix: str, middle: str | None
) -> tuple[_Written, ...]:
    """The pivots of a kind, the same for every period; middle: the formula of DeMark's P, which depends on how one closed."""
    formulas = FORMULAS[kind] if middle is None else {"p": middle, **FORMULAS[kind]}
    own = {key: f"{prefix}_{kind}.{key}" for key in keys}
    names = dict(names_of) | own
    return tuple(
        _Written(
            name=own[key],
            meaning=f"{called} {key.upper()} ({kind})",
            formula=formulas[key].format(**names),
            inputs=tuple(name for letter, name in names.items() if f"{{{letter}}}" in formulas[key]),
        )
        for key in keys
    )


def _period_values(basis: _Basis) -> dict[str, float]:
    letters = {"o": basis.period.open, "h": basis.period.high, "l": basis.period.low, "c": basis.period.close}
    if basis.period.next_open is not None:
        letters["now"] = basis.period.next_open
    return {name: letters[letter] for letter, name in basis.names.items()}


def demark_formula(opened: float, closed: float) -> str:
    """DeMark's P weighs the high after a rising period, the low after a falling one, else the close, twice."""
    if closed > opened:
        return "(2 * {h} + {l} + {c}) / 4"
    if closed < opened:
        return "({h} + 2 * {l} + {c}) / 4"
    return "({h} + {l} + 2 * {c}) / 4"
