"""A second look at levels and last prices by the table of the words around them.

The rules speak first. The table is followed where they were silent, where a default spoke (a level of no nearer kind, a side told
by position), and where the words around a last price rule it out. What it gives or changes is as sure as BY_TABLE.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from levelhead.review.kinds import is_reckoned
from levelhead.review.ladders import SAME, positioned
from levelhead.review.near_cues import Zone
from levelhead.review.near_words import Chances
from levelhead.review.prices import AT_LENGTH
from levelhead.review.said import BY_TABLE, WRITTEN, Indicator, LevelKind, LevelSide, Money, ReadLevel
from levelhead.review.text import Span

# Chances at which the table is followed, each chosen by what it would have changed in notes that neither rules nor table had seen.
A_LEVEL, OF_SIDE_AND_KIND = 0.9, 0.8
ANOTHER_KIND, ANOTHER_SIDE = 0.97, 0.9
A_LAST, NO_LAST, HARDLY_LAST = 0.5, 0.005, 0.05
FEWEST = 5  # prices; in a passage of fewer the rules read better alone, a denial as much as a statement
FARTHEST = 2.0  # prices of one market lie no farther apart in a note
LEAST = 20.0  # a whole number below it, without a sign of money, may be a rank, a count or half of a date


def second_look(
    levels: Sequence[ReadLevel], values: Sequence[Indicator], chances: Mapping[Zone, Chances], alone: Collection[Span] = ()
) -> tuple[tuple[ReadLevel, ...], tuple[Indicator, ...]]:
    """The levels and values that the rules read, as the table leaves, corrects and completes them.

    alone: where last prices stand that are the only ones of their market in a note about several; of these it takes none away.
    """
    if sum(len(c.places) for c in chances.values()) < FEWEST:
        return tuple(levels), tuple(values)
    near = {zone: told for zone, told in chances.items() if not levels or any(_is_near(zone, x.price) for x in levels)}
    known = _with_last(_without_doubted(values, chances, alone), near)
    lasts = [v.value for v in known if v.name == "last"]
    told = [_corrected(level, lasts, chances.get(_zone(level.price))) for level in levels]
    told += _unread(told, lasts, chances)
    found = [v.value for v in known if v not in values]
    return (positioned(told, found) if found else tuple(told)), known


def _is_near(zone: Zone, price: Money) -> bool:
    """Whether a price may be one of the market of another."""
    return 1 / FARTHEST < zone[0] / price.low < FARTHEST if price.low > 0 else False


def _zone(price: Money) -> Zone:
    return price.low, price.high


def _without_doubted(
    values: Sequence[Indicator], chances: Mapping[Zone, Chances], alone: Collection[Span]
) -> tuple[Indicator, ...]:
    """The values but for last prices that the words around them rule out."""

    def is_doubted(value: Indicator) -> bool:
        told = chances.get(_zone(value.value)) if value.name == "last" and value.span not in alone else None
        return told is not None and told.last < NO_LAST

    return tuple(v for v in values if not is_doubted(v))


def _with_last(values: tuple[Indicator, ...], chances: Mapping[Zone, Chances]) -> tuple[Indicator, ...]:
    """The values; where there is no last price among them, with the price that likely is it, and is not surer to be a level."""
    if any(v.name == "last" for v in values):
        return values
    best = max(
        (told for told in chances.values() if told.last > told.level or told.level < A_LEVEL), key=lambda c: c.last, default=None
    )
    if best is None or best.last < A_LAST:
        return values
    place = best.places[0]
    return (*values, Indicator(name="last", value=place.price, words=place.words, span=place.span, sure=BY_TABLE))


def _corrected(level: ReadLevel, lasts: Sequence[Money], told: Chances | None) -> ReadLevel:
    """A level of no nearer kind as the kind that it almost surely is; a side told by position as the side of its words."""
    if told is None:
        return level
    if (
        level.kind == "level"
        and told.kind.word not in ("level", "pivot")
        and told.kind.chance >= ANOTHER_KIND
        and not is_reckoned(level.label)
    ):
        level = replace(level, kind=cast("LevelKind", told.kind.word), sure=BY_TABLE)
    is_other = level.sure < WRITTEN and told.side.word != level.side and told.side.chance >= ANOTHER_SIDE
    if told.side.word == "pivot" and level.kind != "pivot":
        return level  # a line between two markets' sides is called so by its name alone
    if is_other and _may_lie_there(told.side.word, level.price, lasts):
        level = replace(level, side=cast("LevelSide", told.side.word), sure=BY_TABLE)
    return level


def _may_lie_there(side: str, price: Money, lasts: Sequence[Money]) -> bool:
    """Whether the nearest last price of its market does not forbid the side: support lies below it, resistance above."""
    near = [last for last in lasts if last.low > 0 and 1 / SAME < price.low / last.low < SAME]
    if not near:
        return True
    last = min(near, key=lambda m: abs(m.low - price.low))
    return not (price.low > last.high if side == "support" else price.high < last.low if side == "resistance" else False)


def _unread(levels: Sequence[ReadLevel], lasts: Sequence[Money], chances: Mapping[Zone, Chances]) -> Iterator[ReadLevel]:
    """Prices that are almost surely levels, lie in none that was read and are not the last price."""
    taken = [*(level.price for level in levels), *lasts]
    told_of = Counter(place.band for told in chances.values() for place in told.places)
    for told in chances.values():
        if told.level < A_LEVEL or told.side.chance * told.kind.chance < OF_SIDE_AND_KIND:
            continue
        if told.last >= HARDLY_LAST or _may_count(told) or _is_of_trend(told):
            continue
        place = told.places[0]
        price = place.price
        if any(x.low <= price.high and price.low <= x.high for x in taken):
            continue
        if told_of[place.band] < AT_LENGTH or not _may_lie_there(told.side.word, price, lasts):
            continue
        yield ReadLevel(
            side=cast("LevelSide", told.side.word),
            kind=cast("LevelKind", told.kind.word),
            price=price,
            label=place.words,
            span=place.span,
            sure=BY_TABLE,
        )


_SAID = re.compile(r"\b(?:supp?(?:orts?)?|res(?:istances?)?|pivots?|floors?|ceilings?|hurdles?|barriers?|caps?|lid)\b", re.I)


def _is_of_trend(told: Chances) -> bool:
    """Whether the price is an average that no sentence about it calls a level: it tells of the trend."""
    return told.kind.word == "average" and not any(_SAID.search(place.words) for place in told.places)


def _may_count(told: Chances) -> bool:
    """Whether the number may be a rank, a count or half of a date: small, whole, and nothing with it that says money."""
    return told.places[0].is_bare and told.places[0].price.low < LEAST
