"""The clock, read in one place."""

from __future__ import annotations

import datetime as dt

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.note import Standing
from levelhead.domain.sessions import SessionTable, as_moment

# A moment at which every note is replayed: for notes that must not depend on when they are written.
REPLAY = dt.datetime.max.replace(tzinfo=dt.UTC)


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def standing(as_of: dt.date, sessions: SessionTable | None, moment: dt.datetime) -> Standing:
    """'live' where `moment` lies before the first session after `as_of` opens, else 'replayed'.

    Where no session table knows that opening, the day after `as_of` begins at midnight UTC.
    """
    return "live" if moment < path_opens(as_of, sessions) else "replayed"


def standing_of(bars: Bars, sessions: SessionTable | None, moment: dt.datetime) -> Standing:
    """The same for a note of these bars: the first bar after an intraday one opens when that one ends, in the same session."""
    if bars.days is None:
        return standing(bars.as_of, sessions, moment)
    from levelhead.market.resampling import ends_of

    end = as_moment(ends_of(bars)[-1])
    if sessions is not None and sessions.covers(bars.as_of):
        close = as_moment(sessions.closes[np.searchsorted(sessions.dates, bars.dates[-1])])
        end = end if end < close else path_opens(bars.as_of, sessions)
    return "live" if moment < end else "replayed"


def path_opens(as_of: dt.date, sessions: SessionTable | None) -> dt.datetime:
    """When the first bar after `as_of` opens."""
    if sessions is not None and sessions.covers(as_of):
        following = (sessions.dates > np.datetime64(as_of)).nonzero()[0]
        if len(following):
            minutes = int(sessions.opens[following[0]].astype("datetime64[m]").astype(int))
            return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    return dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
