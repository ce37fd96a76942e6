"""Triangles, wedges and rectangles: prices between two lines, from five turning points on.

Three points make one line, the middle one within a tolerance of it, two the other.

- Edwards and Magee (1948), chapters 8, 9 and 14: at least four turning points; a triangle that has not broken out three quarters
  of the way to its apex tells little.
- Murphy (1999), chapter 6: the measured move is the pattern's height at its first point, from where it breaks; a falling wedge
  is bullish, a rising one bearish.
- Lo, Mamaysky and Wang (2000), definitions 3 and 4: highs falling and lows rising; highs level and lows level.
- Bulkowski (2005): five touches at least; a wedge is expected to move back to where it began.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from levelhead.kernels.compiled import Floats, FloatTable, Ints, IntTable, Signs, loop, or_compiled
from levelhead.kernels.pattern_ground import Ground, fall_into, yard_of
from levelhead.kernels.pattern_shapes import (
    BoolArray,
    FloatArray,
    IntArray,
    Line,
    Point,
    Runs,
    Shape,
    Side,
    are_within,
    level,
    shares,
    spreads,
    through,
)

BARS = (20, 126)
"""Bars from the first to the last point: a month at least, half a year at most."""
BASES_ATR = (4.0, 20.0)
"""How far the lines of a triangle or wedge lie apart at its first point."""
FLAT_SHARE, SLOPED_SHARE = 0.15, 0.2
"""A line is flat that moves less than this share of the base from first to last point, and sloped when it moves more than that."""
NARROWS_SHARE, WEDGE_SHARE = (0.1, 0.75), 0.6
"""What is left of the base at the last point: less is past its use, more is a channel, for a wedge the sooner."""
FIT_SHARE, FIT_ATR = 0.15, 0.5
"""How near the middle point of three lies to the line through the others, by share of the base or ATR, whichever is more."""
PIERCE_ATR = 0.5
"""How far a close may pierce a line while the pattern forms."""
MOVE_SHARE = 0.75
"""The move that leads to the first point, in bases: a triangle interrupts something."""
BACK = 30
"""Bars before the first point in which that move is looked for; as many as the pattern is wide, where these are more."""
STEPS_SHARE = (0.08, 0.5)
"""What each leg from point to point takes of the pattern's bars: two turns in one day are one, and half a pattern is no leg."""
APEX_SHARE = 0.85
"""How far along the way to the apex a triangle or wedge can still break."""
RECTANGLES_ATR = (3.0, 8.0)
"""From the lower to the upper line of a rectangle: with deeper swings it is a triple top or bottom."""
LEVEL_SHARE = 0.2
"""The highs of a rectangle are level within this share of its height, and so are its lows."""


def bounded(runs: Runs, ground: Ground) -> Iterator[Shape]:
    """The triangles, wedges and rectangles of five turning points."""
    some, moves = _candidates(runs, ground)
    runs = runs.where(some)
    yards = ground.yards(runs.rows[:, 0], runs.rows[:, -1])
    columns = (_are_rectangles(runs, yards), yards, moves)
    for points, flat, yard, move in zip(runs, *(column.tolist() for column in columns), strict=True):
        shape = _rectangle(points) if flat else _narrowing(points)
        if shape is not None and move >= MOVE_SHARE * shape.measure and _holds(shape, ground, PIERCE_ATR * yard):
            yield shape


