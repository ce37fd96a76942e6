"""Bull flags and pennants; on the chart upside down the bearish ones: a short rest against a steep move.

- Edwards and Magee (1948), chapter 11; Murphy (1999), chapter 6: a nearly straight pole, a rest of one to three weeks that leans
  against it (flag) or narrows (pennant), and a second move as long as the pole from where the rest breaks.
- Bulkowski (2005): three weeks at most; it retraces less than half of the pole.
"""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.kernels.pattern_shapes import Ground, Point, Shape, is_within, through

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


def bull_flag(points: Sequence[Point], ground: Ground) -> Shape | None:
    """High, low, high, low: the top of a pole and a rest below it between two lines, neither of which the pole's end passes."""
    top, low, high, second_low = points
    span = second_low.row - top.row
    if not is_within(span, REST_BARS) or high.height > top.height or top.row < POLE_BARS:
        return None
    foot = top.row - POLE_BARS + int(ground.low[top.row - POLE_BARS : top.row].argmin())
    pole, yard = top.height - float(ground.low[foot]), ground.yard(foot, foot)
    steep = yard > 0 and pole >= POLE_ATR * yard and float(ground.high[foot : top.row].max()) <= top.height
    if not steep or top.height - min(low.height, second_low.height) > RETRACE_SHARE * pole:
        return None
    upper, lower = through(top, high), through(low, second_low)
    begin, end = upper.at(top.row) - lower.at(top.row), upper.at(second_low.row) - lower.at(second_low.row)
    if not begin > 0:
        return None
    kind = "bull_flag" if lower.slope <= 0 and abs(end / begin - 1) <= PARALLEL_SHARE else ""
    kind = kind or ("bull_pennant" if lower.slope > 0 and 0 < end / begin <= NARROWS_SHARE else "")
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
        until=second_low.known + WAIT,
    )
