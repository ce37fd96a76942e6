"""Records made by hand: a row is an author, a day, a statement and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from levelhead.ledger.outcome import Outcome
from levelhead.ledger.record import Meta, Record, record_of
from levelhead.ledger.statement import Statement

MONDAY = dt.date(2024, 1, 8)
OUTCOMES = {
    "scenario": ("up", "range", "down"),
    "outlook": ("up", "flat", "down"),
    "target": ("true", "false"),
    "claim": ("true", "false"),
    "setup": ("unfilled", "target", "stop", "expired"),
    "level": ("held", "broken", "reclaimed", "untested"),
    "bias": ("right", "wrong", "neither"),
}
Row = tuple[Meta, Statement, Outcome]


def row(
    kind: str,
    outcome: str,
    *,
    week: int = 0,
    said: tuple[float, ...] = (),
    base: tuple[float, ...] = (),
    author: str = "levelhead",
    symbol: str = "RTY",
    standing: str = "replayed",
    sessions: int = 4,
    outcomes: tuple[str, ...] | None = None,
    result: tuple[float, float] | None = None,
    dollars: tuple[float, float] | None = None,
    prices: Mapping[str, float] | None = None,
    name: str = "",
) -> Row:
    """One statement of the note of a Monday, `week` weeks after the first, and what came of it."""
    day = MONDAY + dt.timedelta(weeks=week)
    statement = Statement(
        name=name or kind,
        kind=kind,  # type: ignore[arg-type]
        claim="",
        sessions=sessions,
        outcomes=outcomes or OUTCOMES[kind],
        said=said,
        base=base,
        prices=prices or {},
    )
    low, high = result or (None, None)
    became = Outcome(
        name=statement.name,
        outcome=outcome,
        on=None if outcome == "open" else day + dt.timedelta(days=sessions),
        sessions=sessions,
        result_low=low,
        result_high=high,
        dollars_low=None if dollars is None else dollars[0],
        dollars_high=None if dollars is None else dollars[1],
    )
    return Meta(author=author, symbol=symbol, standing=standing, as_of=day), statement, became


def made_record(*rows: Row) -> Record:
    """The record of these rows."""
    return record_of(rows)
