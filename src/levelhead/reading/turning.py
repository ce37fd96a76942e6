"""Where a series turned: its closed bars, ready for their turning points of any size."""

from __future__ import annotations

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.kernels.ranges import atr
from levelhead.kernels.reversals import Zigzag, zigzag_of
from levelhead.reading.panel import WILDER


def closed_zigzag(bars: Bars) -> Zigzag:
    """Of the back-adjusted bars that have closed, all but a provisional last one, which confirms nothing; by their ATR(14)."""
    shape = shape_of(bars)
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    yard = atr(shape.high, shape.low, shape.close, WILDER)[:closed]
    return zigzag_of(shape.high[:closed], shape.low[:closed], shape.close[:closed], yard)
