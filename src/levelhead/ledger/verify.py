"""Verification: every entry is hashed again, every other row is derived again, and what differs is named.

Up to a sealed head this is proof. Beyond it, and where no head is given, it can show that the chain hangs together, and no more:
whoever can write the database can also cut entries off its end, or write all of it anew with hashes that fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select, text

from levelhead.domain.errors import BadLedger
from levelhead.ledger.derivation import Derivation, SessionsOf
from levelhead.ledger.entry import GENESIS, digest, moment_text, read_entry
from levelhead.ledger.kept import Fault, Sealed
from levelhead.ledger.seal import Heads
from levelhead.ledger.tables import entries, guards

AT_ONCE = 500
WITHOUT_HEAD = (
    "Without a sealed head it cannot be known whether entries were cut off the end, or whether the whole chain was written anew; "
    "seal the ledger from time to time (levelhead ledger seal), keep the hash where nobody can change it, and give it with --head."
)


def limits(count: int, sealed: int | None, *, was_given: bool) -> str:
    """What a verification could and could not know, in words.

    count: of entries; sealed: the last one whose seal was met; was_given: whether there was any seal to meet.
    """
    if sealed is None:
        return "None of the seals was met: nothing is proven." if was_given else WITHOUT_HEAD
    until = f"Up to entry {sealed} this is what was sealed. "
    if sealed == count:
        return until + "Whether entries after it were cut off the end cannot be known from this seal."
    after = f"Entry {count}" if sealed + 1 == count else f"Entries {sealed + 1} to {count}"
    return until + f"{after} came after the last seal: cut off or written anew, they would not be missed. Seal the ledger again."


def faults(
    connection: Connection, head: str | None = None, seals: Sequence[Sealed] = (), sessions: SessionsOf | None = None
) -> Iterator[Fault]:
    """Everything that is not as it was written, in the order of the chain; nothing where all is.

    head: a sealed hash; seals: kept ones; sessions: the table of a note's instrument, by which live notes are asked once more
    whether they were. Raises BadLedger where `head` is no hash.
    """
    yield from _unguarded(connection)
    heads, links, derivation = Heads(head, seals), Links(), Derivation(connection, sessions)
    for rows in _in_runs(connection):
        for row in rows:
            yield from links.follow(row)
            heads.see(row.seq, links.computed)
        yield from derivation.compare(rows)
    yield from derivation.rest()
    yield from heads.unseen(links.last)


class Links:
    """The chain so far: what the next entry must follow."""

    def __init__(self) -> None:
        self.last = 0
        self.computed = GENESIS
        self._stored = GENESIS
        self._at = ""

    def follow(self, row: Any) -> Iterator[Fault]:
        """What is wrong with this entry, seen from the one before."""
        where = f"entry {row.seq}"
        expected, has_gap = self.last + 1, row.seq > self.last + 1
        if has_gap:
            yield Fault(kind="missing", where=_span(expected, row.seq - 1), text=_missing(expected, row.seq - 1))
        parent, at, computed = row.parent, row.at, digest(row.text)
        if computed != row.hash:
            said = f"its text has the hash {computed[:23]}..., it is kept under {row.hash[:23]}..."
            yield Fault(kind="changed", where=where, text=f"Entry {row.seq} was changed: {said}")
        try:
            read = read_entry(row.text)
        except BadLedger as error:
            yield Fault(kind="changed", where=where, text=f"Entry {row.seq} was changed: {error}")
        else:
            parent, at = read.parent, moment_text(read.at)
            if read.seq != row.seq:
                said = f"Entry {row.seq} is not in its place: it was written as entry {read.seq}."
                yield Fault(kind="reordered", where=where, text=said)
            for name, kept, says in (("parent", row.parent, parent), ("kind", row.kind, read.kind), ("at", row.at, at)):
                if kept != says:
                    said = f"its column {name} holds {kept!r}, its text says {says!r}."
                    yield Fault(kind="changed", where=where, text=f"Entry {row.seq} was changed: {said}")
        if not has_gap and parent not in (self._stored, self.computed):
            yield self._broken(row.seq)
        if at < self._at:
            said = f"Entry {row.seq} is back-dated: it says {at}, the entry before it {self._at}."
            yield Fault(kind="back-dated", where=where, text=said)
        self.last, self._stored, self.computed, self._at = row.seq, row.hash, computed, max(at, self._at)

    def _broken(self, seq: int) -> Fault:
        if seq == 1:
            return Fault(
                kind="missing", where="entry 1", text="Entry 1 follows another entry, which is missing: the chain began earlier."
            )
        said = (
            f"Entry {seq} was not written after entry {seq - 1} as it is now: one of them was changed, exchanged or put in later."
        )
        return Fault(kind="changed", where=f"entries {seq - 1} and {seq}", text=said)


def _in_runs(connection: Connection) -> Iterator[Sequence[Any]]:
    """The entries by their place, some hundreds at once."""
    asked = select(
        entries.c.seq, entries.c.hash, entries.c.parent, entries.c.kind, entries.c.at, entries.c.text
    ).order_by(entries.c.seq).limit(AT_ONCE)  # fmt: skip
    rows = connection.execute(asked).all()
    while rows:
        yield rows
        rows = connection.execute(asked.where(entries.c.seq > rows[-1].seq)).all()


def _unguarded(connection: Connection) -> Iterator[Fault]:
    """The triggers that are gone or asleep: without them a mistake can change what is kept."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace"
        )
    there = set(connection.execute(text(asked)).scalars())
    for name in sorted(guards(connection.dialect.name) - there):
        said = f"The trigger {name} is missing or switched off: the database no longer keeps rows from being changed."
        yield Fault(kind="unguarded", where=name, text=said)


def _span(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def _missing(first: int, last: int) -> str:
    return f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."
