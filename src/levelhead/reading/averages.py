"""The 20-, 50-, 100- and 200-day averages: where they are, which way they go, how far the price is."""

from __future__ import annotations

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
    shape = shape_of(bars)
    for n in AVERAGES:
        name = f"The {n}-day average"
        if len(bars) < n:
            unknown.append(too_short(name, n, len(bars)))
            continue
        facts |= _level(bars, n, panel)
        facts |= _distance(bars, n, facts[f"sma_{n}"], float(panel.atr[-1]))
        if len(bars) < n + settings.slope_bars:
            unknown.append(too_short(f"The slope of the {n}-day average", n + settings.slope_bars, len(bars)))
            continue
        facts |= _slope(bars, shape, n, panel, settings)
    if len(bars) >= max(AVERAGES):
        facts["golden_cross"] = _golden_cross(bars, panel)
    return facts, tuple(unknown)


def _level(bars: Bars, n: int, panel: Panel) -> dict[str, Fact]:
    crossing, count = panel.price_crossing[n], len(bars)
    where = int(crossing.side[-1])
    cross = crossing.last if where else None
    return {
        f"sma_{n}": number(
            panel.closes.mean(count, n),
            "price",
            f"{n}-day simple moving average",
            "mean(closes)",
            windows=(window(bars, "close", n),),
        ),
        f"sma_{n}.flip": number(
            flip(panel.closes, count, n),
            "price",
            f"the next close that would stand exactly on the {n}-day average",
            "mean(closes)",
            windows=(window(bars, "close", n - 1),),
        ),
        f"sma_{n}.side": word(
            SIDE_WORDS[where],
            f"side of the {n}-day average on which the price stands; its date is the close that crossed to it",
            "above when the last price is higher than the average, below when lower, at when equal.",
            date=None if cross is None else day(bars, cross),
        ),
    }


def _distance(bars: Bars, n: int, level: Fact, atr: float) -> dict[str, Fact]:
    name = f"sma_{n}"
    points = float(level.value) - bars.last
    facts = {
        f"{name}.distance": number(points, "points", f"from the last price to the {n}-day average", f"{name} - last"),
    }
    if bars.last > 0:
        facts[f"{name}.distance_pct"] = number(
            100 * (float(level.value) / bars.last - 1),
            "per cent",
            f"from the last price to the {n}-day average",
            f"100 * ({name} / last - 1)",
        )
    if atr > 0:
        facts[f"{name}.distance_atr"] = number(
            points / atr, "ATR", f"from the last price to the {n}-day average", f"({name} - last) / atr_14"
        )
    return facts


def _slope(bars: Bars, shape: Bars, n: int, panel: Panel, settings: Settings) -> dict[str, Fact]:
    """The average of before is a price and quoted as one; the slope is the market's, without what rolls moved the average by."""
    name, bars_ago, atr = f"sma_{n}", settings.slope_bars, float(panel.atr[-1])
    now, before = (panel.closes.mean(len(bars) - back, n) for back in (0, bars_ago))
    moved = latest_mean(shape.close, n) - latest_mean(shape.close, n, back=bars_ago) if shape is not bars else now - before
    by_rolls = (now - before) - moved
    slope = (now - before - by_rolls) / atr if atr > 0 else 0.0
    facts = {
        f"{name}.before": number(
            before,
            "price",
            f"{n}-day simple moving average {bars_ago} bars ago",
            "mean(closes)",
            windows=(window(bars, "close", n, back=bars_ago),),
        ),
        f"{name}.slope": word(
            direction(slope, settings.flat_atr),
            f"direction of the {n}-day average over {bars_ago} bars",
            f"up or down when it moved by more than {settings.flat_atr} ATR(14) in {bars_ago} bars, else flat.",
            inputs={f"{name}.slope_atr": slope} if atr > 0 else {},
        ),
    }
    if atr > 0:
        meaning, formula = f"change of the {n}-day average over {bars_ago} bars", f"({name} - {name}.before) / atr_14"
        if by_rolls:
            meaning, formula = f"{meaning}, without what rolls moved it by", f"({name} - {name}.before - by_rolls) / atr_14"
        facts[f"{name}.slope_atr"] = number(slope, "ATR", meaning, formula, inputs={"by_rolls": by_rolls} if by_rolls else {})
    return facts


def direction(slope: float, flat: float) -> str:
    """'up', 'down', or 'flat' within `flat` on either side."""
    if abs(slope) <= flat:
        return "flat"
    return "up" if slope > 0 else "down"


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
