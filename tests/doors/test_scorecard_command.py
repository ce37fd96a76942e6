"""levelhead scorecard and diff, and what a note says of the one before it, from the outside."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from levelhead.doors.cli import main

DAYS = ("2025-01-06", "2025-01-13", "2025-01-20")


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, market, monkeypatch_module):
    """A ledger of three replayed notes, settled; their folders beside it."""
    folder = tmp_path_factory.mktemp("scored")
    monkeypatch_module.setenv("LEVELHEAD_HOME", str(folder))
    monkeypatch_module.delenv("LEVELHEAD_LEDGER", raising=False)
    ledger = str(folder / "ledger.sqlite")
    for day in DAYS:
        made = run(
            "note", "RTY", "--bars", str(market / "rty.csv"), "--as-of", day, "--format", "json", "--out", str(folder / "notes")
        )
        assert made.exit_code == 0, made.output
        published = run("publish", str(folder / "notes" / f"RTY-{day}"), "--ledger", ledger)
        assert published.exit_code == 0, published.output
    done = run("settle", "--bars", str(market / "rty.csv"), "--ledger", ledger)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def scored(settled, *more: str):
    return run("scorecard", "--ledger", str(settled / "ledger.sqlite"), *more)


@pytest.mark.parametrize("command", ["scorecard", "diff"])
def test_the_command_has_help_with_examples(command):
    assert f"levelhead {command} " in run(command, "--help").stdout.split("Examples:")[1]


def test_the_scorecard_is_of_the_replayed_notes_alone(settled):
    text = scored(settled).stdout
    assert "Replayed record" in text
    assert "Live record" not in text
    assert "3 notes of RTY by levelhead, from 6 January 2025 to 20 January 2025" in text
    assert "Scenario tables: Brier" in text


def test_the_scorecard_as_json_agrees_with_the_ledger(settled):
    from levelhead.ledger.store import Ledger

    document = json.loads(scored(settled, "--format", "json").stdout)
    with Ledger.open(str(settled / "ledger.sqlite")) as opened:
        record = opened.record(kind="scenario")
    (book,) = document["books"]
    (score,) = [row for row in book["forecasts"] if row["group"]["kind"] == "scenario"]
    decided = record.outcomes >= 0
    happened = [[float(k == outcome) for k in range(3)] for outcome in record.outcomes[decided]]
    by_hand = ((record.said[decided, :3] - happened) ** 2).sum() / decided.sum()
    assert score["count"] == decided.sum() > 0
    assert score["measures"][0]["score"] == pytest.approx(by_hand)


def test_the_scorecard_can_be_narrowed(settled):
    document = json.loads(scored(settled, "--format", "json", "--kind", "level", "--since", "2025-01-13").stdout)
    (book,) = document["books"]
    assert [tally["kind"] for tally in book["tallies"]] == ["level"]
    assert book["first"] == "2025-01-13"
    assert json.loads(scored(settled, "--format", "json", "--author", "nobody").stdout)["books"] == []


def test_the_form_follows_the_name_of_the_file(settled, tmp_path):
    assert scored(settled, "--out", str(tmp_path / "card.html")).exit_code == 0
    assert (tmp_path / "card.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    scored(settled, "--out", str(tmp_path / "card.json"))
    assert json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))["schema_version"] == "1"


def test_a_name_that_no_scorecard_ends_in_is_refused(settled, tmp_path):
    refused = scored(settled, "--out", str(tmp_path / "card.pdf"))
    assert refused.exit_code == 2
    assert "not as .pdf" in refused.output
    assert not (tmp_path / "card.pdf").exists()


def test_what_the_ledger_does_not_hold_is_named(settled):
    said = " ".join(scored(settled, "--author", "nobody", "--since", "2031-01-01").stdout.split())
    assert "The ledger holds no note by nobody since 1 January 2031;" in said
    page = scored(settled, "--author", "nobody", "--format", "html").stdout
    assert "The ledger holds no note by nobody;" in page


def test_a_kind_that_is_none_is_refused(settled):
    refused = scored(settled, "--kind", "hunch")
    assert refused.exit_code == 2
    assert "there are scenario, target, outlook" in refused.output


def test_without_a_ledger_the_command_says_so(tmp_path):
    refused = run("scorecard", "--ledger", str(tmp_path / "none.sqlite"))
    assert refused.exit_code == 2
    assert "none.sqlite" in refused.output


def test_a_note_is_compared_by_its_name_in_the_ledger_or_by_its_folder(settled):
    ledger = ("--ledger", str(settled / "ledger.sqlite"))
    named = run("diff", "RTY-2025-01-06", "RTY-2025-01-13", *ledger)
    filed = run("diff", str(settled / "notes" / "RTY-2025-01-06"), str(settled / "notes" / "RTY-2025-01-13" / "note.json"), *ledger)
    assert named.exit_code == 0, named.output
    assert named.stdout == filed.stdout
    assert named.stdout.startswith("RTY: what changed from 6 January 2025 to 13 January 2025\n")


def test_the_difference_as_json(settled):
    found = json.loads(run("diff", "RTY-2025-01-06", "RTY-2025-01-13", "--json", "--ledger", str(settled / "ledger.sqlite")).stdout)
    assert (found["before"], found["after"], found["passed"]) == ("2025-01-06", "2025-01-13", 5)
    for row in found["chances"]:
        if row["parts"]:
            assert row["after"] - row["before"] == pytest.approx(sum(row["parts"].values()), abs=1e-9)


def test_notes_in_the_wrong_order_are_refused(settled):
    refused = run("diff", "RTY-2025-01-13", "RTY-2025-01-06", "--ledger", str(settled / "ledger.sqlite"))
    assert refused.exit_code == 2
    assert "give the earlier one first" in refused.output


def written(market, folder, *more: str):
    arguments = (
        "note",
        "RTY",
        "--bars",
        str(market / "rty.csv"),
        "--as-of",
        "2025-01-27",
        "--format",
        "md,json",
        "--out",
        str(folder),
    )
    result = run(*arguments, *more)
    assert result.exit_code == 0, result.output
    return result.stdout, folder / "RTY-2025-01-27"


def test_a_note_says_what_changed_since_the_last_published_one_and_its_json_does_not_depend_on_it(settled, market, tmp_path):
    told, beside = written(market, tmp_path / "told", "--ledger", str(settled / "ledger.sqlite"))
    silent, alone = written(market, tmp_path / "silent", "--ledger", str(tmp_path / "none.sqlite"))
    assert "What changed since 20 January 2025" in told
    assert "## What changed since 20 January 2025" in (beside / "note.md").read_text(encoding="utf-8")
    assert "What changed" not in silent
    assert "What changed" not in (alone / "note.md").read_text(encoding="utf-8")
    assert (beside / "note.json").read_bytes() == (alone / "note.json").read_bytes()
    assert not (tmp_path / "none.sqlite").exists()


def test_a_note_of_a_day_before_any_published_one_has_nothing_to_compare(settled, market, tmp_path):
    ledger = str(settled / "ledger.sqlite")
    bars = str(market / "rty.csv")
    result = run("note", "RTY", "--bars", bars, "--as-of", "2025-01-06", "--format", "md", "--ledger", ledger)
    assert result.exit_code == 0
    assert "What changed" not in result.stdout


def test_a_ledger_that_cannot_be_read_keeps_nobody_from_a_note(market, tmp_path):
    (tmp_path / "broken.sqlite").write_bytes(b"no database at all, and longer than a header would be" * 40)
    told, folder = written(market, tmp_path / "notes", "--ledger", str(tmp_path / "broken.sqlite"))
    assert "What changed" not in told
    assert (folder / "note.json").exists()
