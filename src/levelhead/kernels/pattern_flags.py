"""Bull flags and pennants; on the chart upside down the bearish ones: a short rest against a steep move.

- Edwards and Magee (1948), chapter 11; Murphy (1999), chapter 6: a nearly straight pole, a rest of one to three weeks that leans
  against it (flag) or narrows (pennant), and a second move as long as the pole from where the rest breaks.
- Bulkowski (2005): three weeks at most; it retraces less than half of the pole.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from levelhead.kernels.compiled import Floats, FloatTable, Ints, IntTable, loop, or_compiled
from levelhead.kernels.pattern_ground import Ground, highest_of, yard_of
from levelhead.kernels.pattern_shapes import BoolArray, IntArray, Runs, Shape, are_within, shares, through

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
    runs = runs.where(_flags(runs, ground))
    is_flag, poles = _rests(runs)[0], runs.heights[:, 0] - ground.low[_feet(runs, ground)]
    for points, flag, pole in zip(runs, is_flag.tolist(), poles.tolist(), strict=True):
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


@loop
def _walked_flags(rows: IntTable, heights: FloatTable, high: Floats, low: Floats, sums: Floats, counted: Floats) -> Ints:
    found, count = np.empty(len(rows), dtype=np.int64), 0
    for run in range(len(rows)):
        first, second, third, last = rows[run]
        top, bottom, second_top, second_bottom = heights[run]
        span = last - first
        if not (REST_BARS[0] <= span <= REST_BARS[1] and second_top <= top and first >= POLE_BARS):
            continue
        upper, lower = (second_top - top) / (third - first), (second_bottom - bottom) / (last - second)
        begin = top - (bottom + lower * (first - second))
        end = top + upper * span - (bottom + lower * (last - second))
        left = end / begin if begin > 0 else 0.0
        if not (abs(left - 1) <= PARALLEL_SHARE if lower <= 0 else 0 < left <= NARROWS_SHARE):
            continue
        foot = first - POLE_BARS
        for row in range(foot + 1, first):
            if low[row] < low[foot]:
                foot = row
        pole, yard = top - low[foot], yard_of(sums, counted, foot, foot)
        is_steep = yard > 0 and pole >= POLE_ATR * yard and highest_of(high, foot, first - 1) <= top
        if is_steep and top - min(bottom, second_bottom) <= RETRACE_SHARE * pole:
            found[count] = run
            count += 1
    return found[:count].copy()


def _compiled_flags(runs: Runs, ground: Ground) -> IntArray:
    return _walked_flags(runs.rows, runs.heights, ground.high, ground.low, ground.sums, ground.counted)


@or_compiled(_compiled_flags)
def _flags(runs: Runs, ground: Ground) -> IntArray:
    """Which runs of four points are a rest after a pole, shape (m,)."""
    below = runs.heights[:, 2] <= runs.heights[:, 0]
    tried = np.flatnonzero(are_within(runs.spans, REST_BARS) & below & (runs.rows[:, 0] >= POLE_BARS))
    runs = runs.where(tried)
    is_flag, is_pennant = _rests(runs)
    return tried[(is_flag | is_pennant) & _follow_poles(runs, ground)]


def _rests(runs: Runs) -> tuple[BoolArray, BoolArray]:
    """Which rests lie between parallels that lean against the pole, and which between lines that meet."""
    rows, (top, low, high, second_low) = runs.rows, runs.heights.T
    upper, lower = (high - top) / (rows[:, 2] - rows[:, 0]), (second_low - low) / (rows[:, 3] - rows[:, 1])
    begin = top - (low + lower * (rows[:, 0] - rows[:, 1]))
    end = top + upper * runs.spans - (low + lower * (rows[:, 3] - rows[:, 1]))
    left = shares(end, begin)
    return (lower <= 0) & (np.abs(left - 1) <= PARALLEL_SHARE), (lower > 0) & (left > 0) & (left <= NARROWS_SHARE)


def _feet(runs: Runs, ground: Ground) -> IntArray:
    """The lowest bar of those before the top of each rest, the first of equals: where a pole would begin."""
    first = runs.rows[:, 0] - POLE_BARS
    return first + sliding_window_view(ground.low, POLE_BARS)[first].argmin(axis=1) if len(runs.rows) else first


def _follow_poles(runs: Runs, ground: Ground) -> BoolArray:
    """Whether a steep pole leads to the top of each rest, which takes back little of it."""
    tops, feet, heights = runs.rows[:, 0], _feet(runs, ground), runs.heights[:, 0]
    poles, yards = heights - ground.low[feet], ground.yards(feet, feet)
    steep = (yards > 0) & (poles >= POLE_ATR * yards) & (ground.highest(feet, tops - 1) <= heights)
    follows: BoolArray = steep & (heights - runs.heights[:, 1::2].min(axis=1) <= RETRACE_SHARE * poles)
    return follows
