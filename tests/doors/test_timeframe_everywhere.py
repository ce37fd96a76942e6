"""--timeframe stands on every command that reads or lists bars, and means one thing."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pytest
from made_market import run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "market"))
from made_intraday import made_intraday

from levelhead.doors.data_command import SUBCOMMANDS, data
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.resampling import resample

RTY = find_instrument("RTY")


@pytest.mark.parametrize("name", sorted(SUBCOMMANDS))
def test_every_data_command_has_a_timeframe(name):
    command = data.get_command(click.Context(data), name)
    assert "--timeframe" in [option for parameter in command.params for option in parameter.opts]


@pytest.fixture
def kept(market, monkeypatch):
    monkeypatch.setenv("LEVELHEAD_BARS", str(market))
    assert run("data", "fetch", "RTY", "ES", "--source", "files").exit_code == 0


def test_the_list_is_cut_to_a_timeframe(kept):
    assert len(run("data", "list").output.splitlines()) == len(run("data", "list", "--timeframe", "daily").output.splitlines()) == 3
    none = run("data", "list", "--timeframe", "5m")
    assert none.exit_code == 0
    assert "holds no 5m bars" in none.output
    assert run("data", "list", "--timeframe", "7x").exit_code == 2


def test_sources_are_cut_to_those_that_deliver_a_timeframe(monkeypatch):
    assert "files " in run("data", "sources", "--timeframe", "1h").output
    assert run("data", "sources", "--timeframe", "2h").output.startswith("No source delivers 2h bars;")


def test_weeks_are_shown_of_the_days_that_are_kept(kept, market):
    days = read_bars(market / "rty.csv", RTY)
    shown = run("data", "show", "RTY", "--source", "files", "--timeframe", "weekly", "--tail", "0", "--csv").output.splitlines()
    weeks = resample(days, "1w")
    assert shown[0] == "date,open,high,low,close,volume"
    assert [line.split(",")[0] for line in shown[1:]] == [str(day) for day in weeks.dates]
    # by hand: the last week's high is the highest of its five days
    assert float(shown[-1].split(",")[2]) == max(days.high[days.dates >= np.datetime64("2025-03-10")])
    assert "1w, made of 1d" in run("data", "show", "RTY", "--source", "files", "--timeframe", "1w").output


def written(folder: Path, name: str, bars) -> None:
    lines = ["time,open,high,low,close,volume"]
    rows = zip(bars.time, bars.open, bars.high, bars.low, bars.close, strict=True)
    lines += [f"{t.astype('datetime64[s]')}Z,{o:.1f},{h:.1f},{lo:.1f},{c:.1f},100" for t, o, h, lo, c in rows]
    (folder / name).write_text("\n".join(lines) + "\n")


def test_contracts_of_hourly_bars_are_joined_by_the_day_and_written_as_asked(tmp_path):
    folder = tmp_path / "contracts"
    folder.mkdir()
    for name, first, last, seed in (("RTYH5.csv", "2025-02-03", "2025-03-21", 1), ("RTYM5.csv", "2025-02-03", "2025-04-30", 2)):
        written(folder, name, made_intraday("RTY", first, last, minutes=60, seed=seed))
    out = tmp_path / "rty.csv"
    done = run("data", "roll", "--contracts", folder, "--roll", "days:8", "--out", out)
    assert done.exit_code == 0, done.output
    days = read_bars(out, RTY)
    hours = resample(made_intraday("RTY", "2025-02-03", "2025-03-21", minutes=60, seed=1), "1d")
    assert len(days) == len(np.unique(days.dates))
    np.testing.assert_array_equal(days.close[:20], hours.close[:20])
    weekly = tmp_path / "weekly.csv"
    done = run("data", "roll", "--contracts", folder, "--roll", "days:8", "--timeframe", "1w", "--out", weekly)
    assert done.exit_code == 0, done.output
    assert len(read_bars(weekly, RTY)) == len(resample(days, "1w", unfinished="left out"))
    refused = run("data", "roll", "--contracts", folder, "--roll", "days:8", "--timeframe", "1h")
    assert (refused.exit_code, "of which 1h bars cannot be made" in refused.output) == (2, True)
    refused = run("data", "roll", "--contracts", folder, "--compare", "days:8", "--timeframe", "1w")
    assert (refused.exit_code, "leave --timeframe, --hours and --zone out" in refused.output) == (2, True)
