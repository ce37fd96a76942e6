"""How two feeds of one instrument stand to each other: by an offset or a ratio, constant from one roll to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadBars
from levelhead.domain.sessions import as_date

IntArray = NDArray[np.int64]
Relation = Literal["offset", "ratio"]

WINDOW = 21  # common days whose median shows how the feeds stand; what lasts ten days or less is a deviation, not a new level
NOISE = 4.0  # usual deviations from which a step of the level is a new segment
ROUNDING = 1e-6  # of the price: feeds that keep four bytes a price
ONE_BP = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Days on which the feeds stand to each other in one way: ours = theirs + offset, or ours = theirs * factor."""

    first: dt.date
    last: dt.date
    days: int
    offset: float
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """The common days of two feeds, and what brings the second to the frame of the first.

    ours, theirs: rows of the common days, shape (n,). level: the offset in points, or the factor, of each common day.
    tolerance: points by which a price of that day may differ.
    """

    relation: Relation
    ours: IntArray
    theirs: IntArray
    dates: NDArray[np.datetime64]
    level: FloatArray
    tolerance: FloatArray
    segments: tuple[Segment, ...]

    def brought(self, price: FloatArray, days: NDArray[np.datetime64]) -> FloatArray:
        """Prices of the second feed in the frame of the first; of a day that is not common, by the common day before it."""
        at = np.maximum(np.searchsorted(self.dates, days, side="right") - 1, 0)
        return price * self.level[at] if self.relation == "ratio" else price + self.level[at]


def align(ours: Bars, theirs: Bars, *, tolerance: float | None = None) -> Alignment:
    """Finds the common days, whether an offset or a ratio explains more of the difference of closes, and where it changes.

    tolerance: points; by default one tick, or a basis point of the price where no tick is known.
    Raises BadBars where the feeds have no day in common.
    """
    for bars in (ours, theirs):
        if bars.timeframe != "1d":
            raise BadBars(f"{bars.feed} has {bars.timeframe} bars; two feeds are compared by daily bars, so give those.")
    dates, rows, their_rows = np.intersect1d(ours.dates, theirs.dates, assume_unique=True, return_indices=True)
    if not len(dates):
        raise BadBars(
            f"{ours.feed} ({ours.first} to {ours.as_of}) and {theirs.feed} ({theirs.first} to {theirs.as_of}) have no day in "
            "common; give feeds of the same time."
        )
    close, their_close = ours.close[rows], theirs.close[their_rows]
    allowed = _tolerance(ours, close, tolerance)
    offset = _smooth(close - their_close)
    relation: Relation = "offset"
    level, miss = offset, np.abs(close - their_close - offset)
    if bool(np.all(close > 0) and np.all(their_close > 0)):
        factor = np.exp(_smooth(np.log(close / their_close)))
        missed = np.abs(close - their_close * factor)
        if _beyond(missed, allowed) < _beyond(miss, allowed):
            relation, level, miss = "ratio", factor, missed
    scale = their_close if relation == "ratio" else np.ones(len(dates))
    cut = np.maximum(allowed, NOISE * float(np.median(miss))) / scale
    level, segments = _segments(dates, level, cut, close, their_close)
    plain = 1.0 if relation == "ratio" else 0.0
    level = np.where(np.abs(level - plain) * scale <= allowed, plain, level)  # less than a tick is rounding
    return Alignment(
        relation=relation,
        ours=rows.astype(np.int64),
        theirs=their_rows.astype(np.int64),
        dates=dates,
        level=level,
        tolerance=allowed,
        segments=segments,
    )


def _tolerance(bars: Bars, close: FloatArray, given: float | None) -> FloatArray:
    size = np.abs(close)
    if given is not None:
        return given + ROUNDING * size
    return (ONE_BP * size if bars.instrument.tick is None else bars.instrument.tick) + ROUNDING * size


def _beyond(miss: FloatArray, allowed: FloatArray) -> tuple[int, float]:
    """How much is not explained: days beyond the tolerance, then points."""
    return int(np.count_nonzero(miss > allowed)), float(np.sum(miss))


def _smooth(values: FloatArray) -> FloatArray:
    """Median of the 21 values around each, of the first or last 21 at the ends."""
    if len(values) <= WINDOW:
        return np.full(len(values), np.median(values))
    medians = np.median(np.lib.stride_tricks.sliding_window_view(values, WINDOW), axis=1)
    half = WINDOW // 2
    return np.concatenate([np.full(half, medians[0]), medians, np.full(half, medians[-1])])


def _segments(
    dates: NDArray[np.datetime64], level: FloatArray, cut: FloatArray, close: FloatArray, their_close: FloatArray
) -> tuple[FloatArray, tuple[Segment, ...]]:
    """The level made constant within each segment where it hardly moves there, and the segments."""
    starts = [0, *(np.flatnonzero(np.abs(np.diff(level)) > cut[1:]) + 1).tolist()]
    settled, segments = level.copy(), []
    for start, end in zip(starts, [*starts[1:], len(dates)], strict=True):
        part = level[start:end]
        if np.ptp(part) <= cut[start]:
            settled[start:end] = np.median(part)
        segments.append(
            Segment(
                first=as_date(dates[start]),
                last=as_date(dates[end - 1]),
                days=end - start,
                offset=float(np.median(close[start:end] - their_close[start:end])),
                factor=float(np.median(close[start:end] / their_close[start:end])),
            )
        )
    return settled, tuple(segments)
