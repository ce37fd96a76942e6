"""The rolls of a continuous series that came without a roll table: found by the calendar and a reference that does not roll."""

from __future__ import annotations

import datetime as dt
import itertools
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
from levelhead.kernels.steps import Line, Steps, locate_step, spread_of, straight_line

OFFSETS = np.arange(-8, 3)
"""Sessions from expiry on which a feed may roll: from two weeks before to two sessions after."""
EXPIRY = 0  # is not looked at: Yahoo prints the special opening settlement as its close, 76 bp off in the median
LONGEST = 60  # sessions of the basis a line is fitted on
SHORTEST = 20
NEAR = 10
LEAST_SPREAD = 0.0001  # one basis point
DRIFT = 0.0001  # a session, that the line may be off beside its fit
FIRST_UNCERTAINTY = 0.006
LEAST_UNCERTAINTY = 0.0015
REMEMBERED = 8
SURE = 0.5
STRAYS = 0.05  # share of rolls off a feed's own rule
FORGETS = 0.005
LOOSE = 0.004  # spread of the basis from day to day beyond which a reference does not move with the series

Dates = NDArray[np.datetime64]


class _Basis(NamedTuple):
    """log(future / reference) on the days both have, and the future's row of each."""

    dates: Dates
    values: FloatArray
    rows: NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class _Habit:
    """What was learned of the feed from the expiries before: on which offset it rolls, and how large its steps were."""

    share: FloatArray = field(default_factory=lambda: np.full(len(OFFSETS), 1 / len(OFFSETS)))
    steps: list[float] = field(default_factory=list)

    def prior(self) -> FloatArray:
        mixed: FloatArray = (1 - STRAYS) * self.share + STRAYS / len(OFFSETS)
        return mixed

    def expected(self) -> tuple[float, float]:
        """The next step's size and its uncertainty: the last one's, as well as steps have followed each other."""
        if not self.steps:
            return 0.0, FIRST_UNCERTAINTY
        known = np.array(self.steps[-REMEMBERED:])
        return self.steps[-1], max(LEAST_UNCERTAINTY, spread_of(np.diff(known)) if len(known) > 4 else 0.0)

    def learn(self, offsets: NDArray[np.int64], seen: Steps) -> None:
        """From a whole window; weak windows add up, for a feed keeps its rule."""
        chance = seen.chance[:-1] / seen.chance[:-1].sum()
        likelihood = np.full(len(OFFSETS), chance.mean())
        likelihood[offsets - OFFSETS[0]] = chance
        share = self.share * ((1 - STRAYS) * likelihood + STRAYS * likelihood.mean())
        believed = chance * self.prior()[offsets - OFFSETS[0]]
        self.share = (1 - FORGETS) * share / share.sum() + FORGETS / len(OFFSETS)
        self.steps.append(float(seen.size[int(np.argmax(believed))]))


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


def with_detected_rolls(bars: Bars, reference: Bars, sessions: SessionTable) -> Bars:
    """The same bars, as traded, with the rolls that `detect_rolls` finds."""
    return replace(bars, rolls=detect_rolls(bars, reference, sessions), frame="as traded")


def _rolls(bars: Bars, reference: Bars, basis: _Basis, sessions: SessionTable) -> Iterator[Roll]:
    habit, start = _Habit(), 0
    for expiry, following in itertools.pairwise(_expiries(bars.instrument, bars.first, bars.as_of, sessions)):
        days = _window(expiry, sessions)
        first = int(np.searchsorted(basis.dates, days[0]))
        if first - start < SHORTEST or days[0] > basis.dates[-1]:
            continue
        line = _line(basis, max(start, first - LONGEST), first)
        at = np.searchsorted(basis.dates, days)
        held = [i for i in np.flatnonzero(OFFSETS != EXPIRY) if at[i] < len(basis.dates) and basis.dates[at[i]] == days[i]]
        if not held:
            continue
        rows, offsets = at[held], OFFSETS[held]
        missed = basis.values[rows] - (line.level + line.slope * (rows - first))
        roll, chosen = _first_said(missed, line, habit, offsets)
        if roll is not None:
            yield _roll(bars, reference, expiry, following, basis, int(rows[chosen[0]]), int(rows[chosen[1]]), roll)
        if basis.dates[-1] >= days[-1]:
            whole = _located(missed, line, habit, np.ones(len(missed) + 1))
            habit.learn(offsets, whole)
            start = int(rows[chosen[0]]) if roll is not None else start


