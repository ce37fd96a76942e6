"""Intraday bars that tests make themselves, on the sessions of the table."""

from __future__ import annotations

import datetime as dt

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.market.hours import with_trade_dates
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table


def made_intraday(symbol: str, first: str, last: str, *, minutes: int = 30, seed: int = 0, keep: float = 1.0) -> Bars:
    """A random walk on every step of every session from `first` to `last`, or on a share of them."""
    rng = np.random.default_rng(seed)
    table = session_table(find_instrument(symbol).calendar)
    assert table is not None
    days = table.between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    rows = np.searchsorted(table.dates, days)
    times = np.concatenate([np.arange(table.opens[i], table.closes[i], np.timedelta64(minutes, "m")) for i in rows])
    if keep < 1:
        times = times[rng.random(len(times)) < keep]
    return bars_at(symbol, times, minutes=minutes, rng=rng)


def bars_at(symbol: str, times: np.ndarray, *, minutes: int, rng: np.random.Generator | None = None) -> Bars:
    """A random walk at the given starts of bars."""
    rng = rng or np.random.default_rng(0)
    n = len(times)
    close = 2000 + np.round(np.cumsum(rng.normal(0, 2, n)), 1)
    open_ = np.concatenate([[2000.0], close[:-1]])
    return with_trade_dates(
        Bars(
            instrument=find_instrument(symbol),
            time=times.astype("datetime64[us]"),
            open=open_,
            high=np.maximum(open_, close) + np.round(rng.uniform(0, 3, n), 1),
            low=np.minimum(open_, close) - np.round(rng.uniform(0, 3, n), 1),
            close=close,
            volume=rng.integers(1, 500, n).astype(float),
            row=np.arange(2, n + 2),
            timeframe=f"{minutes}m" if minutes % 60 else f"{minutes // 60}h",
            feed="made",
        )
    )
