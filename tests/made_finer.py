"""Shorter bars of made daily ones, for tests of what they tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from levelhead.domain.bars import Bars

STEP = np.timedelta64(30, "m")
OPENS = np.timedelta64(10 * 60, "m")


def halves(
    bars: Bars, parts: Sequence[tuple[float, float, float]] = ((0.0, 1.0, 10.0), (0.5, 0.75, 30.0), (0.75, 1.0, 60.0))
) -> Bars:
    """Half-hours of each day from 10:00 UTC: each part goes from a share of the day's range to another, with a volume."""
    low, span = bars.low[:, None], (bars.high - bars.low)[:, None]
    bottoms, tops, volumes = (np.array(column, dtype=np.float64) for column in zip(*parts, strict=True))
    times = bars.dates.astype("datetime64[m]")[:, None] + OPENS + STEP * np.arange(len(parts))
    bottom, top = (low + span * bottoms).ravel(), (low + span * tops).ravel()
    return Bars(
        instrument=bars.instrument,
        time=times.ravel().astype("datetime64[us]"),
        open=bottom.copy(),
        high=top,
        low=bottom,
        close=top.copy(),
        volume=np.tile(volumes, len(bars)),
        row=np.zeros(len(top), dtype=np.int64),
        timeframe="30m",
        feed="made half-hours",
        days=np.repeat(bars.dates, len(parts)),
    )
