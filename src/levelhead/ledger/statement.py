"""One statement of a note that can be settled and scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FROM_NEXT = "from_next"  # among a statement's prices: it begins with the session after the note's day, though that was not over
Kind = Literal["scenario", "target", "outlook", "bias", "setup", "level", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a note said about the future, in numbers.

    name: unique in its note: 'scenario', 'scenario.up.target', 'outlook.short', 'bias.short', 'setup.1', 'level.r1'; any other
    claim by its own name. claim: in the claim language; '' of a level, a bias and a three-way outlook. sessions: the horizon.
    outcomes: what may come of it. scenario: up, range, down; target and claim: true, false and perhaps void; outlook: up, flat,
    down; setup: unfilled, target, stop, expired; level: held, broken, reclaimed, untested; bias: right, wrong, neither.
    said, base: the probability and the base rate of each outcome; () where there was none. windows: how many independent
    windows stand behind the base rate. prices: what settling and scoring need beside the claim. scenario: upper, lower, start;
    outlook: upper, lower, start; bias: lean (-1 to 1), start, sigma; level: low, high, side (+1 resistance, -1 support),
    start; setup: entry, stop, target_1 and so on. unfinished: the price at which the bar of the note's day stood, where it
    was not finished.
    """

    name: str
    kind: Kind
    claim: str
    sessions: int
    outcomes: tuple[str, ...]
    said: tuple[float, ...]
    base: tuple[float, ...]
    windows: int = 0
    prices: Mapping[str, float]
