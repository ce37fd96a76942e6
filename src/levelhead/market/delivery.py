"""From what a feed answered to bars: ordered, cut to what was asked, its doubts said, its unfinished bar flagged."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, Frame, Provisional, TimeArray
from levelhead.domain.errors import BadBars, NoBars, SourceFailed
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import SessionTable, as_date, as_moment
from levelhead.market.feed_rows import PRICES, Rows
from levelhead.market.hours import rows_of, sessions_of, with_trade_dates
from levelhead.market.impossible import ImpossibleRows, impossible_prices
from levelhead.market.resampling import ends_of
from levelhead.market.sessions import session_table
from levelhead.market.source import Request, Surroundings

BLOCK = 20  # bars in which dates are looked at for being shifted
FEW = 10  # bars that say nothing about it
ASTRAY = 0.1  # share of a block's dates that are no sessions; of a shifted week it is a fifth


def deliver(
    rows: Rows,
    request: Request,
    instrument: Instrument,
    around: Surroundings,
    *,
    feed: str,
    frame: Frame = "as given",
    delay: dt.timedelta = dt.timedelta(0),
    last_ends: dt.datetime | None = None,
    remarks: Iterable[Finding] = (),
) -> Bars:
    """The bars that were asked for, out of the rows of a feed.

    feed: the source and its symbol in words ('yahoo RTY=F'); every finding begins with it. delay: how late the feed is; a bar
    counts as finished that long after its end. last_ends: when the last bar ends, where the feed knows better than the session
    table. Rows with holes or impossible prices are left out and listed in left_out; bars
    that had not begun by around.now are dropped; a last bar still forming is flagged (provisional, and a remark); dates that
    look shifted by a day are said, not moved. Raises NoBars where nothing remains, SourceFailed where no row can be used.
    """
    if not len(rows):
        raise NoBars(_nothing(feed, request))
    sessions = session_table(instrument.calendar)
    rows = _as_times(rows, request.timeframe)
    rows, left_out = _possible(rows, instrument, feed)
    days = trade_dates(rows.time, request.timeframe, sessions, feed=feed)
    rows = rows[_asked(rows.time, days, request, around, sessions)]
    if not len(rows):
        raise NoBars(_nothing(feed, request))
    bars = Bars(
        instrument=instrument,
        time=rows.time,
        open=rows.open,
        high=np.maximum(rows.high, np.maximum(rows.open, rows.close)),
        low=np.minimum(rows.low, np.minimum(rows.open, rows.close)),
        close=rows.close,
        volume=np.where(rows.volume == 0, np.nan, rows.volume),
        row=np.zeros(len(rows), dtype=np.int64),
        timeframe=request.timeframe,
        feed=feed,
        frame=frame,
        left_out=tuple(f for f in left_out if _is_asked(f, request)),
        remarks=(*remarks, *_shifted(rows, request, sessions, feed)),
    )
    return flagged(with_trade_dates(bars), around.now, delay=delay, ends=last_ends)


def cut(bars: Bars, request: Request, around: Surroundings) -> Bars:
    """The same bars from `first` to `last`, without those that had not begun by around.now, the last one flagged where it forms.

    Raises NoBars where none is left.
    """
    sessions = session_table(bars.instrument.calendar)
    days = bars.dates if bars.timeframe == "1d" or bars.days is not None else bars.time.astype("datetime64[D]")
    kept = _asked(bars.time, days, request, around, sessions)
    left = rows_of(bars, kept)
    if left is None:
        raise NoBars(_nothing(bars.feed, request))
    cut_bars = dataclasses.replace(
        left,
        left_out=tuple(f for f in bars.left_out if _is_asked(f, request)),
        remarks=tuple(f for f in bars.remarks if f.date is None or f.date <= left.as_of),
        rolls=tuple(roll for roll in bars.rolls if left.first <= roll.date and roll.seen <= left.as_of),
        provisional=bars.provisional if kept[-1] else None,
    )
    return flagged(cut_bars, around.now)


def flagged(bars: Bars, now: dt.datetime, *, delay: dt.timedelta = dt.timedelta(0), ends: dt.datetime | None = None) -> Bars:
    """The same bars, the last one flagged as provisional where it had not ended by `now`.

    ends: when it ends; by default as the session table has it, without one at midnight UTC.
    """
    if bars.provisional is not None:
        return bars
    end = (ends or as_moment(ends_of(bars)[-1])) + delay
    if end <= now:
        return bars
    at = f"{now.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    text = f"{bars.feed} ({bars.as_of}): this bar is still forming; it stands as of {at} and ends at {end:%Y-%m-%d %H:%M} UTC."
    forming = Finding(kind="forming", severity="remark", text=text, where=bars.feed, date=bars.as_of)
    provisional = Provisional(price=bars.last, at=at, range_as_given=True)
    return dataclasses.replace(bars, provisional=provisional, remarks=(*bars.remarks, forming))


def trade_dates(time: TimeArray, timeframe: str, sessions: SessionTable | None, *, feed: str) -> NDArray[np.datetime64]:
    """The trade date of each bar, datetime64[D]: of an intraday bar that of its session, so that Sunday evening is Monday's."""
    if timeframe == "1d" or sessions is None:
        return time.astype("datetime64[D]")
    return sessions.dates[sessions_of(time, sessions, feed=feed)]


