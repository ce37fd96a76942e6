"""Appetite for credit, as two funds show it: bonds of high yield against treasuries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Credit:
    """Closes of the two on the days that both have, ascending: arrays of shape (n,), n >= 1.

    high_yield, treasuries: their symbols.
    """

    high_yield: str
    treasuries: str
    dates: NDArray[np.datetime64]
    numerator: FloatArray
    denominator: FloatArray

    @classmethod
    def of(cls, high_yield: Bars, treasuries: Bars) -> Credit:
        """The two, of daily bars. Raises BadBars where they are not daily, have no day in common, or a close is not positive."""
        one, two = high_yield.instrument.symbol, treasuries.instrument.symbol
        for bars in (high_yield, treasuries):
            if bars.timeframe != "1d":
                raise BadBars(
                    f"{bars.instrument.symbol} is given in bars of {bars.timeframe}; credit is told from daily bars, give those."
                )
            if float(bars.close.min()) <= 0:
                day = bars.dates[int(np.argmin(bars.close))]
                raise BadBars(
                    f"{bars.instrument.symbol}: the close of {day} is {bars.close.min():g}; a ratio needs closes above 0."
                )
        dates, rows, others = np.intersect1d(high_yield.dates, treasuries.dates, assume_unique=True, return_indices=True)
        if len(dates) == 0:
            raise BadBars(f"{one} and {two} have no day in common; give files of the same years.")
        return cls(
            high_yield=one,
            treasuries=two,
            dates=dates,
            numerator=high_yield.close[rows],
            denominator=treasuries.close[others],
        )

    @property
    def name(self) -> str:
        """'HYG/TLT'."""
        return f"{self.high_yield}/{self.treasuries}"

    @property
    def ratio(self) -> FloatArray:
        """One divided by the other."""
        return self.numerator / self.denominator

    def digest(self, count: int) -> str:
        """'sha256:...' of the symbols and the first `count` days."""
        h = hashlib.sha256(f"{self.name}|credit|{count}|".encode())
        h.update(self.dates[:count].astype("datetime64[D]").astype("<i8").tobytes())
        for values in (self.numerator, self.denominator):
            h.update(np.ascontiguousarray(values[:count], dtype="<f8").tobytes())
        return "sha256:" + h.hexdigest()
