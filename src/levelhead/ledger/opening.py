"""When the path of a note opens: its first bar after the note. A note is live only when it is published before that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from levelhead.domain.errors import BadNote
from levelhead.domain.sessions import SessionTable, as_moment
from levelhead.domain.taken import moment_taken
from levelhead.domain.timeframe import DAILY, timeframe_of

FINER = dt.timedelta(minutes=5)  # the rest of an open bar is judged on bars of five minutes: the next one opens by then


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
