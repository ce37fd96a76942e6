"""How two feeds of one instrument stand to each other: by an offset, a ratio or both, constant from one roll to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadBars
from levelhead.domain.sessions import as_date
from levelhead.market.straight_lines import straight_lines

IntArray = NDArray[np.int64]
Relation = Literal["offset", "ratio", "both"]

PRICES = ("open", "high", "low", "close")
WINDOW = 21  # common days whose median shows how the feeds stand; what lasts ten days or less is a deviation, not a new level
SHORTEST = 3  # days of one level that are a segment at either end, where a median has too few days to see them
NOISE = 4.0  # usual deviations from which a step of the level is a new segment
ROUNDING = 1e-6  # of the price: feeds that keep four bytes a price
ONE_BP = 1e-4
UNEXPLAINED = 0.1  # of the days: beyond that neither an offset nor a ratio may be how the feeds stand, and both are tried
BETTER = 0.25  # of the days left unexplained may remain


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Days on which the feeds stand to each other in one way: ours = theirs + offset, ours = theirs * factor, or both.

    offset, factor: medians over the days, each by itself; of a relation of both, ours = theirs * factor + offset.
    """

    first: dt.date
    last: dt.date
    days: int
    offset: float
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """The common days of two feeds, and what brings the second to the frame of the first.

    ours, theirs: rows of the common days, shape (n,). factor, offset: what their price of each common day is multiplied with, and
    what is added then. tolerance: points by which a price of that day may differ.
    """

    relation: Relation
    ours: IntArray
    theirs: IntArray
    dates: NDArray[np.datetime64]
    factor: FloatArray
    offset: FloatArray
    tolerance: FloatArray
    segments: tuple[Segment, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the feeds stand in one frame: nothing is added and nothing multiplied on any day."""
        return bool(np.all(self.factor == 1) and np.all(self.offset == 0))

    def brought(self, price: FloatArray, days: NDArray[np.datetime64]) -> FloatArray:
        """Prices of the second feed in the frame of the first; of a day that is not common, by the common day before it."""
        at = np.maximum(np.searchsorted(self.dates, days, side="right") - 1, 0)
        return price * self.factor[at] + self.offset[at]


def align(ours: Bars, theirs: Bars, *, tolerance: float | None = None) -> Alignment:
    """Finds the common days, whether an offset or a ratio explains more of the difference, and where it changes.

    How a day stands is the median over its open, high, low and close: feeds that close at another hour, or at the settlement,
    stand to each other as their other prices do. Where neither explains most days, both together are tried: one feed adjusted
    by ratio, the other by difference. tolerance: points; by default one tick, or a basis point where no tick is known.
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
    own, other = (np.array([getattr(bars, p)[at] for p in PRICES]) for bars, at in ((ours, rows), (theirs, their_rows)))
    allowed = _tolerance(ours, own[3], tolerance)
    relation, factor, offset, segments = _stand(own, other, allowed, dates)
    return Alignment(
        relation=relation,
        ours=rows.astype(np.int64),
        theirs=their_rows.astype(np.int64),
        dates=dates,
        factor=factor,
        offset=offset,
        tolerance=allowed,
        segments=segments,
    )


def _stand(
    own: FloatArray, other: FloatArray, allowed: FloatArray, dates: NDArray[np.datetime64]
) -> tuple[Relation, FloatArray, FloatArray, tuple[Segment, ...]]:
    """The relation, the factor and the offset of each day, and the segments."""
    apart = np.median(own - other, axis=0)
    offset = _smooth(apart)
    relation: Relation = "offset"
    seen, level, scale, plain = apart, offset, np.ones(len(dates)), 0.0
    positive = bool(np.all(own > 0) and np.all(other > 0))
    if positive:
        ratio = np.exp(np.median(np.log(own / other), axis=0))
        factor = np.exp(_smooth(np.log(ratio)))
        if _beyond(np.abs(ratio - factor) * other[3], allowed) < _beyond(np.abs(apart - offset), allowed):
            relation, seen, level, scale, plain = "ratio", ratio, factor, other[3], 1.0
    cut = np.maximum(allowed, NOISE * float(np.median(np.abs(seen - level) * scale))) / scale
    level, starts = _settled(seen, level, cut, plain)
    if positive and (share := np.mean(np.abs(seen - level) * scale > allowed)) > UNEXPLAINED:
        lines, slope, height = straight_lines(own, other, allowed)
        if np.mean(np.abs(np.median(own - (other * slope + height), axis=0)) > allowed) < BETTER * share:
            return "both", slope, height, _segments(dates, lines, height, slope)
    ratios = ratio if positive else np.full(len(dates), np.nan)
    segments = _segments(dates, starts, apart, ratios)
    level = np.where(np.abs(level - plain) * scale <= allowed, plain, level)  # less than a tick is rounding
    if relation == "ratio":
        return relation, level, np.zeros(len(dates)), segments
    return relation, np.ones(len(dates)), level, segments


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


def _settled(seen: FloatArray, level: FloatArray, cut: FloatArray, plain: float) -> tuple[FloatArray, list[int]]:
    """The level made constant within each segment where it hardly moves there, and where the segments start."""
    starts = [0, *(np.flatnonzero(np.abs(np.diff(level)) > cut[1:]) + 1).tolist()]
    settled = level.copy()
    for start, end in zip(starts, [*starts[1:], len(level)], strict=True):
        part = level[start:end]
        if np.ptp(part) <= cut[start]:
            settled[start:end] = np.median(part)
    for k, rows in ((_edge(seen, settled, cut, plain), 1), (_edge(seen[::-1], settled[::-1], cut[::-1], plain), -1)):
        if k:
            edge = slice(0, k) if rows == 1 else slice(len(seen) - k, None)
            settled[edge] = np.median(seen[edge])
            starts.append(k if rows == 1 else len(seen) - k)
    return settled, sorted(set(starts))


def _edge(seen: FloatArray, level: FloatArray, cut: FloatArray, plain: float) -> int:
    """How many of the first days stand in another way than the level that follows, which has too few of them to see.

    Only where that level is not the plain one: beside feeds in one frame such days are of another contract, a roll under way.
    """
    if abs(level[0] - plain) <= cut[0]:
        return 0
    away = np.abs(seen - level) > cut
    k = int(np.argmin(away)) if not away.all() else 0
    return k if k >= SHORTEST and np.ptp(seen[:k]) <= cut[0] else 0


def _segments(dates: NDArray[np.datetime64], starts: list[int], offset: FloatArray, factor: FloatArray) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            first=as_date(dates[start]),
            last=as_date(dates[end - 1]),
            days=end - start,
            offset=float(np.median(offset[start:end])),
            factor=float(np.median(factor[start:end])),
        )
        for start, end in zip(starts, [*starts[1:], len(dates)], strict=True)
    )
