"""What can be scored of a record: the statements that said a probability and were decided, each with its scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import weekdays, weekdays_of
from levelhead.kernels.scores import brier, log_score, ranked
from levelhead.kernels.windows import windows_apart
from levelhead.ledger.record import Record
from levelhead.ledger.words import coded

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

IN_ORDER = ("scenario", "outlook")  # their outcomes lie in an order, from the highest price to the lowest
OUTCOMES = {
    "scenario": ("up", "range", "down"),
    "target": ("true", "false"),
    "claim": ("true", "false"),
    "outlook": ("up", "flat", "down"),
    "setup": ("unfilled", "target", "stop", "expired"),
    "level": ("held", "broken", "reclaimed", "untested"),
    "bias": ("right", "wrong", "neither"),
}
LONG = 0.9  # a group of many horizons is treated as one of a horizon that so many of its rows do not exceed
MOST_HORIZONS = 12
DENSE = 4_000_000  # numbers below this are counted in a table, and need no sorting


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows looked at together: of one kind, and of one author, instrument or horizon where that is named ('' or 0: of all)."""

    kind: str
    author: str = ""
    symbol: str = ""
    sessions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Keys:
    """The columns that rows are grouped by, as places among the words they hold; day: the note's, as a place among `days`."""

    kinds: list[str]
    authors: list[str]
    symbols: list[str]
    kind: IntArray
    author: IntArray
    symbol: IntArray
    sessions: IntArray
    days: NDArray[np.datetime64]
    day: IntArray

    def by_day(self, rows: IntArray) -> tuple[NDArray[np.datetime64], IntArray]:
        """The different days of these rows, ascending, and each row's place among them."""
        present, place = compact(self.day[rows], len(self.days))
        return self.days[present], place

    def cells(self, rows: IntArray) -> tuple[Keys, IntArray]:
        """Rows of one kind that share author, instrument, horizon and day as one: the keys of each cell, and each row's cell."""
        horizons, horizon = compact(self.sessions[rows], int(self.sessions[rows].max(initial=0)) + 1)
        wide = len(self.symbols), len(horizons), len(self.days)
        number = (self.author[rows] * wide[0] + self.symbol[rows]) * wide[1] + horizon
        number = number * wide[2] + self.day[rows]
        cells, place = compact(number, len(self.authors) * wide[0] * wide[1] * wide[2])
        rest, day = np.divmod(cells, wide[2])
        rest, horizon = np.divmod(rest, wide[1])
        author, symbol = np.divmod(rest, wide[0])
        kind = np.zeros(len(cells), dtype=np.int64)
        own = replace(self, kind=kind, author=author, symbol=symbol, sessions=horizons[horizon], day=day)
        return own, place

    def of(self, kind: str) -> NDArray[np.bool_]:
        """Which rows are of that kind."""
        return self.kind == self.kinds.index(kind) if kind in self.kinds else np.zeros(len(self.kind), dtype=bool)

    def groups(self, kind: str, rows: IntArray) -> Iterator[tuple[Group, IntArray]]:
        """All `rows`, of one kind; then those of each author, instrument and horizon, where there is more than one."""
        yield Group(kind=kind), rows
        for name, words, codes in (("author", self.authors, self.author), ("symbol", self.symbols, self.symbol)):
            present = np.flatnonzero(np.bincount(codes[rows], minlength=len(words)))
            for code in present if len(present) > 1 else ():
                yield Group(kind=kind, **{name: words[code]}), rows[codes[rows] == code]  # type: ignore[arg-type]
        horizons = np.bincount(self.sessions[rows])
        most = np.sort(np.argsort(-horizons, kind="stable")[: min(MOST_HORIZONS, int(np.count_nonzero(horizons)))])
        for sessions in most if len(most) > 1 else ():
            yield Group(kind=kind, sessions=int(sessions)), rows[self.sessions[rows] == sessions]


def keys_of(record: Record) -> Keys:
    """The keys of every row."""
    (kinds, kind), (authors, author), (symbols, symbol) = (coded(c) for c in (record.kind, record.author, record.symbol))
    first = record.as_of.min() if len(record) else np.datetime64("1970-01-01", "D")
    since = (record.as_of - first).astype(np.int64)
    present, day = compact(since, DENSE)
    return Keys(
        kinds=kinds,
        authors=authors,
        symbols=symbols,
        kind=kind,
        author=author,
        symbol=symbol,
        sessions=record.sessions,
        days=first + present,
        day=day,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """Scores of one kind's decided rows: what was said, and the base rate (NaN where there was none).

    rows: places in the record. count: how many outcomes each has. own, base: by the name of the score.
    """

    rows: IntArray
    count: IntArray
    said: FloatArray
    happened: IntArray
    own: dict[str, FloatArray]
    base: dict[str, FloatArray]


def scores_of(record: Record, kind: str, rows: IntArray) -> Scores:
    """The scores of those of `rows`, all of one kind, that said something and were decided."""
    outcomes = record.outcomes[rows]
    decided = (outcomes >= 0) & ~np.isnan(record.said[rows, 0])
    chosen, happened = rows[decided], outcomes[decided]
    widest = int(record.count[chosen].max(initial=2))
    said, base = record.said[chosen, :widest], record.base[chosen, :widest]
    measures = {"brier": brier, "log": log_score} | ({"ranked": ranked} if kind in IN_ORDER else {})
    return Scores(
        rows=chosen,
        count=record.count[chosen],
        said=said,
        happened=happened,
        own={name: score(said, happened) for name, score in measures.items()},
        base={name: score(base, happened) for name, score in measures.items()},
    )


def windows_of(days: NDArray[np.datetime64], sessions: int) -> int:
    """How many windows of so many sessions after these ascending days do not overlap; counted in weekdays."""
    return windows_apart(weekdays_of(days), weekdays(sessions))


def horizon_of(sessions: IntArray) -> int:
    """The horizon that stands for a group's many: nine tenths of its rows have no longer one. 1 of no rows."""
    return longest(sessions, np.ones(len(sessions)))


def longest(sessions: IntArray, counts: FloatArray) -> int:
    """The same of horizons that occur `counts` times each."""
    if not len(sessions):
        return 1
    running = np.cumsum(summed(counts, sessions, int(sessions.max()) + 1))
    return int(np.searchsorted(running, np.ceil(LONG * (running[-1] - 1.0)), side="right"))


def compact(numbers: IntArray, below: int) -> tuple[IntArray, IntArray]:
    """The different numbers, ascending, and each one's place among them; without sorting where `below` bounds them closely."""
    if below > DENSE:
        distinct, place = np.unique(numbers, return_inverse=True)
        return distinct, place.ravel()
    distinct = np.flatnonzero(np.bincount(numbers, minlength=1))
    rank = np.zeros(int(distinct[-1]) + 1 if len(distinct) else 0, dtype=np.int64)
    rank[distinct] = np.arange(len(distinct))
    return distinct, rank[numbers]


def summed(values: FloatArray, place: IntArray, size: int) -> FloatArray:
    """Sums of the values that share a place, (size,)."""
    sums: NDArray[np.generic] = np.bincount(place, weights=values, minlength=size)
    return sums.astype(np.float64, copy=False)
