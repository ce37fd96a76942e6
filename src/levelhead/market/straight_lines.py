"""One feed adjusted by ratio beside one adjusted by difference: a straight line between them from one roll to the next."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from levelhead.domain.bars import FloatArray

Line = tuple[float, float]  # factor and offset

FIRST = 8  # days from which a line is drawn at first: some thirty prices
OVER = 5  # days in a row off the line that end it; fewer are a roll on other days, or a wrong print
STEPS = 4  # times that what lies off the line is left out and the line drawn anew


def straight_lines(own: FloatArray, other: FloatArray, allowed: FloatArray) -> tuple[list[int], FloatArray, FloatArray]:
    """Where straight lines own = other * factor + offset begin, and factor and offset of each day.

    own, other: open, high, low, close by day, shape (4, n). allowed: points by which the median of a day may lie off. A line is
    followed until five days in a row leave it; two lines that meet change where both together miss least.
    """
    n = own.shape[1]
    starts, start = [0], 0
    while (start := _followed(own, other, allowed, start)) < n:
        starts.append(start)
    lines = [_line(own[:, a:b], other[:, a:b], allowed[a:b]) for a, b in pairwise([*starts, n])]
    for i in range(1, len(starts)):
        starts[i] = _change(own, other, lines[i - 1 : i + 1], starts[i - 1], [*starts, n][i + 1])
    factor, offset = np.ones(n), np.zeros(n)
    for a, b in pairwise([*starts, n]):
        factor[a:b], offset[a:b] = _line(own[:, a:b], other[:, a:b], allowed[a:b])
    return starts, factor, offset


def _followed(own: FloatArray, other: FloatArray, allowed: FloatArray, start: int) -> int:
    """The first day that the line from `start` does not reach; the number of days where it reaches all."""
    n: int = len(allowed)
    end = min(start + FIRST, n)
    while end < n:
        line = _line(own[:, start:end], other[:, start:end], allowed[start:end])
        off = _missed(own[:, end:], other[:, end:], line) > allowed[end:]
        left: list[int] = np.flatnonzero(np.convolve(off, np.ones(OVER), mode="valid") == OVER).tolist() if len(off) >= OVER else []
        if not left:
            return n
        if not left[0]:
            return end
        end += left[0]
    return n


def _change(own: FloatArray, other: FloatArray, lines: list[Line], start: int, end: int) -> int:
    """The first day of the second line, between the beginning of the first and the end of the second."""
    one, two = (_missed(own[:, start:end], other[:, start:end], line) for line in lines)
    cost = np.concatenate([[0.0], np.cumsum(one)]) + np.concatenate([np.cumsum(two[::-1])[::-1], [0.0]])
    return start + 1 + int(np.argmin(cost[1:-1]))


def _missed(own: FloatArray, other: FloatArray, line: Line) -> FloatArray:
    """How far the median of each day lies off a line, points."""
    missed: FloatArray = np.abs(np.median(own - (other * line[0] + line[1]), axis=0))
    return missed


def _line(own: FloatArray, other: FloatArray, allowed: FloatArray) -> Line:
    """The straight line through most of the prices: the usual slope between days half the time apart, then least squares."""
    half = own.shape[1] // 2
    run, rise = (np.ravel(prices[:, half:] - prices[:, : prices.shape[1] - half]) for prices in (other, own))
    wide = np.abs(run) >= np.median(np.abs(run))
    wide &= run != 0
    factor = float(np.median(rise[wide] / run[wide])) if half and wide.any() else 1.0
    offset = float(np.median(own - other * factor))
    for _ in range(STEPS):
        miss = np.abs(own - (other * factor + offset))
        keep = miss <= np.maximum(allowed, 3 * np.median(miss))
        x, y = other[keep], own[keep]
        spread = float(np.sum((x - x.mean()) ** 2))
        if not spread:
            break
        factor = float(np.sum((x - x.mean()) * (y - y.mean())) / spread)
        offset = float(np.mean(y) - factor * np.mean(x))
    return factor, offset
