"""What was said in one contract, said again in the next."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any, TypeVar

from levelhead.domain.claim import And, Claim, CloseAt, Given, Not, Or, Plan, Split, Statement, Touch
from levelhead.domain.claim_tree import Leaf, map_leaves, with_prices
from levelhead.domain.event import Event, Price
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Level
from levelhead.domain.roll import Roll

Said = TypeVar("Said", bound=float | Level | Claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What lies between the contract of one day and that of a later one.

    rolls: oldest first. gap: what is added to a price of the first day, points; 0.0 without rolls. error: standard error of the
    gap, of estimated rolls together; 0.0 where every gap was read from both contracts, None where one is estimated and nothing is
    known of its error.
    """

    rolls: tuple[Roll, ...]
    gap: float
    error: float | None

    def words(self, instrument: Instrument) -> str:
        """'restated by +18.0 points, RTYU5 to RTYZ5 on 2025-09-17, estimated, standard error 1.8'; '' without rolls."""
        if not self.rolls:
            return ""
        written = instrument.quoting.price
        rolls = " and ".join(f"{roll.from_contract} to {roll.to_contract} on {roll.date}" for roll in self.rolls)
        estimated = ", estimated" if any(roll.estimated for roll in self.rolls) else ""
        uncertain = ", date uncertain" if any(roll.is_date_uncertain for roll in self.rolls) else ""
        error = f", standard error {written(self.error)}" if self.error else ""
        return f"restated by {written(self.gap, signed=True)} points, {rolls}{estimated}{uncertain}{error}"


def rolls_between(rolls: Iterable[Roll], said_on: dt.date, read_on: dt.date) -> Between:
    """The rolls after the day something was said, up to the day it is read; only those that are known on that day.

    A price of the day of a roll itself stands in the new contract already, also where the roll was seen later.
    """
    found = tuple(roll for roll in rolls if said_on < roll.date and roll.seen <= read_on)
    errors = [roll.gap_error if roll.estimated else roll.gap_error or 0.0 for roll in found]
    known = [error for error in errors if error is not None]
    return Between(
        rolls=found,
        gap=math.fsum(roll.gap for roll in found),
        error=math.hypot(*known) if len(known) == len(errors) else None,
    )


def restated(said: Said, rolls_between: Iterable[Roll], instrument: Instrument) -> Said:
    """A price, level or claim of the old contract in points of the new one: every price moved by the gaps of the rolls.

    rolls_between: those after the day it was said, up to the day it is read. By difference, for that is what a position
    rolled over pays: distances, and what a plan risks in points, stay the same. Prices land on the instrument's grid; where
    gaps are whole ticks, restating and taking it back gives the same price. Sessions are the same, counted from the same day.
    What a claim says of the series 'in as traded' it says of whatever contract is quoted, and is not moved.
    """
    gap = sum(roll.gap for roll in rolls_between)
    if gap == 0:
        return said
    moved: Said = _moved(said, gap, instrument)
    return moved


@singledispatch
def _moved(said: object, gap: float, instrument: Instrument) -> Any:
    raise TypeError(f"{said!r} holds no price that could be restated")


@_moved.register
def _price(said: float, gap: float, instrument: Instrument) -> float:
    return instrument.on_grid(said + gap)


@_moved.register
def _level(said: Level, gap: float, instrument: Instrument) -> Level:
    return replace(said, price=instrument.on_grid(said.price + gap))


@_moved.register(Split)
@_moved.register(Touch)
@_moved.register(CloseAt)
@_moved.register(Event)
@_moved.register(Not)
@_moved.register(And)
@_moved.register(Or)
@_moved.register(Given)
def _claim(said: Split | Statement, gap: float, instrument: Instrument) -> Claim:
    def moved(price: Price) -> Price:
        # an average moves with the market, and is restated by it
        return instrument.on_grid(price + gap) if isinstance(price, float | int) else price

    def leaf(each: Leaf) -> Leaf:
        if isinstance(each, Event) and each.frame == "as traded":
            return each
        again: Leaf = with_prices(each, moved)  # type: ignore[assignment]
        return again

    return with_prices(said, moved) if isinstance(said, Split) else map_leaves(said, leaf)


@_moved.register
def _plan(said: Plan, gap: float, instrument: Instrument) -> Plan:
    # the entry lands on the grid, and what is risked and hoped for keeps its distance from it to the tick
    entry = instrument.on_grid(said.entry + gap)
    shift = entry - said.entry
    return replace(
        said,
        entry=entry,
        stop=instrument.on_grid(said.stop + shift),
        targets=tuple(instrument.on_grid(target + shift) for target in said.targets),
    )
