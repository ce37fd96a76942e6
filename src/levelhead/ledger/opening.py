"""When the path of a note opens: its first bar after the note. A note is live only when it is published before that."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from levelhead.domain.errors import BadNote
from levelhead.domain.sessions import SessionTable, as_moment
from levelhead.domain.timeframe import DAILY, timeframe_of

FINER = dt.timedelta(minutes=5)  # the rest of an open bar is judged on bars of five minutes: the next one opens by then
ZONES = {
    "utc": "UTC",
    "z": "UTC",
    "gmt": "UTC",
    "new york": "America/New_York",
    "ny": "America/New_York",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "chicago": "America/Chicago",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
}
CLOCK = re.compile(r"\s*(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}):(\d\d)(?::\d\d)?\s*(?:(am|pm)\b)?\s*(.*?)\s*", re.IGNORECASE)


def path_opens(document: dict[str, Any], sessions: SessionTable | None) -> dt.datetime:
    """The moment from which the note can only be replayed, UTC.

    Of closed daily bars, or longer ones: the open of the session after its last; where no table knows that, midnight UTC after it.
    Of intraday bars: the end of the last one, or where the session ends with it, the next session's open. Of a bar that was not
    closed: five minutes after its last price was taken, when the next finer bar has opened; where the note does not say when that
    was in words that are understood ('10:30 New York', '2025-03-13 14:30 UTC'), the open of that bar's own session, which is past.
    Raises BadNote where the document does not say what day and bars it is of.
    """
    try:
        as_of = dt.date.fromisoformat(document["as_of"])
        provenance = document.get("provenance") or {}
        timeframe, provisional = timeframe_of(provenance.get("timeframe") or "1d"), provenance.get("provisional")
        last_bar = document["series"]["dates"][-1] if timeframe.is_intraday else None
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadNote(f"The note does not say what day and bars it is of ({type(error).__name__}: {error}).") from None
    if provisional is not None and (provisional.get("at") or timeframe == DAILY or timeframe.is_intraday):
        taken = moment_taken(provisional.get("at") or "", as_of, sessions)
        if taken is None:
            return session_opens(as_of, sessions)
        return after(taken + FINER, as_of, sessions)
    if last_bar is not None:
        ends = dt.datetime.fromisoformat(last_bar).astimezone(dt.UTC) + dt.timedelta(minutes=timeframe.minutes)
        return after(ends, as_of, sessions)
    return next_opens(as_of, sessions)


def next_opens(day: dt.date, sessions: SessionTable | None) -> dt.datetime:
    """When the first session after `day` opens; without a table that knows it, midnight UTC after that day."""
    if sessions is not None and sessions.covers(day):
        at = int(np.searchsorted(sessions.dates, np.datetime64(day), side="right"))
        if at < len(sessions.dates):
            return as_moment(sessions.opens[at])
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)


def session_opens(day: dt.date, sessions: SessionTable | None) -> dt.datetime:
    """When the session of `day` opens, or the last one before it; without a table that knows it, midnight UTC before that day."""
    if sessions is not None and sessions.covers(day):
        return as_moment(sessions.opens[int(np.searchsorted(sessions.dates, np.datetime64(day), side="right")) - 1])
    return dt.datetime.combine(day - dt.timedelta(days=1), dt.time(), dt.UTC)


def after(moment: dt.datetime, day: dt.date, sessions: SessionTable | None) -> dt.datetime:
    """The moment itself while the session of `day` runs, else the open of the next."""
    if sessions is not None and sessions.is_session(day):
        close = as_moment(sessions.closes[int(np.searchsorted(sessions.dates, np.datetime64(day)))])
        if moment >= close:
            return next_opens(day, sessions)
    return moment


def moment_taken(at: str, day: dt.date, sessions: SessionTable | None) -> dt.datetime | None:
    """The moment that a note's words name, None where they name none for sure.

    A time without a date belongs to the session of `day`, which may have opened on the evening before.
    """
    match = CLOCK.fullmatch(at)
    if match is None:
        return None
    date, hour, minute, half, zone = match.groups()
    hours = int(hour) % 12 + (12 if half.lower() == "pm" else 0) if half else int(hour)
    try:
        where = ZoneInfo(ZONES.get(zone.lower(), zone))
        time = dt.time(hours, int(minute), tzinfo=where)
        if date is not None:
            return dt.datetime.combine(dt.date.fromisoformat(date), time).astimezone(dt.UTC)
        of_day = [dt.datetime.combine(day - dt.timedelta(days=back), time).astimezone(dt.UTC) for back in (0, 1)]
    except (ValueError, ZoneInfoNotFoundError, OSError, OverflowError):
        return None
    opens = session_opens(day, sessions)
    return of_day[1] if of_day[1] >= opens and sessions is not None and sessions.is_session(day) else of_day[0]
