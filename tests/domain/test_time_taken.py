"""When a price was taken: a person's words as a moment, or a sentence that says how to write one."""

from __future__ import annotations

import datetime as dt

import pytest

from levelhead.domain.errors import BadDate
from levelhead.domain.taken import moment_taken, taken_at
from levelhead.market.sessions import session_table

FUTURES, STOCKS = session_table("CME_EQUITY"), session_table("XNYS")
THURSDAY = dt.date(2025, 3, 13)  # New York and Chicago are on summer time, Europe not yet
WINTER = dt.date(2025, 1, 15)


@pytest.mark.parametrize(
    ("at", "utc"),
    [
        # New York is four hours behind UTC, Chicago five, Berlin one ahead
        ("10:30 New York", "2025-03-13 14:30"),
        ("10:30 new york", "2025-03-13 14:30"),
        ("10:30 ET", "2025-03-13 14:30"),
        ("10:30 EST", "2025-03-13 14:30"),
        ("9:30 Chicago", "2025-03-13 14:30"),
        ("09:30:15 CT", "2025-03-13 14:30:15"),
        ("2:30 pm ET", "2025-03-13 18:30"),
        ("12:05 am UTC", "2025-03-13 00:05"),
        ("15:30 UTC", "2025-03-13 15:30"),
        ("15:30Z", "2025-03-13 15:30"),
        ("15:30 Berlin", "2025-03-13 14:30"),
        ("15:30 Europe/Berlin", "2025-03-13 14:30"),
        ("16:30+02:00", "2025-03-13 14:30"),
        ("16:30 UTC+2", "2025-03-13 14:30"),
        ("2025-03-13T10:30-04:00", "2025-03-13 14:30"),
        ("2025-03-13 10:30 New York", "2025-03-13 14:30"),
        ("2025-03-13T14:30:00Z", "2025-03-13 14:30"),
        # a session of the futures begins on the evening before
        ("19:00 New York", "2025-03-12 23:00"),
        ("18:00 New York", "2025-03-12 22:00"),
        ("17:59 New York", "2025-03-13 21:59"),
    ],
)
def test_a_time_with_its_zone_is_a_moment(at, utc):
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert moment_taken(at, THURSDAY, FUTURES) == moment
    assert taken_at(at, THURSDAY, FUTURES) == moment


def test_clocks_change():
    assert moment_taken("10:30 New York", WINTER, FUTURES) == dt.datetime(2025, 1, 15, 15, 30, tzinfo=dt.UTC)
    assert moment_taken("10:30 London", dt.date(2025, 7, 15), FUTURES) == dt.datetime(2025, 7, 15, 9, 30, tzinfo=dt.UTC)


def test_stocks_have_no_evening_before():
    assert taken_at("19:00 New York", THURSDAY, STOCKS) == dt.datetime(2025, 3, 13, 23, tzinfo=dt.UTC)
    assert taken_at("19:00 New York", THURSDAY, None) == dt.datetime(2025, 3, 13, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "at", ["about noon", "noon", "25:30 UTC", "10:61 UTC", "10:30 Atlantis", "10:30 ../etc", "", "10.30 ET", "13:30 ET sharp"]
)
def test_what_is_no_time_is_refused_with_what_to_write(at):
    with pytest.raises(
        BadDate, match=r"is no time that is understood; write it with its zone, such as \'10:30 New York\'"
    ) as error:
        taken_at(at, THURSDAY, FUTURES)
    assert repr(at) in str(error.value)


@pytest.mark.parametrize("at", ["10:30", "10:30 pm", "2025-03-13T10:30"])
def test_a_time_without_a_zone_is_refused(at):
    assert moment_taken(at, THURSDAY, FUTURES) is None
    with pytest.raises(BadDate, match="names no time zone; write it with its zone"):
        taken_at(at, THURSDAY, FUTURES)


@pytest.mark.parametrize("at", ["2025-03-20T10:30-04:00", "2025-03-12T10:30-04:00", "2025-03-13T18:00-04:00"])
def test_a_moment_of_another_session_is_refused(at):
    with pytest.raises(BadDate, match=r"outside the session of 2025-03-13 \(2025-03-12 22:00 to 2025-03-13 22:00 UTC"):
        taken_at(at, THURSDAY, FUTURES)
    if "-20T" in at:
        with pytest.raises(BadDate, match="outside the session of 2025-03-13"):
            taken_at(at, THURSDAY, None)
