"""What anyone could have said of the same statements on the same days, from the bars up to each day alone.

climatology   how often it happened before: the base rates of the statements, and the closes after every earlier day
random_walk   a driftless walk whose variance is that of the last 20 returns
gjr_garch     a driftless walk whose variance is forecast by a GJR-GARCH-t, refitted every year
last_note     the note before this one, again
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import MissingPart
from levelhead.evaluate.climatology import past_distribution
from levelhead.evaluate.distribution import Distribution, held_against, joined
from levelhead.evaluate.garch_fits import fitted
from levelhead.evaluate.returns import DayArray, Returns, returns_of
from levelhead.evaluate.walks import Law, chances, distribution
from levelhead.ledger.record import Record

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

WALK_BARS = 20
NAMES = ("climatology", "random_walk", "gjr_garch", "last_note")
LawOf = Callable[[DayArray, IntArray], Law]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baseline:
    """What one of them said. said: (n, 4) beside the record's rows, NaN where it says nothing. distribution: beside the rows of the
    notes' distribution, NaN where it says nothing. ours: what the notes' own score is held against it with, where that is not the
    score of their whole distribution."""

    name: str
    said: FloatArray
    distribution: Distribution
    ours: FloatArray | None = None


def baselines(
    record: Record, told: Distribution, bars: Mapping[str, Bars], names: tuple[str, ...] = NAMES
) -> tuple[tuple[Baseline, ...], tuple[str, ...]]:
    """Every baseline by name, and a sentence for each that cannot be had.

    bars: by symbol, all the bars there are; what is said of a day knows those up to it alone. A row's answer does not depend on
    which other rows are asked, except that the last note is the one before among these.
    """
    made: list[Baseline] = []
    missing: list[str] = []
    returns = {symbol: returns_of(each) for symbol, each in bars.items()}
    for name in names:
        try:
            made.append(_MAKERS[name](record, told, returns))
        except MissingPart as why:
            missing.append(f"{why} It is left out.")
    return tuple(made), tuple(missing)


def random_walk(returns: Returns) -> LawOf:
    """Variance of the last 20 returns around their mean, times the sessions; NaN with fewer."""
    n = len(returns)
    variance = np.full(n, np.nan)
    if n > WALK_BARS:
        windows = np.lib.stride_tricks.sliding_window_view(returns.log[1:], WALK_BARS)
        variance[WALK_BARS:] = windows.var(axis=1, ddof=1)
    variance[~(variance > 0.0)] = np.nan

    def law(as_of: DayArray, sessions: IntArray) -> Law:
        rows = returns.rows(as_of)
        return Law(variance=np.where(rows >= 0, variance[rows], np.nan) * sessions)

    return law


def gjr_garch(returns: Returns) -> LawOf:
    """The variance that a GJR-GARCH-t expects over the horizon; its t for the closes."""
    fits = fitted(returns)

    def law(as_of: DayArray, sessions: IntArray) -> Law:
        variance, freedom = fits.over(returns.rows(as_of), sessions)
        return Law(variance=variance, freedom=freedom)

    return law


def _by_law(name: str, make: Callable[[Returns], LawOf]) -> Callable[[Record, Distribution, Mapping[str, Returns]], Baseline]:
    def baseline(record: Record, told: Distribution, returns: Mapping[str, Returns]) -> Baseline:
        said = np.full(record.said.shape, np.nan)
        parts, places = [], []
        for symbol, past in returns.items():
            law = make(past)
            rows = np.flatnonzero(record.symbol == symbol)
            asked = record.where(record.symbol == symbol)
            said[rows] = chances(asked, law(asked.as_of, asked.sessions))
            places.append(np.flatnonzero(told.symbol == symbol))
            of = told.where(places[-1])
            parts.append(distribution(of, law(of.as_of, of.sessions)))
        return Baseline(name=name, said=said, distribution=_put_back(parts, places, len(told)))

    return baseline


def _climatology(record: Record, told: Distribution, returns: Mapping[str, Returns]) -> Baseline:
    places = [np.flatnonzero(told.symbol == symbol) for symbol in returns]
    parts = [past_distribution(told.where(place), returns[symbol]) for place, symbol in zip(places, returns, strict=True)]
    return Baseline(name="climatology", said=record.base, distribution=_put_back(parts, places, len(told)))


def _last_note(record: Record, told: Distribution, returns: Mapping[str, Returns]) -> Baseline:
    before = _row_before(np.asarray(record.symbol), np.asarray(record.name), record.as_of)
    said = np.where(before[:, None] >= 0, record.said[before], np.nan)
    said[record.count[before] != record.count] = np.nan
    earlier = _row_before(told.symbol, told.sessions, told.as_of)
    quantiles = np.where(earlier[:, None] >= 0, told.quantiles[earlier], np.nan)
    # both from fifty quantiles, which make a score a little higher
    ours = held_against(told.quantiles, told).crps
    return Baseline(name="last_note", said=said, distribution=held_against(quantiles, told), ours=ours)


def _row_before(*keys: NDArray[np.generic]) -> IntArray:
    """For each row the one before it in the last key among those equal in the others; -1 where there is none."""
    order = np.lexsort(keys[::-1])
    same = np.logical_and.reduce([key[order][1:] == key[order][:-1] for key in keys[:-1]])
    before = np.full(len(order), -1, dtype=np.int64)
    before[order[1:]] = np.where(same, order[:-1], -1)
    return before


def _put_back(parts: list[Distribution], places: list[IntArray], count: int) -> Distribution:
    """The parts' rows in the order they were asked in."""
    place = np.concatenate([np.empty(0, dtype=np.int64), *places])
    if len(place) != count:
        raise ValueError(f"{count - len(place)} rows belong to no instrument whose bars were handed in")
    return joined(parts).where(np.argsort(place, kind="stable"))


_MAKERS: Mapping[str, Callable[[Record, Distribution, Mapping[str, Returns]], Baseline]] = {
    "climatology": _climatology,
    "random_walk": _by_law("random_walk", random_walk),
    "gjr_garch": _by_law("gjr_garch", gjr_garch),
    "last_note": _last_note,
}
