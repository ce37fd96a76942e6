"""Which pivots a note means: the kind and the period whose set has its values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from levelhead.kernels.pivots import KINDS, PivotSet
from levelhead.reading.periods import Span as Days
from levelhead.reading.periods import before, day_of, missing, month_of, period_of, rows_in, week_of, year_of
from levelhead.review.allowance import allowed, holds
from levelhead.review.evidence import Evidence
from levelhead.review.said import Money

KIND_WORDS = re.compile(r"\b(?P<kind>traditional|standard|floor|fibonacci|camarilla|woodie|demark|classic)\b", re.I)
PERIOD_WORDS = re.compile(r"\b(?P<period>dail(?:y|ies)|week(?:ly)?|month(?:ly)?|year(?:ly)?|annual)\b", re.I)
_NEAR_PIVOT = 60  # characters
_PIVOT = re.compile(r"\bpivots?\b", re.I)
PERIODS = {"d": "daily", "w": "weekly", "m": "monthly", "y": "yearly", "a": "yearly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotsOf:
    """One kind's pivots of one finished period. called: 'traditional monthly'; source: 'February 2025 (high …, low …, close …)'."""

    kind: str
    period: str
    values: PivotSet
    source: str

    @property
    def called(self) -> str:
        """'traditional monthly'."""
        return f"{self.kind} {self.period}"


def sets_of(evidence: Evidence) -> tuple[PivotsOf, ...]:
    """All kinds of the month, week, day and year before the note's own, and of the note's own day, and of a week or month over."""
    found = []
    for period, days, opens in _periods(evidence):
        if missing(evidence.bars, days, evidence.sessions):
            continue
        finished = period_of(evidence.bars, days, opens)
        source = (
            f"{days.called} (high {evidence.price(finished.high)}, low {evidence.price(finished.low)}, "
            f"close {evidence.price(finished.close)})"
        )
        for kind, rule in KINDS.items():
            if values := rule(finished):
                found.append(PivotsOf(kind=kind, period=period, values=values, source=source))
    return tuple(found)


def _periods(evidence: Evidence) -> Iterator[tuple[str, Days, float | None]]:
    """Period, its days, and the open of the one after it where that has opened."""
    bars, day = evidence.bars, evidence.day
    for period, of in (("monthly", month_of), ("weekly", week_of), ("yearly", year_of)):
        own = of(day)
        yield period, of(before(own)), float(bars.open[rows_in(bars, own).start])
    if bars.days is None and len(bars) > 1:
        yield "daily", day_of(_day(bars.dates[-2])), float(bars.open[-1])
    yield "daily", day_of(day), None
    yield from ((period, own, None) for period, own in _over(evidence))


def _over(evidence: Evidence) -> Iterator[tuple[str, Days]]:
    """The week or month that the note's day ends, by the session table; without one, a Friday ends the week."""
    table, day = evidence.sessions, evidence.day
    if table is None or not table.first <= day < table.last:
        if day.weekday() == 4:
            yield "weekly", week_of(day)
        return
    if table.is_week_end(day):
        yield "weekly", week_of(day)
    if table.is_month_end(day):
        yield "monthly", month_of(day)


def _day(day: np.datetime64) -> dt.date:
    return dt.date.fromisoformat(str(day)[:10])


def said_kind(text: str) -> tuple[str, str]:
    """The kind and period that a note names beside the word pivot, '' where it names none."""
    kind = period = ""
    for found in _PIVOT.finditer(text):
        near = text[max(0, found.start() - _NEAR_PIVOT) : found.end() + _NEAR_PIVOT]
        kind = kind or _first(KIND_WORDS, near)
        close_by = text[max(0, found.start() - 24) : found.end() + 16]
        period = period or _first(PERIOD_WORDS, close_by)
    named = {"standard": "traditional", "floor": "traditional"}.get(kind, kind)
    return named, PERIODS.get(period[:1], "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().lower() if found else ""


class Printed(Protocol):
    """A pivot that a note prints: its name ('s2') and value."""

    @property
    def name(self) -> str:
        """'p', 's2', ..."""

    @property
    def value(self) -> Money:
        """As printed."""


def best_fit(evidence: Evidence, sets: Sequence[PivotsOf], said: Sequence[Printed]) -> tuple[PivotsOf | None, int]:
    """The set that has most of the printed values, and how many; of equals the first; None where none has any."""
    best, most = None, 0
    for candidate in sets:
        fits = sum(fits_in(evidence, candidate, pivot.name, pivot.value) for pivot in said)
        if fits > most:
            best, most = candidate, fits
    return best, most


def fits_in(evidence: Evidence, candidate: PivotsOf, name: str, money: Money) -> bool:
    """Whether the set's pivot of that name is what the note prints."""
    value = candidate.values.get(name)
    return value is not None and holds(money, value, allowed("pivot", money, evidence.atr))
