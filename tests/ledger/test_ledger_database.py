"""The database under the ledger: made by numbered steps, refused when it is something else, and never read as what it is not."""

from __future__ import annotations

import sqlite3

import pytest
import sqlalchemy as sa
from made_ledger import Raw, publish
from sqlalchemy.schema import CreateTable

from levelhead.domain.errors import BadLedger, MissingPart
from levelhead.ledger.database import MIGRATIONS, Database, open_database
from levelhead.ledger.packed import VERSION
from levelhead.ledger.store import Ledger
from levelhead.ledger.tables import TABLES, metadata
from levelhead.ledger.trouble import sentence


def test_the_newest_step_is_the_version_that_the_code_knows():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == VERSION
    numbers = [step.revision for step in script.walk_revisions()][::-1]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_the_steps_make_the_tables_that_the_code_reads(url):
    database = open_database(url, create=False)
    with database.reading() as connection:
        inspector = sa.inspect(connection)
        assert set(inspector.get_table_names()) == {*TABLES, "alembic_version"}
        for name, table in metadata.tables.items():
            made = sa.Table(name, sa.MetaData(), autoload_with=connection)
            assert [(c.name, c.nullable, c.primary_key) for c in made.columns] == [
                (c.name, c.nullable, c.primary_key) for c in table.columns
            ]
            assert {(i.name, tuple(c.name for c in i.columns)) for i in made.indexes if not i.unique} == {
                (i.name, tuple(c.name for c in i.columns)) for i in table.indexes
            }
            unique = {tuple(u["column_names"]) for u in inspector.get_unique_constraints(name)}
            wanted = {tuple(c.name for c in u.columns) for u in table.constraints if isinstance(u, sa.UniqueConstraint)}
            assert unique == wanted, CreateTable(table)
            foreign = {(k["constrained_columns"][0], k["referred_table"]) for k in inspector.get_foreign_keys(name)}
            assert foreign == {(k.parent.name, k.column.table.name) for k in table.foreign_keys}
    database.close()


def test_a_ledger_of_a_newer_levelhead_is_refused_by_a_clear_sentence(url):
    raw = Raw(url)
    raw.plain("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(
        BadLedger, match=r"written by a newer levelhead: its schema is 0099, this one knows 0001\. Update levelhead\."
    ):
        Ledger.open(url)
    raw.close()


def test_opening_a_ledger_of_this_version_loads_no_migration_library(new_sqlite):
    import subprocess
    import sys

    url = new_sqlite()
    code = f"import sys; from levelhead.ledger.store import Ledger; Ledger.open({url!r}).close(); print('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_database_of_something_else_is_left_alone(tmp_path):
    file = tmp_path / "orders.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE orders (id)")
    with pytest.raises(BadLedger, match=r"holds other tables \(orders\); give a ledger a database of its own"):
        Ledger.open(str(file), create=True)
    assert sqlite3.connect(file).execute("SELECT name FROM sqlite_master").fetchall() == [("orders",)]


def test_nothing_is_made_unless_it_is_asked_for(tmp_path):
    with pytest.raises(BadLedger, match="There is no ledger at"):
        Ledger.open(str(tmp_path / "none.sqlite"))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(BadLedger, match="holds no ledger yet"):
        Ledger.open(str(tmp_path / "empty.sqlite"))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://host/db", "SQLite or PostgreSQL, not in 'mysql'"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("://", "cannot be read"),
        ("postgresql://tester:secret@127.0.0.1:1/db", "no PostgreSQL server answers there"),
    ],
)
def test_a_url_that_is_no_ledger_is_refused_without_telling_its_password(url, sentence):
    with pytest.raises(BadLedger, match=sentence) as refused:
        Ledger.open(url, create=True)
    assert "secret" not in str(refused.value)


def test_a_database_that_the_server_does_not_have_is_refused(postgres):
    url = postgres.rpartition("/")[0] + "/nowhere"
    with pytest.raises(BadLedger, match="has no such database; make one there with `createdb`, or correct its name"):
        Ledger.open(url, create=True)


