"""Which days are traded, and for how long."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadDate
from levelhead.domain.instrument import Instrument

Interval = tuple[dt.date, dt.date]
SessionKind = Literal["full", "early"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionTable:
    """The sessions of one calendar, by trade date, ascending.

    dates: datetime64[D], shape (n,). opens, closes: datetime64[m] UTC, shape (n,). early: bool, shape (n,), True where the
    session ends before its usual time. A date inside [dates[0], dates[-1]] that is not in `dates` is not traded.
    checked: the span (first, last) in which the dates were compared with the days on which bars are known, hours_checked: that
    in which opens and closes were compared with five-minute bars, None where they never were; disputed: dates on which one
    feed has a bar and another has none. Everything else is as the calendars' authors have it, unverified.
    """

    calendar: str
    dates: NDArray[np.datetime64]
    opens: NDArray[np.datetime64]
    closes: NDArray[np.datetime64]
    early: NDArray[np.bool_]
    checked: Interval | None = None
    hours_checked: Interval | None = None
    disputed: tuple[dt.date, ...] = ()
    _days: list[dt.date] | None = field(default=None, init=False, repr=False)

    @property
    def first(self) -> dt.date:
        """The first date the table covers."""
        return as_date(self.dates[0]) if self._days is None else self._days[0]

    @property
    def last(self) -> dt.date:
        """The last date the table covers."""
        return as_date(self.dates[-1]) if self._days is None else self._days[-1]

    def covers(self, day: dt.date) -> bool:
        """Whether the table can say anything about `day`."""
        return self.first <= day <= self.last

    def is_session(self, day: dt.date) -> bool:
        """Whether `day` is traded."""
        at = int(np.searchsorted(self.dates, np.datetime64(day)))
        return at < len(self.dates) and as_date(self.dates[at]) == day

    def is_verified(self, day: dt.date) -> bool:
        """Whether bars have shown that `day` is traded, or is not, as the table has it."""
        return day not in self.disputed and _inside(day, self.checked)

    def has_verified_hours(self, day: dt.date) -> bool:
        """Whether five-minute bars have shown when the session of `day` opens and closes."""
        return _inside(day, self.hours_checked)

    def is_early(self, day: dt.date) -> bool:
        """Whether the session of `day` ends before its usual time."""
        at = int(np.searchsorted(self.dates, np.datetime64(day)))
        return at < len(self.dates) and as_date(self.dates[at]) == day and bool(self.early[at])

    def after(self, day: dt.date, count: int) -> tuple[dt.date, ...]:
        """The `count` sessions that follow `day`."""
        at, days = self._count_until(day), self._named()
        if at + count > len(days):
            raise BadDate(f"The {self.calendar} session table ends on {self.last}; {count} sessions after {day} lie beyond it.")
        return tuple(days[at : at + count])

    def ahead(self, day: dt.date, count: int) -> dt.date | None:
        """The last of the `count` sessions that follow `day`; None where the table ends before."""
        at, days = self._count_until(day) + count - 1, self._named()
        return days[at] if at < len(days) else None

    def on_or_before(self, day: dt.date) -> dt.date:
        """The last session that is not after `day`."""
        at = self._count_until(day) - 1
        if at < 0:
            raise BadDate(f"The {self.calendar} session table begins on {self.first}; {day} lies before it.")
        return self._named()[at]

    def _named(self) -> list[dt.date]:
        """The dates as Python has them, made once: whoever walks over days asks for the next session on each."""
        if self._days is None:
            object.__setattr__(self, "_days", self.dates.tolist())
        assert self._days is not None
        return self._days

    def _count_until(self, day: dt.date) -> int:
        """How many sessions are not after `day`."""
        if type(day) is dt.date:  # a moment has no place among dates of Python's
            return bisect_right(self._named(), day)
        return int(np.searchsorted(self.dates, np.datetime64(day), side="right"))

    def between(self, first: dt.date, last: dt.date) -> NDArray[np.datetime64]:
        """The sessions from `first` to `last`, both included."""
        low = np.searchsorted(self.dates, np.datetime64(first))
        high = np.searchsorted(self.dates, np.datetime64(last), side="right")
        return self.dates[low:high]

    def is_month_end(self, day: dt.date) -> bool:
        """Whether no later session lies in the month of `day`."""
        following = self.after(day, 1)[0]
        return (following.year, following.month) != (day.year, day.month)

    def is_week_end(self, day: dt.date) -> bool:
        """Whether no later session lies in the week of `day`, Monday to Sunday."""
        return self.after(day, 1)[0].isocalendar()[:2] != day.isocalendar()[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """One expiry: the contract ('RTYZ5') and the day it last trades."""

    contract: str
    last_trade: dt.date


def _inside(day: dt.date, span: Interval | None) -> bool:
    return span is not None and span[0] <= day <= span[1]


LETTERS = "FGHJKMNQUVXZ"


def front_expiry(instrument: Instrument, day: dt.date, sessions: SessionTable | None) -> Expiry | None:
    """The first quarterly expiry that is not before `day`; None where nothing expires.

    The third Friday of the month, or the session before it when that Friday is not traded.
    """
    if not instrument.months:
        return None
    for offset in range(14):
        year, month = divmod(day.month - 1 + offset, 12)
        if LETTERS[month] not in instrument.months:
            continue
        last = third_friday(day.year + year, month + 1)
        if sessions is not None and sessions.covers(last):
            last = sessions.on_or_before(last)
        if last >= day:
            return Expiry(contract=f"{instrument.symbol}{LETTERS[month]}{(day.year + year) % 10}", last_trade=last)
    return None


def third_friday(year: int, month: int) -> dt.date:
    """The third Friday of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(4 - first.weekday()) % 7 + 14)


def as_date(day: np.datetime64) -> dt.date:
    """A NumPy day as a date."""
    date = day.astype(_DAY).item()
    if not isinstance(date, dt.date):  # NumPy knows more years than Python
        raise OverflowError(f"{day} lies beyond the dates that can be")
    return date


def as_moment(time: np.datetime64) -> dt.datetime:
    """A NumPy time, which is UTC, as a moment."""
    return _MIDNIGHT + dt.timedelta(microseconds=int(time.astype("datetime64[us]").astype(np.int64)))


def as_time(stamp: dt.date) -> np.datetime64:
    """A date, or a moment with its zone, as a NumPy time in UTC."""
    if not isinstance(stamp, dt.datetime):
        return np.datetime64(stamp)
    return np.datetime64(stamp.astimezone(dt.UTC).replace(tzinfo=None), "us")


_MIDNIGHT = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DAY = np.dtype("datetime64[D]")
