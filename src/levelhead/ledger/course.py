"""How a record came about: sums that grow note by note, thinned to what a picture can show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import LEVEL, block_length, block_sums
from levelhead.ledger.forecast_score import FEWEST_WINDOWS
from levelhead.ledger.scored import Group, Keys, Scores, horizon_of, summed, windows_of

FloatArray = NDArray[np.float64]
MOST_POINTS = 260
_REACH = NormalDist().inv_cdf(0.5 + LEVEL / 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePoint:
    """The sums after a day. `chance`: how far from nought luck alone would have carried the sum by then, nine times in ten."""

    day: dt.date
    low: float
    high: float
    chance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A sum over time: of Brier points gained on the base rate (low equals high), or of R (worst and best reading)."""

    group: Group
    points: tuple[CoursePoint, ...]


def skill_course(scores: Scores, keys: Keys, kind: str, *, seed: int = 0) -> Course | None:
    """Brier points gained on the base rate, summed over notes' days, each day's statements counting as their mean.

    None without base rates. `chance` is that of a sum without skill: the block-bootstrapped error of the whole sum, growing with
    the root of time.
    """
    gain = scores.base["brier"] - scores.own["brier"]
    known = ~np.isnan(gain)
    if not known.any():
        return None
    rows = scores.rows[known]
    days, place = keys.by_day(rows)
    mean = summed(gain[known], place, len(days)) / np.bincount(place)
    sums = np.cumsum(mean)
    horizon = horizon_of(keys.sessions[rows])
    block = block_length(days, horizon)
    chance = None
    if len(days) >= 2 * block and windows_of(days, horizon) >= FEWEST_WINDOWS:
        drawn = block_sums(mean[:, None], min(max(block, len(days) // 120), len(days)), seed=seed)[:, 0]
        chance = _REACH * float(drawn.std()) * np.sqrt(np.arange(1, len(days) + 1) / len(days))
    return Course(group=Group(kind=kind), points=_points(days, sums, sums, chance))


def result_course(group: Group, days: NDArray[np.datetime64], low: FloatArray, high: FloatArray) -> Course:
    """Sums of results by the day each was settled, worst and best reading; days may repeat and come in any order."""
    distinct, place = np.unique(days, return_inverse=True)
    worst, best = (np.cumsum(summed(part, place.ravel(), len(distinct))) for part in (low, high))
    return Course(group=group, points=_points(distinct, worst, best))


def _points(
    days: NDArray[np.datetime64], low: FloatArray, high: FloatArray, chance: FloatArray | None = None
) -> tuple[CoursePoint, ...]:
    kept = np.unique(np.linspace(0, len(days) - 1, min(len(days), MOST_POINTS)).round().astype(int))
    return tuple(
        CoursePoint(day=days[k].item(), low=float(low[k]), high=float(high[k]), chance=None if chance is None else float(chance[k]))
        for k in kept
    )
