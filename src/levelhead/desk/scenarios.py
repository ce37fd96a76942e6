"""The scenario table: three outcomes that exclude each other and leave no price to nobody."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from levelhead.claims.text import claim_text
from levelhead.desk.brackets import Brackets
from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung
from levelhead.desk.settings import Settings
from levelhead.desk.targets import target_of, what_decides
from levelhead.domain.claim import Chance, Claim, PricedClaim, Split, Touch
from levelhead.domain.instrument import Instrument
from levelhead.domain.scenario import Scenario, ScenarioSet

Pricer = Callable[[Claim, str], PricedClaim]
GRID = 0.05  # probabilities of a table are said in steps of 5 %


def scenario_set(
    draft: Draft,
    brackets: Brackets,
    rungs: Sequence[Rung],
    price: Pricer,
    ends_on: dt.date | None,
    settings: Settings,
    instrument: Instrument,
) -> tuple[ScenarioSet, tuple[PricedClaim, ...]]:
    """The table, and the claims it stands for: the split, and a touch of each target zone; enters `scenario.*`."""
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
    reached = tuple(_reach(draft, end, price, n) for end in ("up", "down"))
    return (
        ScenarioSet(
            claim=claim_text(split),
            sessions=n,
            ends_on=ends_on,
            upper=brackets.upper,
            lower=brackets.lower,
            rule=priced.rule,
            decides=what_decides(draft, rungs, brackets),
            scenarios=table,
            undecided=priced.undecided,
        ),
        (priced, *reached),
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


_TITLES = {
    "up": "Higher: {scenario.upper} trades first",
    "range": "Range: neither price trades in {scenario.sessions} sessions",
    "down": "Lower: {scenario.lower} trades first",
}


def _reach(draft: Draft, end: str, price: Pricer, sessions: int) -> PricedClaim:
    """The claim that the target zone of one side trades within the horizon; enters its chance."""
    edge = draft.number(f"scenario.{end}.target_{'low' if end == 'up' else 'high'}")
    priced = price(Touch(price=edge, sessions=sessions), f"scenario.{end}.target")
    chance = priced.chances["true"]
    draft.chance(
        f"scenario.{end}.target_chance", f"chance that the target zone of '{end}' trades within the horizon", chance, priced.paths
    )
    return priced


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
    low, high, comment = target_of(name, draft, brackets, rungs, instrument)
    triggers = {
        "up": "A trade at {scenario.upper} before one at {scenario.lower}",
        "range": "Every session holds between {scenario.lower} and {scenario.upper}",
        "down": "A trade at {scenario.lower} before one at {scenario.upper}",
    }
    return Scenario(
        name=name,  # type: ignore[arg-type]
        title=_TITLES[name],
        trigger=triggers[name],
        comment=comment
        if name == "range"
        else f"{comment} Its target zone trades within the horizon with a chance of {{{own}.target_chance}}.",
        target_low=low,
        target_high=high,
        chance=chance,
        said=draft.number(f"{own}.said"),
    )
