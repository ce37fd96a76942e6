"""What of the session tables bars have shown, and what nobody has checked: the marks in the table against the bars again."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import SessionTable
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table

FUTURES = ("es_tv", "nq_tv", "ym_tv", "rty_tv", "rty")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def table_of(calendar: str) -> SessionTable:
    table = session_table(calendar)
    assert table is not None
    return table


def test_days_that_bars_have_shown_are_verified_and_those_to_come_are_not():
    cme, new_york = table_of("CME_EQUITY"), table_of("XNYS")
    assert cme.is_verified(day("2025-03-13"))
    assert cme.is_verified(day("2025-04-18"))  # that Good Friday was not traded is shown too
    assert not cme.is_verified(day("2026-04-03"))  # to come when the bars end
    assert not cme.is_verified(day("2010-04-02"))  # before the first bar of the futures
    assert not cme.is_verified(day("2021-04-02"))  # one feed has it and three have not
    assert new_york.is_verified(day("1987-10-19"))
    assert not new_york.is_verified(day("1987-09-09"))
    assert not new_york.is_verified(day("2028-12-29"))


def test_hours_are_verified_where_five_minute_bars_reach_and_nowhere_else():
    cme = table_of("CME_EQUITY")
    assert cme.has_verified_hours(day("2025-07-03"))
    assert not cme.has_verified_hours(day("2014-06-02"))  # the closing time of those years was another
    assert not table_of("XNYS").has_verified_hours(day("2025-07-03"))


def test_a_table_that_says_nothing_of_its_evidence_is_unverified():
    bare = table_of("XNYS")
    made = SessionTable(calendar="MADE", dates=bare.dates, opens=bare.opens, closes=bare.closes, early=bare.early)
    assert not made.is_verified(day("2025-03-13"))
    assert not made.has_verified_hours(day("2025-03-13"))


def test_the_checked_span_of_new_york_is_that_of_the_russell_2000(shared):
    bars = read_bars(shared / "data" / "rut.csv", find_instrument("RUT"))
    assert table_of("XNYS").checked == (bars.first, bars.as_of)
    assert list(bars.dates) == list(table_of("XNYS").between(bars.first, bars.as_of))


def test_the_futures_dates_are_disputed_exactly_where_one_feed_has_a_bar_and_another_has_none(shared):
    table = table_of("CME_EQUITY")
    feeds = [read_bars(shared / "data" / f"{name}.csv", Instrument.unknown(name)) for name in FUTURES]
    assert table.checked == (min(bars.first for bars in feeds), max(bars.as_of for bars in feeds))
    first, last = (np.datetime64(end) for end in table.checked)
    agreed, disputed = [], []
    for each in np.arange(first, last + 1):
        seen = {bool(np.isin(each, bars.dates)) for bars in feeds if bars.dates[0] <= each <= bars.dates[-1]}
        if len(seen) == 2:
            disputed.append(each.item())
        elif seen == {True}:
            agreed.append(each)
    assert tuple(disputed) == table.disputed
    settled = table.between(*table.checked)
    assert list(settled[~np.isin(settled, np.array(table.disputed, dtype="datetime64[D]"))]) == agreed


# Holes of the feed, not of the table: two sessions without a bar, two that begin late. The last, 2025-12-16, has just begun.
NO_BAR = ["2025-12-08", "2025-12-09"]
BEGINS_LATE = ["2025-12-10", "2025-12-15"]


def test_every_session_of_the_e_mini_opens_and_closes_when_the_table_says(shared):
    """133 of 137 sessions from open to close, two more at the close.

    Among them the half days 2025-07-03 and 11-28, and those that open over the holidays 06-19, 07-04, 09-01 and 11-27.
    """
    bars = read_bars(shared / "data" / "es_5m.csv.gz", find_instrument("ES"))
    table = table_of("CME_EQUITY")
    assert table.hours_checked == (day("2025-06-02"), day("2025-12-15"))
    sessions = table.between(*table.hours_checked)
    missing, late, proven = [], [], 0
    for each in sessions:
        times = bars.time[bars.dates == each]
        row = int(np.searchsorted(table.dates, each))
        if not len(times):
            missing.append(str(each))
            continue
        assert times[0] >= table.opens[row]
        assert times[-1] + np.timedelta64(5, "m") == table.closes[row]
        if times[0] == table.opens[row]:
            proven += 1
        else:
            late.append(str(each))
    assert (missing, late, proven, len(sessions)) == (NO_BAR, BEGINS_LATE, 133, 137)


@pytest.mark.parametrize(
    ("first", "last", "quiet"),
    [
        ("2025-07-03T17:15", "2025-07-03T22:00", True),  # closed from 13:15 New York on, the half day before the Fourth
        ("2025-07-03T22:00", "2025-07-04T17:00", False),  # the shortened session of the Fourth
        ("2025-07-04T17:00", "2025-07-06T22:00", True),
        ("2025-08-31T22:00", "2025-09-01T17:00", False),  # Labor Day until 13:00 New York
        ("2025-09-01T17:00", "2025-09-01T22:00", True),
        ("2025-11-27T18:00", "2025-11-27T23:00", True),  # Thanksgiving afternoon
        ("2025-11-28T18:15", "2025-11-30T23:00", True),  # half day after it
        ("2025-06-05T21:00", "2025-06-05T22:00", True),  # the daily break, 17:00 to 18:00 New York in summer
        ("2025-12-03T22:00", "2025-12-03T23:00", True),  # and in winter
    ],
)
def test_the_market_was_quiet_when_it_was_closed_and_not_otherwise(first, last, quiet, shared):
    bars = read_bars(shared / "data" / "es_5m.csv.gz", find_instrument("ES"))
    inside = (bars.time >= np.datetime64(first)) & (bars.time < np.datetime64(last))
    assert bool(inside.any()) is not quiet
