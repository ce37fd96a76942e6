"""Both databases: a SQLite file, and a PostgreSQL server of the tests' own, with a new database for each test."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_postgres import server

Open = Callable[[], str]


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
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Gives the path of an empty ledger, a new one each time."""
    from levelhead.ledger.store import Ledger

    folder = tmp_path_factory.mktemp("ledgers")
    Ledger.open(str(folder / "empty.sqlite"), create=True).close()
    numbers = itertools.count()

    def make() -> str:
        return shutil.copy(folder / "empty.sqlite", folder / f"{next(numbers)}.sqlite")

    return lambda: str(make())


@pytest.fixture(scope="session")
def new_postgresql(postgres: str) -> Iterator[Open]:
    """Gives the URL of an empty ledger in a database of its own, a new one each time."""
    import psycopg

    from levelhead.ledger.store import Ledger

    numbers = itertools.count()
    with contextlib.closing(psycopg.connect(postgres, autocommit=True)) as connection:
        connection.execute("CREATE DATABASE empty")
        Ledger.open(f"{postgres.rpartition('/')[0]}/empty", create=True).close()

        def make() -> str:
            name = f"ledger_{next(numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE empty")
            return f"{postgres.rpartition('/')[0]}/{name}"

        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest) -> Open:
    """Gives the URL of an empty ledger, in each database in turn."""
    made: Open = request.getfixturevalue(f"new_{request.param}")
    return made


@pytest.fixture
def url(new_ledger: Open) -> str:
    """An empty ledger."""
    return new_ledger()
