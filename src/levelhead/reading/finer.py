"""Shorter bars beside the bars of a reading: where in a day's range its volume was traded, instead of an even spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.timeframe import timeframe_of
from levelhead.kernels.finer import by_session
from levelhead.kernels.profile import vwap_sums

ENOUGH = 0.9
"""Share of the sessions looked at that the shorter bars must show whole; the others are left out then, and counted."""

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finer:
    """The shorter bars of the sessions that they show whole, in the prices in which levels are read.

    called: '5-minute'. high, low, volume: shape (m,). money, total: running sums from 0 of typical price times volume and of
    volume, shape (m + 1,). begins: the first of them of each longer bar; shown: how many longer bars before it they show; both
    of shape (n + 1,). finished: how many longer bars are finished; one under way is none that they could show whole.
    """

    called: str
    high: FloatArray
    low: FloatArray
    volume: FloatArray
    money: FloatArray
    total: FloatArray
    begins: IntArray
    shown: IntArray
    finished: int

    def sessions(self, first: int, last: int) -> tuple[int, int]:
        """Of the finished longer bars from row `first` to `last`: how many are shown whole, and how many there are."""
        stop = min(last + 1, self.finished)
        return (int(self.shown[stop] - self.shown[first]), stop - first) if stop > first else (0, 0)

    def covers(self, first: int, last: int) -> bool:
        """Whether they show enough of the longer bars from row `first` to `last`."""
        shown, there_are = self.sessions(first, last)
        return there_are > 0 and shown >= ENOUGH * there_are

    def rows(self, first: int, last: int) -> slice:
        """The shorter bars of the longer ones from row `first` to `last`."""
        return slice(int(self.begins[first]), int(self.begins[last + 1]))


def finer_of(shape: Bars, finer: Bars | None) -> Finer | None:
    """The shorter bars by the rows of `shape`, the longer ones in one contract's prices; None where there are none for them.

    finer: with the trade date of each bar; what they hold after the last longer bar is not looked at. Of intraday bars nothing is
    made of still shorter ones: their own profile is as good as true.
    """
    finished = len(shape) if shape.provisional is None else len(shape) - 1
    if finer is None or shape.timeframe != "1d" or not finished:
        return None
    found = by_session(
        finer.dates,
        finer.high,
        finer.low,
        finer.volume,
        shape.dates[:finished],
        shape.high[:finished],
        shape.low[:finished],
        step=shape.instrument.step,
    )
    whole = np.repeat(found.is_whole, found.counts)
    moves = np.repeat(found.moves, found.counts)[whole]
    high, low, close = (column[whole] + moves for column in (finer.high, finer.low, finer.close))
    volume = np.nan_to_num(finer.volume[whole], nan=0.0)  # in a bar of minutes of which no volume is told, nothing traded
    money, total = vwap_sums(high, low, close, volume)
    counts = np.zeros(len(shape) + 1, dtype=np.int64)
    counts[found.rows[found.is_whole] + 1] = found.counts[found.is_whole]
    return Finer(
        called=timeframe_of(finer.timeframe).adjective,
        high=high,
        low=low,
        volume=volume,
        money=money,
        total=total,
        begins=np.cumsum(counts),
        shown=np.cumsum(counts > 0),
        finished=finished,
    )
