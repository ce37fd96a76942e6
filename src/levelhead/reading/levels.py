"""The prices that matter on a day: where they come from, how much each source counts, and the zones they make."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.level import Zone
from levelhead.domain.sessions import SessionTable
from levelhead.reading.level_geometry import channel_levels, fibonacci_levels, gap_levels, line_levels, major_turns
from levelhead.reading.level_lines import QUARTER, LevelLines
from levelhead.reading.level_periods import finished, opening_levels, period_levels, periods_of
from levelhead.reading.level_source import Source, Weighed, in_a_name, number_in_a_name, told
from levelhead.reading.level_table import STRUCTURAL, LevelTable, table_of
from levelhead.reading.level_volume import Anchor, profile_at, profile_levels, vwap_levels
from levelhead.reading.panel import Panel
from levelhead.reading.periods import MONTHS, in_words
from levelhead.reading.rounding import nice_step_from, roundness
from levelhead.reading.settings import YEAR, Settings
from levelhead.reading.timeframes import year_of_bars
from levelhead.reading.zones import choice, merged
from levelhead.reading.zones import told as told_zones

# How much a source counts, 0 to 1: the order in which chartists name them; what the past says of each stands in
# benchmarks/LOG.md. The 20-day average is left out: it follows the price so closely that it is a level on most days and of no
# day in particular.
AVERAGES: Mapping[int, float] = {50: 0.8, 100: 0.6, 200: 0.9}
ENOUGH_FOR_ALL_TIME = 5 * 365  # days: a high of fewer is not called all-time
EXTREMES: Mapping[str, float] = {
    "all_time_high": 1.0,
    "all_time_low": 0.8,
    "high_52w": 0.8,
    "low_52w": 0.8,
    "this_year.high": 0.5,
    "this_year.low": 0.5,
}
# A swing counts from 0.25 (passed on its sixth bar) to 0.75 (extreme of a quarter on both sides), and half as much every
# two years: the market forgets.
SWING_WEIGHTS = (0.25, 0.75)
HALF_LIFE = 2 * YEAR
# Of the multiples of the nice step those are levels that are at least 1.5 ATR round, or the ladder would be a ruler; one of
# 5 ATR and more is one that everybody sees.
ROUND_ATR, FAMOUS_ATR = 1.5, 5.0
ROUND_WEIGHTS = (0.2, 0.45)


class Day(NamedTuple):
    """What the levels of a day are found in. lines, panel: of a series that begins with the bars. atr: of 14 bars, above 0."""

    bars: Bars
    lines: LevelLines
    panel: Panel
    sessions: SessionTable | None
    settings: Settings
    atr: float

    @property
    def reach(self) -> float:
        """How far from the last price a level may lie."""
        return self.settings.reach_atr * self.atr


def day_of(bars: Bars, lines: LevelLines, panel: Panel, sessions: SessionTable | None, settings: Settings) -> Day:
    """The day of the last bar."""
    return Day(bars, lines, panel, sessions, settings, float(panel.atr[len(bars) - 1]))


def zones_of_each(days: Sequence[Day]) -> list[tuple[Zone, ...]]:
    """The ladder of zones around the last price of each day, ascending; () until ATR(14) is known.

    No zone is wider than 0.5 ATR(14), no two are closer than 0.25 ATR, all edges lie on the instrument's grid and every level lies
    in its zone (settings give the figures). Step by step of all days, which is quicker than day by day.
    """
    known = [day for day in days if day.atr > 0]
    levels = levels_of_each(known)
    ladders = [merged(day.bars, found, day.atr, day.settings) for day, found in zip(known, levels, strict=True)]
    choices = [choice(day.bars, ladder, day.atr, day.settings) for day, ladder in zip(known, ladders, strict=True)]
    zones = iter(
        [told_zones(day.bars, ladder, of_day, day.settings) for day, ladder, of_day in zip(known, ladders, choices, strict=True)]
    )
    return [next(zones) if day.atr > 0 else () for day in days]


def levels_of(bars: Bars, lines: LevelLines, panel: Panel, sessions: SessionTable | None, settings: Settings) -> LevelTable:
    """The levels of one day: see `levels_of_each`."""
    return levels_of_each([day_of(bars, lines, panel, sessions, settings)])[0]


def levels_of_each(days: Sequence[Day]) -> list[LevelTable]:
    """Every level within `reach_atr` ATR(14) of the last price, with its weight; the extremes of 52 weeks and all time anywhere.

    Averages; highs, lows, pivots and openings of periods; confirmed swings; round numbers; the last major leg's retracements and
    extensions; open gaps; lines and the channel; volume by price, and its averages since the last major swing and the year's start.
    Swings older than a year stay only when no bar has passed them since, or when they were the extreme of a quarter on both sides.
    """
    found: list[list[Weighed]] = [[] for _ in days]
    for find in _SOURCES:
        for day, levels in zip(days, found, strict=True):
            levels.extend(find(day))
    near = [_near(day, levels) for day, levels in zip(days, found, strict=True)]
    swings = [_swings(day) for day in days]
    return [table_of(levels, day.lines.swings, *of_swings) for day, levels, of_swings in zip(days, near, swings, strict=True)]


def _near(day: Day, levels: Sequence[Weighed]) -> list[Weighed]:
    last, reach = day.bars.last, day.reach
    return [level for level in levels if abs(level.price - last) <= reach or level.source.name in STRUCTURAL]


_AVERAGE_SOURCES: Mapping[int, Source] = {
    n: Source(kind="average", name=f"sma_{n}", key=f"sma_{n}", label=f"{n}-day average") for n in AVERAGES
}


def _averages(day: Day) -> list[Weighed]:
    count, closes = len(day.bars), day.panel.closes
    return [Weighed(closes.mean(count, n), weight, _AVERAGE_SOURCES[n]) for n, weight in AVERAGES.items() if count >= n]


def _of_periods(day: Day) -> list[Weighed]:
    bars, calendar = day.bars, day.lines.calendar
    found: list[Weighed] = []
    for period in periods_of(bars.timeframe):
        rows = finished(bars, calendar, period, day.sessions)
        if rows is not None:
            found += period_levels(bars, calendar, rows, period, day.settings)
    return found


def _extremes(day: Day) -> Iterator[Weighed]:
    bars, lines, count = day.bars, day.lines, len(day.bars)
    row = count - 1
    found = [("all_time", "high", int(lines.extremes.highest[row])), ("all_time", "low", int(lines.extremes.lowest[row]))]
    begins = {}
    year, _ = year_of_bars(bars)
    if year is not None:
        begins["52w"] = count - year
    if bars.days is None:
        this_year = lines.calendar.this("year", row).first
        if this_year > 0:
            begins["this_year"] = this_year
    is_long = bars.as_of.toordinal() - bars.first.toordinal() >= ENOUGH_FOR_ALL_TIME
    for which, first in begins.items():
        found.append((which, "high", first + int(bars.high[first:].argmax())))
        found.append((which, "low", first + int(bars.low[first:].argmin())))
    for which, side, at in found:
        yield from lines.last((which, side), (at, is_long), partial(_extreme, bars, which, side, at, is_long=is_long))


def _extreme(bars: Bars, which: str, side: str, at: int, *, is_long: bool) -> tuple[Weighed]:
    name = {"all_time": f"all_time_{side}", "52w": f"{side}_52w", "this_year": f"this_year.{side}"}[which]
    stamp = bars.stamp(at)
    label = _extreme_label(
        which, side, stamp, "" if is_long and side == "high" else f"{MONTHS[bars.first.month - 1]} {bars.first.year}"
    )
    price = float((bars.high if side == "high" else bars.low)[at])
    source = Source("extreme", name, f"{side}_{in_a_name(stamp)}", label, at, stamp, stamp)
    return (Weighed(price, EXTREMES[name], source),)


def _extreme_label(which: str, side: str, stamp: dt.date, since: str) -> str:
    """A short history has no all-time high, and what was listed yesterday no all-time low; since: when it begins."""
    of_day = f" of {in_words(stamp)}"
    if which == "all_time":
        return f"{side} since {since}{of_day}" if since else f"all-time {side}{of_day}"
    return f"{'52-week' if which == '52w' else 'year-to-date'} {side}{of_day}"


def _anchors(day: Day) -> Iterator[Anchor]:
    """The last major swing, and the year's first session."""
    bars, lines, row = day.bars, day.lines, len(day.bars) - 1
    turns = major_turns(lines.turns, row)
    if turns is not None:
        at = int(lines.turns.rows[turns[1]])
        yield Anchor(at, "swing", in_words(bars.stamp(at)))
    first = lines.calendar.this("year", row).first
    if first > 0 and bars.timeframe == "1d":
        yield Anchor(first, "year", "the start of the year")


