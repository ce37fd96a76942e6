"""Longer bars from shorter ones, and which longer bar a shorter one may know."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Columns(NamedTuple):
    """Prices and volume of bars, each of shape (n,)."""

    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    volume: FloatArray


def starts_of(keys: NDArray[np.int64]) -> IntArray:
    """The rows at which a new run of equal keys begins, ascending, the first of them 0; shape (groups,).

    keys: shape (n,), n >= 1. Row t's run depends on keys up to t alone.
    """
    changes: IntArray = np.flatnonzero(np.diff(keys)) + 1
    return np.concatenate([np.zeros(1, dtype=np.int64), changes])


def aggregate(columns: Columns, starts: IntArray, *, unknown_is_none: bool) -> Columns:
    """One bar for each run of rows that begins at `starts`: first open, highest high, lowest low, last close, sum of volume.

    A NaN volume is unknown. Where unknown_is_none, it adds nothing and only a run without any known volume has NaN (a
    five-minute bar without volume had no trade); else one unknown volume makes the sum unknown.
    """
    ends = np.append(starts[1:], len(columns.open)) - 1
    known = np.isfinite(columns.volume)
    volume = np.add.reduceat(np.where(known, columns.volume, 0.0), starts)
    is_known = np.logical_or.reduceat(known, starts) if unknown_is_none else np.logical_and.reduceat(known, starts)
    return Columns(
        open=columns.open[starts],
        high=np.maximum.reduceat(columns.high, starts),
        low=np.minimum.reduceat(columns.low, starts),
        close=columns.close[ends],
        volume=np.where(is_known, volume, np.nan),
    )


def last_completed(lower_ends: IntArray, higher_ends: IntArray) -> IntArray:
    """For each lower bar the last higher bar that has ended by the time it ends, -1 before the first; shape (n,).

    Both ascending, in one unit of time. A higher bar that ends with the lower one is known at that one's close.
    """
    found: IntArray = np.searchsorted(higher_ends, lower_ends, side="right") - 1
    return found
