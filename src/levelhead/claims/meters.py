"""Measures read bar by bar, as one continues an average by hand."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from levelhead.claims.columns import Known, check_known, series_of
from levelhead.domain.event import Measure
from levelhead.kernels.along import STILL
from levelhead.kernels.momentum import gain_and_loss


class Bar(NamedTuple):
    """One finished bar."""

    open: float
    high: float
    low: float
    close: float


class Meter:
    """A measure at the latest bar: `value`, NaN until known, and at the bar before it: `previous`."""

    def __init__(self, measure: Measure, known: Known) -> None:
        check_known(measure, known)
        self._measure = measure
        self._closes = known.close.tolist()
        self.value = float(series_of(measure, known)[-1])
        self.previous = math.nan
        self._gain, self._loss = math.nan, math.nan
        if measure.name == "rsi" and len(self._closes) > measure.bars:
            gains, losses = gain_and_loss(np.asarray(known.close), measure.bars)
            self._gain, self._loss = float(gains[-1]), float(losses[-1])

    def feed(self, bar: Bar) -> None:
        """The next bar."""
        self.previous, before = self.value, self._closes[-1]
        self._closes.append(bar.close)
        n = self._measure.bars
        if self._measure.name == "sma":
            self.value = math.fsum(self._closes[-n:]) / n if len(self._closes) >= n else math.nan
        elif self._measure.name == "ema":
            self.value = (bar.close - self.value) * (2.0 / (n + 1)) + self.value
        elif self._measure.name == "atr":
            self.value = (self.value * (n - 1) + max(bar.high, before) - min(bar.low, before)) / n
        elif self._measure.name == "rsi":
            self.value = self._index(bar.close - before)
        else:
            self.value = float(getattr(bar, self._measure.name))

    def _index(self, change: float) -> float:
        n = self._measure.bars
        self._gain = (self._gain * (n - 1) + max(change, 0.0)) / n
        self._loss = (self._loss * (n - 1) + max(-change, 0.0)) / n
        moved = self._gain + self._loss
        return math.nan if moved < STILL else 100.0 * (self._gain / moved)


class Panel:
    """The meters of one series of bars, and its last price."""

    def __init__(self, measures: list[Measure], last: float, known: Known | None) -> None:
        self.last = last
        self._meters = {} if known is None else {measure: Meter(measure, known) for measure in measures}

    def of(self, measure: Measure) -> Meter:
        """The meter of a measure."""
        return self._meters[measure]

    def feed(self, bar: Bar) -> None:
        """The next bar."""
        self.last = bar.close
        for meter in self._meters.values():
            meter.feed(bar)
