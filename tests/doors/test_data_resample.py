"""levelhead data resample and the timeframe of data check: files out of files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from made_market import run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "market"))
from made_intraday import made_intraday

from levelhead.domain.bars import Bars
from levelhead.market.bars_csv import bars_csv
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.resampling import resample

ES = find_instrument("ES")


@pytest.fixture(scope="module")
def half_hours() -> Bars:
    return made_intraday("ES", "2025-02-24", "2025-03-14", seed=2)


@pytest.fixture(scope="module")
def file(half_hours, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("intraday") / "es_30m.csv"
    place.write_text(bars_csv(half_hours), encoding="utf-8")
    return place


def same(one: Bars, other: Bars) -> None:
    assert one.timeframe == other.timeframe
    for name in ("time", "dates", "open", "high", "low", "close", "volume"):
        assert list(getattr(one, name)) == list(getattr(other, name)), name


def test_bars_written_as_a_file_are_read_back_as_the_same_bars(half_hours, file, tmp_path):
    same(read_bars(file, ES), half_hours)
    for timeframe in ("4h", "1d"):
        longer = resample(half_hours, timeframe, unfinished="left out")
        (tmp_path / "es.csv").write_text(bars_csv(longer), encoding="utf-8")
        same(read_bars(tmp_path / "es.csv", ES), longer)


def test_the_command_writes_finished_bars_only_to_stdout_or_a_file(half_hours, file, tmp_path):
    cut = tmp_path / "cut.csv"
    cut.write_text("".join(file.read_text().splitlines(keepends=True)[:-3]), encoding="utf-8")
    whole, part = (run("data", "resample", "ES", "--bars", each, "--timeframe", "1d") for each in (file, cut))
    assert whole.stdout.splitlines()[:-1] == part.stdout.splitlines()
    assert whole.stdout.splitlines()[-1].startswith("2025-03-14,")
    out = run("data", "resample", "ES", "--bars", file, "--timeframe", "1d", "--out", tmp_path / "new" / "es_1d.csv")
    assert "15 1d bars from 2025-02-24 to 2025-03-14 written to" in out.stderr
    assert (tmp_path / "new" / "es_1d.csv").read_text() == whole.stdout


def test_intraday_bars_are_checked_by_the_days_they_make(file, tmp_path):
    clean = run("data", "check", file)
    assert clean.exit_code == 0, clean.stdout
    lines = file.read_text().splitlines(keepends=True)
    holed = tmp_path / "es_30m.csv"
    holed.write_text("".join(line for line in lines if not ("2025-03-05T02" < line[:13] < "2025-03-05T20")), encoding="utf-8")
    found = run("data", "check", holed)
    assert found.exit_code == 1
    assert "1 session has less than half of the usual 46 bars: 2025-03-05 (" in " ".join(found.stdout.split())


def test_bars_of_two_lengths_are_not_laid_side_by_side_unless_made_alike(half_hours, file, tmp_path):
    daily = tmp_path / "es.csv"
    daily.write_text(bars_csv(resample(half_hours, "1d", unfinished="left out")), encoding="utf-8")
    refused = run("data", "check", file, "--against", daily)
    assert (refused.exit_code, "30m and 1d bars are not laid side by side; give --timeframe 1d" in refused.stderr) == (2, True)
    alike = run("data", "check", file, "--timeframe", "1d", "--against", daily)
    assert "15 days in common" in alike.stdout
