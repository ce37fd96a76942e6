"""The bars of many symbols, day by day: what the breadth of a market is counted in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadBars

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Universe:
    """Daily rows of many symbols, sorted by symbol and then by date, one of each: arrays of shape (n,), n >= 1.

    symbols: their names, ascending. symbol: which of them a row is of. high, low: the closes where the file has none.
    """

    name: str
    symbols: tuple[str, ...]
    symbol: NDArray[np.int64]
    dates: NDArray[np.datetime64]
    high: FloatArray
    low: FloatArray
    close: FloatArray

    def __post_init__(self) -> None:
        if len(self.dates) == 0:
            raise BadBars(f"{self.name}: holds no close; give a file with symbol,date,close.")
        same, step = np.diff(self.symbol) == 0, np.diff(self.dates).astype(np.int64)
        if bool((same & (step == 0)).any()):
            raise BadBars(f"{self._row(int(np.argmax(same & (step == 0))) + 1)} stands there twice; leave one of the two rows.")
        if not bool((self.symbol[1:] >= self.symbol[:-1]).all()) or bool((same & (step < 0)).any()):
            raise BadBars(f"{self.name}: its rows are not sorted by symbol and date; sort them.")
        for column, values in (("close", self.close), ("high", self.high), ("low", self.low)):
            wrong = ~(np.isfinite(values) & (values > 0))
            if bool(wrong.any()):
                at = int(np.argmax(wrong))
                raise BadBars(
                    f"{self._row(at)} has the {column} {values[at]:g}; a price is above 0, correct it or leave the row out."
                )

    def _row(self, at: int) -> str:
        return f"{self.name}: {self.symbols[self.symbol[at]]} on {self.dates[at]}"
