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

from collections.abc import Sequence
from itertools import pairwise

from levelhead.kernels.pattern_shapes import Ground, Point, Shape, is_within, level, spread, through

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


def double_bottom(points: Sequence[Point], ground: Ground) -> Shape | None:
    """Low, high, low: two lows at one level, the high between them the neckline."""
    first, between, second = points
    span = second.row - first.row
    if not is_within(span, DOUBLE_BARS) or min(between.row - first.row, second.row - between.row) < EVEN_SHARE * span:
        return None
    floor = min(first.height, second.height)
    height, yard = between.height - floor, ground.yard(first.row, second.row)
    if not _is_high(height, yard):
        return None
    if spread(first.height, second.height) > _level(height, yard) or not _holds(points, ground, PIERCE_ATR * yard):
        return None
    if not _falls(first, between.height, height, span, ground):
        return None
    return _bottom("double_bottom", points, between.height, floor, height, span)


def triple_bottom(points: Sequence[Point], ground: Ground) -> Shape | None:
    """Three lows at one level; the higher of the two highs between them is the neckline."""
    span = points[-1].row - points[0].row
    if not is_within(span, TRIPLE_BARS):
        return None
    lows, highs = points[::2], points[1::2]
    floor, neckline = min([point.height for point in lows]), max([point.height for point in highs])
    height, yard = neckline - floor, ground.yard(lows[0].row, lows[-1].row)
    if not _is_high(height, yard):
        return None
    apart = spread(*(point.height for point in highs)) / height
    if apart > TROUGHS_SHARE or spread(*(point.height for point in lows)) > _level(height, yard):
        return None
    if not (_holds(points, ground, PIERCE_ATR * yard) and _falls(lows[0], neckline, height, span, ground)):
        return None
    return _bottom("triple_bottom", points, neckline, floor, height, span)


def inverse_head_and_shoulders(points: Sequence[Point], ground: Ground) -> Shape | None:
    """Three lows of which the middle one is the lowest and the others level; the line through the highs is the neckline."""
    left, high, head, second_high, right = points
    span = right.row - left.row
    if not is_within(span, HEAD_BARS) or min(head.row - left.row, right.row - head.row) < EVEN_SHARE * span:
        return None
    if head.height > left.height or head.height > right.height:
        return None  # no head; most are none
    neckline = through(high, second_high)
    height, yard = neckline.at(head.row) - head.height, ground.yard(left.row, right.row)
    if not _is_high(height, yard):
        return None
    stands_out = min(left.height, right.height) - head.height >= max(HEAD_SHARE * height, HEAD_ATR * yard)
    is_level = max(spread(left.height, right.height), spread(high.height, second_high.height)) <= SHOULDER_SHARE * height
    deep = min(neckline.at(left.row) - left.height, neckline.at(right.row) - right.height) >= SHOULDER_DEPTH * height
    steps = min(second.row - first.row for first, second in pairwise(points))
    if not (steps >= STEP_SHARE * span and stands_out and is_level and deep and _holds(points, ground, PIERCE_ATR * yard)):
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


def _holds(points: Sequence[Point], ground: Ground, slack: float) -> bool:
    """Whether no bar between the first and the last point passes the lowest or the highest of them."""
    rows, heights = slice(points[0].row, points[-1].row + 1), [point.height for point in points]
    lowest, highest = float(ground.low[rows].min()), float(ground.high[rows].max())
    return lowest >= min(heights) - slack and highest <= max(heights) + slack


def _is_high(height: float, yard: float) -> bool:
    return yard > 0 and is_within(height / yard, HEIGHTS_ATR)


def _level(height: float, yard: float) -> float:
    return min(LEVEL_SHARE * height, LEVEL_ATR * yard)


def _falls(first: Point, neckline: float, height: float, span: int, ground: Ground) -> bool:
    """Whether the first low ends a fall that began well above the neckline."""
    return ground.fall_into(first.row, max(BACK, span)) >= neckline - first.height + FALL_SHARE * height


def _bottom(kind: str, points: Sequence[Point], neckline: float, floor: float, height: float, span: int) -> Shape:
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
