"""Writers that are killed, and writers that meet: nothing acknowledged is lost, every entry is there once, the chain is whole."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import random
import sqlite3
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from made_ledger import LATER, document, publish
from made_writers import OUTCOMES, open_and_close, publish_each, settle_all, write_numbered

from levelhead.ledger.shelf import kept_notes
from levelhead.ledger.store import Ledger

IS_SOAK = bool(os.environ.get("LEVELHEAD_SOAK"))
KILLS = 300 if IS_SOAK else 6
A_DOING = 15_000  # calls and returns of functions in publishing or settling, about
A_LEDGER = 25  # trials on one ledger, before another one is begun
PUBLISHERS, NOTES_EACH = 20, 50

if not hasattr(os, "fork"):
    pytest.skip("writers are forked from a process that has imported everything", allow_module_level=True)


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start in milliseconds, whatever they import."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["made_writers", "sqlalchemy", "numpy", "psycopg", "alembic.command"])
    return context


def acknowledged(file: Path) -> list[list[str]]:
    """What the writer said: whole lines only."""
    return [line.split() for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")] if file.exists() else []


def killed_writer(processes: ForkServerContext, url: str, first: int, said: Path, chance: random.Random) -> None:
    """Starts a writer and kills it: by the clock, or at a given call of a function."""
    by_call = chance.random() < 0.5
    stop_after = chance.randrange(1, 4 * A_DOING) if by_call else None
    writer = processes.Process(target=write_numbered, args=(url, first, str(said), stop_after))
    writer.start()
    if not by_call:
        deadline = time.monotonic() + 30
        while not acknowledged(said) and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.1)
        writer.kill()
    writer.join(60)
    assert writer.exitcode == -9


@pytest.mark.long
def test_a_writer_killed_at_any_point_loses_nothing_that_it_acknowledged(processes, new_ledger, tmp_path, record_property):
    chance = random.Random(20250314)
    kept = unsaid = 0
    url = ""
    for trial in range(KILLS):
        url, said = (new_ledger() if trial % A_LEDGER == 0 else url), tmp_path / f"said-{trial}"
        with Ledger.open(url) as ledger:
            before = len(list(ledger.notes()))
            entries = len(ledger)
        killed_writer(processes, url, before, said, chance)
        told = acknowledged(said)
        with Ledger.open(url) as ledger:
            assert ledger.verify() == ()
            notes = {note.hash: note for note in ledger.notes()}
            assert [note.document["title"] for note in notes.values()] == [f"Note {n}" for n in range(len(notes))]
            for what, number, name in told:
                assert notes[name].document == document(int(number))
                if what == "settled":
                    assert {s.name: o and o.outcome for s, o in ledger.statements(name)} == OUTCOMES
            # What is there is what was acknowledged, and at most the one entry whose acknowledgement the kill prevented.
            extra = len(ledger) - entries - len(told)
        assert extra in (0, 1)
        kept, unsaid = kept + len(told), unsaid + extra
    record_property("ledger kills", KILLS)
    record_property("ledger entries acknowledged and kept", kept)
    record_property("ledger entries kept unacknowledged", unsaid)
    print(f"\n{KILLS} kills: {kept} entries acknowledged and kept, {unsaid} kept unacknowledged")
    assert kept >= KILLS // 4, "half of them are killed by the clock, after their first word"


@pytest.mark.long
def test_twenty_publishers_and_a_settler_make_every_entry_once_and_one_whole_chain(processes, new_ledger):
    url = new_ledger()
    publishers, each = (PUBLISHERS, NOTES_EACH) if IS_SOAK else (PUBLISHERS, 5)
    # Half of them publish the same notes under the same name: those are one entry each.
    shares = [(range(n // 2 * each, n // 2 * each + each), "Twins" if n % 2 else f"Author {n}") for n in range(publishers)]
    shares[1::4] = shares[3::4]
    expected = {(number, author) for numbers, author in shares for number in numbers}
    writers = [processes.Process(target=publish_each, args=(url, numbers, author)) for numbers, author in shares]
    writers.append(processes.Process(target=settle_all, args=(url, len(expected))))
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(300)
        assert writer.exitcode == 0
    with Ledger.open(url) as ledger:
        assert ledger.verify() == ()
        held = [(int(note.document["title"].removeprefix("Note ")), note.author) for note in ledger.notes()]
        assert len(held) == len(set(held))
        assert set(held) == expected
        assert list(ledger.open_statements()) == []
        assert set(ledger.record().outcomes.tolist()) == {0, 1}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_many_who_open_a_ledger_that_is_not_there_yet_make_one(processes, tmp_path, request, database):
    if database == "sqlite":
        url = str(tmp_path / "deep" / "down" / "ledger.sqlite")
    else:
        import psycopg

        server = request.getfixturevalue("postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE not_there_yet")
        url = f"{server.rpartition('/')[0]}/not_there_yet"
    openers = [processes.Process(target=open_and_close, args=(url,)) for _ in range(8)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(120)
        assert opener.exitcode == 0
    with Ledger.open(url) as ledger:
        assert len(ledger) == 8
        assert ledger.verify() == ()


@pytest.mark.parametrize("stop_after", [2_000, 9_000, 16_000, 23_000, 30_000, 33_000])
def test_a_writer_killed_while_it_makes_the_ledger_leaves_none_or_a_whole_one(processes, tmp_path, stop_after):
    url = str(tmp_path / "ledger.sqlite")
    writer = processes.Process(target=write_numbered, args=(url, 0, str(tmp_path / "said"), stop_after))
    writer.start()
    writer.join(60)
    assert writer.exitcode == -9
    with Ledger.open(url, create=True) as ledger:
        assert ledger.verify() == ()
        assert len(ledger) >= len(acknowledged(tmp_path / "said"))


def test_a_ledger_in_a_file_is_in_wal_mode_and_waits_for_the_disk(new_sqlite):
    url = new_sqlite()
    with Ledger.open(url) as ledger, ledger._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL: what is acknowledged is on the disk"
    assert sqlite3.connect(url).execute("PRAGMA journal_mode").fetchone() == ("wal",), "the file remembers"


def test_a_reader_beside_a_writer_sees_one_state_throughout(new_ledger):
    url = new_ledger(filled=True)
    with Ledger.open(url) as one, Ledger.open(url) as other, one._database.reading() as connection:
        before = [note.hash for note in kept_notes(connection, one.document)]
        publish(other, 77, at=LATER + dt.timedelta(days=9))
        assert [note.hash for note in kept_notes(connection, one.document)] == before
        assert len(list(other.notes())) == len(before) + 1
