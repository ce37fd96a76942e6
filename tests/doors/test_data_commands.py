"""levelhead data fetch, list and show; and what `levelhead note SYMBOL` does where no file is given."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from made_market import run
from made_source import ASKED, SHELF, clock_at, forming, moved

from levelhead.domain.bars import Bars
from levelhead.doors.home import archive, home
from levelhead.doors.live import is_fresh, last_completed, live_bars
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table

# The made market ends on Friday 2025-03-14; its session closed at 17:00 New York, 21:00 UTC.
FRIDAY_EVENING = "2025-03-14T21:30:00+00:00"
SATURDAY = "2025-03-15T12:00:00+00:00"
WEDNESDAY = "2025-03-19T15:00:00+00:00"
RTY = find_instrument("RTY")


@pytest.fixture
def friday(market: Path) -> Bars:
    return read_bars(market / "rty.csv", RTY)


def noted(tmp_path: Path, *arguments: object) -> tuple[Result, dict | None]:
    """`levelhead note RTY` as JSON: the result, and the note where there is one."""
    result = run("note", "RTY", "--format", "json", *arguments)
    return result, json.loads(result.stdout) if result.exit_code == 0 else None


def without_provenance(note: dict) -> dict:
    return {key: value for key, value in note.items() if key not in ("provenance", "standing", "settings")}


def test_what_is_fetched_is_listed_and_shown(friday, monkeypatch):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    result = run("data", "fetch", "rty")
    assert result.exit_code == 0
    assert result.stdout == f"RTY (yahoo, 1d): 700 bars from {friday.first} to 2025-03-14, 700 new, 0 revised.\n"
    (held,) = json.loads(run("data", "list", "--json").stdout)
    assert (held["source"], held["symbol"], held["last"], held["fetched_at"]) == (
        "yahoo", "RTY", "2025-03-14", "2025-03-14T21:30:00Z",
    )  # fmt: skip
    shown = run("data", "show", "RTY", "--tail", 1).stdout
    assert f"2025-03-14{friday.open[-1]:14,.1f}{friday.high[-1]:14,.1f}{friday.low[-1]:14,.1f}{friday.close[-1]:14,.1f}" in shown


def test_the_second_fetch_asks_for_a_few_bars_more_than_it_lacks_and_names_revisions(friday, monkeypatch):
    clock_at(monkeypatch, "2025-03-13T21:30:00+00:00")
    SHELF["RTY"] = friday.until(dt.date(2025, 3, 13))
    run("data", "fetch", "RTY")
    clock_at(monkeypatch, FRIDAY_EVENING)
    SHELF["RTY"] = moved(friday, "2025-03-12", 1.0)
    result = run("data", "fetch", "RTY")
    assert "12 bars from 2025-02-27 to 2025-03-14, 1 new, 1 revised." in result.stdout
    assert "  revised 2025-03-12: open " in result.stdout
    assert ASKED[-1].first == dt.date(2025, 2, 27)  # ten weekdays before 2025-03-13
    assert "2025-03-12: open" in run("data", "show", "RTY", "--revisions").stdout
    assert "nothing new" in run("data", "fetch", "RTY").stdout


def test_a_symbol_that_fails_does_not_keep_the_others_from_being_kept(friday, monkeypatch):
    SHELF["RTY"] = friday
    result = run("data", "fetch", "NOSUCH", "RTY")
    assert result.exit_code == 2
    assert "levelhead: yahoo has no NOSUCH; try another source." in result.stderr
    assert "RTY (yahoo, 1d): 700 bars" in result.stdout


def test_an_unknown_source_is_refused_with_the_nearest_name(monkeypatch):
    result = run("data", "fetch", "RTY", "--source", "yaho")
    assert result.exit_code == 2
    assert "did you mean 'yahoo'?" in result.stderr


def test_an_empty_archive_says_how_to_fill_it():
    result = run("data", "list")
    assert result.exit_code == 0
    assert "`levelhead data fetch SYMBOL` fetches bars" in result.stdout
    assert not Path(home()).joinpath("bars").exists(), "nothing is made before something is kept"


def test_show_writes_a_csv_that_bars_reads_back(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    run("data", "fetch", "RTY")
    file = tmp_path / "rty.csv"
    file.write_text(run("data", "show", "RTY", "--tail", 0, "--csv").stdout)
    assert read_bars(file, RTY).digest() == friday.digest()


def test_a_damaged_segment_is_named_with_exit_code_1(friday, own_home):
    SHELF["RTY"] = friday
    run("data", "fetch", "RTY")
    assert run("data", "list", "--verify").exit_code == 0
    (file,) = own_home.rglob("*.parquet")
    file.write_bytes(file.read_bytes()[:-1])
    assert run("data", "list").exit_code == 1
    verified = run("data", "list", "--verify")
    assert verified.exit_code == 1
    assert file.name in verified.stderr
    refused = run("note", "RTY")
    assert refused.exit_code == 2
    assert file.name in refused.stderr


def test_a_note_without_a_file_is_the_note_of_the_same_bars_in_a_file(friday, market, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    _, live = noted(tmp_path)
    _, from_file = noted(tmp_path, "--bars", market / "rty.csv")
    assert live is not None
    assert live["facts"] == from_file["facts"]
    assert live["scenarios"] == from_file["scenarios"]


def test_an_archive_that_has_the_last_completed_session_is_used_without_the_network(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    noted(tmp_path)
    assert len(ASKED) == 1
    clock_at(monkeypatch, SATURDAY)
    result, note = noted(tmp_path)
    assert (result.exit_code, len(ASKED), result.stderr) == (0, 1, "")
    assert note["as_of"] == "2025-03-14"


def test_an_archive_that_lacks_a_session_asks_the_source_and_keeps_the_answer(friday, monkeypatch, tmp_path):
    clock_at(monkeypatch, "2025-03-13T21:30:00+00:00")
    SHELF["RTY"] = friday.until(dt.date(2025, 3, 13))
    noted(tmp_path)
    clock_at(monkeypatch, FRIDAY_EVENING)
    SHELF["RTY"] = friday
    _, note = noted(tmp_path)
    assert note["as_of"] == "2025-03-14"
    assert len(archive().fetches("yahoo", "RTY")) == 2


def test_offline_the_archive_is_used_and_its_age_is_said_twice(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    noted(tmp_path)
    SHELF.clear()
    clock_at(monkeypatch, WEDNESDAY)
    result, note = noted(tmp_path)
    sentence = (
        "RTY comes from the archive, whose last bar is 2025-03-14, 5 days old "
        "(yahoo, asked last at 2025-03-14 21:30 UTC, 4 days ago). No newer bars could be had: "
        "yahoo RTY=F could not be asked: the network is down; try again later."
    )
    assert f"levelhead: {sentence}" in result.stderr
    (finding,) = [f for f in note["provenance"]["findings"] if f["kind"] == "archive_age"]
    assert (finding["severity"], finding["text"]) == ("remark", sentence)


def test_without_archive_and_network_both_ways_out_are_named():
    result = run("note", "RTY")
    assert result.exit_code == 2
    assert "There are no bars of RTY" in result.stderr
    assert "--bars FILE" in result.stderr
    assert "`levelhead data fetch RTY`" in result.stderr
    assert "the network is down" in result.stderr


def test_a_peer_without_a_file_comes_the_same_way(friday, market, monkeypatch, tmp_path):
    es = read_bars(market / "es.csv", find_instrument("ES"))
    SHELF.update(RTY=friday, ES=es)
    clock_at(monkeypatch, FRIDAY_EVENING)
    _, note = noted(tmp_path, "--peer", "ES")
    assert [peer["symbol"] for peer in note["provenance"]["peers"]] == ["ES"]
    assert {held.symbol for held in archive().datasets()} == {"RTY", "ES"}


def test_a_past_day_needs_no_newer_bars(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    noted(tmp_path)
    SHELF.clear()
    clock_at(monkeypatch, WEDNESDAY)
    result, note = noted(tmp_path, "--as-of", "2025-03-13")
    assert (note["as_of"], result.stderr) == ("2025-03-13", "")


def test_the_note_of_an_earlier_moment_is_rebuilt_from_what_was_known_then(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    _, first = noted(tmp_path)
    clock_at(monkeypatch, WEDNESDAY)
    SHELF["RTY"] = moved(friday, "2025-03-14", 25.0)
    run("data", "fetch", "RTY")
    _, revised = noted(tmp_path, "--as-of", "2025-03-14")
    assert revised["facts"]["last"]["value"] == pytest.approx(first["facts"]["last"]["value"] + 25)
    SHELF.clear()
    _, rebuilt = noted(tmp_path, "--known-at", "2025-03-14")
    first.pop("standing", None)
    rebuilt.pop("standing", None)
    assert rebuilt["facts"] == first["facts"]
    assert rebuilt["scenarios"] == first["scenarios"]
    assert rebuilt["provenance"] == first["provenance"]


def test_what_was_not_known_then_is_said(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday
    clock_at(monkeypatch, FRIDAY_EVENING)
    run("data", "fetch", "RTY")
    result = run("note", "RTY", "--known-at", "2025-03-13T10:00Z")
    assert result.exit_code == 2
    assert "knew nothing of RTY from yahoo at 2025-03-13 10:00 UTC" in result.stderr


def test_a_file_has_one_state_only(market):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--known-at", "2025-03-13")
    assert result.exit_code == 2
    assert "--known-at reads the archive" in result.stderr


def test_a_bar_that_was_forming_is_asked_for_again(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = forming(friday)
    clock_at(monkeypatch, "2025-03-14T15:00:00+00:00")
    _, first = noted(tmp_path)
    assert first["provenance"]["provisional"]["price"] == friday.last
    clock_at(monkeypatch, FRIDAY_EVENING)
    SHELF["RTY"] = moved(friday, "2025-03-14", 5.0)
    _, second = noted(tmp_path)
    assert second["provenance"]["provisional"] is None
    assert second["facts"]["last"]["value"] == pytest.approx(friday.last + 5)
    assert archive().revisions("yahoo", "RTY") == ()


def test_a_source_without_the_last_session_is_said_to_be_behind(friday, monkeypatch, tmp_path):
    SHELF["RTY"] = friday.until(dt.date(2025, 3, 13))
    clock_at(monkeypatch, FRIDAY_EVENING)
    result, note = noted(tmp_path)
    assert "yahoo has no bar of RTY after 2025-03-13 yet" in result.stderr
    assert "source_behind" in [f["kind"] for f in note["provenance"]["findings"]]


@pytest.mark.parametrize(
    ("moment", "session"),
    [
        ("2025-03-14T20:59:00+00:00", "2025-03-13"),  # the session of the 14th closes at 17:00 New York, 21:00 UTC in summer time
        ("2025-03-14T21:00:00+00:00", "2025-03-14"),
        ("2025-03-17T20:00:00+00:00", "2025-03-14"),
        ("2025-03-07T21:30:00+00:00", "2025-03-06"),  # in winter time it closes at 22:00 UTC
        ("2025-03-07T22:00:00+00:00", "2025-03-07"),
    ],
)
def test_the_last_completed_session_is_that_of_the_table(moment, session):
    table = session_table("CME_EQUITY")
    assert last_completed(RTY, table, dt.datetime.fromisoformat(moment)) == dt.date.fromisoformat(session)


def test_without_a_table_the_last_weekday_before_the_day_is_taken():
    unknown = find_instrument("NOSUCH")
    sunday = dt.datetime(2025, 3, 16, 12, tzinfo=dt.UTC)
    assert last_completed(unknown, None, sunday) == dt.date(2025, 3, 14)


def test_bars_that_end_on_the_last_session_are_fresh_until_the_next_has_ended(friday):
    assert is_fresh(friday, dt.datetime.fromisoformat(SATURDAY))
    assert is_fresh(friday, dt.datetime(2025, 3, 17, 20, 59, tzinfo=dt.UTC))
    assert not is_fresh(friday, dt.datetime(2025, 3, 17, 21, 0, tzinfo=dt.UTC))
    assert is_fresh(friday, dt.datetime.fromisoformat(WEDNESDAY), dt.date(2025, 3, 16))
    assert not is_fresh(forming(friday), dt.datetime.fromisoformat(SATURDAY))


def test_another_source_that_is_kept_serves_where_the_default_is_not(friday, market, monkeypatch, tmp_path):
    monkeypatch.setenv("LEVELHEAD_BARS", str(market))
    run("data", "fetch", "RTY", "--source", "files")
    clock_at(monkeypatch, SATURDAY)
    bars = live_bars("RTY")
    assert bars.digest() == friday.digest()
    assert ASKED == []
    assert np.isfinite(bars.close).all()


def test_the_home_is_the_users_data_folder_or_what_is_named(monkeypatch):
    monkeypatch.setenv("LEVELHEAD_HOME", "s3://bucket/levelhead/")
    assert home() == "s3://bucket/levelhead"
    monkeypatch.setenv("LEVELHEAD_HOME", "~/bars")
    assert home() == str(Path("~/bars").expanduser())
    monkeypatch.delenv("LEVELHEAD_HOME")
    assert home().rstrip("/").endswith("levelhead")
