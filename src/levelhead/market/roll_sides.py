"""Which of two feeds rolls later, and which one's prices before rolls were moved: read off their gaps at the rolls."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.market.alignment import Alignment
from levelhead.market.expiries import is_off_grid

IntArray = NDArray[np.int64]
Side = Literal["ours", "theirs"]

MOSTLY = 0.5  # of the closes off the grid of ticks: no exchange printed them
SURE = 4.0  # squared usual gaps from which it is told which feed rolls later
MOST = 9.0  # squared usual gaps that one roll may weigh


def later_side(ours: Bars, theirs: Bars, alignment: Alignment, rolls: list[tuple[int, int]]) -> Side | None:
    """The feed that rolls later: where the window opens the other one gaps, where it ends the later one does."""
    if not rolls:
        return None
    gaps = [_gaps(bars, rows) for bars, rows in ((ours, alignment.ours), (theirs, alignment.theirs))]
    weight = gaps[1] ** 2 - gaps[0] ** 2
    n = len(weight)
    evidence = sum(float(np.clip(weight[start], -MOST, MOST)) for start, _ in rolls)
    evidence -= sum(float(np.clip(weight[end], -MOST, MOST)) for _, end in rolls if end < n)
    return None if abs(evidence) < SURE else "ours" if evidence > 0 else "theirs"


def adjusted_side(ours: Bars, theirs: Bars, alignment: Alignment) -> Side | None:
    """The feed whose prices before rolls were moved: off the grid of ticks, or without the gap that the other one has there."""
    off = [float(np.mean(is_off_grid(bars)[rows])) for bars, rows in ((ours, alignment.ours), (theirs, alignment.theirs))]
    if alignment.is_plain or alignment.relation == "both":
        return None
    if alignment.relation == "ratio" and (off[0] > MOSTLY) != (off[1] > MOSTLY):
        return "ours" if off[0] > MOSTLY else "theirs"
    starts = [int(np.searchsorted(alignment.dates, np.datetime64(each.first))) for each in alignment.segments[1:]]
    points = [_gap_points(bars)[rows] for bars, rows in ((ours, alignment.ours), (theirs, alignment.theirs))]
    usual = max(float(np.median(np.abs(each))) for each in points)  # one yardstick: a feed may hardly have gaps but at rolls
    gaps = [each[starts] / usual for each in points] if usual else points
    evidence = float(np.sum(np.clip(gaps[1] ** 2 - gaps[0] ** 2, -MOST, MOST)))
    return None if abs(evidence) < SURE else "ours" if evidence > 0 else "theirs"


def _gaps(bars: Bars, rows: IntArray) -> FloatArray:
    """Gap from the close before to the open of each common day, in usual gaps of the feed; 0 where there is none before."""
    gap = _gap_points(bars)
    usual = float(np.median(np.abs(gap)))
    return gap[rows] / usual if usual > 0 else np.zeros(len(rows))


def _gap_points(bars: Bars) -> FloatArray:
    return np.concatenate([[0.0], bars.open[1:] - bars.close[:-1]])
