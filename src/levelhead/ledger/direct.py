"""Records of a ledger with the least on the way to them: read by the driver of its database alone, which is there at once.

What writes, and everything else that reads, goes through SQLAlchemy, which takes a fifth of a second to load.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from levelhead.ledger.columns import AT_ONCE, Rows, Run, read_record
from levelhead.ledger.packed import VERSION
from levelhead.ledger.record import Record

Asked = Mapping[str, Any]  # what `Ledger.record` takes
Found = tuple[Record, ...]
ANSWER_S = 10  # how long a server may take to answer at all, where the URL says no connect_timeout
SERVERS = ("postgresql://", "postgres://")
OF_VERSION = "SELECT version_num FROM alembic_version"


def records(url: str, *asked: Asked) -> Found:
    """The records of the ledger at a path or database URL, one for each of `asked`, all of one state of it.

    Raises BadLedger and MissingPart as `Ledger.open` and `Ledger.record` do: what is no ledger of this version is left to them.
    """
    found = _of_server(url, asked) if url.startswith(SERVERS) else _of_file(url, asked)
    if found is not None:
        return found
    from levelhead.ledger.store import Ledger

    with Ledger.open(url) as opened:
        return tuple(opened.record(**each) for each in asked)


def patience(url: str) -> dict[str, int]:
    """How long a server is waited for: what its URL says goes with the URL."""
    return {} if "connect_timeout" in url else {"connect_timeout": ANSWER_S}


def rows_of_file(connection: sqlite3.Connection) -> Rows:
    """How the rows of a file are read."""

    def read(asked: str, values: Mapping[str, str]) -> Iterator[Run]:
        cursor = connection.execute(asked, values)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows

    return read


def rows_of_server(connection: Any) -> Rows:
    """How the rows of PostgreSQL are read: it hands bytes over as such only when it is asked for binary rows."""

    def read(asked: str, values: Mapping[str, str]) -> Iterator[Run]:
        with connection.cursor(name="record", binary=True) as cursor:
            cursor.execute(re.sub(r":(\w+)", r"%(\1)s", asked), dict(values))
            while rows := cursor.fetchmany(AT_ONCE):
                yield rows

    return read


def _of_file(url: str, asked: tuple[Asked, ...]) -> Found | None:
    """The records of a file; None of anything else, or where the file cannot be read like this, whatever the reason is."""
    file = Path(url).absolute()
    try:
        if "://" in url or not file.is_file() or not os.access(file.parent, os.W_OK):
            return None
        # a file that has gone is not made anew
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            if connection.execute(OF_VERSION).fetchall() != [(VERSION,)]:
                return None
            return _read(rows_of_file(connection), asked)
    except (sqlite3.Error, OSError):
        return None


def _of_server(url: str, asked: tuple[Asked, ...]) -> Found | None:
    """The same of a database of PostgreSQL."""
    try:
        import psycopg
    except ImportError:
        return None
    try:
        with psycopg.connect(url, **patience(url)) as connection:  # type: ignore[arg-type]
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            if connection.execute(OF_VERSION).fetchall() != [(VERSION,)]:
                return None
            return _read(rows_of_server(connection), asked)
    except psycopg.Error:
        return None


def _read(rows: Rows, asked: tuple[Asked, ...]) -> Found:
    return tuple(read_record(rows, **each) for each in asked)
