"""The rows beside the chain, derived from its entries once more and compared with what is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from levelhead.domain.errors import LevelheadError
from levelhead.domain.sessions import SessionTable
from levelhead.ledger.entry import Entry, digest, moment_of, read_entry
from levelhead.ledger.kept import Document, Fault
from levelhead.ledger.opening import path_opens
from levelhead.ledger.rows import DERIVED, NoteShape, rows_of, shape_of
from levelhead.ledger.tables import documents, notes

SessionsOf = Callable[[Document], SessionTable | None]
UNREADABLE = (KeyError, TypeError, ValueError, IndexError, AttributeError, LevelheadError)


class Derivation:
    """What the entries so far say must be in the other tables."""

    def __init__(self, connection: Connection, sessions: SessionsOf | None = None) -> None:
        self._connection = connection
        self._sessions = sessions
        self._last = -1
        self._shapes: dict[str, NoteShape] = {}
        self._same: dict[tuple[tuple[str, tuple[str, ...]], ...], tuple[tuple[str, tuple[str, ...]], ...]] = {}
        self._settled: dict[int, int] = {}
        self._documents: set[str] = set()

    def compare(self, rows: Sequence[Any]) -> Iterator[Fault]:
        """What differs in the rows that belong to these entries, the next ones of the chain."""
        expected: dict[Table, dict[int, Mapping[str, Any]]] = {table: {} for table in DERIVED}
        for row in rows:
            try:
                entry = read_entry(row.text)
                for table, derived in rows_of(entry, self._shapes):
                    expected[table][row.seq] = dict(derived) | {"seq": row.seq}
                if entry.kind == "note":
                    self._remember(entry, row)
                    expected[notes][row.seq] = {**expected[notes][row.seq], "hash": row.hash}
                yield from self._against_the_rules(entry, row.seq)
            except UNREADABLE as error:
                said = f"Entry {row.seq} cannot be followed ({type(error).__name__}: {error}): what it is about is not there."
                yield Fault(kind="changed", where=f"entry {row.seq}", text=said)
        first, self._last = self._last + 1, rows[-1].seq
        for table in DERIVED:
            yield from self._compared(table, expected[table], first, self._last)
        yield from self._without_document(expected[notes])

    def rest(self) -> Iterator[Fault]:
        """Rows and documents that belong to no entry at all."""
        for table in DERIVED:
            yield from self._compared(table, {}, self._last + 1, None)
            yield from self._compared(table, {}, None, -1)
        for found in self._connection.execute(select(documents.c.digest)).scalars().all():
            if found not in self._documents:
                said = f"The document {found[:23]}... was added: no entry names it."
                yield Fault(kind="added", where=f"documents {found}", text=said)

    def _remember(self, entry: Entry, row: Any) -> None:
        shape = shape_of(row.seq, entry.content["statements"])
        same = self._same.setdefault(shape.statements, shape.statements)
        self._shapes[row.hash] = NoteShape(seq=row.seq, statements=same)

    def _against_the_rules(self, entry: Entry, seq: int) -> Iterator[Fault]:
        """What hangs together as a chain, and yet no ledger of ours would have written."""
        if entry.kind == "note":
            opens = moment_of(entry.content["path_opens"])
            if entry.content["standing"] == "live" and entry.at >= opens:
                said = (
                    f"Entry {seq} is back-dated: it stands as live, and was published at {entry.at} after its path opened, {opens}."
                )
                yield Fault(kind="back-dated", where=f"entry {seq}", text=said)
        elif entry.kind == "outcomes":
            note = self._shapes[entry.content["note"]]
            places = note.places
            for line in entry.content["outcomes"]:
                bit = 1 << places[line["name"]][0]
                if self._settled.get(note.seq, 0) & bit:
                    said = f"Entry {seq} settles {line['name']!r} of the note in entry {note.seq} a second time."
                    yield Fault(kind="added", where=f"entry {seq}", text=said)
                self._settled[note.seq] = self._settled.get(note.seq, 0) | bit

    def _compared(
        self, table: Table, expected: Mapping[int, Mapping[str, Any]], first: int | None, last: int | None
    ) -> Iterator[Fault]:
        asked = select(table).order_by(table.c.seq)
        asked = asked if first is None else asked.where(table.c.seq >= first)
        asked = asked if last is None else asked.where(table.c.seq <= last)
        there: dict[int, Mapping[str, Any]] = {row["seq"]: dict(row) for row in self._connection.execute(asked).mappings()}
        for seq in sorted(expected.keys() | there.keys()):
            where = f"{table.name} {seq}"
            if seq not in there:
                yield Fault(kind="missing", where=where, text=f"The row of entry {seq} in {table.name} is missing.")
            elif seq not in expected:
                yield Fault(kind="added", where=where, text=f"The row {seq} in {table.name} was added: no entry says it.")
            else:
                yield from _differences(table, seq, there[seq], expected[seq])

    def _opened_before(self, text: str, seq: int, published_at: str) -> Iterator[Fault]:
        """Whether a live note's path had opened by the session table, whatever its entry says."""
        if self._sessions is None:
            return
        document = json.loads(text)
        opens = path_opens(document, self._sessions(document))
        if moment_of(published_at) >= opens:
            said = f"Entry {seq} is back-dated: it stands as live, was published at {published_at}, and its path opened at {opens}."
            yield Fault(kind="back-dated", where=f"entry {seq}", text=said)

    def _without_document(self, expected: Mapping[int, Mapping[str, Any]]) -> Iterator[Fault]:
        named = {row["digest"]: seq for seq, row in expected.items() if row["digest"] not in self._documents}
        self._documents |= named.keys()
        live = {row["digest"]: (seq, row["published_at"]) for seq, row in expected.items() if row["standing"] == "live"}
        there: dict[str, bool] = {}
        for row in self._connection.execute(select(documents).where(documents.c.digest.in_(named.keys() | live.keys()))):
            there[row.digest] = digest(row.text) == row.digest
            if row.digest in live and there[row.digest]:
                yield from self._opened_before(row.text, *live[row.digest])
        for name, seq in named.items():
            where = f"documents {name}"
            if name not in there:
                yield Fault(kind="missing", where=where, text=f"The document of entry {seq}, {name[:23]}..., is missing.")
            elif not there[name]:
                said = f"The document of entry {seq} was changed: its text has another hash than {name[:23]}..."
                yield Fault(kind="changed", where=where, text=said)


def _differences(table: Table, seq: int, there: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[Fault]:
    for name, says in expected.items():
        kept = bytes(there[name]) if isinstance(there[name], memoryview) else there[name]
        if kept != says:
            is_short = name not in ("packed", "names")
            said = f"{name} holds {kept!r}, the entry says {says!r}" if is_short else f"{name} is other than the entry says"
            yield Fault(
                kind="changed", where=f"{table.name} {seq}", text=f"The row of entry {seq} in {table.name} was changed: {said}."
            )
