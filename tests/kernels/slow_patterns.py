"""Chart patterns as one would say them, one candidate at a time: the versions to read, and the oracles of their tests."""

from itertools import pairwise

import numpy as np

from levelhead.kernels import pattern_bounds as bounds
from levelhead.kernels import pattern_flags as flags
from levelhead.kernels import pattern_reversals as reversals
from levelhead.kernels.pattern_shapes import Shape, level, through


class SlowGround:
    """The bars, and what a pattern asks of them, looked up bar by bar."""

    def __init__(self, high, low, close, atr):
        self.high, self.low, self.close, self.atr = high, low, close, atr

    def yard(self, first, last):
        known = [float(x) for x in self.atr[first : last + 1] if not np.isnan(x)]
        return sum(known) / len(known) if known else 0.0

    def fall_into(self, row, back):
        if row < back or min(self.low[row - back : row]) < self.low[row]:
            return 0.0
        return float(max(self.high[row - back : row]) - self.low[row])

    def turned(self):
        return SlowGround(-self.low, -self.high, -self.close, self.atr)


def is_within(value, limits):
    return limits[0] <= value <= limits[1]


def spread(*heights):
    return max(heights) - min(heights)


def double_bottom(points, ground):
    """Low, high, low: two lows at one level, the high between them the neckline."""
    first, between, second = points
    span = second.row - first.row
    if (
        not is_within(span, reversals.DOUBLE_BARS)
        or min(between.row - first.row, second.row - between.row) < reversals.EVEN_SHARE * span
    ):
        return None
    floor = min(first.height, second.height)
    height, yard = between.height - floor, ground.yard(first.row, second.row)
    if not _is_high(height, yard):
        return None
    if spread(first.height, second.height) > _level(height, yard) or not _holds(points, ground, reversals.PIERCE_ATR * yard):
        return None
    if not _falls(first, between.height, height, span, ground):
        return None
    return _bottom("double_bottom", points, between.height, floor, height, span)


def triple_bottom(points, ground):
    """Three lows at one level; the higher of the two highs between them is the neckline."""
    span = points[-1].row - points[0].row
    if not is_within(span, reversals.TRIPLE_BARS):
        return None
    lows, highs = points[::2], points[1::2]
    floor, neckline = min([point.height for point in lows]), max([point.height for point in highs])
    height, yard = neckline - floor, ground.yard(lows[0].row, lows[-1].row)
    if not _is_high(height, yard):
        return None
    apart = spread(*(point.height for point in highs)) / height
    if apart > reversals.TROUGHS_SHARE or spread(*(point.height for point in lows)) > _level(height, yard):
        return None
    if not (_holds(points, ground, reversals.PIERCE_ATR * yard) and _falls(lows[0], neckline, height, span, ground)):
        return None
    return _bottom("triple_bottom", points, neckline, floor, height, span)


def inverse_head_and_shoulders(points, ground):
    """Three lows of which the middle one is the lowest and the others level; the line through the highs is the neckline."""
    left, high, head, second_high, right = points
    span = right.row - left.row
    if not is_within(span, reversals.HEAD_BARS) or min(head.row - left.row, right.row - head.row) < reversals.EVEN_SHARE * span:
        return None
    if head.height > left.height or head.height > right.height:
        return None  # no head; most are none
    neckline = through(high, second_high)
    height, yard = neckline.at(head.row) - head.height, ground.yard(left.row, right.row)
    if not _is_high(height, yard):
        return None
    stands_out = min(left.height, right.height) - head.height >= max(reversals.HEAD_SHARE * height, reversals.HEAD_ATR * yard)
    is_level = max(spread(left.height, right.height), spread(high.height, second_high.height)) <= reversals.SHOULDER_SHARE * height
    deep = min(neckline.at(left.row) - left.height, neckline.at(right.row) - right.height) >= reversals.SHOULDER_DEPTH * height
    steps = min(second.row - first.row for first, second in pairwise(points))
    if not (
        steps >= reversals.STEP_SHARE * span
        and stands_out
        and is_level
        and deep
        and _holds(points, ground, reversals.PIERCE_ATR * yard)
    ):
        return None
    if not _falls(left, neckline.at(left.row), height, span, ground):
        return None
    return Shape(
        kind="inverse_head_and_shoulders",
        side=1,
        points=tuple(points),
        upper=neckline,
        lower=level(left.row, right.height),
        measure=height,
        aim=None,
        floor=right.height,
        ceiling=high.height,
        until=right.known + span,
    )


def _holds(points, ground, slack):
    """Whether no bar between the first and the last point passes the lowest or the highest of them."""
    rows, heights = slice(points[0].row, points[-1].row + 1), [point.height for point in points]
    lowest, highest = float(ground.low[rows].min()), float(ground.high[rows].max())
    return lowest >= min(heights) - slack and highest <= max(heights) + slack


def _is_high(height, yard):
    return yard > 0 and is_within(height / yard, reversals.HEIGHTS_ATR)


def _level(height, yard):
    return min(reversals.LEVEL_SHARE * height, reversals.LEVEL_ATR * yard)


