"""What a feed answered, as columns of numbers: dates, prices and volumes in any order, with holes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import FloatArray, TimeArray
from levelhead.domain.errors import SourceFailed
from levelhead.market.numbers import Cell, numbers

PRICES = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Rows as a feed gave them, arrays of one shape (n,), in any order, holes as NaN.

    time: datetime64, UTC, the start of each bar; of a daily bar its trade date. volume: 0 and NaN are unknown.
    """

    time: NDArray[Any]
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    volume: FloatArray

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> Rows:
        """From tuples of a date (or a moment, UTC), open, high, low, close and, where it is known, volume.

        A number may be text, an empty one a hole. Raises SourceFailed where a row has other cells than these.
        """
        table = [tuple(row) for row in rows]
        if any(len(row) not in (5, 6) for row in table):
            raise SourceFailed("A row of bars needs a date, four prices and at most a volume; the feed gave other cells.")
        columns = list(zip(*((*row, None)[:6] for row in table), strict=True)) or [()] * 6
        values = [_floats(column) for column in columns[1:]]
        return cls(time=_moments(columns[0]), **dict(zip((*PRICES, "volume"), values, strict=True)))

    @classmethod
    def of_closes(cls, time: NDArray[Any], close: FloatArray) -> Rows:
        """Rows of a series that has one value a day: open, high and low repeat the close."""
        return cls(time=time, open=close, high=close, low=close, close=close, volume=np.full(len(close), np.nan))

    def __len__(self) -> int:
        return len(self.time)

    def __getitem__(self, rows: Any) -> Rows:
        return Rows(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


def _moments(cells: Sequence[Any]) -> TimeArray:
    try:
        return np.array([_naive(cell) for cell in cells], dtype="datetime64[us]")
    except (ValueError, TypeError):
        raise SourceFailed(
            f"A row of bars begins with {cells[0]!r} or the like, which is no date; give dates, moments or ISO text."
        ) from None


def _naive(cell: Any) -> Any:
    if isinstance(cell, dt.datetime) and cell.tzinfo is not None:
        return cell.astimezone(dt.UTC).replace(tzinfo=None)
    return cell


def _floats(cells: Sequence[Cell]) -> FloatArray:
    return numbers([np.nan if cell is None else cell for cell in cells])
