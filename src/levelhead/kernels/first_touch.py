"""Which price trades first, whether one trades at all, and where a session closes: judged on many paths at once.

A bar is open, then its extremes in some order, then close, connected. What every such path agrees on is decided: a bar that
opens beyond a price has reached that price first; a bar that opens between two prices and reaches both is undecided.
Beside each kernel stands the version one can read, for one path.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.paths import FloatArray, PathBars

UP, DOWN, NEITHER, UNDECIDED = 1, -1, 0, 2

Level = float | FloatArray
Codes = NDArray[np.int8]


def first_touch(paths: PathBars, upper: Level, lower: Level) -> Codes:
    """Which of two prices each path reaches first: int8, shape (paths,).

    UP (1), DOWN (-1), NEITHER (0), or UNDECIDED (2) where the bar that decides opens between the two and reaches both.
    upper, lower: one price for all paths, one per path, shape (paths,), or one per path and session; upper > lower. Reached
    means high >= upper, low <= lower; NaN prices are never reached.
    """
    # Session by session across all paths: columns are few and rows are many.
    highs, lows, top, bottom = paths.high.T, paths.low.T, _across(upper), _across(lower)
    up, down = highs >= top, lows <= bottom
    # Up minus down is the bar's verdict, but for bars that do both: those are few and are looked at one by one.
    verdicts = up.view(np.int8) - down.view(np.int8)
    both = up & down
    if both.any():
        bars, rows = np.nonzero(both)
        opens = paths.open[rows, bars]
        above, below = opens >= _picked(upper, rows, bars), opens <= _picked(lower, rows, bars)
        verdicts[bars, rows] = np.where(above, UP, np.where(below, DOWN, UNDECIDED))
    return _first_nonzero(verdicts)


def first_touch_of_path(opens: Sequence[float], highs: Sequence[float], lows: Sequence[float], upper: float, lower: float) -> int:
    """The same for one path, as one reads it off a chart."""
    for bar_open, high, low in zip(opens, highs, lows, strict=True):
        if bar_open >= upper:
            return UP
        if bar_open <= lower:
            return DOWN
        if high >= upper and low <= lower:
            return UNDECIDED
        if high >= upper:
            return UP
        if low <= lower:
            return DOWN
    return NEITHER


def touch(paths: PathBars, price: Level, start: Level) -> NDArray[np.bool_]:
    """Whether each path reaches `price` from `start`, the last price before it: bool, shape (paths,).

    A gap over the price counts as reaching it. price, start: scalars or shape (paths,). Where they are equal it is reached.
    """
    is_above = np.greater(price, start)
    sides = is_above.all(), not is_above.any()
    above = False if sides[1] else paths.high.T.max(axis=0) >= price
    below = False if sides[0] else paths.low.T.min(axis=0) <= price
    return np.where(is_above, above, below) | np.equal(price, start)


def touch_of_path(highs: Sequence[float], lows: Sequence[float], price: float, start: float) -> bool:
    """The same for one path."""
    if price == start:
        return True
    if price > start:
        return any(high >= price for high in highs)
    return any(low <= price for low in lows)


def close_beyond(paths: PathBars, price: Level, sessions: int, *, above: bool) -> NDArray[np.bool_]:
    """Whether the close of session `sessions` (1 is the first) lies above, or else below, `price`: bool, shape (paths,).

    A close on the price itself is neither above nor below it.
    """
    closes = paths.close[:, sessions - 1]
    return np.asarray(closes > price if above else closes < price)


def by_session(level: Level) -> Level:
    """A level that can be held against bars of shape (paths, sessions): one for each path becomes a column."""
    return level[:, None] if isinstance(level, np.ndarray) and level.ndim == 1 else level


def _across(level: Level) -> Level:
    """A level that can be held against the bars of shape (sessions, paths)."""
    return level.T if isinstance(level, np.ndarray) else level


def _picked(level: Level, rows: NDArray[np.intp], bars: NDArray[np.intp]) -> Level:
    if isinstance(level, np.ndarray) and level.ndim > 0:
        return level[rows] if level.ndim == 1 else level[rows, bars]
    return level


def _first_nonzero(verdicts: Codes) -> Codes:
    # From the last bar to the first: an earlier verdict replaces a later one. Arithmetic on whole sessions costs a quarter of
    # np.where and of argmax over short rows.
    codes: Codes = verdicts[-1]
    for bar in verdicts[-2::-1]:
        codes = bar + codes * (bar == 0)
    return codes
