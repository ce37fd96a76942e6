"""Two forecasters on the same rows: how much lower one's score is, how sure that is, and how many windows would make it sure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.numbers import share
from levelhead.kernels.inference import LEVEL, Compared, Interval, block_length, daily, diebold_mariano, ratio_bootstrap
from levelhead.ledger.forecast_score import trusted
from levelhead.ledger.scored import windows_of

FloatArray = NDArray[np.float64]
DayArray = NDArray[np.datetime64]

MOST_NEEDED = 10_000  # beyond so many windows no market has a past
REACH = 1.645  # standard errors on either side of a 90 % interval
DRAWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """ours, theirs: mean scores over the same `rows`, lower is better. skill: 1 - ours / theirs with its 90 % interval.

    days: distinct days; windows: how many windows of the horizon that begin on these days do not overlap, the independent
    evidence. difference: ours less theirs, by Diebold and Mariano over days. needed: windows that would tell a skill of this
    size from chance; None where it is told already, or where `MOST_NEEDED` would not.
    """

    rows: int
    days: int
    windows: int
    ours: float
    theirs: float
    skill: Interval
    difference: Compared
    needed: int | None

    @property
    def is_told(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.skill.low > 0.0 or self.skill.high < 0.0


def compared(ours: FloatArray, theirs: FloatArray, days: DayArray, sessions: int, *, draws: int = DRAWS) -> Comparison | None:
    """The comparison of two scores of the same rows, shape (n,); rows where either is NaN are left out; None where none is left.

    sessions: the horizon, for how far rows depend on each other. Rows of one day (instruments, statements) count as one.
    """
    known = np.isfinite(ours) & np.isfinite(theirs)
    if not known.any():
        return None
    of_day = daily(np.column_stack([ours[known], theirs[known]]), days[known])
    mine, other = of_day.sums.T
    block = block_length(of_day.days, sessions)
    windows = windows_of(of_day.days, sessions)
    skill = trusted(ratio_bootstrap(other - mine, other, block, draws=draws), windows)
    # the blocks are twice what one window overlaps
    difference = diebold_mariano(mine / of_day.rows, other / of_day.rows, max(1, block // 2))
    total = of_day.rows.sum()
    return Comparison(
        rows=int(total),
        days=len(of_day.days),
        windows=windows,
        ours=float(mine.sum() / total),
        theirs=float(other.sum() / total),
        skill=skill,
        difference=difference,
        needed=_needed(skill, windows),
    )


def mean_with_interval(values: FloatArray, days: DayArray, sessions: int, *, level: float = LEVEL, draws: int = DRAWS) -> Interval:
    """The mean of rows that share days and overlap over `sessions`, with its interval; NaN rows are left out."""
    known = np.isfinite(values)
    of_day = daily(values[known], days[known])
    return ratio_bootstrap(of_day.sums[:, 0], of_day.rows, block_length(of_day.days, sessions), draws=draws, level=level)


def told(comparison: Comparison, whom: str) -> str:
    """One sentence for a person; `whom`: the other forecaster, 'the 20-day random walk'."""
    skill = comparison.skill
    size = f"{share(skill.mean)} lower" if skill.mean >= 0.0 else f"{share(-skill.mean)} higher"
    behind = f"{comparison.windows:,} independent window{'' if comparison.windows == 1 else 's'}"
    if math.isnan(skill.low):
        return f"Too little to compare with {whom}: {behind} only."
    interval = f"90 % interval of the skill {share(skill.low)} to {share(skill.high)}"
    if comparison.is_told:
        better = "Better" if skill.mean > 0.0 else "Worse"
        return f"{better} than {whom}: the score is {size} ({interval}; {behind})."
    more = (
        "more than any market's past holds would be needed"
        if comparison.needed is None
        else f"about {comparison.needed - comparison.windows:,} more would be needed"
    )
    return (
        f"Not distinguishable from {whom}: the score is {size} ({interval}); {behind} stand{_s(comparison.windows)} behind it, "
        f"{more} to tell a difference of this size from chance."
    )


def _needed(skill: Interval, windows: int) -> int | None:
    """The interval shrinks with the root of the windows: how many would leave zero outside one around this mean."""
    if math.isnan(skill.low) or skill.mean == 0.0 or skill.low > 0.0 or skill.high < 0.0:
        return None
    needed = windows * ((skill.high - skill.low) / (2.0 * skill.mean)) ** 2
    return max(math.ceil(needed), windows + 1) if needed <= MOST_NEEDED else None


def _s(count: int) -> str:
    return "s" if count == 1 else ""
