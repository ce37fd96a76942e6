"""What became of a claim on the bars that happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from levelhead.claims.columns import Known
from levelhead.claims.judge import frictions_of
from levelhead.claims.meters import Bar
from levelhead.claims.watch import STILL_OPEN, UNDECIDED, Watch
from levelhead.domain.adjustment import as_traded, back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Claim, Plan, Split
from levelhead.domain.claim_tree import leaves_of
from levelhead.domain.errors import BadDate
from levelhead.domain.event import ClaimFrame, Event
from levelhead.domain.sessions import as_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """outcome: one of the claim's, or 'undecided' where bars do not show it, or 'open' while it is not over.

    on: the session that settled it; None while open. sessions: how many had passed then.
    """

    outcome: str
    on: dt.date | None
    sessions: int


def settle(claim: Claim, bars: Bars, as_of: dt.date, *, last: float | None = None, frame: ClaimFrame = "") -> Settlement:
    """The outcome of a claim made at `as_of` on the bars that followed; plans at the instrument's own costs.

    bars: to `as_of` and beyond; a claim that names a frame finds it by their rolls, in the contract of `as_of`. last: the price
    at which the claim was made, where the bar of `as_of` was not finished then; the rest of that bar, of which only the end is
    known for sure, then belongs to the first session. frame: for what names none; '' is the bars as they are given.
    """
    row = int(np.searchsorted(bars.dates, np.datetime64(as_of), side="right")) - 1
    if row < 0:
        raise BadDate(f"{bars.feed or bars.instrument.symbol} begins on {bars.first}; {as_of} lies before its first bar.")
    rests: list[Bar | None] = [None] if last is None else list(_rests(bars, row, last))
    return _together([_settled(claim, bars, row, rest, frame) for rest in rests])


def _settled(claim: Claim, bars: Bars, row: int, rest: Bar | None, usual: ClaimFrame) -> Settlement:
    frames: set[ClaimFrame] = {"", *_frames(claim)}
    series = {frame: _in_frame(bars, frame or usual, row) for frame in sorted(frames)}
    known: dict[str, Known] = {frame: _known(each, row, None if rest is None else rest.open) for frame, each in series.items()}
    frictions = frictions_of(bars.instrument) if isinstance(claim, Plan) else None
    watch = Watch(claim, float(known[""].close[-1]), known=known[""], frictions=frictions, frames=known)
    for passed in range(1, len(bars) - row):
        session: dict[str, Bar] = {frame: _bar(each, row + passed) for frame, each in series.items()}
        finer = (rest, session[""]) if rest is not None and passed == 1 else ()
        status = watch.feed(session[""], finer=finer, frames=session)
        if status != STILL_OPEN:
            return Settlement(outcome=status, on=as_date(bars.dates[row + passed]), sessions=passed)
    return Settlement(outcome=STILL_OPEN, on=None, sessions=len(bars) - row - 1)


def _rests(bars: Bars, row: int, last: float) -> Iterator[Bar]:
    """What may have been left of a bar: from the price it stood at to its close, with its high and its low still to come or not."""
    close = float(bars.close[row])
    highs, lows = (max(last, close), float(bars.high[row])), (min(last, close), float(bars.low[row]))
    for high, low in product(highs, lows):
        yield Bar(last, max(high, last), min(low, last), close)


def _together(found: list[Settlement]) -> Settlement:
    """One settlement, where whatever may have been left of the first bar leads to the same outcome."""
    if any(each.outcome == STILL_OPEN for each in found):
        return next(each for each in found if each.outcome == STILL_OPEN)
    latest = max(found, key=lambda each: each.sessions)
    is_same = len({each.outcome for each in found}) == 1
    return latest if is_same else Settlement(outcome=UNDECIDED, on=latest.on, sessions=latest.sessions)


def _frames(claim: Claim) -> set[ClaimFrame]:
    if isinstance(claim, Split | Plan):
        return set()
    return {leaf.frame for leaf in leaves_of(claim) if isinstance(leaf, Event) and leaf.frame}


def _in_frame(bars: Bars, frame: ClaimFrame, row: int) -> Bars | Known:
    """The series of a frame in which the bar of `row` stands as it traded."""
    if frame == "":
        return bars
    traded = as_traded(bars)
    if frame == "as traded":
        return traded
    moved = back_adjusted(traded)
    factor = float(traded.close[row] / moved.close[row])
    return Known(moved.open * factor, moved.high * factor, moved.low * factor, moved.close * factor)


def _known(series: Bars | Known, row: int, last: float | None) -> Known:
    known = Known(*(column[: row + 1].copy() for column in (series.open, series.high, series.low, series.close)))
    if last is not None:
        known.close[-1] = last
    return known


def _bar(series: Bars | Known, row: int) -> Bar:
    return Bar(float(series.open[row]), float(series.high[row]), float(series.low[row]), float(series.close[row]))
