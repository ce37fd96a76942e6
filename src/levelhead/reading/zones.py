"""Zones of a ladder: levels that lie together, how strong they are, what became of them, and which a trader wants to see."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, pairwise
from operator import itemgetter, ne
from typing import NamedTuple

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.grid import SLACK, multiple
from levelhead.domain.level import Level, Zone, level_of, zone_of
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
_price = itemgetter(0)


class Merged(NamedTuple):
    """Levels that make a zone, ascending by price: its edges on the grid, what each counts, visits to it, and how strong it is.

    counted: the weight of each level, 0 of one that is another name of a heavier one's event.
    """

    low: float
    high: float
    weighed: tuple[Weighed, ...]
    counted: tuple[float, ...]
    visits: int
    age: int | None
    strength: float

    @property
    def is_structural(self) -> bool:
        """Whether the all-time high or an extreme of the year is in it."""
        return not STRUCTURAL.isdisjoint([source.name for _, _, source in self.weighed])

    @property
    def is_founded(self) -> bool:
        """Whether one of its sources is worth a zone of its own."""
        return max(self.counted) >= FOUNDS


def merged(bars: Bars, weighed: Iterable[Weighed], atr: float, settings: Settings) -> list[Merged]:
    """All zones that the levels make, ascending, none wider than `zone_atr` nor closer than `zone_gap_atr`.

    The cut is the best one (`kernels.zones.merge`). Levels that fit into no zone are left out.
    """
    rungs = _rungs(weighed)
    ordered, firsts, _ = rungs
    counted, shaping = _weights(rungs)
    step, width = bars.instrument.step, settings.zone_atr * atr
    counts = np.array([ordered[first][0] for first in firsts[:-1]]) / step
    floors, ceilings = np.floor(counts + SLACK), np.ceil(counts - SLACK)
    runs = merge(floors * step, ceilings * step, shaping, width=width * (1 - 1e-12), gap=settings.zone_gap_atr * atr)
    edges = _edges(runs, floors, counts, ceilings, step)
    kept = [at for at, (low, high) in enumerate(edges) if high - low <= width]
    rows = slice(_first_row(bars, settings), None)
    visits = visit_counts(bars.high[rows], bars.low[rows], *_sides([edges[at] for at in kept])).tolist()
    last = len(bars) - 1
    zones = []
    for at, count in zip(kept, visits, strict=True):
        first, stop = runs[at]
        own = slice(firsts[first], firsts[stop])
        zones.append(_merged(last, tuple(ordered[own]), tuple(counted[own]), edges[at], count))
    return zones


def chosen(bars: Bars, zones: Iterable[Merged], atr: float, settings: Settings) -> tuple[Zone, ...]:
    """The zones of the ladder, ascending by price: at most `settings.zones` of them.

    Usefulness is strength halved every four ATR of distance. First come the zones of the all-time and 52-week extremes, then
    the three most useful ones on either side of the price, then the most useful of those with a strength of at least 0.15 and a
    source worth 0.25: half a ladder for either side, and more where the other side has no more to give.
    """
    last = bars.last
    ranked = sorted(zones, key=lambda zone: (-_usefulness(zone, last, atr), zone.low))
    strong: list[Merged] = []
    weak: list[Merged] = []
    for zone in ranked:
        (strong if zone.strength >= FLOOR and zone.is_founded else weak).append(zone)
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
    return _strength(math.fsum(_counted(weighed, [level.weight for level in weighed])), touches, age)


def _strength(sources: float, touches: int, age: int | None) -> float:
    old = 0.0 if age is None else min(age / YEAR, 1.0)
    return 1.0 - math.exp(-(sources + TOUCH_WEIGHT * min(touches, COUNTED_TOUCHES) + AGE_WEIGHT * old) / 2)


def founder_of(weighed: Sequence[Weighed]) -> Weighed:
    """The level a zone is named after: the heaviest to an eighth, what does not last at half its weight; of equals the oldest.

    So that a zone is called the same from day to day while it is about the same thing, whatever joins it.
    """
    ranks = [round(8 * weight if source.kind in LASTING and not source.is_brief else 4 * weight) for _, weight, source in weighed]
    heaviest = max(ranks)
    if ranks.count(heaviest) == 1:
        return weighed[ranks.index(heaviest)]
    return min([level for level, rank in zip(weighed, ranks, strict=True) if rank == heaviest], key=_by_age)


def _by_age(level: Weighed) -> tuple[float, str]:
    return level.source.row if level.source.row >= 0 else math.inf, level.source.key


def _merged(row: int, weighed: tuple[Weighed, ...], counted: tuple[float, ...], edges: tuple[float, float], visits: int) -> Merged:
    rows = [source.row for _, _, source in weighed if source.row >= 0]
    age = row - min(rows) if rows else None
    return Merged(*edges, weighed, counted, visits, age, _strength(math.fsum(counted), visits, age))


def _told(bars: Bars, zones: Sequence[Merged], settings: Settings) -> tuple[Zone, ...]:
    """The zones with their levels by name and their history by date."""
    seen = _met(bars, [(zone.low, zone.high) for zone in zones], settings)
    rows = slice(_first_row(bars, settings), len(bars))
    days = bars.stamps(rows) if bars.days is None else bars.dates[rows].tolist()
    touched, held = [days[row] for row in seen.visit_rows.tolist()], seen.visit_held.tolist()
    passed = [(days[row], side) for row, side in zip(seen.pass_rows.tolist(), seen.pass_sides.tolist(), strict=True)]
    ends = range(len(zones) + 1)
    visits, passes = seen.visit_zones.searchsorted(ends).tolist(), seen.pass_zones.searchsorted(ends).tolist()
    told = []
    for at, zone in enumerate(zones):
        own = slice(visits[at], visits[at + 1])
        last = slice(max(passes[at + 1] - PASSES, passes[at]), passes[at + 1])
        told.append(_zone(zone, touched[own], held[own], passed[last]))
    return tuple(told)


def _zone(zone: Merged, touched: list[dt.date], held: list[bool], passes: list[tuple[dt.date, int]]) -> Zone:
    founder = (zone.weighed[0] if len(zone.weighed) == 1 else founder_of(zone.weighed)).source
    return zone_of(
        low=zone.low,
        high=zone.high,
        levels=tuple([_level(price, source) for price, _, source in zone.weighed]),
        touches=tuple(touched),
        age=zone.age,
        strength=zone.strength,
        weights=zone.counted,
        key=founder.key,
        kind=founder.kind,
        held=tuple(compress(touched, held)),
        passes=tuple(passes),
    )


@lru_cache(maxsize=16_384)
def _level(price: float, source: Source) -> Level:
    """Most levels of a day are those of the day before."""
    return level_of(price, source.kind, source.name, source.label, source.happened_on, source.known_on)


def _counted(weighed: Sequence[Weighed], weights: Sequence[float]) -> list[float]:
    """What each level counts: of those that name one event the first of the heaviest its weight, the others nothing."""
    counts = list(weights)
    first: dict[tuple[int | str, float], int] = {}
    for i, level in enumerate(weighed):
        at = first.setdefault(level.event, i)
        if at != i:
            lighter = at if weights[i] > counts[at] else i
            first[level.event] = at + i - lighter
            counts[lighter] = 0.0
    return counts


class _Rungs(NamedTuple):
    """Levels ascending by price, those at one price, which share a rung, by name; where each rung begins, with the number of levels
    at the end; and where those with several levels begin and end.
    """

    ordered: list[Weighed]
    firsts: list[int]
    shared: list[tuple[int, int]]


def _rungs(weighed: Iterable[Weighed]) -> _Rungs:
    ordered = sorted(weighed, key=_price)
    prices = list(map(_price, ordered))
    begins = map(ne, prices, [None, *prices])
    firsts = [*compress(range(len(ordered)), begins), len(ordered)]
    shared = []
    if len(firsts) <= len(ordered):
        shared = [(first, stop) for first, stop in pairwise(firsts) if stop - first > 1]
    for first, stop in shared:
        ordered[first:stop] = sorted(ordered[first:stop], key=_name)
    return _Rungs(ordered, firsts, shared)


def _name(level: Weighed) -> str:
    return level.source.name


def _weights(rungs: _Rungs) -> tuple[list[float], list[float]]:
    """What each level counts, and what each rung does where zones are cut: a brief source a share of its weight."""
    ordered, firsts, shared = rungs
    _, weights, sources = zip(*ordered, strict=True) if ordered else ((), (), ())  # faster than taking each level apart
    counted = list(weights)
    brief = [weight * BRIEF if source.is_brief else weight for weight, source in zip(weights, sources, strict=True)]
    if not shared:
        return counted, brief
    shaping = [brief[first] for first in firsts[:-1]]
    for first, stop in shared:
        own, shares = counted[first:stop], brief[first:stop]
        counted[first:stop] = counts = _counted(ordered[first:stop], own)
        shaping[bisect_left(firsts, first)] = math.fsum(counts if shares == own else _counted(ordered[first:stop], shares))
    return counted, shaping


def _edges(
    runs: Sequence[tuple[int, int]], floors: FloatArray, counts: FloatArray, ceilings: FloatArray, step: float
) -> list[tuple[float, float]]:
    """Outward to the grid; levels that all print as one price of the grid are that price, not a zone of one tick.

    floors, counts, ceilings: how many steps the grid's price below each rung, the rung, and the one above it are.
    """
    below, nearest, above = floors.tolist(), np.rint(counts).tolist(), ceilings.tolist()
    edges = []
    for first, stop in runs:
        if nearest[first] == nearest[stop - 1]:
            price = multiple(int(nearest[first]), step)
            edges.append((price, price))
        else:
            edges.append((multiple(int(below[first]), step), multiple(int(above[stop - 1]), step)))
    return edges


def _met(bars: Bars, edges: Sequence[tuple[float, float]], settings: Settings) -> Met:
    rows = slice(_first_row(bars, settings), None)
    return met(bars.high[rows], bars.low[rows], bars.close[rows], *_sides(edges))


def _sides(edges: Sequence[tuple[float, float]]) -> tuple[FloatArray, FloatArray]:
    """The bottoms and the tops."""
    return np.array([low for low, _ in edges], dtype=np.float64), np.array([high for _, high in edges], dtype=np.float64)


def _first_row(bars: Bars, settings: Settings) -> int:
    """One bar more than the look-back, so that its first bar can begin a visit."""
    return max(0, len(bars) - settings.touch_bars - 1)


def _usefulness(zone: Merged, last: float, atr: float) -> float:
    return zone.strength * math.pow(0.5, max(zone.low - last, last - zone.high, 0.0) / atr / HALVING_ATR)
