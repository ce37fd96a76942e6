"""Somebody's note in words on its way through the ledger: published as claims, priced beside, settled, scored."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re

import pytest
from click.testing import CliRunner

from levelhead.doors import clock
from levelhead.doors.cli import main
from levelhead.ledger.store import Ledger
from levelhead.review.source import text_of

DAYS = ("2024-11-04", "2024-11-25", "2024-12-16", "2025-01-06")
AUTHOR = "A. Nother <b>& Co</b>"
NOTE = """E-mini Russell 2000 (RTY) Technical Analysis, {day}

Probability Table (Next 2–3 Weeks)

| Scenario | Probability |
|---|---|
| Rally toward {up:,.1f} | 45% |
| Range-bound between {down:,.1f} and {up:,.1f} | 35% |
| Breakdown below {down:,.1f} toward {far:,.1f} | 20% |

Key Levels

| Level | Type |
|---|---|
| {up:,.1f} | Resistance |
| {down:,.1f} | Support |

Trade Setup

- Buy near {entry:,.1f}, stop {stop:,.1f}, target {up:,.1f}

<script>alert("2,222.2")</script> A secret sentence.
"""


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def closes(market):
    with (market / "rty.csv").open() as file:
        return {row["date"]: float(row["close"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def notes(market, closes, tmp_path_factory):
    """A note of each day: forty points up, forty down."""
    folder = tmp_path_factory.mktemp("theirs")
    for day in DAYS:
        last = round(closes[day])
        words = NOTE.format(
            day=f"{dt.date.fromisoformat(day):%d %B %Y}",
            up=last + 60,
            down=last - 60,
            far=last - 100,
            entry=last - 20,
            stop=last - 45,
        )
        (folder / f"{day}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ledger(market, notes, tmp_path_factory):
    """A ledger with the four notes, settled."""
    place = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    for day in DAYS:
        done = run("publish", notes / f"{day}.txt", "--author", AUTHOR, "--bars", market / "rty.csv", "--ledger", place)
        assert done.exit_code == 0, done.output
    done = run("settle", "--bars", market / "rty.csv", "--ledger", place)
    assert done.exit_code == 0, done.output
    return place


def kept(place):
    with Ledger.open(str(place)) as opened:
        return [(note, note.document, opened.statements(note.hash)) for note in opened.notes()]


def test_a_note_enters_as_its_claims_and_the_same_claims_enter_beside_it(ledger):
    pairs = kept(ledger)
    assert [(note.author, note.source) for note, _, _ in pairs] == [(AUTHOR, ""), ("levelhead", f"the claims of {AUTHOR}")] * 4
    for (theirs, _, said), (ours, _, priced) in zip(pairs[::2], pairs[1::2], strict=True):
        assert (theirs.as_of, theirs.symbol, theirs.standing) == (ours.as_of, ours.symbol, ours.standing)
        claims = {statement.name: statement.claim for statement, _ in said if statement.claim}
        for statement, _ in priced:
            assert claims[statement.name] == statement.claim
            assert len(statement.said) == len(statement.outcomes)
            assert sum(statement.said) == pytest.approx(1)


def test_what_the_note_says_is_what_is_kept_with_the_base_rate_beside(ledger, closes):
    _, _, pairs = kept(ledger)[0]
    said = {statement.name: statement for statement, _ in pairs}
    last = round(closes[DAYS[0]])
    split = said["scenario"]
    assert split.claim == f"first of {last + 60} | {last - 60} within 12 sessions"
    assert split.said == (0.45, 0.35, 0.20)
    assert sum(split.base) == pytest.approx(1)
    assert said["setup.1"].kind == "setup"
    assert {"level.r1", "level.s1"} <= set(said)
    assert said["setup.1"].claim == (f"long limit {last - 20} stop {last - 45} target {last + 60} fill within 12 exit within 24")


def test_each_reading_is_settled(ledger):
    for _, _, pairs in kept(ledger):
        names = [statement.name for statement, _ in pairs]
        assert any(name.endswith("/a close") for name in names)
        assert all(outcome is not None for statement, outcome in pairs)


def test_how_the_note_was_understood_is_printed_and_kept(ledger, notes, market):
    done = run("publish", notes / f"{DAYS[0]}.txt", "--author", AUTHOR, "--bars", market / "rty.csv", "--ledger", ledger)
    assert "a touch" in done.stdout
    assert "a close" in done.stdout
    assert ", kept since " in done.stdout
    document = kept(ledger)[0][1]
    rows = document["review"]["interpreted"]
    assert {row["reading"] for row in rows} >= {"a touch", "a close"}
    plain = text_of((notes / f"{DAYS[0]}.txt").read_bytes()).plain
    assert all(0 <= row["place"]["start"] < row["place"]["end"] <= len(plain) for row in rows)


def test_of_the_text_its_hash_is_kept_and_not_its_words(ledger, notes):
    with Ledger.open(str(ledger)) as opened:
        for note in opened.notes():
            written = json.dumps(note.document)
            assert "secret" not in written
            assert "Rally" not in written
            assert "alert" not in written
    digest = text_of((notes / f"{DAYS[0]}.txt").read_bytes()).digest
    assert kept(ledger)[0][1]["review"]["source"]["digest"] == digest


def test_the_whole_text_is_kept_where_it_is_asked_for_and_is_on_no_page(notes, market, tmp_path):
    place = tmp_path / "kept.sqlite"
    run("publish", notes / f"{DAYS[0]}.txt", "--author", AUTHOR, "--bars", market / "rty.csv", "--ledger", place, "--keep-text")
    (theirs, ours) = kept(place)
    assert "A secret sentence." in theirs[1]["review"]["source"]["plain"]
    assert ours[1]["review"]["source"]["plain"] is None
    run("settle", "--bars", market / "rty.csv", "--ledger", place)
    for form in ("html", "json", "text"):
        assert "secret" not in run("scorecard", "--format", form, "--ledger", place).stdout


def test_the_scorecard_of_an_author_holds_her_against_the_machine_and_the_base_rate(ledger):
    card = json.loads(run("scorecard", "--author", AUTHOR, "--format", "json", "--ledger", ledger).stdout)
    (book,) = card["books"]
    assert book["authors"] == [AUTHOR]
    split = next(row for row in book["side_by_side"] if row["kind"] == "scenario")
    assert set(split["authors"]) == {AUTHOR, "levelhead"}
    assert split["days"] == 4
    assert all(base is not None for base in split["base"])
    # the base rate is of the same claims: it is the same for both
    assert split["base"][0] == pytest.approx(split["base"][1])


def test_a_statement_without_a_probability_is_counted_beside_what_the_machine_and_the_past_say(ledger):
    card = json.loads(run("scorecard", "--author", AUTHOR, "--format", "json", "--ledger", ledger).stdout)
    (row,) = card["books"][0]["unsaid"]
    assert row["kind"] == "claim"
    assert row["decided"] >= row["happened"] >= 0
    assert 0 <= row["said"] <= 1
    assert 0 <= row["base"] <= 1
    text = run("scorecard", "--author", AUTHOR, "--ledger", ledger).stdout
    assert "without a probability" in " ".join(text.split())


def test_no_markup_of_a_name_reaches_the_page(ledger):
    page = run("scorecard", "--author", AUTHOR, "--format", "html", "--ledger", ledger).stdout
    assert "A. Nother" in page
    assert "<b>& Co" not in page
    assert "&lt;b&gt;&amp; Co&lt;/b&gt;" in page


def test_a_ledger_with_others_claims_is_verified(ledger):
    assert run("verify", "--ledger", ledger).exit_code == 0


def test_a_note_published_before_the_next_session_opens_is_live_and_so_is_its_price(notes, market, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2025, 1, 6, 22, 30, tzinfo=dt.UTC))
    place = tmp_path / "live.sqlite"
    done = run("publish", notes / f"{DAYS[3]}.txt", "--author", AUTHOR, "--bars", market / "rty.csv", "--ledger", place)
    assert re.findall(r"entry \d, (\w+)", done.stdout) == ["live", "live"]


def test_an_earlier_note_of_our_own_is_not_taken_for_one_of_these(ledger, market):
    done = run("note", "RTY", "--bars", market / "rty.csv", "--as-of", "2025-01-10", "--format", "md", "--ledger", ledger)
    assert done.exit_code == 0
    assert "left out" not in done.stderr
    assert "since" not in done.stderr


ON = ("--as-of", "2025-01-06")


@pytest.mark.parametrize(
    ("words", "more", "sentence"),
    [
        ("RTY rallies.", ("--author", "X", *ON), "says nothing of the future that could be settled"),
        ("RTY: support at 1,000.", (), "does not say whose it is; give --author"),
        ("Support at 1,000.", ("--author", "X", *ON), None),
        ("RTY: support at 1,000.", ("--author", "levelhead", *ON), "needs another name in --author"),
        ("RTY: support at 1,000.", ("--author", "X"), "prints no day and its figures fit none of these bars"),
    ],
)
def test_what_cannot_enter_is_refused_in_one_sentence(words, more, sentence, tmp_path, market):
    place = tmp_path / "rty_note.txt"
    place.write_text(words)
    done = run("publish", place, "--bars", market / "rty.csv", "--ledger", tmp_path / "ledger.sqlite", *more)
    if sentence is None:  # the file of bars says which instrument it is
        assert done.exit_code == 0
        return
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert not (tmp_path / "ledger.sqlite").exists() or "levelhead" in more


def test_options_of_a_note_in_words_are_refused_with_a_note_json(tmp_path, market):
    (tmp_path / "note.json").write_text("{}")
    done = run("publish", tmp_path / "note.json", "--bars", market / "rty.csv")
    assert done.exit_code == 2
    assert "are for a note in words" in done.stderr


def test_a_damaged_note_json_is_no_note_in_words(tmp_path):
    (tmp_path / "note").write_text('{"schema_version": 1,')
    done = run("publish", tmp_path / "note")
    assert done.exit_code == 2
    assert "is not JSON" in done.stderr


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "a & b < c", "javascript:alert(1)"]
)
def test_whatever_a_stranger_calls_himself_the_page_shows_letters(name, tmp_path, notes, market):
    place = tmp_path / "ledger.sqlite"
    common = ("--bars", market / "rty.csv", "--ledger", place)
    done = run("publish", notes / f"{DAYS[0]}.txt", "--author", name, "--source", name, *common)
    assert done.exit_code == 0
    run("settle", "--bars", market / "rty.csv", "--ledger", place)
    page = run("scorecard", "--author", name, "--format", "html", "--ledger", place).stdout
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "49" not in re.findall(r"by ([^,<]*),", page)
    assert 'href="javascript' not in page
