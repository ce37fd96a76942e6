"""The indicator arrays of one reading, computed once over the whole history that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.roll import shifts
from levelhead.kernels.averages import sma
from levelhead.kernels.crosses import SideArray, cross_rows, held_side, side
from levelhead.kernels.momentum import Macd, gain_and_loss, macd, rsi, rsi_signal
from levelhead.kernels.ranges import atr, true_range
from levelhead.kernels.window_sums import WindowSums
from levelhead.reading.settings import AVERAGES

WILDER = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crossing:
    """Which of two lines is above at each row: side, 1, -1, or 0 where they are equal or one is not known; held: the last side
    that was not 0; cross: the row at which they last changed places, -1 until they did.
    """

    side: SideArray
    held: SideArray
    cross: NDArray[np.int64]

    def until(self, count: int) -> Crossing:
        """The first `count` rows."""
        return Crossing(side=self.side[:count], held=self.held[:count], cross=self.cross[:count])

    @property
    def last(self) -> int | None:
        """The row at which the lines last changed places, None where they never did."""
        row = int(self.cross[-1])
        return None if row < 0 else row


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """Arrays of shape (n,), one row for each bar, NaN while not known; row t depends on bars up to t alone.

    averages: by their number of bars. price_crossing: of the close and each average, by its number of bars; golden_crossing: of
    the 50-day and the 200-day; rsi_crossing, macd_crossing: of each and its signal line. closes: sums of closes in a row, exact;
    of all bars that the panel was once of.
    """

    averages: Mapping[int, FloatArray]
    price_crossing: Mapping[int, Crossing]
    golden_crossing: Crossing
    rsi_crossing: Crossing
    macd_crossing: Crossing
    rsi: FloatArray
    rsi_signal: FloatArray
    gain: FloatArray
    loss: FloatArray
    macd: Macd
    true_range: FloatArray
    atr: FloatArray
    closes: WindowSums

    def until(self, count: int) -> Panel:
        """The first `count` rows: the panel of the first `count` bars, bit for bit."""
        if count == len(self.atr):
            return self
        line = self.macd
        return Panel(
            averages={n: average[:count] for n, average in self.averages.items()},
            price_crossing={n: crossing.until(count) for n, crossing in self.price_crossing.items()},
            golden_crossing=self.golden_crossing.until(count),
            rsi_crossing=self.rsi_crossing.until(count),
            macd_crossing=self.macd_crossing.until(count),
            rsi=self.rsi[:count],
            rsi_signal=self.rsi_signal[:count],
            gain=self.gain[:count],
            loss=self.loss[:count],
            macd=Macd(
                fast=line.fast[:count],
                slow=line.slow[:count],
                line=line.line[:count],
                signal=line.signal[:count],
                histogram=line.histogram[:count],
            ),
            true_range=self.true_range[:count],
            atr=self.atr[:count],
            closes=self.closes,
        )


def panel_of(bars: Bars) -> Panel:
    """All arrays that the facts and the chart of these bars need.

    Ranges are those of the contract that traded: the gap of a roll is in no true range where the rolls are known.
    """
    index = rsi(bars.close, WILDER)
    signal = rsi_signal(index, WILDER)
    gain, loss = gain_and_loss(bars.close, WILDER)
    high, low, close = without_gaps(bars)
    averages = {n: sma(bars.close, n) for n in AVERAGES}
    lines = macd(bars.close)
    return Panel(
        averages=averages,
        price_crossing={n: crossing_of(bars.close, average, bars.close) for n, average in averages.items()},
        golden_crossing=crossing_of(averages[50], averages[200], bars.close),
        rsi_crossing=crossing_of(index, signal, np.full(len(bars), 100.0)),
        macd_crossing=crossing_of(lines.line, lines.signal, bars.close),
        rsi=index,
        rsi_signal=signal,
        gain=gain,
        loss=loss,
        macd=lines,
        true_range=true_range(high, low, close),
        atr=atr(high, low, close, WILDER),
        closes=WindowSums(bars.close),
    )


def crossing_of(line: FloatArray, other: FloatArray, scale: FloatArray) -> Crossing:
    """How two lines cross; scale: the size of the numbers they were computed from."""
    sides = side(line, other, scale)
    held = held_side(sides)
    return Crossing(side=sides, held=held, cross=cross_rows(held))


def without_gaps(bars: Bars) -> tuple[FloatArray, FloatArray, FloatArray]:
    """High, low and close, shifted so that each close stands in the contract of the bar after it."""
    if not bars.rolls or bars.adjustment != "none":
        return bars.high, bars.low, bars.close
    added = shifts(bars.dates, bars.rolls)
    return bars.high + added, bars.low + added, bars.close + added
