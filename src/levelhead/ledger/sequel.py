"""What followed each day, session by session, in the contract of that day.

A horizon counts the sessions of the session table, not the rows of a file. A session without a bar is an empty row; a bar of a day
that is no session belongs to the next one, whose trade date it has. After a roll the prices are moved back by its gap, so that
they stand in the contract of the day a note was made: what a position that is rolled over pays. The gap moves by whole ticks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.claims.meters import Bar
from levelhead.domain.adjustment import as_traded
from levelhead.domain.bars import Bars
from levelhead.domain.event import MAX_SESSIONS
from levelhead.domain.roll import Roll
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.kernels.paths import FloatArray, PathBars

DateArray = NDArray[np.datetime64]
RowArray = NDArray[np.int64]
_LONGEST = {"1w": 7, "1mo": 31}  # days: a note may be written before its week or month is over
SLACK_TICKS, SLACK_RANGE = 2, 0.05  # by how much two feeds may differ in the extremes of one session
DIGITS = 10  # a price moved by a gap loses no more than the last bits of its float


class Leg(NamedTuple):
    """One session: its date, its bar (None where it is missing), and the shorter bars it is made of, () where none are known."""

    date: dt.date
    bar: Bar | None
    finer: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sequel:
    """bars: as they were given. dates: of the sessions, shape (n,). prices: as traded, each of shape (n + 252,), NaN where there is
    no finished bar. finished: how many rows lie before the first that is not over. empty: how many sessions without a bar lie
    before each row, shape (n + 1,). rolled: how many rolls had been by each row, shape (n + 252,). shifts: what is taken from a
    price after j rolls to stand in the contract after i, shape (rolls + 1, rolls + 1). finer: shorter bars by trade date.
    """

    bars: Bars
    dates: DateArray
    days: Sequence[dt.date]
    prices: PathBars
    finished: int
    empty: RowArray
    rolled: RowArray
    shifts: FloatArray
    finer: Mapping[dt.date, tuple[Bar, ...]]

    def row_of(self, day: dt.date) -> int | None:
        """The row of the bar of a day, the last of several, of a week or month the one that holds it; None where there is none."""
        row = int(np.searchsorted(self.dates, np.datetime64(day), side="right")) - 1
        longest = _LONGEST.get(self.bars.timeframe)
        if longest is not None and row >= 0 and row + 1 < len(self.days) and self.days[row] != day:
            row += 1
            return row if (self.days[row] - day).days < longest else None
        if row < 0 or self.days[row] != day:
            return None
        return row if self.empty[row + 1] == self.empty[row] else None

    def passed(self, row: int) -> int:
        """How many finished sessions follow a row."""
        return max(self.finished - 1 - row, 0)

    def lacks(self, row: int, sessions: int) -> bool:
        """Whether one of the sessions after a row that are over has no bar."""
        end = min(row + 1 + sessions, self.finished)
        return end > row + 1 and bool(self.empty[end] > self.empty[row + 1])

    def windows(self, rows: RowArray, sessions: int) -> PathBars:
        """The sessions after each row, in that row's contract: shape (rows, sessions), NaN where there is no finished bar."""
        index = rows[:, None] + np.arange(1, sessions + 1)
        if len(self.shifts) == 1:
            return PathBars(*(column[index] for column in self.prices))
        shift = self.shifts[self.rolled[rows][:, None], self.rolled[index]]
        return PathBars(*(np.round(column[index] - shift, DIGITS) for column in self.prices))

    def legs(self, row: int, sessions: int, until: dt.date | None = None) -> list[Leg]:
        """The finished sessions after a row, at most `sessions`, none after the day `until`."""
        count = min(sessions, self.passed(row))
        columns = [column[0, :count].tolist() for column in self.windows(np.array([row]), max(count, 1))]
        found = []
        for number, values in enumerate(zip(*columns, strict=True), row + 1):
            day = self.days[number]
            if until is not None and day > until:
                break
            bar = None if values[3] != values[3] else Bar(*values)
            found.append(Leg(day, bar, self._moved(self.finer.get(day, ()), row, number)))
        return found

    def _moved(self, pieces: tuple[Bar, ...], row: int, number: int) -> tuple[Bar, ...]:
        shift = float(self.shifts[self.rolled[row], self.rolled[number]])
        return pieces if shift == 0 else tuple(Bar(*(round(price - shift, DIGITS) for price in piece)) for piece in pieces)


