"""Rolls: where a continuous future changes from one contract to the next, and what that does to its prices."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadBars

Adjustment = Literal["none", "difference", "ratio"]
GIVEN = "roll table"  # the method of a roll of which no more is known than that it was given


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """One change of contract.

    date: the first session quoted in `to_contract`. gap: the new contract's price less the old one's, in points, both of one
    moment: the close of the session before `date`. factor: the same as a quotient, new over old. estimated: the gap was
    inferred, not read from both contracts. method: the rule that placed the roll and made the gap, in words. known_on: the
    first session at whose close this could be known, where that is later than `date`. gap_error: standard error of an
    estimated gap, in points; None where none is known. is_date_uncertain: another session fits nearly as well.
    """

    date: dt.date
    from_contract: str
    to_contract: str
    gap: float
    factor: float
    estimated: bool
    method: str
    known_on: dt.date | None = None
    gap_error: float | None = None
    is_date_uncertain: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.gap) and math.isfinite(self.factor) and self.factor > 0):
            raise BadBars(
                f"The roll of {self.date} from {self.from_contract} to {self.to_contract} has gap {self.gap} and factor "
                f"{self.factor}; both must be finite and the factor positive. Check both closes of the session before."
            )
        if self.known_on is not None and self.known_on < self.date:
            raise BadBars(f"The roll of {self.date} cannot be known on {self.known_on}, before it happened.")
        if self.gap_error is not None and not (math.isfinite(self.gap_error) and self.gap_error >= 0):
            raise BadBars(f"The roll of {self.date} has a gap error of {self.gap_error} points; an error is zero or more.")

    @property
    def seen(self) -> dt.date:
        """The first session whose close may use this roll."""
        return self.known_on or self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RollsSince:
    """Where an analyst of a day from `since` on has estimated rolls from, until another says else.

    rolls: all that are ever estimated so, of which a day knows those that `known_rolls` gives it; () where nothing shows any.
    """

    since: dt.date
    rolls: tuple[Roll, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRoll:
    """What the calendar alone says of a change of contract: the days on one of which it comes. Its gap is not known."""

    first: dt.date
    last: dt.date
    from_contract: str
    to_contract: str


def known_rolls(rolls: Iterable[Roll], as_of: dt.date) -> tuple[Roll, ...]:
    """The rolls that an analyst of that day knows of."""
    return tuple(roll for roll in rolls if roll.seen <= as_of)


def rolls_on(told: Sequence[RollsSince], day: dt.date) -> tuple[Roll, ...]:
    """The rolls that were known on that day. told: ascending; nothing is known before the first."""
    latest = next((each for each in reversed(told) if each.since <= day), None)
    return () if latest is None else known_rolls(latest.rolls, day)


def multipliers(dates: NDArray[np.datetime64], rolls: Sequence[Roll]) -> NDArray[np.float64]:
    """What each day's prices are multiplied by to stand in the last roll's contract, shape of `dates`; 1.0 after the last roll.

    dates: ascending.
    """
    found = np.ones(len(dates))
    for roll in rolls:
        found[: np.searchsorted(dates, np.datetime64(roll.date))] *= roll.factor
    return found


def shifts(dates: NDArray[np.datetime64], rolls: Sequence[Roll]) -> NDArray[np.float64]:
    """What is added to each day's prices to make them stand in the last roll's contract, shape of `dates`, points.

    dates: ascending.
    """
    found = np.zeros(len(dates))
    for roll in rolls:
        found[: np.searchsorted(dates, np.datetime64(roll.date))] += roll.gap
    return found
