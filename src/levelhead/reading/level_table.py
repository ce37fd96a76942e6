"""The levels of a day in columns, so that what makes zones of them looks at numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import FloatArray
from levelhead.domain.level import Level
from levelhead.reading.level_lines import SwingLines
from levelhead.reading.level_source import Source, Weighed, told

STRUCTURAL = frozenset({"all_time_high", "high_52w", "low_52w"})
# A zone is named after what lasts, if it is in it: a bar's extreme and a round number stay, an average goes with the price.
LASTING = frozenset({"extreme", "swing", "anchor", "round", "average"})
NO_NUMBERS, NO_WEIGHTS = np.zeros(0, dtype=np.int64), np.zeros(0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelTable:
    """Levels in columns of shape (n,); read one by one they are `Weighed`.

    rows: of the bar that made each, -1 where no bar did. is_brief, is_structural, lasts: what its source is. named: the first of
    them, with their sources. The others are swings, by their numbers: of those a source is looked up where it is asked for.
    """

    prices: FloatArray
    weights: FloatArray
    rows: NDArray[np.int64]
    is_brief: NDArray[np.bool_]
    is_structural: NDArray[np.bool_]
    lasts: NDArray[np.bool_]
    named: Sequence[Weighed]
    numbers: Sequence[int] = ()
    swings: SwingLines | None = None

    def __len__(self) -> int:
        return len(self.prices)

    def __iter__(self) -> Iterator[Weighed]:
        return map(self.weighed, range(len(self)))

    @property
    def ranks(self) -> NDArray[np.int64]:
        """By what zones are named: the weights to an eighth, what does not last at half its weight."""
        ranks: NDArray[np.int64] = np.rint(np.where(self.lasts, 8, 4) * self.weights).astype(np.int64)
        return ranks

    def weighed(self, at: int) -> Weighed:
        """One of them with its source."""
        return Weighed(float(self.prices[at]), float(self.weights[at]), self.source(at))

    def source(self, at: int) -> Source:
        """Where one comes from."""
        if at < len(self.named):
            return self.named[at].source
        assert self.swings is not None
        return self.swings.source(self.numbers[at - len(self.named)])

    def levels(self, places: Sequence[int]) -> tuple[Level, ...]:
        """Some of them as a zone has them."""
        named, numbers, count = self.named, self.numbers, len(self.named)
        found = []
        for at in places:
            if at < count:
                price, _, source, level = named[at]
                found.append(level or told(price, source))
            else:
                assert self.swings is not None
                found.append(self.swings.level(numbers[at - count]))
        return tuple(found)


def table_of(
    named: Sequence[Weighed],
    swings: SwingLines | None = None,
    numbers: NDArray[np.int64] = NO_NUMBERS,
    weights: FloatArray = NO_WEIGHTS,
) -> LevelTable:
    """Levels that have their sources, and after them swings, by their numbers, each with its weight."""
    prices, weighed, sources, _ = zip(*named, strict=True) if named else ((), (), (), ())  # faster than taking each level apart
    kinds, names, _, _, rows, _, _, are_brief = zip(*sources, strict=True) if named else ((),) * 8
    first, count = len(named), len(named) + len(numbers)
    table = LevelTable(
        prices=np.empty(count),
        weights=np.empty(count),
        rows=np.empty(count, dtype=np.int64),
        is_brief=np.zeros(count, dtype=np.bool_),
        is_structural=np.zeros(count, dtype=np.bool_),
        lasts=np.ones(count, dtype=np.bool_),
        named=named,
        numbers=numbers.tolist(),
        swings=swings,
    )
    table.prices[:first], table.weights[:first], table.rows[:first], table.is_brief[:first] = prices, weighed, rows, are_brief
    table.is_structural[:first] = [name in STRUCTURAL for name in names]
    table.lasts[:first] = [kind in LASTING and not is_brief for kind, is_brief in zip(kinds, are_brief, strict=True)]
    if swings is not None:
        table.prices[first:], table.weights[first:], table.rows[first:] = swings.prices[numbers], weights, swings.rows[numbers]
    return table
