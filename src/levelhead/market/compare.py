"""Two feeds of one instrument, day by day: where they differ, why, and which numbers that moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.market.alignment import PRICES, Alignment, Segment, align
from levelhead.market.derived import Moved, moved_numbers
from levelhead.market.expiries import expiries, is_expiry, is_off_grid
from levelhead.market.impossible import BoolArray
from levelhead.market.roll_sides import Side, adjusted_side, later_side

IntArray = NDArray[np.int64]
Why = Literal["expiry settlement", "roll window", "close only", "other"]
WHYS: tuple[Why, ...] = ("expiry settlement", "roll window", "close only", "other")

AWAY = 12  # common days from an expiry within which feeds roll, and the most that a roll window lasts
STEADY = 5  # common days before and after a roll window of which most stand as the feeds always do
LOOK_AHEAD = dt.timedelta(days=20)  # the expiry that a file ends before
SETTLED = 5.0  # tolerances, or usual misses, by which a close must miss the day before's relation: a spread moves less in a day
SHIFTED = 0.5  # of a shift: how far open, high, low and close of a bar of another contract may lie apart
USUAL = 0.2  # of the days on which only the close differs: from there the feeds close at another hour, or one at the settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A common day on which a price differs by more than the tolerance, the other feed brought to our frame.

    points, bp, ticks: of the close, ours minus theirs, bp of ours; ticks None where no tick is known. column, column_points:
    the price that differs most. row, their_row: lines of the files.
    """

    date: dt.date
    why: Why
    points: float
    bp: float
    ticks: float | None
    column: str
    column_points: float
    row: int
    their_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlements:
    """Expiries that both feeds have: how far the closes' ratio lies from the one of the common day before.

    median_bp, worst_bp: sizes. whose: the feed that carries the settlement, None where that cannot be told.
    """

    expiries: int
    median_bp: float
    worst_bp: float
    worst_on: dt.date
    whose: Side | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What two feeds of one instrument say of the same time.

    differences: ascending. only_ours, only_theirs: days between the first and the last common day that one feed lacks.
    later: the feed that rolls later, None where none does or it cannot be told. adjusted: the feed whose prices before rolls were
    moved, None where the feeds stand in one frame or it cannot be told.
    """

    alignment: Alignment
    differences: tuple[Difference, ...]
    only_ours: tuple[dt.date, ...]
    only_theirs: tuple[dt.date, ...]
    settlements: Settlements | None
    later: Side | None
    adjusted: Side | None
    moved: tuple[Moved, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The days on which the feeds stand to each other in one way."""
        return self.alignment.segments

    @property
    def first(self) -> dt.date:
        """The first common day."""
        return as_date(self.alignment.dates[0])

    @property
    def last(self) -> dt.date:
        """The last common day."""
        return as_date(self.alignment.dates[-1])

    def days(self, why: Why) -> tuple[Difference, ...]:
        """The differences of one kind."""
        return tuple(each for each in self.differences if each.why == why)


def compare(ours: Bars, theirs: Bars, sessions: SessionTable | None, *, tolerance: float | None = None) -> Comparison:
    """Compares a feed with a reference of the same instrument. Neither is taken to be right but where the grid of ticks says so.

    tolerance: points by which prices may differ; by default one tick, or a basis point where no tick is known.
    Raises BadBars where they have no day in common.
    """
    alignment = align(ours, theirs, tolerance=tolerance)
    residual = residuals(ours, theirs, alignment)
    differs: BoolArray = np.any(np.abs(residual) > alignment.tolerance, axis=0)
    expiry = is_expiry(ours, sessions)[alignment.ours]
    step = _settlement_steps(ours, theirs, alignment)
    miss = np.abs(step) * ours.close[alignment.ours]
    missed = miss > SETTLED * np.maximum(alignment.tolerance, np.median(miss))
    off = is_off_grid(ours)[alignment.ours] != is_off_grid(theirs)[alignment.theirs]
    # of adjusted prices every close lies off the grid: there it says nothing
    settled: BoolArray = expiry & differs & (missed | (off & (np.mean(off) < SHIFTED)))
    rolls = _roll_windows(differs, _expiry_places(ours, alignment, sessions), residual, alignment)
    in_roll = np.zeros(len(differs), dtype=np.bool_)
    for start, end in rolls:
        in_roll[start:end] = True
    close_only = differs & ~settled & ~in_roll & np.all(np.abs(residual[:3]) <= alignment.tolerance, axis=0)
    if np.mean(close_only) < USUAL:
        close_only[:] = False  # single days: a wrong print
    reasons = np.select([settled, in_roll, close_only], list(WHYS[:3]), default="other")
    return Comparison(
        alignment=alignment,
        differences=_differences(ours, theirs, alignment, residual, differs, reasons),
        only_ours=_alone(ours, theirs, alignment),
        only_theirs=_alone(theirs, ours, alignment),
        settlements=_settlements(ours, theirs, alignment, expiry, step, settled),
        later=later_side(ours, theirs, alignment, rolls),
        adjusted=adjusted_side(ours, theirs, alignment),
        moved=moved_numbers(ours, theirs, alignment),
    )


def residuals(ours: Bars, theirs: Bars, alignment: Alignment) -> FloatArray:
    """Our prices minus theirs in our frame: rows open, high, low, close; a column for each common day."""
    return np.array(
        [
            getattr(ours, name)[alignment.ours] - alignment.brought(getattr(theirs, name)[alignment.theirs], alignment.dates)
            for name in PRICES
        ]
    )


