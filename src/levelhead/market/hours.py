"""Which session an intraday bar belongs to, and the regular hours within it: by the session table, so that clocks may change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, TimeArray
from levelhead.domain.errors import BadBars
from levelhead.domain.sessions import SessionTable
from levelhead.domain.timeframe import timeframe_of
from levelhead.market.sessions import session_table

Hours = Literal["electronic", "rth", "rth-16:15"]
HOURS: tuple[Hours, ...] = ("electronic", "rth", "rth-16:15")
NEW_YORK = "XNYS"
_AFTER_THE_BELL: dict[str, int] = {"rth": 0, "rth-16:15": 15}  # minutes

IntArray = NDArray[np.int64]


def sessions_of(times: TimeArray, table: SessionTable, *, feed: str) -> IntArray:
    """The row of the table whose session each bar belongs to; shape (n,). times: starts of bars, UTC, ascending.

    A bar outside all sessions belongs to the nearer one: what is quoted in the quarter of an hour after the close to the
    session before, what is quoted before the bell to the session it opens. A CME trade date runs from 18:00 to 17:00 New York,
    so Sunday evening belongs to Monday, and the shortened session of a holiday to the day after.
    Raises BadBars where the table does not reach.
    """
    if times[0] < table.opens[0] - _DAY or times[-1] > table.closes[-1] + _DAY:
        raise BadBars(
            f"{feed}: bars from {_minute(times[0])} to {_minute(times[-1])} UTC reach beyond the {table.calendar} session table, "
            f"{table.first} to {table.last}; cut them."
        )
    after = np.searchsorted(table.opens, times, side="right").astype(np.int64)
    before = np.maximum(after - 1, 0)
    following = np.minimum(after, len(table.dates) - 1)
    is_inside = (after > 0) & (times < table.closes[before])
    is_nearer_before = (times - table.closes[before]) < (table.opens[following] - times)
    is_before = (after > 0) & (is_inside | is_nearer_before | (after == len(table.dates)))
    found: IntArray = np.where(is_before, before, following)
    return found


def with_trade_dates(bars: Bars) -> Bars:
    """The same intraday bars with the trade date of each; bars that have one, and longer ones, come back as they are.

    Where no calendar is known the trade date is the date in UTC.
    """
    if bars.days is not None or not timeframe_of(bars.timeframe).is_intraday:
        return bars
    table = session_table(bars.instrument.calendar)
    days = bars.time.astype("datetime64[D]")
    if table is not None:
        days = table.dates[sessions_of(bars.time, table, feed=_name(bars))]
    return replace(bars, days=days)


def within(bars: Bars, hours: Hours) -> Bars:
    """The intraday bars that start within the hours; the rest is left out, not moved.

    electronic: all there are. rth: from the opening to the closing bell of New York on their own trade date, 09:30 to 16:00
    (to 13:00 on half days). rth-16:15: a quarter of an hour more. The shortened futures session of a New York holiday has no
    regular hours. Raises BadBars for bars that are not intraday, or where none is left.
    """
    if hours == "electronic":
        return bars
    if not timeframe_of(bars.timeframe).is_intraday:
        raise BadBars(f"{_name(bars)} has {bars.timeframe} bars; regular hours can be cut from intraday bars only. Give those.")
    dated = with_trade_dates(bars)
    opens, closes = regular_hours(dated.dates, hours)
    kept = rows_of(dated, (dated.time >= opens) & (dated.time < closes))
    if kept is None:
        raise BadBars(f"{_name(bars)}: no bar starts between the bells of New York ({hours}); give bars of those hours.")
    return kept


def regular_hours(dates: NDArray[np.datetime64], hours: Hours) -> tuple[TimeArray, TimeArray]:
    """When regular hours begin and end on each trade date, UTC; NaT where New York is closed. Each of the shape of `dates`."""
    table = session_table(NEW_YORK)
    assert table is not None
    at = np.minimum(np.searchsorted(table.dates, dates), len(table.dates) - 1)
    is_open = table.dates[at] == dates
    nothing = np.datetime64("NaT", "m")
    late = np.timedelta64(_AFTER_THE_BELL[hours], "m")
    return np.where(is_open, table.opens[at], nothing), np.where(is_open, table.closes[at] + late, nothing)


def rows_of(bars: Bars, keep: NDArray[np.bool_]) -> Bars | None:
    """The rows of the mask, in arrays of their own; None where there are none."""
    if not keep.any():
        return None
    names = ("time", "open", "high", "low", "close", "volume", "row")
    columns: dict[str, NDArray[Any]] = {name: getattr(bars, name)[keep] for name in names}
    return replace(bars, **columns, days=None if bars.days is None else bars.days[keep])  # type: ignore[arg-type]


_DAY = np.timedelta64(1, "D")


def _name(bars: Bars) -> str:
    return bars.feed or bars.instrument.symbol


def _minute(time: np.datetime64) -> str:
    return str(time.astype("datetime64[m]")).replace("T", " ")
