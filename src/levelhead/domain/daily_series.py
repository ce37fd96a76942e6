"""One value a day that is no price of the instrument: an index of implied volatility, or a yield."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars

FloatArray = NDArray[np.float64]
Kind = Literal["implied", "yield"]

FRESH = 7  # days after which a value counts as unknown
_LONG_BARS = ("1d", "1w", "1mo")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One value a day: an index of implied volatility ('implied'), or a yield ('yield'), both in per cent a year.

    dates: datetime64[D], ascending. values: positive for implied volatility. A value is known on the evening of its date.
    """

    name: str
    kind: Kind
    dates: NDArray[np.datetime64]
    values: FloatArray

    def __post_init__(self) -> None:
        if len(self.dates) == 0 or self.dates.shape != self.values.shape:
            raise BadBars(f"{self.name}: {len(self.dates)} dates and {len(self.values)} values; give one value for each date.")
        if not bool(np.all(self.dates[1:] > self.dates[:-1])):
            at = int(np.argmin(self.dates[1:] > self.dates[:-1])) + 1
            raise BadBars(f"{self.name}: {self.dates[at]} does not come after {self.dates[at - 1]}; sort by date, one value each.")
        if not bool(np.isfinite(self.values).all()):
            raise BadBars(f"{self.name}: the value of {self.dates[~np.isfinite(self.values)][0]} is no number; take the row out.")
        if self.kind == "implied" and float(self.values.min()) <= 0:
            at = int(np.argmin(self.values))
            raise BadBars(f"{self.name}: {self.values[at]:g} on {self.dates[at]}; an implied volatility is positive, in per cent.")

    def digest(self, count: int | None = None) -> str:
        """'sha256:...' of name, kind and the first `count` values, or all."""
        dates, values = self.dates[:count], self.values[:count]
        h = hashlib.sha256(f"{self.name}|{self.kind}|{len(dates)}|".encode())
        h.update(dates.astype("datetime64[D]").astype("<i8").tobytes())
        h.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        return "sha256:" + h.hexdigest()


def known_rows(bars: Bars, dates: NDArray[np.datetime64], *, fresh: int | None = None) -> NDArray[np.int64]:
    """For each bar the row of the last of `dates` that it knows, -1 where there is none: shape (n,).

    A finished bar of a day or longer knows its own date; an intraday or a provisional one knows the days before it.
    fresh: days after which a value is forgotten.
    """
    own = bars.dates
    rows = np.searchsorted(dates, own, side="right" if bars.timeframe in _LONG_BARS else "left") - 1
    if bars.provisional is not None:
        rows[-1] = np.searchsorted(dates, own[-1], side="left") - 1
    if fresh is not None:
        stale = own - dates[np.maximum(rows, 0)] > np.timedelta64(fresh, "D")
        rows[stale] = -1
    return rows.astype(np.int64)
