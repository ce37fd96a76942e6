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

from collections.abc import Sequence
from itertools import pairwise

from levelhead.kernels.pattern_shapes import Ground, Line, Point, Shape, Side, is_within, level, spread, through

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


def bounded(points: Sequence[Point], ground: Ground) -> Shape | None:
    """The triangle, wedge or rectangle of five turning points, None where they are none."""
    span = points[-1].row - points[0].row
    if not is_within(span, BARS):
        return None
    least, most = STEPS_SHARE
    for first, second in pairwise(points):
        if not least <= (second.row - first.row) / span <= most:
            return None
    yard = ground.yard(points[0].row, points[-1].row)
    if not yard > 0:
        return None
    highs = [point for point in points if point.side > 0]
    lows = [point for point in points if point.side < 0]
    shape = _rectangle(points, highs, lows, span, yard) or _narrowing(points, highs, lows, span, yard)
    if shape is None or not _holds(shape, ground, PIERCE_ATR * yard):
        return None
    move = (ground.turned() if points[0].side > 0 else ground).fall_into(points[0].row, max(BACK, span))
    return shape if move >= MOVE_SHARE * shape.measure else None


def _rectangle(points: Sequence[Point], highs: Sequence[Point], lows: Sequence[Point], span: int, yard: float) -> Shape | None:
    top, bottom = max(point.height for point in highs), min(point.height for point in lows)
    height = top - bottom
    apart = max(spread(*(point.height for point in highs)), spread(*(point.height for point in lows)))
    if not is_within(height / yard, RECTANGLES_ATR) or apart > LEVEL_SHARE * height:
        return None
    upper, lower = level(points[0].row, top), level(points[0].row, bottom)
    return _shape("rectangle", 0, points, (upper, lower), height, None, points[-1].known + span)


def _narrowing(points: Sequence[Point], highs: Sequence[Point], lows: Sequence[Point], span: int, yard: float) -> Shape | None:
    upper, lower = through(highs[0], highs[-1]), through(lows[0], lows[-1])
    begin, end = points[0].row, points[-1].row
    base, left = upper.at(begin) - lower.at(begin), upper.at(end) - lower.at(end)
    if not (is_within(base / yard, BASES_ATR) and is_within(left / base, NARROWS_SHARE)):
        return None
    (middle, line) = (highs[1], upper) if len(highs) > 2 else (lows[1], lower)
    if abs(middle.height - line.at(middle.row)) > max(FIT_SHARE * base, FIT_ATR * yard):
        return None
    kind, side = _name(upper.slope * span / base, lower.slope * span / base)
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
    return all(
        shape.lower.at(row) - slack <= close <= shape.upper.at(row) + slack
        for row, close in enumerate(ground.close[shape.first : shape.last + 1].tolist(), shape.first)
    )


def _shape(
    kind: str, side: Side, points: Sequence[Point], lines: tuple[Line, Line], measure: float, aim: float | None, until: int
) -> Shape:
    return Shape(
        kind=kind,
        side=side,
        points=tuple(points),
        upper=lines[0],
        lower=lines[1],
        measure=measure,
        aim=aim,
        floor=[point.height for point in points if point.side < 0][-1],
        ceiling=[point.height for point in points if point.side > 0][-1],
        until=until,
    )
