"""Zones of a ladder: levels that lie together, how strong they are, what became of them, and which a trader wants to see."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.grid import multiple_above, multiple_below, nearest_multiple
from levelhead.domain.level import Level, Zone
from levelhead.kernels.zones import Met, merge, met, visit_counts
from levelhead.reading.level_source import Source, Weighed
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
STRUCTURAL = frozenset({"all_time_high", "high_52w", "low_52w"})
PASSES = 2
"""So many of the last passes through a zone are told."""
BRIEF = 0.2
"""Share of its weight by which a source that is another price in a week shapes zones."""
# A zone is named after what lasts, if it is in it: a bar's extreme and a round number stay, an average goes with the price.
LASTING = frozenset({"extreme", "swing", "anchor", "round", "average"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Levels that make a zone, ascending by price: its edges on the grid, how strong it is, and visits to it."""

    low: float
    high: float
    weighed: tuple[Weighed, ...]
    visits: int
    age: int | None
    strength: float

    @property
    def is_structural(self) -> bool:
        """Whether the all-time high or an extreme of the year is in it."""
        return any(level.source.name in STRUCTURAL for level in self.weighed)

    @property
    def is_founded(self) -> bool:
        """Whether one of its sources is worth a zone of its own."""
        return any(level.weight >= FOUNDS for level in self.weighed)


def merged(bars: Bars, weighed: Iterable[Weighed], atr: float, settings: Settings) -> list[Merged]:
    """All zones that the levels make, ascending, none wider than `zone_atr` nor closer than `zone_gap_atr`.

    The cut is the best one (`kernels.zones.merge`). Levels that fit into no zone are left out.
    """
    rungs = _rungs(sorted(weighed, key=lambda level: (level.price, level.source.name)))
    step = bars.instrument.step
    counts = np.array([rung[0].price for rung in rungs]) / step
    width = settings.zone_atr * atr
    runs = merge(
        (np.floor(counts + 1e-9) * step).tolist(),
        (np.ceil(counts - 1e-9) * step).tolist(),
        [_sources(rung, BRIEF) for rung in rungs],
        width=width * (1 - 1e-12),
        gap=settings.zone_gap_atr * atr,
    )
    zones = [tuple(level for rung in rungs[start:stop] for level in rung) for start, stop in runs]
    edges = [_edges(zone[0].price, zone[-1].price, step) for zone in zones]
    kept = [at for at, (low, high) in enumerate(edges) if high - low <= width]
    rows = slice(_first_row(bars, settings), None)
    bottoms, tops = np.array([edges[at] for at in kept], dtype=np.float64).reshape(-1, 2).T
    visits = visit_counts(bars.high[rows], bars.low[rows], bottoms, tops).tolist()
    return [_merged(len(bars) - 1, zones[at], edges[at], count) for at, count in zip(kept, visits, strict=True)]


def chosen(bars: Bars, zones: Iterable[Merged], atr: float, settings: Settings) -> tuple[Zone, ...]:
    """The zones of the ladder, ascending by price: at most `settings.zones` of them.

    Usefulness is strength halved every four ATR of distance. First come the zones of the all-time and 52-week extremes, then
    the three most useful ones on either side of the price, then the most useful of those with a strength of at least 0.15 and a
    source worth 0.25: half a ladder for either side, and more where the other side has no more to give.
    """
    last = bars.last
    ranked = sorted(zones, key=lambda zone: (-_usefulness(zone, last, atr), zone.low))
    strong = [zone for zone in ranked if zone.strength >= FLOOR and zone.is_founded]
    weak = [zone for zone in ranked if not (zone.strength >= FLOOR and zone.is_founded)]
    above = [zone for zone in (*strong, *weak) if zone.low > last]
    below = [zone for zone in (*strong, *weak) if zone.high < last]
    structural = [zone for zone in ranked if zone.is_structural]
    half = settings.zones // 2
    far = {zone.low for zone in (*above[half:], *below[half:])}
    balanced = [zone for zone in strong if zone.low not in far]
    # No two zones share a low, which makes a quicker key than the whole zone.
    in_turn = {zone.low: zone for zone in (*structural, *above[:EACH_SIDE], *below[:EACH_SIDE], *balanced, *strong)}
    return _told(bars, [in_turn[low] for low in sorted(list(in_turn)[: settings.zones])], settings)


def strength_of(weighed: Sequence[Weighed], touches: int, age: int | None) -> float:
    """1 - exp(-(sources + 0.08 min(touches, 5) + 0.2 min(age / 252, 1)) / 2): 0 to 1, more is stronger, each more adds less.

    sources: the weights of the levels, where several names of one bar's extreme (a swing that is also the 52-week high)
    count once, at their largest. An all-time high alone has 0.39, with a 200-day average beside it 0.61.
    """
    old = 0.0 if age is None else min(age / YEAR, 1.0)
    return 1.0 - math.exp(-(_sources(weighed) + TOUCH_WEIGHT * min(touches, COUNTED_TOUCHES) + AGE_WEIGHT * old) / 2)


def founder_of(weighed: Sequence[Weighed]) -> Weighed:
    """The level a zone is named after: the heaviest to an eighth, what does not last at half its weight; of equals the oldest.

    So that a zone is called the same from day to day while it is about the same thing, whatever joins it.
    """
    return min(weighed, key=_by_weight)


