"""How good the probabilities of a group of statements were, beside the base rate's, and whether that can be told from chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import LEVEL, Interval, block_length, ratio_bootstrap
from levelhead.ledger.scored import Group, Keys, Scores, longest, summed, windows_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

DRAWS = 1000
MOST_NEEDED = 10_000  # beyond so many windows no market has a past
FEWEST_WINDOWS = 5  # four lie on one side of nought by chance alone more often than once in ten: 2 / 2^4
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
    cells = _cells(scores, keys)
    every = np.arange(len(cells.count))
    return tuple(_score(cells, group, chosen, seed) for group, chosen in cells.keys.groups(kind, every))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Cells:
    """Sums over rows that share author, instrument, horizon and day. count: rows; paired: those with a base rate.

    alone: sums of the scores of all rows; own, base: of the paired ones. By the name of the score.
    """

    keys: Keys
    count: FloatArray
    paired: FloatArray
    alone: dict[str, FloatArray]
    own: dict[str, FloatArray]
    base: dict[str, FloatArray]


def _cells(scores: Scores, keys: Keys) -> _Cells:
    cells, place = keys.cells(scores.rows)
    size = len(cells.day)
    paired = ~np.isnan(scores.base["brier"])
    is_whole = bool(paired.all())
    of_paired = place if is_whole else place[paired]

    def sums(columns: dict[str, FloatArray]) -> dict[str, FloatArray]:
        return {name: summed(c if is_whole else c[paired], of_paired, size) for name, c in columns.items()}

    own, count = sums(scores.own), np.bincount(place, minlength=size).astype(np.float64)
    return _Cells(
        keys=cells,
        count=count,
        paired=count if is_whole else np.bincount(of_paired, minlength=size).astype(np.float64),
        alone=own if is_whole else {name: summed(c, place, size) for name, c in scores.own.items()},
        own=own,
        base=sums(scores.base),
    )


def _score(cells: _Cells, group: Group, chosen: IntArray, seed: int) -> ForecastScore:
    count, paired = float(cells.count[chosen].sum()), float(cells.paired[chosen].sum())
    horizon = group.sessions or longest(cells.keys.sessions[chosen], cells.count[chosen])
    compared = chosen[cells.paired[chosen] > 0.0] if paired else chosen
    days, place = cells.keys.by_day(compared)
    block, windows = block_length(days, horizon), windows_of(days, horizon)
    measures, gain = [], None
    for name, own in (cells.own if paired else cells.alone).items():
        total = summed(own[compared], place, len(days))
        if not paired:
            measures.append(Measure(name=name, score=float(total.sum()) / count, base=None, skill=None, count=int(count)))
            continue
        base = summed(cells.base[name][compared], place, len(days))
        ratio = trusted(ratio_bootstrap(base - total, base, block, draws=DRAWS, seed=seed), windows)
        gain = gain or ratio
        score, rate = float(total.sum()) / paired, float(base.sum()) / paired
        measures.append(Measure(name=name, score=score, base=rate, skill=between(ratio) if rate else None, count=int(paired)))
    return ForecastScore(
        group=group,
        count=int(count),
        without_base=int(count - paired),
        days=len(days),
        windows=windows,
        horizon=horizon,
        measures=tuple(measures),
        is_told=gain is not None and is_told(gain),
        needed=None if gain is None else needed(gain, windows),
    )


def trusted(interval: Interval, windows: int) -> Interval:
    """The interval without its ends and its error where it rests on fewer than `FEWEST_WINDOWS` independent windows.

    Resampling a handful of them knows no outcome that has not been seen yet: its intervals are far too short.
    """
    return interval if windows >= FEWEST_WINDOWS else Interval(interval.mean, math.nan, math.nan, math.nan)


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
