"""The note of a past day is the same, byte for byte, whatever bars came after it."""

import datetime as dt
import itertools
import json
from functools import partial

import pytest
from cut_bars import rows_of
from made_market import run

from levelhead.config import HouseFile
from levelhead.desk.settings import Settings
from levelhead.domain.instrument import Instrument
from levelhead.doors.clock import REPLAY
from levelhead.doors.face import read_bars, written
from levelhead.doors.repaint import days_of, differences
from levelhead.forecast.settings import Settings as ForecastSettings

# Few paths: what is tested is where the numbers come from, not how fine they are.
FEW = HouseFile(settings=Settings(forecast=ForecastSettings(paths=200)))
write = partial(written, house=FEW, moment=REPLAY)


def all_differences(bars, peers, days):
    return [difference for day in days for difference in differences(day, bars, peers, write)]


@pytest.mark.parametrize("part", range(4))
def test_two_hundred_notes_on_real_bars_do_not_repaint(shared, part):
    bars = read_bars(shared / "data" / "rty_tv.csv", "RTY")
    peers = {"ES": read_bars(shared / "data" / "es_tv.csv", "ES")}
    days = days_of(bars, every=10)
    assert len(days) >= 200
    assert all_differences(bars, peers, days[part::4]) == []


def test_notes_on_made_bars_do_not_repaint(market):
    bars = read_bars(market / "rty.csv", "RTY")
    peers = {"ES": read_bars(market / "es.csv", "ES")}
    days = days_of(bars, every=20)
    assert len(days) == 35
    assert all_differences(bars, peers, days) == []


def test_a_note_knows_nothing_of_a_peer_that_begins_after_it(market):
    bars = read_bars(market / "rty.csv", "RTY")
    days = days_of(bars, every=150)
    peer = read_bars(market / "es.csv", "ES")
    late = rows_of(peer, slice(int((peer.dates <= bars.dates[-100]).sum()), None))
    assert late.first > days[0]
    assert all_differences(bars, {"ES": late}, days) == []


def test_notes_of_an_unknown_instrument_do_not_repaint(market):
    bars = read_bars(market / "nq.csv", Instrument.unknown("ZZZ"))
    assert all_differences(bars, {}, days_of(bars, every=70)) == []


@pytest.mark.parametrize("day", ["2024-02-29", "2024-07-03", "2024-11-29", "2025-03-13"])
def test_a_file_cut_with_an_editor_gives_the_same_bytes(market, tmp_path, day):
    lines = (market / "rty.csv").read_text().splitlines()
    (tmp_path / "rty.csv").write_text("\n".join([lines[0], *(line for line in lines[1:] if line[:10] <= day)]) + "\n")
    arguments = ("--as-of", day, "--format", "json")
    whole = run("note", "RTY", "--bars", market / "rty.csv", *arguments)
    assert run("note", "RTY", "--bars", tmp_path / "rty.csv", *arguments).stdout == whole.stdout
    assert dt.date.fromisoformat(day).isoformat() in whole.stdout


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("row", ["2024-13-40,1,1,1,1,1", ",1,1,1,1,1", "03/13/2024,1,1,1,1,1", "2023-06-01,1,1,1,1,1"])
def test_a_row_left_out_is_not_known_before_its_place_in_the_file(market, tmp_path, row, newest_first):
    lines = (market / "rty.csv").read_text().splitlines()
    at = next(k for k, line in enumerate(lines) if k and line[:10] > "2024-09-02")
    found = {}
    for name, body in (("without", lines[1:]), ("with", [*lines[1:at], row, *lines[at:]])):
        (tmp_path / "rty.csv").write_text("\n".join([lines[0], *(body[::-1] if newest_first else body)]) + "\n")
        for day in ("2024-08-30", "2024-09-10"):
            done = run("note", "RTY", "--bars", tmp_path / "rty.csv", "--quarantine", "--as-of", day, "--format", "json")
            found[name, day] = json.loads(done.stdout)["provenance"]["left_out"]
    assert found["with", "2024-08-30"] == found["without", "2024-08-30"] == []
    assert len(found["with", "2024-09-10"]) == 1


def test_the_command_proves_it_for_the_user(market):
    result = run("repaint", "RTY", "--bars", market / "rty.csv", "--peer", f"ES={market / 'es.csv'}", "--every", "150")
    assert result.exit_code == 0, result.stderr
    # 600 weekdays are 120 weeks, 840 days before 2025-03-14.
    assert result.stdout == "5 notes from 2022-11-25 to 2025-03-14, each written on three futures: identical.\n"


def test_the_command_names_the_first_difference(market, monkeypatch):
    from levelhead.doors import repaint

    counter = itertools.count(1)
    monkeypatch.setattr(repaint, "to_json", lambda note: f'{{"facts": {next(counter)}}}')
    result = run("repaint", "RTY", "--bars", market / "rty.csv", "--from", "2025-03-12", "--every", "1")
    assert result.exit_code == 1
    assert "the note of 2025-03-12 changes with the bars that followed: $.facts is 1" in result.stdout


def test_a_span_without_bars_is_refused(market):
    result = run("repaint", "RTY", "--bars", market / "rty.csv", "--from", "2031-01-01")
    assert result.exit_code == 2
    assert "rty.csv covers" in result.stderr
