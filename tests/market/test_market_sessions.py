"""Session tables against days a trader remembers, and against the bars of four futures and four feeds of New York."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from levelhead.domain.errors import BadInstrument
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import front_expiry
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import CALENDARS, session_table


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def hours(calendar: str, text: str) -> tuple[str, str]:
    table = session_table(calendar)
    at = int(np.searchsorted(table.dates, np.datetime64(text)))
    assert str(table.dates[at]) == text
    return str(table.opens[at]), str(table.closes[at])


def test_no_calendar_has_no_table_and_an_unknown_one_is_refused():
    assert session_table(None) is None
    with pytest.raises(BadInstrument, match=r"^The calendar 'XLON' is unknown; give one of XNYS, CME_EQUITY"):
        session_table("XLON")


def test_what_the_tables_cover():
    assert (session_table("XNYS").first, session_table("XNYS").last) == (day("1962-01-02"), day("2028-12-29"))
    assert (session_table("CME_EQUITY").first, session_table("CME_EQUITY").last) == (day("2000-01-03"), day("2028-12-29"))


@pytest.mark.parametrize("calendar", CALENDARS)
def test_sessions_are_weekdays_in_order_that_open_before_they_close_and_never_overlap(calendar):
    table = session_table(calendar)
    assert (np.diff(table.dates).astype(int) >= 1).all()
    assert np.is_busday(table.dates).all()
    assert (table.opens < table.closes).all()
    assert (table.closes[:-1] < table.opens[1:]).all()
    assert (table.closes.astype("datetime64[D]") == table.dates).all()


@pytest.mark.parametrize(
    ("text", "xnys", "cme"),
    [
        ("2001-09-12", False, False),  # the attacks
        ("2012-10-29", False, False),  # hurricane Sandy
        ("2018-12-05", False, True),  # mourning for President Bush: the futures trade until 08:30
        ("2025-01-09", False, True),  # mourning for President Carter
        ("2022-04-15", False, False),  # Good Friday without an employment report
        ("2024-03-29", False, False),
        ("2025-04-18", False, False),
        ("2021-04-02", False, True),  # Good Friday with one: until 08:15
        ("2023-04-07", False, True),
        ("2026-04-03", False, True),
        ("2024-11-28", False, False),  # Thanksgiving: its shortened session belongs to the Friday
        ("2025-01-20", False, False),  # Martin Luther King Day: to the Tuesday
        ("2021-06-18", True, True),  # Juneteenth was no holiday yet
        ("2022-06-20", False, False),
        ("2026-06-19", False, False),
        ("2026-07-03", False, False),  # Independence Day observed
        ("2025-12-25", False, False),
        ("2025-03-13", True, True),
    ],
)
def test_a_day_a_trader_remembers(text, xnys, cme):
    assert session_table("XNYS").is_session(day(text)) is xnys
    assert session_table("CME_EQUITY").is_session(day(text)) is cme


@pytest.mark.parametrize("text", ["2025-07-03", "2025-11-28", "2025-12-24", "2026-11-27", "2026-12-24", "2002-07-05", "2003-12-26"])
def test_half_days_are_early_in_both(text):
    assert session_table("XNYS").is_early(day(text))
    assert session_table("CME_EQUITY").is_early(day(text))


@pytest.mark.parametrize("text", ["2018-12-05", "2021-04-02", "2023-04-07", "2025-01-09", "2026-04-03"])
def test_the_futures_own_trade_dates_are_early(text):
    assert session_table("CME_EQUITY").is_early(day(text))


def test_hours_in_utc():
    # New York 09:30 to 16:00 is 14:30 to 21:00 UTC in winter; Chicago 17:00 to 16:00 is 23:00 to 22:00; an hour less in summer
    assert hours("XNYS", "2025-01-08") == ("2025-01-08T14:30", "2025-01-08T21:00")
    assert hours("XNYS", "2025-07-08") == ("2025-07-08T13:30", "2025-07-08T20:00")
    assert hours("XNYS", "2025-07-03") == ("2025-07-03T13:30", "2025-07-03T17:00")
    assert hours("XNYS", "1970-06-01") == ("1970-06-01T14:00", "1970-06-01T19:30")  # 10:00 to 15:30 until September 1974
    assert hours("CME_EQUITY", "2025-01-08") == ("2025-01-07T23:00", "2025-01-08T22:00")
    assert hours("CME_EQUITY", "2025-07-08") == ("2025-07-07T22:00", "2025-07-08T21:00")
    assert hours("CME_EQUITY", "2025-01-09") == ("2025-01-08T23:00", "2025-01-09T14:30")  # 08:30 Chicago
    # Monday's session opens on Sunday evening; after a holiday the trade date opens on the evening before the holiday
    assert hours("CME_EQUITY", "2025-03-17") == ("2025-03-16T22:00", "2025-03-17T21:00")
    assert hours("CME_EQUITY", "2025-01-21") == ("2025-01-19T23:00", "2025-01-21T22:00")
    assert hours("CME_EQUITY", "2024-11-29") == ("2024-11-27T23:00", "2024-11-29T18:15")


def test_the_quarterly_expiry_before_juneteenth_2026():
    # the third Friday of June 2026 is the 19th, a holiday: the session before
    found = front_expiry(find_instrument("RTY"), day("2026-06-01"), session_table("CME_EQUITY"))
    assert (found.contract, found.last_trade) == ("RTYM6", day("2026-06-18"))


# Good Fridays of 08:15 that some feeds have and others have not
NOT_IN_THE_FEED = {
    "es_tv": [],
    "nq_tv": ["2021-04-02"],
    "ym_tv": ["2015-04-03", "2021-04-02"],
    "rty_tv": ["2021-04-02"],
}


@pytest.mark.parametrize("name", NOT_IN_THE_FEED)
def test_the_futures_trade_exactly_on_the_days_their_bars_show(name, shared):
    bars = read_bars(shared / "data" / f"{name}.csv", Instrument.unknown(name))
    table = session_table("CME_EQUITY").between(bars.first, bars.as_of)
    assert [str(d) for d in np.setdiff1d(bars.dates, table)] == []
    assert [str(d) for d in np.setdiff1d(table, bars.dates)] == NOT_IN_THE_FEED[name]


def test_the_other_feed_of_the_russell_has_three_strays_and_lacks_three_days(shared):
    bars = read_bars(shared / "data" / "rty.csv", find_instrument("RTY"))
    table = session_table("CME_EQUITY").between(bars.first, bars.as_of)
    assert [str(d) for d in np.setdiff1d(bars.dates, table)] == ["2023-11-23", "2025-07-04", "2025-09-01"]
    assert [str(d) for d in np.setdiff1d(table, bars.dates)] == ["2018-12-05", "2021-04-02", "2023-04-07"]


@pytest.mark.parametrize("name", ["rut", "spy", "iwm", "vix"])
def test_new_york_trades_exactly_on_the_days_its_bars_show(name, shared):
    bars = read_bars(shared / "data" / f"{name}.csv", Instrument.unknown(name))
    assert list(bars.dates) == list(session_table("XNYS").between(bars.first, bars.as_of))
