"""The same chart on longer bars: what their completed bars say of trend, averages, momentum and swings, and whether all agree."""

from __future__ import annotations

from collections.abc import Mapping

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.timeframe import timeframe_of
from levelhead.reading.averages import average_facts
from levelhead.reading.context import Context
from levelhead.reading.facts import Findings, number, word
from levelhead.reading.momentum import momentum_facts
from levelhead.reading.panel import panel_of
from levelhead.reading.perspective import primary_trend, trend_fact
from levelhead.reading.settings import Settings
from levelhead.reading.structure import last_swings_of, structure_facts, swings_of

AVERAGES = (20, 50, 200)
SETTLED = 56
"""Bars after which it hardly matters where an RSI(14) began: four times as many."""
_WORDS = (*(f"sma_{n}.{part}" for n in AVERAGES for part in ("side", "slope")), "rsi_14.zone", "macd.side", "structure")
_KNOWN = ("bullish", "bearish", "mixed")


def longer_frame_facts(context: Context, before: Mapping[str, Fact], settings: Settings) -> Findings:
    """timeframe.<weekly|monthly|daily>.trend|sma_20.side|sma_20.slope|...|rsi_14|structure, and timeframe.agreement.

    Of each of `context.longer`, by the rules that hold for the note's own bars; before: the facts of those, for their trend. Each
    fact carries the date of the last completed longer bar.
    """
    facts: dict[str, Fact] = {}
    trends = {"own": str(before["trend.primary"].value)} if "trend.primary" in before else {}
    for bars in context.longer:
        name = timeframe_of(bars.timeframe).adjective
        own = f"timeframe.{name}"
        facts |= _of_frame(own, name, bars, settings)
        trends[name] = str(facts[f"{own}.trend"].value)
    if len(trends) > 1 and all(trend in _KNOWN for trend in trends.values()):
        said = trends["own"] if len(set(trends.values())) == 1 else "none"
        rule = "the trend that all of them have (bullish, bearish, mixed), none where they differ."
        facts["timeframe.agreement"] = word(said, "the trend that the timeframes agree on", rule)
    return facts, ()


def _of_frame(own: str, adjective: str, bars: Bars, settings: Settings) -> dict[str, Fact]:
    panel = panel_of(bars)
    topics = (
        average_facts(bars, panel, settings),
        momentum_facts(bars, panel, settings),
        structure_facts(bars, last_swings_of(bars, swings_of(bars, settings))),
    )
    found = {name: fact for facts, _ in topics for name, fact in facts.items()}

    def word_of(name: str) -> str:
        return str(found[name].value) if name in found else ""

    when = bars.as_of
    trend = trend_fact(word_of)["trend.primary"]
    facts = {f"{own}.trend": word(primary_trend(word_of), f"primary trend of the {adjective} bars", trend.formula, date=when)}
    for name in _WORDS:
        if name in found:
            fact = found[name]
            facts[f"{own}.{name}"] = word(
                word_of(name), f"{adjective} bars: {fact.meaning}", fact.formula, inputs=fact.inputs, date=when
            )
    if "rsi_14" in found and len(bars) >= SETTLED:
        gain, loss = (float(found[f"rsi_14.{part}"].value) for part in ("gain", "loss"))
        facts[f"{own}.rsi_14"] = number(
            float(found["rsi_14"].value),
            "index",
            f"relative strength index of the last 14 {adjective} bars, Wilder smoothing",
            "100 * gain / (gain + loss)",
            inputs={"gain": gain, "loss": loss},
            date=when,
        )
    return facts