def _swings(day: Day) -> tuple[NDArray[np.int64], FloatArray]:
    """The numbers of the swings that are levels, and how much each counts.

    Quoted as the bars have them; how far a swing stands out, and whether it still does, is read on the back-adjusted series.
    """
    swings, row = day.lines.swings, len(day.bars) - 1
    count = int(swings.known.searchsorted(row, side="right"))
    is_near = np.abs(swings.prices[:count] - day.bars.last) <= day.reach
    is_near &= swings.leaves[:count] > row
    near = is_near.nonzero()[0]
    rows = swings.rows[near]
    age, stood = row - rows, np.minimum(swings.passed[near] - 1, row) - rows
    standing_out = np.minimum(np.minimum(swings.before[near], stood), QUARTER) / QUARTER
    least, most = SWING_WEIGHTS
    return near, (least + (most - least) * standing_out) * 0.5 ** (age / HALF_LIFE)


def _round_numbers(day: Day) -> Iterator[Weighed]:
    """Multiples of the smallest nice step not smaller than ATR(14), the rounder ones only."""
    last, atr, reach = day.bars.last, day.atr, day.reach
    step = nice_step_from(atr)
    first, final = max(1, math.ceil((last - reach) / step)), math.floor((last + reach) / step)
    for count in range(first, final + 1):
        price, size = _round_number(count, step)
        if size / atr >= ROUND_ATR:
            yield _round_level(price, ROUND_WEIGHTS[size / atr >= FAMOUS_ATR])


@lru_cache(maxsize=4096)
def _round_number(count: int, step: float) -> tuple[float, float]:
    """A multiple of a step, and how round it is."""
    price = float(f"{count * step:.12g}")
    return price, roundness(price)


@lru_cache(maxsize=4096)
def _round_level(price: float, weight: float) -> Weighed:
    name = f"round_{number_in_a_name(price)}"
    source = Source(kind="round", name=name, key=name, label=f"round number {price:,.10g}")
    return Weighed(price, weight, source, told(price, source))


_SOURCES: tuple[Callable[[Day], Iterable[Weighed]], ...] = (
    _averages,
    _extremes,
    _of_periods,
    lambda day: opening_levels(day.bars, day.lines.calendar),
    lambda day: fibonacci_levels(day.bars, day.lines),
    lambda day: gap_levels(day.bars, day.lines, day.reach),
    lambda day: line_levels(day.bars, day.lines),
    lambda day: channel_levels(day.bars, day.lines),
    lambda day: profile_levels(profile_at(day.lines.traded, day.bars.timeframe, len(day.bars) - 1)),
    lambda day: vwap_levels(day.bars, day.lines.traded, tuple(_anchors(day))),
    _round_numbers,
)
"""All that levels come from, but for the swings."""
