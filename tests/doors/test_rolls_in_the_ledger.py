"""Notes from before a roll, settled and looked at after it: restated, said so, and never settled on a roll that nobody saw yet."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from made_market import run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "market"))
from made_basis import MARKETS, made_basis

BARS, INDEX, _ = made_basis(MARKETS["volatile"], 2, count=10)
NOTES = ("2020-08-31", "2020-09-14", "2020-09-17")
ROLLED, SEEN = dt.date(2020, 9, 16), dt.date(2020, 9, 22)
MAY_COME = dt.date(2020, 9, 8)  # the first day of the window
WAITS = "RTYU0 may have given way to RTYZ0 since 2020-09-08, and no roll has shown yet"


def written(file, bars, last=None):
    lines = ["date,open,high,low,close,volume"]
    for day, *prices in zip(bars.dates, bars.open, bars.high, bars.low, bars.close, strict=True):
        if last is None or day <= np.datetime64(last):
            lines.append(f"{day},{','.join(f'{np.floor(price * 10 + 0.5) / 10:.1f}' for price in prices)},1000")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A ledger of notes around a roll that shows late, daily ones and a weekly one, and the files of the bars."""
    folder = tmp_path_factory.mktemp("rolled")
    bars, index = written(folder / "rty.csv", BARS), written(folder / "rut.csv", INDEX)
    made = [(day, ()) for day in NOTES] + [("2020-08-28", ("--timeframe", "1w"))]
    for day, more in made:
        asked = ("--bars", bars, "--peer", f"RUT={index}", "--as-of", day, "--paths", 300, *more)
        note = run("note", "RTY", *asked, "--format", "json", "--out", "-")
        (folder / "note.json").write_text(note.stdout, encoding="utf-8")
        assert run("publish", folder / "note.json", "--ledger", folder / "kept.sqlite").exit_code == 0
    return folder


@pytest.fixture
def desk(published, tmp_path):
    """The same ledger to write to, and how to ask about it with the bars up to a day."""
    ledger = tmp_path / "ledger.sqlite"
    ledger.write_bytes((published / "kept.sqlite").read_bytes())

    def ask(command, day, *more, peer=True):
        bars = written(tmp_path / "rty.csv", BARS, last=day)
        beside = ("--peer", f"RUT={published / 'rut.csv'}") if peer else ()
        result = run(*command, "--bars", f"RTY={bars}", *beside, "--ledger", ledger, *more)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return ask


def outcomes(told):
    return [(row["as_of"], each) for row in json.loads(told) for each in row["outcomes"]]


def test_settled_evening_by_evening_no_roll_that_shows_late_disputes_what_was_settled_before(desk):
    days = [day for day in BARS.dates.tolist() if MAY_COME - dt.timedelta(days=6) <= day <= SEEN + dt.timedelta(days=7)]
    kept, waited = {}, 0
    for day in days:
        for as_of, each in outcomes(desk(("settle", "--json"), day)):
            assert not each["is_disputed"], (day, as_of, each)
            waited += each["reason"].startswith(WAITS)
            if each["is_new"]:
                kept[as_of, each["name"]] = each
                # while the roll may have come, only what was decided before it may have is settled
                assert not MAY_COME <= day < SEEN or each["on"] < str(MAY_COME), (day, each)
    assert waited > 20
    # on the day it shows, and not before, the sessions since count, in the contract of each note
    fresh = [each for each in kept.values() if each["on"] >= str(ROLLED)]
    assert len(fresh) > 5
    assert "0 newly disputed" in desk(("settle",), days[-1])


def test_settling_that_knows_of_no_roll_is_disputed_by_one_that_does_and_the_dispute_says_why(desk):
    day = dt.date(2020, 10, 9)
    assert "0 newly disputed" in desk(("settle",), day, peer=False)
    told = desk(("settle",), day)
    disputed = [line for line in told.splitlines() if ": disputed;" in line]
    assert disputed
    for line in disputed:
        assert re.search(
            r"what is kept stays\. These bars know the roll of 2020-09-16 \([+-][\d.]+ points, estimated on 2020-09-22\)\.$", line
        )
    assert not [line for line in told.splitlines() if line.startswith("RTY 2020-09-17") and "disputed" in line]
    assert "0 newly disputed" in desk(("settle",), day)


