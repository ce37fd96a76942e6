"""Chart patterns over a whole series: found once, when their last point becomes known, and what became of each.

A pattern is drawn once and never moves; only its status does. Of several that claim one structure one is kept, by rule. Row t of
everything said here depends on bars up to t alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from levelhead.kernels.pattern_bounds import bounded
from levelhead.kernels.pattern_flags import bull_flag
from levelhead.kernels.pattern_lives import Pattern, beyond, lived
from levelhead.kernels.pattern_reversals import double_bottom, inverse_head_and_shoulders, triple_bottom
from levelhead.kernels.pattern_shapes import FloatArray, Ground, Point, Shape, ground_of, points_of
from levelhead.kernels.reversals import reversals

SIZES_ATR = (1.5, 2.0, 3.0, 4.5)
"""How far the close comes back from a turning point: a chart is looked at in three sizes, of which the coarsest shows the year."""
FLAG_SIZE_ATR = 1.0
SAME_SHARE = 0.5
"""Two patterns claim one structure when they share more than this of the later one's bars."""
GROWS = 1.5
"""A pattern takes the place of one that still forms within it when it is so many times as wide."""
UPSIDE_DOWN = {
    "double_bottom": "double_top",
    "triple_bottom": "triple_top",
    "inverse_head_and_shoulders": "head_and_shoulders",
    "bull_flag": "bear_flag",
    "bull_pennant": "bear_pennant",
}
RANKED = (
    *("inverse_head_and_shoulders", "head_and_shoulders", "rectangle", "ascending_triangle", "descending_triangle"),
    *("symmetrical_triangle", "falling_wedge", "rising_wedge", "triple_bottom", "triple_top", "double_bottom", "double_top"),
    *("bull_flag", "bear_flag", "bull_pennant", "bear_pennant"),
)
"""Every kind. Of two as wide that are known at one close the earlier one in this order is kept."""
Finder = Callable[[Sequence[Point], Ground], Shape | None]


def patterns(high: FloatArray, low: FloatArray, close: FloatArray, atr: FloatArray) -> tuple[Pattern, ...]:
    """Every pattern that was ever kept, by the row at which it was known.

    high, low, close, atr: shape (n,), of closed bars. Of shapes that claim the same bars the one known first is kept, of those
    known at one close the wider one, then the one of the higher rank. While a pattern forms a wider one around it takes its place.
    """
    bars = ground_of(high, low, close, atr)
    drafts = sorted(_drafts(bars, atr), key=lambda shape: (shape.known, shape.first - shape.last, RANKED.index(shape.kind)))
    kept: list[Pattern] = []
    for shape in drafts:
        rivals = [at for at, pattern in enumerate(kept) if _claims(pattern, shape)]
        if not all(_grows_out_of(kept[at], shape) for at in rivals):
            continue
        for at in rivals:
            kept[at] = replace(
                kept[at], confirmed=None, direction=0, neckline=None, target=None, ended=shape.known, ending="absorbed"
            )
        kept.append(lived(shape, bars))
    return tuple(kept)


def _claims(pattern: Pattern, shape: Shape) -> bool:
    """Whether a pattern that was there first and a new shape are of one structure."""
    if pattern.ending == "absorbed":
        return False  # by one that claims at least as much
    shared = min(_reaches(pattern, shape.known), shape.last) - max(pattern.shape.first, shape.first)
    widths = [shape.last - shape.first]
    if pattern.status_at(shape.known)[0] == "forming":
        widths.append(pattern.shape.last - pattern.shape.first)
    return shared > SAME_SHARE * min(widths)


def _reaches(pattern: Pattern, row: int) -> int:
    """The last row of a pattern, as known at `row`: where it broke, else its last point."""
    return pattern.confirmed if pattern.confirmed is not None and pattern.confirmed <= row else pattern.shape.last


def _grows_out_of(pattern: Pattern, shape: Shape) -> bool:
    """Whether a new shape takes the place of a pattern: one that still forms, within it, and is much the smaller one."""
    inside = shape.first <= pattern.shape.first and pattern.shape.last <= shape.last
    wider = shape.last - shape.first >= GROWS * (pattern.shape.last - pattern.shape.first)
    return inside and wider and pattern.status_at(shape.known)[0] == "forming"


def _drafts(bars: Ground, atr: FloatArray) -> Iterator[Shape]:
    """Every shape of every size, but for those that broke before their last point was known: they come too late."""
    over = bars.turned()
    finders: tuple[tuple[int, Finder], ...] = ((3, double_bottom), (5, triple_bottom), (5, inverse_head_and_shoulders))
    for size in (FLAG_SIZE_ATR, *SIZES_ATR):
        points = points_of(reversals(bars.high, bars.low, bars.close, atr, size=size))
        turned = [point.turned(-1) for point in points]
        found = [] if size == FLAG_SIZE_ATR else list(_each(points, bars, 5, bounded))
        for count, find in ((4, bull_flag),) if size == FLAG_SIZE_ATR else finders:
            found += list(_each(points, bars, count, find, -1))
            found += [shape.turned(-1, UPSIDE_DOWN[shape.kind]) for shape in _each(turned, over, count, find, -1)]
        yield from (shape for shape in found if _is_in_time(shape, bars))


def _each(points: Sequence[Point], ground: Ground, count: int, find: Finder, side: int = 0) -> Iterator[Shape]:
    """What `find` makes of every `count` points in a row, of which the last is of `side`, where that is not 0."""
    for stop in range(count, len(points) + 1):
        if side in (0, points[stop - 1].side):
            shape = find(points[stop - count : stop], ground)
            if shape is not None:
                yield shape


def _is_in_time(shape: Shape, bars: Ground) -> bool:
    first, last = shape.last + 1, shape.known - 1
    broken = beyond(shape.upper, bars.close, first, last, 1).any() or beyond(shape.lower, bars.close, first, last, -1).any()
    return shape.until > shape.known and not broken
