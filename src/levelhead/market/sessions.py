"""The session tables of the package: which days are traded, and for how long."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files

import numpy as np

from levelhead.domain.errors import BadInstrument
from levelhead.domain.sessions import Interval, SessionTable

CALENDARS = ("XNYS", "CME_EQUITY")


@cache
def session_table(calendar: str | None) -> SessionTable | None:
    """The sessions of 'XNYS' (from 1962) or 'CME_EQUITY' (from 2000) to the end of 2028; None where no calendar is known.

    The dates are trade dates: the shortened futures session of a New York holiday belongs to the next one, which opens on
    the evening before the holiday. Raises BadInstrument for another calendar.
    """
    if calendar is None:
        return None
    if calendar not in CALENDARS:
        raise BadInstrument(f"The calendar {calendar!r} is unknown; give one of {', '.join(CALENDARS)}, or leave it out.")
    return _read(calendar)


def _interval(lines: list[list[str]], kind: str) -> Interval | None:
    """The span on the line of that kind, None where there is none."""
    found = next((line[2:4] for line in lines if line[1] == kind), None)
    return None if found is None else (dt.date.fromisoformat(found[0]), dt.date.fromisoformat(found[1]))


def _read(calendar: str) -> SessionTable:
    """The table out of its compact form (`sessions.csv` says what its lines mean)."""
    text = files("levelhead.market").joinpath("sessions.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in text.splitlines() if line.startswith(calendar + ",")]
    first, last = next(line[2:4] for line in lines if line[1] == "span")
    closed = [day for line in lines if line[1] == "closed" for day in line[2].split()]
    days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    dates = days[np.is_busday(days, holidays=np.array(closed, dtype="datetime64[D]"))]

    hours = [line for line in lines if line[1] == "hours"]
    since = np.searchsorted(np.array([line[2] for line in hours], dtype="datetime64[D]"), dates, side="right") - 1
    opens = np.array([int(line[3]) for line in hours])[since]
    closes = np.array([int(line[4]) for line in hours])[since]

    own = [line for line in lines if line[1] == "own"]
    at = np.searchsorted(dates, np.array([line[2] for line in own], dtype="datetime64[D]"))
    opens[at] = [int(line[3]) for line in own]
    closes[at] = [int(line[4]) for line in own]
    early = np.zeros(len(dates), dtype=np.bool_)
    early[at] = [line[5] == "early" for line in own]

    midnight = dates.astype("datetime64[m]")
    table = SessionTable(
        calendar=calendar,
        dates=dates,
        opens=midnight + opens.astype("timedelta64[m]"),
        closes=midnight + closes.astype("timedelta64[m]"),
        early=early,
        checked=_interval(lines, "checked"),
        hours_checked=_interval(lines, "hours_checked"),
        disputed=tuple(dt.date.fromisoformat(day) for line in lines if line[1] == "disputed" for day in line[2].split()),
    )
    for column in (table.dates, table.opens, table.closes, table.early):
        column.flags.writeable = False
    return table
