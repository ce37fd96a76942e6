"""Two notes of one instrument, made comparable: the sessions between them, and the earlier note's prices in the later contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars, Provisional
from levelhead.domain.errors import BadNote
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.settling import settle_statements
from levelhead.ledger.statement import Statement
from levelhead.ledger.statements import statements_of
from levelhead.wire.document import Document

ON_THE_WAY = ("level",)  # kinds that are looked at as far as they have come, before their horizon ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What happened between two notes.

    passed: sessions that ended after the earlier note, up to the later one's day; None where the later note's chart does not reach
    back to the earlier. gap: what is added to the earlier note's prices to stand in the later one's contract. statements, outcomes:
    the earlier note's, as far as they have come; () where passed is None.
    """

    passed: int | None
    gap: float
    statements: tuple[Statement, ...]
    outcomes: tuple[Outcome, ...]

    def outcome(self, name: str) -> Outcome | None:
        """What became of the earlier note's statement of that name."""
        return next((outcome for outcome in self.outcomes if outcome.name == name), None)


def between(earlier: Document, later: Document) -> Between:
    """What happened between two notes, by the bars that the later one shows.

    Raises BadNote where they are of two instruments or timeframes, or the first is not the earlier one.
    """
    _check(earlier, later)
    bars, day = _bars(later), dt.date.fromisoformat(earlier["as_of"])
    gap = float(sum(roll.gap for roll in bars.rolls if day < roll.date <= bars.as_of)) if bars is not None else 0.0
    statements = statements_of(earlier)
    if bars is None or not bool((bars.dates == np.datetime64(day)).any()):
        return Between(passed=None, gap=gap, statements=statements, outcomes=())
    finished = len(bars) - (bars.provisional is not None)
    passed = int(np.count_nonzero(bars.dates[:finished] > np.datetime64(day)))
    asked = [
        replace(s, sessions=min(s.sessions, passed)) if s.kind in ON_THE_WAY and passed else s
        for s in statements
        if s.kind != "bias"  # a chart is too short to know the instrument's drift
    ]
    provisional = (earlier.get("provenance") or {}).get("provisional")
    outcomes = settle_statements(asked, bars, day, last=provisional["price"] if provisional else None)
    return Between(passed=passed, gap=bars.instrument.on_grid(gap), statements=statements, outcomes=outcomes)


def last_of(document: Document) -> float:
    """The price a note was made at."""
    value = document["facts"]["last"]["value"]
    return float(value)


def _check(earlier: Document, later: Document) -> None:
    for document in (earlier, later):
        missing = [key for key in ("as_of", "instrument", "facts") if not document.get(key)]
        if missing:
            raise BadNote(f"A note without {', '.join(missing)} cannot be compared; give two note.json of levelhead.")
    one, other = (document["instrument"]["symbol"] for document in (earlier, later))
    if one != other:
        raise BadNote(f"The notes are of {one} and {other}; compare two notes of one instrument.")
    spans = [(document.get("provenance") or {}).get("timeframe", "1d") for document in (earlier, later)]
    if spans[0] != spans[1]:
        raise BadNote(f"The notes are of {spans[0]} and {spans[1]} bars; compare two of one timeframe.")
    if earlier["as_of"] >= later["as_of"]:
        raise BadNote(f"The first note is of {earlier['as_of']}, the second of {later['as_of']}; give the earlier one first.")


def _bars(document: Document) -> Bars | None:
    """The bars that a note's chart shows; None where it has none, or they are no daily ones or longer."""
    series = document.get("series") or {}
    dates = series.get("dates") or ()
    if not dates or "T" in str(dates[0]):
        return None
    made_from: Mapping[str, Any] = document.get("provenance") or {}
    provisional = made_from.get("provisional")
    prices = {name: np.array(series[name], dtype=np.float64) for name in ("open", "high", "low", "close")}
    return Bars(
        instrument=Instrument(**_known(Instrument, document["instrument"])),
        time=np.array(dates, dtype="datetime64[us]"),
        open=prices["open"],
        high=prices["high"],
        low=prices["low"],
        close=prices["close"],
        volume=np.full(len(dates), np.nan),
        row=np.zeros(len(dates), dtype=np.int64),
        timeframe=made_from.get("timeframe", "1d"),
        frame=made_from.get("frame", "as given"),
        rolls=tuple(_roll(row) for row in made_from.get("rolls") or () if row["date"] <= str(dates[-1])),
        adjustment=made_from.get("adjustment", "none"),
        provisional=Provisional(**_known(Provisional, provisional)) if provisional else None,
    )


def _roll(row: Mapping[str, Any]) -> Roll:
    days = {name: dt.date.fromisoformat(row[name]) for name in ("date", "known_on") if row.get(name)}
    return Roll(**{**_known(Roll, row), **days})


def _known(kind: type[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a dataclass that a mapping has."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in row.items() if name in names}
