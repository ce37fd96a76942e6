"""Which contract a continuous series quotes, and when that contract last trades."""

from __future__ import annotations

import datetime as dt

from levelhead.domain.bars import Bars
from levelhead.domain.sessions import Expiry, SessionTable, front_expiry

ROLL_DAYS = 8  # calendar days before expiry, when volume usually moves on
MOST_DAYS_EARLY = 120  # no roll comes longer before its expiry


def quoted_contract(bars: Bars, sessions: SessionTable | None) -> Expiry | None:
    """The contract of the last bar and its last trade; None where nothing expires.

    The first that has not expired, unless the series is known to have rolled out of it already.
    """
    front = front_expiry(bars.instrument, bars.as_of, sessions)
    if front is None or not bars.rolls or bars.rolls[-1].from_contract != front.contract:
        return front
    # single-digit years repeat after ten: only a roll of this expiry counts
    if (front.last_trade - bars.rolls[-1].date).days > MOST_DAYS_EARLY:
        return front
    return front_expiry(bars.instrument, front.last_trade + dt.timedelta(days=1), sessions)


def may_have_rolled(bars: Bars, expiry: Expiry) -> bool:
    """Whether a continuous series that names no rolls may quote the next contract already: from eight days before expiry."""
    return not bars.rolls and (expiry.last_trade - bars.as_of).days <= ROLL_DAYS