@loop
def _walked_candidates(
    rows: IntTable,
    heights: FloatTable,
    sides: Signs,
    high: Floats,
    low: Floats,
    over_high: Floats,
    over_low: Floats,
    sums: Floats,
    counted: Floats,
) -> tuple[IntArray, FloatArray]:
    found, moves, count = np.empty(len(rows), dtype=np.int64), np.empty(len(rows)), 0
    for run in range(len(rows)):
        begin, second, middle, fourth, end = rows[run]
        span, side = end - begin, sides[run]
        shortest = min(second - begin, middle - second, fourth - middle, end - fourth)
        longest = max(second - begin, middle - second, fourth - middle, end - fourth)
        if not (BARS[0] <= span <= BARS[1] and shortest / span >= STEPS_SHARE[0] and longest / span <= STEPS_SHARE[1]):
            continue
        back = max(BACK, span)
        move = fall_into(over_high, over_low, begin, back) if side > 0 else fall_into(high, low, begin, back)
        if not move > 0:
            continue
        yard = yard_of(sums, counted, begin, end)
        if _is_rectangle(heights[run], side, yard) or _is_narrow(rows[run], heights[run], side, yard):
            found[count], moves[count] = run, move
            count += 1
    return found[:count].copy(), moves[:count].copy()


@loop
def _is_rectangle(heights: Floats, side: int, yard: float) -> bool:
    """As `_are_rectangles`, of one run."""
    first, opposite, third, second_opposite, last = heights
    most, least = max(first, third, last), min(first, third, last)
    other_most, other_least = max(opposite, second_opposite), min(opposite, second_opposite)
    height = most - other_least if side > 0 else other_most - least
    apart = max(most - least, other_most - other_least)
    return yard > 0 and RECTANGLES_ATR[0] <= height / yard <= RECTANGLES_ATR[1] and apart <= LEVEL_SHARE * height


@loop
def _is_narrow(rows: Ints, heights: Floats, side: int, yard: float) -> bool:
    """As `_narrow`, of one run."""
    begin, second, middle, fourth, end = rows
    first, opposite, third, second_opposite, last = heights
    own, other = (last - first) / (end - begin), (second_opposite - opposite) / (fourth - second)
    base = side * (first - (opposite + other * (begin - second)))
    left = side * (first + own * (end - begin) - (opposite + other * (end - second)))
    fits = abs(third - (first + own * (middle - begin))) <= max(FIT_SHARE * base, FIT_ATR * yard)
    is_wide = yard > 0 and BASES_ATR[0] <= base / yard <= BASES_ATR[1]
    return fits and is_wide and NARROWS_SHARE[0] <= left / base <= NARROWS_SHARE[1]


def _compiled_candidates(runs: Runs, ground: Ground) -> tuple[IntArray, FloatArray]:
    over = ground.turned()
    columns = (ground.high, ground.low, over.high, over.low, ground.sums, ground.counted)
    return _walked_candidates(runs.rows, runs.heights, runs.sides, *columns)


@or_compiled(_compiled_candidates)
def _candidates(runs: Runs, ground: Ground) -> tuple[IntArray, FloatArray]:
    """Which runs may be bounded by two lines and have a move that leads to them, and how long it is; both (m,)."""
    tried = np.flatnonzero(are_within(runs.spans, BARS))
    runs = runs.where(tried)
    least, most = STEPS_SHARE
    legs = np.diff(runs.rows, axis=1) / runs.spans[:, None]
    even = np.flatnonzero((legs.min(axis=1) >= least) & (legs.max(axis=1) <= most))
    runs, tried = runs.where(even), tried[even]
    yards = ground.yards(runs.rows[:, 0], runs.rows[:, -1])
    some = np.flatnonzero(_are_rectangles(runs, yards) | _narrow(runs, yards))
    runs, tried = runs.where(some), tried[some]
    first, back = runs.rows[:, 0], np.maximum(BACK, runs.spans)
    falls = ground.falls_into(first, back)
    moves = np.where(runs.sides > 0, ground.turned().falls_into(first, back), falls)
    return tried[moves > 0], moves[moves > 0]


def _are_rectangles(runs: Runs, yards: FloatArray) -> BoolArray:
    """Whether highs are level, and lows, and both lie well apart."""
    three, two, begins_high = runs.heights[:, ::2], runs.heights[:, 1::2], runs.sides > 0
    top = np.where(begins_high, three.max(axis=1), two.max(axis=1))
    bottom = np.where(begins_high, two.min(axis=1), three.min(axis=1))
    height, apart = top - bottom, np.maximum(spreads(three), spreads(two))
    rectangular: BoolArray = are_within(shares(height, yards), RECTANGLES_ATR) & (apart <= LEVEL_SHARE * height)
    return rectangular


