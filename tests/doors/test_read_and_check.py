"""levelhead read and levelhead check from the outside."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from importlib import resources

import jsonschema
import pytest
from click.testing import CliRunner
from made_pdf import lines, made_pdf

from levelhead.doors.cli import main
from levelhead.review.source import MOST_BYTES


def run(*arguments, **more):
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False, **more)


@pytest.fixture(scope="module")
def average(market):
    """The mean of the last fifty closes, computed here."""
    with (market / "rty.csv").open() as file:
        closes = [float(row["close"]) for row in csv.DictReader(file)]
    return sum(closes[-50:]) / 50


NOTE = """E-mini Russell 2000 (RTY) Technical Analysis, 14 March 2025

Indicators

- 50-day MA: {average:,.1f}

Key Levels

| Level | Type |
|---|---|
| 9,500–9,520 | Resistance |
| 1,000 | Support |

Probability Table (Next 2–3 Weeks)

| Scenario | Probability |
|---|---|
| Rally toward 9,500–9,520 | 60% |
| Breakdown below 1,000 | 40% |
"""


@pytest.fixture
def note(tmp_path, average):
    place = tmp_path / "note.txt"
    place.write_text(NOTE.format(average=average), encoding="utf-8")
    return place


@pytest.fixture
def wrong_note(tmp_path, average):
    place = tmp_path / "wrong.txt"
    place.write_text(NOTE.format(average=average + 300), encoding="utf-8")
    return place


@pytest.mark.parametrize("command", ["read", "check"])
def test_the_command_has_help_with_examples(command):
    assert f"levelhead {command} " in run(command, "--help").stdout.split("Examples:")[1]


def test_the_help_of_the_program_loads_nothing_of_it():
    words = (
        "import sys; from levelhead.doors import cli; cli.main(['--help'], standalone_mode=False); print('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.endswith("False\n")


def test_a_reading_is_shown_with_what_was_read_and_where(note, average):
    text = run("read", note).stdout
    assert "E-mini Russell 2000 (RTY) Technical Analysis, 14 March 2025" in text
    assert "2025-03-14, printed '14 March 2025'" in text
    assert f"{average:,.1f}" in text
    assert "9,500–9,520" in text
    assert "60%" in text
    assert "11:3" in text  # the resistance stands in line 11, third column


def test_a_reading_as_json_is_of_the_published_schema_and_its_places_are_those_of_the_text(note):
    document = json.loads(run("read", note, "--json", "--keep-text").stdout)
    jsonschema.validate(document, json.loads(resources.files("levelhead.review").joinpath("reading.schema.json").read_text()))
    plain = document["source"]["plain"]
    assert document["symbol"] == "RTY"
    resistance = next(level for level in document["levels"] if level["side"] == "resistance")
    assert (resistance["price"]["low"], resistance["price"]["high"]) == (9500, 9520)
    place = resistance["place"]
    assert "9,500–9,520" in plain[place["start"] : place["end"]]
    assert plain.split("\n")[place["line"] - 1][place["column"] - 1 :].startswith("9,500–9,520")
    assert [s["probability"] for s in document["scenarios"]] == [[0.6, 0.6], [0.4, 0.4]]


def test_the_text_of_a_note_is_in_no_reading_unless_it_is_asked_for(note):
    assert json.loads(run("read", note, "--json").stdout)["source"]["plain"] is None


def test_the_published_schemas_are_those_of_the_program():
    from levelhead.review.document import check_schema, reading_schema

    for name, schema in (("reading", reading_schema()), ("check", check_schema())):
        assert json.loads(resources.files("levelhead.review").joinpath(f"{name}.schema.json").read_text()) == schema
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_note_comes_from_stdin_as_a_page_or_as_a_pdf(note):
    words = note.read_text()
    rows = "".join(f"<p>{line}</p>" for line in words.split("\n"))
    said = [
        json.loads(run("read", "-", "--json", input=data).stdout)
        for data in (words.encode(), f"<html><body>{rows}</body></html>".encode(), made_pdf(lines(*words.split("\n"))))
    ]
    assert [each["source"]["form"] for each in said] == ["markdown", "html", "pdf"]
    assert len({(each["symbol"], each["date"]) for each in said}) == 1


def test_a_note_that_is_right_ends_with_0(note, market):
    done = run("check", note, "--bars", market / "rty.csv", "--json")
    document = json.loads(done.stdout)
    faults = [row for row in document["verdicts"] if row["rule"] == "average" and row["verdict"] == "wrong"]
    assert not faults
    assert any(row["verdict"] == "right" and "50-day" in row["statement"] for row in document["verdicts"])
    assert done.exit_code == (1 if document["wrong"] else 0)


def test_a_wrong_average_is_found_and_ends_with_1(wrong_note, market, average):
    done = run("check", wrong_note, "--bars", market / "rty.csv")
    assert done.exit_code == 1
    line = next(line for line in done.stdout.split("\n") if "wrong" in line and "50-day" in line)
    assert line.startswith("5:")
    assert f"{average:,.1f}" in " ".join(done.stdout.split())
    assert "wrong.txt: RTY held to 2025-03-14, the day it prints" in done.stdout


def test_a_check_as_json_is_of_the_published_schema(wrong_note, market):
    document = json.loads(run("check", wrong_note, "--bars", market / "rty.csv", "--json").stdout)
    jsonschema.validate(document, json.loads(resources.files("levelhead.review").joinpath("check.schema.json").read_text()))
    assert document["wrong"] == sum(row["verdict"] in ("wrong", "contradicts itself") for row in document["verdicts"]) > 0
    assert document["as_of"] == "2025-03-14"


def test_a_check_looks_at_no_bar_after_its_day(note, market, tmp_path):
    rows = (market / "rty.csv").read_text().strip().split("\n")
    short = tmp_path / "rty.csv"
    day = rows[-20].split(",")[0]
    short.write_text("\n".join(rows[:-19]) + "\n")
    whole = run("check", note, "--bars", market / "rty.csv", "--as-of", day, "--json")
    assert json.loads(whole.stdout) == json.loads(run("check", note, "--bars", short, "--as-of", day, "--json").stdout)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda place: place.write_bytes(b"\0" * 400), "is no text"),
        (lambda place: place.write_bytes(b""), "holds no text"),
        (
            lambda place: place.write_bytes(b"x" * (MOST_BYTES + 1)),
            "has 5,000,001 bytes; a note of more than 5,000,000 is not read",
        ),
        (lambda place: place.mkdir(), "is a folder"),
        (lambda place: None, "cannot be read .No such file or directory."),
        (lambda place: place.write_bytes(made_pdf(lines("x"))[:200]), "cannot be opened as a PDF"),
    ],
    ids=["zeros", "empty", "large", "a folder", "missing", "a damaged pdf"],
)
@pytest.mark.parametrize("command", ["read", "check"])
def test_what_is_no_note_ends_with_2_and_one_sentence(make, sentence, command, tmp_path):
    import re

    place = tmp_path / "note"
    make(place)
    done = run(command, place)
    assert done.exit_code == 2
    assert re.search(sentence, done.stderr)
    assert len(done.stderr.strip().split("\n")) == 1


def test_a_note_of_no_known_instrument_is_not_checked_without_a_symbol(tmp_path, market):
    place = tmp_path / "note.txt"
    place.write_text("Support at 2,350. Resistance at 2,420.")
    done = run("check", place)
    assert done.exit_code == 2
    assert "say which one it is about with --symbol" in done.stderr
    assert run("check", place, "--symbol", "RTY", "--bars", market / "rty.csv").exit_code in (0, 1)


HOSTILE = (
    "RTY \x1b[31mSupport\x07 at 1,\u202e000\x9b2J: <script>alert(1)</script> level 1,000 \x1b]0;title\x07\n\n"
    "Support: 1,000 | \x1b[2Jx\n"
)


@pytest.mark.parametrize("command", ["read", "check"])
def test_nothing_in_a_note_moves_the_terminal(command, tmp_path, market):
    place = tmp_path / "note\x1b[31m.txt"
    place.write_text(HOSTILE, encoding="utf-8")
    done = run(command, place, "--bars", market / "rty.csv", "--symbol", "RTY")
    assert done.exit_code in (0, 1)
    assert "RTY" in done.stdout
    assert all(character.isprintable() or character == "\n" for character in done.stdout)


def test_nor_does_an_error_about_one(tmp_path):
    done = run("read", tmp_path / "no\x1b[2Jsuch\x07.txt")
    assert done.exit_code == 2
    assert all(character.isprintable() or character == "\n" for character in done.stderr)