def _first_said(
    missed: FloatArray, line: Line, habit: _Habit, offsets: NDArray[np.int64]
) -> tuple[tuple[float, float] | None, tuple[int, int]]:
    """The first close on which a roll is likelier than none: its size and error, the position of the roll and of that close."""
    prior = habit.prior()[offsets - OFFSETS[0]]
    for count in range(1, len(missed) + 1):
        later = habit.prior()[offsets[count - 1] - OFFSETS[0] + 1 :].sum()
        seen = _located(missed[:count], line, habit, np.append(prior[:count], later))
        if seen.chance[:-1].sum() > SURE:
            best = int(np.argmax(seen.chance[:-1]))
            return (float(seen.size[best]), float(seen.error[best])), (best, count - 1)
    return None, (0, 0)


def _located(missed: FloatArray, line: Line, habit: _Habit, prior: FloatArray) -> Steps:
    expected, uncertainty = habit.expected()
    return locate_step(
        missed, spread=line.spread, drift=DRIFT, lead=NEAR / 2, prior=prior, expected=expected, uncertainty=uncertainty
    )


def _roll(
    bars: Bars,
    reference: Bars,
    expiry: Expiry,
    following: Expiry,
    basis: _Basis,
    row: int,
    seen: int,
    step: tuple[float, float],
) -> Roll:
    date, known = as_date(basis.dates[row]), as_date(basis.dates[seen])
    factor = float(np.exp(step[0]))
    before = float(bars.close[max(int(basis.rows[row]) - 1, 0)])
    return Roll(
        date=date,
        from_contract=expiry.contract,
        to_contract=following.contract,
        gap=before * (factor - 1),
        factor=factor,
        estimated=True,
        method=f"calendar and basis to {reference.instrument.symbol}, standard error {1e4 * step[1]:.0f} bp",
        known_on=known if known > date else None,
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
    if min(float(bars.close[ours].min()), float(reference.close[theirs].min())) <= 0:
        raise BadBars(f"{symbol} or {other} has a close at or below zero; the basis takes logarithms and needs prices above it.")
    values = np.log(bars.close[ours] / reference.close[theirs])
    wobble = spread_of(np.diff(values))
    if wobble > LOOSE:
        raise BadBars(
            f"{other} does not move with {symbol}: their quotient changes by {wobble:.2%} a day (at most {LOOSE:.1%}), more than a "
            f"roll would show; give the index of {symbol}, or a fund on it."
        )
    return _Basis(dates, values, ours)


def _line(basis: _Basis, first: int, stop: int) -> Line:
    positions = np.arange(first, stop, dtype=np.float64) - stop
    return straight_line(positions, basis.values[first:stop], near=NEAR, least_spread=LEAST_SPREAD)


def _window(expiry: Expiry, sessions: SessionTable) -> Dates:
    days: Dates = sessions.dates[int(np.searchsorted(sessions.dates, np.datetime64(expiry.last_trade))) + OFFSETS]
    return days


def _expiries(instrument: Instrument, first: dt.date, last: dt.date, sessions: SessionTable) -> Iterator[Expiry]:
    """The expiries around which the bars may hold a roll, and the one after."""
    day = first
    while (expiry := front_expiry(instrument, day, sessions)) is not None:
        yield expiry
        if expiry.last_trade > last + dt.timedelta(days=150):
            return
        day = expiry.last_trade + dt.timedelta(days=1)