def _asked(
    time: TimeArray, days: NDArray[np.datetime64], request: Request, around: Surroundings, sessions: SessionTable | None
) -> NDArray[np.bool_]:
    now = np.datetime64(around.now.astimezone(dt.UTC).replace(tzinfo=None))
    begins = time
    if request.timeframe == "1d" and sessions is not None:
        at = np.minimum(np.searchsorted(sessions.dates, days), len(sessions.dates) - 1)
        begins = np.where(sessions.dates[at] == days, sessions.opens[at].astype("datetime64[us]"), time)
    kept = begins <= now
    if request.first is not None:
        kept &= days >= np.datetime64(request.first)
    if request.last is not None:
        kept &= days <= np.datetime64(request.last)
    return kept


def _possible(rows: Rows, instrument: Instrument, feed: str) -> tuple[Rows, tuple[Finding, ...]]:
    """The rows, oldest first, about which nothing is impossible, and the others as findings."""
    order = np.argsort(rows.time, kind="stable")
    rows, lines = rows[order], order.astype(np.int64) + 1
    days = rows.time.astype("datetime64[D]").astype(np.int64)
    impossible = ImpossibleRows(feed, quarantine=True)
    bad = np.zeros(len(rows), dtype=np.bool_)
    prices = {name: getattr(rows, name) for name in PRICES}

    def note(mask: NDArray[np.bool_], words: Any) -> None:
        fresh = mask & ~bad
        impossible.add(fresh, lines, days, words)
        bad[fresh] = True

    holes = {name: ~np.isfinite(price) for name, price in prices.items()}
    note(np.logical_and.reduce(list(holes.values())), lambda i: ("null_row", "the row holds no prices"))
    for name, hole in holes.items():
        note(hole, lambda i, name=name: ("missing_value", f"{name} is missing"))
    with np.errstate(invalid="ignore"):
        for mask, words in impossible_prices(prices, instrument):
            note(mask, words)
        note(rows.volume < 0, lambda i: ("negative_volume", f"volume {rows.volume[i]:,.0f} is below zero"))
    good = np.flatnonzero(~bad)
    repeated = np.zeros(len(rows), dtype=np.bool_)
    repeated[good[1:][rows.time[good[1:]] == rows.time[good[:-1]]]] = True
    note(repeated, lambda i: ("duplicate_date", "a bar of this time stands already before it"))
    try:
        found = impossible.left_out(len(rows))
    except BadBars as error:
        raise SourceFailed(f"{feed} gave no usable answer: {error} Try again later, or another source.") from None
    return rows[~bad], found


def _shifted(rows: Rows, request: Request, sessions: SessionTable | None, feed: str) -> tuple[Finding, ...]:
    """A warning where the dates of some weeks become sessions only when all are moved by one day.

    Looked at in blocks of some weeks, since a feed that mistakes its zone is wrong in summer only, or in winter.
    """
    days = rows.time.astype("datetime64[D]")
    if request.timeframe != "1d" or sessions is None:
        return ()
    days = days[(days > sessions.dates[0]) & (days < sessions.dates[-1])]
    if len(days) < FEW:
        return ()
    starts = np.arange(0, max(len(days) - FEW + 1, 1), BLOCK)
    sizes = np.diff(np.append(starts, len(days)))
    is_stray = ~np.isin(days, sessions.dates)
    astray = np.add.reduceat(is_stray, starts) / sizes > ASTRAY
    for step, words in ((1, "later"), (-1, "earlier")):
        at_home = np.add.reduceat(np.isin(days + np.timedelta64(step, "D"), sessions.dates), starts) == sizes
        blocks = np.flatnonzero(astray & at_home)
        if len(blocks):
            # Of the first such weeks alone: what is said on their last day tells nothing of a later one.
            of_weeks = slice(starts[blocks[0]], starts[blocks[0]] + sizes[blocks[0]])
            first, last, count = days[of_weeks][0], days[of_weeks][-1], int(np.count_nonzero(is_stray[of_weeks]))
            text = (
                f"{feed}: {count:,} dates from {first} to {last} are no {sessions.calendar} sessions, and all of these weeks would "
                f"be one day {words}: the feed's dates look shifted by a day. They stand as given; compare with another feed."
            )
            found = Finding(kind="shifted_dates", severity="warning", text=text, where=feed, date=as_date(last), count=count)
            return (found,)
    return ()


def _as_times(rows: Rows, timeframe: str) -> Rows:
    unit = "datetime64[D]" if timeframe == "1d" else "datetime64[us]"
    return dataclasses.replace(rows, time=rows.time.astype(unit).astype("datetime64[us]"))


def _is_asked(finding: Finding, request: Request) -> bool:
    day = finding.date
    return day is None or ((request.first is None or day >= request.first) and (request.last is None or day <= request.last))


def _nothing(feed: str, request: Request) -> str:
    if request.first is None and request.last is None:
        span = ""
    else:
        span = f" from {request.first or 'its beginning'} to {request.last or 'now'}"
    return (
        f"{feed} has no {request.timeframe} bars of {request.symbol}{span}; check the symbol and the dates, or try another source."
    )
