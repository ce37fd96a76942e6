"""An author's statements beside the same ones as somebody else priced them: the same words, the same day, and no others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.ledger.record import Record, joined

IntArray = NDArray[np.int64]
TWO_WAY = ("claim", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """Statements of one kind that an author made without a probability, and what came of them.

    decided: of `count`, those that came true or false and that somebody else gave a probability; happened: came true. said, base:
    of these, the means of that probability and of the base rate: the share that came true means nothing without them.
    """

    kind: str
    count: int
    decided: int
    happened: int
    said: float | None
    base: float | None


def paired(own: Record, other: Record) -> tuple[IntArray, IntArray]:
    """Rows of the two that are the same statement: of one instrument and day, standing, kind and name, with the same horizon.

    Where the same one was made more than once, the first belongs to the first, in the order of the records.
    """
    places: dict[tuple[object, ...], list[int]] = {}
    for row, key in enumerate(_keys(other)):
        places.setdefault(key, []).append(row)
    pairs = [(row, places[key].pop(0)) for row, key in enumerate(_keys(own)) if places.get(key)]
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def alike(own: Record, other: Record) -> Record:
    """Both records, one after the other, of the statements alone that both gave a probability."""
    mine, theirs = paired(own, other)
    both = ~np.isnan(own.said[mine, 0]) & ~np.isnan(other.said[theirs, 0])
    return joined([own.where(mine[both]), other.where(theirs[both])])


def unsaid(own: Record, other: Record) -> tuple[Unsaid, ...]:
    """The statements of `own` that may be true or false and have no probability, by kind; () where it has none."""
    found = []
    for kind in TWO_WAY:
        rows = np.flatnonzero((own.kind == kind) & np.isnan(own.said[:, 0]) & (own.count == 2))
        if not len(rows):
            continue
        part = own.where(rows)
        mine, theirs = paired(part, other)
        kept = (part.outcomes[mine] >= 0) & ~np.isnan(other.said[theirs, 0])
        outcomes, said, base = part.outcomes[mine[kept]], other.said[theirs[kept], 0], other.base[theirs[kept], 0]
        found.append(
            Unsaid(
                kind=kind,
                count=len(rows),
                decided=len(outcomes),
                happened=int(np.count_nonzero(outcomes == 0)),
                said=float(said.mean()) if len(said) else None,
                base=float(base.mean()) if len(base) and not np.isnan(base).any() else None,
            )
        )
    return tuple(found)


def _keys(record: Record) -> list[tuple[object, ...]]:
    columns = (record.symbol, record.as_of, record.standing, record.kind, record.name, record.sessions)
    return list(zip(*(column.tolist() for column in columns), strict=True))
