"""Some of the rows of bars, as bars of their own: what no reading does, and what tests of meaning need."""

from __future__ import annotations

from dataclasses import replace

from levelhead.domain.bars import Bars


def rows_of(bars: Bars, rows: slice) -> Bars:
    return replace(
        bars,
        time=bars.time[rows],
        open=bars.open[rows],
        high=bars.high[rows],
        low=bars.low[rows],
        close=bars.close[rows],
        volume=bars.volume[rows],
        row=bars.row[rows],
        days=None if bars.days is None else bars.days[rows],
    )
