"""The notes in the ledger: found by name, listed, and with what is still open in them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, Row, Select, func, select

from levelhead.domain.errors import BadLedger
from levelhead.domain.note import Standing
from levelhead.ledger.entry import ALGORITHM, moment_of
from levelhead.ledger.kept import Document, Kept
from levelhead.ledger.lines import outcome_of, statement_of
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.rows import about, content_of
from levelhead.ledger.statement import Statement
from levelhead.ledger.tables import corrections, documents, entries, notes, outcomes

Read = Callable[[str], Document]
Pairs = tuple[tuple[Statement, Outcome | None], ...]
HASH = re.compile(rf"(?:{ALGORITHM}:)?([0-9a-f]{{6,64}})")
DIGITS = 64
NAME = re.compile(r"(.+?)-(?:(\d+(?:m|h|d|w|mo))-)?(\d{4}-\d\d-\d\d)")


def kept_notes(
    connection: Connection,
    read: Read,
    *,
    author: str | None = None,
    symbol: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    standing: Standing | None = None,
) -> list[Kept]:
    """The notes in the order of publishing. since, until: of their days, both included."""
    asked = select(notes).order_by(notes.c.seq)
    for column, value in ((notes.c.author, author), (notes.c.symbol, symbol), (notes.c.standing, standing)):
        if value is not None:
            asked = asked.where(column == value)
    if since is not None:
        asked = asked.where(notes.c.as_of >= since.isoformat())
    if until is not None:
        asked = asked.where(notes.c.as_of <= until.isoformat())
    return _kept(connection, asked, read)


def find_note(connection: Connection, read: Read, name: str, author: str | None = None) -> Kept:
    """The one note that `name` means: a hash or at least six digits of its beginning, or RTY-2025-03-13. Raises BadLedger."""
    asked = select(notes).order_by(notes.c.seq)
    if author is not None:
        asked = asked.where(notes.c.author == author)
    by_hash, by_name = HASH.fullmatch(name), NAME.fullmatch(name)
    if by_hash is not None:
        whole = f"{ALGORITHM}:{by_hash[1]}"
        asked = asked.where(notes.c.hash == whole if len(by_hash[1]) == DIGITS else notes.c.hash.startswith(whole))
    elif by_name is not None:
        symbol, timeframe, day = by_name.groups()
        asked = asked.where(notes.c.symbol == symbol, notes.c.timeframe == (timeframe or "1d"), notes.c.as_of == day)
    else:
        raise BadLedger(f"{name!r} names no note; give its hash, or a name such as RTY-2025-03-13.")
    found = _kept(connection, asked, read)
    if not found:
        raise BadLedger(f"The ledger holds no note {name}; `levelhead publish` puts one in.")
    if len(found) > 1:
        several = "; ".join(f"{each.hash[:19]} by {each.author}, {each.standing}" for each in found[:5])
        raise BadLedger(f"The ledger holds {len(found)} notes {name}: {several}. Give the hash of the one that is meant.")
    return found[0]


def notes_of_document(connection: Connection, read: Read, digest: str, author: str | None = None) -> list[Kept]:
    """The notes that hold that document, one for each author."""
    asked = select(notes).where(notes.c.digest == digest).order_by(notes.c.seq)
    return _kept(connection, asked if author is None else asked.where(notes.c.author == author), read)


def read_document(connection: Connection, digest: str) -> Document:
    """The document of that digest. Raises BadLedger where it is not there."""
    text = connection.scalar(select(documents.c.text).where(documents.c.digest == digest))
    if text is None:
        raise BadLedger(f"The ledger does not hold the document {digest}; `levelhead verify` says what else is missing.")
    document: Document = json.loads(text)
    return document


def statements_in(connection: Connection, kept: Sequence[Kept]) -> Iterator[tuple[Kept, Pairs]]:
    """These notes with their statements in the note's order, each with its outcome, None while it is open."""
    seqs = [note.seq for note in kept]
    made = dict(connection.execute(select(entries.c.seq, entries.c.text).where(entries.c.seq.in_(seqs))).all())
    settled = _settled(connection, seqs)
    for note in kept:
        each = (statement_of(line) for line in content_of(made[note.seq])["statements"])
        yield note, tuple((statement, settled[note.seq].get(statement.name)) for statement in each)


def notes_with_open_statements(connection: Connection, read: Read, symbol: str | None) -> list[Kept]:
    """The notes of which not every statement is settled, in the order of publishing."""
    settled = select(outcomes.c.note, func.sum(outcomes.c.count).label("count")).group_by(outcomes.c.note).subquery()
    asked = (
        select(notes)
        .outerjoin(settled, settled.c.note == notes.c.seq)
        .where(notes.c.count > func.coalesce(settled.c.count, 0))
        .order_by(notes.c.seq)
    )
    return _kept(connection, asked if symbol is None else asked.where(notes.c.symbol == symbol), read)


def _settled(connection: Connection, seqs: Sequence[int]) -> dict[int, dict[str, Outcome]]:
    found: dict[int, dict[str, Outcome]] = defaultdict(dict)
    for note, content in about(connection, outcomes, seqs):
        found[note] |= {line["name"]: outcome_of(line) for line in content["outcomes"]}
    return found


def _kept(connection: Connection, asked: Select[tuple[object, ...]], read: Read) -> list[Kept]:
    errata: dict[int, list[str]] = defaultdict(list)
    of_errata = select(corrections.c.note, entries.c.hash).join(entries, entries.c.seq == corrections.c.seq).order_by(entries.c.seq)
    for note, erratum in connection.execute(of_errata):
        errata[note].append(erratum)
    return [_note(row, read, tuple(errata[row.seq])) for row in connection.execute(asked)]


def _note(row: Row[tuple[object, ...]], read: Read, errata: tuple[str, ...]) -> Kept:
    plain = ("hash", "seq", "author", "source", "symbol", "timeframe", "standing", "digest")
    made_from = ("data", "settings", "calibration", "version")
    return Kept(
        **{name: getattr(row, name) for name in (*plain, *made_from)},
        as_of=dt.date.fromisoformat(row.as_of),
        published_at=moment_of(row.published_at),
        path_opens=moment_of(row.path_opens),
        is_corrected_by=errata,
        read=read,
    )
