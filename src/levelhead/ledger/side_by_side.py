"""Two authors on the same days: the same instrument, horizon and kind of statement, and no other days of either."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import block_bootstrap, block_length, diebold_mariano, weekdays, weekdays_of
from levelhead.ledger.forecast_score import DRAWS, FEWEST_WINDOWS, Between, between, needed, trusted
from levelhead.ledger.scored import Keys, Scores, compact, horizon_of, summed, windows_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MOST_AUTHORS = 6
SURE = 0.1  # a p value below it tells the two apart at the 90 % of all intervals here


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two authors' Brier scores of one kind on the days both wrote about the same instrument at the same horizon.

    days: how many such days; windows of them that do not overlap. score, base: of each author, means of days; base is None where
    an author gave none. compared: 'gain' where both have base rates, then each author's score is taken less the base rate's of her
    own statements, which may be easier or harder than the other's; else 'score'. difference: of the first less the second, below
    nought where the first is better. p_value: Diebold and Mariano's. needed: windows that would tell the two apart.
    """

    kind: str
    authors: tuple[str, str]
    days: int
    windows: int
    score: tuple[float, float]
    base: tuple[float | None, float | None]
    compared: Literal["gain", "score"]
    difference: Between
    p_value: float | None
    is_told: bool
    needed: int | None


def side_by_side(scores: Scores, keys: Keys, kind: str, *, seed: int = 0) -> tuple[SideBySide, ...]:
    """Each pair of the authors who said most, up to six of them; pairs without a common day are left out."""
    author = keys.author[scores.rows]
    counts = np.bincount(author, minlength=len(keys.authors))
    most = [int(code) for code in np.argsort(-counts, kind="stable")[:MOST_AUTHORS] if counts[code]]
    if len(most) < 2:
        return ()
    occasion, day, horizon = _occasions(scores, keys)
    sheets = {}
    for code in most:
        own = author == code
        places = occasion[own]
        sheets[code] = _Sheet(
            author=keys.authors[code],
            count=np.bincount(places, minlength=len(day)),
            score=summed(scores.own["brier"][own], places, len(day)),
            base=summed(scores.base["brier"][own], places, len(day)),
        )
    pairs = (_pair(sheets[a], sheets[b], kind, keys.days, day, horizon, seed) for a, b in itertools.combinations(most, 2))
    return tuple(pair for pair in pairs if pair is not None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sheet:
    """An author's statements on each occasion: how many, the sum of their Brier scores, and of their base rates'."""

    author: str
    count: IntArray
    score: FloatArray
    base: FloatArray


def _occasions(scores: Scores, keys: Keys) -> tuple[IntArray, IntArray, IntArray]:
    """Instrument, horizon and day as one number for each row; of each such number its day (a place among the days) and horizon."""
    day, sessions, symbol = (part[scores.rows] for part in (keys.day, keys.sessions, keys.symbol))
    wide = int(sessions.max()) + 1, int(symbol.max()) + 1
    numbers, place = compact((day * wide[0] + sessions) * wide[1] + symbol, len(keys.days) * wide[0] * wide[1])
    return place, numbers // (wide[0] * wide[1]), numbers // wide[1] % wide[0]


def _pair(
    one: _Sheet, other: _Sheet, kind: str, every: NDArray[np.datetime64], day: IntArray, horizons: IntArray, seed: int
) -> SideBySide | None:
    common = np.flatnonzero((one.count > 0) & (other.count > 0))
    if not len(common):
        return None
    present, place = np.unique(day[common], return_inverse=True)
    days, many = every[present], np.bincount(place.ravel())

    def by_day(sums: FloatArray, counts: IntArray) -> FloatArray:
        return summed(sums[common] / counts[common], place.ravel(), len(days)) / many

    score, base = ([by_day(getattr(sheet, name), sheet.count) for sheet in (one, other)] for name in ("score", "base"))
    has_base = not any(np.isnan(part).any() for part in base)
    first, second = (s - b for s, b in zip(score, base, strict=True)) if has_base else score
    horizon = horizon_of(horizons[common])
    at = weekdays_of(days)
    overlap = int(np.quantile(np.searchsorted(at, at + weekdays(horizon)) - np.arange(len(at)), 0.75))
    told = diebold_mariano(first, second, overlap)
    windows = windows_of(days, horizon)
    difference = trusted(block_bootstrap(first - second, block_length(days, horizon), draws=DRAWS, seed=seed), windows)
    return SideBySide(
        kind=kind,
        authors=(one.author, other.author),
        days=len(days),
        windows=windows,
        score=(float(score[0].mean()), float(score[1].mean())),
        base=(_known(base[0]), _known(base[1])),
        compared="gain" if has_base else "score",
        difference=between(difference),
        p_value=None if math.isnan(told.p_value) else told.p_value,
        is_told=told.p_value < SURE and windows >= FEWEST_WINDOWS,
        needed=needed(difference, windows),
    )


def _known(values: FloatArray) -> float | None:
    return None if np.isnan(values).any() else float(values.mean())
