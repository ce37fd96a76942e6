"""When the path of a note opens, and so until when it is live: closed bars, intraday ones, and bars that were not closed."""

from __future__ import annotations

import datetime as dt

import pytest
from made_ledger import FUTURES, document

from levelhead.domain.errors import BadNote
from levelhead.ledger.opening import moment_taken, path_opens
from levelhead.market.sessions import session_table

STOCKS = session_table("XNYS")
THURSDAY, FRIDAY = dt.date(2025, 3, 13), dt.date(2025, 3, 14)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def note(as_of=FRIDAY, timeframe="1d", provisional=None, last_bar=None):
    series = {"dates": [last_bar]} if last_bar else {}
    return document(as_of=as_of, provenance={"timeframe": timeframe, "provisional": provisional}, series=series)


@pytest.mark.parametrize(
    ("as_of", "sessions", "opens"),
    [
        # Futures open on the evening before, 18:00 New York: in summer time 22:00 UTC, in winter time 23:00.
        (THURSDAY, FUTURES, "2025-03-13 22:00"),
        (FRIDAY, FUTURES, "2025-03-16 22:00"),
        (dt.date(2025, 1, 10), FUTURES, "2025-01-12 23:00"),
        # Stocks open at 9:30 New York, and not on Good Friday 2025-04-18.
        (FRIDAY, STOCKS, "2025-03-17 13:30"),
        (dt.date(2025, 4, 17), STOCKS, "2025-04-21 13:30"),
        # Where no table knows the session, a note of a day is live until midnight UTC.
        (FRIDAY, None, "2025-03-15 00:00"),
        (dt.date(2150, 1, 1), FUTURES, "2150-01-02 00:00"),
    ],
)
def test_a_note_of_a_closed_day_is_live_until_the_next_session_opens(as_of, sessions, opens):
    assert path_opens(note(as_of), sessions) == utc(opens)


def test_a_note_of_weekly_bars_is_live_until_the_session_after_its_last():
    assert path_opens(note(FRIDAY, "1w"), FUTURES) == utc("2025-03-16 22:00")
    # A week under way, made of closed days: from Thursday's close to Thursday evening.
    under_way = note(THURSDAY, "1w", {"price": 2000.0, "at": None})
    assert path_opens(under_way, FUTURES) == utc("2025-03-13 22:00")


@pytest.mark.parametrize(
    ("timeframe", "last_bar", "opens"),
    [
        ("5m", "2025-03-14T14:30:00Z", "2025-03-14 14:35"),
        ("1h", "2025-03-14T18:00:00Z", "2025-03-14 19:00"),
        # The last hour of the session, 16:00 to 17:00 New York, ends it: the next bar opens on Sunday evening.
        ("1h", "2025-03-14T20:00:00Z", "2025-03-16 22:00"),
    ],
)
def test_a_note_of_intraday_bars_is_live_until_its_last_bar_ends(timeframe, last_bar, opens):
    assert path_opens(note(FRIDAY, timeframe, last_bar=last_bar), FUTURES) == utc(opens)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        # Five minutes after the price was taken, the next bar of five minutes has opened.
        ("10:30 New York", "2025-03-14 14:35"),
        ("2025-03-14 14:30 UTC", "2025-03-14 14:35"),
        ("9:30 Chicago", "2025-03-14 14:35"),
        ("2:30 pm ET", "2025-03-14 18:35"),
        # Friday's session of a future begins on Thursday evening.
        ("19:00 New York", "2025-03-13 23:05"),
        # After the close nothing of the bar is left.
        ("17:00 New York", "2025-03-16 22:00"),
        # Words that name no moment for sure: the note may have seen any part of the bar, and cannot be live.
        (None, "2025-03-13 22:00"),
        ("at noon", "2025-03-13 22:00"),
        ("10:30", "2025-03-13 22:00"),
        ("25:30 UTC", "2025-03-13 22:00"),
        ("10:30 Atlantis", "2025-03-13 22:00"),
    ],
)
def test_a_note_of_an_open_bar_is_live_for_five_minutes_after_its_price_was_taken(at, opens):
    assert path_opens(note(provisional={"price": 2000.0, "at": at}), FUTURES) == utc(opens)


def test_a_time_without_a_date_is_of_the_note_s_own_session():
    # Stocks have no evening before.
    assert moment_taken("19:00 New York", FRIDAY, STOCKS) == utc("2025-03-14 23:00")
    assert moment_taken("19:00 New York", FRIDAY, FUTURES) == utc("2025-03-13 23:00")
    assert moment_taken("10:30 America/New_York", FRIDAY, None) == utc("2025-03-14 14:30")
    assert moment_taken("12:05 am UTC", FRIDAY, STOCKS) == utc("2025-03-14 00:05")


@pytest.mark.parametrize(
    "change", [{"as_of": "soon"}, {"as_of": None}, {"provenance": {"timeframe": "5m"}, "series": {"dates": []}}]
)
def test_a_note_that_does_not_say_its_day_is_refused(change):
    with pytest.raises(BadNote, match="does not say what day and bars it is of"):
        path_opens(document() | change, FUTURES)
