"""Both databases: a SQLite file, and a PostgreSQL server of the tests' own, with a new database for each test."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_ledger import filled
from made_postgres import server

from levelhead.ledger.store import Ledger

# Gives the path or URL of a ledger of the test's own: an empty one, or one with entries of every kind.
New = Callable[..., str]
MEMORY = Path("/dev/shm")  # waits for no disk, where there is such a folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of the server's own database; one server for each process of the tests."""
    # Not under pytest's folder: the server runs as another user, who must reach it.
    folder = Path(tempfile.mkdtemp(prefix="levelhead-pg-"))
    folder.chmod(0o755)
    try:
        with server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_sqlite() -> Iterator[New]:
    """New ledgers in files."""
    folder = Path(tempfile.mkdtemp(prefix="levelhead-ledgers-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    templates = {is_filled: folder / f"filled-{is_filled}.sqlite" for is_filled in (False, True)}
    for template in templates.values():
        Ledger.open(str(template), create=True).close()
    filled(str(templates[True])).close()
    numbers = itertools.count()
    yield lambda *, filled=False: str(shutil.copy(templates[filled], folder / f"{next(numbers)}.sqlite"))
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgresql(postgres: str) -> Iterator[New]:
    """New ledgers in databases of one server."""
    import psycopg

    base = postgres.rpartition("/")[0]
    numbers = itertools.count()
    with contextlib.closing(psycopg.connect(postgres, autocommit=True)) as connection:
        connection.execute("CREATE DATABASE filled_false")
        Ledger.open(f"{base}/filled_false", create=True).close()
        connection.execute("CREATE DATABASE filled_true TEMPLATE filled_false")
        filled(f"{base}/filled_true").close()

        def make(*, filled: bool = False) -> str:
            name = f"ledger_{next(numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE filled_{filled}")
            return f"{base}/{name}"

        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest) -> New:
    """New ledgers, in each database in turn."""
    made: New = request.getfixturevalue(f"new_{request.param}")
    return made


@pytest.fixture
def url(new_ledger: New) -> str:
    """An empty ledger."""
    return new_ledger()


@pytest.fixture
def filled_url(new_ledger: New) -> str:
    """A ledger with entries of every kind, as made_ledger.filled makes it."""
    return new_ledger(filled=True)
