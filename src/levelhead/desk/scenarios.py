"""The scenario table: three outcomes that exclude each other and leave no price to nobody."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.claims.text import claim_text
from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung, zone_words
from levelhead.desk.settings import Settings
from levelhead.domain.claim import Chance, Claim, PricedClaim, Split
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Side
from levelhead.domain.scenario import Scenario, ScenarioSet
from levelhead.forecast.forecast import Forecast

Pricer = Callable[[Claim, str], PricedClaim]
GRID = 0.05  # probabilities of a table are said in steps of 5 %
WISHED_SIGMA = 0.9  # a scenario price about this many standard deviations of the horizon away says most


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    """The two prices of the table: the rung each comes from, None where no zone serves and the forecast's own width does."""

    upper: float
    lower: float
    above: Rung | None
    below: Rung | None


def choose_brackets(
    rungs: Sequence[Rung], forecast: Forecast, instrument: Instrument, settings: Settings, draft: Draft
) -> Brackets:
    """The zone above and the zone below whose far edges divide the horizon best.

    Not nearer than `nearest_sigma` standard deviations of the horizon, not so far that paths reach them less often than
    `least_touch`; among these the strongest, those near 0.9 standard deviations preferred. Enters `scenario.upper` and
    `scenario.lower`.
    """
    n = settings.scenario_sessions
    width = horizon_sigma(forecast, n)
    tops, bottoms = forecast.paths.high[:, :n].max(axis=1), forecast.paths.low[:, :n].min(axis=1)

    def best(side: Side) -> Rung | None:
        def worth(rung: Rung) -> float:
            away = abs(math.log(rung.far / forecast.start)) / width
            reached = np.mean(tops >= rung.far) if side == "resistance" else np.mean(bottoms <= rung.far)
            if away < settings.nearest_sigma or reached < settings.least_touch:
                return 0.0
            return (0.25 + rung.zone.strength) * math.exp(-(((away - WISHED_SIGMA) / 0.5) ** 2))

        ranked = sorted((r for r in rungs if r.side == side and worth(r) > 0), key=worth)
        return ranked[-1] if ranked else None

    above, below = best("resistance"), best("support")
    step = instrument.step
    upper = _enter_price(draft, "upper", above, "high", f"above(last * exp({WISHED_SIGMA} * width), {step!r})", width)
    lower = _enter_price(draft, "lower", below, "low", f"below(last * exp(-{WISHED_SIGMA} * width), {step!r})", width)
    return Brackets(upper=upper, lower=lower, above=above, below=below)


def horizon_sigma(forecast: Forecast, sessions: int) -> float:
    """Standard deviation of the log return over the first `sessions` sessions."""
    return float(np.sqrt(np.sum(forecast.term[:sessions] ** 2)))


def scenario_set(
    draft: Draft,
    brackets: Brackets,
    rungs: Sequence[Rung],
    price: Pricer,
    ends_on: dt.date | None,
    settings: Settings,
    instrument: Instrument,
) -> tuple[ScenarioSet, PricedClaim]:
    """The table and the split it stands for; enters `scenario.*`."""
    n = settings.scenario_sessions
    split = Split(upper=brackets.upper, lower=brackets.lower, sessions=n)
    priced = price(split, "scenario")
    decided = round(priced.paths * (1 - priced.undecided))
    draft.derive("scenario.sessions", "sessions", "horizon of the scenario table", "sessions", sessions=float(n))
    draft.estimate(
        "scenario.undecided",
        "probability",
        "share of paths on which one bar reached both prices; left out",
        "undecided",
        undecided=priced.undecided,
    )
    said = rounded_to_sum([priced.chances[name].probability for name in ("up", "range", "down")])
    table = tuple(
        _scenario(name, draft, brackets, rungs, priced.chances[name], share, decided, instrument)
        for name, share in zip(("up", "range", "down"), said, strict=True)
    )
    return (
        ScenarioSet(
            claim=claim_text(split),
            sessions=n,
            ends_on=ends_on,
            upper=brackets.upper,
            lower=brackets.lower,
            rule=priced.rule,
            decides=_what_decides(rungs),
            scenarios=table,
            undecided=priced.undecided,
        ),
        priced,
    )


def rounded_to_sum(shares: Sequence[float], step: float = GRID) -> list[float]:
    """Shares that sum to one, rounded to multiples of `step` that sum to one too (largest remainder).

    >>> rounded_to_sum([0.427, 0.331, 0.242])  # in units: 8.54, 6.62, 4.84
    [0.4, 0.35, 0.25]
    """
    units = round(1 / step)
    exact = [share * units for share in shares]
    whole = [math.floor(e + 1e-12) for e in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: units - sum(whole)]:
        whole[i] += 1
    return [round(w * step, 10) for w in whole]