def _by_weight(level: Weighed) -> tuple[float, float, str]:
    source = level.source
    lasts = source.kind in LASTING and not source.is_brief
    return -round(8 * level.weight if lasts else 4 * level.weight), source.row if source.row >= 0 else math.inf, source.key


def _merged(row: int, weighed: tuple[Weighed, ...], edges: tuple[float, float], visits: int) -> Merged:
    rows = [level.source.row for level in weighed if level.source.row >= 0]
    age = row - min(rows) if rows else None
    return Merged(low=edges[0], high=edges[1], weighed=weighed, visits=visits, age=age, strength=strength_of(weighed, visits, age))


def _told(bars: Bars, zones: Sequence[Merged], settings: Settings) -> tuple[Zone, ...]:
    """The zones with their levels by name and their history by date."""
    seen = _met(bars, [(zone.low, zone.high) for zone in zones], settings)
    days = bars.dates[_first_row(bars, settings) :]
    visits: list[list[tuple[dt.date, bool]]] = [[] for _ in zones]
    for at, day, held in zip(seen.visit_zones.tolist(), days[seen.visit_rows].tolist(), seen.visit_held.tolist(), strict=True):
        visits[at].append((day, held))
    passes: list[list[tuple[dt.date, int]]] = [[] for _ in zones]
    for at, day, side in zip(seen.pass_zones.tolist(), days[seen.pass_rows].tolist(), seen.pass_sides.tolist(), strict=True):
        passes[at].append((day, side))
    return tuple([_zone(*told) for told in zip(zones, visits, passes, strict=True)])


def _zone(zone: Merged, visits: Sequence[tuple[dt.date, bool]], passes: Sequence[tuple[dt.date, int]]) -> Zone:
    founder = founder_of(zone.weighed).source
    return Zone(
        low=zone.low,
        high=zone.high,
        levels=tuple([_level(price, source) for price, _, source in zone.weighed]),
        touches=tuple([day for day, _ in visits]),
        age=zone.age,
        strength=zone.strength,
        weights=_counted(zone.weighed),
        key=founder.key,
        kind=founder.kind,
        held=tuple([day for day, held in visits if held]),
        passes=tuple(passes[-PASSES:]),
    )


@lru_cache(maxsize=16_384)
def _level(price: float, source: Source) -> Level:
    """Most levels of a day are those of the day before."""
    return Level(
        price=price,
        kind=source.kind,
        source=source.name,
        label=source.label,
        happened_on=source.happened_on,
        known_on=source.known_on,
    )


def _sources(weighed: Sequence[Weighed], brief: float = 1.0) -> float:
    """What the levels count together; brief: the share of its weight that a brief source counts."""
    if len(weighed) == 1:
        price, weight, source = weighed[0]
        return weight * brief if source.is_brief else weight
    heaviest: dict[tuple[int | str, float], float] = {}
    for price, weight, source in weighed:
        event = source.row if source.row >= 0 else source.name, price
        counted = weight * brief if source.is_brief else weight
        if counted > heaviest.get(event, 0.0):
            heaviest[event] = counted
    return math.fsum(heaviest.values())


def _counted(weighed: Sequence[Weighed]) -> tuple[float, ...]:
    """What each level counts: of those that name one event the first of the heaviest its weight, the others nothing."""
    if len(weighed) == 1:
        return (weighed[0].weight,)
    counts = [level.weight for level in weighed]
    first: dict[tuple[int | str, float], int] = {}
    for i, (price, weight, source) in enumerate(weighed):
        at = first.setdefault((source.row if source.row >= 0 else source.name, price), i)
        if at != i:
            lighter = at if weight > counts[at] else i
            first[(source.row if source.row >= 0 else source.name, price)] = at + i - lighter
            counts[lighter] = 0.0
    return tuple(counts)


def _rungs(ordered: Sequence[Weighed]) -> list[list[Weighed]]:
    """Levels at one price stand on one rung."""
    rungs: list[list[Weighed]] = []
    for level in ordered:
        if rungs and rungs[-1][0].price == level.price:
            rungs[-1].append(level)
        else:
            rungs.append([level])
    return rungs


def _edges(low: float, high: float, step: float) -> tuple[float, float]:
    """Outward to the grid; levels that all print as one price of the grid are that price, not a zone of one tick."""
    if low == high or round(low / step) == round(high / step):
        nearest = nearest_multiple(low, step)
        return nearest, nearest
    return multiple_below(low, step), multiple_above(high, step)


def _met(bars: Bars, edges: Sequence[tuple[float, float]], settings: Settings) -> Met:
    rows = slice(_first_row(bars, settings), None)
    bottoms, tops = np.array(edges, dtype=np.float64).reshape(-1, 2).T
    return met(bars.high[rows], bars.low[rows], bars.close[rows], bottoms, tops)


def _first_row(bars: Bars, settings: Settings) -> int:
    """One bar more than the look-back, so that its first bar can begin a visit."""
    return max(0, len(bars) - settings.touch_bars - 1)


def _usefulness(zone: Merged, last: float, atr: float) -> float:
    return zone.strength * math.pow(0.5, max(zone.low - last, last - zone.high, 0.0) / atr / HALVING_ATR)
