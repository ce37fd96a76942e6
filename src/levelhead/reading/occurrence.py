"""What has happened on a chart: every occurrence of one kind of event, in the one form that evidence is gathered from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occurrences:
    """All occurrences of one kind in a series, arrays of one shape (m,).

    kind: 'candle.two_day_engulfing', 'line.broken', 'gap.up', 'cross.golden'. known: rows at whose close each became known,
    ascending. direction: +1 bullish, -1 bearish, 0 neither. happened: rows at which each happened, never later than known. A
    provisional last bar has not closed: what waits for it is not among them.
    """

    kind: str
    known: NDArray[np.int64]
    direction: NDArray[np.int8]
    happened: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.known)

    def until(self, count: int) -> Occurrences:
        """Those that were known by the first `count` bars."""
        seen = int(np.searchsorted(self.known, count))
        return Occurrences(kind=self.kind, known=self.known[:seen], direction=self.direction[:seen], happened=self.happened[:seen])


def occurrences(
    kind: str, known: NDArray[np.int64], direction: NDArray[np.int8] | int, happened: NDArray[np.int64] | None = None
) -> Occurrences:
    """Occurrences from rows in any order; one direction may stand for all, and without `happened` each was known at once."""
    order = np.argsort(known, kind="stable")
    directions = np.full(len(known), direction, dtype=np.int8) if isinstance(direction, int) else direction.astype(np.int8)
    then = known if happened is None else happened
    return Occurrences(
        kind=kind,
        known=known[order].astype(np.int64),
        direction=directions[order],
        happened=then[order].astype(np.int64),
    )
