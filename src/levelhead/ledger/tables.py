"""The tables: the chain of entries, the documents it names, and what both say once more in columns, for speed.

`entries` and `documents` are the ledger; every row of the other tables follows from them, is written in the same transaction,
and is derived again by `verify`. The numbered steps that make them lie in migrations/.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("parent", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("text", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("seq", Integer, ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("digest", Text, ForeignKey("documents.digest"), nullable=False),
    Column("author", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("symbol", Text, nullable=False, index=True),
    Column("timeframe", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("path_opens", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("calibration", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("count", Integer, nullable=False),  # of its statements
    UniqueConstraint("digest", "author"),
)

# One row holds all the statements of a note: `names` one to a line, `packed` as the rows of packed.py. Nothing else stands in it,
# so that it is one page of SQLite, and a million statements are read in a moment; the entry has them in full.
statements = Table(
    "statements",
    metadata,
    Column("seq", Integer, ForeignKey("notes.seq"), primary_key=True, autoincrement=False),
    Column("names", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

# One row holds the outcomes of one entry, packed; a note gets several as its horizons end, no statement twice.
outcomes = Table(
    "outcomes",
    metadata,
    Column("seq", Integer, ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("note", Integer, ForeignKey("notes.seq"), nullable=False, index=True),
    Column("count", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

disputes = Table(
    "disputes",
    metadata,
    Column("seq", Integer, ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("note", Integer, ForeignKey("notes.seq"), nullable=False, index=True),
)

corrections = Table(
    "corrections",
    metadata,
    Column("seq", Integer, ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("note", Integer, ForeignKey("notes.seq"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("replaced_by", Text, nullable=False),
)

TABLES = ("entries", "documents", "notes", "statements", "outcomes", "disputes", "corrections")


def guards(dialect: str) -> frozenset[str]:
    """The names of the triggers that must be there: nothing is changed, taken away or put in another's place."""
    last = "replace" if dialect == "sqlite" else "truncate"
    return frozenset({f"{table}_no_{verb}" for table in TABLES for verb in ("update", "delete", last)} | {"entries_in_chain"})
