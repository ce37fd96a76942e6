"""On which day the printed figures of a note hold: last price, averages, RSI, extremes and distances, on every bar at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.kernels.averages import ema, sma
from levelhead.kernels.momentum import gain_and_loss
from levelhead.kernels.ranges import atr
from levelhead.review.allowance import FEED_ATR, FEED_SHARE, INDEX_POINTS, last_digit, rounding
from levelhead.review.said import Indicator, Money, OthersNote
from levelhead.review.values import called

BoolArray = NDArray[np.bool_]
_AVERAGE = re.compile(r"(sma|ema)_(\d{1,3})$")
_RSI = 14
_DISTANCE = "distance_to_all_time_high_pct"
LEAST = 2  # figures that must hold before a day is told from them


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingDay:
    """A day and how well the note's figures hold on it.

    held: the names of those that do, in words; denied: of those that do not. distance: how far those that hold lie from what the
    bars give, in the mean, as a share of what is allowed; 0 is exact.
    """

    date: dt.date
    held: tuple[str, ...]
    denied: tuple[str, ...]
    distance: float

    @property
    def is_told(self) -> bool:
        """Whether enough figures hold, and more than do not."""
        return len(self.held) >= LEAST and len(self.held) > len(self.denied)


@dataclass(frozen=True, slots=True)
class _Measured:
    """One figure on every bar: how far it lies from what the note prints, in allowances; NaN where it is not known."""

    called: str
    distance: FloatArray


def fitting_days(note: OthersNote, bars: Bars, *, most: int = 5) -> tuple[FittingDay, ...]:
    """The days on which most of the note's figures hold, the best first, of equals the nearest fit, then the latest.

    A stated last price stands in each bar's close where the bar traded there, as on the day of a note made during the session.
    Empty where the note prints fewer than two figures that bars give, or none of them ever held.
    """
    measured = tuple(_measured(note, bars))
    if len(measured) < LEAST or bars.timeframe != "1d":
        return ()
    distances = np.vstack([m.distance for m in measured])
    with np.errstate(invalid="ignore"):
        holds = distances <= 1.0
    count = holds.sum(axis=0)
    mean = np.where(holds, distances, 0.0).sum(axis=0) / np.maximum(count, 1)
    order = np.lexsort((-np.arange(len(bars)), mean, -count))[:most]
    return tuple(
        FittingDay(
            date=bars.stamp(int(t)),
            held=tuple(m.called for m, is_held in zip(measured, holds[:, t], strict=True) if is_held),
            denied=tuple(m.called for m, is_held in zip(measured, holds[:, t], strict=True) if not is_held),
            distance=float(mean[t]),
        )
        for t in order
        if count[t] > 0
    )


def _measured(note: OthersNote, bars: Bars) -> Iterator[_Measured]:
    """Each name once, by its first value."""
    said: dict[str, Indicator] = {}
    for indicator in note.indicators:
        said.setdefault(indicator.name, indicator)
    price = _stated(said)
    last = bars.close if price is None else _standing_in(bars, price)
    known = atr(bars.high, bars.low, bars.close, 14)
    with np.errstate(invalid="ignore"):
        feed = np.fmin(FEED_SHARE * np.abs(bars.close), FEED_ATR * known)
    if price is not None:
        outside = np.maximum(0.0, np.maximum(bars.low - price, price - bars.high))
        yield _Measured("last price", outside / feed)
    for name, indicator in said.items():
        series = _series(name, bars, last)
        if name == _DISTANCE and price is None:
            yield _Measured(called(name), _reach(indicator.value, bars) / last_digit(indicator.value.low))
        elif series is not None:
            yield _Measured(called(name), _away(indicator.value, series) / _allowance(name, indicator.value, feed))


def _stated(said: dict[str, Indicator]) -> float | None:
    stated = said.get("last")
    return (
        stated.value.low if stated is not None and stated.value.low == stated.value.high and not stated.value.approximate else None
    )


def _standing_in(bars: Bars, price: float) -> FloatArray:
    """The closes, with the stated price in place of those whose bar traded there."""
    traded = (bars.low <= price) & (price <= bars.high)
    return np.where(traded, price, bars.close)


def _series(name: str, bars: Bars, last: FloatArray) -> FloatArray | None:
    """The figure on every bar as it was with `last` for that bar's close; None for a name that is no series of daily prices."""
    if (found := _AVERAGE.match(name)) is not None and 2 <= int(found[2]) <= len(bars):
        n = int(found[2])
        if found[1] == "sma":
            return sma(bars.close, n) + (last - bars.close) / n
        return ema(bars.close, n) + (last - bars.close) * 2 / (n + 1)
    if name == "rsi_14" and len(bars) > _RSI + 1:
        return _rsi(bars.close, last)
    if name in ("all_time_high", "all_time_low"):
        return np.maximum.accumulate(bars.high) if name == "all_time_high" else np.minimum.accumulate(bars.low)
    if name == _DISTANCE:
        return 100 * (np.maximum.accumulate(bars.high) / last - 1)
    return None


def _reach(money: Money, bars: Bars) -> FloatArray:
    """How far the distance to the high lies from what the bar's range gives: without a stated price any of it may be meant."""
    high = np.maximum.accumulate(bars.high)
    nearest, farthest = 100 * (high / bars.high - 1), 100 * (high / bars.low - 1)
    away: FloatArray = np.maximum(0.0, np.maximum(money.low - farthest, nearest - money.high))
    return away


def _rsi(close: FloatArray, last: FloatArray) -> FloatArray:
    """Wilder's RSI with the last step taken to `last` instead of the close."""
    gain, loss = gain_and_loss(close, _RSI)
    step = last[1:] - close[:-1]
    index = np.full(len(close), np.nan)
    up = (gain[:-1] * (_RSI - 1) + np.maximum(step, 0.0)) / _RSI
    down = (loss[:-1] * (_RSI - 1) + np.maximum(-step, 0.0)) / _RSI
    with np.errstate(invalid="ignore", divide="ignore"):
        index[1:] = 100 * up / (up + down)
    return index


def _away(money: Money, series: FloatArray) -> FloatArray:
    away: FloatArray = np.maximum(0.0, np.maximum(money.low - series, series - money.high))
    return away


def _allowance(name: str, money: Money, feed: FloatArray) -> FloatArray:
    if name.startswith("rsi"):
        return np.full(len(feed), last_digit(money.low) + INDEX_POINTS)
    if name.endswith("_pct"):
        return np.full(len(feed), last_digit(money.low))
    return feed + rounding(money)
