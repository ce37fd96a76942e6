"""Made feeds of a future and of a stock: clean ones, and the same with faults planted at known places."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.market.expiries import expiries
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table

RTY = find_instrument("RTY")
STOCK = Instrument(symbol="ACME", name="Acme", short_name="Acme", kind="stock", tick=0.01, calendar="XNYS")
CME, XNYS = session_table("CME_EQUITY"), session_table("XNYS")
COLUMNS = ("open", "high", "low", "close", "volume")
CARRY = 0.04  # a year: what one contract is dearer than the one before


def clean(seed: int, count: int = 900, *, instrument: Instrument = RTY, first: str = "2021-01-04", price: float = 2000.0) -> Bars:
    """Bars on every session: 1 % a day, gaps of 0.2 %, ranges that hold both, volume that doubles and halves."""
    draw = np.random.default_rng([11, seed])
    sessions = XNYS if instrument.calendar == "XNYS" else CME
    at = int(np.searchsorted(sessions.dates, np.datetime64(first)))
    dates = sessions.dates[at : at + count]
    close = price * np.exp(np.cumsum(draw.normal(0, 0.01, count)))
    before = np.concatenate([[price], close[:-1]])
    open_ = before * np.exp(draw.normal(0, 0.002, count))
    high = np.maximum(open_, close) * np.exp(np.abs(draw.normal(0, 0.004, count)))
    low = np.minimum(open_, close) * np.exp(-np.abs(draw.normal(0, 0.004, count)))
    tick = instrument.tick or 0.01
    columns = {name: on_grid(column, tick) for name, column in zip(COLUMNS, (open_, high, low, close), strict=False)}
    return bars_of(instrument, dates, **columns, volume=np.round(200_000 * np.exp(draw.normal(0, 0.4, count))))


def on_grid(column: NDArray[np.float64], tick: float) -> NDArray[np.float64]:
    return np.round(np.round(column / tick) * tick, 6)


def bars_of(instrument: Instrument, dates: NDArray[np.datetime64], feed: str = "made.csv", **columns: NDArray[np.float64]) -> Bars:
    rows = np.arange(2, len(dates) + 2)
    return Bars(instrument=instrument, time=dates.astype("datetime64[us]"), row=rows, feed=feed, **columns)


def changed(bars: Bars, k: int, **values: float) -> Bars:
    """The bars with other values in row k, its range stretched to hold them."""
    columns = {name: getattr(bars, name).copy() for name in COLUMNS}
    for name, value in values.items():
        columns[name][k] = value
    columns["high"][k] = max(columns[name][k] for name in COLUMNS[:4])
    columns["low"][k] = min(columns[name][k] for name in COLUMNS[:4])
    return replace(bars, **columns)


def inserted(bars: Bars, day: str | dt.date) -> Bars:
    """The bars with one more, of `day`, a tick above the bar before."""
    at = int(np.searchsorted(bars.dates, np.datetime64(day)))
    columns = {name: np.insert(getattr(bars, name), at, round(getattr(bars, name)[at - 1] + 0.1, 6)) for name in COLUMNS[:4]}
    return replace(
        bars,
        time=np.insert(bars.time, at, np.datetime64(day, "us")),
        row=np.arange(2, len(bars) + 3),
        volume=np.insert(bars.volume, at, 777.0),
        **columns,
    )


def without(bars: Bars, *rows: int) -> Bars:
    kept = np.delete(np.arange(len(bars)), rows)
    columns = {name: getattr(bars, name)[kept] for name in COLUMNS}
    return replace(bars, time=bars.time[kept], row=np.arange(2, len(kept) + 2), **columns)


def row_of(bars: Bars, day: dt.date) -> int:
    (k,) = np.flatnonzero(bars.dates == np.datetime64(day))
    return int(k)


def dates_of(bars: Bars, rows: list[int]) -> list[dt.date]:
    return [as_date(bars.dates[k]) for k in rows]


@dataclass(frozen=True, kw_only=True)
class TwoFeeds:
    """A feed that rolls two sessions before expiry, and a free one that rolls after it and prints the settlement.

    windows, settlements: the days on which the second differs for either reason.
    """

    good: Bars
    free: Bars
    windows: list[dt.date]
    settlements: list[dt.date]


def two_feeds(seed: int, count: int = 900) -> TwoFeeds:
    """Both feeds of one market: contracts on one index, each dearer than the one before by a quarter's carry."""
    index = clean(seed, count)
    draw = np.random.default_rng([12, seed])
    days = expiries(RTY, index.first, index.as_of + dt.timedelta(days=200), CME)
    front = np.searchsorted(days, index.dates)  # the contract that has not expired; on its last day too
    last_rows = [row_of(index, day) for day in map(as_date, days) if day <= index.as_of]
    rolled = front.copy()
    for k in last_rows:
        rolled[k - 2 : k + 1] += 1
    good = _of_contract(index, days, rolled, draw, "good.csv")
    free = _of_contract(index, days, front, draw, "free.csv")
    windows, settlements = [], []
    same = rolled == front
    free = replace(free, **{name: np.where(same, getattr(good, name), getattr(free, name)) for name in COLUMNS})
    for k in last_rows:
        settlement = round(float(free.open[k]) * float(np.exp(draw.choice([-1, 1]) * draw.uniform(0.004, 0.02))), 1) + 0.03
        free = changed(free, k, close=settlement)
        windows += dates_of(index, [k - 2, k - 1])
        settlements += dates_of(index, [k])
    return TwoFeeds(good=good, free=free, windows=windows, settlements=settlements)


def _of_contract(
    index: Bars, days: NDArray[np.datetime64], contract: NDArray[np.int64], draw: np.random.Generator, feed: str
) -> Bars:
    years = (days[contract] - index.dates).astype(np.int64) / 365
    basis = index.close * (np.exp(CARRY * years) - 1)
    # a spread moves by a tick or two within the day
    open_, close = (column + basis + 0.1 * draw.integers(-2, 3, len(index)) for column in (index.open, index.close))
    high = np.maximum(np.maximum(open_, close), index.high + basis)
    low = np.minimum(np.minimum(open_, close), index.low + basis)
    columns = {name: on_grid(column, 0.1) for name, column in zip(COLUMNS, (open_, high, low, close), strict=False)}
    return bars_of(RTY, index.dates, feed, **columns, volume=index.volume)
