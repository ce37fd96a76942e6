"""Records read by the database's driver alone are those of the ledger; what is no ledger is refused by the same sentence."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from made_ledger import FRIDAY, LATER, Raw, came, publish, settle

from levelhead.domain.errors import BadLedger
from levelhead.ledger import direct
from levelhead.ledger.direct import records
from levelhead.ledger.record import COLUMNS
from levelhead.ledger.store import Ledger

UP, RANGE, DOWN, OPEN = 0, 1, 2, -2


def test_the_records_are_those_of_the_notes_asked_for(filled_url):
    # made_ledger.filled: four notes by A. Writer and one by Another, of a scenario and two claims each.
    every, one, scenarios, later = records(
        filled_url, {}, {"author": "Another", "symbol": "RTY"}, {"kind": "scenario"}, {"since": FRIDAY + dt.timedelta(days=1)}
    )
    assert [len(record) for record in (every, one, scenarios, later)] == [15, 3, 5, 0]
    assert every.author.tolist() == ["A. Writer"] * 12 + ["Another"] * 3
    assert scenarios.outcomes.tolist() == [UP, DOWN, OPEN, OPEN, OPEN]
    np.testing.assert_array_equal(scenarios.said[0, :3], [0.3, 0.35, 0.35])
    (none,) = records(filled_url, {"source": "elsewhere"})
    assert len(none) == 0


def test_every_column_is_that_of_the_ledger_opened_the_long_way(filled_url):
    for asked in ({}, {"author": "Another"}, {"kind": "claim", "standing": "live"}, {"source": "desk", "since": FRIDAY}):
        (own,) = records(filled_url, asked)
        with Ledger.open(filled_url) as ledger:
            long = ledger.record(**asked)
        for name in COLUMNS:
            np.testing.assert_array_equal(getattr(own, name), getattr(long, name), err_msg=name)
        for name, column in long.prices.items():
            np.testing.assert_array_equal(own.prices[name], column, err_msg=name)


def test_what_lies_beside_the_file_is_read_too(new_sqlite):
    url = new_sqlite()
    with Ledger.open(url) as ledger:
        note = publish(ledger).hash
        settle(ledger, note, came("scenario", "range"))
        assert Path(f"{url}-wal").stat().st_size > 0
        (record,) = records(url, {"kind": "scenario"})
    assert record.outcomes.tolist() == [RANGE]


def test_the_records_are_read_without_the_library_of_the_databases_or_of_schemas(filled_url):
    code = (
        "import sys; from levelhead.doors.cli import main; main(standalone_mode=False); "
        "print([each for each in ('sqlalchemy', 'alembic', 'pydantic', 'jinja2', 'matplotlib') if each in sys.modules])"
    )
    asked = ["scorecard", "--ledger", filled_url]
    done = subprocess.run([sys.executable, "-c", code, *asked], capture_output=True, text=True, check=True)
    assert "Live record" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_scorecard_is_that_of_the_same_ledger_read_the_long_way(filled_url, monkeypatch):
    from click.testing import CliRunner

    from levelhead.doors.cli import main

    asked = ["scorecard", "--format", "json", "--ledger", filled_url]
    short = CliRunner().invoke(main, asked, catch_exceptions=False)
    for way in ("_of_file", "_of_server"):
        monkeypatch.setattr(direct, way, lambda url, asked: None)
    long = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert json.loads(short.stdout)["books"][0]["notes"] == 2, "of two authors, of one day"
    assert short.stdout == long.stdout


def test_all_records_are_of_one_state(filled_url, monkeypatch):
    read = direct.read_record

    def and_published_meanwhile(rows, **asked):
        found = read(rows, **asked)
        with Ledger.open(filled_url) as ledger:
            publish(ledger, 7, at=LATER + dt.timedelta(days=9), replayed=True)
        return found

    monkeypatch.setattr(direct, "read_record", and_published_meanwhile)
    first, second = records(filled_url, {}, {})
    assert (len(first), len(second)) == (15, 15)
    assert len(records(filled_url, {})[0]) == 18


def test_a_ledger_of_other_tables_is_left_to_the_long_way(filled_url):
    raw = Raw(filled_url)
    raw.plain("UPDATE alembic_version SET version_num = '0099'")
    raw.close()
    with pytest.raises(BadLedger, match="written by a newer levelhead"):
        records(filled_url, {})


@pytest.mark.parametrize("kind", ["absent", "empty", "folder", "text", "other", "cut"])
def test_what_is_no_ledger_is_refused_as_when_it_is_opened_and_stays_as_it_was(kind, tmp_path, new_sqlite):
    file = tmp_path / "ledger.sqlite"
    if kind == "empty":
        file.touch()
    elif kind == "folder":
        file.mkdir()
    elif kind == "text":
        file.write_text("This is no database. " * 100)
    elif kind == "other":
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE orders (id)")
    elif kind == "cut":
        shutil.copy(new_sqlite(filled=True), file)
        os.truncate(file, 5000)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BadLedger) as short:
        records(str(file), {})
    with pytest.raises(BadLedger) as long:
        Ledger.open(str(file))
    assert str(short.value) == str(long.value)
    assert str(file) in str(short.value)
    assert sorted(tmp_path.iterdir()) == before


def test_tables_that_contradict_each_other_give_no_records(filled_url):
    raw = Raw(filled_url)
    raw("DELETE FROM statements WHERE seq = 2")
    raw.close()
    with pytest.raises(BadLedger, match=r"contradict each other .*; `levelhead verify` says which rows"):
        records(filled_url, {})