def _narrow(runs: Runs, yards: FloatArray) -> BoolArray:
    """Whether the line through the first and the last point, and that through the two on the other side, come nearer each other.

    The middle point lies near the line through the first and the last.
    """
    begin, second, middle, fourth, end = runs.rows.T
    first, opposite, third, second_opposite, last = runs.heights.T
    own, other = (last - first) / (end - begin), (second_opposite - opposite) / (fourth - second)
    base = runs.sides * (first - (opposite + other * (begin - second)))
    left = runs.sides * (first + own * (end - begin) - (opposite + other * (end - second)))
    fits = np.abs(third - (first + own * (middle - begin))) <= np.maximum(FIT_SHARE * base, FIT_ATR * yards)
    narrows: BoolArray = are_within(shares(base, yards), BASES_ATR) & are_within(shares(left, base), NARROWS_SHARE) & fits
    return narrows


def _rectangle(points: tuple[Point, ...]) -> Shape:
    top, bottom = max(point.height for point in points), min(point.height for point in points)
    lines = level(points[0].row, top), level(points[0].row, bottom)
    return _shape("rectangle", 0, points, lines, top - bottom, None, points[-1].known + points[-1].row - points[0].row)


def _narrowing(points: tuple[Point, ...]) -> Shape | None:
    """The triangle or wedge of points between two lines that come nearer each other; None where these run too level for one."""
    highs = [point for point in points if point.side > 0]
    lows = [point for point in points if point.side < 0]
    upper, lower = through(highs[0], highs[-1]), through(lows[0], lows[-1])
    begin, end = points[0].row, points[-1].row
    base, left = upper.at(begin) - lower.at(begin), upper.at(end) - lower.at(end)
    kind, side = _name(upper.slope * (end - begin) / base, lower.slope * (end - begin) / base)
    if not kind or (kind.endswith("wedge") and left > WEDGE_SHARE * base):
        return None
    apex = base / (lower.slope - upper.slope)
    aim = {"rising_wedge": lower.at(begin), "falling_wedge": upper.at(begin)}.get(kind)
    return _shape(kind, side, points, (upper, lower), base, aim, begin + int(APEX_SHARE * apex))


def _name(upper: float, lower: float) -> tuple[str, Side]:
    """By how its lines run, in bases from first to last point; '' where they make nothing."""
    flat, sloped = FLAT_SHARE, SLOPED_SHARE
    found: tuple[str, Side] = ("", 0)
    if abs(upper) <= flat and lower >= sloped:
        found = ("ascending_triangle", 1)
    elif abs(lower) <= flat and upper <= -sloped:
        found = ("descending_triangle", -1)
    elif upper <= -flat and lower >= flat:
        found = ("symmetrical_triangle", 0)
    elif upper >= sloped and lower >= sloped:
        found = ("rising_wedge", -1)
    elif upper <= -sloped and lower <= -sloped:
        found = ("falling_wedge", 1)
    return found


def _holds(shape: Shape, ground: Ground, slack: float) -> bool:
    """Whether no close from its first to its last point lies beyond a line."""
    closes, rows = ground.close[shape.first : shape.last + 1], np.arange(shape.first, shape.last + 1)
    lower, upper = (line.height + line.slope * (rows - line.row) for line in (shape.lower, shape.upper))
    return bool(((lower - slack <= closes) & (closes <= upper + slack)).all())


def _shape(
    kind: str, side: Side, points: tuple[Point, ...], lines: tuple[Line, Line], measure: float, aim: float | None, until: int
) -> Shape:
    return Shape(
        kind=kind,
        side=side,
        points=points,
        upper=lines[0],
        lower=lines[1],
        measure=measure,
        aim=aim,
        floor=[point.height for point in points if point.side < 0][-1],
        ceiling=[point.height for point in points if point.side > 0][-1],
        until=until,
    )
