"""Where position decides: prices above the last one are resistance, prices below it support; and one level is listed once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from levelhead.review.said import INFERRED, SUPPOSED, WRITTEN, Indicator, Money, ReadLevel

ALIKE = 1.08  # of two last prices nearer to each other the one said first counts
SAME = 1.7  # prices of one instrument lie no farther apart than this ratio


def positioned(levels: Sequence[ReadLevel], lasts: Sequence[Money]) -> tuple[ReadLevel, ...]:
    """The levels with the sides that their position against the last price tells.

    Where no last price is stated, a level beyond those of one side is of that side too; one between the sides stays without.
    """
    lowest, highest = _between(levels)
    placed = (level if level.side else _placed(level, _nearest(level, lasts), lowest, highest) for level in levels)
    return tuple(x for x in placed if x.side or x.kind != "level" or x.price not in lasts)  # 'we are here' is no level


def without_levels(values: Sequence[Indicator], levels: Iterable[ReadLevel]) -> tuple[Indicator, ...]:
    """The values but for last prices of which the sentence says that they are support or resistance."""
    sided = {x.span.start for x in levels if x.sure == WRITTEN and x.side in ("support", "resistance")}
    return tuple(v for v in values if v.name != "last" or v.span.start not in sided)


def _nearest(level: ReadLevel, lasts: Sequence[Money]) -> Money | None:
    """The last price of the instrument whose level it must be."""
    near = [m for m in lasts if m.low > 0 and 1 / SAME < level.price.low / m.low < SAME]
    best = min(near, key=lambda m: abs(m.low - level.price.low)) if near else None
    return next((m for m in near if best is not None and 1 / ALIKE < m.low / best.low < ALIKE), None)


def _between(levels: Iterable[ReadLevel]) -> tuple[float | None, float | None]:
    """The highest support and the lowest resistance that the note itself calls so."""
    supports = [x.price.high for x in levels if x.side == "support"]
    resistances = [x.price.low for x in levels if x.side == "resistance"]
    return (max(supports) if supports else None), (min(resistances) if resistances else None)


def _placed(level: ReadLevel, last: Money | None, lowest: float | None, highest: float | None) -> ReadLevel:
    price = level.price
    if last is not None:
        if price.low > last.high:
            return replace(level, side="resistance", sure=INFERRED)
        if price.high < last.low:
            return replace(level, side="support", sure=INFERRED)
        return level
    if highest is not None and price.low >= highest and (lowest is None or price.low > lowest):
        return replace(level, side="resistance", sure=SUPPOSED)
    if lowest is not None and price.high <= lowest and (highest is None or price.high < highest):
        return replace(level, side="support", sure=SUPPOSED)
    return level


def merged(levels: Iterable[ReadLevel]) -> tuple[ReadLevel, ...]:
    """Each price and side once, with the most telling kind, name and role that any mention gives it."""
    kept: dict[tuple[float, float, str], ReadLevel] = {}
    for level in levels:
        key = (level.price.low, level.price.high, level.side)
        known = kept.get(key)
        kept[key] = level if known is None else _joined(known, level)
    sided = {(x.price.low, x.price.high) for x in kept.values() if x.kind == "pivot" and x.side not in ("", "pivot")}
    return tuple(x for x in kept.values() if not (x.kind == x.side == "pivot" and (x.price.low, x.price.high) in sided))


def _joined(one: ReadLevel, two: ReadLevel) -> ReadLevel:
    telling = two if one.kind == "level" and two.kind != "level" else one
    return replace(
        one, kind=telling.kind, name=telling.name or one.name or two.name, role=one.role or two.role, sure=max(one.sure, two.sure)
    )
