"""Faults that feeds are known for, found in one feed alone: copied bars, weekend rows, settlements, a bar still forming."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.finding import Finding
from levelhead.domain.sessions import SessionTable
from levelhead.market.expiries import is_expiry, is_off_grid
from levelhead.market.finding_words import DateArray, and_more, finding_at
from levelhead.market.impossible import BoolArray, number_format

IntArray = NDArray[np.int64]

YEAR = 252  # bars
SOME = 60  # bars before which nothing usual is known
MOST_OFF_GRID = 0.02  # share of closes off the tick beyond which a series is adjusted, and the tick says nothing of it
FAR_GAP = 20.0  # usual gaps; the widest that undid the day of an expiry, over 160 expiries of four clean feeds, is 15
VOLUME_STEPS = 25_000.0  # usual change of volume, in its own steps, from which two equal volumes are no chance
MOST_REPEATED = 0.05  # share of equal volumes beyond which they are the feed's way to round, or made up
TRADED_ON_WEEKENDS = 0.05  # share of weekend rows from which an instrument of unknown calendar trades on weekends


def is_weekend(dates: DateArray) -> BoolArray:
    """Which dates are Saturdays or Sundays, shape (n,)."""
    weekend: BoolArray = ~np.is_busday(dates)
    return weekend


def is_frozen(bars: Bars) -> BoolArray:
    """Which bars repeat open, high, low, close and volume of the one before; bars without range are left to other checks."""
    same = bars.high[1:] > bars.low[1:]
    for column in (bars.open, bars.high, bars.low, bars.close):
        same = same & (column[1:] == column[:-1])
    volume = bars.volume
    same = same & ((volume[1:] == volume[:-1]) | np.isnan(volume[1:]) | np.isnan(volume[:-1]))
    return np.concatenate([[False], same])


def has_repeated_volume(bars: Bars) -> BoolArray:
    """Which bars carry the volume of the one before although volume moves by thousands of its steps from day to day.

    The step is what the volume is rounded to: 5,215,400 is counted in hundreds. By chance that happens once in 50,000 bars
    or less; five of 1.24 million bars of stocks have it.
    """
    volume = bars.volume
    found = np.zeros(len(bars), dtype=np.bool_)
    repeats = np.flatnonzero(volume[1:] == volume[:-1]) + 1
    if len(repeats) > MOST_REPEATED * len(bars):
        return found
    for k in repeats:
        year = volume[max(0, k - YEAR) : k]
        known = year[~np.isnan(year)]
        if len(known) >= SOME:
            found[k] = np.median(np.abs(np.diff(known))) >= VOLUME_STEPS * _step(float(volume[k]))
    return found


def _step(volume: float) -> float:
    """The largest power of ten that divides a volume, 1 at least."""
    step = 1.0
    while step < volume and volume % (step * 10) == 0:
        step *= 10
    return step


def frozen_bars(bars: Bars) -> Finding | None:
    """Bars that are the bar of the day before once more."""
    frozen = np.flatnonzero(is_frozen(bars))
    if not len(frozen):
        return None
    k = int(frozen[0])
    price = number_format(bars.instrument)(bars.close[k])
    words = (
        f"open, high, low, close ({price}) and volume repeat the bar before{and_more(bars.dates[frozen])}. "
        "The feed did not deliver the day; take it from another feed"
    )
    return finding_at(bars, "frozen_bar", k, words, len(frozen))


def repeated_volumes(bars: Bars) -> Finding | None:
    """Volumes that are the day before's once more, in bars that are not: the volume, or the whole bar, is not final."""
    repeated = np.flatnonzero(has_repeated_volume(bars) & ~is_frozen(bars))
    if not len(repeated):
        return None
    k = int(repeated[0])
    words = (
        f"volume {bars.volume[k]:,.0f} is the one of the bar before{and_more(bars.dates[repeated])}. "
        "Take the volume as unknown, and fetch the bar again"
    )
    return finding_at(bars, "repeated_volume", k, words, len(repeated))


def weekend_rows(bars: Bars, sessions: SessionTable | None) -> Finding | None:
    """Bars of a Saturday or Sunday that the session table covers; of an instrument without a calendar, where they are few."""
    if bars.timeframe != "1d":
        return None
    dates = bars.dates
    covered = np.ones(len(bars), np.bool_) if sessions is None else (dates >= sessions.dates[0]) & (dates <= sessions.dates[-1])
    weekend = np.flatnonzero(is_weekend(dates) & covered)
    if not len(weekend) or (sessions is None and len(weekend) > TRADED_ON_WEEKENDS * len(bars)):
        return None
    k = int(weekend[0])
    words = (
        f"the day is a {bars.time[k].astype(dt.datetime):%A}{and_more(bars.dates[weekend])}. "
        "What trades on a Sunday evening belongs to Monday; take the row out, or shift the dates of the file"
    )
    return finding_at(bars, "weekend_row", k, words, len(weekend))


