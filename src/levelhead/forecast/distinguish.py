"""Whether a forecast says anything that the base rate does not, and how much more past it would take to tell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from levelhead.domain.claim import Chance

# Of chi-squared, exceeded in 5 % of cases, for 1, 2, 3, ... degrees of freedom.
_CRITICAL = (3.841, 5.991, 7.815, 9.488, 11.070, 12.592, 14.067)
_LEAST_HITS = 0.5  # an outcome that never happened is given half a case
MOST_NEEDED = 10_000  # beyond so many windows no market has a past


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinction:
    """How the chances of a claim's outcomes stand against their base rates.

    windows: windows of the past that do not overlap, the independent evidence behind the base rates; 0 where there are none.
    needed: how many would tell the two apart; None where they agree so well that `MOST_NEEDED` would not. is_told: whether the
    windows there are suffice. widest: the outcome that differs most, in standard errors; '' without base rates.
    """

    windows: int
    needed: int | None
    is_told: bool
    widest: str

    @property
    def more(self) -> int | None:
        """Windows still missing; 0 where none is."""
        return None if self.needed is None else max(0, self.needed - self.windows)


def distinguish(chances: Mapping[str, Chance]) -> Distinction | None:
    """Whether so many independent windows, had the chances been true, would contradict the base rates; None without base rates.

    Pearson's statistic of windows that came out as the chances say, against the base rates: windows times the sum over
    outcomes of (p - b)^2 / b, held against the 95 % quantile of chi-squared with outcomes - 1 degrees of freedom. The Monte Carlo
    error of each p is taken off its difference first. Overlapping start days count once: `windows`, not `base_count`. Pearson, K.
    (1900), Philosophical Magazine 50, 157-175.
    """
    known = {name: (chance, chance.base_rate) for name, chance in chances.items() if chance.base_rate is not None}
    if len(known) < 2:
        return None
    windows = min(chance.windows for chance, _ in known.values())
    parts = {}
    for name, (chance, rate) in known.items():
        base = min(max(rate, _LEAST_HITS / max(chance.base_count, 1)), 1.0)
        beyond = max(0.0, abs(chance.probability - rate) - chance.error)
        parts[name] = beyond**2 / base
    spread = math.fsum(parts.values())
    critical = _CRITICAL[min(len(known) - 1, len(_CRITICAL)) - 1]
    needed = math.ceil(critical / spread) if spread * MOST_NEEDED >= critical else None
    return Distinction(
        windows=windows,
        needed=needed,
        is_told=needed is not None and windows >= needed,
        widest=max(parts, key=lambda name: parts[name]),
    )


def distinction_words(found: Distinction | None) -> str:
    """One sentence for a person."""
    if found is None:
        return "There is no base rate to hold this against yet."
    behind = f"{found.windows:,} independent window{'' if found.windows == 1 else 's'}"
    if found.is_told:
        return f"The forecast differs from the base rate by more than chance explains, given the {behind} behind it."
    if found.needed is None:
        return f"The forecast is not distinguishable from the base rate: the two agree, with {behind} behind the latter."
    more, stand = found.needed - found.windows, "stands" if found.windows == 1 else "stand"
    return (
        f"The forecast is not distinguishable from the base rate: {behind} {stand} behind it, about {more:,} more would be needed "
        "to tell a difference of this size from chance."
    )
