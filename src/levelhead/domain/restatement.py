"""What was said in one contract, said again in the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch
from typing import Any, TypeVar

from levelhead.domain.claim import And, Claim, CloseAt, Given, Not, Or, Plan, Split, Statement, Touch
from levelhead.domain.claim_tree import with_prices
from levelhead.domain.event import Event
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Level
from levelhead.domain.roll import Roll

Said = TypeVar("Said", float, Split, Touch, CloseAt, Plan, Event, Not, And, Or, Given, Level)


def restated(said: Said, rolls_between: Iterable[Roll], instrument: Instrument) -> Said:
    """A price, level or claim of the old contract in points of the new one: every price moved by the gaps of the rolls.

    rolls_between: those after the day it was said, up to the day it is read. By difference, for that is what a position
    rolled over pays: distances, and what a plan risks in points, stay the same. Prices land on the instrument's grid; where
    gaps are whole ticks, restating and taking it back gives the same price. Sessions are the same, counted from the same day.
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
    # an average moves with the market, and is restated by it
    return with_prices(said, lambda price: instrument.on_grid(price + gap) if isinstance(price, float | int) else price)


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
