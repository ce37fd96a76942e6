"""A ledger that cannot be had is refused by one sentence, which names it and says what to do, whatever was to be done with it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made_market import run

from levelhead.ledger.store import Ledger

COMMANDS = (
    ("scorecard",),
    ("status", "RTY"),
    ("settle",),
    ("verify",),
    ("ledger", "seal"),
    ("correct", "RTY-2025-03-14", "--reason", "A wrong stop."),
    ("diff", "RTY-2025-03-13", "RTY-2025-03-14"),
)
SAID = {
    "absent": "There is no ledger at {file} yet; `levelhead publish` or `levelhead note --publish` begins one.",
    "absent folder": "There is no ledger at {file} yet; `levelhead publish` or `levelhead note --publish` begins one.",
    "empty file": "{file} holds no ledger yet; publish a note into it first.",
    "folder": "The ledger {file} cannot be opened; give a file, not a folder, that you may read and write.",
    "text": "{file} is not a database; give the file of a ledger, or the name of a new one.",
    "other": "{file} holds other tables (orders); give a ledger a database of its own.",
    "newer": "The ledger {file} was written by a newer levelhead: its schema is 0099, this one knows 0001. Update levelhead.",
    "cut": "The ledger {file} is damaged; go back to a copy, which `levelhead verify --head` proves.",
}


def made(kind: str, folder: Path) -> Path:
    """A path at which there is no ledger, or none that can be read."""
    file = folder / "ledger.sqlite"
    if kind == "absent folder":
        return folder / "no" / "such" / "ledger.sqlite"
    if kind == "empty file":
        file.touch()
    elif kind == "folder":
        file.mkdir()
    elif kind == "text":
        file.write_text("Support 2,350, resistance 2,420. " * 40, encoding="utf-8")
    elif kind == "other":
        sql(file, "CREATE TABLE orders (id)")
    elif kind in ("newer", "cut"):
        Ledger.open(str(file), create=True).close()
    if kind == "newer":
        sql(file, "UPDATE alembic_version SET version_num = '0099'")
    elif kind == "cut":
        os.truncate(file, 5000)
    return file


def sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def refused(*arguments: object) -> str:
    """The sentence on stderr of a command that was refused."""
    said = run(*arguments)
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.count("\n") == 1
    return said.stderr.removeprefix("levelhead: ").rstrip("\n")


@pytest.mark.parametrize("kind", SAID)
def test_every_command_says_the_same_of_what_is_no_ledger_and_leaves_it_as_it_is(kind, tmp_path):
    file = made(kind, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for command in COMMANDS:
        assert refused(*command, "--ledger", file) == SAID[kind].format(file=file), command
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://tester:secret@127.0.0.1:1/db", "no PostgreSQL server answers there. Start it, or correct host and port."),
        ("postgresql://tester:secret@no-such-host.invalid/db", "Correct the name of the host, or try again later."),
        ("postgresql://tester:secret@127.0.0.1:99999/db", "its port is none. Give a number from 1 to 65535, or leave it out."),
    ],
)
def test_a_server_that_is_down_is_named_without_its_password(url, sentence):
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    for command in COMMANDS:
        said = refused(*command, "--ledger", url)
        assert said.startswith(f"The ledger {url.replace('secret', '***')} cannot be reached: ")
        assert said.endswith(sentence)


def test_a_file_that_may_only_be_read_is_scored_and_verified_and_takes_nothing(tmp_path, monkeypatch):
    note = {
        "schema_version": "1",
        "as_of": "2025-03-14",
        "instrument": {"symbol": "RTY"},
        "claims": [{"name": "up", "claim": "touch 2100 within 12 sessions", "chances": {"true": 0.4}}],
    }
    (tmp_path / "note.json").write_text(json.dumps(note), encoding="utf-8")
    file = tmp_path / "kept" / "ledger.sqlite"
    assert run("publish", tmp_path / "note.json", "--author", "A. Writer", "--ledger", file).exit_code == 0
    # As in a folder that nobody may write to; the tests may run as root, who may.
    monkeypatch.setattr("os.access", lambda place, mode: place != file.parent)
    assert "1 note of RTY" in run("scorecard", "--ledger", file).stdout
    assert "1 entry, nothing amiss." in run("verify", "--ledger", file).stdout
    said = refused("correct", "RTY-2025-03-14", "--reason", "A wrong stop.", "--ledger", file)
    assert said == f"The ledger {file} can only be read here; move it to where you may write."


def test_a_folder_that_one_may_not_look_into_is_named(tmp_path, monkeypatch):
    def forbidden(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "stat", forbidden)
    file = tmp_path / "ledger.sqlite"
    assert refused("scorecard", "--ledger", file) == f"The ledger {file} cannot be looked for: Permission denied."


def test_a_ledger_without_a_note_has_nothing_to_say_and_nothing_amiss(tmp_path):
    file = shutil.copy(made("newer", tmp_path), tmp_path / "new.sqlite")
    sql(file, "UPDATE alembic_version SET version_num = '0001'")
    assert "The ledger holds no note yet" in run("scorecard", "--ledger", file).stdout
    assert run("status", "RTY", "--ledger", file).stdout == "No claim on RTY is open.\n"
    assert "0 entries, nothing amiss." in run("verify", "--ledger", file).stdout
    assert "No claim was settled" in run("settle", "--ledger", file).stdout
    assert refused("ledger", "seal", "--ledger", file) == f"The ledger {file} is empty; there is nothing to seal."
