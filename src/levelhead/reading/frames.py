"""Both frames of a continuous future at once, levels as traded and geometry back-adjusted, and where the frames disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from levelhead.domain.adjustment import as_traded, back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.roll import GIVEN, Roll
from levelhead.kernels.averages import latest_mean
from levelhead.reading.averages import average_facts, direction
from levelhead.reading.extremes import extreme_facts, extreme_rows_of, price_facts
from levelhead.reading.facts import Findings, number, word
from levelhead.reading.momentum import momentum_facts
from levelhead.reading.panel import panel_of
from levelhead.reading.settings import AVERAGES, Settings
from levelhead.reading.structure import last_swings_of, structure_facts, swings_of

WORDS = (*(f"sma_{n}.side" for n in AVERAGES), "golden_cross", "rsi_14.zone")
"""The statements in words that the bars' own frame makes, read in the other one too."""
SHAPES = ("structure", *(f"sma_{n}.slope" for n in AVERAGES))
"""Those of geometry, back-adjusted whatever the levels are, read as an unadjusted chart shows them too."""
TRIGGERS = ("swing_high_1", "swing_high_2", "swing_low_1", "swing_low_2", "high_52w", "low_52w", "all_time_high", "all_time_low")
"""The dated prices whose side of the last price is read in both frames."""


def other_frame(bars: Bars) -> Bars:
    """The same bars in the frame they are not in: back-adjusted by ratio, or as traded."""
    return back_adjusted(bars) if bars.adjustment == "none" else as_traded(bars)


def frame_facts(bars: Bars, facts: Mapping[str, Fact], settings: Settings) -> Findings:
    """The last roll, and under `frames.` what the other frame says where it says something else.

    roll.from, roll.to, roll.gap, roll.factor, roll.kind, and roll.gap_error where it is known; frames.all_time_high, always, in
    the other frame; frames.<fact> for each statement of WORDS with another word there, with frames.sma_<n> beside its side, and
    of SHAPES with another word as traded, with frames.sma_<n>.slope_atr; frames.<price> for each price of TRIGGERS that lies on
    the other side of the last price there; frames.disagreements counts them. Nothing without rolls.
    """
    if not bars.rolls:
        return {}, ()
    other = other_frame(bars)
    there = _read(other, settings)
    called = "back-adjusted" if bars.adjustment == "none" else "as traded"
    found = _roll(bars)
    flagged = _other_words(facts, there, called) | _other_shapes(bars, facts, settings) | _other_sides(bars, other, facts, called)
    if "all_time_high" in facts:
        found["frames.all_time_high"] = _all_time_high(facts["all_time_high"], there["all_time_high"], called)
        if facts["all_time_high"].date != there["all_time_high"].date:
            flagged["frames.all_time_high"] = found["frames.all_time_high"]
    statements = [name for name in flagged if not _is_beside(name)]
    found |= flagged
    found["frames.disagreements"] = number(
        len(statements), "count", "statements on which the two frames disagree", "count", inputs={"count": len(statements)}
    )
    return found, ()


def _read(other: Bars, settings: Settings) -> dict[str, Fact]:
    panel = panel_of(other)
    topics = (
        price_facts(other),
        average_facts(other, panel, settings),
        momentum_facts(other, panel, settings),
        extreme_facts(other, extreme_rows_of(other)),
    )
    return {name: fact for found, _ in topics for name, fact in found.items()}


def _roll(bars: Bars) -> dict[str, Fact]:
    roll = bars.rolls[-1]
    rule = f"by {roll.method}"
    error = {} if roll.gap_error is None else {"roll.gap_error": _gap_error(roll)}
    return error | {
        "roll.from": word(roll.from_contract, "the contract that the series left with its last roll", rule, date=roll.date),
        "roll.to": word(roll.to_contract, "the contract that the series quotes since its last roll", rule, date=roll.date),
        "roll.kind": word(_known_how(roll), "how the gap of the last roll is known", rule),
        "roll.gap": number(
            roll.gap,
            "points",
            f"what {roll.to_contract} was dearer at the last roll",
            "dearer",
            inputs={"dearer": roll.gap},
            date=roll.date,
        ),
        "roll.factor": number(
            roll.factor, "ratio", "new contract over old at the last roll", "factor", inputs={"factor": roll.factor}
        ),
    }