@pytest.mark.parametrize(
    ("words", "told"),
    [  # as libpq 15, PostgreSQL 15, psycopg 3.2 and SQLite 3.40 say them
        (
            'connection to server at "10.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "x"',
            "The ledger L is closed to this user and password; correct them in its URL.",
        ),
        ("connection failed: fe_sendauth: no password supplied", "The ledger L asks for a password; give it in its URL"),
        ("connection timeout expired", "The ledger L cannot be reached: its server does not answer."),
        ("cannot execute INSERT in a read-only transaction", "The ledger L can only be read here; give the server"),
        ("database or disk is full", "There is no room left for the ledger L; nothing of this was kept."),
        ("database is locked", "Another program has kept the ledger L to itself for a minute; try again when it is done."),
        ("out of shared memory\nHINT:  Wait", "The ledger L: out of shared memory HINT: Wait."),
    ],
)
def test_what_a_database_says_becomes_a_sentence(words, told):
    said = sentence("L", words)
    assert said.startswith(told)
    assert said.endswith((".", "database"))


def test_a_server_that_does_not_answer_is_waited_for_ten_seconds_or_as_long_as_the_url_says(monkeypatch):
    asked = []

    def engine(address, *, connect_args):
        asked.append(connect_args)
        raise ModuleNotFoundError

    monkeypatch.setattr("levelhead.ledger.database.create_engine", engine)
    for url in ("postgresql://localhost/db", "postgresql://localhost/db?connect_timeout=60"):
        with pytest.raises(MissingPart):
            Ledger.open(url)
    assert asked == [{"connect_timeout": 10}, {}], "what the URL says goes with the URL"


def test_a_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("This is no database. " * 100)
    with pytest.raises(BadLedger, match=r"notes\.txt is not a database; give the file of a ledger"):
        Ledger.open(str(file))


def test_a_folder_is_no_ledger(tmp_path):
    with pytest.raises(BadLedger, match="cannot be opened; give a file, not a folder"):
        Ledger.open(str(tmp_path))


def test_a_damaged_file_is_called_so(tmp_path):
    with Ledger.open(str(tmp_path / "ledger.sqlite"), create=True) as ledger:
        publish(ledger)
    whole = (tmp_path / "ledger.sqlite").read_bytes()
    (tmp_path / "cut.sqlite").write_bytes(whole[:5000])
    with pytest.raises(BadLedger, match=r"cut\.sqlite is damaged; go back to a copy"):
        Ledger.open(str(tmp_path / "cut.sqlite"))


def test_a_ledger_in_a_folder_that_takes_no_file_can_be_read_and_verified(tmp_path, monkeypatch):
    file = tmp_path / "a 100% ledger?.sqlite"
    with Ledger.open(str(file), create=True) as ledger:
        publish(ledger)
    monkeypatch.setattr("levelhead.ledger.database.os.access", lambda place, mode: place != tmp_path)
    with Ledger.open(str(file)) as ledger:
        assert len(ledger) == 1
        assert not ledger.verify()
        with pytest.raises(BadLedger, match="can only be read here"):
            publish(ledger, author="another")
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadLedger, match="cannot be made"):
        Ledger.open(str(tmp_path / "file" / "ledger.sqlite"), create=True)


def test_a_path_and_a_sqlite_url_are_the_same_ledger(tmp_path):
    with Ledger.open(f"sqlite:///{tmp_path}/100%.sqlite", create=True) as ledger:
        publish(ledger)
    with Ledger.open(str(tmp_path / "100%.sqlite")) as ledger:
        assert len(ledger) == 1
        assert ledger.name == str(tmp_path / "100%.sqlite")


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingPart, match=r"pip install 'levelhead\[postgres\]'"):
        Ledger.open("postgresql://localhost/db")


def test_a_writer_that_fails_leaves_nothing(url):
    database = open_database(url, create=False)
    row = {"seq": 1, "hash": "sha256:1", "parent": "sha256:" + "0" * 64, "kind": "note", "at": "2025", "text": "{}"}

    def write_and_stop():
        with database.writing() as connection:
            connection.execute(sa.insert(metadata.tables["entries"]), [row])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    database.close()
    with Ledger.open(url) as ledger:
        assert len(ledger) == 0


def test_a_connection_that_is_cut_is_an_error_in_a_sentence(new_postgresql):
    url = new_postgresql()
    with Ledger.open(url) as ledger:
        database: Database = ledger._database
        cut = sa.text("SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(BadLedger, match="terminat"), database.reading() as connection:
            connection.execute(cut)
        publish(ledger)
        assert len(ledger) == 1, "the next connection is a new one"
