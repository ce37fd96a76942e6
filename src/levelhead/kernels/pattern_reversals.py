"""Double and triple bottoms and the inverse head and shoulders; on the chart upside down their tops.

All are written as bottoms. A bottom ends a fall: its first low is the lowest of the bars that it looks back on, and the fall
began well above its neckline. What counts as level, deep or wide is in numbers here; the shapes are those of

- Edwards, R. D. and Magee, J. (1948), Technical Analysis of Stock Trends, chapters 6, 7 and 9;
- Murphy, J. J. (1999), Technical Analysis of the Financial Markets, chapter 5 (prior trend, neckline, measured move);
- Lo, A. W., Mamaysky, H. and Wang, J. (2000), Foundations of Technical Analysis, Journal of Finance 55(4), definitions 1 and 5: a
  head beyond both shoulders, shoulders level, troughs level; two extremes level and a month apart;
- Bulkowski, T. N. (2005), Encyclopedia of Chart Patterns, 2nd edition: confirmed by the first close beyond the neckline.

Their tolerances are per cent of price (1.5 %, 3 %); ours are shares of the pattern's height and ATR, which mean the same for a
bond and for a small company.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from levelhead.kernels.compiled import Floats, FloatTable, Ints, IntTable, loop, or_compiled
from levelhead.kernels.pattern_ground import Ground, fall_into, highest_of, lowest_of, yard_of
from levelhead.kernels.pattern_shapes import (
    BoolArray,
    FloatArray,
    IntArray,
    Runs,
    Shape,
    are_within,
    level,
    shares,
    spreads,
    through,
)

HEIGHTS_ATR = (4.0, 25.0)
"""How far a pattern reaches from its extreme to its neckline: less is a pause, more is the market itself."""
LEVEL_SHARE, LEVEL_ATR = 0.2, 1.25
"""Extremes are level within this share of the height and so many ATR, whichever is less."""
DOUBLE_BARS, TRIPLE_BARS, HEAD_BARS = (15, 126), (30, 189), (20, 126)
"""Bars from the first to the last extreme: three weeks at least for two of them, half a year, three quarters of one."""
EVEN_SHARE = 0.25
"""Each half of a double or of a head and shoulders takes at least this share of its bars."""
BACK = 40
"""Bars before the first extreme that it stands out from; as many as the pattern is wide, where these are more."""
FALL_SHARE = 0.35
"""How far above the neckline the fall began, as a share of the height: a pattern reverses something."""
HEAD_SHARE, HEAD_ATR = 0.2, 1.0
"""A head stands beyond both shoulders by this share of the height and so many ATR, whichever is more."""
SHOULDER_SHARE = 0.25
"""Shoulders are level within this share of the height, and so are the two points of the neckline."""
STEP_SHARE = 0.08
"""From one point of a head and shoulders to the next it takes at least this share of its bars."""
SHOULDER_DEPTH = 0.25
"""How far each shoulder reaches from the neckline at least, as a share of the height."""
PIERCE_ATR = 0.25
"""How far a bar between its points may reach beyond them."""
TROUGHS_SHARE = 0.35
"""How far the two highs of a triple bottom may lie apart, as a share of the height; a lower range between levels is a rectangle."""


def double_bottoms(runs: Runs, ground: Ground) -> Iterator[Shape]:
    """Low, high, low: two lows at one level, the high between them the neckline."""
    yield from _bottoms("double_bottom", runs.where(_doubles(runs, ground)))


def triple_bottoms(runs: Runs, ground: Ground) -> Iterator[Shape]:
    """Three lows at one level; the higher of the two highs between them is the neckline."""
    yield from _bottoms("triple_bottom", runs.where(_triples(runs, ground)))


def inverse_heads_and_shoulders(runs: Runs, ground: Ground) -> Iterator[Shape]:
    """Three lows of which the middle one is the lowest and the others level; the line through the highs is the neckline."""
    for points in runs.where(_heads(runs, ground)):
        left, high, head_, second_high, right = points
        neckline = through(high, second_high)
        yield Shape(
            kind="inverse_head_and_shoulders",
            side=1,
            points=points,
            upper=neckline,
            lower=level(left.row, right.height),
            measure=neckline.at(head_.row) - head_.height,
            aim=None,
            floor=right.height,
            ceiling=high.height,
            until=right.known + right.row - left.row,
        )


def _bottoms(kind: str, runs: Runs) -> Iterator[Shape]:
    for points in runs:
        floor, neckline = min(point.height for point in points), max(point.height for point in points)
        yield Shape(
            kind=kind,
            side=1,
            points=points,
            upper=level(points[0].row, neckline),
            lower=level(points[0].row, floor),
            measure=neckline - floor,
            aim=None,
            floor=floor,
            ceiling=neckline,
            until=points[-1].known + points[-1].row - points[0].row,
        )


@loop
def _reverses(
    first: int,
    last: int,
    heights: Floats,
    neckline: float,
    height: float,
    yard: float,
    high: Floats,
    low: Floats,
) -> bool:
    """As `_reverse`, of one run."""
    if not (yard > 0 and HEIGHTS_ATR[0] <= height / yard <= HEIGHTS_ATR[1]):
        return False
    if not fall_into(high, low, first, max(BACK, last - first)) >= neckline - heights[0] + FALL_SHARE * height:
        return False
    lowest, highest, slack = lowest_of(heights, 0, len(heights) - 1), highest_of(heights, 0, len(heights) - 1), PIERCE_ATR * yard
    return lowest_of(low, first, last) >= lowest - slack and highest_of(high, first, last) <= highest + slack


@loop
def _is_even(first: int, middle: int, last: int) -> bool:
    """As `_are_even`, of one run."""
    return min(middle - first, last - middle) >= EVEN_SHARE * (last - first)


@loop
def _walked_doubles(rows: IntTable, heights: FloatTable, high: Floats, low: Floats, sums: Floats, counted: Floats) -> Ints:
    found, count = np.empty(len(rows), dtype=np.int64), 0
    for run in range(len(rows)):
        first, middle, last = rows[run]
        one, neckline, two = heights[run]
        if not (DOUBLE_BARS[0] <= last - first <= DOUBLE_BARS[1] and _is_even(first, middle, last)):
            continue
        yard, height = yard_of(sums, counted, first, last), neckline - min(one, two)
        is_level = max(one, two) - min(one, two) <= min(LEVEL_SHARE * height, LEVEL_ATR * yard)
        if is_level and _reverses(first, last, heights[run], neckline, height, yard, high, low):
            found[count] = run
            count += 1
    return found[:count].copy()


def _compiled_doubles(runs: Runs, ground: Ground) -> IntArray:
    return _walked_doubles(runs.rows, runs.heights, ground.high, ground.low, ground.sums, ground.counted)


@or_compiled(_compiled_doubles)
def _doubles(runs: Runs, ground: Ground) -> IntArray:
    """Which runs of three points are double bottoms, shape (m,)."""
    tried = np.flatnonzero(are_within(runs.spans, DOUBLE_BARS) & _are_even(runs))
    runs = runs.where(tried)
    lows, necklines = runs.heights[:, ::2], runs.heights[:, 1]
    is_level = spreads(lows) <= _level(necklines - lows.min(axis=1), _yards(runs, ground))
    return tried[is_level & _reverse(runs, necklines, ground)]


@loop
def _walked_triples(rows: IntTable, heights: FloatTable, high: Floats, low: Floats, sums: Floats, counted: Floats) -> Ints:
    found, count = np.empty(len(rows), dtype=np.int64), 0
    for run in range(len(rows)):
        first, last = rows[run, 0], rows[run, 4]
        one, top, two, second_top, three = heights[run]
        if not TRIPLE_BARS[0] <= last - first <= TRIPLE_BARS[1]:
            continue
        neckline, lowest = max(top, second_top), min(one, two, three)
        height, yard = neckline - lowest, yard_of(sums, counted, first, last)
        are_tops_level = (neckline - min(top, second_top)) / height <= TROUGHS_SHARE if height > 0 else True
        is_level = max(one, two, three) - lowest <= min(LEVEL_SHARE * height, LEVEL_ATR * yard)
        if are_tops_level and is_level and _reverses(first, last, heights[run], neckline, height, yard, high, low):
            found[count] = run
            count += 1
    return found[:count].copy()


def _compiled_triples(runs: Runs, ground: Ground) -> IntArray:
    return _walked_triples(runs.rows, runs.heights, ground.high, ground.low, ground.sums, ground.counted)


@or_compiled(_compiled_triples)
def _triples(runs: Runs, ground: Ground) -> IntArray:
    """Which runs of five points are triple bottoms, shape (m,)."""
    tried = np.flatnonzero(are_within(runs.spans, TRIPLE_BARS))
    runs = runs.where(tried)
    lows, highs = runs.heights[:, ::2], runs.heights[:, 1::2]
    necklines = highs.max(axis=1)
    heights = necklines - lows.min(axis=1)
    is_level = (shares(spreads(highs), heights) <= TROUGHS_SHARE) & (spreads(lows) <= _level(heights, _yards(runs, ground)))
    return tried[is_level & _reverse(runs, necklines, ground)]


@loop
def _walked_heads(rows: IntTable, heights: FloatTable, high: Floats, low: Floats, sums: Floats, counted: Floats) -> Ints:
    found, count = np.empty(len(rows), dtype=np.int64), 0
    for run in range(len(rows)):
        first, second, middle, fourth, last = rows[run]
        left, top, head, second_top, right = heights[run]
        span = last - first
        if not (HEAD_BARS[0] <= span <= HEAD_BARS[1] and _is_even(first, middle, last) and head <= left and head <= right):
            continue
        slope, yard = (second_top - top) / (fourth - second), yard_of(sums, counted, first, last)
        begins, at_head, ends = top + slope * (first - second), top + slope * (middle - second), top + slope * (last - second)
        height = at_head - head
        if not min(left, right) - head >= max(HEAD_SHARE * height, HEAD_ATR * yard):
            continue
        apart = max(max(left, right) - min(left, right), max(top, second_top) - min(top, second_top))
        deep = min(begins - left, ends - right) >= SHOULDER_DEPTH * height
        step = min(second - first, middle - second, fourth - middle, last - fourth)
        if not (apart <= SHOULDER_SHARE * height and deep and step >= STEP_SHARE * span):
            continue
        if _reverses(first, last, heights[run], begins, height, yard, high, low):
            found[count] = run
            count += 1
    return found[:count].copy()


def _compiled_heads(runs: Runs, ground: Ground) -> IntArray:
    return _walked_heads(runs.rows, runs.heights, ground.high, ground.low, ground.sums, ground.counted)


@or_compiled(_compiled_heads)
def _heads(runs: Runs, ground: Ground) -> IntArray:
    """Which runs of five points are inverse heads and shoulders, shape (m,)."""
    has_head = (runs.heights[:, 2] <= runs.heights[:, 0]) & (runs.heights[:, 2] <= runs.heights[:, 4])  # most have none
    tried = np.flatnonzero(are_within(runs.spans, HEAD_BARS) & _are_even(runs) & has_head)
    runs = runs.where(tried)
    shoulders, head, highs, yards = runs.heights[:, ::4], runs.heights[:, 2], runs.heights[:, 1::2], _yards(runs, ground)
    slopes = (highs[:, 1] - highs[:, 0]) / (runs.rows[:, 3] - runs.rows[:, 1])
    necklines = highs[:, :1] + slopes[:, None] * (runs.rows[:, ::2] - runs.rows[:, 1:2])  # at the three lows
    heights = necklines[:, 1] - head
    stands_out = shoulders.min(axis=1) - head >= np.maximum(HEAD_SHARE * heights, HEAD_ATR * yards)
    is_level = np.maximum(spreads(shoulders), spreads(highs)) <= SHOULDER_SHARE * heights
    deep = (necklines[:, ::2] - shoulders).min(axis=1) >= SHOULDER_DEPTH * heights
    steps = np.diff(runs.rows, axis=1).min(axis=1) >= STEP_SHARE * runs.spans
    found: IntArray = tried[stands_out & is_level & deep & steps & _reverse(runs, necklines[:, 0], ground, heights)]
    return found


def _yards(runs: Runs, ground: Ground) -> FloatArray:
    return ground.yards(runs.rows[:, 0], runs.rows[:, -1])


def _are_even(runs: Runs) -> BoolArray:
    """Whether neither half, up to the middle point and from there on, is much the shorter one."""
    middle = runs.rows[:, runs.rows.shape[1] // 2]
    even: BoolArray = np.minimum(middle - runs.rows[:, 0], runs.rows[:, -1] - middle) >= EVEN_SHARE * runs.spans
    return even


def _level(heights: FloatArray, yards: FloatArray) -> FloatArray:
    return np.minimum(LEVEL_SHARE * heights, LEVEL_ATR * yards)


def _reverse(runs: Runs, necklines: FloatArray, ground: Ground, heights: FloatArray | None = None) -> BoolArray:
    """Whether runs are high enough, no bar between their points passes the lowest or the highest of them by more than a little, and
    their first low ends a fall that began well above the neckline.

    heights: from the lowest point to the neckline, where that runs aslant.
    """
    first, last, yards = runs.rows[:, 0], runs.rows[:, -1], _yards(runs, ground)
    lowest, highest, slack = runs.heights.min(axis=1), runs.heights.max(axis=1), PIERCE_ATR * yards
    heights = necklines - lowest if heights is None else heights
    holds = (ground.lowest(first, last) >= lowest - slack) & (ground.highest(first, last) <= highest + slack)
    falls = ground.falls_into(first, np.maximum(BACK, runs.spans)) >= necklines - runs.heights[:, 0] + FALL_SHARE * heights
    reverses: BoolArray = are_within(shares(heights, yards), HEIGHTS_ATR) & holds & falls
    return reverses