def sequel_of(
    bars: Bars, sessions: SessionTable | None = None, *, finer: Bars | None = None, keep: Sequence[dt.date] = ()
) -> Sequel:
    """What followed each day of `bars`; a last bar that is provisional is not over.

    sessions: the table by which daily bars are counted; without one, or where it does not cover them, their rows are the
    sessions. finer: shorter bars for what the one bar of a day does not show, where they reach as far as it did; a
    session without a bar is made of them. keep: days to count as sessions though the table has none, where a bar is there.
    """
    traded = as_traded(bars)
    columns = [traded.open, traded.high, traded.low, traded.close]
    if bars.adjustment != "none":
        columns = [np.round(column, DIGITS) for column in columns]
    pieces = {} if finer is None or bars.timeframe != "1d" else _by_day(as_traded(finer))
    dates = traded.dates
    if bars.timeframe == "1d" and sessions is not None and sessions.covers(bars.first) and sessions.covers(bars.as_of):
        kept = np.intersect1d(np.array(keep, dtype="datetime64[D]"), dates)
        dates, columns = _by_session(columns, dates, np.union1d(sessions.between(bars.first, bars.as_of), kept))
    pieces = _fitting(columns, dates, pieces, bars.instrument.step)
    is_forming = bars.provisional is not None and len(dates) > 0 and bool(dates[-1] == traded.dates[-1])
    finished = len(dates) - 1 if is_forming else len(dates)
    padding = np.full(len(dates) - finished + MAX_SESSIONS, np.nan)
    rolled = np.searchsorted(np.array([roll.date for roll in bars.rolls], dtype="datetime64[D]"), dates, side="right")
    return Sequel(
        bars=bars,
        dates=dates,
        days=[as_date(day) for day in dates],
        prices=PathBars(*(np.concatenate([column[:finished], padding]) for column in columns)),
        finished=finished,
        empty=np.concatenate([[0], np.cumsum(np.isnan(columns[3]))]).astype(np.int64),
        rolled=np.concatenate([rolled, np.full(MAX_SESSIONS, len(bars.rolls))]).astype(np.int64),
        shifts=_shifts(bars.rolls, bars),
        finer=pieces,
    )


def _by_session(columns: list[FloatArray], days: DateArray, dates: DateArray) -> tuple[DateArray, list[FloatArray]]:
    """The columns by session; bars after the last session wait for the next one."""
    at = np.searchsorted(dates, days)
    at = at[at < len(dates)]
    rows = np.unique(at)
    firsts, lasts = np.searchsorted(at, rows), np.searchsorted(at, rows, side="right") - 1
    found = [np.full(len(dates), np.nan) for _ in columns]
    is_own = days[lasts] == dates[rows]  # what was traded before a session is not the session
    values = (
        columns[0][firsts],
        np.maximum.reduceat(columns[1][: len(at)], firsts) if len(at) else columns[1][:0],
        np.minimum.reduceat(columns[2][: len(at)], firsts) if len(at) else columns[2][:0],
        columns[3][lasts],
    )
    for column, value in zip(found, values, strict=True):
        column[rows[is_own]] = value[is_own]
    return dates, found


def _fitting(
    columns: list[FloatArray], dates: DateArray, pieces: Mapping[dt.date, tuple[Bar, ...]], tick: float
) -> dict[dt.date, tuple[Bar, ...]]:
    """The shorter bars whose range is their session's; columns of sessions without a bar are filled, where those before fit.

    Those of another frame, or of other hours, tell nothing about the bars at hand.
    """
    found: dict[dt.date, tuple[Bar, ...]] = {}
    is_fit = False
    rows = {as_date(day): row for row, day in enumerate(dates)} if pieces else {}
    for day, inside in pieces.items():
        row = rows.get(day)
        if row is None:
            continue
        top, bottom = max(piece.high for piece in inside), min(piece.low for piece in inside)
        if np.isnan(columns[3][row]):
            if is_fit:
                for column, value in zip(columns, (inside[0].open, top, bottom, inside[-1].close), strict=True):
                    column[row] = value
        else:
            high, low = float(columns[1][row]), float(columns[2][row])
            slack = max(SLACK_TICKS * tick, SLACK_RANGE * (high - low))
            is_fit = abs(top - high) <= slack and abs(bottom - low) <= slack
            if is_fit:
                found[day] = inside
    return found


def _by_day(finer: Bars) -> dict[dt.date, tuple[Bar, ...]]:
    days, starts = np.unique(finer.dates, return_index=True)
    rows = zip(finer.open.tolist(), finer.high.tolist(), finer.low.tolist(), finer.close.tolist(), strict=True)
    made = [Bar(*row) for row in rows]
    ends = [*starts[1:].tolist(), len(made)]
    return {as_date(day): tuple(made[start:end]) for day, start, end in zip(days, starts.tolist(), ends, strict=True)}


def _shifts(rolls: Sequence[Roll], bars: Bars) -> FloatArray:
    found = np.zeros((len(rolls) + 1, len(rolls) + 1))
    for i in range(len(rolls)):
        for j in range(i + 1, len(rolls) + 1):
            found[i, j] = bars.instrument.on_grid(sum(roll.gap for roll in rolls[i:j]))
    return found
