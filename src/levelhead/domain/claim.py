"""Statements about the sessions that follow: what is claimed, and what it was priced at."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from levelhead.domain.errors import BadClaim

MAX_SESSIONS = 252


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Which of two prices trades first: 'first of UPPER | LOWER within N sessions'. Outcomes: up, range, down."""

    upper: float
    lower: float
    sessions: int

    def __post_init__(self) -> None:
        _horizon(self.sessions)
        if not self.lower < self.upper:
            raise BadClaim(f"'first of {self.upper} | {self.lower}': the first price must lie above the second; swap them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A bar's range reaches `price`: 'touch PRICE within N sessions'. Outcomes: true, false."""

    price: float
    sessions: int

    def __post_init__(self) -> None:
        _horizon(self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAt:
    """The close of the Nth session lies beyond `price`: 'close above PRICE at N sessions'. Outcomes: true, false."""

    side: Literal["above", "below"]
    price: float
    sessions: int

    def __post_init__(self) -> None:
        _horizon(self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One trade: 'long limit 2003 stop 1990 target 2100, 2210 fill within 5 exit within 15'.

    order: 'limit' enters where the price comes back to, 'stop' where it breaks out. targets: nearest first. fill_within:
    sessions the order stands; exit_within: sessions from the start after which what is open is closed at the close.
    Outcomes: unfilled, target, stop, expired (of the first target).
    """

    side: Literal["long", "short"]
    order: Literal["limit", "stop"]
    entry: float
    stop: float
    targets: tuple[float, ...]
    fill_within: int
    exit_within: int

    def __post_init__(self) -> None:
        _horizon(self.fill_within)
        _horizon(self.exit_within)
        sign = 1 if self.side == "long" else -1
        ladder = [self.stop * sign, self.entry * sign, *(t * sign for t in self.targets)]
        if not self.targets or any(b <= a for a, b in itertools.pairwise(ladder)):
            raise BadClaim(
                f"A {self.side} needs its stop {self.stop}, entry {self.entry} and targets {self.targets} in that order of price"
                f"{'' if sign > 0 else ', falling'}."
            )
        if self.fill_within > self.exit_within:
            raise BadClaim(f"fill within {self.fill_within} outlasts exit within {self.exit_within}; give the exit more sessions.")


Claim = Split | Touch | CloseAt | Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """One outcome's probability, 0 to 1, its Monte Carlo standard error, and its base rate.

    base_rate: its frequency over all earlier start days of the same instrument, prices at the same distance in ATR(14),
    same horizon, windows ended by the note's date; None where there are none. base_count: those days; windows: how many of
    them do not overlap.
    """

    probability: float
    error: float
    base_rate: float | None = None
    base_count: int = 0
    windows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedClaim:
    """A claim as it was priced.

    claim: its text in the claim language. rule: how it is settled, in words. chances: by outcome; they sum to 1.
    undecided: share of simulated paths on which one bar did two things whose order it does not show; left out of the
    chances. paths: how many were simulated.
    """

    name: str
    claim: str
    sessions: int
    rule: str
    chances: Mapping[str, Chance] = field(default_factory=dict)
    undecided: float = 0.0
    paths: int = 0


def _horizon(sessions: int) -> None:
    if not 1 <= sessions <= MAX_SESSIONS:
        raise BadClaim(f"A horizon of {sessions} sessions is out of range; give 1 to {MAX_SESSIONS}.")
