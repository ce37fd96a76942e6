"""A note told of the market around its instrument says so, passes its own check, and no later row changes it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re

import numpy as np
import pytest
from made_market import run, write_made

DAY = "2025-03-05"


@pytest.fixture(scope="module")
def around(market, tmp_path_factory):
    """Files of a universe, two funds, positions and events around the made market."""
    folder = tmp_path_factory.mktemp("around")
    with (market / "rty.csv").open() as lines:
        days = [row["date"] for row in csv.DictReader(lines)]
    rng = np.random.default_rng(3)
    rows = ["symbol,date,close"]
    for symbol in range(25):
        closes = 50 * np.exp(np.cumsum(rng.normal(0, 0.02, len(days))))
        rows += [f"S{symbol},{day},{close:.2f}" for day, close in zip(days, closes, strict=True)]
    (folder / "stocks.csv").write_text("\n".join(rows) + "\n")
    for seed, name in enumerate(("hyg", "tlt")):
        write_made(folder, f"{name}.csv", last=days[-1], n=len(days), seed=seed + 40, price=85.0)
    tuesdays = [day for day in map(dt.date.fromisoformat, days) if day.weekday() == 1]
    reports = [f"{day},{day + dt.timedelta(3)},{rng.integers(9000)},{rng.integers(9000)},20000" for day in tuesdays]
    (folder / "cot.csv").write_text("\n".join(["date,released,long,short,open_interest", *reports]) + "\n")
    (folder / "jobs.csv").write_text("date,event\n2025-02-07,jobs\n2025-03-07,jobs\n")
    (folder / "prices.csv").write_text("date,event\n2025-02-12,CPI\n2025-03-12,CPI\n2025-03-07,jobs\n")
    return folder


def context_options(around):
    return (
        "--breadth", around / "stocks.csv", "--credit", f"HYG={around / 'hyg.csv'}", f"TLT={around / 'tlt.csv'}",
        "--cot", around / "cot.csv",
    )  # fmt: skip


def options(around):
    return (*context_options(around), "--events", around / "jobs.csv", "--events", around / "prices.csv")


def note(market, form, *more, day=DAY):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--as-of", day, "--format", form, "--paths", 400, *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def told(market, around):
    return json.loads(note(market, "json", *options(around)))


def test_the_note_tells_breadth_credit_positions_and_what_is_due(market, around):
    text = note(market, "md", *options(around))
    section = text[text.index("## Context") :]
    for words in (
        "Breadth of 25 symbols of STOCKS, in brackets",
        "None of its symbols has ended by now: a list of survivors, which flatters its past.",
        "Credit: HYG/TLT is ",
        "in the report of Tuesday 25 February, released on Friday 28 February.",
        "Due within the scenario horizon: jobs on Friday 7 March, CPI on Wednesday 12 March and the expiry of RTYH5 on Friday 21 ",
    ):
        assert words in section


def test_the_provenance_names_what_the_day_knew_of_each(told):
    known = {each["role"]: each for each in told["provenance"]["beside"] if each["role"] in ("breadth", "credit", "positions")}
    assert {role: (each["name"], each["last"]) for role, each in known.items()} == {
        "breadth": ("STOCKS", DAY),
        "credit": ("HYG/TLT", DAY),
        "positions": ("COT", "2025-02-25"),
    }


@pytest.mark.parametrize("day", [DAY, "2025-01-10", "2024-10-31", "2024-07-17"])
def test_nothing_that_is_said_of_the_market_around_is_taken_for_the_instruments_own(market, around, tmp_path, day):
    def verdicts(name, *more):
        (tmp_path / name).write_text(note(market, "md", *more, day=day))
        checked = run("check", tmp_path / name, "--bars", market / "rty.csv", "--json")
        return [(each["verdict"], each["statement"]) for each in json.loads(checked.stdout)["verdicts"]]

    assert verdicts("with.md", *context_options(around)) == verdicts("without.md")


@pytest.mark.parametrize("timeframe", ["1w", "1mo"])
def test_the_market_around_is_counted_in_days_whatever_the_bars(market, around, timeframe):
    text = note(market, "md", *context_options(around), "--timeframe", timeframe)
    told = [line for line in text.splitlines() if line.startswith(("Breadth of", "Credit:", "Positions:"))]
    assert len(told) == 3
    assert not re.search(r"\b(bars?|weekly|monthly)\b", " ".join(told))
    facts = json.loads(note(market, "json", *context_options(around), "--timeframe", timeframe))["facts"]
    assert facts["credit.percentile"]["meaning"] == (
        "share of the last 252 sessions on which the ratio was not higher, this one among them"
    )


def test_a_note_without_them_is_the_note_that_it_was(market, told):
    plain = json.loads(note(market, "json"))
    heads = ("breadth", "credit", "cot", "event")
    assert not [name for name in plain["facts"] if name.split(".")[0] in heads]
    of_forecast = {name: fact for name, fact in told["facts"].items() if name.split(".")[0] not in heads}
    assert plain["facts"].keys() == of_forecast.keys()


def test_no_row_that_is_later_than_the_day_changes_the_note(market, around, tmp_path):
    whole = note(market, "json", *context_options(around))
    cut = []
    for name, column in (("stocks.csv", 1), ("hyg.csv", 0), ("tlt.csv", 0), ("cot.csv", 1)):
        head, *rows = (around / name).read_text().splitlines()
        (tmp_path / name).write_text("\n".join([head, *(row for row in rows if row.split(",")[column] <= DAY)]) + "\n")
        cut.append(len(rows) - len((tmp_path / name).read_text().splitlines()) + 1)
    assert min(cut) > 0
    assert note(market, "json", *context_options(tmp_path)) == whole


def test_the_proof_of_no_repaint_is_run_with_them(market, around):
    result = run(
        "repaint", "RTY", "--bars", market / "rty.csv", "--from", "2025-01-01", "--every", 25, "--paths", 200, *options(around)
    )
    assert result.exit_code == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("heading", "row", "sentence"),
    [
        (
            "date,long,short",
            "2025-03-04,1,2",
            "its heading is date,long,short; it needs date,released,long,short,open_interest, and has",
        ),
        (
            "date,released,long,short,open_interest",
            "4 March,2025-03-07,1,2,9",
            "cot.csv row 2: date '4 March' is not a date; write it",
        ),
        ("date,released,long,short,open_interest", "2025-03-04,,1,2,9", "cot.csv row 2: released '' is not a date; write it as"),
        (
            "date,released,long,short,open_interest",
            "2025-03-04,2025-03-07,many,2,9",
            "cot.csv row 2: long 'many' is not a number; correct",
        ),
        (
            "date,released,long,short,open_interest",
            "2025-03-04,2025-03-03,1,2,9",
            "the report of 2025-03-04 is released on 2025-03-03,",
        ),
        (
            "date,released,long,short,open_interest",
            "",
            "holds no report; give a CSV file with date,released,long,short,open_interest",
        ),
    ],
)
def test_positions_that_cannot_be_read_are_told_in_one_sentence(market, tmp_path, heading, row, sentence):
    (tmp_path / "cot.csv").write_text(f"{heading}\n{row}\n")
    refuse(market, sentence, "--cot", tmp_path / "cot.csv")


def test_files_that_are_not_there_and_funds_without_files_are_told(market, around, tmp_path):
    refuse(
        market, "none.csv: cannot be read (No such file or directory); give a CSV file with date,", "--cot", tmp_path / "none.csv"
    )
    refuse(
        market, "none.csv: cannot be read (No such file or directory); give a file with symbol,", "--breadth", tmp_path / "none.csv"
    )
    hyg = f"HYG={around / 'hyg.csv'}"
    refuse(market, "--credit TLT has no file; write TLT=FILE.", "--credit", hyg, "TLT")
    refuse(market, "--credit names HYG twice; give high yield first, then treasuries", "--credit", hyg, hyg)


def refuse(market, sentence, *more):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--as-of", DAY, "--format", "md", *more)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_file_that_holds_no_two_funds_of_the_same_days_is_told(market, around, tmp_path):
    (tmp_path / "old.csv").write_text("date,open,high,low,close,volume\n1999-01-04,5,6,4,5,1\n")
    sentence = "HYG and TLT have no day in common; give files of the same years."
    refuse(market, sentence, "--credit", f"HYG={around / 'hyg.csv'}", f"TLT={tmp_path / 'old.csv'}")
