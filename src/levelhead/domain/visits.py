"""When bars visited a zone of prices, from which visits price turned back, and when it was accepted on the other side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Prices = Sequence[float] | NDArray[np.float64]


def visit_rows(highs: Prices, lows: Prices, bottom: float, top: float) -> list[int]:
    """Rows at which a visit begins: the bar's range reaches the prices from `bottom` to `top`, that of the bar before did not.

    The first row has no bar before it and begins none. A bar that gaps across without trading there does not visit.
    """
    return _begins(_inside(highs, lows, bottom, top))


def held_rows(highs: Prices, lows: Prices, bottom: float, top: float) -> list[int]:
    """Rows at which a visit begins that the zone held: the first bar off it lies on the side from which price came.

    A visit that is not over has not been held yet.
    """
    inside, is_above = _inside(highs, lows, bottom, top), np.asarray(lows) > top
    off = np.flatnonzero(~inside)
    visits = _begins(inside)
    ends = np.searchsorted(off, visits)
    return [t for t, end in zip(visits, ends.tolist(), strict=True) if end < len(off) and is_above[off[end]] == is_above[t - 1]]


def pass_rows(closes: Prices, bottom: float, top: float) -> list[int]:
    """Rows at which price had passed the zone: the second of two closes in a row beyond it, where the last two such lay on its
    other side. What the first closes were accepted on is no pass.
    """
    prices = np.asarray(closes)
    side = (prices > top).astype(np.int8) - (prices < bottom)
    accepted = np.flatnonzero((side[1:] != 0) & (side[1:] == side[:-1])) + 1
    sides = side[accepted]
    rows: list[int] = accepted[1:][sides[1:] != sides[:-1]].tolist()
    return rows


def since(rows: Sequence[int], count: int, back: int = 1) -> float:
    """Bars since the last of these rows, or the one `back` from the end, of `count` bars. Raises ValueError where there is none."""
    if len(rows) < back:
        raise ValueError(f"there are {len(rows)} such bars, {back} are asked for")
    return float(count - 1 - rows[-back])


def _inside(highs: Prices, lows: Prices, bottom: float, top: float) -> NDArray[np.bool_]:
    return (np.asarray(lows) <= top) & (np.asarray(highs) >= bottom)


def _begins(inside: NDArray[np.bool_]) -> list[int]:
    rows: list[int] = (np.flatnonzero(inside[1:] & ~inside[:-1]) + 1).tolist()
    return rows
