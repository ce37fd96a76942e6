"""Zones of a ladder: levels that lie together, how strong they are, and which of them a trader wants to see."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.level import Level, Zone
from levelhead.domain.sessions import as_time
from levelhead.kernels.zones import merge, visits
from levelhead.reading.settings import YEAR, Settings

# What strength is made of; chosen by how chartists rank such levels, not fitted to any outcome.
TOUCH_WEIGHT = 0.08
COUNTED_TOUCHES = 5
AGE_WEIGHT = 0.2
# Usefulness halves every four ATR away from the price.
HALVING_ATR = 4.0
# Weaker zones fill no ladder: with every price on it, it would be a ruler.
FLOOR = 0.15
EACH_SIDE = 3
STRUCTURAL = frozenset({"all_time_high", "high_52w", "low_52w"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A level and how much its source counts, 0 to 1."""

    level: Level
    weight: float


def merged(bars: Bars, weighed: Sequence[Weighed], atr: float, settings: Settings) -> list[Zone]:
    """All zones that the levels make, ascending, none wider than `zone_atr` nor closer than `zone_gap_atr`.

    The cut is the best one (`kernels.zones.merge`). Levels that fit into no zone are left out.
    """
    ordered = sorted(weighed, key=lambda w: (w.level.price, w.level.source))
    rungs = _rungs(ordered)
    runs = merge(
        [bars.instrument.below(rung[0].level.price) for rung in rungs],
        [bars.instrument.above(rung[0].level.price) for rung in rungs],
        [_sources(rung) for rung in rungs],
        width=settings.zone_atr * atr,
        gap=settings.zone_gap_atr * atr,
    )
    return [_zone(bars, [w for rung in rungs[start:stop] for w in rung], settings) for start, stop in runs]


def chosen(zones: Iterable[Zone], last: float, atr: float, settings: Settings) -> tuple[Zone, ...]:
    """The zones of the ladder, ascending by price: at most `settings.zones` of them.

    Usefulness is strength halved every four ATR of distance. First come the zones of the all-time and 52-week extremes, then
    the three most useful ones on either side of the price, then the most useful of those with a strength of at least 0.15:
    half a ladder for either side, and more where the other side has no more to give.
    """
    ranked = sorted(zones, key=lambda zone: (-_usefulness(zone, last, atr), zone.low))
    above = [zone for zone in ranked if zone.low > last]
    below = [zone for zone in ranked if zone.high < last]
    structural = [zone for zone in ranked if any(level.source in STRUCTURAL for level in zone.levels)]
    strong = [zone for zone in ranked if zone.strength >= FLOOR]
    half = settings.zones // 2
    far = {zone.low for zone in (*above[half:], *below[half:])}
    balanced = [zone for zone in strong if zone.low not in far]
    # No two zones share a low, which makes a quicker key than the whole zone.
    in_turn = {zone.low: zone for zone in (*structural, *above[:EACH_SIDE], *below[:EACH_SIDE], *balanced, *strong)}
    taken = list(in_turn)[: settings.zones]
    return tuple(in_turn[low] for low in sorted(taken))


def strength_of(weighed: Sequence[Weighed], touches: int, age: int | None) -> float:
    """1 - exp(-(sources + 0.08 min(touches, 5) + 0.2 min(age / 252, 1)) / 2): 0 to 1, more is stronger, each more adds less.

    sources: the weights of the levels, where several names of one bar's extreme (a swing that is also the 52-week high)
    count once, at their largest. An all-time high alone has 0.39, with a 200-day average beside it 0.61.
    """
    old = 0.0 if age is None else min(age / YEAR, 1.0)
    return 1.0 - math.exp(-(_sources(weighed) + TOUCH_WEIGHT * min(touches, COUNTED_TOUCHES) + AGE_WEIGHT * old) / 2)


def _sources(weighed: Sequence[Weighed]) -> float:
    heaviest: dict[tuple[dt.date | str, float], float] = {}
    for w in weighed:
        event = _event(w)
        heaviest[event] = max(heaviest.get(event, 0.0), w.weight)
    return math.fsum(heaviest.values())


def _counted(weighed: Sequence[Weighed]) -> tuple[float, ...]:
    """What each level counts: of those that name one event the first of the heaviest its weight, the others nothing."""
    first: dict[tuple[dt.date | str, float], int] = {}
    for i, w in enumerate(weighed):
        event = _event(w)
        if event not in first or w.weight > weighed[first[event]].weight:
            first[event] = i
    return tuple(w.weight if first[_event(w)] == i else 0.0 for i, w in enumerate(weighed))


def _event(w: Weighed) -> tuple[dt.date | str, float]:
    return w.level.happened_on or w.level.source, w.level.price


def _rungs(ordered: Sequence[Weighed]) -> list[list[Weighed]]:
    """Levels at one price stand on one rung."""
    rungs: list[list[Weighed]] = []
    for w in ordered:
        if rungs and rungs[-1][0].level.price == w.level.price:
            rungs[-1].append(w)
        else:
            rungs.append([w])
    return rungs


def _zone(bars: Bars, weighed: Sequence[Weighed], settings: Settings) -> Zone:
    levels = tuple(w.level for w in weighed)
    low, high = _edges(bars, levels)
    touches = _touches(bars, low, high, settings)
    age = _age(bars, levels)
    return Zone(
        low=low,
        high=high,
        levels=levels,
        touches=touches,
        age=age,
        strength=strength_of(weighed, len(touches), age),
        weights=_counted(weighed),
    )


def _edges(bars: Bars, levels: Sequence[Level]) -> tuple[float, float]:
    """Outward to the grid; levels that all print as one price of the grid are that price, not a zone of one tick."""
    printed = {bars.instrument.on_grid(level.price) for level in levels}
    if len(printed) == 1:
        price = printed.pop()
        return price, price
    return bars.instrument.below(levels[0].price), bars.instrument.above(levels[-1].price)


def _touches(bars: Bars, low: float, high: float, settings: Settings) -> tuple[dt.date, ...]:
    # One bar more than the look-back, so that its first bar can begin a visit.
    rows = slice(max(0, len(bars) - settings.touch_bars - 1), None)
    begins = visits(bars.high[rows], bars.low[rows], low, high)
    return tuple(bars.dates[rows][begins].tolist())


def _age(bars: Bars, levels: Sequence[Level]) -> int | None:
    happened = [level.happened_on for level in levels if level.happened_on is not None]
    if not happened:
        return None
    return len(bars) - 1 - int(np.searchsorted(bars.time, as_time(min(happened))))


def _usefulness(zone: Zone, last: float, atr: float) -> float:
    return zone.strength * math.pow(0.5, _distance(zone, last) / atr / HALVING_ATR)


def _distance(zone: Zone, last: float) -> float:
    return max(zone.low - last, last - zone.high, 0.0)
