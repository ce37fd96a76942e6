"""Small constructors that every topic of a reading shares.

To add facts: find the arrays of the whole series once (`reading.whole`; kernels are causal, so a day is a row of them), write a
function that makes the facts of one day from that row, and give it a line in `reading.read.TOPICS` with the beginnings of its
names. It is called only where one of its names is asked for, so a walk that scores claims does not pay for words. Each fact that
is made costs some 2 to 4 microseconds (a Window or a date 1 more), a NumPy call on a few rows 1 to 5, one over the whole history
10 and more: per day, index what `whole_of` computed and search nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from functools import lru_cache

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Column, Fact, Unit, Window, fact_of, window_of

Findings = tuple[dict[str, Fact], tuple[str, ...]]
"""Facts by name, and whole sentences that name what is not known yet."""


def number(
    value: float,
    unit: Unit,
    meaning: str,
    formula: str,
    *,
    inputs: Mapping[str, float] | None = None,
    windows: tuple[Window, ...] = (),
    date: dt.date | None = None,
) -> Fact:
    """A numeric fact; NumPy numbers become plain ones."""
    plain = value if type(value) is float else float(value)
    return fact_of(plain, unit, meaning, formula, _plain(inputs) if inputs else None, windows, date)


def word(value: str, meaning: str, rule: str, *, inputs: Mapping[str, float] | None = None, date: dt.date | None = None) -> Fact:
    """A fact that is a word; `rule` says in one sentence when it is this word."""
    return fact_of(value, "word", meaning, rule, _plain(inputs) if inputs else None, (), date)


def _plain(inputs: Mapping[str, float]) -> Mapping[str, float]:
    for given in inputs.values():
        if type(given) is not float:
            return {name: float(given) for name, given in inputs.items()}
    return {**inputs}


def window(bars: Bars, column: Column, count: int, *, back: int = 0) -> Window:
    """The `count` bars of `column` that end `back` bars before the last."""
    end = len(bars.time) - 1 - back
    return window_of(column, bars.stamp(end - count + 1), bars.stamp(end), count)


day = Bars.stamp
"""What names a row: its trade date, or the moment at which an intraday bar starts."""


def in_name(bars: Bars, row: int) -> str:
    """A row's day as part of the name of an input: '2024_02_29', of an intraday bar '2024_02_29_1430'."""
    stamp = bars.stamp(row)
    return stamp.isoformat().replace("-", "_") if bars.days is None else f"{stamp:%Y_%m_%d_%H%M}"


def mean_of(letter: str, values: FloatArray) -> tuple[str, dict[str, float]]:
    """The formula '(r1 + r2 + ...) / n' and its inputs, oldest first."""
    formula, names = _mean_words(letter, len(values))
    return formula, dict(zip(names, values.tolist(), strict=True))


@lru_cache(maxsize=64)
def _mean_words(letter: str, count: int) -> tuple[str, tuple[str, ...]]:
    names = tuple(f"{letter}{at}" for at in range(1, count + 1))
    return f"({' + '.join(names)}) / {count}", names


def known(value: float) -> bool:
    """Whether a kernel had enough rows for it."""
    return math.isfinite(value)


def too_short(what: str, needed: int, there_are: int) -> str:
    """Such as: The 200-day average needs 200 bars; there are 143."""
    verb = "is" if there_are == 1 else "are"
    return f"{what} needs {needed} bars; there {verb} {there_are}."
