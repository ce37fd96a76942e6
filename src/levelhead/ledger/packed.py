"""Statements and outcomes as packed rows of numbers, one run of bytes for each entry, so that a million are read in a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np

from levelhead.ledger.lines import RESULTS
from levelhead.ledger.outcome import VOID
from levelhead.ledger.record import MOST_OUTCOMES, PRICES, index_of
from levelhead.ledger.statement import Kind

KINDS: tuple[str, ...] = get_args(Kind)
VERSION = "0001"  # of the tables' schema: the newest step of migrations/versions
# Both layouts are part of that schema: another one needs a migration.
STATEMENT = np.dtype(
    [
        ("said", "<f8", (MOST_OUTCOMES,)),
        ("base", "<f8", (MOST_OUTCOMES,)),
        ("prices", "<f8", (len(PRICES),)),
        ("sessions", "<i4"),
        ("kind", "<i2"),
        ("count", "i1"),
        ("void", "i1"),  # whether the last of its outcomes is void
    ]
)
OUTCOME = np.dtype([("results", "<f8", (len(RESULTS),)), ("on", "<M8[D]"), ("statement", "<i4"), ("outcome", "<i4")])


def packed_statements(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """The statements of a note, one row of STATEMENT each."""
    rows = [
        (
            _padded(line["said"]),
            _padded(line["base"]),
            tuple(line["prices"].get(name, np.nan) for name in PRICES),
            line["sessions"],
            KINDS.index(line["kind"]),
            len(line["outcomes"]),
            line["outcomes"][-1] == VOID,
        )
        for line in lines
    ]
    return np.array(rows, dtype=STATEMENT).tobytes()


def packed_outcomes(lines: Sequence[Mapping[str, Any]], statements: Mapping[str, tuple[int, tuple[str, ...]]]) -> bytes:
    """Outcomes of a note's statements, one row of OUTCOME each, naming the statement by its place in the note.

    statements: the place of each, and what may come of it.
    """
    rows = []
    for line in lines:
        place, possible = statements[line["name"]]
        results = tuple(np.nan if line.get(name) is None else line[name] for name in RESULTS)
        rows.append((results, np.datetime64(line["on"] or "NaT", "D"), place, index_of(possible, line["outcome"])))
    return np.array(rows, dtype=OUTCOME).tobytes()


def _padded(values: Sequence[float]) -> tuple[float, ...]:
    return (*values, *(np.nan,) * (MOST_OUTCOMES - len(values)))
