"""Chart patterns over a whole series: found once, when their last point becomes known, and what became of each.

A pattern is drawn once and never moves; only its status does. Of several that claim one structure one is kept, by rule. Row t of
everything said here depends on bars up to t alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.kernels.pattern_bounds import bounded
from levelhead.kernels.pattern_flags import bull_flags
from levelhead.kernels.pattern_ground import Ground, ground_of
from levelhead.kernels.pattern_lives import Pattern, first_break, lived
from levelhead.kernels.pattern_reversals import double_bottoms, inverse_heads_and_shoulders, triple_bottoms
from levelhead.kernels.pattern_shapes import Shape, runs_of
from levelhead.kernels.reversals import Zigzag

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


def patterns(zigzag: Zigzag) -> tuple[Pattern, ...]:
    """Every pattern that was ever kept, by the row at which it was known.

    zigzag: of closed bars. Of shapes that claim the same bars the one known first is kept, of those known at one close the wider
    one, then the one of the higher rank. While a pattern forms a wider one around it takes its place.
    """
    bars, closes = ground_of(zigzag.high, zigzag.low, zigzag.close, zigzag.atr), zigzag.close.tolist()
    drafts = sorted(_drafts(bars, zigzag, closes), key=_order)
    kept: list[Pattern] = []
    ends: list[int] = []  # how far each reaches at most
    for shape in drafts:
        first = shape.first
        near = (at for at, end in enumerate(ends) if end > first)
        rivals = [at for at in near if _claims(kept[at], shape)]
        if not all(_grows_out_of(kept[at], shape) for at in rivals):
            continue
        for at in rivals:
            kept[at] = replace(
                kept[at], confirmed=None, direction=0, neckline=None, target=None, ended=shape.known, ending="absorbed"
            )
        kept.append(lived(shape, bars, closes))
        ends.append(max(shape.last, kept[-1].confirmed or 0))
    return tuple(kept)


def _order(shape: Shape) -> tuple[int, int, int]:
    return shape.known, shape.first - shape.last, RANKED.index(shape.kind)


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


def _drafts(bars: Ground, zigzag: Zigzag, closes: Sequence[float]) -> Iterator[Shape]:
    """Every shape of every size, but for those that broke before their last point was known: they come too late."""
    sizes = [zigzag.turns(size) for size in SIZES_ATR]
    threes, fives, fours = runs_of(sizes, 3), runs_of(sizes, 5), runs_of([zigzag.turns(FLAG_SIZE_ATR)], 4)
    bottoms = (threes, (double_bottoms,)), (fives, (triple_bottoms, inverse_heads_and_shoulders)), (fours, (bull_flags,))
    found, over = list(bounded(fives, bars)), bars.turned()
    for runs, finders in bottoms:
        from_low, from_high = runs.where(runs.sides < 0), runs.where(runs.sides > 0).turned()
        for find in finders:
            found += find(from_low, bars)
            found += [shape.turned(-1, UPSIDE_DOWN[shape.kind]) for shape in find(from_high, over)]
    yield from (shape for shape in found if _is_in_time(shape, closes))


def _is_in_time(shape: Shape, closes: Sequence[float]) -> bool:
    return shape.until > shape.known and not first_break(shape, closes, shape.last + 1, shape.known - 1)[1]
