"""Momentum of a series of closes: RSI with the two averages it is made of, its signal line, MACD."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.averages import ema, sma
from levelhead.kernels.compiled import Floats, loop, or_compiled
from levelhead.kernels.talib_library import calculate

FloatArray = NDArray[np.float64]
_STILL = 1e-14
"""TA-Lib takes a gain and loss that sum to less than this for no movement at all, and gives 0."""


def wilder(series: FloatArray, n: int) -> FloatArray:
    """Wilder smoothing: the mean of the first n values, then ((n - 1) * before + value) / n; from row n - 1.

    series: shape (rows,), finite.
    """
    result = np.full(len(series), np.nan)
    if len(series) >= n:
        seed = sum(series[:n].tolist()) / n
        result[n - 1] = seed
        result[n:] = _smoothed(series[n:], seed, n)
    return result


@loop
def _walked_smooth(values: Floats, seed: float, n: int) -> Floats:
    smoothed, smooth = np.empty(len(values)), seed
    for row in range(len(values)):
        smooth = (float(n - 1) * smooth + values[row]) / float(n)
        smoothed[row] = smooth
    return smoothed


@or_compiled(_walked_smooth)
def _smoothed(values: FloatArray, seed: float, n: int) -> FloatArray:
    """What Wilder smoothing makes of these values after the seed."""
    smooth, kept, whole = seed, float(n - 1), float(n)
    return np.array([smooth := (kept * smooth + value) / whole for value in values.tolist()], dtype=np.float64)


def gain_and_loss(closes: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    """Wilder averages of the rises and of the falls from close to close, both >= 0; from row n."""
    steps = np.diff(closes)
    unknown = np.full(1, np.nan)
    return (
        np.concatenate((unknown, wilder(np.maximum(steps, 0.0), n))),
        np.concatenate((unknown, wilder(np.maximum(-steps, 0.0), n))),
    )


def rsi(closes: FloatArray, n: int) -> FloatArray:
    """Relative strength index, 0 to 100, from row n; NaN while the series has not moved. TA-Lib RSI.

    100 - 100 / (1 + gain / loss) of `gain_and_loss`; 100 where nothing fell. Wilder, J. W. (1978).
    """
    values = calculate("RSI", (closes,), (n,), known_from=n)[0]
    if len(closes) <= n or values[n:].min() > 0.0:
        return values
    gain, loss = gain_and_loss(closes, n)
    return np.where(gain + loss < _STILL, np.nan, values)


def rsi_signal(index: FloatArray, n: int) -> FloatArray:
    """The mean of the last n values of RSI; NaN where one of them is not known."""
    return sma(index, n)


def index_of(gain: float, loss: float) -> float:
    """RSI of one bar from its two averages; at least one of them is positive."""
    return 100 - 100 / (1 + gain / loss) if loss > 0 else 100 * gain / (gain + loss)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Macd:
    """Shape (rows,) each: fast and slow average, their difference, its signal line, and the difference of these two."""

    fast: FloatArray
    slow: FloatArray
    line: FloatArray
    signal: FloatArray
    histogram: FloatArray


def macd(closes: FloatArray, fast: int = 12, slow: int = 26, signal: int = 9) -> Macd:
    """Moving average convergence and divergence, from row slow + signal - 2. TA-Lib MACD.

    TA-Lib starts both averages on one bar, the fast one seeded with the `fast` closes that end at row slow - 1; until about row
    200 that differs from averages with seeds of their own. `fast` and `slow` here are those averages.
    """
    if len(closes) < slow:
        unknown = np.full(len(closes), np.nan)
        return Macd(fast=unknown, slow=unknown, line=unknown, signal=unknown, histogram=unknown)
    early = ema(closes, slow)
    late = calculate("EMA", (closes[slow - fast :],), (fast,), known_from=fast - 1, before=slow - fast)[0]
    line = late - early
    signals = calculate("EMA", (line[slow - 1 :],), (signal,), known_from=signal - 1, before=slow - 1)[0]
    line[: slow + signal - 2] = np.nan  # TA-Lib tells it no sooner than its signal line
    return Macd(fast=late, slow=early, line=line, signal=signals, histogram=line - signals)


def rsi_flip(closes: FloatArray, gain: float, loss: float, target: float, n: int) -> float:
    """The next close at which RSI stands exactly on `target`, 0 < target < 100; gain, loss: its averages at the last close.

    A move of d points makes the averages ((n - 1) gain + max(d, 0)) / n and ((n - 1) loss + max(-d, 0)) / n; their quotient must
    be target / (100 - target).
    """
    quotient = target / (100 - target)
    rise = (n - 1) * (loss * quotient - gain)
    return float(closes[-1]) + (rise if rise >= 0 else rise / quotient)


def macd_flip(fast: float, slow: float, target: float, spans: tuple[int, int] = (12, 26)) -> float:
    """The next close at which MACD stands exactly on `target`; fast, slow: its two averages at the last close.

    Each average moves to before + (close - before) * 2 / (span + 1).
    """
    a, b = (2 / (span + 1) for span in spans)
    return (target - fast * (1 - a) + slow * (1 - b)) / (a - b)


def rate_of_change(closes: FloatArray, n: int) -> FloatArray:
    """Change over n bars in per cent of the close then, from row n. TA-Lib ROC, but for a close of 0, which has none: NaN."""
    change = np.full(len(closes), np.nan)
    if len(closes) > n:
        before = closes[:-n]
        np.divide(closes[n:], before, out=change[n:], where=before != 0)
    return (change - 1) * 100