def _falls(first, neckline, height, span, ground):
    """Whether the first low ends a fall that began well above the neckline."""
    return ground.fall_into(first.row, max(reversals.BACK, span)) >= neckline - first.height + reversals.FALL_SHARE * height


def _bottom(kind, points, neckline, floor, height, span):
    return Shape(
        kind=kind,
        side=1,
        points=tuple(points),
        upper=level(points[0].row, neckline),
        lower=level(points[0].row, floor),
        measure=height,
        aim=None,
        floor=floor,
        ceiling=neckline,
        until=points[-1].known + span,
    )


def bounded(points, ground):
    """The triangle, wedge or rectangle of five turning points, None where they are none."""
    span = points[-1].row - points[0].row
    if not is_within(span, bounds.BARS):
        return None
    least, most = bounds.STEPS_SHARE
    for first, second in pairwise(points):
        if not least <= (second.row - first.row) / span <= most:
            return None
    yard = ground.yard(points[0].row, points[-1].row)
    if not yard > 0:
        return None
    highs = [point for point in points if point.side > 0]
    lows = [point for point in points if point.side < 0]
    shape = _rectangle(points, highs, lows, span, yard) or _narrowing(points, highs, lows, span, yard)
    if shape is None or not _keeps(shape, ground, bounds.PIERCE_ATR * yard):
        return None
    move = (ground.turned() if points[0].side > 0 else ground).fall_into(points[0].row, max(bounds.BACK, span))
    return shape if move >= bounds.MOVE_SHARE * shape.measure else None


def _rectangle(points, highs, lows, span, yard):
    top, bottom = max(point.height for point in highs), min(point.height for point in lows)
    height = top - bottom
    apart = max(spread(*(point.height for point in highs)), spread(*(point.height for point in lows)))
    if not is_within(height / yard, bounds.RECTANGLES_ATR) or apart > bounds.LEVEL_SHARE * height:
        return None
    upper, lower = level(points[0].row, top), level(points[0].row, bottom)
    return _shape("rectangle", 0, points, (upper, lower), height, None, points[-1].known + span)


def _narrowing(points, highs, lows, span, yard):
    upper, lower = through(highs[0], highs[-1]), through(lows[0], lows[-1])
    begin, end = points[0].row, points[-1].row
    base, left = upper.at(begin) - lower.at(begin), upper.at(end) - lower.at(end)
    if not (is_within(base / yard, bounds.BASES_ATR) and is_within(left / base, bounds.NARROWS_SHARE)):
        return None
    (middle, line) = (highs[1], upper) if len(highs) > 2 else (lows[1], lower)
    if abs(middle.height - line.at(middle.row)) > max(bounds.FIT_SHARE * base, bounds.FIT_ATR * yard):
        return None
    kind, side = bounds._name(upper.slope * span / base, lower.slope * span / base)
    if not kind or (kind.endswith("wedge") and left > bounds.WEDGE_SHARE * base):
        return None
    apex = base / (lower.slope - upper.slope)
    aim = {"rising_wedge": lower.at(begin), "falling_wedge": upper.at(begin)}.get(kind)
    return _shape(kind, side, points, (upper, lower), base, aim, begin + int(bounds.APEX_SHARE * apex))


def _keeps(shape, ground, slack):
    """Whether no close from its first to its last point lies beyond a line."""
    return all(
        shape.lower.at(row) - slack <= close <= shape.upper.at(row) + slack
        for row, close in enumerate(ground.close[shape.first : shape.last + 1].tolist(), shape.first)
    )


def _shape(kind, side, points, lines, measure, aim, until):
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


def bull_flag(points, ground):
    """High, low, high, low: the top of a pole and a rest below it between two lines, neither of which the pole's end passes."""
    top, low, high, second_low = points
    span = second_low.row - top.row
    if not is_within(span, flags.REST_BARS) or high.height > top.height or top.row < flags.POLE_BARS:
        return None
    foot = top.row - flags.POLE_BARS + int(ground.low[top.row - flags.POLE_BARS : top.row].argmin())
    pole, yard = top.height - float(ground.low[foot]), ground.yard(foot, foot)
    steep = yard > 0 and pole >= flags.POLE_ATR * yard and float(ground.high[foot : top.row].max()) <= top.height
    if not steep or top.height - min(low.height, second_low.height) > flags.RETRACE_SHARE * pole:
        return None
    upper, lower = through(top, high), through(low, second_low)
    begin, end = upper.at(top.row) - lower.at(top.row), upper.at(second_low.row) - lower.at(second_low.row)
    if not begin > 0:
        return None
    kind = "bull_flag" if lower.slope <= 0 and abs(end / begin - 1) <= flags.PARALLEL_SHARE else ""
    kind = kind or ("bull_pennant" if lower.slope > 0 and 0 < end / begin <= flags.NARROWS_SHARE else "")
    if not kind:
        return None
    return Shape(
        kind=kind,
        side=1,
        points=tuple(points),
        upper=upper,
        lower=lower,
        measure=pole,
        aim=None,
        floor=min(low.height, second_low.height),
        ceiling=top.height,
        until=second_low.known + flags.WAIT,
    )
