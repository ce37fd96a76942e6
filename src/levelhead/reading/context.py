"""What a reading is given beside the bars and the peers: yields, implied volatility, breadth, credit, positions, days of news."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.credit import Credit
from levelhead.domain.daily_series import FRESH, Kind, Series, known_rows
from levelhead.domain.events import Events
from levelhead.domain.positions import Positions
from levelhead.kernels.breadth import Breadth


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Context:
    """Later values may be in it: a reading uses of each what the bars' last day knew.

    longer: the same bars made into longer ones, each series ending with the last that was completed with the bars. finer: shorter
    bars of the same days, with the trade date of each (`market.finer`). breadth: by the name of its universe.
    """

    series: tuple[Series, ...] = ()
    events: Events | None = None
    longer: tuple[Bars, ...] = ()
    finer: Bars | None = None
    breadth: tuple[str, Breadth] | None = None
    credit: Credit | None = None
    positions: Positions | None = None

    def of_kind(self, kind: Kind) -> tuple[Series, ...]:
        """The series of one kind, in the order given."""
        return tuple(each for each in self.series if each.kind == kind)


NO_CONTEXT = Context()


def values_on(bars: Bars, series: Series) -> FloatArray:
    """What each bar knows of a series, NaN where nothing, or nothing of the last days; shape (n,)."""
    rows = known_rows(bars, series.dates, fresh=FRESH)
    return np.where(rows >= 0, series.values[np.maximum(rows, 0)], np.nan)
