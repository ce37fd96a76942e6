"""The ladder of flips: the next close at which each signal would change, if no other bar came between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import golden_flip, latest_mean
from levelhead.kernels.momentum import macd_flip, rsi_flip
from levelhead.reading.facts import known, number, window, word
from levelhead.reading.momentum import MACD_BARS
from levelhead.reading.panel import WILDER, Panel
from levelhead.reading.settings import AVERAGES

RSI_LINES = (30, 50, 70)
"""The bounds of RSI's zones, whose flips are said."""
_SIGNALS: Mapping[str, str] = (
    {f"sma_{n}.flip": f"price against the {n}-day average" for n in AVERAGES}
    | {f"ema_{n}.flip": f"price against the {n}-day exponential average" for n in AVERAGES}
    | {"rsi_14.flip_signal": "RSI(14) against its signal line"}
    | {f"rsi_14.flip_{line}": f"RSI(14) against {line}" for line in RSI_LINES}
    | {"macd.flip": "MACD against its signal line", "macd.flip_zero": "MACD against zero"}
    | {"golden_cross.flip": "the 50-day average against the 200-day"}
)


def flip_facts(bars: Bars, panel: Panel, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """rsi_14.flip_signal|30|50|70, macd.flip|flip_zero, golden_cross.flip, and of all flips flip.above and flip.below, the nearest.

    facts: those of the same bars already found, among them the flips of the averages. A flip at no possible price is absent. They
    are of the next close in the contract of the last bar.
    """
    found = _rsi_flips(bars, panel, facts) | _macd_flips(bars, panel) | _golden_flip(bars, panel)
    possible = {name: fact for name, fact in found.items() if float(fact.value) > 0 or bars.instrument.may_be_negative}
    return possible | _nearest(bars.last, possible, facts)


def flip_ladder(*facts: Mapping[str, Fact]) -> tuple[tuple[float, str, str], ...]:
    """Price, name of the fact and signal of each flip that one of `facts` holds, the highest price first."""
    found = [(_first(name, facts), name, signal) for name, signal in _SIGNALS.items()]
    rungs = sorted((-float(fact.value), name, signal) for fact, name, signal in found if fact is not None)
    return tuple((-price, name, signal) for price, name, signal in rungs)


def _first(name: str, facts: Sequence[Mapping[str, Fact]]) -> Fact | None:
    for each in facts:
        fact = each.get(name)
        if fact is not None:
            return fact
    return None


def _rsi_flips(bars: Bars, panel: Panel, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """With both averages above 0: where nothing fell or rose yet, no price puts RSI on a line."""
    gain, loss = float(panel.gain[-1]), float(panel.loss[-1])
    if "rsi_14" not in facts or not (gain > 0 and loss > 0):
        return {}
    targets = {f"flip_{line}": (f"on {line}", float(line)) for line in RSI_LINES}
    last = panel.rsi[-(WILDER - 1) :]
    if (
        len(last) == WILDER - 1
        and known(last[0])
        and 0 < (signal := latest_mean(last, WILDER - 1)) < 100
        and np.isfinite(last).all()
    ):
        targets = {"flip_signal": ("on its signal line: the mean of its last 13 values", signal)} | targets
    return {f"rsi_14.{name}": _rsi_flip(bars, gain, loss, where, target) for name, (where, target) in targets.items()}


def _rsi_flip(bars: Bars, gain: float, loss: float, where: str, target: float) -> Fact:
    price = rsi_flip(bars.close, gain, loss, target, WILDER)
    rise = f"{WILDER - 1} * (rsi_14.loss * target / (100 - target) - rsi_14.gain)"
    return number(
        price,
        "price",
        f"the next close at which RSI(14) would stand {where}",
        f"last + {rise}" if price >= bars.last else f"last + {rise} * (100 - target) / target",
        inputs={"target": target},
    )


def _macd_flips(bars: Bars, panel: Panel) -> dict[str, Fact]:
    lines = panel.macd
    if len(bars) < MACD_BARS:
        return {}
    fast, slow, signal = (float(column[-1]) for column in (lines.fast, lines.slow, lines.signal))
    formula = "({target} - fast * 11 / 13 + slow * 25 / 27) / (2 / 13 - 2 / 27)"
    return {
        "macd.flip": number(
            macd_flip(fast, slow, signal),
            "price",
            "the next close at which MACD would stand on its signal line, which is where the signal line is now",
            formula.format(target="signal"),
            inputs={"signal": signal, "fast": fast, "slow": slow},
        ),
        "macd.flip_zero": number(
            macd_flip(fast, slow, 0.0),
            "price",
            "the next close at which MACD would be zero",
            formula.format(target="0"),
            inputs={"fast": fast, "slow": slow},
        ),
    }


def _golden_flip(bars: Bars, panel: Panel) -> dict[str, Fact]:
    count = len(bars)
    if count < 199:
        return {}
    return {
        "golden_cross.flip": number(
            golden_flip(panel.closes, count, 50, 200),
            "price",
            "the next close at which the 50-day average would stand exactly on the 200-day",
            "(sum(closes) * 50 - newest * 200) / 150",
            inputs={"newest": panel.closes.sum(count - 49, count)},
            windows=(window(bars, "close", 199),),
        )
    }


def _nearest(last: float, *facts: Mapping[str, Fact]) -> dict[str, Fact]:
    ladder = flip_ladder(*facts)
    sides = {
        "above": [rung for rung in ladder if rung[0] > last][-1:],
        "below": [rung for rung in ladder if rung[0] < last][:1],
    }
    found: dict[str, Fact] = {}
    for side, rungs in sides.items():
        for price, name, signal in rungs:
            found[f"flip.{side}"] = number(
                price, "price", f"the nearest next close {side} the last price that flips a signal", name
            )
            found[f"flip.{side}.of"] = word(
                signal, f"the signal that the nearest flip {side} would change", "Of all flips the nearest to the last price."
            )
    return found
