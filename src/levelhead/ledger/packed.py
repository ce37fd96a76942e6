"""Statements and outcomes as packed rows of numbers, one run of bytes for each entry, so that a million are read in a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np

from levelhead.ledger.lines import RESULTS
from levelhead.ledger.record import MOST_OUTCOMES, PRICES, count_of, index_of, spoken
from levelhead.ledger.statement import Kind

KINDS: tuple[str, ...] = get_args(Kind)
# Both layouts are part of the tables' schema: another one needs a migration.
STATEMENT = np.dtype(
    [
        ("kind", "<i4"),
        ("count", "<i4"),
        ("sessions", "<i8"),
        ("said", "<f8", (MOST_OUTCOMES,)),
        ("base", "<f8", (MOST_OUTCOMES,)),
        ("prices", "<f8", (len(PRICES),)),
    ]
)
OUTCOME = np.dtype([("statement", "<i4"), ("outcome", "<i4"), ("on", "<M8[D]"), ("results", "<f8", (len(RESULTS),))])


def packed_statements(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """The statements of a note, one row of STATEMENT each."""
    rows = np.zeros(len(lines), dtype=STATEMENT)
    rows["said"] = rows["base"] = np.nan
    for row, line in zip(rows, lines, strict=True):
        row["kind"], row["count"], row["sessions"] = KINDS.index(line["kind"]), count_of(line["outcomes"]), line["sessions"]
        for name in ("said", "base"):
            chances = spoken(line["outcomes"], line[name])
            row[name][: len(chances)] = chances
        row["prices"] = [line["prices"].get(name, np.nan) for name in PRICES]
    return rows.tobytes()


def packed_outcomes(lines: Sequence[Mapping[str, Any]], statements: Sequence[Mapping[str, Any]]) -> bytes:
    """Outcomes of a note's statements, one row of OUTCOME each, naming the statement by its place in the note."""
    places = {line["name"]: place for place, line in enumerate(statements)}
    rows = np.zeros(len(lines), dtype=OUTCOME)
    for row, line in zip(rows, lines, strict=True):
        place = places[line["name"]]
        row["statement"], row["outcome"] = place, index_of(tuple(statements[place]["outcomes"]), line["outcome"])
        row["on"] = line["on"] or "NaT"
        row["results"] = [np.nan if line.get(name) is None else line[name] for name in RESULTS]
    return rows.tobytes()
