"""The prices that matter: where they come from, how much each source counts, and the zones they make."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.level import Level, LevelKind, Zone
from levelhead.kernels.swings import standing
from levelhead.reading.periods import MONTHS, in_words
from levelhead.reading.settings import YEAR, Settings
from levelhead.reading.structure import Swing
from levelhead.reading.timeframes import PivotPeriod, pivot_period
from levelhead.reading.zones import STRUCTURAL, Weighed, chosen, merged

# How much a source counts, 0 to 1: the order in which chartists name them, not fitted to any outcome. The 20-day average
# is left out: it follows the price so closely that it is a level on most days and of no day in particular.
AVERAGES: Mapping[str, float] = {"sma_50": 0.8, "sma_100": 0.6, "sma_200": 0.9}
PIVOTS: Mapping[str, float] = {"p": 0.5, "r1": 0.4, "s1": 0.4, "r2": 0.4, "s2": 0.4, "r3": 0.4, "s3": 0.4}
ENOUGH_FOR_ALL_TIME = 5 * 365  # days: a high of fewer is not called all-time
EXTREMES: Mapping[str, tuple[float, str]] = {
    "all_time_high": (1.0, "all-time high{of_day}"),
    "all_time_low": (0.8, "low since {since}{of_day}"),
    "high_52w": (0.8, "52-week high{of_day}"),
    "low_52w": (0.8, "52-week low{of_day}"),
    "this_year.high": (0.5, "year-to-date high{of_day}"),
    "this_year.low": (0.5, "year-to-date low{of_day}"),
    "prior_year.high": (0.5, "{meaning}"),
    "prior_year.low": (0.5, "{meaning}"),
    "prior_year.close": (0.4, "{meaning}"),
    "prior_day.high": (0.4, "{meaning}"),
    "prior_day.low": (0.4, "{meaning}"),
    "prior_month.high": (0.45, "{meaning}"),
    "prior_month.low": (0.45, "{meaning}"),
    "prior_week.high": (0.3, "last week's high"),
    "prior_week.low": (0.3, "last week's low"),
    "this_week.high": (0.3, "this week's high"),
    "this_week.low": (0.3, "this week's low"),
}
# On a week's last session that week's range is the one that counts from then on; the week before it is spent.
SPENT: Mapping[str, str] = {"prior_week.high": "this_week.high", "prior_week.low": "this_week.low"}
# A swing counts from 0.25 (passed on its sixth bar) to 0.75 (extreme of a quarter on both sides), and half as much every
# two years: the market forgets.
SWING_WEIGHTS = (0.25, 0.75)
QUARTER = 63
HALF_LIFE = 2 * YEAR
# Of the multiples of the nice step those are levels that are at least 1.5 ATR round, or the ladder would be a ruler; one of
# 5 ATR and more is one that everybody sees.
ROUND_ATR, FAMOUS_ATR = 1.5, 5.0
ROUND_WEIGHTS = (0.2, 0.45)


def zones_of(bars: Bars, facts: Mapping[str, Fact], swings: Sequence[Swing], settings: Settings) -> tuple[Zone, ...]:
    """The ladder of zones around the last price, ascending; () until ATR(14) is known.

    facts: all facts of the reading, by name; absent ones are skipped. No zone is wider than 0.5 ATR(14), no two are closer
    than 0.25 ATR, all edges lie on the instrument's grid and every level lies in its zone (settings give the figures).
    The order in which facts and swings come makes no difference.
    """
    atr = _value(facts, "atr_14")
    if atr is None or not atr > 0:
        return ()
    weighed = levels_of(bars, facts, swings, settings)
    return chosen(merged(bars, weighed, atr, settings), bars.last, atr, settings)


def levels_of(bars: Bars, facts: Mapping[str, Fact], swings: Sequence[Swing], settings: Settings) -> list[Weighed]:
    """Every level within reach of the last price, with its weight, in no particular order.

    Averages, the chart's traditional pivots (next month's on a month's last session, when this month's are spent), period
    highs and lows, confirmed swings and round numbers within `reach_atr` ATR(14) of the last price; the all-time high and
    the 52-week high and low wherever they are. Swings older than a year stay only when no bar has passed them since, or
    when they were the extreme of a quarter on both sides.
    """
    atr = _value(facts, "atr_14") or 0.0
    reach = settings.reach_atr * atr
    near = [
        *_averages(facts),
        *_pivots(facts, pivot_period(bars.timeframe)),
        *_extremes(facts),
        *_swing_levels(bars, swings, reach),
        *_round_numbers(bars.last, atr, reach),
    ]
    return [w for w in near if abs(w.level.price - bars.last) <= reach or w.level.source in STRUCTURAL]


def nice_step_from(width: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not smaller than `width` > 0."""
    power = math.floor(math.log10(width))
    steps = [float(f"{digits}e{exponent}") for exponent in (power, power + 1) for digits in ("1", "2", "2.5", "5")]
    return next((step for step in steps if step >= width * (1 - 1e-12)), steps[-1])


