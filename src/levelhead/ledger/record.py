"""Settled statements as columns, one row each: what every score is computed from, with a ledger or without one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from levelhead.ledger.words import Words

if TYPE_CHECKING:
    from levelhead.ledger.outcome import Outcome
    from levelhead.ledger.statement import Statement

UNDECIDED, OPEN, VOID = -1, -2, -3
MOST_OUTCOMES = 4
PRICES = ("upper", "lower", "start", "sigma", "lean", "low", "high")
VOIDED = "void"
_NOTHING = (float("nan"),) * MOST_OUTCOMES
UNSETTLED = {"undecided": UNDECIDED, "open": OPEN, VOIDED: VOID}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """Whose statement it is: author, instrument, live or replayed, day of the note."""

    author: str
    symbol: str
    standing: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """Statements and what came of them, as columns of n rows.

    outcomes: index of what happened among the statement's outcomes; -1 cannot be decided, -2 open, -3 void. count: how many
    outcomes it has, void not among them. said, base: probability and base rate of each, (n, 4), NaN beyond count, all NaN where
    nothing was said. settled_on: NaT while open. results in R and dollars after costs, worst and best reading; NaN where none.
    prices: columns by name, NaN where absent.
    """

    name: NDArray[np.str_] | Words
    kind: NDArray[np.str_] | Words
    author: NDArray[np.str_] | Words
    symbol: NDArray[np.str_] | Words
    standing: NDArray[np.str_] | Words
    as_of: NDArray[np.datetime64]
    settled_on: NDArray[np.datetime64]
    sessions: NDArray[np.int64]
    outcomes: NDArray[np.int64]
    count: NDArray[np.int64]
    said: NDArray[np.float64]
    base: NDArray[np.float64]
    result_low: NDArray[np.float64]
    result_high: NDArray[np.float64]
    dollars_low: NDArray[np.float64]
    dollars_high: NDArray[np.float64]
    prices: Mapping[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.outcomes)

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Record:
        """The rows of a mask, or of row numbers in that order."""
        columns = {name: getattr(self, name)[chosen] for name in COLUMNS}
        return Record(**columns, prices={name: column[chosen] for name, column in self.prices.items()})

    def spelled(self) -> Record:
        """The same with every column of words as an array of them."""
        columns: dict[str, Any] = {name: np.asarray(getattr(self, name)) for name in WORDS}
        return replace(self, **columns)


WORDS = ("name", "kind", "author", "symbol", "standing")
COLUMNS = tuple(field.name for field in fields(Record) if field.name != "prices")


def record_of(rows: Iterable[tuple[Meta, Statement, Outcome]]) -> Record:
    """The record of statements and their outcomes, in the order given."""
    taken = list(rows)
    metas, statements, outcomes = [row[0] for row in taken], [row[1] for row in taken], [row[2] for row in taken]
    return Record(
        name=_words([s.name for s in statements]),
        kind=_words([s.kind for s in statements]),
        author=_words([m.author for m in metas]),
        symbol=_words([m.symbol for m in metas]),
        standing=_words([m.standing for m in metas]),
        as_of=np.array([m.as_of for m in metas], dtype="datetime64[D]"),
        settled_on=np.array([o.on for o in outcomes], dtype="datetime64[D]"),
        sessions=np.array([s.sessions for s in statements], dtype=np.int64),
        outcomes=np.array([index_of(s.outcomes, o.outcome) for s, o in zip(statements, outcomes, strict=True)], dtype=np.int64),
        count=np.array([count_of(s.outcomes) for s in statements], dtype=np.int64),
        said=_padded([spoken(s.outcomes, s.said) for s in statements]),
        base=_padded([spoken(s.outcomes, s.base) for s in statements]),
        result_low=_numbers([o.result_low for o in outcomes]),
        result_high=_numbers([o.result_high for o in outcomes]),
        dollars_low=_numbers([o.dollars_low for o in outcomes]),
        dollars_high=_numbers([o.dollars_high for o in outcomes]),
        prices={name: _numbers([s.prices.get(name) for s in statements]) for name in PRICES},
    )


def joined(records: Iterable[Record]) -> Record:
    """Records one after another; a price that one of them has no column for is NaN there."""
    parts = list(records) or [record_of(())]
    columns: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}
    names = dict.fromkeys(name for part in parts for name in part.prices)
    prices = {name: np.concatenate([part.prices.get(name, np.full(len(part), np.nan)) for part in parts]) for name in names}
    return Record(**columns, prices=prices)


def index_of(outcomes: Sequence[str], outcome: str) -> int:
    """The place of an outcome among a statement's; negative where it is not settled. What is void is void in every statement."""
    return UNSETTLED[outcome] if outcome in UNSETTLED else outcomes.index(outcome)


def count_of(outcomes: Sequence[str]) -> int:
    """How many outcomes of a statement can be scored: void is none."""
    return len(outcomes) - (VOIDED in outcomes)


def spoken(outcomes: Sequence[str], chances: Sequence[float]) -> tuple[float, ...]:
    """The chances of the outcomes that can be scored: where the last one is void, those of the others given that it is not."""
    if not chances or outcomes[-1] != VOIDED:
        return tuple(chances)
    rest = math.fsum(chances[:-1])
    return tuple(chance / rest for chance in chances[:-1]) if rest > 0.0 else ()


def _words(values: list[str]) -> NDArray[np.str_]:
    return np.array(values, dtype=np.str_)


def _numbers(values: list[float | None]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def _padded(rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    wide = [(*row, *_NOTHING[len(row) :]) for row in rows]
    return np.array(wide, dtype=np.float64).reshape(len(rows), MOST_OUTCOMES)
