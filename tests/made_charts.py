"""Bars made by hand or by chance, for tests of what a chart says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.instrument import Instrument

RTY = Instrument(symbol="RTY", name="E-mini Russell 2000", short_name="Russell 2000", kind="future", tick=0.1, decimals=1)


def chart(
    highs: Sequence[float],
    lows: Sequence[float] | None = None,
    closes: Sequence[float] | None = None,
    opens: Sequence[float] | None = None,
    *,
    first: str = "2020-01-01",
    dates: Sequence[str] | None = None,
    instrument: Instrument = RTY,
) -> Bars:
    """Daily bars, Monday to Friday from `first` unless `dates` are given; lows one point below the highs, closes at the lows."""
    high = np.array(highs, dtype=np.float64)
    low = high - 1 if lows is None else np.array(lows, dtype=np.float64)
    close = low if closes is None else np.array(closes, dtype=np.float64)
    days = (
        np.busday_offset(first, np.arange(len(high)), roll="forward") if dates is None else np.array(dates, dtype="datetime64[D]")
    )
    return Bars(
        instrument=instrument,
        time=days.astype("datetime64[us]"),
        open=close.copy() if opens is None else np.array(opens, dtype=np.float64),
        high=high,
        low=low,
        close=close.copy(),
        volume=np.full(len(high), np.nan),
        row=np.zeros(len(high), dtype=np.int64),
        feed="made by hand",
    )


def walk(seed: int, count: int, *, start: float = 2000.0, first: str = "2018-01-01") -> Bars:
    """A random walk of daily bars on the tick grid, about 1.2 per cent a day."""
    rng = np.random.default_rng(seed)
    close = start * np.exp(np.cumsum(rng.normal(0, 0.012, count)))
    open_ = np.r_[start, close[:-1]]
    stretch = np.abs(rng.normal(0, 0.005, (2, count)))
    high = np.maximum(open_, close) * (1 + stretch[0])
    low = np.minimum(open_, close) * (1 - stretch[1])
    grid = [np.round(column, 1) for column in (high, low, close, open_)]
    return chart(*grid, first=first)


def with_future(bars: Bars, t: int, seed: int) -> Bars:
    """The same bars up to row `t`, and another future of the same length after it."""
    other = walk(seed, len(bars), start=float(bars.close[t]))
    rows = {c: np.r_[getattr(bars, c)[: t + 1], getattr(other, c)[t + 1 :]] for c in ("open", "high", "low", "close")}
    return replace(bars, **rows)


def price_fact(value: float, date: dt.date | None = None, meaning: str = "a price") -> Fact:
    """A fact that is only a price."""
    return Fact(value=value, unit="price", meaning=meaning, formula="given", date=date)


def real_bars(shared: Path, name: str = "rty_tv.csv") -> Bars:
    """Real daily bars of the E-mini Russell 2000, prices on the tick grid."""
    days = np.genfromtxt(shared / "data" / name, delimiter=",", skip_header=1, usecols=0, dtype="datetime64[D]")
    columns = np.round(np.genfromtxt(shared / "data" / name, delimiter=",", skip_header=1, usecols=(1, 2, 3, 4)), 1)
    open_, high, low, close = columns.T
    return chart(high, low, close, open_, dates=days)


prices = st.lists(st.integers(1, 30).map(float), min_size=1, max_size=60)
