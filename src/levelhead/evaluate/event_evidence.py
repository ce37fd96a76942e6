"""What followed each kind of event, against all days of the same instrument and against random days of like volatility."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.evidence import LEAST_CASES, Measure, Side, Tried
from levelhead.domain.roll import shifts
from levelhead.domain.timeframe import timeframe_of
from levelhead.evaluate.sign_names import event_name
from levelhead.kernels.inference import block_bootstrap
from levelhead.kernels.placebo import Against, against, apart, holm, matched_means, strata_of
from levelhead.reading.occurrence import Occurrences
from levelhead.reading.occurrences import occurrences_of
from levelhead.reading.whole import Whole

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

HORIZONS = (5, 12)
STRATA = 5  # fifths of the days by ATR(14) over the close
DRAWS_A_TEST = 20  # so that one that lies beyond all of them is told
MAY_STAND_OUT = 5  # as far out as so few of the first draws: what they settle has a corrected p of about 1
PARTS = 5  # of the draws, the first of which settles most
BOOTSTRAPS = 1000
QUARTER = 63  # sessions whose cases are resampled together: they share a market
SIDES: tuple[tuple[int, Side], ...] = ((1, "bullish"), (-1, "bearish"), (0, ""))
MEASURES = ("up", "move")


class Followed(NamedTuple):
    """What followed each row: (n, 2), whether the close was up (1.0) and the move in ATR(14); `usable` where both are known."""

    values: FloatArray
    usable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cases:
    """The occurrences of one kind and side whose outcome is known; rows: those whose windows do not overlap, ascending."""

    kind: str
    side: Side
    happened: int
    rows: IntArray


def event_evidence(
    whole: Whole, *, seed: int, draws_a_test: int = DRAWS_A_TEST, intervals: bool = True
) -> tuple[tuple[Tried, ...], int]:
    """Every kind and side at both horizons, corrected together, and how many draws of the placebo each was held against.

    draws_a_test: how many for each of those that are tested. A fifth of the draws settles those that lie within them; whoever might
    yet stand out is held against all. intervals: False leaves them out.

    A case begins at the open after it became known, the first price at which a reader of it could trade, and ends with the close
    of the last session of its horizon. Only windows that have closed by the last bar count.
    """
    kinds = occurrences_of(whole)
    strata = volatility_strata(whole)
    followed = {sessions: followed_by(whole, sessions) for sessions in HORIZONS}
    cases = {
        sessions: [each for kind in kinds.values() for each in cases_of(kind, followed[sessions].usable, sessions)]
        for sessions in HORIZONS
    }
    tests = sum(len(each.rows) >= LEAST_CASES for of in cases.values() for each in of)
    draws = (draws_a_test * tests // PARTS, draws_a_test * tests)
    found = [
        each
        for sessions in HORIZONS
        for each in _tried(cases[sessions], followed[sessions], strata, sessions, seed + sessions, draws, intervals)
    ]
    noun = timeframe_of(whole.bars.timeframe).noun
    return tuple(replace(each, called=event_name(each.kind, each.side, noun)) for each in corrected(found)), draws[-1]


def followed_by(whole: Whole, sessions: int) -> Followed:
    """What followed each row within `sessions`, from the next open, in the contract of the last bar; NaN where not known."""
    bars, n = whole.bars, closed_bars(whole.bars)
    added = shifts(bars.dates, bars.rolls) if bars.adjustment == "none" else np.zeros(len(bars))
    opens, closes, atr = bars.open + added, bars.close + added, whole.panel.atr
    move = np.full(len(bars), np.nan)
    count = max(n - sessions, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        move[:count] = (closes[sessions:n] - opens[1 : count + 1]) / atr[:count]
    usable = np.isfinite(move)
    values = np.column_stack([np.where(usable, move > 0.0, 0.0), np.where(usable, move, 0.0)])
    return Followed(values, usable)


def closed_bars(bars: Bars) -> int:
    """How many bars have closed: all but a provisional last one."""
    return len(bars) if bars.provisional is None else len(bars) - 1


def volatility_strata(whole: Whole) -> IntArray:
    """The fifth of the days to which each belongs by its ATR(14) over its close; over nothing where prices may be negative."""
    bars, atr = whole.bars, whole.panel.atr
    relative = atr / bars.close if float(bars.close.min()) > 0.0 else atr
    usable = np.isfinite(relative)
    usable[closed_bars(bars) :] = False
    return strata_of(relative, usable, STRATA)


def cases_of(found: Occurrences, usable: NDArray[np.bool_], sessions: int) -> list[Cases]:
    """The cases of a kind, by side; sides that never occurred are left out."""
    known = found.known[usable[found.known]] if len(found) else found.known
    direction = found.direction[usable[found.known]] if len(found) else found.direction
    by_side = ((side, known[direction == sign]) for sign, side in SIDES)
    return [
        Cases(kind=found.kind, side=side, happened=len(rows), rows=apart(rows, sessions)) for side, rows in by_side if len(rows)
    ]


def corrected(tried: list[Tried]) -> tuple[Tried, ...]:
    """The same with each p corrected for all that have one."""
    tested = [i for i, each in enumerate(tried) if each.p is not None]
    by_holm = holm(np.array([tried[i].p for i in tested], dtype=np.float64))
    for i, p in zip(tested, by_holm.tolist(), strict=True):
        tried[i] = replace(tried[i], corrected=p)
    return tuple(tried)


def _tried(
    cases: list[Cases], followed: Followed, strata: IntArray, sessions: int, seed: int, draws: tuple[int, int], intervals: bool
) -> list[Tried]:
    tested = [each for each in cases if len(each.rows) >= LEAST_CASES]
    found = _placebo(tested, followed, np.where(followed.usable, strata, -1), sessions, seed, draws)
    placebo = {(each.kind, each.side): compared for each, compared in zip(tested, found, strict=True)}
    base = followed.values[followed.usable].mean(axis=0) if followed.usable.any() else np.full(len(MEASURES), np.nan)
    days = int(followed.usable.sum())
    return [
        _one(each, followed.values[each.rows], placebo.get((each.kind, each.side)), base, sessions, days, seed, intervals)
        for each in cases
    ]


def _placebo(
    tested: list[Cases], followed: Followed, strata: IntArray, sessions: int, seed: int, draws: tuple[int, int]
) -> list[Against]:
    """Each of the cases against the first part of the draws; those no draw of a whole family would reach, against all of them."""
    if not tested:
        return []
    counts = np.array([np.bincount(strata[each.rows], minlength=STRATA) for each in tested])
    means = [followed.values[each.rows].mean(axis=0) for each in tested]
    few, all_of_them = draws
    drawn = matched_means(followed.values, strata, counts, span=sessions, draws=few, seed=seed)
    found = [against(mean, each) for mean, each in zip(means, drawn, strict=True)]
    on = [i for i, each in enumerate(found) if each.p <= MAY_STAND_OUT / few]
    if on:
        more = matched_means(followed.values, strata, counts[on], span=sessions, draws=all_of_them - few, seed=seed + max(HORIZONS))
        for i, rest in zip(on, more, strict=True):
            found[i] = against(means[i], np.concatenate([drawn[i], rest]))
    return found


def _one(
    cases: Cases,
    values: FloatArray,
    compared: Against | None,
    base: FloatArray,
    sessions: int,
    days: int,
    seed: int,
    intervals: bool,
) -> Tried:
    measures = () if compared is None else _measures(cases, values, compared, base, seed, intervals)
    return Tried(
        family="event",
        kind=cases.kind,
        side=cases.side,
        called=cases.kind,
        sessions=sessions,
        happened=cases.happened,
        cases=len(values),
        independent=len(values),
        days=days,
        measures=measures,
        p=None if compared is None else compared.p,
        corrected=None,
    )


def _measures(
    cases: Cases, values: FloatArray, compared: Against, base: FloatArray, seed: int, intervals: bool
) -> tuple[Measure, ...]:
    found = []
    for i, name in enumerate(MEASURES):
        low, high = _interval(values[:, i], cases.rows, seed) if intervals else (None, None)
        found.append(
            Measure(
                name=name,
                value=float(values[:, i].mean()),
                low=low,
                high=high,
                base=float(base[i]),
                placebo=float(compared.mean[i]),
                spread=float(compared.spread[i]),
            )
        )
    return tuple(found)


def _interval(values: FloatArray, rows: IntArray, seed: int) -> tuple[float | None, float | None]:
    """By resampling blocks of the cases of about a quarter."""
    block = max(1, round(len(rows) * QUARTER / max(int(rows[-1] - rows[0]), 1)))
    found = block_bootstrap(values, block, draws=BOOTSTRAPS, seed=seed)
    return (found.low, found.high) if np.isfinite(found.low) else (None, None)
