"""The rolls of a continuous series that came without a roll table: found by the calendar and a reference that does not roll."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadBars
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.domain.sessions import Expiry, SessionTable, as_date, front_expiry
from levelhead.kernels.steps import Ahead, Steps, Unrest, locate_step, spread_of, straight_ahead, unrest_of

OFFSETS = np.arange(-8, 3)
"""Sessions from expiry on which a feed may roll: from two weeks before to two sessions after."""
POSITIONS = len(OFFSETS) - 1  # all but the expiry itself
EXPIRY = 0  # is not looked at: Yahoo prints the special opening settlement as its close, 76 bp off in the median
LONGEST = 60  # sessions of the basis a line is fitted on
SHORTEST = 20
YEAR = 250  # sessions that unrest is measured on
HOUR = 0.10
"""Standard deviation of a future's move from 16:00, the close of its index, to 17:00, its own, over the log range of that day:
0.095 in 132 days of five-minute bars, with far tails; a day whose hours are all alike would have 0.125."""
HOUR_WORTH = 20.0  # days of a feed's own closes that count as much as HOUR
LEAST_RANGE = 0.001  # ten basis points: a close printed without a range is not certain for that
LEAST_WANDER = 0.0001  # a session: dividends come in lumps, and rates move
CARRY_SLOPE = 0.10 / 252  # a session: rates or dividends of ten per cent a year
STEEPEST, DEAREST = -0.02, 0.03
"""What a quarter may cost, as a log: rates from -1 % to 11 % a year and dividends from 0 % to 6 %, which holds everything since
index futures began in 1982, and a per cent a year for the price of balance sheets: -8 % to +12 % a year."""
FIRST_UNCERTAINTY = 0.006  # of the first step, around zero: a year's carry of 2.4 %, one standard deviation of those since 1982
CHANGE = 0.0020
"""Standard deviation by which a quarter's cost differs from that of the quarter before: policy rates move by some 0.55 % a year,
what is paid for balance sheets by 0.4 %, together 17 bp a quarter, and dividends differ by 5 to 10 bp from season to season."""
SURE = 0.5
PLAIN = 0.8  # a date less likely than that is said to be uncertain
STRAYS = 0.10  # share of rolls off a feed's own rule: holidays shift it, and weak windows teach a wrong one
FORGETS = 0.005
LOOSE = 0.004  # spread of the basis from day to day beyond which a reference does not move with the series

Dates = NDArray[np.datetime64]


class _Basis(NamedTuple):
    """log(future / reference) on the days both have, the future's row of each, and how far the future ranged on it, a log."""

    dates: Dates
    values: FloatArray
    rows: NDArray[np.int64]
    ranges: FloatArray


class _Seen(NamedTuple):
    """A roll as it is said: its position in the window, that of the close that showed it, size, error, chance of its date."""

    at: int
    shown: int
    size: float
    error: float
    chance: float


@dataclass(slots=True, kw_only=True)
class _Habit:
    """What was learned of the feed from the expiries before: on which offset it rolls, its last step and how well that is known."""

    share: FloatArray = field(default_factory=lambda: np.full(len(OFFSETS), 1 / len(OFFSETS)))
    step: float = 0.0
    error: float = FIRST_UNCERTAINTY

    def prior(self) -> FloatArray:
        mixed: FloatArray = (1 - STRAYS) * self.share + STRAYS / len(OFFSETS)
        return mixed

    def expect(self, unrest: float) -> tuple[float, float]:
        """The next step's size, the last one's, and its uncertainty: the last one's own, and what a quarter changes.

        unrest: how the market ranges now over how it usually does. Rates and dividends are cut when markets fall, so that a
        cost of carry changes with them; quiet markets vouch for nothing.
        """
        return self.step, math.hypot(self.error, CHANGE * max(1.0, unrest))

    def learn(self, offsets: NDArray[np.int64], seen: Steps) -> None:
        """From a whole window; weak windows add up, for a feed keeps its rule."""
        chance = seen.chance[:-1] / seen.chance[:-1].sum()
        likelihood = np.full(len(OFFSETS), chance.mean())
        likelihood[offsets - OFFSETS[0]] = chance
        believed = chance * self.prior()[offsets - OFFSETS[0]]
        self.step, self.error = _size(np.append(believed / believed.sum(), 0.0), seen, (self.step, self.error))
        share = self.share * ((1 - STRAYS) * likelihood + STRAYS * likelihood.mean())
        self.share = (1 - FORGETS) * share / share.sum() + FORGETS / len(OFFSETS)


