"""Crosses of RSI and of MACD with their signal lines as occurrences."""

from __future__ import annotations

import numpy as np

from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Crossing, Panel


def line_cross_occurrences(panel: Panel, closed: int) -> tuple[Occurrences, ...]:
    """'rsi.signal_crossed', 'macd.signal_crossed': bullish from below, bearish from above."""
    return (
        _crosses("rsi.signal_crossed", panel.rsi_crossing, closed),
        _crosses("macd.signal_crossed", panel.macd_crossing, closed),
    )


def _crosses(kind: str, crossing: Crossing, closed: int) -> Occurrences:
    rows = np.unique(crossing.cross[:closed])
    rows = rows[rows >= 0]
    return occurrences(kind, rows, crossing.held[rows].astype(np.int8))
