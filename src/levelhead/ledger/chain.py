"""The end of the chain, while one writer holds it: new entries with everything that follows from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from levelhead.domain.errors import BadLedger
from levelhead.ledger.entry import GENESIS, Entry, EntryKind, entry, moment_of, moment_text
from levelhead.ledger.kept import Sealed
from levelhead.ledger.rows import DERIVED, NoteShape, Row, rows_of
from levelhead.ledger.tables import documents, entries

# Writers wait for each other, and clocks of two machines differ: so much may an entry's clock lie behind the last one's.
CLOCKS_DIFFER = dt.timedelta(minutes=10)
ORDER: tuple[Table, ...] = (entries, documents, *DERIVED)


class Chain:
    """New entries after the last one, in the transaction of `connection`, which must be a writing one.

    Nothing is written before `write`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._head = head_of(connection)
        self._rows: dict[Table, list[Row]] = defaultdict(list)
        self._documents: set[str] = set()

    def at(self, moment: dt.datetime) -> dt.datetime:
        """The time of the next entry: the clock, or where it lies a little behind, the last entry's, so that time never goes back.

        Raises BadLedger where it lies behind by more than clocks differ.
        """
        if self._head is None or moment >= self._head.at:
            return moment.astimezone(dt.UTC)
        if self._head.at - moment > CLOCKS_DIFFER:
            raise BadLedger(
                f"The clock says {moment_text(moment)}, the ledger's last entry was made at {moment_text(self._head.at)}; "
                "set the clock right. An entry is never dated before the one it follows."
            )
        return self._head.at

    def add(self, kind: EntryKind, moment: dt.datetime, content: dict[str, Any], shapes: dict[str, NoteShape]) -> Entry:
        """An entry at that moment, and the rows that follow from it. shapes: of the notes it may be about."""
        seq, parent = (1, GENESIS) if self._head is None else (self._head.seq + 1, self._head.hash)
        made = entry(seq=seq, parent=parent, kind=kind, at=self.at(moment), content=content)
        self._rows[entries].append(
            {"seq": seq, "hash": made.hash, "parent": parent, "kind": kind, "at": moment_text(made.at), "text": made.text}
        )
        for table, row in rows_of(made, shapes):
            self._rows[table].append(row)
        self._head = Sealed(hash=made.hash, seq=seq, at=made.at)
        return made

    def add_document(self, digest: str, text: str) -> None:
        """The document of a note that was added, unless another author's note has the same."""
        if digest in self._documents:
            return
        self._documents.add(digest)
        if self._connection.scalar(select(documents.c.digest).where(documents.c.digest == digest)) is None:
            self._rows[documents].append({"digest": digest, "text": text})

    def write(self) -> None:
        """Writes everything that was added."""
        for table in ORDER:
            if self._rows[table]:
                self._connection.execute(insert(table), self._rows[table])
        self._rows.clear()


def head_of(connection: Connection) -> Sealed | None:
    """The last entry, None where there is none."""
    row = connection.execute(select(entries.c.hash, entries.c.seq, entries.c.at).order_by(entries.c.seq.desc()).limit(1)).first()
    return None if row is None else Sealed(hash=row.hash, seq=row.seq, at=moment_of(row.at))