def _gap_error(roll: Roll) -> Fact:
    error = float(roll.gap_error or 0.0)
    return number(error, "points", "standard error of the gap of the last roll", "error", inputs={"error": error}, date=roll.date)


def _known_how(roll: Roll) -> str:
    if roll.estimated:
        return "estimated, its date uncertain" if roll.is_date_uncertain else "estimated"
    return "as its table gives it" if roll.method == GIVEN else "read from both contracts"


def _all_time_high(ours: Fact, theirs: Fact, called: str) -> Fact:
    """The high of the other frame: the price of its own bar, and what that bar was multiplied by."""
    high = float(theirs.value)
    return number(high, "price", f"{ours.meaning}, {called}", "high", inputs={"high": high}, date=theirs.date)


def _other_words(facts: Mapping[str, Fact], there: Mapping[str, Fact], called: str) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for name in WORDS:
        if name not in facts or name not in there or facts[name].value == there[name].value:
            continue
        fact = there[name]
        found[f"frames.{name}"] = word(
            str(fact.value), f"{fact.meaning}, {called}", fact.formula, inputs=fact.inputs, date=fact.date
        )
        if name.endswith(".side"):
            average = name.removesuffix(".side")
            lift = float(there[average].value) - float(facts[average].value)
            found[f"frames.{average}"] = number(
                float(facts[average].value) + lift,
                "price",
                f"{facts[average].meaning}, {called}",
                f"{average} + lift",
                inputs={"lift": lift},
            )
    return found


def _other_shapes(bars: Bars, facts: Mapping[str, Fact], settings: Settings) -> dict[str, Fact]:
    """What an unadjusted chart, which takes a roll's gap for a move, would say of swings and slopes."""
    plain = replace(as_traded(bars), rolls=())
    there = _slopes(plain, facts, settings) | structure_facts(plain, last_swings_of(plain, swings_of(plain, settings)))[0]
    found: dict[str, Fact] = {}
    for name in SHAPES:
        if name not in facts or name not in there or facts[name].value == there[name].value:
            continue
        fact = there[name]
        found[f"frames.{name}"] = word(
            str(fact.value), f"{fact.meaning}, as traded", fact.formula, inputs=fact.inputs, date=fact.date
        )
        if f"{name}_atr" in there:
            found[f"frames.{name}_atr"] = there[f"{name}_atr"]
    return found


def _slopes(plain: Bars, facts: Mapping[str, Fact], settings: Settings) -> dict[str, Fact]:
    """The slopes of the averages as traded, gaps and all, in the note's own ATR(14)."""
    found: dict[str, Fact] = {}
    if "atr_14" not in facts:
        return found
    atr = float(facts["atr_14"].value)
    for n in AVERAGES:
        needed = n + settings.slope_bars
        if f"sma_{n}.slope_atr" not in facts or len(plain) < needed:
            continue
        moved = latest_mean(plain.close, n) - latest_mean(plain.close, n, back=settings.slope_bars)
        ours = facts[f"sma_{n}.slope"]
        found[f"sma_{n}.slope"] = word(direction(moved / atr, settings.flat_atr), ours.meaning, ours.formula)
        found[f"sma_{n}.slope_atr"] = number(
            moved / atr,
            "ATR",
            f"change of the {n}-day average over {settings.slope_bars} bars, as traded",
            "moved / atr_14",
            inputs={"moved": moved},
        )
    return found


def _other_sides(bars: Bars, other: Bars, facts: Mapping[str, Fact], called: str) -> dict[str, Fact]:
    """Prices of the chart that stand above the last price in one frame and below it in the other."""
    found = {}
    for name in TRIGGERS:
        fact = facts.get(name)
        if fact is None or fact.date is None or not fact.windows:
            continue
        row = int(np.searchsorted(bars.time, np.datetime64(fact.date)))
        column = fact.windows[0].column
        ours, theirs = float(getattr(bars, column)[row]), float(getattr(other, column)[row])
        if (ours - bars.last) * (theirs - bars.last) < 0:
            factor = theirs / ours
            found[f"frames.{name}"] = number(
                ours * factor, "price", f"{fact.meaning}, {called}", f"{name} * factor", inputs={"factor": factor}, date=fact.date
            )
    return found


def _is_beside(name: str) -> bool:
    """Whether it is the number of a statement in words, not a statement of its own."""
    return name.removeprefix("frames.") in {f"sma_{n}{more}" for n in AVERAGES for more in ("", ".slope_atr")}
