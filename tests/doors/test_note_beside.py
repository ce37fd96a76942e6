"""A note takes what a price takes, says what it took, and no later value of any of it changes the note."""

import csv
import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest
from made_market import run

from levelhead.desk.background import background_of
from levelhead.desk.compose import compose_note
from levelhead.desk.settings import Settings
from levelhead.domain.bars import Bars
from levelhead.doors.beside_files import read_beside
from levelhead.doors.face import read_bars
from levelhead.doors.shipped import shipped_artefacts
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.wire.document import from_json, to_json

DAY = "2025-03-05"
QUICK = Settings(forecast=ForecastSettings(paths=300))


def days_of(market):
    with (market / "rty.csv").open() as lines:
        return [row["date"] for row in csv.DictReader(lines)]


@pytest.fixture(scope="module")
def beside(market, tmp_path_factory):
    """Files of implied volatility, event days and option quotes around the made market."""
    folder = tmp_path_factory.mktemp("beside")
    days = days_of(market)
    (folder / "vix.csv").write_text("\n".join(["date,close", *(f"{day},{20 + i % 7}" for i, day in enumerate(days))]) + "\n")
    fridays = [day for day in days if dt.date.fromisoformat(day).weekday() == 4 and int(day[8:]) <= 7]
    (folder / "events.csv").write_text("\n".join(["date,event", *(f"{day},jobs" for day in fridays)]) + "\n")
    quotes = [f"{DAY},2025-06-20,{strike},put,,,{25 - (strike - 2000) / 50}%" for strike in range(1700, 2401, 100)]
    (folder / "chain.csv").write_text("\n".join(["date,expiry,strike,kind,bid,ask,iv", *quotes]) + "\n")
    return folder


def options(market, beside):
    return (
        "--implied", beside / "vix.csv", "--donor", f"ES={market / 'es.csv'}", "--events", beside / "events.csv",
        "--chain", beside / "chain.csv",
    )  # fmt: skip


def note(market, *more):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--as-of", DAY, "--format", "json", "--paths", 400, *more)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def told(market, beside):
    return note(market, *options(market, beside))


def test_what_was_beside_the_bars_stands_in_the_provenance(told, market):
    made = told["provenance"]
    assert [(each["role"], each["name"]) for each in made["beside"]] == [
        ("implied volatility", "VIX"),
        ("donor", "ES"),
        ("event days", "events.csv"),
        ("option chain", "chain.csv"),
    ]
    assert {each["role"]: each["last"] for each in made["beside"]}["implied volatility"] == DAY
    assert all(each["digest"].startswith("sha256:") for each in made["beside"])
    es = read_bars(market / "es.csv", "ES").until(dt.date.fromisoformat(DAY))
    assert made["beside"][1]["digest"] == es.digest()
    for words in (
        "on the implied volatility of VIX",
        "drawn towards the fits and the long-run level of ES",
        "variance of event days against other days: jobs times",
        "Due: jobs on 2025-03-07",
        "The options of 2025-03-05 are 25% of every pool that they reach",
        "settled forecasts of future, ",
    ):
        assert words in made["model"], words


def test_the_calibration_is_a_hash_or_the_word(told, market):
    assert told["provenance"]["calibration"].startswith("sha256:")
    plain = note(market)
    assert plain["provenance"]["calibration"] == told["provenance"]["calibration"]
    assert "beside" not in plain["provenance"]
    bare = note(market, "--uncalibrated")
    assert bare["provenance"]["calibration"] == "uncalibrated"
    assert "Uncalibrated: no record of how such claims came out ended before this day." in bare["provenance"]["model"]
    assert "members" not in json.dumps(bare)


def test_a_model_can_be_chosen_for_a_note(market):
    assert "RiskMetrics" in note(market, "--model", "ewma")["provenance"]["model"]
    result = run("note", "RTY", "--bars", market / "rty.csv", "--model", "ewm")
    assert result.exit_code == 2
    assert "There is no volatility model 'ewm'; did you mean 'ewma'?" in " ".join(result.stderr.split())


