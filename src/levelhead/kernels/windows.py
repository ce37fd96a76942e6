"""The past as paths: what followed each earlier day."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from levelhead.kernels.paths import FloatArray, PathBars


def history_windows(bars: PathBars, sessions: int, *, first_start: int = 0) -> PathBars:
    """The `sessions` bars after each start day, for each start day whose window the bars contain in full.

    bars: columns of shape (n,). Returns read-only views, without copies, of shape (starts, sessions): row i is what followed
    bar first_start + i, so the last row starts `sessions` bars before the last bar. starts = max(n - sessions - first_start, 0).
    """
    starts = max(len(bars.close) - sessions - first_start, 0)
    if starts == 0:
        return PathBars(*(np.empty((0, sessions)) for _ in bars))
    return PathBars(*(sliding_window_view(column[first_start + 1 :], sessions)[:starts] for column in bars))


def windows_apart(starts: NDArray[np.int64], sessions: int) -> int:
    """How many windows of `sessions` bars that begin after these ascending start days do not overlap, taken greedily."""
    if len(starts) == 0:
        return 0
    reach = int(starts[-1] - starts[0]) + 1
    if reach == len(starts):  # every day in between
        return -(-reach // sessions)
    days = np.zeros(reach, dtype=np.uint8)
    days[starts - starts[0]] = 1
    marks = days.tobytes()  # its search for the next start is C: no window costs more than a call
    count, position = 0, 0
    while position >= 0:
        count += 1
        position = marks.find(1, position + sessions)
    return count


def at_same_distance(price: float, last: float, yardstick: float, lasts: FloatArray, yardsticks: FloatArray) -> FloatArray:
    """The prices that lay as many yardsticks (ATR) from each earlier last price as `price` lies from `last`; shape of lasts."""
    return lasts + (price - last) / yardstick * yardsticks