def roundness(price: float) -> float:
    """The largest 1 or 5 times a power of ten that `price` > 0 is a multiple of: 2,500 is 500 round, 2,450 is 50 round.

    2 and 2.5 are steps to count by, yet 2,250 is no rounder than 2,300.
    """
    step = 10.0 ** math.ceil(math.log10(price))
    while not math.isclose(price / step, round(price / step), rel_tol=1e-9):
        step = step / 2 if f"{step:e}".startswith("1") else step / 5
    return step


def _averages(facts: Mapping[str, Fact]) -> Iterator[Weighed]:
    for name, weight in AVERAGES.items():
        price = _value(facts, name)
        if price is not None:
            yield _weighed(price, "average", name, f"{name.removeprefix('sma_')}-day average", weight)


def _pivots(facts: Mapping[str, Fact], period: PivotPeriod) -> Iterator[Weighed]:
    comes = "pivot_month_next_traditional.p" in facts
    prefix = "pivot_month_next_traditional" if comes else f"pivot_{period.name}_traditional"
    called = "next month's" if comes else period.adjective
    for key, weight in PIVOTS.items():
        name = f"{prefix}.{key}"
        price = _value(facts, name)
        if price is not None:
            yield _weighed(price, "pivot", name, f"{called} pivot {key.upper()}", weight, facts[name], dated=False)


def _extremes(facts: Mapping[str, Fact]) -> Iterator[Weighed]:
    for name, (weight, label) in EXTREMES.items():
        price = _value(facts, name)
        if price is not None and SPENT.get(name) not in facts:
            fact = facts[name]
            day = "" if fact.date is None else f" of {in_words(fact.date)}"
            yield _weighed(price, "extreme", name, _extreme_label(name, label, fact, day), weight, fact)


def _extreme_label(name: str, label: str, fact: Fact, day: str) -> str:
    """A short history has no all-time high, and what was listed yesterday no all-time low."""
    if name.startswith("all_time") and fact.windows:
        history = fact.windows[0]
        since = f"{MONTHS[history.first.month - 1]} {history.first.year}"
        if name == "all_time_high" and history.last.toordinal() - history.first.toordinal() < ENOUGH_FOR_ALL_TIME:
            label = "high since {since}{of_day}"
        return label.format(of_day=day, since=since)
    return label.format(of_day=day, meaning=fact.meaning, since="the first bar")


def _swing_levels(bars: Bars, swings: Sequence[Swing], reach: float) -> Iterator[Weighed]:
    """Quoted as the bars have them; how far a swing stands out, and whether it still does, is read on the back-adjusted series."""
    shape = shape_of(bars)
    tops = {"high": shape.high, "low": -shape.low}
    last = bars.last
    for swing in swings:
        if abs(swing.price - last) > reach:
            continue
        until_passed, stands = standing(tops[swing.kind], swing.index, QUARTER)
        standing_out = until_passed / QUARTER
        age = len(bars) - 1 - swing.index
        if age > YEAR and not stands and standing_out < 1:
            continue
        least, most = SWING_WEIGHTS
        level = Level(
            price=swing.price,
            kind="swing",
            source=f"swing_{swing.kind}_{_in_a_name(swing.happened_on)}",
            label=f"swing {swing.kind} of {in_words(swing.happened_on)}",
            happened_on=swing.happened_on,
            known_on=swing.known_on,
        )
        yield Weighed(level=level, weight=(least + (most - least) * standing_out) * math.pow(0.5, age / HALF_LIFE))


def _in_a_name(stamp: dt.date) -> str:
    return f"{stamp:%Y_%m_%d_%H%M}" if isinstance(stamp, dt.datetime) else f"{stamp:%Y_%m_%d}"


def _round_numbers(last: float, atr: float, reach: float) -> Iterator[Weighed]:
    """Multiples of the smallest nice step not smaller than ATR(14), the rounder ones only."""
    step = nice_step_from(atr)
    first, final = max(1, math.ceil((last - reach) / step)), math.floor((last + reach) / step)
    for count in range(first, final + 1):
        price = float(f"{count * step:.12g}")
        size = roundness(price) / atr
        if size < ROUND_ATR:
            continue
        weight = ROUND_WEIGHTS[size >= FAMOUS_ATR]
        yield _weighed(
            price, "round", f"round_{price:.10g}".replace(".", "_").replace("e+", "e"), f"round number {price:,.10g}", weight
        )


def _weighed(
    price: float, kind: LevelKind, source: str, label: str, weight: float, fact: Fact | None = None, *, dated: bool = True
) -> Weighed:
    happened_on = fact.date if fact is not None and dated else None
    known_on = fact.known_on if fact is not None else None
    level = Level(price=price, kind=kind, source=source, label=label, happened_on=happened_on, known_on=known_on)
    return Weighed(level=level, weight=weight)


def _value(facts: Mapping[str, Fact], name: str) -> float | None:
    fact = facts.get(name)
    return float(fact.value) if fact is not None and isinstance(fact.value, int | float) else None
