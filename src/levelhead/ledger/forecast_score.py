"""How good the probabilities of a group of statements were, beside the base rate's, and whether that can be told from chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import LEVEL, Interval, block_length, ratio_bootstrap
from levelhead.ledger.scored import Group, Keys, Scores, horizon_of, summed, windows_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

DRAWS = 1000
MOST_NEEDED = 10_000  # beyond so many windows no market has a past
_REACH = NormalDist().inv_cdf(0.5 + LEVEL / 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A figure and the ends of its 90 % interval; None where there are too few windows to say one."""

    value: float
    low: float | None
    high: float | None
    error: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One proper score of a group: lower is better.

    name: brier, log or ranked. score: mean over the `count` statements that also have a base rate, and base that rate's; where
    none has one, the mean over all, and base is None. skill: 1 - score / base.
    """

    name: str
    score: float
    base: float | None
    skill: Between | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScore:
    """The scores of a group's statements.

    count: statements scored; days: of how many notes' days; windows: how many of these days' windows do not overlap, counted at
    `horizon`, which nine tenths of the statements do not exceed. without_base: statements left out of the comparison. is_told:
    whether the Brier skill's interval leaves out nought; needed: how many windows would tell a skill of this size from chance,
    None where it is so small that 10,000 would not.
    """

    group: Group
    count: int
    without_base: int
    days: int
    windows: int
    horizon: int
    measures: tuple[Measure, ...]
    is_told: bool
    needed: int | None

    @property
    def more(self) -> int | None:
        """Windows still missing; 0 where none is."""
        return None if self.needed is None else max(0, self.needed - self.windows)


def forecast_scores(scores: Scores, keys: Keys, kind: str, *, seed: int = 0) -> tuple[ForecastScore, ...]:
    """The scores of one kind: of all its rows, and by author, instrument and horizon. () where nothing was scored."""
    if not len(scores.rows):
        return ()
    place = np.full(len(keys.kind), -1)
    place[scores.rows] = np.arange(len(scores.rows))
    return tuple(_score(scores, keys, group, place[rows], seed) for group, rows in keys.groups(kind, scores.rows))


def _score(scores: Scores, keys: Keys, group: Group, chosen: IntArray, seed: int) -> ForecastScore:
    rows = scores.rows[chosen]
    horizon = group.sessions or horizon_of(keys.sessions[rows])
    paired = ~np.isnan(scores.base["brier"][chosen])
    compared = chosen[paired] if paired.any() else chosen
    days, place = keys.by_day(scores.rows[compared])
    block = block_length(days, horizon)
    windows = windows_of(days, horizon)

    def by_day(column: FloatArray) -> FloatArray:
        return summed(column[compared], place, len(days))

    measures, gain = [], None
    for name, own in scores.own.items():
        total = by_day(own)
        mean = float(total.sum() / len(compared))
        if not paired.any():
            measures.append(Measure(name=name, score=mean, base=None, skill=None, count=len(compared)))
            continue
        base = by_day(scores.base[name])
        ratio = ratio_bootstrap(base - total, base, block, draws=DRAWS, seed=seed)
        gain = gain or ratio
        rate = float(base.sum() / len(compared))
        measures.append(Measure(name=name, score=mean, base=rate, skill=between(ratio) if rate else None, count=len(compared)))
    return ForecastScore(
        group=group,
        count=len(chosen),
        without_base=len(chosen) - int(np.count_nonzero(paired)),
        days=len(days),
        windows=windows,
        horizon=horizon,
        measures=tuple(measures),
        is_told=gain is not None and is_told(gain),
        needed=None if gain is None else needed(gain, windows),
    )


def between(interval: Interval) -> Between:
    """The interval with None for what is not known."""
    low, high, error = (None if math.isnan(x) else x for x in interval[1:])
    return Between(value=interval.mean, low=low, high=high, error=error)


def is_told(interval: Interval) -> bool:
    """Whether the interval leaves out nought."""
    return interval.low > 0.0 or interval.high < 0.0


def needed(interval: Interval, windows: int) -> int | None:
    """How many independent windows would tell a mean of this size from nought; None where MOST_NEEDED would not.

    The error of a mean falls with the root of the windows: windows (reach x error / mean)^2, reach the normal's of the level.
    """
    if math.isnan(interval.error) or interval.mean == 0.0:
        return None
    wanted = windows * (_REACH * interval.error / interval.mean) ** 2
    return math.ceil(wanted) if wanted <= MOST_NEEDED else None
