"""The database under the ledger: one SQLite file, or PostgreSQL by URL; its transactions, schema, and errors as sentences."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from levelhead.domain.errors import BadLedger, MissingPart
from levelhead.ledger.columns import AT_ONCE, Rows, Run
from levelhead.ledger.direct import patience, rows_of_server
from levelhead.ledger.packed import VERSION
from levelhead.ledger.trouble import sentence

PATIENCE_MS = 60_000  # how long a writer waits for the others
ATTEMPTS = 100  # to switch a new file to WAL while others do the same
LOCK = 0x6C65_6467_6572  # 'ledger': the advisory lock of PostgreSQL under which the chain grows
MIGRATIONS = Path(__file__).parent / "migrations"
WRITES = "ledger_writes"


class Database:
    """A ledger's database, open and of this version's schema.

    reading() and writing() are its transactions. Writers come one after another, in any number of processes; readers see the
    state at their start and wait for nobody.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        url = engine.url.set(drivername=engine.dialect.name)  # without the name of the driver
        self.name = str(url.database) if self.is_sqlite else url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file, else PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger throughout."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}  # a SQLite transaction is never less
        with self._told(), self.engine.connect().execution_options(**level) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write until the block ends; all of the block is kept, or nothing."""
        with self._told(), self.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            if not self.is_sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": LOCK})
            yield connection

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise BadLedger(sentence(self.name, str(error.orig))) from None


def open_database(url: str, *, create: bool) -> Database:
    """The database at a path or URL, its schema brought up to this version.

    Raises BadLedger where there is no ledger, unless `create` makes one, where it cannot be opened, or was written by a newer
    levelhead; MissingPart where PostgreSQL's driver is not installed.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _find_file(Path(address.database or ""), create=create)
    database = Database(_engine(address))
    try:
        with database.reading() as connection:
            found = _version(connection, database.name)
        if found is None and not create:
            raise BadLedger(f"{database.name} holds no ledger yet; publish a note into it first.")
        if found != VERSION:
            _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def rows_of(connection: Connection) -> Rows:
    """How the rows of this connection are read."""

    def read(asked: str, values: Mapping[str, str]) -> Iterator[Run]:
        if connection.dialect.name == "sqlite":
            yield from connection.exec_driver_sql(asked, dict(values)).partitions(AT_ONCE)
            return
        connection.exec_driver_sql("SELECT 1")  # begins the transaction, of whose one state all rows are
        yield from rows_of_server(connection.connection.driver_connection)(asked, values)

    return read


def _address(url: str) -> URL:
    if "://" not in url and not url.startswith(("postgresql:", "postgres:", "sqlite:")):
        return URL.create("sqlite", database=str(Path(url).absolute()))
    try:
        address = make_url(url)
    except ArgumentError:
        raise BadLedger("The ledger's URL cannot be read; give a file, or postgresql://user:password@host/database.") from None
    backend = address.get_backend_name()
    if backend == "sqlite":
        if not address.database or address.database == ":memory:":
            raise BadLedger(f"{url} names no file; a ledger is kept in one, such as sqlite:///ledger.sqlite.")
        return address.set(drivername="sqlite", database=str(Path(address.database).absolute()))
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    raise BadLedger(f"A ledger is kept in SQLite or PostgreSQL, not in {backend!r}; give a file, or postgresql://host/database.")


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() != "sqlite":
            return create_engine(address, connect_args=patience(str(address)))
    except (ModuleNotFoundError, NoSuchModuleError):
        raise MissingPart("A ledger in PostgreSQL needs psycopg: pip install 'levelhead[postgres]'.") from None
    engine = create_engine(address, **_only_read(Path(address.database or "")))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # The driver's own transactions begin too late; ours begin where SQLAlchemy says so.
        connection.isolation_level = None
        for setting in (f"busy_timeout = {PATIENCE_MS}", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _only_read(file: Path) -> dict[str, Any]:
    """How a file is opened whose folder takes no other: SQLite wants two files beside it, unless it is told that nobody writes.

    One beside which a writer's file lies is opened as any other: what is newest in it stands there.
    """
    if not file.is_file() or os.access(file.parent, os.W_OK) or file.with_name(f"{file.name}-wal").exists():
        return {}
    place = f"{file.absolute().as_uri()}?immutable=1"
    return {"creator": lambda: sqlite3.connect(place, uri=True, check_same_thread=False)}


def _find_file(file: Path, *, create: bool) -> None:
    """Sees to it that SQLite makes a file only where one is wanted."""
    try:
        is_there = file.exists()
    except OSError as error:
        raise BadLedger(f"The ledger {file} cannot be looked for: {error.strerror}.") from None
    if is_there:
        return
    if not create:
        raise BadLedger(f"There is no ledger at {file} yet; `levelhead publish` or `levelhead note --publish` begins one.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadLedger(f"The folder of the ledger {file} cannot be made: {error.strerror}.") from None


def _version(connection: Connection, name: str) -> str | None:
    """The schema's number, None where there is no ledger. Raises BadLedger for a database of something else, or a newer one."""
    there = set(inspect(connection).get_table_names())
    if "alembic_version" not in there:
        if there:
            raise BadLedger(f"{name} holds other tables ({', '.join(sorted(there)[:3])}); give a ledger a database of its own.")
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and str(found) > VERSION:
        schema = f"its schema is {found}, this one knows {VERSION}"
        raise BadLedger(f"The ledger {name} was written by a newer levelhead: {schema}. Update levelhead.")
    return None if found is None else str(found)


def _migrate(database: Database) -> None:
    """Brings the schema up to VERSION, in one transaction; whoever comes second finds it done."""
    from alembic import command
    from alembic.config import Config

    if database.is_sqlite:
        _switch_to_wal(database)
    with database.writing() as connection:
        if _version(connection, database.name) == VERSION:
            return
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, "head")


def _switch_to_wal(database: Database) -> None:
    """Makes readers and a writer independent. The file remembers it; the switch itself cannot wait in SQLite, so it is repeated."""
    pause = Event()
    for attempt in range(ATTEMPTS):
        try:
            with database.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                if driver.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
                    return
        except Exception as error:
            if "locked" not in str(error) or attempt == ATTEMPTS - 1:
                raise BadLedger(sentence(database.name, str(error))) from None
        pause.wait(0.05)
    raise BadLedger(f"The ledger {database.name} cannot be kept in WAL mode; keep it on a local disk.")
