"""Why a probability moved: how much of it the price did, how much the volatility, how much the time that passed.

A note's probabilities come from simulated paths; their changes are told apart by a formula one can recompute by hand: a random walk
without drift, whose chance of reaching prices is known exactly (kernels/closed_form.py). What the formula does not explain is
named as the rest: skew, drift, calibration, and the noise of the simulation.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from levelhead.kernels.closed_form import first_of, touches

Chances = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the chance of reaching prices depends on, at one moment.

    price: the last one, in the contract of the other prices. variance: of one session's log return. sessions: still to come.
    upper, lower: the prices to be reached; None where there is none on that side.
    """

    price: float
    variance: float
    sessions: float
    upper: float | None = None
    lower: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A change of probability in parts that sum to it: of the price, the volatility, the time, the prices claimed, and the rest."""

    price: float
    volatility: float
    time: float
    levels: float
    rest: float


def chances(stand: Stand) -> dict[str, float]:
    """Of two prices: up, range, down, which trades first; of one: true and false, whether it trades. A price passed has traded."""
    variance = stand.variance * stand.sessions
    up, down = stand.upper, stand.lower
    if up is not None and down is not None:
        if stand.price >= up or stand.price <= down:
            return {"up": float(stand.price >= up), "range": 0.0, "down": float(stand.price <= down)}
        found = first_of(math.log(up / stand.price), math.log(stand.price / down), variance)
        return {"up": found.up, "range": found.neither, "down": found.down}
    reached = 1.0
    if up is not None and stand.price < up:
        reached = touches(math.log(up / stand.price), variance)
    elif down is not None and stand.price > down:
        reached = touches(math.log(stand.price / down), variance)
    return {"true": reached, "false": 1.0 - reached}


def moved(before: Stand, after: Stand) -> dict[str, Parts]:
    """The change of each outcome's chance by the formula, in parts; the rest is nought.

    Each part is the mean, over every order in which price, volatility, time and prices claimed may be changed one at a time, of
    what changing it does: the parts sum to the whole, and none depends on an order. Shapley, L. S. (1953), in Contributions to
    the Theory of Games II, 307-317.
    """
    factors = ("price", "variance", "sessions", "levels")
    known: dict[frozenset[str], Chances] = {}

    def after_changing(names: frozenset[str]) -> Chances:
        if names not in known:
            known[names] = chances(_mixed(before, after, names))
        return known[names]

    orders = list(itertools.permutations(factors))
    shares: dict[str, dict[str, float]] = {outcome: dict.fromkeys(factors, 0.0) for outcome in chances(before)}
    for order in orders:
        changed: frozenset[str] = frozenset()
        for factor in order:
            now = changed | {factor}
            for outcome, share in shares.items():
                share[factor] += (after_changing(now)[outcome] - after_changing(changed)[outcome]) / len(orders)
            changed = now
    return {
        outcome: Parts(price=s["price"], volatility=s["variance"], time=s["sessions"], levels=s["levels"], rest=0.0)
        for outcome, s in shares.items()
    }


def _mixed(before: Stand, after: Stand, names: frozenset[str]) -> Stand:
    """`before`, with what `names` names as it is in `after`."""
    claimed = after if "levels" in names else before
    return Stand(
        price=(after if "price" in names else before).price,
        variance=(after if "variance" in names else before).variance,
        sessions=(after if "sessions" in names else before).sessions,
        upper=claimed.upper,
        lower=claimed.lower,
    )