def test_a_pooled_chance_is_the_sum_that_is_printed_with_it(told):
    estimates = told["estimates"]
    for name in ("scenario.up.probability", "scenario.down.target_chance", "outlook.short.flat"):
        chance = estimates[name]
        assert f"* {name}.paths + " in chance["formula"]
        weights = [float(term.split(" * ")[0]) for term in chance["formula"].split(" + ")]
        members = [estimates[term.split(" * ")[1]]["value"] for term in chance["formula"].split(" + ")]
        assert len(members) == 4
        assert sum(weights) == pytest.approx(1)
        assert sum(w * m for w, m in zip(weights, members, strict=True)) == pytest.approx(chance["value"], abs=1e-12)
    up = next(s for s in told["scenarios"]["scenarios"] if s["name"] == "up")
    assert up["chance"]["probability"] == pytest.approx(estimates["scenario.up.probability"]["value"])
    assert [member["name"] for member in up["chance"]["members"]] == ["paths", "analogues", "closed form", "options"]
    flat, up, down = (estimates[f"outlook.short.{word}"]["value"] for word in ("flat", "up", "down"))
    assert flat + up + down == pytest.approx(1, abs=1e-9)


def test_explain_adds_the_members_up(market, beside, tmp_path):
    out = tmp_path / "notes"
    made = run(
        "note", "RTY", "--bars", market / "rty.csv", "--as-of", DAY, "--paths", 400, "--format", "md,json", "--out", out,
        *options(market, beside),
    )  # fmt: skip
    assert made.exit_code == 0, made.stderr
    result = run("explain", out / f"RTY-{DAY}", "scenario.up.probability")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "scenario.up.probability.analogues" in result.stdout
    assert run("explain", out / f"RTY-{DAY}", "scenario.up.probability.paths").exit_code == 0


def test_a_note_reads_back_with_its_pools(told):
    text = json.dumps(told)
    again = from_json(text)
    assert again.provenance.beside[0].name == "VIX"
    assert json.loads(to_json(again)) == told


def test_the_note_and_the_price_say_the_same(told, market, beside):
    claim = next(c for c in told["claims"] if c["name"] == "scenario")
    result = run(
        "price", "RTY", claim["claim"], "--bars", market / "rty.csv", "--as-of", DAY, "--json", "--paths", 400,
        *options(market, beside),
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    priced = json.loads(result.stdout)["chances"]
    # the note's paths are longer, which draws other later bars for the mean variance only: shares may differ by the error
    for outcome, chance in claim["chances"].items():
        assert priced[outcome]["probability"] == pytest.approx(chance["probability"], abs=0.02)


def of_day(bars: Bars, beside, background=None):
    seen = bars.until(dt.date.fromisoformat(DAY))
    return to_json(compose_note(seen, settings=QUICK, beside=beside, background=background))


def test_no_later_value_of_anything_beside_changes_the_note(market, beside):
    bars = read_bars(market / "rty.csv", "RTY")
    known = read_beside(
        [beside / "vix.csv"], (), [("ES", market / "es.csv")], events=[beside / "events.csv"], chains=[beside / "chain.csv"]
    )
    known = replace(known, artefacts=shipped_artefacts())
    day = np.datetime64(DAY)
    vix = known.series[0]
    later = np.where(vix.dates <= day, vix.values, 90.0)
    cut = replace(
        known,
        series=(replace(vix, dates=vix.dates[vix.dates <= day], values=vix.values[vix.dates <= day]),),
        donors=(known.donors[0].until(day.astype(object)),),
    )
    far = known.events.events[0]
    other = replace(
        known,
        series=(replace(vix, values=later),),
        events=replace(known.events, events=(*known.events.events, replace(far, date=dt.date(2031, 1, 3)))),
    )
    alone = of_day(bars, known)
    assert of_day(bars, cut) == alone
    assert of_day(bars, other) == alone
    assert of_day(bars, known, background_of(bars, QUICK, known)) == alone


def test_the_proof_of_no_repaint_is_run_with_it_all(market, beside):
    result = run(
        "repaint", "RTY", "--bars", market / "rty.csv", "--from", "2025-01-01", "--every", 15, "--paths", 200,
        *options(market, beside),
    )  # fmt: skip
    assert result.exit_code == 0, result.stdout + result.stderr