def suspected_settlements(bars: Bars, sessions: SessionTable | None, *, after: dt.date | None = None) -> Finding | None:
    """Quarterly expiries whose close is, by the look of it, the special opening settlement and not a trade.

    A settlement has two decimals: a close off the tick, where the feed's other closes lie on it, no trade has printed. Where
    it falls on the tick by chance, the gap to the next open gives it away if it is wide and undoes the day.
    after: look at later expiries only, the others being known from a reference.
    """
    if bars.timeframe != "1d" or not bars.instrument.months:
        return None
    expiry = is_expiry(bars, sessions)
    off, gap = _off_grid_expiries(bars, expiry), _gap_ratio(bars, expiry)
    asked = expiry if after is None else expiry & (bars.dates > np.datetime64(after))
    suspected = np.flatnonzero(asked & (off | (gap > FAR_GAP)))
    if not len(suspected):
        return None
    k = int(suspected[0])
    price = number_format(bars.instrument)(bars.close[k])
    others = np.count_nonzero(~expiry)
    evidence = (
        f"it lies off the tick of {bars.instrument.tick:g}, on which {np.count_nonzero(~is_off_grid(bars) & ~expiry):,} of "
        f"{others:,} other closes lie"
        if off[k]
        else f"the next open lies {gap[k]:.0f} usual gaps away and undoes the day (bound {FAR_GAP:.0f})"
    )
    words = (
        f"close {price} of this expiry is suspected to be the special opening settlement, not the last trade: {evidence}"
        f"{and_more(bars.dates[suspected], f'of {np.count_nonzero(asked):,} expiries')}. "
        "Compare with another feed (levelhead data check --against), which can repair it"
    )
    return finding_at(bars, "expiry_settlement", k, words, len(suspected))


def forming_bar(bars: Bars, sessions: SessionTable | None, now: dt.datetime) -> Finding | None:
    """The last bar where its session has not closed at `now` (an aware moment), so that its values will still change.

    Without a session table a bar forms until its date is over in UTC.
    """
    day = bars.dates[-1]
    moment = np.datetime64(now.astimezone(dt.UTC).replace(tzinfo=None), "us")
    if bars.timeframe != "1d":
        return None
    at = -1 if sessions is None else int(np.searchsorted(sessions.dates, day))
    if sessions is not None and 0 <= at < len(sessions.dates) and sessions.dates[at] == day:
        opens, closes, whose = sessions.opens[at], sessions.closes[at], f"{sessions.calendar} session"
    else:
        opens, closes, whose = day.astype("datetime64[m]"), (day + 1).astype("datetime64[m]"), "day"
    if moment >= closes:
        return None
    if moment < opens:
        words = f"its {whose} begins on {_clock(opens)} UTC and it is {_clock(moment)} UTC: a bar of days to come. Take the row out"
        return finding_at(bars, "future_bar", len(bars) - 1, words, 1)
    words = (
        f"the bar is still forming: its {whose} closes on {_clock(closes)} UTC and it is {_clock(moment)} UTC. "
        "Its close is a last price; leave it out, or hand it to a note with --last"
    )
    return finding_at(bars, "forming_bar", len(bars) - 1, words, 1)


def _clock(minute: np.datetime64) -> str:
    return str(minute.astype("datetime64[m]")).replace("T", " ")


def _off_grid_expiries(bars: Bars, expiry: BoolArray) -> BoolArray:
    """Expiries that close off the tick, where the other closes lie on it: all of them, or none is suspected."""
    off = is_off_grid(bars)
    others = ~expiry
    if not others.any() or np.count_nonzero(off & others) > MOST_OFF_GRID * np.count_nonzero(others):
        return np.zeros(len(bars), dtype=np.bool_)
    return off & expiry


def _gap_ratio(bars: Bars, asked: BoolArray) -> NDArray[np.float64]:
    """The gap to the next open in medians of the year's gaps before, 0 where it goes on in the bar's own direction.

    0 too where it is not asked for, for the last bar and the first 60, and where the gaps have no size.
    """
    ratio = np.zeros(len(bars))
    gap = bars.open[1:] - bars.close[:-1]
    size = np.abs(gap)
    body = bars.close - bars.open
    for k in np.flatnonzero((gap * body[:-1] < 0) & asked[:-1]):
        year = size[max(0, k - YEAR) : k]
        usual = float(np.median(year)) if len(year) >= SOME else 0.0
        ratio[k] = size[k] / usual if usual > 0 else 0.0
    return ratio
