"""Zones of a ladder: levels that lie together, how strong they are, what became of them, and which a trader wants to see."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.grid import multiple
from levelhead.domain.level import Zone, zone_of
from levelhead.kernels.zone_visits import Met, met, visit_counts
from levelhead.kernels.zones import counted, cut
from levelhead.reading.level_source import Source, Weighed
from levelhead.reading.level_table import LevelTable
from levelhead.reading.settings import YEAR, Settings

# What strength is made of; chosen by how chartists rank such levels, not fitted to any outcome.
TOUCH_WEIGHT = 0.08
COUNTED_TOUCHES = 5
AGE_WEIGHT = 0.2
# Usefulness halves every four ATR away from the price.
HALVING_ATR = 4.0
# Weaker zones fill no ladder: with every price on it, it would be a ruler.
FLOOR = 0.15
FOUNDS = 0.25
"""A source that counts less supports a zone and founds none."""
EACH_SIDE = 3
PASSES = 2
"""So many of the last passes through a zone are told."""
BRIEF = 0.2
"""Share of its weight by which a source that is another price in a week shapes zones."""


class Merged(NamedTuple):
    """A zone that levels make: its edges on the grid, which of the levels are in it, visits to it, and how strong it is.

    is_structural: whether the all-time high or an extreme of the year is in it. is_founded: whether one of its sources is worth a
    zone of its own.
    """

    low: float
    high: float
    levels: slice
    visits: int
    age: int | None
    strength: float
    is_structural: int
    is_founded: bool


class Ladder(NamedTuple):
    """All zones of a day, ascending, with the levels that they are made of, ascending by price, those at one price by name.

    order: their places in the table. ranks: of each, see `LevelTable.ranks`. counted: what each counts, 0 of one that is another
    name of a heavier one's event.
    """

    zones: list[Merged]
    table: LevelTable
    order: list[int]
    ranks: list[int]
    counted: list[float]


def merged(bars: Bars, table: LevelTable, atr: float, settings: Settings) -> Ladder:
    """All zones that the levels make, none wider than `zone_atr` nor closer than `zone_gap_atr`.

    The cut is the best one (`kernels.zones.merge`). Levels that fit into no zone are left out.
    """
    order, step, width = _order(table), bars.instrument.step, settings.zone_atr * atr
    found = cut(
        table.prices[order],
        table.weights[order],
        table.rows[order],
        table.is_brief[order],
        table.is_structural[order],
        step=step,
        width=width,
        gap=settings.zone_gap_atr * atr,
        share=BRIEF,
    )
    lows, highs = [multiple(low, step) for low in found.lows], [multiple(high, step) for high in found.highs]
    rows = slice(_first_row(bars, settings), None)
    visits = visit_counts(bars.high[rows], bars.low[rows], np.array(lows, dtype=np.float64), np.array(highs, dtype=np.float64))
    row = len(bars) - 1
    ages = [None if oldest < 0 else row - oldest for oldest in found.oldest]
    zones = [
        Merged(low, high, slice(first, stop), visits, age, _strength(total, visits, age), is_structural, most >= FOUNDS)
        for low, high, first, stop, visits, age, total, is_structural, most in zip(
            lows, highs, found.firsts, found.stops, visits.tolist(), ages, found.sums, found.marked, found.most, strict=True
        )
        if high - low <= width
    ]
    return Ladder(zones, table, order.tolist(), table.ranks[order].tolist(), found.counted)


def _order(table: LevelTable) -> NDArray[np.int64]:
    """The places of the levels, ascending by price; of those at one price by name."""
    order = table.prices.argsort(kind="stable")
    prices = table.prices[order]
    shared = (prices[1:] == prices[:-1]).nonzero()[0].tolist()
    stop = 0
    for first in shared:
        if first < stop:
            continue
        stop = first + 1
        while stop < len(prices) and prices[stop] == prices[first]:
            stop += 1
        order[first:stop] = sorted(order[first:stop].tolist(), key=lambda at: table.source(at).name)
    return order


def chosen(bars: Bars, ladder: Ladder, atr: float, settings: Settings) -> tuple[Zone, ...]:
    """The zones that a trader is shown, with their levels by name and their history by date: see `choice`."""
    return told(bars, ladder, choice(bars, ladder, atr, settings), settings)


def choice(bars: Bars, ladder: Ladder, atr: float, settings: Settings) -> list[Merged]:
    """The zones that a trader is shown, ascending by price: at most `settings.zones` of them.

    Usefulness is strength halved every four ATR of distance. First come the zones of the all-time and 52-week extremes, then
    the three most useful ones on either side of the price, then the most useful of those with a strength of at least 0.15 and a
    source worth 0.25: half a ladder for either side, and more where the other side has no more to give.
    """
    last = bars.last
    usefulness = [_usefulness(low, high, strength, last, atr) for low, high, _, _, _, strength, _, _ in ladder.zones]
    # zones ascend, and of equals the lower one comes first
    ranked = [ladder.zones[at] for at in sorted(range(len(usefulness)), key=usefulness.__getitem__, reverse=True)]
    strong = [zone for zone in ranked if zone.strength >= FLOOR and zone.is_founded]
    in_all = [*strong, *[zone for zone in ranked if zone.strength < FLOOR or not zone.is_founded]]
    above, below = [zone for zone in in_all if zone.low > last], [zone for zone in in_all if zone.high < last]
    structural = [zone for zone in ranked if zone.is_structural]
    half = settings.zones // 2
    far = {zone.low for zone in (*above[half:], *below[half:])}
    balanced = [zone for zone in strong if zone.low not in far]
    # No two zones share a low, which makes a quicker key than the whole zone.
    in_turn = {zone.low: zone for zone in (*structural, *above[:EACH_SIDE], *below[:EACH_SIDE], *balanced, *strong)}
    return [in_turn[low] for low in sorted(list(in_turn)[: settings.zones])]


def strength_of(weighed: Sequence[Weighed], touches: int, age: int | None) -> float:
    """1 - exp(-(sources + 0.08 min(touches, 5) + 0.2 min(age / 252, 1)) / 2): 0 to 1, more is stronger, each more adds less.

    sources: the weights of the levels, where several names of one bar's extreme (a swing that is also the 52-week high)
    count once, at their largest. An all-time high alone has 0.39, with a 200-day average beside it 0.61.
    """
    counts = counted([level.event for level in weighed], [level.weight for level in weighed])
    return _strength(math.fsum(counts), touches, age)


def _strength(sources: float, touches: int, age: int | None) -> float:
    old = 0.0 if age is None else age / YEAR if age < YEAR else 1.0
    touched = touches if touches < COUNTED_TOUCHES else COUNTED_TOUCHES
    return 1.0 - math.exp(-(sources + TOUCH_WEIGHT * touched + AGE_WEIGHT * old) / 2)


def founder_of(table: LevelTable, own: Sequence[int], ranks: Sequence[int]) -> Source:
    """What a zone of some of the levels is named after: the one of the highest rank; of equals the oldest.

    ranks: of those, see `LevelTable.ranks`. So that a zone is called the same from day to day while it is about the same thing,
    whatever joins it.
    """
    highest = max(ranks)
    if ranks.count(highest) == 1:
        return table.source(own[ranks.index(highest)])
    return min([table.source(at) for at, rank in zip(own, ranks, strict=True) if rank == highest], key=_by_age)


def _by_age(source: Source) -> tuple[float, str]:
    return source.row if source.row >= 0 else math.inf, source.key


def told(bars: Bars, ladder: Ladder, zones: Sequence[Merged], settings: Settings) -> tuple[Zone, ...]:
    """The zones with their levels by name and their history by date."""
    seen = _met(bars, [(zone.low, zone.high) for zone in zones], settings)
    rows = slice(_first_row(bars, settings), len(bars))
    days = bars.stamps(rows) if bars.days is None else bars.dates[rows].tolist()
    touched, held = [days[row] for row in seen.visit_rows.tolist()], seen.visit_held.tolist()
    pass_rows, pass_sides = seen.pass_rows.tolist(), seen.pass_sides.tolist()
    ends = np.arange(len(zones) + 1)
    visits, passes = seen.visit_zones.searchsorted(ends).tolist(), seen.pass_zones.searchsorted(ends).tolist()
    found = []
    for at, zone in enumerate(zones):
        own = slice(visits[at], visits[at + 1])
        last = range(max(passes[at + 1] - PASSES, passes[at]), passes[at + 1])
        passed = tuple([(days[pass_rows[each]], pass_sides[each]) for each in last])
        found.append(_zone(ladder, zone, tuple(touched[own]), held[own], passed))
    return tuple(found)


def _zone(
    ladder: Ladder,
    zone: Merged,
    touched: tuple[dt.date, ...],
    held: list[bool],
    passes: tuple[tuple[dt.date, int], ...],
) -> Zone:
    table, own = ladder.table, ladder.order[zone.levels]
    founder = founder_of(table, own, ladder.ranks[zone.levels])
    return zone_of(
        low=zone.low,
        high=zone.high,
        levels=table.levels(own),
        touches=touched,
        age=zone.age,
        strength=zone.strength,
        weights=tuple(ladder.counted[zone.levels]),
        key=founder.key,
        kind=founder.kind,
        held=tuple(compress(touched, held)),
        passes=passes,
    )


def _met(bars: Bars, edges: Sequence[tuple[float, float]], settings: Settings) -> Met:
    rows = slice(_first_row(bars, settings), None)
    bottoms, tops = (np.array(side, dtype=np.float64) for side in ([low for low, _ in edges], [high for _, high in edges]))
    return met(bars.high[rows], bars.low[rows], bars.close[rows], bottoms, tops)


def _first_row(bars: Bars, settings: Settings) -> int:
    """One bar more than the look-back, so that its first bar can begin a visit."""
    return max(0, len(bars) - settings.touch_bars - 1)


def _usefulness(low: float, high: float, strength: float, last: float, atr: float) -> float:
    away = low - last if low > last else last - high if high < last else 0.0
    return strength * math.pow(0.5, away / atr / HALVING_ATR)
