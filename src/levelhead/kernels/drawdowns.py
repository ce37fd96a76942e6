"""How far price has come from its highest high, and what it has regained: the rows of the high and of the lowest low since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawdowns:
    """Arrays of shape (n,), row t depends on rows up to t alone.

    top: the row of the highest high of the last `span` bars, the first of equals. bottom: the row of the lowest low after it, the
    first of equals; the row of the high itself where it is the last.
    """

    top: IntArray
    bottom: IntArray


def drawdowns(high: FloatArray, low: FloatArray, span: int) -> Drawdowns:
    """The drawdown of each row from the highest high of the last `span` bars (of all, where there are fewer).

    high, low: shape (n,), finite; span >= 1. For the advance from the lowest low give -low and -high.
    """
    top = highest_rows(high, span)
    lows, tops = low.tolist(), top.tolist()
    bottom = np.empty(len(low), dtype=np.int64)
    before, lowest = -1, -1
    for t, at in enumerate(tops):
        if at != before:
            before = at
            lowest = at if at == t else at + 1 + int(np.argmin(low[at + 1 : t + 1]))
        elif lowest == at or lows[t] < lows[lowest]:
            lowest = t
        bottom[t] = lowest
    return Drawdowns(top=top, bottom=bottom)


def highest_rows(high: FloatArray, span: int) -> IntArray:
    """The row of the highest of the last `span` values at each row, the first of equals; shape (n,)."""
    n = len(high)
    rows = np.arange(n)
    early = min(span - 1, n)
    found = np.empty(n, dtype=np.int64)
    rises = np.r_[True, high[1:early] > np.maximum.accumulate(high[:early])[:-1]] if early else np.zeros(0, dtype=np.bool_)
    found[:early] = np.maximum.accumulate(np.where(rises, rows[:early], 0))
    if n >= span:
        windows = np.lib.stride_tricks.sliding_window_view(high, span)
        found[span - 1 :] = windows.argmax(axis=1) + rows[: n - span + 1]
    return found
