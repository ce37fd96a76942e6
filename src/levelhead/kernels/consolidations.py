"""Consolidations: stretches in which price covers much less ground than a walk of such bars would, until a close leaves them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, loop, to_walk

FloatArray = NDArray[np.float64]

LENGTHS = (120, 90, 60, 45, 30, 20)
"""Bars that are looked at, the longest first: a month is the shortest that is a consolidation."""
NARROW = 0.6
"""A walk covers about ATR * sqrt(n) in n bars; what covers at most so much of it stands still."""
FAILED_WITHIN = 5
"""A break whose close comes back within so many bars has failed, and the range goes on."""
STRETCHED = 2.0
"""A break that makes it more than so many times as wide as it might be at first ends it, whatever comes back: else a crash that
turns within a week would be part of a range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge of a range: since `known` (a row) it lies at `price`, the extreme of the bars from the range's first to that row."""

    known: int
    price: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A close outside a range: at row `broken`, to `direction` (1 up, -1 down); failed: the row of the close that came back within
    five bars, None where none did."""

    broken: int
    direction: int
    failed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidation:
    """begun: its first row; known: the row at whose close it was narrow enough; tops, bottoms: its edges, the latest last (an edge
    moves to the extreme of a break that failed); breaks: all, of which only the last can have ended it; ended: the row of that
    break, None while it stands. What is said of row t depends on bars up to t alone."""

    begun: int
    known: int
    tops: tuple[Edge, ...]
    bottoms: tuple[Edge, ...]
    breaks: tuple[Break, ...]
    ended: int | None


def consolidations(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray) -> tuple[Consolidation, ...]:
    """All of them, oldest first; they do not overlap. Bars of shape (n,).

    At the close of row t the last n bars are a consolidation when highest high less lowest low is at most 0.6 ATR * sqrt(n), for
    the longest n of LENGTHS that does not reach back into the one before. Its edges are their extremes. A close beyond an edge
    breaks it; where a close within five bars comes back, the break has failed and the edge is moved to the extreme seen, unless
    that would make the range more than twice as wide as one of its first length may be.
    """
    narrow = _narrow(high, low, atr)
    found: list[Consolidation] = []
    free = 0  # the first row that belongs to no consolidation yet
    t = 0
    candidates, closes = np.flatnonzero(narrow.any(axis=0)).tolist(), to_walk(close)
    while True:
        at = bisect_left(candidates, t)
        if at >= len(candidates):
            return tuple(found)
        t = candidates[at]
        length = next((n for i, n in enumerate(LENGTHS) if narrow[i, t] and t - n + 1 >= free), None)
        if length is None:
            t += 1
            continue
        made = _followed(t - length + 1, t, high, low, closes, NARROW * float(np.sqrt(length)) * float(atr[t]))
        found.append(made)
        if made.ended is None:
            return tuple(found)
        free = t = made.ended


def _narrow(high: FloatArray, low: FloatArray, atr: FloatArray) -> NDArray[np.bool_]:
    """Whether the bars of each of LENGTHS that end at each row are narrow, shape (lengths, n)."""
    narrow = np.zeros((len(LENGTHS), len(high)), dtype=np.bool_)
    for i, n in enumerate(LENGTHS):
        if len(high) >= n:
            tops, bottoms = _extremes(high, n), -_extremes(-low, n)
            yard = np.nan_to_num(atr[n - 1 :], nan=0.0)
            narrow[i, n - 1 :] = (tops - bottoms <= NARROW * np.sqrt(n) * yard) & (yard > 0)
    return narrow


def _extremes(values: FloatArray, n: int) -> FloatArray:
    """The highest of each n values in a row, by doubling: log n passes."""
    width, most = 1, values
    while 2 * width <= n:
        most = np.maximum(most[:-width], most[width:])
        width *= 2
    rest = n - width
    return np.maximum(most[: len(most) - rest], most[rest:]) if rest else most


@loop
def _left(first: int, bottom: float, top: float, closes: Floats) -> tuple[int, int]:
    """The first row from `first` on that closes outside, and that of the close back within five bars; -1 where none does."""
    for row in range(first, len(closes)):
        if not bottom <= closes[row] <= top:
            for after in range(row + 1, min(row + FAILED_WITHIN, len(closes) - 1) + 1):
                if closes[after] <= top if closes[row] > top else closes[after] >= bottom:
                    return row, after
            return row, -1
    return -1, -1


def _followed(begun: int, known: int, high: FloatArray, low: FloatArray, closes: FloatArray, widest: float) -> Consolidation:
    """A consolidation from the row at which it was known, when it might have been `widest` at most, to the break that ended it."""
    tops = [Edge(known=known, price=float(high[begun : known + 1].max()))]
    bottoms = [Edge(known=known, price=float(low[begun : known + 1].min()))]
    breaks: list[Break] = []
    ended: int | None = None
    row = known
    while ended is None:
        top, bottom = tops[-1].price, bottoms[-1].price
        broken, back = _left(row + 1, bottom, top, closes)
        if broken < 0:
            break
        up = bool(closes[broken] > top)
        if back < 0:
            breaks.append(Break(broken=broken, direction=1 if up else -1, failed=None))
            ended = broken
            continue
        row = back
        width = float(high[begun : row + 1].max()) - bottom if up else top - float(low[begun : row + 1].min())
        if width > STRETCHED * widest:
            breaks.append(Break(broken=broken, direction=1 if up else -1, failed=None))
            ended = broken
            continue
        beyond = closes[row] < bottom if up else closes[row] > top
        breaks.append(Break(broken=broken, direction=1 if up else -1, failed=row))
        if beyond:  # through the whole range and out on the other side
            breaks.append(Break(broken=row, direction=-1 if up else 1, failed=None))
            ended = row
        elif up:
            tops.append(Edge(known=row, price=float(high[begun : row + 1].max())))
        else:
            bottoms.append(Edge(known=row, price=float(low[begun : row + 1].min())))
    return Consolidation(begun=begun, known=known, tops=tuple(tops), bottoms=tuple(bottoms), breaks=tuple(breaks), ended=ended)
