"""Records of a ledger with the least on the way to them: a file is read by its driver alone, which is there at once.

What writes, and everything else that reads, goes through SQLAlchemy, which takes a fifth of a second to load.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from levelhead.ledger.columns import AT_ONCE, Rows, read_record
from levelhead.ledger.packed import VERSION
from levelhead.ledger.record import Record

Asked = Mapping[str, Any]  # what `Ledger.record` takes


def records(url: str, *asked: Asked) -> tuple[Record, ...]:
    """The records of the ledger at a path or database URL, one for each of `asked`, all of the same state of a file.

    Raises BadLedger and MissingPart as `Ledger.open` and `Ledger.record` do: what is no file of this version is left to them.
    """
    found = _of_file(url, asked)
    if found is not None:
        return found
    from levelhead.ledger.store import Ledger

    with Ledger.open(url) as opened:
        return tuple(opened.record(**each) for each in asked)


def _of_file(url: str, asked: tuple[Asked, ...]) -> tuple[Record, ...] | None:
    """The records of a file; None of anything else, or where the file cannot be read like this, whatever the reason is."""
    file = Path(url).absolute()
    if "://" in url or not file.is_file() or not os.access(file.parent, os.W_OK):
        return None
    try:
        with _state(file) as connection:
            if connection.execute("SELECT version_num FROM alembic_version").fetchall() != [(VERSION,)]:
                return None
            return tuple(read_record(rows_of(connection), **each) for each in asked)
    except sqlite3.Error:
        return None


@contextmanager
def _state(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, which is not made where it is gone, as it stands at the first question."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield connection


def rows_of(connection: sqlite3.Connection) -> Rows:
    """How the rows of this connection are read."""

    def read(asked: str, values: Mapping[str, str]) -> Iterator[list[Any]]:
        cursor = connection.execute(asked, values)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows

    return read