def _settlement_steps(ours: Bars, theirs: Bars, alignment: Alignment) -> FloatArray:
    """Relative change of the closes' relation from the common day before, shape (n,); 0 on the first."""
    close, other = ours.close[alignment.ours], alignment.brought(theirs.close[alignment.theirs], alignment.dates)
    if not (np.all(close > 0) and np.all(other > 0)):
        return np.zeros(len(close))
    ratio = close / other
    return np.concatenate([[0.0], ratio[1:] / ratio[:-1] - 1])


def _expiry_places(ours: Bars, alignment: Alignment, sessions: SessionTable | None) -> IntArray:
    """Where the expiries fall among the common days: the day itself or the one before it, counted on beyond the last."""
    dates = alignment.dates
    days = expiries(ours.instrument, as_date(dates[0]), as_date(dates[-1]) + LOOK_AHEAD, sessions)
    beyond = np.maximum(np.busday_count(dates[-1], days), 0) if len(days) else np.zeros(0, dtype=np.int64)
    places: IntArray = np.searchsorted(dates, days, side="right") - 1 + beyond
    return places


def _roll_windows(differs: BoolArray, at: IntArray, residual: FloatArray, alignment: Alignment) -> list[tuple[int, int]]:
    """The roll windows: (first, first after) of each.

    Days in a row near an expiry whose bars are of another contract: shifted as a whole, or differing until the expiry; twelve at
    most, and most of the days before and after them stand as the feeds always do.
    """
    if not len(at):
        return []
    shift = np.median(residual, axis=0)
    moved = differs & (np.abs(shift) > alignment.tolerance)
    shifted = moved & (np.ptp(residual, axis=0) <= SHIFTED * np.abs(shift) + 4 * alignment.tolerance)
    found = []
    for start, end in runs(_bridged(moved, np.any(np.abs(residual[:3]) > alignment.tolerance, axis=0))):
        nearest = at[np.argmin(np.minimum(np.abs(at - start), np.abs(at - (end - 1))))]
        away = 0 if start <= nearest < end else min(abs(nearest - start), abs(nearest - (end - 1)))
        reaches = away <= 1 and end - start > 1
        steady = all(
            np.mean(moved[side]) <= SHIFTED
            for side in (slice(max(0, start - STEADY), start), slice(end, end + STEADY))
            if len(moved[side])
        )
        if away <= AWAY and end - start <= AWAY and steady and (reaches or np.mean(shifted[start:end]) > SHIFTED):
            found.append((start, end))
    return found


def _bridged(moved: BoolArray, differs: BoolArray) -> BoolArray:
    """Moved days, and those beside them whose open, high or low differs: the spread of two contracts may be a tick on a day."""
    beside = np.zeros(len(moved), dtype=np.bool_)
    beside[1:] |= moved[:-1]
    beside[:-1] |= moved[1:]
    bridged: BoolArray = moved | (differs & beside)
    return bridged


def runs(mask: BoolArray) -> list[tuple[int, int]]:
    """The runs of True: (first, first after)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _differences(
    ours: Bars,
    theirs: Bars,
    alignment: Alignment,
    residual: FloatArray,
    differs: BoolArray,
    reasons: NDArray[np.str_],
) -> tuple[Difference, ...]:
    tick = ours.instrument.tick
    found = []
    for k in np.flatnonzero(differs):
        widest = int(np.argmax(np.abs(residual[:, k])))
        points, row, their_row = float(residual[3, k]), int(alignment.ours[k]), int(alignment.theirs[k])
        found.append(
            Difference(
                date=as_date(alignment.dates[k]),
                why=WHYS[WHYS.index(str(reasons[k]))],
                points=points,
                bp=points / abs(float(ours.close[row])) * 1e4 if ours.close[row] else 0.0,
                ticks=None if tick is None else points / tick,
                column=PRICES[widest],
                column_points=float(residual[widest, k]),
                row=int(ours.row[row]),
                their_row=int(theirs.row[their_row]),
            )
        )
    return tuple(found)


def _settlements(
    ours: Bars, theirs: Bars, alignment: Alignment, expiry: BoolArray, step: FloatArray, settled: BoolArray
) -> Settlements | None:
    at = np.flatnonzero(expiry)
    at = at[at > 0]
    if not settled.any() or not len(at):
        return None
    size = np.abs(step[at]) * 1e4
    worst = int(at[np.argmax(size)])
    off = [
        np.count_nonzero(is_off_grid(bars)[rows[settled]]) for bars, rows in ((ours, alignment.ours), (theirs, alignment.theirs))
    ]
    whose: Side | None = None if off[0] == off[1] else "ours" if off[0] > off[1] else "theirs"
    return Settlements(
        expiries=len(at),
        median_bp=float(np.median(size)),
        worst_bp=float(size.max()),
        worst_on=as_date(alignment.dates[worst]),
        whose=whose,
    )


def _alone(bars: Bars, other: Bars, alignment: Alignment) -> tuple[dt.date, ...]:
    days = bars.dates
    inside = (days > alignment.dates[0]) & (days < alignment.dates[-1])
    return tuple(as_date(day) for day in days[inside & ~np.isin(days, other.dates)])