def detect_rolls(bars: Bars, reference: Bars, sessions: SessionTable) -> tuple[Roll, ...]:
    """The rolls of an unadjusted continuous future, estimated against an index, fund or share that moves with it.

    Around each expiry of the calendar the basis log(bars / reference) is watched: it runs straight between rolls and steps by
    the cost of carry at one. A roll is said on the first close on which it is more likely than not to have happened, given
    the basis up to then, the day on which the feed has rolled before and the step of the quarter before; its factor is frozen
    there. So the rolls known on day t depend on bars up to t alone, bit for bit, and later days neither move nor refine them.
    A roll that was seen late carries `known_on`. Each is `estimated`, its method names the reference and the standard error.

    Raises BadBars where the instrument does not expire, the reference expires itself, the two share too few days, or the
    reference moves too differently for a step to be seen.
    """
    basis = _basis(bars, reference)
    return tuple(_rolls(bars, reference, basis, sessions))


def shows_rolls_on(bars: Bars, reference: Bars) -> NDArray[np.bool_]:
    """For each bar whether `detect_rolls` of the bars up to it, beside the reference up to its day, refuses neither; shape (n,)."""
    if not bars.instrument.months or reference.instrument.months:
        return np.zeros(len(bars), dtype=bool)
    dates, ours, theirs = np.intersect1d(bars.dates, reference.dates, return_indices=True)
    count = np.searchsorted(dates, bars.dates, side="right")  # of common days, up to each bar
    shown = count >= SHORTEST + len(OFFSETS)
    lowest = np.minimum(bars.low[ours], reference.close[theirs])
    priced = int(np.argmax(lowest <= 0)) if len(lowest) and lowest.min() <= 0 else len(lowest)
    shown &= count <= priced
    changes = np.diff(np.log(bars.close[ours[:priced]] / reference.close[theirs[:priced]]))
    for known in np.unique(count[shown]).tolist():
        shown[count == known] = spread_of(changes[: known - 1]) <= LOOSE
    return shown


def with_detected_rolls(bars: Bars, reference: Bars, sessions: SessionTable) -> Bars:
    """The same bars, as traded, with the rolls that `detect_rolls` finds."""
    return replace(bars, rolls=detect_rolls(bars, reference, sessions), frame="as traded")


def _rolls(bars: Bars, reference: Bars, basis: _Basis, sessions: SessionTable) -> Iterator[Roll]:
    habit, start = _Habit(), 0
    for expiry, following in itertools.pairwise(expiries_of(bars.instrument, bars.first, bars.as_of, sessions)):
        days = roll_window(expiry, sessions)
        first = int(np.searchsorted(basis.dates, days[0]))
        if first - start < SHORTEST or days[0] > basis.dates[-1]:
            continue
        at = np.searchsorted(basis.dates, days)
        held = [i for i in np.flatnonzero(OFFSETS != EXPIRY) if at[i] < len(basis.dates) and basis.dates[at[i]] == days[i]]
        if not held:
            continue
        rows, offsets = at[held], OFFSETS[held]
        ahead = _ahead(basis, max(start, first - LONGEST), first, rows)
        missed, expected = basis.values[rows] - ahead.mean[: len(rows)], habit.expect(_stress(basis, first))
        seen = _first_said(missed, ahead, expected, habit.prior(), offsets)
        if seen is not None:
            yield _roll(bars, reference, expiry, following, basis, rows, seen)
        if basis.dates[-1] >= days[-1]:
            habit.learn(offsets, _located(missed, ahead, expected, np.ones(len(missed) + 1)))
            start = int(rows[seen.at]) if seen is not None else start


def _first_said(
    missed: FloatArray, ahead: Ahead, expected: tuple[float, float], prior: FloatArray, offsets: NDArray[np.int64]
) -> _Seen | None:
    """The first close on which a roll is likelier than none; None where no close says so."""
    of_each = prior[offsets - OFFSETS[0]]
    for count in range(1, len(missed) + 1):
        later = prior[offsets[count - 1] - OFFSETS[0] + 1 :].sum()
        seen = _located(missed[:count], ahead, expected, np.append(of_each[:count], later))
        if seen.chance[:-1].sum() > SURE:
            size, error = _size(seen.chance, seen, expected)
            best = int(np.argmax(seen.chance[:-1]))
            return _Seen(best, count - 1, size, error, float(seen.chance[best]))
    return None


def _located(missed: FloatArray, ahead: Ahead, expected: tuple[float, float], prior: FloatArray) -> Steps:
    n = len(missed)
    return locate_step(missed, ahead.covariance[:n, :n], prior=prior, expected=expected[0], uncertainty=expected[1])


def _size(chance: FloatArray, seen: Steps, expected: tuple[float, float]) -> tuple[float, float]:
    """The step at its likeliest date, within what a quarter may cost, and its error.

    The error is that date's own, that of every other date by its chance, and, as the last of `chance`, that of what was
    expected beforehand, should there have been no step yet.
    """
    size = float(np.clip(seen.size[int(np.argmax(chance[:-1]))], STEEPEST, DEAREST))
    sizes, errors = np.append(seen.size, expected[0]), np.append(seen.error, expected[1])
    return size, float(np.sqrt(chance @ (errors**2 + (sizes - size) ** 2)))


