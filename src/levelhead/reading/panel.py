"""The indicator arrays of one reading, computed once over the whole history that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.roll import shifts
from levelhead.kernels.averages import sma
from levelhead.kernels.momentum import Macd, gain_and_loss, macd, rsi, rsi_signal
from levelhead.kernels.ranges import atr, true_range
from levelhead.reading.settings import AVERAGES

WILDER = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """Arrays of shape (n,), one row for each bar, NaN while not known; row t depends on bars up to t alone.

    averages: by their number of bars.
    """

    averages: Mapping[int, FloatArray]
    rsi: FloatArray
    rsi_signal: FloatArray
    gain: FloatArray
    loss: FloatArray
    macd: Macd
    true_range: FloatArray
    atr: FloatArray

    def until(self, count: int) -> Panel:
        """The first `count` rows: the panel of the first `count` bars, bit for bit."""
        if count == len(self.atr):
            return self
        line = self.macd
        return Panel(
            averages={n: average[:count] for n, average in self.averages.items()},
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
        )


def panel_of(bars: Bars) -> Panel:
    """All arrays that the facts and the chart of these bars need.

    Ranges are those of the contract that traded: the gap of a roll is in no true range where the rolls are known.
    """
    index = rsi(bars.close, WILDER)
    gain, loss = gain_and_loss(bars.close, WILDER)
    high, low, close = _without_gaps(bars)
    return Panel(
        averages={n: sma(bars.close, n) for n in AVERAGES},
        rsi=index,
        rsi_signal=rsi_signal(index, WILDER),
        gain=gain,
        loss=loss,
        macd=macd(bars.close),
        true_range=true_range(high, low, close),
        atr=atr(high, low, close, WILDER),
    )


def _without_gaps(bars: Bars) -> tuple[FloatArray, FloatArray, FloatArray]:
    """High, low and close, shifted so that each close stands in the contract of the bar after it."""
    if not bars.rolls or bars.adjustment != "none":
        return bars.high, bars.low, bars.close
    added = shifts(bars.dates, bars.rolls)
    return bars.high + added, bars.low + added, bars.close + added
