"""Statements and outcomes as JSON values and back: how entries and tables hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from levelhead.ledger.outcome import Outcome
from levelhead.ledger.statement import Statement

Line = dict[str, Any]
RESULTS = ("result_low", "result_high", "dollars_low", "dollars_high")


def statement_line(statement: Statement) -> Line:
    """A statement as JSON values."""
    return {
        "name": statement.name,
        "kind": statement.kind,
        "claim": statement.claim,
        "sessions": statement.sessions,
        "outcomes": list(statement.outcomes),
        "said": list(statement.said),
        "base": list(statement.base),
        "windows": statement.windows,
        "prices": dict(statement.prices),
    }


def statement_of(line: Mapping[str, Any]) -> Statement:
    """The statement that such values are."""
    return Statement(
        name=line["name"],
        kind=line["kind"],
        claim=line["claim"],
        sessions=line["sessions"],
        outcomes=tuple(line["outcomes"]),
        said=tuple(map(float, line["said"])),
        base=tuple(map(float, line["base"])),
        windows=line["windows"],
        prices={name: float(price) for name, price in line["prices"].items()},
    )


def outcome_line(outcome: Outcome) -> Line:
    """An outcome as JSON values; a result that there is none of is left out."""
    line: Line = {"name": outcome.name, "outcome": outcome.outcome, "sessions": outcome.sessions}
    line["on"] = None if outcome.on is None else outcome.on.isoformat()
    if outcome.reason:
        line["reason"] = outcome.reason
    return line | {name: getattr(outcome, name) for name in RESULTS if getattr(outcome, name) is not None}


def outcome_of(line: Mapping[str, Any]) -> Outcome:
    """The outcome that such values are."""
    return Outcome(
        name=line["name"],
        outcome=line["outcome"],
        on=None if line["on"] is None else dt.date.fromisoformat(line["on"]),
        sessions=line["sessions"],
        reason=line.get("reason", ""),
        **{name: None if line.get(name) is None else float(line[name]) for name in RESULTS},
    )
