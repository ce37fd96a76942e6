"""How far price has come from its highest high, and what it has regained: the rows of the high and of the lowest low since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, loop, or_compiled
from levelhead.kernels.lows import lows_of

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
    return Drawdowns(top=top, bottom=_lowest_since(top, low, span))


@loop
def _lowest_since_by_walk(top: Ints, low: Floats, span: int) -> Ints:
    bottom, waits = np.empty(len(low), dtype=np.int64), np.empty(len(low), dtype=np.int64)
    first = stop = 0  # of the rows that wait: each is the lowest of all from it on, so that the first is the lowest of all
    for row in range(len(low)):
        while stop > first and low[waits[stop - 1]] > low[row]:
            stop -= 1
        waits[stop] = row
        stop += 1
        while stop > first and waits[first] <= top[row]:
            first += 1
        bottom[row] = waits[first] if stop > first else row
    return bottom


@or_compiled(_lowest_since_by_walk)
def _lowest_since(top: IntArray, low: FloatArray, span: int) -> IntArray:
    """Of the rows after each top, which never falls back, the one with the lowest low, the first of equals; itself for none."""
    bottom = np.arange(len(low))
    since = np.flatnonzero(bottom > top)
    lows, tops = lows_of(low, span), top[since]
    bottom[since] = lows.first_at_or_below(tops, lows.lowest(tops + 1, since))
    return bottom


@loop
def _highest_rows(high: Floats, span: int) -> Ints:
    found, waits = np.empty(len(high), dtype=np.int64), np.empty(len(high), dtype=np.int64)
    first = stop = 0  # of the rows that wait: each is the highest of all from it on, so that the first is the highest of all
    for row in range(len(high)):
        while stop > first and high[waits[stop - 1]] < high[row]:
            stop -= 1
        waits[stop] = row
        stop += 1
        if waits[first] <= row - span:
            first += 1
        found[row] = waits[first]
    return found


@or_compiled(_highest_rows)
def highest_rows(high: FloatArray, span: int) -> IntArray:
    """The row of the highest of the last `span` values at each row, the first of equals; shape (n,)."""
    n = len(high)
    rows = np.arange(n)
    early = min(span - 1, n)
    found = np.empty(n, dtype=np.int64)
    rises = np.r_[True, high[1:early] > np.maximum.accumulate(high[:early])[:-1]] if early else np.zeros(0, dtype=np.bool_)
    found[:early] = np.maximum.accumulate(np.where(rises, rows[:early], 0))
    if n >= span:
        found[span - 1 :] = _highest_of_windows(high, span)
    return found


def _highest_of_windows(high: FloatArray, span: int) -> IntArray:
    """Of every `span` values in a row the row of the highest, the first of equals; shape (n - span + 1,).

    Each window is the end of one block of `span` values and the beginning of the next: two running maxima, whatever the span
    (van Herk 1992, Gil and Werman 1993).
    """
    n = len(high)
    blocks = np.concatenate((high, np.full(-n % span, -np.inf))).reshape(-1, span)
    within = np.arange(span)
    tops = np.maximum.accumulate(blocks, axis=1)
    rises = np.ones(blocks.shape, dtype=np.bool_)
    rises[:, 1:] = blocks[:, 1:] > tops[:, :-1]
    first = np.maximum.accumulate(np.where(rises, within, 0), axis=1)  # of the highest from the block's beginning
    backward = blocks[:, ::-1]
    ends = np.maximum.accumulate(backward, axis=1)
    rises[:, 1:] = backward[:, 1:] >= ends[:, :-1]
    last = span - 1 - np.maximum.accumulate(np.where(rises, within, 0), axis=1)[:, ::-1]  # of the highest to the block's end
    begins = np.arange(len(blocks))[:, None] * span
    to, since = (first + begins).ravel()[span - 1 : n], (last + begins).ravel()[: n - span + 1]
    found: IntArray = np.where(high[since] >= high[to], since, to)
    return found
