"""levelhead settle and levelhead status, from notes in a ledger and bars in a file."""

import datetime as dt
import json

import pytest
from made_market import run, write_made

from levelhead.doors import clock

DAYS = ("2025-02-03", "2025-02-28", "2025-03-10")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A ledger of three notes of a made market, and its bars up to 2025-03-14."""
    folder = tmp_path_factory.mktemp("settled")
    bars = write_made(folder, "rty.csv", last="2025-03-14", n=400, seed=3, price=2040.0)
    for day in DAYS:
        note = run("note", "RTY", "--bars", bars, "--as-of", day, "--format", "json", "--out", "-")
        (folder / f"{day}.json").write_text(note.stdout, encoding="utf-8")
        assert run("publish", folder / f"{day}.json", "--ledger", folder / "kept.sqlite").exit_code == 0
    return folder


@pytest.fixture
def ledger(published, tmp_path):
    """The same ledger, to be written to."""
    copy = tmp_path / "ledger.sqlite"
    copy.write_bytes((published / "kept.sqlite").read_bytes())
    return copy


def settled(ledger, *more):
    result = run("settle", "--ledger", ledger, *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def rows_of(ledger, bars, *more):
    return {row["as_of"]: row for row in json.loads(settled(ledger, "--bars", bars, "--json", *more))}


def test_every_note_is_a_sentence_and_the_totals_come_last(published, ledger):
    lines = settled(ledger, "--bars", f"RTY={published / 'rty.csv'}").splitlines()
    assert [line[:14] for line in lines if not line.startswith(" ")][:3] == [f"RTY {day}" for day in DAYS]
    assert " of 3 notes: " in lines[-1]
    assert "0 as kept, 0 newly disputed." in lines[-1]


def test_settling_again_writes_nothing(published, ledger):
    first = rows_of(ledger, published / "rty.csv")
    before = run("verify", "--ledger", ledger).stdout
    again = rows_of(ledger, published / "rty.csv")
    assert run("verify", "--ledger", ledger).stdout == before
    for day in DAYS:
        found = [{k: v for k, v in row.items() if k != "is_new"} for row in again[day]["outcomes"]]
        assert found == [{k: v for k, v in row.items() if k != "is_new"} for row in first[day]["outcomes"]]
        assert not any(row["is_new"] for row in again[day]["outcomes"])


def test_a_revision_that_changes_an_outcome_is_a_dispute_and_stays_one(published, ledger, tmp_path):
    kept = {row["name"]: row["outcome"] for row in rows_of(ledger, published / "rty.csv")[DAYS[0]]["outcomes"]}
    # two days after the first note the market now falls through every support, and comes back
    lines = (published / "rty.csv").read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("2025-02-05"))
    day, start, high, _, close, volume = lines[at].split(",")
    lines[at] = f"{day},{start},{high},900.0,{close},{volume}"
    revised = tmp_path / "rty.csv"
    revised.write_text("\n".join(lines) + "\n")
    found = {row["name"]: row for row in rows_of(ledger, revised)[DAYS[0]]["outcomes"]}
    deepest = next(name for name in sorted(found, reverse=True) if name.startswith("level.s"))
    assert (kept[deepest], found[deepest]["outcome"], found[deepest]["is_disputed"]) == ("untested", "held", True)
    text = settled(ledger, "--bars", revised)
    assert f"  {deepest}: disputed; these bars give 'held', what is kept stays." in text
    assert "0 newly disputed" in text  # it is entered once
    again = rows_of(ledger, published / "rty.csv")[DAYS[0]]["outcomes"]
    assert {row["name"]: row["outcome"] for row in again} == kept
    assert not any(row["is_disputed"] for row in again)


def test_bars_of_something_else_are_refused_and_settle_nothing(published, ledger, tmp_path):
    other = write_made(tmp_path, "other.csv", last="2025-03-14", n=400, seed=4, price=5600.0)
    result = run("settle", "--ledger", ledger, "--bars", other)
    assert result.exit_code == 2
    assert "holds other bars than the notes were made on. The note was made at " in result.stderr
    assert "Nothing was settled" in result.stderr
    assert "3 entries" in run("verify", "--ledger", ledger).stdout
    assert " are void; " in settled(ledger, "--bars", other, "--void-revised")


def test_open_claims_alone_are_asked_about(published, ledger):
    settled(ledger, "--bars", published / "rty.csv")
    rows = rows_of(ledger, published / "rty.csv", "--open")
    assert {row["outcome"] for each in rows.values() for row in each["outcomes"]} == {"open"}


def test_a_forming_bar_settles_nothing(published, ledger, monkeypatch):
    # while the session of the 14th trades, its bar is in the file already
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2025, 3, 14, 15, 0, tzinfo=dt.UTC))
    told = json.loads(run("status", "RTY", "--ledger", ledger, "--bars", published / "rty.csv", "--json").stdout)
    assert {row["today"] for row in told} == {"2025-03-13"}
    assert max(claim["on"] for row in told for claim in row["claims"] if claim["on"]) <= "2025-03-13"


def test_a_file_without_a_symbol_needs_one_instrument(published, ledger, tmp_path):
    es = write_made(tmp_path, "es.csv", last="2025-03-14", n=400, seed=5, price=5600.0)
    note = run("note", "ES", "--bars", es, "--as-of", DAYS[0], "--format", "json", "--out", "-")
    (tmp_path / "es.json").write_text(note.stdout, encoding="utf-8")
    run("publish", tmp_path / "es.json", "--ledger", ledger)
    result = run("settle", "--ledger", ledger, "--bars", es)
    assert result.exit_code == 2
    assert "names no symbol, and there are notes of ES, RTY; write SYMBOL=FILE." in result.stderr
    result = run("settle", "--ledger", ledger, "--bars", f"ES={es}")
    assert "RTY: no bars are given for it" in result.stderr
    assert " of 1 note: " in result.stdout


def test_settle_and_status_without_a_ledger_say_how_to_come_by_one(tmp_path):
    for command in (("settle",), ("status", "RTY")):
        result = run(*command, "--ledger", tmp_path / "none.sqlite")
        assert result.exit_code == 2
        assert result.stderr.startswith("levelhead: ")


def test_status_says_how_old_a_note_is_and_what_its_claims_are_worth_now(published, ledger):
    settled(ledger, "--bars", published / "rty.csv")
    result = run("status", "RTY", "--ledger", ledger, "--bars", published / "rty.csv")
    assert result.exit_code == 0, result.stderr
    assert "10 March 2025 (levelhead, replayed), 4 sessions old" in result.stdout
    assert "Price then " in result.stdout
    assert "alive, 6 sessions left; then up " in result.stdout  # of the short-term outlook's ten
    before = run("verify", "--ledger", ledger).stdout
    told = json.loads(run("status", "RTY", "--ledger", ledger, "--bars", published / "rty.csv", "--json").stdout)
    assert run("verify", "--ledger", ledger).stdout == before
    newest = told[0]
    assert (newest["as_of"], newest["passed"]) == (DAYS[2], 4)
    for claim in newest["claims"]:
        assert claim["status"] == "alive"
        assert not claim["now"] or sum(claim["now"]) == pytest.approx(1.0)


def test_status_of_one_note_before_it_was_settled_shows_what_came_of_it(published, ledger):
    result = run("status", "RTY", "--ledger", ledger, "--bars", published / "rty.csv", "--note", f"RTY-{DAYS[0]}", "--json")
    (told,) = json.loads(result.stdout)
    by_name = {claim["name"]: claim for claim in told["claims"]}
    assert by_name["scenario"]["status"] in ("up", "range", "down")
    assert by_name["outlook.long"]["status"] == "alive"
    assert run("status", "ES", "--ledger", ledger, "--bars", published / "rty.csv").stdout == "No claim on ES is open.\n"


def test_a_note_on_the_last_bar_is_not_old(published, tmp_path):
    bars, ledger = published / "rty.csv", tmp_path / "new.sqlite"
    note = run("note", "RTY", "--bars", bars, "--format", "json", "--out", "-")
    (tmp_path / "new.json").write_text(note.stdout, encoding="utf-8")
    run("publish", tmp_path / "new.json", "--ledger", ledger)
    told = run("status", "RTY", "--ledger", ledger, "--bars", bars).stdout
    assert told.splitlines()[0].endswith("14 March 2025 (levelhead, replayed)")


def test_without_files_the_bars_come_from_where_a_notes_bars_come_from(tmp_path):
    note = run("note", "IXIC", "--source", "sample", "--as-of", "2018-06-01", "--format", "json", "--out", "-")
    (tmp_path / "ixic.json").write_text(note.stdout, encoding="utf-8")
    run("publish", tmp_path / "ixic.json", "--ledger", tmp_path / "l.sqlite")
    told = run("settle", "--ledger", tmp_path / "l.sqlite", "--source", "sample")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("IXIC 2018-06-01 by levelhead (replayed): ")
    assert ": 0 open, " in told.stdout
    # an index has no contract: results are in R alone
    rows = json.loads(run("settle", "--ledger", tmp_path / "l.sqlite", "--source", "sample", "--json").stdout)
    assert {row["dollars_low"] for row in rows[0]["outcomes"]} == {None}
