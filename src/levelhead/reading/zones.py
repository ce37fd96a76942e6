"""Zones of a ladder: levels that lie together, how strong they are, what became of them, and which a trader wants to see."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

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
        return not STRUCTURAL.isdisjoint([level.source.name for level in self.weighed])

    @property
    def is_founded(self) -> bool:
        """Whether one of its sources is worth a zone of its own."""
        return max(self.counted) >= FOUNDS


def merged(bars: Bars, weighed: Iterable[Weighed], atr: float, settings: Settings) -> list[Merged]:
    """All zones that the levels make, ascending, none wider than `zone_atr` nor closer than `zone_gap_atr`.

    The cut is the best one (`kernels.zones.merge`). Levels that fit into no zone are left out.
    """
    rungs = _rungs(weighed)
    step = bars.instrument.step
    counts = np.array([rung[0].price for rung in rungs]) / step
    width = settings.zone_atr * atr
    runs = merge(
        (np.floor(counts + 1e-9) * step).tolist(),
        (np.ceil(counts - 1e-9) * step).tolist(),
        [_shaping(rung) for rung in rungs],
        width=width * (1 - 1e-12),
        gap=settings.zone_gap_atr * atr,
    )
    edges = [_edges(rungs[start][0].price, rungs[stop - 1][0].price, step) for start, stop in runs]
    kept = [at for at, (low, high) in enumerate(edges) if high - low <= width]
    rows = slice(_first_row(bars, settings), None)
    bottoms, tops = np.array([edges[at] for at in kept], dtype=np.float64).reshape(-1, 2).T
    visits = visit_counts(bars.high[rows], bars.low[rows], bottoms, tops).tolist()
    return [_merged(len(bars) - 1, rungs[slice(*runs[at])], edges[at], count) for at, count in zip(kept, visits, strict=True)]


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
    return _strength(math.fsum(_counted(weighed)), touches, age)


def _strength(sources: float, touches: int, age: int | None) -> float:
    old = 0.0 if age is None else min(age / YEAR, 1.0)
    return 1.0 - math.exp(-(sources + TOUCH_WEIGHT * min(touches, COUNTED_TOUCHES) + AGE_WEIGHT * old) / 2)


def founder_of(weighed: Sequence[Weighed]) -> Weighed:
    """The level a zone is named after: the heaviest to an eighth, what does not last at half its weight; of equals the oldest.

    So that a zone is called the same from day to day while it is about the same thing, whatever joins it.
    """
    return min(weighed, key=_by_weight)


def _by_weight(level: Weighed) -> tuple[float, float, str]:
    source = level.source
    lasts = source.kind in LASTING and not source.is_brief
    return -round(8 * level.weight if lasts else 4 * level.weight), source.row if source.row >= 0 else math.inf, source.key


def _merged(row: int, rungs: Sequence[list[Weighed]], edges: tuple[float, float], visits: int) -> Merged:
    """A zone of neighbouring rungs; levels at different prices are never one event."""
    weighed = rungs[0] if len(rungs) == 1 else [level for rung in rungs for level in rung]
    alone = len(weighed) == len(rungs)
    counted = [level.weight for level in weighed] if alone else [weight for rung in rungs for weight in _counted(rung)]
    rows = [level.source.row for level in weighed if level.source.row >= 0]
    age = row - min(rows) if rows else None
    strength = _strength(math.fsum(counted), visits, age)
    return Merged(edges[0], edges[1], tuple(weighed), tuple(counted), visits, age, strength)


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
    founder = (zone.weighed[0] if len(zone.weighed) == 1 else founder_of(zone.weighed)).source
    return Zone(
        low=zone.low,
        high=zone.high,
        levels=tuple([_level(price, source) for price, _, source in zone.weighed]),
        touches=tuple([day for day, _ in visits]),
        age=zone.age,
        strength=zone.strength,
        weights=zone.counted,
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


def _shaping(rung: Sequence[Weighed]) -> float:
    """What the levels of a rung count together where zones are cut: a brief source a share of its weight."""
    if len(rung) == 1:
        return rung[0].weight * BRIEF if rung[0].source.is_brief else rung[0].weight
    return math.fsum(_counted([level._replace(weight=level.weight * BRIEF) if level.source.is_brief else level for level in rung]))


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


def _rungs(weighed: Iterable[Weighed]) -> list[list[Weighed]]:
    """The levels, ascending: those at one price stand on one rung, by name."""
    rungs: list[list[Weighed]] = []
    at = None
    for level in sorted(weighed, key=_price):
        if level.price == at:
            rungs[-1].append(level)
        else:
            rungs.append([level])
            at = level.price
    for rung in rungs:
        if len(rung) > 1:
            rung.sort(key=lambda level: level.source.name)
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
