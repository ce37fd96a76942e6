"""--timeframe stands on every command that reads or lists bars, and means one thing."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click
import numpy as np
import pytest
from made_market import run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "market"))
from made_basis import MARKETS, made_basis
from made_intraday import made_intraday

from levelhead.doors.cli import main
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


def commands(command=main, path=()):
    if not isinstance(command, click.Group):
        yield path, {option for parameter in command.params for option in parameter.opts}
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from commands(command.get_command(context, name), (*path, name))


def test_every_command_that_takes_bars_has_a_timeframe_and_those_without_read_none():
    of_command = dict(commands())
    takes = {path for path, options in of_command.items() if "--bars" in options}
    assert takes >= {("note",), ("price",), ("evaluate",), ("settle",), ("status",), ("repaint",), ("explain",), ("check",)}
    assert [path for path in takes if "--timeframe" not in of_command[path]] == []
    # these read the ledger alone, or an entry of it
    without = {path[0] for path, options in of_command.items() if "--timeframe" not in options}
    assert without <= {"correct", "diff", "ledger", "scorecard", "verify"}


@pytest.fixture(scope="module")
def rolled(tmp_path_factory):
    """A future without a roll table and its index, as files."""
    folder = tmp_path_factory.mktemp("rolled")
    for name, bars in zip(("rty.csv", "rut.csv"), made_basis(MARKETS["usual"], 3, count=12)[:2], strict=True):
        rows = zip(bars.dates, bars.open, bars.high, bars.low, bars.close, strict=True)
        lines = [f"{day},{','.join(f'{np.floor(10 * price + 0.5) / 10:.1f}' for price in prices)},100" for day, *prices in rows]
        (folder / name).write_text("\n".join(["date,open,high,low,close,volume", *lines]) + "\n", encoding="utf-8")
    return folder


CLAIM = "first of 2400 | 1600 within 60 sessions"


def priced(folder, *more):
    result = run("price", "RTY", CLAIM, "--bars", folder / "rty.csv", "--json", "--paths", 500, *more)
    assert result.exit_code == 0, result.stderr
    return result


def test_a_price_takes_the_rolls_that_a_peer_shows_as_a_note_does(rolled):
    beside = ("--peer", f"RUT={rolled / 'rut.csv'}")
    found = priced(rolled, *beside)
    assert "the basis to RUT (rut.csv)" in found.stderr
    # the same as by name, and as a note's own forecast of that day, and not what the gaps left in give
    assert found.stdout == priced(rolled, "--roll-reference", f"RUT={rolled / 'rut.csv'}").stdout
    plain = priced(rolled)
    assert found.stdout != plain.stdout
    assert priced(rolled, *beside, "--roll-reference", "none").stdout == plain.stdout
    note = run("note", "RTY", "--bars", rolled / "rty.csv", *beside, "--paths", 500, "--format", "json").stdout
    split = next(claim for claim in json.loads(note)["claims"] if claim["claim"].startswith("first of"))
    again = run("price", "RTY", split["claim"], "--bars", rolled / "rty.csv", "--paths", 500, "--json", *beside)
    assert json.loads(again.stdout)["chances"]["up"]["base_rate"] == split["chances"]["up"]["base_rate"]


def test_questions_of_past_days_know_the_rolls_of_their_day(rolled, tmp_path):
    day = "2021-06-01"
    (tmp_path / "bars").mkdir()
    (tmp_path / "bars" / "RTY.csv").write_bytes((rolled / "rty.csv").read_bytes())
    (tmp_path / "asked.csv").write_text(f"id,symbol,as_of,horizon,upper,lower\n1,RTY,{day},12,2400,1600\n")
    answers = {}
    for name, more in (("with", ("--peer", f"RUT={rolled / 'rut.csv'}")), ("without", ())):
        asked = ("--questions", tmp_path / "asked.csv", "--bars-dir", tmp_path / "bars", "--out", tmp_path / name, "--workers", 1)
        result = run("price", *asked, "--paths", 2000, *more)
        assert result.exit_code == 0, result.stderr
        answers[name] = (tmp_path / name).read_text()
    cut = tmp_path / "cut.csv"
    lines = (rolled / "rty.csv").read_text().splitlines()
    cut.write_text("\n".join([lines[0], *(line for line in lines[1:] if line[:10] <= day)]) + "\n")
    (tmp_path / "bars" / "RTY.csv").write_bytes(cut.read_bytes())
    again = ("--questions", tmp_path / "asked.csv", "--bars-dir", tmp_path / "bars", "--out", tmp_path / "cut", "--workers", 1)
    assert run("price", *again, "--paths", 2000, "--peer", f"RUT={rolled / 'rut.csv'}").exit_code == 0
    assert (tmp_path / "cut").read_text() == answers["with"]
    refused = run("price", *again, "--roll-reference", "none")
    assert (refused.exit_code, "rolls are found by --peer SYM=FILE alone" in refused.stderr) == (2, True)


def test_a_walk_over_weeks_is_asked_for_like_a_note_of_weeks(tmp_path):
    asked = ("evaluate", "IXIC", "--source", "sample", "--timeframe", "1w", "--from", "2015", "--paths", 100, "--every", 8)
    result = run(*asked, "--workers", 1, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert "IXIC: 27 notes from 2015-01-02 to 2018-12-28" in result.stdout
    assert "IXIC: 27 weeks with a forecast" in result.stdout
    assert "Closes after 12 weeks: " in result.stdout
    assert "the 20-week random walk" in result.stdout
    (folder,) = (each for each in tmp_path.iterdir() if each.name.startswith("IXIC"))
    assert folder.name == "IXIC-1w-2015-01-02-2018-12-28"
    run_of = json.loads((folder / "evaluation.json").read_text())["run"]
    assert (run_of["timeframe"], run_of["counts"], run_of["every"]) == ("1w", "week", 8)
    page = (folder / "evaluation.html").read_text()
    assert "every 8th week, 1w bars" in page
    assert "weeks ahead" in page
    assert "session" not in re.sub(r"<[^>]*>", "", page).replace("sessions of", "").split("The answer")[0]


def test_weights_are_learned_of_days_alone(tmp_path):
    written(tmp_path, "rty_1h.csv", made_intraday("RTY", "2025-02-03", "2025-03-21", minutes=60, seed=1))
    weekly = run("fit", f"RTY={tmp_path / 'rty_1h.csv'}", "--timeframe", "1w", "--out", tmp_path / "a.json")
    assert weekly.exit_code == 2
    assert (
        "weights are learned of daily bars, and these are 1w; give daily ones, or intraday ones and --timeframe 1d."
        in weekly.stderr
    )
    assert run("fit", f"RTY={tmp_path / 'rty_1h.csv'}", "--out", tmp_path / "a.json").stderr.count("these are 1h") == 1
    daily = run("fit", f"RTY={tmp_path / 'rty_1h.csv'}", "--timeframe", "1d", "--out", tmp_path / "a.json")
    assert "needs 150 bars that move, there are 34 up to 2025-03-21" in daily.stderr  # 35 days


def test_a_note_in_words_is_held_to_days(tmp_path):
    written(tmp_path, "rty_1h.csv", made_intraday("RTY", "2025-02-03", "2025-03-21", minutes=60, seed=1))
    (tmp_path / "note.txt").write_text("RTY technical note, 20 March 2025\nResistance at 2,100. The RSI(14) stands at 48.\n")
    asked = ("check", tmp_path / "note.txt", "--bars", tmp_path / "rty_1h.csv", "--symbol", "RTY")
    refused = run(*asked)
    assert (refused.exit_code, "gives 1h bars, and a note in words speaks of days" in refused.stderr) == (2, True)
    assert run(*asked, "--timeframe", "1d").exit_code in (0, 1)
