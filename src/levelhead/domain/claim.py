"""Statements about the sessions that follow: what is claimed, and what it was priced at."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from levelhead.domain.errors import BadClaim
from levelhead.domain.event import MAX_SESSIONS as MAX_SESSIONS
from levelhead.domain.event import Event, Price
from levelhead.domain.event import check_horizon as _horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Which of two prices trades first: 'first of UPPER | LOWER within N sessions'. Outcomes: up, range, down.

    An average moves along the path; during a session it stands where it stood at the close before.
    """

    upper: Price
    lower: Price
    sessions: int

    def __post_init__(self) -> None:
        _horizon(self.sessions)
        if self.upper == self.lower or (
            isinstance(self.upper, float | int) and isinstance(self.lower, float | int) and not self.lower < self.upper
        ):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """What is true where `claim` is false."""

    claim: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """Every one of the terms: 'A and B'."""

    terms: tuple[Statement, ...]

    def __post_init__(self) -> None:
        _terms(self.terms, "and")
        denied = {term.claim for term in self.terms if isinstance(term, Not)}
        if denied & set(self.terms):
            raise BadClaim("The claim holds a statement 'and' its own denial; it contradicts itself and can never be true.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """At least one of the terms: 'A or B'."""

    terms: tuple[Statement, ...]

    def __post_init__(self) -> None:
        _terms(self.terms, "or")
        denied = {term.claim for term in self.terms if isinstance(term, Not)}
        if denied & set(self.terms):
            raise BadClaim("The claim holds a statement 'or' its own denial; it is always true and says nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """`claim`, where `condition` comes true; void where it does not: 'A given B'. Each has its own window from the same start."""

    claim: Statement
    condition: Statement

    def __post_init__(self) -> None:
        if Not(claim=self.claim) == self.condition or Not(claim=self.condition) == self.claim:
            raise BadClaim("The claim denies its own condition; it contradicts itself and can never be true.")


Statement = Touch | CloseAt | Event | Not | And | Or | Given
Claim = Split | Plan | Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What one forecaster of a pool says of an outcome, and what share of the pool it is.

    name: 'paths', 'analogues', 'closed form' or 'options'. The weights of a pool sum to 1.
    """

    name: str
    weight: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """One outcome's probability, 0 to 1, its Monte Carlo standard error, and its base rate.

    base_rate: its frequency over all earlier start days of the same instrument, prices at the same distance in ATR(14),
    same horizon, windows ended by the note's date; None where there are none. base_count: those days; windows: how many of
    them do not overlap. members: of the pool whose weighted sum it is; empty where the simulated paths alone were asked.
    """

    probability: float
    error: float
    base_rate: float | None = None
    base_count: int = 0
    windows: int = 0
    members: tuple[Member, ...] = ()


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


def _terms(terms: tuple[Statement, ...], word: str) -> None:
    if len(terms) < 2:
        raise BadClaim(f"'{word}' joins two statements or more; there are {len(terms)}.")