def _roll(
    bars: Bars,
    reference: Bars,
    expiry: Expiry,
    following: Expiry,
    basis: _Basis,
    rows: NDArray[np.int64],
    seen: _Seen,
) -> Roll:
    row = int(rows[seen.at])
    date, known = as_date(basis.dates[row]), as_date(basis.dates[rows[seen.shown]])
    factor = math.exp(seen.size)
    before = float(bars.close[max(int(basis.rows[row]) - 1, 0)])
    uncertain = seen.chance < PLAIN
    return Roll(
        date=date,
        from_contract=expiry.contract,
        to_contract=following.contract,
        gap=before * (factor - 1),
        factor=factor,
        estimated=True,
        method=f"calendar and basis to {reference.instrument.symbol}, standard error {1e4 * seen.error:.0f} bp"
        f"{', date uncertain' if uncertain else ''}",
        known_on=known if known > date else None,
        gap_error=before * factor * seen.error,
        is_date_uncertain=uncertain,
    )


def _basis(bars: Bars, reference: Bars) -> _Basis:
    symbol, other = bars.instrument.symbol, reference.instrument.symbol
    if not bars.instrument.months:
        raise BadBars(f"{symbol} does not expire; there are no rolls to be found in it.")
    if reference.instrument.months:
        raise BadBars(f"{other} rolls itself, in the same days as {symbol}; give an index or a fund as the reference.")
    dates, ours, theirs = np.intersect1d(bars.dates, reference.dates, return_indices=True)
    if len(dates) < SHORTEST + len(OFFSETS):
        raise BadBars(f"{symbol} and {other} have {len(dates)} days in common; {SHORTEST + len(OFFSETS)} are needed to find rolls.")
    if min(float(bars.low[ours].min()), float(reference.close[theirs].min())) <= 0:
        raise BadBars(f"{symbol} or {other} has a price at or below zero; the basis takes logarithms and needs prices above it.")
    values = np.log(bars.close[ours] / reference.close[theirs])
    wobble = spread_of(np.diff(values))
    if wobble > LOOSE:
        raise BadBars(
            f"{other} does not move with {symbol}: their quotient changes by {wobble:.2%} a day (at most {LOOSE:.1%}), more than a "
            f"roll would show; give the index of {symbol}, or a fund on it."
        )
    ranges = np.maximum(np.log(bars.high[ours] / bars.low[ours]), LEAST_RANGE)
    return _Basis(dates, values, ours, ranges)


def _ahead(basis: _Basis, start: int, first: int, rows: NDArray[np.int64]) -> Ahead:
    """How the basis would go on without a roll, from what it did up to `first`.

    The noise of a close is in units of its own day's range, or of the year's usual one where the day was quieter: the hour
    between the two closes moves as the day did, but a quiet day does not vouch for it. There are as many positions as a window can
    have, whatever came of them: what is said of a day must not change in its last bit because arrays grow with the days after it.
    """
    year = slice(max(0, first - YEAR), first)
    usual = np.median(basis.ranges[year])
    unrest: Unrest = unrest_of(basis.values[year], np.maximum(basis.ranges[year], usual), usual=HOUR, worth=HOUR_WORTH)
    to_come = np.full(POSITIONS - len(rows), usual)
    ranges = np.maximum(np.concatenate([basis.ranges[start:first], basis.ranges[rows], to_come]), usual)
    wander = np.hypot(unrest.wander * ranges, LEAST_WANDER)
    return straight_ahead(basis.values[start:first], unrest.noise * ranges, wander, slope=CARRY_SLOPE)


def _stress(basis: _Basis, first: int) -> float:
    """How the future ranged in the last month over how it usually did before, both known at `first`."""
    return float(np.median(basis.ranges[max(0, first - SHORTEST) : first]) / np.median(basis.ranges[:first]))


def roll_window(expiry: Expiry, sessions: SessionTable) -> Dates:
    """The sessions around an expiry on which a feed may roll, one for each of OFFSETS."""
    days: Dates = sessions.dates[int(np.searchsorted(sessions.dates, np.datetime64(expiry.last_trade))) + OFFSETS]
    return days


def expiries_of(instrument: Instrument, first: dt.date, last: dt.date, sessions: SessionTable) -> Iterator[Expiry]:
    """The expiries around which the bars may hold a roll, and the one after."""
    day = first
    while (expiry := front_expiry(instrument, day, sessions)) is not None:
        yield expiry
        if expiry.last_trade > last + dt.timedelta(days=150):
            return
        day = expiry.last_trade + dt.timedelta(days=1)
