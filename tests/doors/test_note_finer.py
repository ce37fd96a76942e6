"""`--finer`: a daily note whose volume by price comes from shorter bars, by command and by call, and never from later ones."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from made_finer import halves
from made_market import run

from levelhead.config import HouseFile
from levelhead.desk.settings import Settings
from levelhead.doors.clock import REPLAY
from levelhead.doors.face import compose_note, read_bars, written
from levelhead.doors.repaint import days_of, differences
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.market.hours import with_trade_dates

FEW = HouseFile(settings=Settings(forecast=ForecastSettings(paths=200)))


@pytest.fixture(scope="module")
def half_hours(market, tmp_path_factory) -> Path:
    """rty_30m.csv: three half-hours of each day of rty.csv."""
    finer = halves(read_bars(market / "rty.csv", "RTY"))
    columns = (finer.time.astype("datetime64[s]"), finer.open, finer.high, finer.low, finer.close, finer.volume)
    lines = [f"{t}Z,{o!r},{h!r},{lo!r},{c!r},{v:.0f}" for t, o, h, lo, c, v in zip(*(x.tolist() for x in columns), strict=True)]
    file = tmp_path_factory.mktemp("finer") / "rty_30m.csv"
    file.write_text("\n".join(["time,open,high,low,close,volume", *(line.replace(" ", "T", 1) for line in lines)]) + "\n")
    return file


def note_json(*arguments: object) -> dict:
    result = run("note", *arguments, "--format", "json", "--out", "-")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def by_volume(facts: dict) -> dict:
    return {name: fact for name, fact in facts.items() if name.startswith(("profile.", "vwap_")) and not name.endswith(".bars")}


def test_a_note_says_that_its_levels_of_volume_are_from_shorter_bars(market, half_hours):
    plain = note_json("RTY", "--bars", market / "rty.csv")
    note = note_json("RTY", "--bars", market / "rty.csv", "--finer", half_hours)
    told, before = by_volume(note["facts"]), by_volume(plain["facts"])
    assert told
    profile = [fact["meaning"] for name, fact in told.items() if name.startswith("profile.")]
    assert profile
    assert all(meaning.endswith("from 30-minute bars of 232 of these 252") for meaning in profile), profile[0]
    assert {fact["value"] for fact in told.values()} != {fact["value"] for fact in before.values()}
    assert note["facts"]["profile.bars"]["value"] == "30-minute bars"
    volume = next(section for section in note["sections"] if section["name"] == "volume")
    assert "Volume by price is worked out from {profile.bars}" in volume["paragraphs"][0]
    given = [each for each in note["provenance"]["beside"] if each["role"] == "finer bars"]
    assert [(each["name"], each["count"], each["last"]) for each in given] == [("rty_30m.csv", 2100, "2025-03-14")]


def test_by_call_it_is_the_same_note(market, half_hours):
    bars, finer = read_bars(market / "rty.csv", "RTY"), read_bars(half_hours, "RTY")
    facts = compose_note(bars, finer=finer, house=FEW).facts
    told = by_volume(note_json("RTY", "--bars", market / "rty.csv", "--finer", half_hours)["facts"])
    assert {name: facts[name].value for name in told} == {name: fact["value"] for name, fact in told.items()}


def test_a_note_with_shorter_bars_does_not_repaint(market, half_hours):
    bars, finer = read_bars(market / "rty.csv", "RTY"), with_trade_dates(read_bars(half_hours, "RTY"))
    write = partial(written, house=FEW, moment=REPLAY)
    days = days_of(bars, every=60)
    assert [found for day in days for found in differences(day, bars, {}, write, finer=finer)] == []
    late = finer.until(bars.dates[-200].astype(object))  # a file that ends long before the note
    assert [found for day in days[-4:] for found in differences(day, bars, {}, write, finer=late)] == []


def test_the_proof_takes_them_too(market, half_hours):
    done = run("repaint", "RTY", "--bars", market / "rty.csv", "--finer", half_hours, "--every", 300, "--from", "2024-01-01")
    assert done.exit_code == 0, done.stderr
    assert "identical" in done.stdout


def test_a_walk_takes_them_and_says_so(market, half_hours, tmp_path):
    asked = ("evaluate", "RTY", "--bars", market / "rty.csv", "--finer", half_hours, "--from", "2025-02-03", "--every", "10")
    done = run(*asked, "--paths", "100", "--workers", "1", "--out", tmp_path)
    assert done.exit_code == 0, done.stderr
    (written,) = tmp_path.glob("*/evaluation.json")
    source = json.loads(written.read_text())["run"]["provenance"][1]
    assert "Volume by price from 2,100 30-minute bars of rty_30m.csv" in source
    weekly = run(*asked, "--timeframe", "1w", "--out", tmp_path)
    assert weekly.exit_code != 0
    assert "finer bars serve a note of daily bars" in weekly.stderr


def test_on_a_day_before_they_begin_the_note_is_without_them_and_it_is_said(market, half_hours, tmp_path):
    lines = half_hours.read_text().splitlines()
    (tmp_path / "late.csv").write_text("\n".join([lines[0], *(line for line in lines[1:] if line >= "2025-02-01")]) + "\n")
    early = ("RTY", "--bars", market / "rty.csv", "--as-of", "2025-01-15")
    result = run("note", *early, "--finer", tmp_path / "late.csv", "--format", "json", "--out", "-")
    assert "its first session is 2025-02-03" in result.stderr
    assert json.loads(result.stdout) == note_json(*early)
    note = note_json("RTY", "--bars", market / "rty.csv", "--finer", tmp_path / "late.csv")
    # thirty weekdays, of which made bars know no Presidents' Day: its session belongs to the day after, and neither is whole
    told = [sentence for sentence in note["provenance"]["not_yet_known"] if sentence.startswith("The volume profile")]
    assert told == ["The volume profile is approximated from daily bars: of its 252 sessions the 30-minute bars show 28 whole."]


def test_rows_of_them_that_cannot_be_are_refused_or_left_out_and_listed(market, half_hours, tmp_path):
    lines = half_hours.read_text().splitlines()
    at = next(k for k, line in enumerate(lines) if line.startswith("2025-01-14"))
    cells = lines[at].split(",")
    lines[at] = ",".join([cells[0], cells[1], "1.0", *cells[3:]])  # a high below the low
    (tmp_path / "bad.csv").write_text("\n".join(lines) + "\n")
    asked = ("RTY", "--bars", market / "rty.csv", "--finer", tmp_path / "bad.csv")
    refused = run("note", *asked)
    assert refused.exit_code != 0
    assert f"bad.csv row {at + 1:,}" in refused.stderr
    listed = [each["text"] for each in note_json(*asked, "--quarantine")["provenance"]["findings"]]
    assert [text for text in listed if text.startswith(f"bad.csv row {at + 1:,} (2025-01-14")]
    before = note_json(*asked, "--quarantine", "--as-of", "2025-01-10")["provenance"]["findings"]
    assert not [each for each in before if each["text"].startswith("bad.csv row")]


def test_what_is_given_in_error_is_one_sentence(market, half_hours, tmp_path):
    without = tmp_path / "without.csv"
    without.write_text("\n".join(line.rpartition(",")[0] for line in half_hours.read_text().splitlines()) + "\n")
    for finer, words in (
        (without, "without.csv has no volume up to 2025-03-14; give shorter bars with a volume column."),
        (market / "rty.csv", "rty.csv has 1d bars, which are no shorter than the note's daily ones; give intraday bars."),
        (market / "none.csv", "does not exist; check the path."),
    ):
        result = run("note", "RTY", "--bars", market / "rty.csv", "--finer", finer)
        assert result.exit_code != 0
        assert words in result.stderr
    result = run("note", "NQ", "--bars", market / "nq.csv", "--finer", half_hours)
    assert "rty_30m.csv is not of what nq.csv is of" in result.stderr
    result = run("note", "RTY", "--bars", market / "rty.csv", "--finer", half_hours, "--timeframe", "1w")
    assert "finer bars serve a note of daily bars, and this one is of 1w bars" in result.stderr
