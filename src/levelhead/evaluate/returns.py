"""An instrument's past as a forecaster of closes sees it: log returns without rolls' gaps, and the usual range of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import as_traded, previous_closes
from levelhead.domain.bars import Bars
from levelhead.kernels.ranges import atr

FloatArray = NDArray[np.float64]
DayArray = NDArray[np.datetime64]
ATR_BARS = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Returns:
    """Columns of shape (n,), row t from bars up to t alone, bit for bit.

    days: trade dates, ascending. log: the return from the close before, 0 in row 0. level: their running sum. yard: ATR(14) over
    the close, NaN before it is known.
    """

    days: DayArray
    log: FloatArray
    level: FloatArray
    yard: FloatArray

    def __len__(self) -> int:
        return len(self.days)

    def rows(self, as_of: DayArray) -> NDArray[np.int64]:
        """The row of the last bar not after each day; -1 where there is none."""
        return np.searchsorted(self.days, as_of, side="right") - 1


def returns_of(bars: Bars) -> Returns:
    """The returns of daily bars. Where the rolls of a future are known, their gaps are no returns."""
    traded = as_traded(bars)
    log = np.zeros(len(traded))
    log[1:] = np.log(traded.close[1:] / previous_closes(traded)[1:])
    level = np.cumsum(log)
    # prices chained forwards from 1: what a later roll would rescale stays as it was
    close = np.exp(level)
    average = atr(traded.high / traded.close * close, traded.low / traded.close * close, close, ATR_BARS)
    return Returns(days=traded.dates, log=log, level=level, yard=average / close)
