"""The 20-, 50-, 100- and 200-day averages: where they are, which way they go, how far the price is."""

from __future__ import annotations

from functools import lru_cache

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import flip, latest_mean
from levelhead.reading.facts import Findings, day, number, too_short, window, word
from levelhead.reading.panel import Panel
from levelhead.reading.settings import AVERAGES, Settings

SIDE_WORDS = {1: "above", -1: "below", 0: "at"}


def average_facts(bars: Bars, panel: Panel, settings: Settings) -> Findings:
    """sma_20, sma_50, sma_100, sma_200 with all that belongs to each, and golden_cross."""
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    shape, count, atr, over = shape_of(bars), len(bars), float(panel.atr[-1]), settings.slope_bars
    for n in AVERAGES:
        said = _said(n, over, settings.flat_atr)
        if count < n:
            unknown.append(too_short(f"The {n}-day average", n, count))
            continue
        level = panel.closes.mean(count, n)
        facts |= _level(bars, said, level, panel)
        facts |= _distance(bars.last, said, level, atr)
        if count < n + over:
            unknown.append(too_short(f"The slope of the {n}-day average", n + over, count))
            continue
        before = panel.closes.mean(count - over, n)
        moved = latest_mean(shape.close, n) - latest_mean(shape.close, n, back=over) if shape is not bars else level - before
        facts |= _slope(bars, said, (level, before), moved, atr)
    if count >= max(AVERAGES):
        facts["golden_cross"] = _golden_cross(bars, panel)
    return facts, tuple(unknown)


class _Said:
    """What is said of the n-day average on every day, put together once."""

    def __init__(self, n: int, over: int, flat: float) -> None:
        self.n, self.over, self.flat = n, over, flat
        self.name = name = f"sma_{n}"
        self.flip, self.side, self.slope = f"{name}.flip", f"{name}.side", f"{name}.slope"
        self.before, self.slope_atr = f"{name}.before", f"{name}.slope_atr"
        self.distance, self.distance_pct, self.distance_atr = (f"{name}.distance{unit}" for unit in ("", "_pct", "_atr"))
        self.level = f"{n}-day simple moving average"
        self.next_close = f"the next close that would stand exactly on the {n}-day average"
        self.which_side = f"side of the {n}-day average on which the price stands; its date is the close that crossed to it"
        self.away = f"from the last price to the {n}-day average"
        self.away_points, self.away_pct, self.away_atr = f"{name} - last", f"100 * ({name} / last - 1)", f"({name} - last) / atr_14"
        self.level_before = f"{n}-day simple moving average {over} bars ago"
        self.course = f"direction of the {n}-day average over {over} bars"
        self.change, self.change_formula = f"change of the {n}-day average over {over} bars", f"({name} - {name}.before) / atr_14"


_said = lru_cache(maxsize=64)(_Said)


def _level(bars: Bars, said: _Said, level: float, panel: Panel) -> dict[str, Fact]:
    n, crossing = said.n, panel.price_crossing[said.n]
    where = int(crossing.side[-1])
    cross = crossing.last if where else None
    return {
        said.name: number(level, "price", said.level, "mean(closes)", windows=(window(bars, "close", n),)),
        said.flip: number(
            flip(panel.closes, len(bars), n), "price", said.next_close, "mean(closes)", windows=(window(bars, "close", n - 1),)
        ),
        said.side: word(
            SIDE_WORDS[where],
            said.which_side,
            "above when the last price is higher than the average, below when lower, at when equal.",
            date=None if cross is None else day(bars, cross),
        ),
    }


def _distance(last: float, said: _Said, level: float, atr: float) -> dict[str, Fact]:
    points = level - last
    facts = {said.distance: number(points, "points", said.away, said.away_points)}
    if last > 0:
        facts[said.distance_pct] = number(100 * (level / last - 1), "per cent", said.away, said.away_pct)
    if atr > 0:
        facts[said.distance_atr] = number(points / atr, "ATR", said.away, said.away_atr)
    return facts


def _slope(bars: Bars, said: _Said, levels: tuple[float, float], moved: float, atr: float) -> dict[str, Fact]:
    """The average of before is a price and quoted as one; the slope is the market's, without what rolls moved the average by.

    levels: the average now and before. moved: by how much it moved in one contract.
    """
    now, before = levels
    by_rolls = (now - before) - moved
    slope = (now - before - by_rolls) / atr if atr > 0 else 0.0
    facts = {
        said.before: number(
            before, "price", said.level_before, "mean(closes)", windows=(window(bars, "close", said.n, back=said.over),)
        ),
        said.slope: word(
            direction(slope, said.flat),
            said.course,
            direction_rule(said.flat, said.over),
            inputs={said.slope_atr: slope} if atr > 0 else None,
        ),
    }
    if atr > 0:
        meaning, formula = said.change, said.change_formula
        if by_rolls:
            meaning, formula = f"{meaning}, without what rolls moved it by", f"({said.name} - {said.before} - by_rolls) / atr_14"
        facts[said.slope_atr] = number(slope, "ATR", meaning, formula, inputs={"by_rolls": by_rolls} if by_rolls else None)
    return facts


def direction(slope: float, flat: float) -> str:
    """'up', 'down', or 'flat' within `flat` on either side."""
    if abs(slope) <= flat:
        return "flat"
    return "up" if slope > 0 else "down"


@lru_cache(maxsize=64)
def direction_rule(flat: float, bars_ago: int) -> str:
    """When a slope has which direction."""
    return f"up or down when it moved by more than {flat} ATR(14) in {bars_ago} bars, else flat."


def _golden_cross(bars: Bars, panel: Panel) -> Fact:
    crossing = panel.golden_crossing
    cross = crossing.last
    return word(
        "present" if crossing.side[-1] > 0 else "absent",
        "golden cross: the 50-day average above the 200-day; its date is the last time they crossed, either way",
        "present when sma_50 is above sma_200, else absent.",
        inputs={"sma_50": panel.averages[50][-1], "sma_200": panel.averages[200][-1]},
        date=None if cross is None else day(bars, cross),
    )
