"""Two authors on the same days: the same instrument, horizon and kind of statement, and no other days of either."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import block_bootstrap, block_length, diebold_mariano, weekdays, weekdays_of
from levelhead.ledger.forecast_score import DRAWS, Between, between, needed
from levelhead.ledger.scored import Keys, Scores, horizon_of, summed, windows_of

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
    counts = np.bincount(keys.author[scores.rows], minlength=len(keys.authors))
    most = [code for code in np.argsort(-counts, kind="stable")[:MOST_AUTHORS] if counts[code]]
    pairs = (_pair(scores, keys, kind, (int(a), int(b)), seed) for a, b in itertools.combinations(most, 2))
    return tuple(pair for pair in pairs if pair is not None)


def _pair(scores: Scores, keys: Keys, kind: str, codes: tuple[int, int], seed: int) -> SideBySide | None:
    occasion = _occasions(scores, keys)
    own = [np.flatnonzero(keys.author[scores.rows] == code) for code in codes]
    common = np.intersect1d(occasion[own[0]], occasion[own[1]])
    if not len(common):
        return None
    own = [rows[np.isin(occasion[rows], common)] for rows in own]
    days, _ = keys.by_day(scores.rows[own[0]])
    score, base = (
        [_by_day(part["brier"], scores, keys, occasion, rows, days) for rows in own] for part in (scores.own, scores.base)
    )
    has_base = not any(np.isnan(part).any() for part in base)
    first, second = (s - b for s, b in zip(score, base, strict=True)) if has_base else score
    horizon = horizon_of(keys.sessions[scores.rows[own[0]]])
    at = weekdays_of(days)
    overlap = int(np.quantile(np.searchsorted(at, at + weekdays(horizon)) - np.arange(len(at)), 0.75))
    told = diebold_mariano(first, second, overlap)
    difference = block_bootstrap(first - second, block_length(days, horizon), draws=DRAWS, seed=seed)
    windows = windows_of(days, horizon)
    return SideBySide(
        kind=kind,
        authors=(keys.authors[codes[0]], keys.authors[codes[1]]),
        days=len(days),
        windows=windows,
        score=(float(score[0].mean()), float(score[1].mean())),
        base=(_known(base[0]), _known(base[1])),
        compared="gain" if has_base else "score",
        difference=between(difference),
        p_value=None if math.isnan(told.p_value) else told.p_value,
        is_told=told.p_value < SURE,
        needed=needed(difference, windows),
    )


def _occasions(scores: Scores, keys: Keys) -> IntArray:
    """A number for each instrument, horizon and day."""
    day, sessions, symbol = (part[scores.rows] for part in (keys.day, keys.sessions, keys.symbol))
    found: IntArray = (day * (int(sessions.max()) + 1) + sessions) * (int(symbol.max()) + 1) + symbol
    return found


def _by_day(
    values: FloatArray, scores: Scores, keys: Keys, occasion: IntArray, rows: IntArray, days: NDArray[np.datetime64]
) -> FloatArray:
    """The mean over each day's occasions of the mean of an author's values on it."""
    occasions, first, place = np.unique(occasion[rows], return_index=True, return_inverse=True)
    mean = summed(values[rows], place.ravel(), len(occasions)) / np.bincount(place.ravel())
    day = np.searchsorted(days, keys.days[keys.day[scores.rows[rows[first]]]])
    return summed(mean, day, len(days)) / np.bincount(day, minlength=len(days))


def _known(values: FloatArray) -> float | None:
    return None if np.isnan(values).any() else float(values.mean())
