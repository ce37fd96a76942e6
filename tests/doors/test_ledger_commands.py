"""The ledger at the command line: publish, correct, verify, seal, and note --publish."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from pathlib import Path

import pytest
from made_market import run

from levelhead.doors import clock
from levelhead.ledger.store import Ledger

SATURDAY = dt.datetime(2025, 3, 15, 12, 0, tzinfo=dt.UTC)
MONDAY = dt.datetime(2025, 3, 17, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def ledger(own_home, monkeypatch) -> Path:
    """The ledger of a test lies in its own home; the clock says Saturday, before the week opens."""
    monkeypatch.delenv("LEVELHEAD_LEDGER", raising=False)
    monkeypatch.setattr(clock, "now", lambda: SATURDAY)
    return own_home / "ledger.sqlite"


@pytest.fixture(scope="session")
def made_note(market, tmp_path_factory) -> Path:
    """A folder with the note.json of the made market's last day, a Friday."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: SATURDAY)
        said = run("note", "RTY", "--bars", market / "rty.csv", "--format", "json")
    (folder / "note.json").write_text(said.stdout, encoding="utf-8")
    return folder


def hash_in(said: str) -> str:
    match = re.match(r"sha256:[0-9a-f]{64}", said)
    assert match, said
    return match[0]


def test_a_note_is_published_under_its_own_house_and_its_hash_is_printed(made_note, ledger):
    said = run("publish", made_note)
    assert said.exit_code == 0, said.stderr
    assert said.stdout == f"{hash_in(said.stdout)} entry 1, live: RTY-2025-03-14 by levelhead\n"
    with Ledger.open(str(ledger)) as kept:
        (note,) = kept.notes()
        assert (note.hash, note.author, note.source) == (hash_in(said.stdout), "levelhead", "")
        written = json.loads((made_note / "note.json").read_text())
        assert note.document == written
        provenance = written["provenance"]
        assert (note.data, note.settings, note.version) == tuple(provenance[name] for name in ("digest", "settings", "version"))
        assert note.calibration == provenance["calibration"]
        assert len(kept.statements(note.hash)) > 5


def test_the_same_note_again_is_the_same_entry_and_says_since_when_it_is_kept(made_note):
    first, again = run("publish", made_note), run("publish", made_note / "note.json")
    assert again.exit_code == 0
    assert again.stdout == first.stdout.rstrip("\n") + ", kept since 2025-03-15 12:00 UTC\n"


