"""Breadth: on how many symbols of a universe something is so, counted for every day. Row t uses rows of days <= t."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.averages import sma
from levelhead.kernels.talib_library import calculate

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Days = NDArray[np.datetime64]

YEAR = 252
"""Bars of a symbol whose highest high, or lowest low, is that of 52 weeks: its own among them."""
FRESH = 7
"""Days after which a close before is none to advance or decline from."""
GONE = 30
"""Days without a bar after which a symbol has ended."""
_NEAR = 20  # days against which one that few symbols have a bar of is known for no session


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Breadth:
    """Counts of symbols on each of `days`, ascending; arrays of shape (days,).

    symbols: with a bar on the day. known_n: of those with n bars; above_n: of these, closing above the mean of their last n closes.
    advances, declines: closing above and below their close before. highs, lows: of the known_year with 252 bars, those whose high
    (low) is above (below) all of the 251 before it. ended: without a bar for more than 30 days.
    """

    days: Days
    symbols: IntArray
    known_50: IntArray
    above_50: IntArray
    known_200: IntArray
    above_200: IntArray
    advances: IntArray
    declines: IntArray
    known_year: IntArray
    highs: IntArray
    lows: IntArray
    ended: IntArray


def breadth_of(symbol: IntArray, dates: Days, high: FloatArray, low: FloatArray, close: FloatArray) -> Breadth:
    """The counts of every day on which there was a session; rows of shape (n,), n >= 1, sorted by symbol, then by date.

    Averages and extremes are those of a symbol's own bars. A day on which fewer than half as many symbols have a bar as on one of
    the twenty dates before it is left out: a holiday that one of them has a row for, or a day that is not complete.
    """
    day = dates.astype("datetime64[D]").astype(np.int64)
    days, row = _rows_of(day)
    first = np.r_[0, np.flatnonzero(np.diff(symbol)) + 1]
    is_first = np.zeros(len(day), dtype=np.bool_)
    is_first[first] = True
    place = np.arange(len(day)) - np.repeat(first, np.diff(np.r_[first, len(day)]))
    recent = ~is_first & (np.diff(day, prepend=day[0]) <= FRESH)
    change = np.diff(close, prepend=close[0])
    above_50, above_200, new_high, new_low = _own(np.r_[first, len(day)], high, low, close)

    def count(flags: NDArray[np.bool_]) -> IntArray:
        return np.bincount(row[flags], minlength=len(days)).astype(np.int64)

    symbols = np.bincount(row, minlength=len(days)).astype(np.int64)
    kept = _sessions(symbols)
    return Breadth(
        days=days[kept],
        symbols=symbols[kept],
        known_50=count(place >= 49)[kept],
        above_50=count(above_50)[kept],
        known_200=count(place >= 199)[kept],
        above_200=count(above_200)[kept],
        advances=count(recent & (change > 0))[kept],
        declines=count(recent & (change < 0))[kept],
        known_year=count(place >= YEAR - 1)[kept],
        highs=count(new_high)[kept],
        lows=count(new_low)[kept],
        ended=_ended(day, is_first, days.astype(np.int64))[kept],
    )


def _rows_of(day: IntArray) -> tuple[Days, IntArray]:
    """The dates that occur, ascending, and which of them each row is of; by counting, since sorting a million rows takes longer."""
    start = int(day.min())
    occurs = np.bincount(day - start) > 0
    number = np.cumsum(occurs) - 1
    return (np.flatnonzero(occurs) + start).astype("datetime64[D]"), number[day - start].astype(np.int64)


def _own(bounds: IntArray, high: FloatArray, low: FloatArray, close: FloatArray) -> tuple[NDArray[np.bool_], ...]:
    """Row by row: above its 50- and its 200-bar average, a new high, a new low; one symbol after the other."""
    above_50, above_200, new_high, new_low = (np.zeros(len(close), dtype=np.bool_) for _ in range(4))
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        own, count = close[start:end], end - start
        if count >= 50:
            above_50[start:end] = own > sma(own, 50)
        if count >= 200:
            above_200[start:end] = own > sma(own, 200)
        if count >= YEAR:
            before = YEAR - 1
            highest = calculate("MAX", (high[start:end],), (before,), known_from=before - 1)[0]
            lowest = calculate("MIN", (low[start:end],), (before,), known_from=before - 1)[0]
            new_high[start + before : end] = high[start + before : end] > highest[before - 1 : -1]
            new_low[start + before : end] = low[start + before : end] < lowest[before - 1 : -1]
    return above_50, above_200, new_high, new_low


def _sessions(symbols: IntArray) -> NDArray[np.bool_]:
    padded = np.r_[np.zeros(_NEAR, dtype=np.int64), symbols[:-1]]
    most = np.lib.stride_tricks.sliding_window_view(padded, _NEAR).max(axis=1)
    return np.asarray(2 * symbols >= most)


def _ended(day: IntArray, is_first: NDArray[np.bool_], days: IntArray) -> IntArray:
    """How many symbols had a bar, and none of the last thirty days: each from the day on which that is so to its next bar."""
    after = np.r_[np.where(is_first[1:], days[-1] + 1, day[1:]), days[-1] + 1]
    gone = np.flatnonzero(after - day > GONE)
    steps = np.zeros(len(days) + 1, dtype=np.int64)
    np.add.at(steps, np.searchsorted(days, day[gone] + GONE, side="right"), 1)
    np.add.at(steps, np.searchsorted(days, after[gone], side="left"), -1)
    return np.cumsum(steps)[:-1]
