"""What an instrument's own past says of kinds of statement, held against a placebo: a dated value, handed to the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Family = Literal["event", "level"]
Side = Literal["bullish", "bearish", ""]
LEVEL = 0.1  # of the family-wise error: the chance that anything is told of a family of which nothing is true
LEAST_CASES = 20  # independent ones; of fewer nothing is asked, and nothing said


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of the cases of a kind.

    name: of an event 'up' (share of closes above the price it could first be traded at) and 'move' (mean, in ATR(14)); of a level
    'held', 'broken' and not regained, 'reclaimed' (shares that sum to 1). value: the mean over the cases; low, high: its 90 %
    interval, None where there are too few cases for one. base: over all days of the same instrument, None of levels. placebo,
    spread: mean and standard deviation over the placebo's draws.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    base: float | None
    placebo: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came within `sessions` of one kind of event or of a touch of one kind of level.

    kind: 'candle.two_day_engulfing', 'cross.golden'; of a level 'average', 'swing'. called: the same for a person, 'a golden
    cross', 'moving averages'. happened: how often. cases: what the measures are over: of events those whose windows do not overlap,
    of levels every touch. independent: windows that do not overlap. days: how many days the base is over, of levels how many
    ladders. p: how often the placebo lies as far from its own mean, None where there are too few cases; corrected: for all that was
    tried of its family, by Holm's rule.
    """

    family: Family
    kind: str
    side: Side
    called: str
    sessions: int
    happened: int
    cases: int
    independent: int
    days: int
    measures: tuple[Measure, ...]
    p: float | None
    corrected: float | None

    @property
    def is_told(self) -> bool:
        """Whether the cases are distinguishable from the placebo."""
        return self.corrected is not None and self.corrected <= LEVEL

    def measure(self, name: str) -> Measure:
        """The measure of that name. Raises KeyError."""
        return next(each for each in self.measures if each.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What bars from `first` to `last` say of each kind that was tried; a note of a day before `last` may not use it.

    bars: how many, their digest: 'sha256:...'. draws: of the placebo, by family; tests: how many were corrected for, by family.
    """

    symbol: str
    timeframe: str
    first: dt.date
    last: dt.date
    bars: int
    digest: str
    draws: Mapping[Family, int]
    tests: Mapping[Family, int]
    tried: tuple[Tried, ...]

    def of(self, family: Family) -> Iterator[Tried]:
        """What was tried of one family."""
        return (each for each in self.tried if each.family == family)

    def find(self, kind: str, side: str, sessions: int) -> Tried | None:
        """What is known of one kind and side."""
        for each in self.tried:
            if (each.kind, each.side, each.sessions) == (kind, side, sessions):
                return each
        return None