def test_a_note_published_after_its_path_opened_says_that_it_is_replayed(made_note, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    said = run("publish", made_note)
    assert "entry 1, replayed:" in said.stdout
    assert "it enters as replayed" in said.stderr


def test_another_author_s_note_enters_with_author_and_source(made_note, ledger):
    run("publish", made_note, "--author", "A. Nother", "--source", "https://example.com/note")
    with Ledger.open(str(ledger)) as kept:
        assert [(note.author, note.source) for note in kept.notes()] == [("A. Nother", "https://example.com/note")]


def test_a_note_of_few_parts_by_somebody_else_enters_too(tmp_path, ledger):
    note = {
        "schema_version": "1",
        "as_of": "2025-03-14",
        "instrument": {"symbol": "RTY"},
        "claims": [{"name": "target", "claim": "touch 2100 within 12 sessions", "chances": {"true": 0.4}}],
    }
    (tmp_path / "theirs.json").write_text(json.dumps(note))
    refused = run("publish", tmp_path / "theirs.json")
    assert refused.exit_code == 2
    assert "does not say whose it is; give --author" in refused.stderr
    assert run("publish", tmp_path / "theirs.json", "--author", "A. Nother").exit_code == 0
    with Ledger.open(str(ledger)) as kept:
        (note,) = kept.notes()
        # RTY's own calendar decides, though the note names none: Sunday evening, 18:00 New York.
        assert note.path_opens == dt.datetime(2025, 3, 16, 22, 0, tzinfo=dt.UTC)
        assert note.standing == "live"


def test_a_note_is_published_as_it_is_written_and_before_it_is_handed_out(market, tmp_path, ledger, monkeypatch):
    from levelhead.doors import note_command

    def stopped(*_, **__):
        raise KeyboardInterrupt

    arguments = ("note", "RTY", "--bars", market / "rty.csv", "--out", tmp_path, "--publish")
    with monkeypatch.context() as patch:
        patch.setattr(note_command, "_hand_out", stopped)
        assert run(*arguments).exit_code == 130
    assert list(tmp_path.iterdir()) == []
    with Ledger.open(str(ledger)) as kept:
        assert len(kept) == 1, "nobody has read it, and it is in the ledger"
    said = run(*arguments)
    assert said.exit_code == 0, said.stderr
    last = said.stdout.splitlines()[-1]
    assert "entry 1, live: RTY-2025-03-14 by levelhead, kept since" in last
    with Ledger.open(str(ledger)) as kept:
        assert kept.find(hash_in(last)).document == json.loads((tmp_path / "RTY-2025-03-14" / "note.json").read_text())


def test_a_note_to_stdout_keeps_stdout_for_itself(market):
    said = run("note", "RTY", "--bars", market / "rty.csv", "--format", "json", "--publish")
    assert json.loads(said.stdout)["as_of"] == "2025-03-14"
    assert "entry 1, live: RTY-2025-03-14" in said.stderr


def test_a_last_price_without_its_time_is_published_as_replayed_with_a_word_why(market, tmp_path):
    price = json.loads(run("note", "RTY", "--bars", market / "rty.csv", "--format", "json").stdout)["facts"]["last"]["value"]
    common = ("note", "RTY", "--bars", market / "rty.csv", "--format", "md", "--publish", "--last", price)
    said = run(*common)
    assert "entry 1, replayed" in said.stderr
    assert "give --at with it" in said.stderr


def test_an_erratum_is_added_by_name_hash_or_file(made_note, ledger):
    published = hash_in(run("publish", made_note).stdout)
    for number, name in enumerate(("RTY-2025-03-14", published[:20], made_note), 2):
        said = run("correct", name, "--reason", f"Reason {number}.")
        assert said.exit_code == 0, said.stderr
        assert said.stdout == f"{hash_in(said.stdout)} entry {number}: erratum to RTY-2025-03-14 by levelhead\n"
    assert run("correct", published, "--reason", "Reason 2.").stdout.endswith(", kept before\n")
    with Ledger.open(str(ledger)) as kept:
        assert len(kept.find(published).is_corrected_by) == 3


def test_an_erratum_can_name_the_note_that_stands_for_it(made_note, ledger):
    one = hash_in(run("publish", made_note).stdout)
    other = hash_in(run("publish", made_note, "--author", "A. Nother").stdout)
    said = run("correct", one, "--reason", "Withdrawn.", "--replaced-by", other)
    assert said.exit_code == 0, said.stderr
    with Ledger.open(str(ledger)) as kept:
        assert len(list(kept.notes())) == 2, "both stay"


def test_a_whole_ledger_is_verified_and_what_cannot_be_known_is_said(made_note, ledger):
    run("publish", made_note)
    said = run("verify")
    assert said.exit_code == 0
    assert said.stdout.startswith(f"{ledger}: 1 entry, nothing amiss.\nWithout a sealed head it cannot be known")


def test_a_seal_is_printed_and_kept_and_verification_reaches_as_far_as_it(made_note, tmp_path):
    run("publish", made_note)
    seals = tmp_path / "seals" / "all.txt"
    sealed = run("ledger", "seal", "--out", seals)
    assert sealed.exit_code == 0, sealed.stderr
    assert seals.read_text() == sealed.stdout == f"{hash_in(sealed.stdout)} entry 1 of 2025-03-15T12:00:00.000000Z\n"
    head = hash_in(sealed.stdout)
    assert "Up to entry 1 this is what was sealed." in run("verify", "--head", head).stdout
    run("correct", "RTY-2025-03-14", "--reason", "A wrong stop.")
    for option in (("--head", head), ("--seals", seals), ("--seals", seals.parent)):
        said = run("verify", *option)
        assert said.exit_code == 0
        assert "Up to entry 1 this is what was sealed. Entry 2 came after the last seal" in said.stdout


def test_a_change_is_named_and_the_exit_code_says_so(made_note, ledger):
    run("publish", made_note)
    head = hash_in(run("ledger", "seal").stdout)
    with sqlite3.connect(ledger) as connection:
        connection.execute("DROP TRIGGER notes_no_update")
        connection.execute("UPDATE notes SET author = 'Somebody'")
    said = run("verify", "--head", head)
    assert said.exit_code == 1
    assert (
        "changed     The row of entry 1 in notes was changed: author holds 'Somebody', the entry says 'levelhead'." in said.stdout
    )
    assert "unguarded   The trigger notes_no_update is missing" in said.stdout
    assert "1 entry, 2 findings." in said.stdout


def test_a_head_that_is_not_in_the_chain_proves_nothing_and_says_so(made_note):
    run("publish", made_note)
    said = run("verify", "--head", "sha256:" + "0" * 64)
    assert said.exit_code == 1
    assert "No entry has the sealed hash" in said.stdout
    assert "None of the seals was met: nothing is proven." in said.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("verify",), "There is no ledger at"),
        (("ledger", "seal"), "There is no ledger at"),
        (("correct", "RTY-2025-03-14", "--reason", "x"), "There is no ledger at"),
        (("publish", "nowhere.json"), "nowhere.json cannot be read"),
        (("publish", "pyproject.toml"), "does not say whose it is"),  # any text may be somebody's note
        (("verify", "--ledger", "mysql://host/db"), "not in 'mysql'"),
        (("verify", "--ledger", "sqlite://"), "names no file"),
        (("verify", "--ledger", "pyproject.toml"), "is not a database"),
    ],
)
def test_what_cannot_be_done_is_refused_by_a_sentence(arguments, sentence, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[2])
    said = run(*arguments)
    assert said.exit_code == 2
    assert sentence in said.stderr
    assert said.stderr.count("\n") == 1


def test_seals_that_are_none_are_refused(made_note, tmp_path):
    run("publish", made_note)
    (tmp_path / "none.txt").write_text("\n")
    assert "holds no seal" in run("verify", "--seals", tmp_path / "none.txt").stderr
    assert "cannot be read" in run("verify", "--seals", tmp_path / "absent.txt").stderr


def test_the_ledger_is_the_one_named_else_that_of_the_environment(made_note, tmp_path, monkeypatch):
    run("publish", made_note, "--ledger", tmp_path / "named.sqlite")
    assert (tmp_path / "named.sqlite").exists()
    monkeypatch.setenv("LEVELHEAD_LEDGER", str(tmp_path / "other.sqlite"))
    run("publish", made_note)
    assert run("verify").stdout.startswith(f"{tmp_path / 'other.sqlite'}: 1 entry")


def test_a_notebook_publishes_and_reads_the_same_ledger(made_note, ledger):
    import levelhead as lh

    note = lh.Note.from_json((made_note / "note.json").read_text())
    published = lh.publish(note)
    assert (published.seq, published.is_new, published.standing) == (1, True, "live")
    assert f"{published.hash} entry 1, live: RTY-2025-03-14 by levelhead, kept since" in run("publish", made_note).stdout
    with lh.open_ledger() as kept:
        assert [each.name for each in kept.notes()] == ["RTY-2025-03-14"]
        assert kept.verify() == ()
