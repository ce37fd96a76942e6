"""What a price is asked to use, on the command line: its model, implied volatility, donors, artefacts, workers."""

import csv

import pytest
from click.testing import CliRunner

from levelhead.doors.cli import main
from levelhead.forecast.artefact import Artefact, Artefacts
from levelhead.forecast.pooling import MEMBERS, outcomes_of_kind

CLAIM = "first of +2 ATR | -2 ATR within 8 sessions"


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def vix(market, tmp_path):
    with (market / "rty.csv").open() as lines:
        days = [row["date"] for row in csv.DictReader(lines)]
    path = tmp_path / "vix.csv"
    path.write_text("\n".join(["date,close", *(f"{day},{20 + i % 7}" for i, day in enumerate(days))]) + "\n")
    return path


def price(market, *options):
    return run("price", "RTY", CLAIM, "--bars", market / "rty.csv", "--paths", 300, *options)


def test_what_was_used_is_said(market, vix):
    plain = price(market)
    assert plain.exit_code == 0, plain.stderr
    assert "Paths: 300" in plain.stdout
    assert "implied" not in plain.stdout
    assert "independent windows" in plain.stdout
    told = price(market, "--implied", vix, "--donor", f"ES={market / 'es.csv'}").stdout
    assert "the implied volatility of VIX, drawn towards the fits and the long-run level of ES" in told
    assert "RiskMetrics" in price(market, "--model", "ewma").stdout


def test_no_implied_is_what_happens_anyway(market):
    assert price(market, "--no-implied").stdout == price(market).stdout


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--model", "ewm"], "There is no volatility model 'ewm'; did you mean 'ewma'?"),
        (["--implied", "absent.csv"], "absent.csv: cannot be read (No such file or directory); give a CSV file with date,close."),
        (["--implied", "vix.csv", "--no-implied"], "Both --implied vix.csv and --no-implied are given; leave one of them out."),
        (["--donor", "ES"], "The donor ES has no file; write --donor ES=FILE."),
        (["--artefacts", "absent.json"], "absent.json: cannot be read"),
        (
            ["--artefacts", "a.json", "--uncalibrated"],
            "Both --artefacts a.json and --uncalibrated are given; leave one of them out.",
        ),
        (["--events", "absent.csv"], "absent.csv: cannot be read (No such file or directory); give a CSV file with date,event."),
        (["--chain", "absent.csv"], "absent.csv: cannot be read (No such file or directory); give a CSV file of option quotes."),
    ],
)
def test_an_option_that_cannot_be_is_one_sentence(market, options, sentence):
    result = price(market, *options)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def artefact_until(day):
    import datetime as dt

    return Artefact(
        kind="split",
        family="all",
        outcomes=outcomes_of_kind("split"),
        members=MEMBERS,
        weights=(0.8, 0.2, 0.0),
        mapped="none",
        maps={},
        first=dt.date(2010, 1, 4),
        last=day,
        count=1234,
        digest="sha256:abcdef0123456789",
    )


def test_an_artefact_of_the_past_is_named_and_a_later_one_not_used(market, tmp_path):
    import datetime as dt

    path = tmp_path / "artefacts.json"
    path.write_text(Artefacts(series=(artefact_until(dt.date(2024, 12, 31)),)).to_json())
    told = price(market, "--artefacts", path).stdout
    assert "Pooled (paths 80%, analogues 20%, closed form 0%) as learned from 1,234 settled forecasts of all" in told
    assert "2010-01-04 to 2024-12-31 (sha256:abcdef01)" in told
    path.write_text(Artefacts(series=(artefact_until(dt.date(2026, 1, 1)),)).to_json())
    assert price(market, "--artefacts", path).stdout == price(market, "--uncalibrated").stdout
    assert "Uncalibrated: no record of how such claims came out ended before this day." in price(market, "--uncalibrated").stdout


def test_the_packages_own_artefacts_pool_unless_told_otherwise(market):
    told = price(market).stdout
    assert "Pooled (paths " in told
    assert "settled forecasts of future" in told
    assert told != price(market, "--uncalibrated").stdout
