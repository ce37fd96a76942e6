"""Facts about the past and estimates about the future: a value, its unit, and how it was computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Unit = Literal[
    "price",  # printed at the instrument's decimals
    "points",  # a difference of prices
    "per cent",  # 3.5 means 3.5 %
    "ATR",  # multiples of ATR(14)
    "ratio",  # a quotient, four digits
    "index",  # an oscillator such as RSI, two digits
    "probability",  # 0 to 1
    "R",  # multiples of the distance from entry to stop
    "dollars",
    "count",
    "sessions",
    "date",  # value is an ISO date
    "word",  # value is a word of the trade
]
Stamp = dt.date | dt.datetime  # the date of a bar; of an intraday bar the moment it starts, in UTC
Column = Literal["open", "high", "low", "close"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The bars a fact was computed from: `count` values of `column`, from the bar of `first` to the bar of `last`.

    peer: the symbol whose bars they are; None for the note's own instrument.
    """

    column: Column
    first: Stamp
    last: Stamp
    count: int
    peer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement about the past, recomputable from the bars up to the note's date.

    value: a number, or a word or ISO date. formula: for a number an arithmetic expression over `inputs`, other facts by
    their names, and `closes`, `highs`, `lows`, `opens` of the `windows`; evaluating it gives `value`
    (`domain.formula.evaluate`). For a word, the rule in one sentence. date: when it happened; known_on: the first day on
    which it could be known, where that is later. meaning: what it is, for a person ('50-day simple moving average').
    """

    value: float | str
    unit: Unit
    meaning: str
    formula: str
    inputs: Mapping[str, float] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    date: Stamp | None = None
    known_on: Stamp | None = None


class _OpenWindow:
    """A window before it is born: the same slots, which may still be set."""

    __slots__ = Window.__slots__


class _OpenFact:
    """A fact before it is born: the same slots, which may still be set."""

    __slots__ = Fact.__slots__


def window_of(column: Column, first: Stamp, last: Stamp, count: int, peer: str | None = None) -> Window:
    """The same as `Window`, in a third of the time."""
    born: Any = _OpenWindow()
    born.column, born.first, born.last, born.count, born.peer = column, first, last, count, peer
    born.__class__ = Window
    window: Window = born
    return window


def fact_of(
    value: float | str,
    unit: Unit,
    meaning: str,
    formula: str,
    inputs: Mapping[str, float] | None = None,
    windows: tuple[Window, ...] = (),
    date: Stamp | None = None,
    known_on: Stamp | None = None,
) -> Fact:
    """The same as `Fact`, in a quarter of the time: a reading makes some 340 facts a day.

    A frozen dataclass sets each of its fields by a call; here they are set while they still may be, and then it becomes a fact.
    """
    born: Any = _OpenFact()
    born.value = value
    born.unit = unit
    born.meaning = meaning
    born.formula = formula
    born.inputs = {} if inputs is None else inputs
    born.windows = windows
    born.date = date
    born.known_on = known_on
    born.__class__ = Fact
    fact: Fact = born
    return fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One number about the future, with its error and what the instrument's own past says.

    error: Monte Carlo standard error of `value`, None where the value is exact given others. base_rate: the frequency (or
    mean) over earlier start days of the same instrument at the same distances in ATR(14); base_count: how many; windows:
    how many of them do not overlap. formula and inputs as in a Fact.
    """

    value: float
    unit: Unit
    meaning: str
    formula: str
    inputs: Mapping[str, float] = field(default_factory=dict)
    error: float | None = None
    base_rate: float | None = None
    base_count: int = 0
    windows: int = 0
