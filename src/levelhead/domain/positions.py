"""Positions in a future as they are reported once a week and published days later: the Commitments of Traders."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import known_rows
from levelhead.domain.errors import BadBars

FloatArray = NDArray[np.float64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Positions:
    """Reports of one group of traders in one future, by the day they are of: arrays of shape (n,), n >= 1.

    dates: datetime64[D], ascending. released: the day on which each was published, not before its date. long, short: contracts,
    not negative. open_interest: contracts, above 0.
    """

    name: str
    dates: Days
    released: Days
    long: FloatArray
    short: FloatArray
    open_interest: FloatArray

    def __post_init__(self) -> None:
        if len(self.dates) == 0:
            raise BadBars(f"{self.name}: holds no report; give a file with date,released,long,short,open_interest.")
        if not bool((self.dates[1:] > self.dates[:-1]).all()):
            at = int(np.argmin(self.dates[1:] > self.dates[:-1])) + 1
            raise BadBars(f"{self.name}: {self.dates[at]} does not come after {self.dates[at - 1]}; sort by date, one report each.")
        if bool((self.released < self.dates).any()):
            at = int(np.argmax(self.released < self.dates))
            days = f"{self.dates[at]} is released on {self.released[at]}"
            raise BadBars(f"{self.name}: the report of {days}, before its day; correct one of them.")
        for what, values, wrong in (
            ("long", self.long, self.long < 0),
            ("short", self.short, self.short < 0),
            ("open interest", self.open_interest, self.open_interest <= 0),
        ):
            refused = wrong | ~np.isfinite(values)
            if bool(refused.any()):
                at = int(np.argmax(refused))
                raise BadBars(
                    f"{self.name}: the report of {self.dates[at]} has {values[at]:g} contracts {what}; correct it, or take it out."
                )

    def known(self, bars: Bars) -> Positions | None:
        """The reports that the bars' last day knew, by their release; None where there is none."""
        order = np.argsort(self.released, kind="stable")
        count = int(known_rows(bars, self.released[order])[-1]) + 1
        rows = np.sort(order[:count])
        return self._at(rows) if count else None

    def _at(self, rows: NDArray[np.int64]) -> Positions:
        return Positions(
            name=self.name,
            dates=self.dates[rows],
            released=self.released[rows],
            long=self.long[rows],
            short=self.short[rows],
            open_interest=self.open_interest[rows],
        )

    def digest(self) -> str:
        """'sha256:...' of name and reports."""
        h = hashlib.sha256(f"{self.name}|positions|{len(self.dates)}|".encode())
        for days in (self.dates, self.released):
            h.update(days.astype("datetime64[D]").astype("<i8").tobytes())
        for values in (self.long, self.short, self.open_interest):
            h.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        return "sha256:" + h.hexdigest()