def _enter_price(draft: Draft, end: str, rung: Rung | None, edge: str, otherwise: str, width: float) -> float:
    name = f"scenario.{end}"
    meaning = f"{end} price of the scenario table"
    if rung is not None:
        return draft.derive(name, "price", f"{meaning}: the far edge of {rung.name}", f"level.{rung.name}.{edge}")
    return draft.derive(name, "price", f"{meaning}: no zone serves; the horizon's own width does", otherwise, width=width)


_TITLES = {
    "up": "Higher: {scenario.upper} trades first",
    "range": "Range: neither price trades in {scenario.sessions} sessions",
    "down": "Lower: {scenario.lower} trades first",
}


def _scenario(
    name: str,
    draft: Draft,
    brackets: Brackets,
    rungs: Sequence[Rung],
    chance: Chance,
    said: float,
    decided: int,
    instrument: Instrument,
) -> Scenario:
    own = f"scenario.{name}"
    draft.chance(f"{own}.probability", f"probability of '{name}' in the scenario table", chance, decided)
    draft.estimate(
        f"{own}.said",
        "probability",
        "the same rounded to 5 %, so that the three sum to 100 (largest remainder)",
        f"{own}.probability + rounding",
        rounding=said - draft.number(f"{own}.probability"),
    )
    if chance.base_rate is not None:
        draft.estimate(
            f"{own}.base",
            "probability",
            f"base rate of '{name}': its frequency over earlier start days at the same distances in ATR(14)",
            "base_rate",
            base=chance,
            base_rate=chance.base_rate,
        )
    low, high, comment = _target(name, draft, brackets, rungs, instrument)
    triggers = {
        "up": "A trade at {scenario.upper} before one at {scenario.lower}",
        "range": "Every session holds between {scenario.lower} and {scenario.upper}",
        "down": "A trade at {scenario.lower} before one at {scenario.upper}",
    }
    return Scenario(
        name=name,  # type: ignore[arg-type]
        title=_TITLES[name],
        trigger=triggers[name],
        comment=comment,
        target_low=low,
        target_high=high,
        chance=chance,
        said=draft.number(f"{own}.said"),
    )


def _target(name: str, draft: Draft, brackets: Brackets, rungs: Sequence[Rung], instrument: Instrument) -> tuple[float, float, str]:
    """Where a scenario leads: the next zone beyond its price, else a horizon's width beyond it; and a word on why."""
    own, step = f"scenario.{name}", instrument.step
    if name == "range":
        low = draft.derive(f"{own}.target_low", "price", "lower end of the range", "scenario.lower")
        high = draft.derive(f"{own}.target_high", "price", "upper end of the range", "scenario.upper")
        return low, high, _range_comment(draft, rungs, brackets)
    up = name == "up"
    bracket, broken = (brackets.upper, brackets.above) if up else (brackets.lower, brackets.below)
    beyond = [r for r in rungs if (r.zone.low > bracket if up else r.zone.high < bracket)]
    if beyond:
        target = min(beyond, key=lambda r: abs(r.near - bracket))
        low = draft.derive(f"{own}.target_low", "price", f"target zone: {target.name}", f"level.{target.name}.low")
        high = draft.derive(f"{own}.target_high", "price", f"target zone: {target.name}", f"level.{target.name}.high")
    else:
        near, far = (
            (f"nearest(scenario.upper + {k} * atr_14, {step!r})" for k in (1, 2))
            if up
            else (f"nearest(scenario.lower - {k} * atr_14, {step!r})" for k in (2, 1))
        )
        low = draft.derive(f"{own}.target_low", "price", "target zone: no zone lies beyond, one to two ATR does", near)
        high = draft.derive(f"{own}.target_high", "price", "target zone: no zone lies beyond, one to two ATR does", far)
    held = "resistance" if up else "support"
    comment = (
        f"It takes a break of {held} at {zone_words(draft, broken.name)}."
        if broken
        else f"No {held} stands in between; the price is the horizon's own width away."
    )
    return low, high, comment


def _range_comment(draft: Draft, rungs: Sequence[Rung], brackets: Brackets) -> str:
    inside = [r for r in rungs if brackets.lower < r.zone.low and r.zone.high < brackets.upper]
    names = [r.name for r in inside]
    if "r1" in names and "s1" in names:
        return "Inside it, {level.s1.high} below and {level.r1.low} above are the first prices to watch."
    if names:
        first = names[0]
        return f"Inside it, {zone_words(draft, first)} is the price to watch."
    return "No other zone stands inside it."


def _what_decides(rungs: Sequence[Rung]) -> str:
    names = {r.name for r in rungs}
    above = "two closes above {level.r1.high}" if "r1" in names else ""
    below = "two closes below {level.s1.low}" if "s1" in names else ""
    told = " and ".join(
        part for part in (f"{above} would favour the upper price" if above else "", f"{below} the lower" if below else "") if part
    )
    return f"{told[:1].upper()}{told[1:]}." if told else "No zone near the price would tell early which way it goes."
