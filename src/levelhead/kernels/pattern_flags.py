"""Bull flags and pennants; on the chart upside down the bearish ones: a short rest against a steep move.

- Edwards and Magee (1948), chapter 11; Murphy (1999), chapter 6: a nearly straight pole, a rest of one to three weeks that leans
  against it (flag) or narrows (pennant), and a second move as long as the pole from where the rest breaks.
- Bulkowski (2005): three weeks at most; it retraces less than half of the pole.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from levelhead.kernels.pattern_shapes import BoolArray, FloatArray, Ground, Runs, Shape, are_within, shares, through

POLE_BARS, POLE_ATR = 15, 5.0
"""A pole rises so many ATR within so many bars."""
REST_BARS = (5, 20)
"""Bars from the top of the pole to the last point of the rest."""
RETRACE_SHARE = 0.5
"""How much of the pole a rest may take back."""
PARALLEL_SHARE = 0.35
"""The lines of a flag lie apart at its last point as at its first, but for this share."""
NARROWS_SHARE = 0.65
"""What is left of the width of a pennant at its last point."""
WAIT = 10
"""Bars after its last point in which it can still break: a rest that lasts is no flag."""


def bull_flags(runs: Runs, ground: Ground) -> Iterator[Shape]:
    """High, low, high, low: the top of a pole and a rest below it between two lines, neither of which the pole's end passes."""
    below = runs.heights[:, 2] <= runs.heights[:, 0]
    runs = runs.where(are_within(runs.spans, REST_BARS) & below & (runs.rows[:, 0] >= POLE_BARS))
    is_flag, is_pennant = _rests(runs)
    has_pole, poles = _poles(runs, ground)
    told = (is_flag | is_pennant) & has_pole
    for points, flag, pole in zip(runs.where(told), is_flag[told].tolist(), poles[told].tolist(), strict=True):
        top, low, high, second_low = points
        yield Shape(
            kind="bull_flag" if flag else "bull_pennant",
            side=1,
            points=points,
            upper=through(top, high),
            lower=through(low, second_low),
            measure=pole,
            aim=None,
            floor=min(low.height, second_low.height),
            ceiling=top.height,
            until=second_low.known + WAIT,
        )


def _rests(runs: Runs) -> tuple[BoolArray, BoolArray]:
    """Which rests lie between parallels that lean against the pole, and which between lines that meet."""
    rows, (top, low, high, second_low) = runs.rows, runs.heights.T
    upper, lower = (high - top) / (rows[:, 2] - rows[:, 0]), (second_low - low) / (rows[:, 3] - rows[:, 1])
    begin = top - (low + lower * (rows[:, 0] - rows[:, 1]))
    end = top + upper * runs.spans - (low + lower * (rows[:, 3] - rows[:, 1]))
    left = shares(end, begin)
    return (lower <= 0) & (np.abs(left - 1) <= PARALLEL_SHARE), (lower > 0) & (left > 0) & (left <= NARROWS_SHARE)


def _poles(runs: Runs, ground: Ground) -> tuple[BoolArray, FloatArray]:
    """Whether a steep pole leads to the top of each rest, which takes back little of it; and how long the pole is."""
    tops, heights = runs.rows[:, 0], runs.heights[:, 0]
    first = tops - POLE_BARS
    feet = first + sliding_window_view(ground.low, POLE_BARS)[first].argmin(axis=1) if len(runs.rows) else first
    poles, yards = heights - ground.low[feet], ground.yards(feet, feet)
    steep = (yards > 0) & (poles >= POLE_ATR * yards) & (ground.highest(feet, tops - 1) <= heights)
    return steep & (heights - runs.heights[:, 1::2].min(axis=1) <= RETRACE_SHARE * poles), poles
