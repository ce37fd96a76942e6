"""The ledger: notes as they were published, what became of them, and nothing that was ever taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from levelhead.ledger.kept import Corrected, Document, Fault, Kept, Published, Sealed, Settled
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.statement import Statement

if TYPE_CHECKING:
    from levelhead.domain.note import Standing
    from levelhead.ledger.record import Record


class Ledger:
    """A ledger, open: in a SQLite file (WAL) or a PostgreSQL database. A context manager."""

    @classmethod
    def open(cls, url: str, *, create: bool = False) -> Ledger:
        """The ledger at a path or a database URL. Raises BadLedger where there is none, unless `create` makes it."""
        raise NotImplementedError

    def close(self) -> None:
        """Lets the database go."""
        raise NotImplementedError

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def publish(
        self,
        document: Document,
        *,
        author: str,
        source: str = "",
        published_at: dt.datetime,
        path_opens: dt.datetime,
        replayed: bool = False,
    ) -> Published:
        """Keeps a note with its statements: live where published before its path opens, else replayed."""
        raise NotImplementedError

    def notes(
        self,
        *,
        author: str | None = None,
        symbol: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        standing: Standing | None = None,
    ) -> Iterator[Kept]:
        """The notes in the order of publishing; since, until: of their days, both included."""
        raise NotImplementedError

    def find(self, name: str) -> Kept:
        """The one note of a hash or the beginning of one, or of a name such as RTY-2025-03-13. Raises BadLedger where not one."""
        raise NotImplementedError

    def open_statements(self, *, symbol: str | None = None) -> Iterator[tuple[Kept, Statement]]:
        """The statements that have no outcome yet, by note in the order of publishing."""
        raise NotImplementedError

    def statements(self, note_hash: str) -> tuple[tuple[Statement, Outcome | None], ...]:
        """The statements of one note, each with its kept outcome, None while open."""
        raise NotImplementedError

    def settle(self, note_hash: str, outcomes: Sequence[Outcome], *, settled_at: dt.datetime, bars_digest: str) -> Settled:
        """Keeps what became of one note's statements; what is 'open' is passed over."""
        return self.settle_many([(note_hash, outcomes)], settled_at=settled_at, bars_digest=bars_digest)

    def settle_many(
        self, settled: Iterable[tuple[str, Sequence[Outcome]]], *, settled_at: dt.datetime, bars_digest: str
    ) -> Settled:
        """The same for many notes, all or none of them, in one transaction: fast."""
        raise NotImplementedError

    def record(
        self,
        *,
        author: str | None = None,
        symbol: str | None = None,
        kind: str | None = None,
        since: dt.date | None = None,
        standing: Standing | None = None,
    ) -> Record:
        """Every statement and what came of it, as columns. since: of the notes' days."""
        raise NotImplementedError

    def correct(self, note_hash: str, *, reason: str, corrected_at: dt.datetime, replaced_by: str | None = None) -> Corrected:
        """Adds an erratum to a note; the note stays, and is scored as it was."""
        raise NotImplementedError

    def verify(self, head: str | None = None) -> tuple[Fault, ...]:
        """What is not as it was written; () where all is. head: a sealed hash that must be in the chain."""
        raise NotImplementedError

    def seal(self) -> Sealed:
        """The head of the chain. Raises BadLedger where nothing is kept yet."""
        raise NotImplementedError
