"""From rows to bars: what `deliver` keeps, cuts, leaves out and says; and how HTTP answers are read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import numpy as np
import pytest
from feed_answers import around, moment, rows_of, sessions
from hypothesis import given
from hypothesis import strategies as st

from levelhead.config import house_from
from levelhead.domain.errors import BadSettings, NoBars, SourceFailed
from levelhead.domain.instrument import Instrument
from levelhead.market.delivery import deliver
from levelhead.market.feed_rows import Rows
from levelhead.market.instruments import feeds_of, find_instrument
from levelhead.market.remote import TryAgain, check_status, csv_text, json_value, retry_after
from levelhead.market.source import Request, Surroundings

RTY = find_instrument("RTY")
DAYS = sessions("CME_EQUITY", "2025-01-02", "2025-03-19")
ROWS = rows_of(DAYS)


def delivered(rows, request=None, now="2025-03-20T12:00", **more):
    return deliver(Rows.of(rows), request or Request(symbol="RTY"), RTY, around(now), feed="made RTY", **more)


@given(order=st.permutations(range(12)))
def test_the_order_of_the_answer_does_not_matter(order):
    assert delivered([ROWS[i] for i in order]).digest() == delivered(ROWS[:12]).digest()


@given(first=st.integers(0, 40), length=st.integers(0, 10))
def test_both_days_of_a_span_are_included_and_nothing_else(first, length):
    asked = Request(symbol="RTY", first=DAYS[first], last=DAYS[first + length])
    assert [day.item() for day in delivered(ROWS, asked).dates] == DAYS[first : first + length + 1]


@given(at=st.integers(1, len(DAYS) - 1), hour=st.integers(0, 23))
def test_nothing_after_the_moment_is_delivered_and_nothing_unfinished_is_unflagged(at, hour):
    now = dt.datetime.combine(DAYS[at], dt.time(hour), dt.UTC)
    bars = delivered(ROWS, now=now.isoformat()[:16])
    # a CME session ends at 17:00 New York: 22:00 UTC, from 2025-03-09 at 21:00
    closes_at = 22 if DAYS[at] < dt.date(2025, 3, 9) else 21
    if DAYS[at] not in (dt.date(2025, 1, 9), dt.date(2025, 1, 20), dt.date(2025, 2, 17)) and hour < closes_at:
        assert bars.as_of == DAYS[at]
        assert bars.provisional is not None
    assert bars.as_of <= DAYS[at] + dt.timedelta(days=5 if hour >= closes_at else 0)


@given(holes=st.dictionaries(st.integers(0, 29), st.integers(1, 4), max_size=20))
def test_a_row_with_a_hole_is_left_out_and_listed_never_filled(holes):
    rows = [list(row) for row in ROWS[:30]]
    for at, column in holes.items():
        rows[at][column] = None
    bars = delivered(rows)
    assert [day.item() for day in bars.dates] == [day for at, day in enumerate(DAYS[:30]) if at not in holes]
    assert sorted(finding.date for finding in bars.left_out) == sorted(DAYS[at] for at in holes)
    assert {finding.kind for finding in bars.left_out} <= {"missing_value"}


def test_dates_shifted_in_summer_only_are_detected_and_their_weeks_named():
    days = sessions("CME_EQUITY", "2022-01-03", "2024-12-31")
    zone = [day + dt.timedelta(days=1) if dt.date(2023, 5, 1) <= day <= dt.date(2023, 9, 29) else day for day in days]
    found = delivered(rows_of(sorted(set(zone)))).remarks
    assert [finding.kind for finding in found] == ["shifted_dates"]
    assert re.search(r"^made RTY: \d+ dates from 2023-05-\d\d to 2023-0[56]-\d\d are no CME_EQUITY sessions", found[0].text)


@given(strays=st.sets(st.integers(0, len(DAYS) - 2), max_size=3))
def test_a_stray_row_now_and_then_is_no_shift(strays):
    sundays = {DAYS[at] + dt.timedelta(days=6 - DAYS[at].weekday()) for at in strays}
    rows = rows_of(sorted({*DAYS, *sundays}))
    assert [finding for finding in delivered(rows).remarks if finding.kind == "shifted_dates"] == []


def test_a_day_that_comes_twice_is_delivered_once_and_said():
    again = (DAYS[1], 1.0, 2.0, 0.5, 1.5, 9)
    bars = delivered([ROWS[0], ROWS[1], again, ROWS[2]])
    assert bars.close.tolist() == [row[4] for row in ROWS[:3]]
    assert [(finding.kind, finding.row, finding.date) for finding in bars.left_out] == [("duplicate_date", 3, DAYS[1])]


def test_volume_zero_is_unknown_and_a_negative_one_impossible():
    bars = delivered([(DAYS[0], 2, 3, 1, 2, 0), (DAYS[1], 2, 3, 1, 2, -5), (DAYS[2], 2, 3, 1, 2)])
    assert np.isnan(bars.volume).tolist() == [True, True]
    assert [finding.kind for finding in bars.left_out] == ["negative_volume"]


def test_a_high_that_misses_the_close_by_rounding_is_stretched():
    bars = delivered([(DAYS[0], 2000.0, 2010.0, 1990.0, 2010.0000001, 5)])
    assert bars.high[0] == bars.close[0] == 2010.0000001


def test_what_was_left_out_of_days_nobody_asked_for_is_not_said():
    rows = [list(row) for row in ROWS[:20]]
    rows[2][4] = None
    assert delivered(rows, Request(symbol="RTY", first=DAYS[10])).left_out == ()


def test_intraday_bars_of_a_sunday_evening_are_mondays():
    # Sunday 2025-03-16, 18:00 New York is 22:00 UTC; the session is that of Monday 2025-03-17
    sunday = moment("2025-03-16T22:00")
    rows = [(sunday + dt.timedelta(minutes=5 * i), 2, 3, 1, 2, 5) for i in range(3)]
    asked = Request(symbol="RTY", timeframe="5m", first=dt.date(2025, 3, 17), last=dt.date(2025, 3, 17))
    assert {day.item() for day in delivered(rows, asked).dates} == {dt.date(2025, 3, 17)}
    with pytest.raises(
        NoBars, match=r"^made RTY has no 5m bars of RTY from 2025-03-16 to 2025-03-16; check the symbol and the dates"
    ):
        delivered(rows, dataclasses.replace(asked, first=dt.date(2025, 3, 16), last=dt.date(2025, 3, 16)))


def test_moments_in_any_zone_are_the_same_moments():
    zone = dt.timezone(dt.timedelta(hours=-4))
    rows = [(moment("2025-03-17T14:00").astimezone(zone), 2, 3, 1, 2, 5)]
    bars = delivered(rows, Request(symbol="RTY", timeframe="1h"))
    assert str(bars.time[0])[:16] == "2025-03-17T14:00"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("2025-03-17", 1, 2)], "A row of bars needs a date, four prices"),
        ([("soon", 1, 2, 1, 2)], "begins with 'soon' or the like, which is no date"),
        ([("2025-03-17", "a", "b", "c", "d")], "made RTY gave no usable answer"),
    ],
)
def test_rows_that_are_none_are_refused_in_a_sentence(rows, words):
    with pytest.raises(SourceFailed, match=words):
        delivered(rows)


def test_a_users_own_spelling_reaches_the_source():
    house = house_from({"instruments": {"GC": {"kind": "future", "tick": 0.1, "feeds": {"yahoo": "GC=F"}}}}, where="house.toml")
    assert feeds_of("gc", extra=house.instruments) == {"yahoo": "GC=F"}
    assert find_instrument("GC", extra=house.instruments).tick == 0.1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"now": dt.datetime(2025, 3, 20)}, "has no time zone"),
        ({"seconds": 0}, "seconds must be above 0"),
        ({"attempts": 0}, "attempts at least 1"),
    ],
)
def test_surroundings_that_cannot_be_are_refused(change, words):
    with pytest.raises(BadSettings, match=words):
        dataclasses.replace(around(), **change)


def test_surroundings_do_not_show_the_environment():
    assert "secret" not in repr(Surroundings(now=moment("2025-03-20T12:00"), environment={"FRED_API_KEY": "secret"}))


def test_a_span_that_runs_backwards_is_refused():
    with pytest.raises(
        BadSettings, match=r"^RTY: bars from 2025-03-02 to 2025-03-01 were asked for; the first day lies after the last"
    ):
        Request(symbol="RTY", first=dt.date(2025, 3, 2), last=dt.date(2025, 3, 1))
    with pytest.raises(BadSettings, match="needs a symbol"):
        Request(symbol=" ")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("-3", 0.0),
        ("Thu, 20 Mar 2025 12:00:30 GMT", 30.0),  # RFC 9110, 10.2.3: seconds, or a date
        ("Thu, 20 Mar 2025 11:00:00 GMT", 0.0),
        ("soon", None),
        ("nan", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_server_asks_to_wait(header, seconds):
    assert retry_after(header, moment("2025-03-20T12:00")) == seconds


@pytest.mark.parametrize("text", ["", " \r\n", "<html></html>\n", " \n<!DOCTYPE html>\n", '{"error": 1}\n', "Date,Open\n2025-03-1"])
def test_what_is_no_whole_csv_is_asked_for_again(text):
    with pytest.raises(TryAgain):
        csv_text(text)


@pytest.mark.parametrize("text", ["", "<html>", '{"a": [1, 2', '{"a": 1}}'])
def test_what_is_no_whole_json_is_asked_for_again(text):
    with pytest.raises(TryAgain):
        json_value(text)


@given(st.integers(200, 299))
def test_a_good_status_passes(status):
    check_status(status, "", None, moment("2025-03-20T12:00"))


def test_an_instrument_nobody_knows_is_delivered_without_a_table():
    bars = deliver(Rows.of(ROWS), Request(symbol="ZZZ"), Instrument.unknown("ZZZ"), around(), feed="made ZZZ")
    assert (len(bars), bars.remarks, bars.provisional) == (len(ROWS), (), None)
