"""What a rung has behind it, each number with the bars it is counted on: visits, how many held, age, strength."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung
from levelhead.desk.rung_words import DATES, broken_and_reclaimed, dates_of, history_words
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, Unit, Window
from levelhead.domain.formula import evaluate
from levelhead.domain.level import KeyLevel, Zone
from levelhead.reading.settings import YEAR, Settings
from levelhead.reading.zones import AGE_WEIGHT, COUNTED_TOUCHES, TOUCH_WEIGHT

SHOWN = 6  # visits that are named by their date


def enter_history(draft: Draft, rungs: Sequence[Rung], bars: Bars, settings: Settings) -> None:
    """Enter `level.<name>.touches`, `.held`, `.age` and `.strength` for every rung; the edges are there already."""
    rows = slice(max(0, len(bars) - settings.touch_bars - 1), None)
    columns = {"highs": bars.high[rows], "lows": bars.low[rows], "closes": bars.close[rows]}
    stamps = bars.stamp(rows.start), bars.stamp(-1)
    windows = tuple(Window(column=c, first=stamps[0], last=stamps[1], count=len(columns["highs"])) for c in ("high", "low"))
    closes = (replace(windows[0], column="close"),)
    for rung in rungs:
        name, zone = f"level.{rung.name}", rung.zone
        edges = {f"{name}.{edge}": draft.number(f"{name}.{edge}") for edge in ("low", "high")}
        visits = ", ".join(d.isoformat() for d in zone.touches[-SHOWN:])
        told = {
            "touches": f"separate visits to {rung.name}" + (f", latest {visits}" if visits else ""),
            "held": f"visits to {rung.name} after which price left on the side it came from",
        }
        for fact, function in (("touches", "visits"), ("held", "held")):
            formula = f"{function}(highs, lows, {name}.low, {name}.high)"
            value = evaluate(formula, {**columns, **edges})
            draft.facts[f"{name}.{fact}"] = _fact(value, "count", told[fact], formula, windows)
        for fact, day in dates_of(rung).items():
            formula, words = DATES[fact]
            formula = formula.format(low=f"{name}.low", high=f"{name}.high")
            used = closes if "closes" in formula else windows
            value = evaluate(formula, {**columns, **edges})
            meaning = f"sessions since {words}, {rung.name}"
            draft.facts[f"{name}.{fact}"] = replace(_fact(value, "sessions", meaning, formula, used), date=day)
        if zone.age is not None:
            _enter_age(draft, rung, bars, zone.age)
        formula, weights = strength_formula(name, zone)
        draft.derive(
            f"{name}.strength", "ratio", f"strength of {rung.name}, from sources, touches and age, 0 to 1", formula, **weights
        )


def with_history(level: KeyLevel, rung: Rung, as_of: dt.date) -> KeyLevel:
    """The level with what became of its zone; its dates are facts of the draft by `enter_history`."""
    broken, reclaimed = broken_and_reclaimed(rung.zone)
    return replace(level, broken_on=broken, reclaimed_on=reclaimed, history=history_words(rung, as_of))


def strength_formula(name: str, zone: Zone) -> tuple[str, dict[str, float]]:
    """The formula of a zone's strength and what each of its sources counts; several names of one bar's extreme count once."""
    weights = {f"weight.{level.source}": weight for level, weight in zip(zone.levels, zone.weights, strict=True) if weight}
    terms = [*weights, f"{TOUCH_WEIGHT} * min({name}.touches, {COUNTED_TOUCHES})"]
    if zone.age is not None:
        terms.append(f"{AGE_WEIGHT} * min({name}.age / {YEAR}, 1)")
    return f"1 - exp(-({' + '.join(terms)}) / 2)", weights


def _enter_age(draft: Draft, rung: Rung, bars: Bars, age: int) -> None:
    """The bars from the one on which the oldest dated level happened."""
    row = len(bars) - 1 - age
    window = Window(column="close", first=bars.stamp(row), last=bars.stamp(-1), count=age + 1)
    meaning = f"sessions since the oldest level in {rung.name} happened"
    draft.facts[f"level.{rung.name}.age"] = _fact(float(age), "sessions", meaning, "count(closes) - 1", (window,))


def _fact(value: float, unit: Unit, meaning: str, formula: str, windows: tuple[Window, ...]) -> Fact:
    return Fact(value=value, unit=unit, meaning=meaning, formula=formula, windows=windows)
