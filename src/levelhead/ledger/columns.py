"""The ledger's statements and outcomes as one record of columns, a million rows in about a second.

Memory costs more than arithmetic here: rows come some hundreds of notes at a time, through buffers that stay in the processor's
cache, into columns that are made once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadLedger
from levelhead.ledger.lines import RESULTS
from levelhead.ledger.packed import KINDS, OUTCOME, STATEMENT
from levelhead.ledger.record import MOST_OUTCOMES, OPEN, PRICES, Record
from levelhead.ledger.words import Words

if TYPE_CHECKING:
    from levelhead.domain.note import Standing

AT_ONCE = 256  # notes
Columns = dict[str, Any]
Run = Sequence[Any]
Rows = Callable[[str, Mapping[str, str]], Iterator[Run]]  # of a question with :names, and their values: its rows, AT_ONCE
Counts = NDArray[np.int64]
OF_NOTES = "SELECT seq, count, author, symbol, standing, as_of FROM notes"
SAID = "SELECT statements.names, statements.packed FROM statements"
CAME = "SELECT outcomes.note, outcomes.count, outcomes.packed FROM outcomes"


def read_record(
    rows: Rows,
    *,
    author: str | None = None,
    symbol: str | None = None,
    kind: str | None = None,
    since: dt.date | None = None,
    standing: Standing | None = None,
    source: str | None = None,
) -> Record:
    """Every statement of the notes asked for, and what came of it, by note in the order of publishing.

    rows: of one state of the ledger. Raises BadLedger where rows are missing or were changed.
    """
    same = {"author": author, "symbol": symbol, "standing": standing, "source": source}
    values: dict[str, str] = {name: value for name, value in same.items() if value is not None}
    tests = [f"notes.{name} = :{name}" for name in values]
    if since is not None:
        values["since"] = since.isoformat()
        tests.append("notes.as_of >= :since")
    only = f" WHERE {' AND '.join(tests)}" if tests else ""
    of_said, of_came = (f" JOIN notes ON notes.seq = {key}{only}" if tests else "" for key in ("statements.seq", "outcomes.note"))
    meta = [row for run in rows(f"{OF_NOTES}{only} ORDER BY notes.seq", values) for row in run]
    said = rows(f"{SAID}{of_said} ORDER BY statements.seq", values)
    came = rows(f"{CAME}{of_came} ORDER BY outcomes.seq", values)
    seqs, counts = (np.array([row[place] for row in meta], dtype=np.int64) for place in (0, 1))
    try:
        columns = _of_notes(meta, counts) | _said(said, int(counts.sum()))
        record = Record(**columns, **_came(came, seqs, counts))
    except (ValueError, IndexError) as error:
        raise BadLedger(f"The ledger's tables contradict each other ({error}); `levelhead verify` says which rows.") from None
    return record if kind is None else record.where(record.kind == kind)


def _of_notes(meta: Run, counts: Counts) -> Columns:
    """What is the same for every statement of a note."""
    words = {name: Words.of(row[place] for row in meta) for place, name in enumerate(OF_A_NOTE, 2)}
    spread = {name: Words(column.names, np.repeat(column.places, counts)) for name, column in words.items()}
    return {**spread, "as_of": np.repeat(np.array([row[5] for row in meta], dtype="datetime64[D]"), counts)}


def _said(runs: Iterator[Run], count: int) -> Columns:
    """What was said: `count` statements, unpacked."""
    said, base = np.empty((count, MOST_OUTCOMES)), np.empty((count, MOST_OUTCOMES))
    prices = {name: np.empty(count) for name in PRICES}
    sessions, possible = (np.empty(count, dtype=np.int64) for _ in range(2))
    kinds, named = (np.empty(count, dtype=np.int32) for _ in range(2))
    names, first = Names(), 0
    for rows in runs:
        part = np.frombuffer(b"".join([row[1] for row in rows]), dtype=STATEMENT)
        here = slice(first, first + len(part))
        first = here.stop
        said[here], base[here] = _scored(part, "said"), _scored(part, "base")
        for place, name in enumerate(PRICES):
            prices[name][here] = part["prices"][:, place]
        sessions[here], kinds[here], possible[here] = part["sessions"], part["kind"], part["count"] - part["void"]
        named[here] = np.concatenate([names.codes(row[0]) for row in rows])
    if first != count:
        raise ValueError(f"{first} statements are there, {count} were made")
    words = {"name": Words(names.words(), named), "kind": Words(np.array(KINDS), kinds)}
    return {**words, "said": said, "base": base, "prices": prices, "sessions": sessions, "count": possible}


def _came(runs: Iterator[Run], seqs: Counts, counts: Counts) -> Columns:
    """What came of the statements of the notes `seqs`, each of which has so many: open, where nothing is kept."""
    count, first = int(counts.sum()), np.cumsum(counts) - counts
    happened, on = np.full(count, OPEN, dtype=np.int64), np.full(count, "NaT", dtype="datetime64[D]")
    results = {name: np.full(count, np.nan) for name in RESULTS}
    for rows in runs:
        part = np.frombuffer(b"".join([row[2] for row in rows]), dtype=OUTCOME)
        note = np.searchsorted(seqs, [row[0] for row in rows])
        at = np.repeat(first[note], [row[1] for row in rows]) + part["statement"]
        happened[at], on[at] = part["outcome"], part["on"]
        for place, name in enumerate(RESULTS):
            results[name][at] = part["results"][:, place]
    return {"outcomes": happened, "settled_on": on, **results}


OF_A_NOTE = ("author", "symbol", "standing")


def _scored(part: NDArray[np.void], name: str) -> NDArray[np.float64]:
    """The chances as they are scored: where the last outcome is void, those of the others given that it is not (record.spoken)."""
    chances: NDArray[np.float64] = part[name]
    rows = np.flatnonzero(part["void"])
    if not len(rows):
        return chances
    scored = chances.copy()
    some = scored[rows]
    some[np.arange(len(rows)), part["count"][rows].astype(np.int64) - 1] = np.nan
    rest = np.nansum(some, axis=1, keepdims=True)
    scored[rows] = np.where(rest > 0.0, some / np.where(rest > 0.0, rest, 1.0), np.nan)
    return scored


class Names:
    """Names as numbers. Notes mostly have the same ones: a list is split once."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._split: dict[str, Counts] = {}

    def codes(self, listed: str) -> Counts:
        """The number of each name of a note."""
        known = self._split.get(listed)
        if known is None:
            each = listed.split("\n") if listed else []
            known = np.array([self._codes.setdefault(name, len(self._codes)) for name in each], dtype=np.int64)
            self._split[listed] = known
        return known

    def words(self) -> NDArray[np.str_]:
        """The names by their numbers."""
        return np.array(list(self._codes), dtype=np.str_)
