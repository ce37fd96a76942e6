"""The ledger: notes as they were published, what became of them, and nothing that was ever taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Connection, false, func, or_, select

from levelhead.domain.errors import BadLedger
from levelhead.domain.note import Standing
from levelhead.domain.sessions import SessionTable
from levelhead.ledger import shelf
from levelhead.ledger.chain import Chain, head_of
from levelhead.ledger.columns import read_record
from levelhead.ledger.database import Database, open_database, rows_of
from levelhead.ledger.entry import canonical, digest, moment_of
from levelhead.ledger.kept import Corrected, Document, Fault, Kept, Published, Sealed, Settled
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.publishing import Draft, draft
from levelhead.ledger.rows import NoteShape
from levelhead.ledger.seal import full_head
from levelhead.ledger.settlement import keep_outcomes
from levelhead.ledger.statement import Statement
from levelhead.ledger.tables import corrections, entries, notes

if TYPE_CHECKING:
    from levelhead.ledger.derivation import SessionsOf
    from levelhead.ledger.record import Record

NOTES_AT_ONCE = 500  # of a settling, in one transaction


class Ledger:
    """A ledger, open: in a SQLite file (WAL) or a PostgreSQL database. A context manager.

    Whoever publishes or settles has the chain alone for that moment, in any number of processes. Nothing is ever changed: what
    is kept is kept, and more is added.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str, *, create: bool = False) -> Ledger:
        """The ledger at a path or a database URL, its tables brought up to this version.

        Raises BadLedger where there is none, unless `create` makes it, or where a newer levelhead wrote it; MissingPart where
        PostgreSQL's driver is not installed.
        """
        return cls(open_database(url, create=create))

    @property
    def name(self) -> str:
        """Where it lies: the file, or the URL without its password."""
        return self._database.name

    def close(self) -> None:
        """Lets the database go."""
        self._database.close()

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
        sessions: SessionTable | None,
        replayed: bool = False,
    ) -> Published:
        """Keeps a note with its statements: live where published before its path opens, else replayed, or where that is asked for.

        document: the note as JSON values. published_at: the clock. sessions: the table of the instrument's calendar, None where
        there is none. The same document of the same author is one entry, whenever it comes again. When this returns, the note is
        on the disk. Raises BadNote where the document is none, BadLedger where it cannot be kept.
        """
        return self.publish_many(
            [draft(document, author=author, source=source, sessions=sessions, replayed=replayed)], published_at=published_at
        )[0]

    def publish_many(self, drafts: Sequence[Draft], *, published_at: dt.datetime) -> tuple[Published, ...]:
        """The same for many notes in one transaction: all of them or none."""
        with self._database.writing() as connection:
            end = Chain(connection)
            told: dict[tuple[str, str], Published] = {}
            published = []
            for each in drafts:
                key = (each.digest, each.author)
                known = told.get(key) or _published(connection, *key)
                published.append(known or _added(end, each, published_at))
                told[key] = replace(published[-1], is_new=False)
            end.write()
        return tuple(published)

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
        with self._database.reading() as connection:
            found = shelf.kept_notes(
                connection, self.document, author=author, symbol=symbol, since=since, until=until, standing=standing
            )
        yield from found

    def find(self, name: str, *, author: str | None = None) -> Kept:
        """The one note of a hash, of six digits or more of its beginning, or of a name such as RTY-2025-03-13.

        Raises BadLedger where there is none, or more than one.
        """
        with self._database.reading() as connection:
            return shelf.find_note(connection, self.document, name, author)

    def find_document(self, document: Document, *, author: str | None = None) -> tuple[Kept, ...]:
        """The notes that hold exactly this document, one for each author."""
        with self._database.reading() as connection:
            return tuple(shelf.notes_of_document(connection, self.document, digest(canonical(document)), author))

    def document(self, digest: str) -> Document:
        """The document of that digest. Raises BadLedger where it is not there."""
        with self._database.reading() as connection:
            return shelf.read_document(connection, digest)

    def open_statements(self, *, symbol: str | None = None) -> Iterator[tuple[Kept, Statement]]:
        """The statements that have no outcome yet, by note in the order of publishing."""
        with self._database.reading() as connection:
            found = shelf.notes_with_open_statements(connection, self.document, symbol)
        for note, pairs in self.statements_of(found):
            yield from ((note, statement) for statement, outcome in pairs if outcome is None)

    def statements(self, note_hash: str) -> shelf.Pairs:
        """The statements of one note, each with its kept outcome, None while open."""
        return next(self.statements_of([self.find(note_hash)]))[1]

    def statements_of(self, notes: Iterable[Kept]) -> Iterator[tuple[Kept, shelf.Pairs]]:
        """The same for many notes, some hundreds at a time: fast."""
        every = iter(notes)
        while some := list(islice(every, NOTES_AT_ONCE)):
            with self._database.reading() as connection:
                read = list(shelf.statements_in(connection, some))
            yield from read

    def settle(self, note_hash: str, outcomes: Sequence[Outcome], *, settled_at: dt.datetime, bars_digest: str) -> Settled:
        """Keeps what became of one note's statements, and on which bars.

        What is 'open' is passed over; what is kept already is the same; what differs from it becomes a dispute beside it. Raises
        BadLedger where there is no such note, statement or outcome.
        """
        return self.settle_many([(note_hash, outcomes)], settled_at=settled_at, bars_digest=bars_digest)

    def settle_many(
        self, settled: Iterable[tuple[str, Sequence[Outcome]]], *, settled_at: dt.datetime, bars_digest: str
    ) -> Settled:
        """The same for many notes, each given once, some hundreds in one transaction.

        Settling again adds nothing, so what was stopped halfway is finished by doing it again.
        """
        every, counted = iter(settled), Settled()
        while some := list(islice(every, NOTES_AT_ONCE)):
            with self._database.writing() as connection:
                counted += keep_outcomes(connection, some, settled_at=settled_at, bars_digest=bars_digest)
        return counted

    def record(
        self,
        *,
        author: str | None = None,
        symbol: str | None = None,
        kind: str | None = None,
        since: dt.date | None = None,
        standing: Standing | None = None,
        source: str | None = None,
    ) -> Record:
        """Every statement and what came of it, as columns. since: of the notes' days. source: as the notes were published with."""
        with self._database.reading() as connection:
            rows = rows_of(connection)
            record = read_record(rows, author=author, symbol=symbol, kind=kind, since=since, standing=standing, source=source)
        return record.spelled()

    def correct(self, note_hash: str, *, reason: str, corrected_at: dt.datetime, replaced_by: str | None = None) -> Corrected:
        """Adds an erratum to a note; the note stays, and is scored as it was. replaced_by: the hash of the note that stands for it.

        The same erratum twice is one entry. Raises BadLedger where there is no such note, or no reason.
        """
        if not reason.strip():
            raise BadLedger("An erratum needs its reason; say what was wrong.")
        note = self.find(note_hash)
        other = None if replaced_by is None else self.find(replaced_by)
        if other is not None and other.hash == note.hash:
            raise BadLedger(f"The note {note.hash[:19]} cannot replace itself; name the note that stands for it.")
        content = {"note": note.hash, "reason": reason.strip(), "replaced_by": None if other is None else other.hash}
        with self._database.writing() as connection:
            same = (
                select(entries.c.hash, entries.c.seq)
                .join(corrections, corrections.c.seq == entries.c.seq)
                .where(corrections.c.note == note.seq, corrections.c.reason == content["reason"])
                .where(corrections.c.replaced_by == (content["replaced_by"] or ""))
            )
            known = connection.execute(same).first()
            if known is not None:
                return Corrected(hash=known.hash, seq=known.seq, is_new=False)
            end = Chain(connection)
            made = end.add("correction", corrected_at, content, {note.hash: NoteShape(seq=note.seq, statements=())})
            end.write()
        return Corrected(hash=made.hash, seq=made.seq, is_new=True)

    def verify(
        self, head: str | None = None, *, seals: Sequence[Sealed] = (), sessions: SessionsOf | None = None
    ) -> tuple[Fault, ...]:
        """What is not as it was written; () where all is.

        head: a hash that was sealed, or the beginning of one; seals: kept ones. Each must be in the chain, at its place.
        sessions: gives the session table of a note's instrument, by which live notes are asked once more whether they were live.
        """
        from levelhead.ledger.verify import faults

        with self._database.reading() as connection:
            return tuple(faults(connection, head, seals, sessions))

    def last_sealed(self, head: str | None = None, *, seals: Sequence[Sealed] = ()) -> int | None:
        """The last entry that has a sealed hash; None where none has."""
        hashes = [seal.hash for seal in seals]
        asked = select(func.max(entries.c.seq)).where(
            or_(entries.c.hash.in_(hashes), entries.c.hash.startswith(full_head(head)) if head else false())
        )
        with self._database.reading() as connection:
            found: int | None = connection.scalar(asked)
        return found

    def seal(self) -> Sealed:
        """The head of the chain. Raises BadLedger where nothing is kept yet."""
        with self._database.reading() as connection:
            head = head_of(connection)
        if head is None:
            raise BadLedger(f"The ledger {self.name} is empty; there is nothing to seal.")
        return head

    def __bool__(self) -> bool:
        return True  # an empty ledger is one too

    def __len__(self) -> int:
        with self._database.reading() as connection:
            return int(connection.scalar(select(func.count()).select_from(entries)) or 0)


def _published(connection: Connection, digest: str, author: str) -> Published | None:
    """What the ledger holds of that document and author."""
    kept = select(notes.c.hash, notes.c.seq, notes.c.standing, notes.c.published_at)
    row = connection.execute(kept.where(notes.c.digest == digest, notes.c.author == author)).first()
    if row is None:
        return None
    at = moment_of(row.published_at)
    return Published(hash=row.hash, seq=row.seq, is_new=False, standing=row.standing, published_at=at)


def _added(end: Chain, new: Draft, published_at: dt.datetime) -> Published:
    at = end.at(published_at)
    standing = new.standing(at)
    made = end.add("note", at, new.content | {"standing": standing}, {})
    end.add_document(new.digest, new.text)
    return Published(hash=made.hash, seq=made.seq, is_new=True, standing=standing, published_at=at)