def test_status_after_a_roll_speaks_of_todays_contract_and_names_the_gap(desk):
    told = json.loads(desk(("status", "RTY", "--json"), SEEN))
    of_day = {row["as_of"]: row for row in told}
    before, after = of_day["2020-09-14"], of_day["2020-09-17"]
    gap = before["rolls"][0]["gap"]
    assert [roll["date"] for roll in before["rolls"]] == [str(ROLLED)]
    assert after["rolls"] == []  # it was made at a price of the new contract
    close = float(np.floor(BARS.close[BARS.dates == np.datetime64("2020-09-14")][0] * 10 + 0.5) / 10)
    assert before["then"] == pytest.approx(round(close + gap, 1), abs=0.051)
    text = desk(("status", "RTY"), SEEN)
    assert f"in RTYZ0 since 2020-09-16, restated by {gap:+,.1f} (estimated, standard error " in text
    # levels and claims move with it, and what a claim says is what its prices are
    early = {claim["name"]: claim for claim in json.loads(desk(("status", "RTY", "--json"), dt.date(2020, 9, 15)))[0]["claims"]}
    late = {claim["name"]: claim for claim in before["claims"]}
    shared = [name for name in late if name in early and name.startswith("level.")]
    assert len(shared) >= 3
    for name in shared:
        for edge in ("low", "high"):
            assert late[name]["prices"][edge] == pytest.approx(early[name]["prices"][edge] + gap, abs=0.051)
    target = "scenario.up.target"
    numbers = [float(re.search(r"touch ([\d.]+)", each[target]["claim"])[1]) for each in (early, late)]
    assert numbers[1] - numbers[0] == pytest.approx(gap, abs=0.051)


def test_status_says_that_a_roll_may_have_come_and_marks_what_it_may_change(desk):
    day = dt.date(2020, 9, 21)
    text = desk(("status", "RTY"), day)
    assert WAITS in text
    assert "settled once it has, and without one after 2020-09-22." in text
    rows = json.loads(desk(("status", "RTY", "--json"), day))
    decided = [claim for row in rows for claim in row["claims"] if claim["status"] != "alive" and claim["on"] >= str(MAY_COME)]
    assert decided
    assert {claim["reason"] for claim in decided} == {"a roll that has not shown yet may change it"}
    assert WAITS not in desk(("status", "RTY"), SEEN)


def test_a_timeframe_asks_about_the_notes_of_that_one_by_bars_made_into_it(desk):
    day = dt.date(2020, 10, 9)
    (told,) = json.loads(desk(("status", "RTY", "--json"), day, "--timeframe", "1w"))
    # six weeks later, by the close of the sixth week
    assert (told["as_of"], told["passed"], told["today"]) == ("2020-08-28", 6, "2020-10-09")
    assert told["now"] == pytest.approx(float(BARS.close[BARS.dates == np.datetime64(day)][0]), abs=0.051)
    assert "alive, 6 weeks left" in desk(("status", "RTY"), day, "--timeframe", "1w")
    assert desk(("status", "RTY"), day, "--timeframe", "1mo") == "No claim on RTY made on 1mo bars is open.\n"
    day = dt.date(2020, 11, 20)
    weekly = json.loads(desk(("settle", "--json"), day, "--timeframe", "weekly"))
    assert [row["as_of"] for row in weekly] == ["2020-08-28"]
    assert max(each["sessions"] for each in weekly[0]["outcomes"]) == 12  # weeks
    assert all(each["is_new"] for each in weekly[0]["outcomes"])
    daily = json.loads(desk(("settle", "--json"), day, "--timeframe", "1d"))
    assert {row["as_of"] for row in daily} == set(NOTES)
    assert "the ledger holds none" in desk(("settle",), day, "--timeframe", "1mo")
