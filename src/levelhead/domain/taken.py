"""The moment at which a price was taken, as a person writes it: '10:30 New York', '2:30 pm ET', '2025-03-13T10:30-04:00'."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from levelhead.domain.errors import BadDate
from levelhead.domain.sessions import SessionTable, as_moment

# A trader who writes EST in July means New York's clock.
ZONES = {
    **dict.fromkeys(("utc", "z", "gmt"), "UTC"),
    **dict.fromkeys(("new york", "ny", "nyc", "et", "est", "edt", "eastern"), "America/New_York"),
    **dict.fromkeys(("chicago", "ct", "cst", "cdt", "central"), "America/Chicago"),
    **dict.fromkeys(("london", "uk"), "Europe/London"),
    **dict.fromkeys(("frankfurt", "berlin", "cet", "cest"), "Europe/Berlin"),
    "zurich": "Europe/Zurich",
    "paris": "Europe/Paris",
    "tokyo": "Asia/Tokyo",
    "hong kong": "Asia/Hong_Kong",
    "singapore": "Asia/Singapore",
    "sydney": "Australia/Sydney",
}
CLOCK = re.compile(r"\s*(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:(am|pm)\b)?\s*(.*?)\s*", re.IGNORECASE)
OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
WAYS = "write it with its zone, such as '10:30 New York', '10:30 ET', '15:30 UTC' or 2025-03-13T10:30-04:00"
ONE_DAY = dt.timedelta(days=1)


def moment_taken(at: str, day: dt.date, sessions: SessionTable | None) -> dt.datetime | None:
    """The moment that the words name, UTC; None where they name none for sure.

    A time without a date belongs to the session of `day`, which may have opened on the evening before.
    """
    match = CLOCK.fullmatch(at)
    if match is None:
        return None
    date, hour, minute, second, half, zone = match.groups()
    hours = int(hour) % 12 + (12 if half.lower() == "pm" else 0) if half else int(hour)
    try:
        time = dt.time(hours, int(minute), int(second or 0), tzinfo=_zone(zone))
        if date is not None:
            return dt.datetime.combine(dt.date.fromisoformat(date), time).astimezone(dt.UTC)
        of_day, of_eve = (dt.datetime.combine(day - back * ONE_DAY, time).astimezone(dt.UTC) for back in (0, 1))
    except (ValueError, ZoneInfoNotFoundError, OSError, OverflowError):
        return None
    span = _session(day, sessions)
    return of_eve if span is not None and of_eve >= span[0] else of_day


def taken_at(at: str, day: dt.date, sessions: SessionTable | None) -> dt.datetime:
    """The same, UTC; raises BadDate where it cannot be understood, or lies outside the session of `day`, with what to write."""
    moment = moment_taken(at, day, sessions)
    if moment is None:
        match = CLOCK.fullmatch(at)
        why = "names no time zone" if match is not None and not match[6] else "is no time that is understood"
        raise BadDate(f"--at {at!r} {why}; {WAYS}.")
    span = _session(day, sessions) or _around(day)
    if not span[0] <= moment < span[1]:
        raise BadDate(
            f"--at {at!r} is {moment:%Y-%m-%d %H:%M} UTC, outside the session of {day} ({span[0]:%Y-%m-%d %H:%M} to "
            f"{span[1]:%Y-%m-%d %H:%M} UTC, when the next one opens); give the moment of that session's last price, or another "
            "--as-of."
        )
    return moment


def _zone(name: str) -> dt.tzinfo:
    """Raises ValueError or ZoneInfoNotFoundError where there is none of that name."""
    offset = OFFSET.fullmatch(name)
    if offset is not None:
        sign = -1 if offset[1] == "-" else 1
        return dt.timezone(sign * dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)))
    return ZoneInfo(ZONES.get(" ".join(name.lower().split()), name))


def _session(day: dt.date, sessions: SessionTable | None) -> tuple[dt.datetime, dt.datetime] | None:
    """From the open of the session of `day` to the next one's; None where no table knows it."""
    if sessions is None or not sessions.is_session(day):
        return None
    at = int(np.searchsorted(sessions.dates, np.datetime64(day)))
    if at + 1 >= len(sessions.dates):
        return None
    return as_moment(sessions.opens[at]), as_moment(sessions.opens[at + 1])


def _around(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The day anywhere on earth."""
    start = dt.datetime.combine(day, dt.time(), dt.UTC)
    return start - ONE_DAY, start + 2 * ONE_DAY
