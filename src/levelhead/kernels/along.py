"""Averages and oscillators continued along paths, from the bars that are known: the same numbers the chart will show.

Each returns (start, along): its value at the last known bar, and after each session of each path, shape (paths, sessions).
NaN where the known bars are too few.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels import averages, momentum, ranges
from levelhead.kernels.paths import FloatArray, PathBars

Along = tuple[float, FloatArray]
STILL = 1e-14


def sma_along(known: FloatArray, closes: FloatArray, n: int) -> Along:
    """Simple mean of the last n closes. known: shape (bars,). closes: shape (paths, sessions)."""
    sessions = closes.shape[1]
    if len(known) < n:
        return np.nan, np.full(closes.shape, np.nan)
    along = closes.T.copy()
    for session in range(1, sessions):  # a running sum; np.cumsum over the rows takes five times as long
        along[session] += along[session - 1]
    if sessions > n:
        along[n:] -= along[: sessions - n].copy()
    # what is left of the known closes: the last n - 1 in the first session, n - 2 in the second, none after the last of them
    left = np.concatenate([[0.0], np.cumsum(known[::-1][: n - 1])])
    along += left[np.maximum(n - 1 - np.arange(sessions), 0)][:, None]
    along /= n
    return float(averages.sma(known[-n:], n)[-1]), along.T


def ema_along(known: FloatArray, closes: FloatArray, n: int) -> Along:
    """Exponential mean, weight 2 / (n + 1)."""
    start = _last(averages.ema(known, n))
    weight = 2.0 / (n + 1)
    along, value = np.empty(closes.shape[::-1]), np.full(len(closes), start)
    for session in range(closes.shape[1]):
        value = (closes[:, session] - value) * weight + value
        along[session] = value
    return start, along.T


def rsi_along(known: FloatArray, closes: FloatArray, n: int) -> Along:
    """Wilder's index, 0 to 100; NaN while nothing has moved."""
    along = np.full(closes.shape[::-1], np.nan)
    if len(known) <= n:
        return np.nan, along.T
    gains, losses = momentum.gain_and_loss(known, n)
    gain, loss = np.full(len(closes), gains[-1]), np.full(len(closes), losses[-1])
    before: float | NDArray[np.float64] = float(known[-1])
    for session in range(closes.shape[1]):
        change = closes[:, session] - before
        gain = (gain * (n - 1) + np.maximum(change, 0.0)) / n
        loss = (loss * (n - 1) + np.maximum(-change, 0.0)) / n
        moved = gain + loss
        along[session] = np.where(moved < STILL, np.nan, 100.0 * (gain / np.where(moved < STILL, 1.0, moved)))
        before = closes[:, session]
    return _last(momentum.rsi(known, n)), along.T


def atr_along(high: FloatArray, low: FloatArray, close: FloatArray, paths: PathBars, n: int) -> Along:
    """Wilder's average of the true range. high, low, close: known, shape (bars,)."""
    start = _last(ranges.atr(high, low, close, n))
    along, value = np.empty(paths.close.shape[::-1]), np.full(len(paths.close), start)
    before: float | NDArray[np.float64] = float(close[-1])
    for session in range(paths.close.shape[1]):
        reach = np.maximum(paths.high[:, session], before) - np.minimum(paths.low[:, session], before)
        value = (value * (n - 1) + reach) / n
        along[session] = value
        before = paths.close[:, session]
    return start, along.T


def in_force(start: float | FloatArray, along: FloatArray) -> FloatArray:
    """What stands during each session and the one after: the value at the close before, shape (paths, sessions + 1)."""
    paths, sessions = along.shape
    before = np.empty((sessions + 1, paths))
    before[0] = start
    before[1:] = along.T
    return before.T


def _last(values: FloatArray) -> float:
    return float(values[-1]) if len(values) else np.nan
