"""The sessions on which the events of a schedule fall, as one instrument meets them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings
from levelhead.domain.events import Events
from levelhead.domain.sessions import SessionTable

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
DAY = np.timedelta64(1, "D")
AFTER_CLOSE = dt.time(17)  # New York; what comes at or after it moves the next session


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Schedule:
    """The events as one instrument meets them. table: of its sessions. falls_on: the day of each event or, where the table is
    known, its session; kind: which of `kinds`; announced: before which day it is not looked out for; each of shape (m,).
    """

    kinds: tuple[str, ...]
    table: SessionTable | None
    falls_on: Days
    kind: NDArray[np.int64]
    announced: Days

    @classmethod
    def of(cls, events: Events, bars: Bars) -> Schedule:
        """The schedule for `bars`. Raises BadSettings where they are not daily."""
        if bars.timeframe != "1d":
            raise BadSettings(
                f"Event days are days; {bars.instrument.symbol} is given in bars of {bars.timeframe}. Leave --events out, or "
                "give daily bars."
            )
        table = events.tables.get(bars.instrument.calendar or "")
        kinds = events.kinds
        planned = [event for event in events.events if event.announced is None or event.announced < event.date]
        days = np.array([event.date for event in planned], dtype="datetime64[D]")
        late = np.array([event.time is not None and event.time >= AFTER_CLOSE for event in planned], dtype=np.bool_)
        announced = np.array([event.announced or dt.date.min for event in planned], dtype="datetime64[D]")
        return cls(
            kinds=kinds,
            table=table,
            falls_on=_on_a_session(np.where(late, days + DAY, days), table),
            kind=np.array([kinds.index(event.kind) for event in planned], dtype=np.int64),
            announced=announced,
        )

    def next_of(self, days: Days, weekends: Flags) -> Days:
        """The session that follows each of `days`; weekends: whether the instrument was known to trade on weekends by then."""
        weekday = np.where(weekends, days + DAY, np.busday_offset(days, 1, roll="backward"))
        if self.table is None:
            return weekday
        after = np.searchsorted(self.table.dates, days, side="right")
        covered = (days >= self.table.dates[0]) & (after < len(self.table.dates)) & ~weekends
        return np.where(covered, self.table.dates[np.minimum(after, len(self.table.dates) - 1)], weekday)

    def due(self, days: Days, before: Days, seen: Days) -> Flags:
        """Which kinds are due after each of `before` and by each of `days`, as known on `seen`: bool, (len(days), kinds)."""
        flags = np.zeros((len(days), len(self.kinds)), dtype=np.bool_)
        for number in range(len(self.kinds)):
            own = self.kind == number
            order = np.argsort(self.falls_on[own], kind="stable")
            falls, announced = self.falls_on[own][order], self.announced[own][order]
            first, end = np.searchsorted(falls, before, side="right"), np.searchsorted(falls, days, side="right")
            for row in np.flatnonzero(end > first):
                flags[row, number] = bool((announced[first[row] : end[row]] <= seen[row]).any())
        return flags

    def ahead(self, day: np.datetime64, sessions: int, *, weekends: bool) -> tuple[Days, Flags]:
        """The `sessions` that follow `day`, and which kinds are due on each as known on that day."""
        start, count = np.array([day], dtype="datetime64[D]"), np.arange(1, sessions + 1)
        days: Days = np.add(start, count * DAY) if weekends else np.busday_offset(start, count, roll="backward")
        if self.table is not None and not weekends:
            at = int(np.searchsorted(self.table.dates, start[0], side="right"))
            if at > 0 and at + sessions <= len(self.table.dates):
                days = self.table.dates[at : at + sessions]
        before = np.concatenate([start, days[:-1]])
        return days, self.due(days, before, np.full(sessions, day))


def traded_on_weekends(days: Days) -> Flags:
    """Whether a bar up to and including each fell on a Saturday or a Sunday."""
    return np.logical_or.accumulate(~np.is_busday(days))


def _on_a_session(days: Days, table: SessionTable | None) -> Days:
    """Each day, or where the table knows it is not traded the session after it."""
    if table is None or len(days) == 0:
        return days
    at = np.searchsorted(table.dates, days)
    covered = (days >= table.dates[0]) & (at < len(table.dates))
    return np.where(covered, table.dates[np.minimum(at, len(table.dates) - 1)], days)
