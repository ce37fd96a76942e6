"""Intraday files: their stamps, their zones, the weeks in which clocks change; and that daily files are read as ever."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from levelhead.domain.errors import BadBars, BadSettings, UnreadableFile
from levelhead.domain.instrument import Instrument
from levelhead.market.files import read_bars
from levelhead.market.frames import bars_from_frame
from levelhead.market.instruments import find_instrument

ES = find_instrument("ES")
HEADER = "time,open,high,low,close,Volume"
PRICES = "10,12,9,11,5"


def written(folder: Path, stamps: list[str], header: str = HEADER) -> Path:
    path = folder / "es.csv"
    path.write_text("\n".join([header, *(f"{stamp},{PRICES}" for stamp in stamps)]) + "\n", encoding="utf-8")
    return path


def steps(first: str, count: int, minutes: int = 5) -> list[dt.datetime]:
    start = dt.datetime.fromisoformat(first)
    return [start + dt.timedelta(minutes=minutes * i) for i in range(count)]


def minute(time: np.datetime64) -> str:
    return str(time.astype("datetime64[m]"))


def test_iso_stamps_in_utc(tmp_path):
    bars = read_bars(written(tmp_path, [f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in steps("2025-06-01T22:00", 10)]), ES)
    assert (bars.timeframe, len(bars), minute(bars.time[0])) == ("5m", 10, "2025-06-01T22:00")
    assert {str(each) for each in bars.dates} == {"2025-06-02"}  # Sunday evening is Monday's trade date
    assert bars.stamp(0) == dt.datetime(2025, 6, 1, 22, 0, tzinfo=dt.UTC)
    assert (bars.first, bars.as_of) == (dt.date(2025, 6, 2), dt.date(2025, 6, 2))


def test_unix_seconds_and_milliseconds_are_the_same_moments(tmp_path):
    # date -u -d 2025-06-02T13:30Z +%s = 1748871000
    seconds = [1748871000 + 900 * i for i in range(10)]
    one = read_bars(written(tmp_path, [str(s) for s in seconds]), ES)
    assert (one.timeframe, minute(one.time[0]), minute(one.time[-1])) == ("15m", "2025-06-02T13:30", "2025-06-02T15:45")
    other = read_bars(written(tmp_path, [str(1000 * s) for s in seconds]), ES)
    assert list(other.time) == list(one.time)


def test_offsets_in_the_stamps_are_what_they_say(tmp_path):
    # the 9th of March 2025: 01:55 New York is -05:00, 03:00 is -04:00, five minutes later
    stamps = ["2025-03-09T01:45:00-05:00", "2025-03-09T01:50:00-05:00", "2025-03-09T01:55:00-05:00"]
    stamps += [f"2025-03-09T03:{m:02}:00-04:00" for m in range(0, 30, 5)]
    coin = Instrument(symbol="BTC", name="Bitcoin", short_name="Bitcoin", kind="coin")
    bars = read_bars(written(tmp_path, stamps), coin)
    assert set(np.diff(bars.time).astype("timedelta64[m]").astype(int)) == {5}
    assert minute(bars.time[0]) == "2025-03-09T06:45"


@pytest.mark.parametrize(
    ("zone", "friday", "monday"),
    [
        # the bell of New York, 09:30: in March 2025 America's clocks change on the 9th, Europe's on the 30th
        ("America/New_York", "2025-03-07T14:30", "2025-03-10T13:30"),
        ("America/Chicago", "2025-03-07T15:30", "2025-03-10T14:30"),
        ("Europe/Berlin", "2025-03-07T08:30", "2025-03-10T08:30"),
        ("UTC", "2025-03-07T09:30", "2025-03-10T09:30"),
    ],
)
def test_naive_stamps_in_a_given_zone_follow_its_clocks_through_march(zone, friday, monday, tmp_path):
    stamps = [f"{t:%Y-%m-%d %H:%M}" for start in ("2025-03-07T09:30", "2025-03-10T09:30") for t in steps(start, 6)]
    bars = read_bars(written(tmp_path, stamps), ES, zone=zone)
    assert (minute(bars.time[0]), minute(bars.time[6])) == (friday, monday)


@pytest.mark.parametrize(
    ("zone", "before", "between", "after"),
    [
        # Europe's clocks go back on 2025-10-26, America's on 2025-11-02
        ("America/New_York", "2025-10-24T13:30", "2025-10-27T13:30", "2025-11-03T14:30"),
        ("Europe/London", "2025-10-24T08:30", "2025-10-27T09:30", "2025-11-03T09:30"),
    ],
)
def test_and_through_october_and_november(zone, before, between, after, tmp_path):
    starts = ("2025-10-24T09:30", "2025-10-27T09:30", "2025-11-03T09:30")
    stamps = [f"{t:%Y-%m-%d %H:%M}" for start in starts for t in steps(start, 4)]
    bars = read_bars(written(tmp_path, stamps), ES, zone=zone)
    assert [minute(bars.time[i]) for i in (0, 4, 8)] == [before, between, after]


def test_naive_stamps_without_a_zone_are_refused_with_the_ways_out(tmp_path):
    path = written(tmp_path, [f"{t:%Y-%m-%d %H:%M:%S}" for t in steps("2025-06-02T09:30", 10)])
    with pytest.raises(UnreadableFile) as refused:
        read_bars(path, ES)
    assert str(refused.value) == (
        "es.csv row 2: the stamp '2025-06-02 09:30:00' of an intraday bar names no time zone. Write stamps in UTC "
        "(2025-06-01T22:00:00Z), with their offset, or as Unix seconds, or say what they are in: --zone America/New_York."
    )


def test_a_zone_that_is_none_is_refused(tmp_path):
    with pytest.raises(BadSettings, match=r"'New York' is no time zone; write it as America/New_York"):
        read_bars(written(tmp_path, ["2025-06-02 09:30"]), ES, "5m", zone="New York")


def test_the_hour_that_is_there_twice_and_the_hour_that_is_not_are_impossible_rows(tmp_path):
    twice = [f"{t:%Y-%m-%d %H:%M}" for t in steps("2025-11-02T00:30", 10, 15)]
    with pytest.raises(BadBars, match=r"row 4: time '2025-11-02 01:00' is there twice, when the clocks of its zone go back"):
        read_bars(written(tmp_path, twice), ES, zone="America/New_York")
    skipped = [f"{t:%Y-%m-%d %H:%M}" for t in steps("2025-03-09T01:30", 10, 15)]
    path = written(tmp_path, skipped)
    with pytest.raises(BadBars, match=r"row 4: time '2025-03-09 02:00' does not exist, the clocks of its zone skip it"):
        read_bars(path, ES, zone="America/New_York")
    bars = read_bars(path, ES, zone="America/New_York", quarantine=True)
    assert [finding.kind for finding in bars.left_out] == ["impossible_time"] * 4
    assert len(bars) == 6


def test_newest_first_is_turned_round_and_duplicates_name_their_minute(tmp_path):
    stamps = [f"{t:%Y-%m-%dT%H:%MZ}" for t in steps("2025-06-02T13:30", 12)]
    bars = read_bars(written(tmp_path, stamps[::-1]), ES)
    assert bars.time[0] < bars.time[-1]
    assert [finding.kind for finding in bars.remarks] == ["sorted"]
    with pytest.raises(BadBars, match=r"row 7 \(2025-06-02 13:50 UTC\): this time stands already in row 6"):
        read_bars(written(tmp_path, [*stamps[:5], *stamps[4:]]), ES)


@pytest.mark.parametrize(("minutes", "name"), [(1, "1m"), (5, "5m"), (30, "30m"), (60, "1h"), (240, "4h"), (10, "10m")])
def test_the_timeframe_is_the_step_that_most_stamps_are_apart(minutes, name, tmp_path):
    stamps = [f"{t:%Y-%m-%dT%H:%MZ}" for t in steps("2025-06-02T13:00", 30, minutes)]
    assert read_bars(written(tmp_path, stamps), ES).timeframe == name


def test_later_bars_do_not_change_how_long_the_earlier_ones_are(tmp_path):
    slow, fast = steps("2025-06-02T00:00", 150, 5), steps("2025-06-02T13:00", 600, 1)
    (tmp_path / "cut").mkdir()
    whole, cut = (
        read_bars(written(folder, [f"{t:%Y-%m-%dT%H:%MZ}" for t in stamps]), ES)
        for folder, stamps in ((tmp_path, [*slow, *fast]), (tmp_path / "cut", slow))
    )
    assert whole.timeframe == cut.timeframe == "5m"


def test_a_given_timeframe_is_held_against_the_stamps(tmp_path):
    path = written(tmp_path, [f"{t:%Y-%m-%dT%H:%MZ}" for t in steps("2025-06-02T13:30", 12)])
    assert read_bars(path, ES, "5m").timeframe == "5m"
    with pytest.raises(UnreadableFile, match=r"es\.csv has 5m bars, most stamps lie that far apart; 15m bars were asked for"):
        read_bars(path, ES, "15m")
    with pytest.raises(UnreadableFile, match=r"lie in no step that divides a day"):
        read_bars(written(tmp_path, [f"{t:%Y-%m-%dT%H:%MZ}" for t in steps("2025-06-02T13:30", 12, 7)]), ES)


def test_a_short_file_is_intraday_where_that_is_said(tmp_path):
    path = written(tmp_path, ["2025-06-02T13:30Z", "2025-06-02T13:35Z", "2025-06-02T13:40Z"])
    assert read_bars(path, ES, "5m").timeframe == "5m"
    with pytest.raises(BadBars, match=r"row 3 \(2025-06-02\): this date stands already in row 2"):
        read_bars(path, ES)


def test_daily_stamps_with_a_time_stay_daily(tmp_path):
    days = [f"2025-06-{d:02}T22:00:00Z" for d in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)]
    bars = read_bars(written(tmp_path, days), ES)
    assert (bars.timeframe, bars.days, bars.first, bars.as_of) == ("1d", None, dt.date(2025, 6, 2), dt.date(2025, 6, 13))


def test_weekly_bars_are_found_by_their_stamps_and_dated_by_their_last_session(tmp_path):
    # Mondays, as TradingView stamps them; Good Friday 2025-04-18 and Juneteenth are no sessions, the Fourth lies on a Friday
    mondays = [str(np.datetime64("2025-04-07") + 7 * i) for i in range(13)]
    bars = read_bars(written(tmp_path, mondays), ES)
    assert bars.timeframe == "1w"
    assert [str(each) for each in bars.dates[[0, 1, 12]]] == ["2025-04-11", "2025-04-17", "2025-07-03"]


def test_monthly_bars_are_dated_by_the_last_session_of_their_month(tmp_path):
    firsts = [f"2025-{month:02}-01" for month in range(1, 11)]
    bars = read_bars(written(tmp_path, firsts), ES)
    assert (bars.timeframe, str(bars.dates[4]), str(bars.dates[7])) == ("1mo", "2025-05-30", "2025-08-29")


def test_a_weekly_file_cannot_hold_two_bars_of_one_week(tmp_path):
    with pytest.raises(BadBars, match=r"the bars of 2025-04-07 and 2025-04-08 lie in one week, yet 1w bars were asked for"):
        read_bars(written(tmp_path, ["2025-04-07", "2025-04-08"]), ES, "1w")


def test_a_frame_of_moments_is_read_as_a_file_of_them():
    pandas = pytest.importorskip("pandas")
    index = pandas.date_range("2025-06-02 09:30", periods=12, freq="5min", tz="America/New_York")
    frame = pandas.DataFrame({"Open": 10.0, "High": 12.0, "Low": 9.0, "Close": 11.0}, index=index)
    bars = bars_from_frame(frame, ES)
    assert (bars.timeframe, minute(bars.time[0]), str(bars.dates[0])) == ("5m", "2025-06-02T13:30", "2025-06-02")


def test_the_e_mini_in_five_minutes(shared):
    # zcat es_5m.csv.gz | wc -l = 37284 with the header; its second line is 2025-06-01T22:00:00Z,6008.0,6015.5,6005.25,6014.0,2898
    bars = read_bars(shared / "data" / "es_5m.csv.gz", ES)
    assert (bars.timeframe, len(bars), minute(bars.time[0])) == ("5m", 37_283, "2025-06-01T22:00")
    assert [bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]] == [6008.0, 6015.5, 6005.25, 6014.0, 2898.0]
    assert (bars.first, bars.as_of) == (dt.date(2025, 6, 2), dt.date(2025, 12, 16))
    assert bars.until(dt.date(2025, 6, 2)).stamp(-1) == dt.datetime(2025, 6, 2, 20, 55, tzinfo=dt.UTC)
