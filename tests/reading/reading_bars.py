"""Bars for the tests of the reading room: made ones, and the real ones read with nothing but NumPy."""

import csv
import datetime as dt

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument


def made(closes, *, symbol="TEST", first="2020-01-01", reach=0.5, dates=None):
    """Bars on weekdays from `first`, each `reach` above and below its open and close."""
    close = np.asarray(closes, dtype=np.float64)
    open_ = np.concatenate((close[:1], close[:-1]))
    days = (
        np.busday_offset(first, np.arange(len(close)), roll="forward") if dates is None else np.array(dates, dtype="datetime64[D]")
    )
    return Bars(
        instrument=Instrument.unknown(symbol),
        time=days.astype("datetime64[us]"),
        open=open_,
        high=np.maximum(open_, close) + reach,
        low=np.minimum(open_, close) - reach,
        close=close,
        volume=np.full(len(close), np.nan),
        row=np.zeros(len(close), dtype=np.int64),
    )


def walk(n, *, seed=3, symbol="TEST", **more):
    """A random walk from 2,000 that stays positive."""
    return made(2000 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.012, n))), symbol=symbol, **more)


def real(path, symbol):
    """The bars of a file of ours, prices as given."""
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    column = {name: np.array([float(row[name]) for row in rows]) for name in ("open", "high", "low", "close", "volume")}
    return Bars(
        instrument=Instrument.unknown(symbol),
        time=np.array([row["date"] for row in rows], dtype="datetime64[us]"),
        row=np.arange(2, len(rows) + 2),
        feed=path.name,
        **column,
    )


def stretch(bars, rows):
    """The bars of those rows alone."""
    columns = {name: getattr(bars, name)[rows] for name in ("time", "open", "high", "low", "close", "volume", "row")}
    return Bars(instrument=bars.instrument, feed=bars.feed, **columns)


def without(bars, *days):
    """The bars without those dates."""
    gone = np.isin(bars.dates, np.array(days, dtype="datetime64[D]"))
    return stretch(bars, ~gone)


def date(text):
    return dt.date.fromisoformat(text)
