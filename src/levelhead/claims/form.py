"""A claim as it is written, and how it is made: relative prices, named levels and dates frozen where the market stands."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from levelhead.claims.text import claim_text, written
from levelhead.domain.claim import Claim, Plan, Split, Statement
from levelhead.domain.claim_tree import leaves_of, map_leaves, simplest, with_prices, written_prices
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Distance, Event, Extreme, Measure, Named, Price
from levelhead.domain.instrument import Instrument

Zone = tuple[Price] | tuple[Price, Price]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Where the market stands when a claim is made.

    last: the last price. atr: ATR(14) in points, None where not yet known. sigma: one-session standard deviation of the
    volatility forecast, in points, None where not known. level: the price of a named level, None where there is none of that
    name. extreme: the highest 'high' or lowest 'low' since a date, None where the bars do not reach back. sessions_by: how many
    sessions there are up to and with a date.
    """

    last: float
    instrument: Instrument
    atr: float | None = None
    sigma: float | None = None
    level: Callable[[str], float | None] | None = None
    extreme: Callable[[Literal["high", "low"], dt.date], float | None] | None = None
    sessions_by: Callable[[dt.date], int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlan:
    """A plan as written; an entry or target may be a zone of two prices.

    Of a zone the edge counts that the market meets first; of the zone that a stop order is to break out of, the far one.
    """

    side: Literal["long", "short"]
    order: Literal["limit", "stop"]
    entry: Zone
    stop: Price
    targets: tuple[Zone, ...]
    fill_within: int
    exit_within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A parsed claim whose prices may still be relative. text: as written."""

    text: str
    tree: Split | WrittenPlan | Statement

    @property
    def prices(self) -> tuple[Price, ...]:
        """Its prices as written, in their order."""
        if not isinstance(self.tree, WrittenPlan):
            return tuple(written_prices(self.tree))
        return (*self.tree.entry, self.tree.stop, *(edge for target in self.tree.targets for edge in target))

    @property
    def is_relative(self) -> bool:
        """Whether any price needs the market to become one."""
        return any(isinstance(price, Distance | Named | Extreme) for price in self.prices)

    @property
    def horizons(self) -> tuple[int | dt.date, ...]:
        """The ends of its windows, as written."""
        if isinstance(self.tree, WrittenPlan):
            return (self.tree.exit_within,)
        if isinstance(self.tree, Split):
            return (self.tree.sessions,)
        return tuple(leaf.horizon if isinstance(leaf, Event) else leaf.sessions for leaf in leaves_of(self.tree))

    @property
    def sessions(self) -> tuple[int, ...]:
        """The ends of its windows in sessions. Raises BadClaim where only a date is known."""
        return tuple(_sessions(horizon, self.text, None) for horizon in self.horizons)


def form_text(form: Form) -> str:
    """The one way in which the claim is written before its prices are frozen."""
    if not isinstance(form.tree, WrittenPlan):
        return claim_text(form.tree)
    plan = form.tree
    targets = ", ".join(_zone_text(target) for target in plan.targets)
    return (
        f"{plan.side} {plan.order} {_zone_text(plan.entry)} stop {written(plan.stop)} target {targets}"
        f" fill within {plan.fill_within} exit within {plan.exit_within}"
    )


def longest(form: Form, market: Market | None = None) -> int:
    """How many sessions a form stands at most; only a date needs the market. Raises BadClaim."""
    return max(_sessions(horizon, form.text, market) for horizon in form.horizons)


def resolve(form: Form, market: Market | None = None) -> Claim:
    """The claim of a form, its relative prices and named levels frozen on the instrument's tick grid, its dates counted.

    Averages stay what they are, except that a plan cannot stand on one. Raises BadClaim where something meets no market, or an
    ATR, sigma or level that is not known, or the claim contradicts itself.
    """

    def frozen(price: Price) -> Price:
        return _price(price, form.text, market)

    tree = form.tree
    if isinstance(tree, WrittenPlan):
        return _plan(tree, form.text, market)
    if isinstance(tree, Split):
        return _made(form.text, lambda: with_prices(tree, frozen))
    counted = map_leaves(
        tree,
        lambda leaf: replace(leaf, horizon=_sessions(leaf.horizon, form.text, market)) if isinstance(leaf, Event) else leaf,
    )
    made = _made(form.text, lambda: with_prices(counted, frozen))
    return made if isinstance(made, Split | Plan) else simplest(made)


def _plan(plan: WrittenPlan, text: str, market: Market | None) -> Plan:
    sign = 1 if plan.side == "long" else -1

    def edge(zone: Zone, *, far: bool) -> float:
        prices = [_standing(price, text, market) for price in zone]
        return max(prices) if (sign > 0) == far else min(prices)

    return _made(
        text,
        lambda: Plan(
            side=plan.side,
            order=plan.order,
            entry=edge(plan.entry, far=True),
            stop=_standing(plan.stop, text, market),
            targets=tuple(edge(target, far=False) for target in plan.targets),
            fill_within=plan.fill_within,
            exit_within=plan.exit_within,
        ),
    )


def _made(text: str, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except BadClaim as error:
        raise error if str(error).startswith(f"'{text}'") else BadClaim(f"'{text}': {error}") from None


def _standing(price: Price, text: str, market: Market | None) -> float:
    frozen = _price(price, text, market)
    if isinstance(frozen, float | int):
        return frozen
    raise BadClaim(
        f"'{text}': an order stands at a price, and {written(price)} moves; write a number, or a distance such as -1 ATR."
    )


def _price(price: Price, text: str, market: Market | None) -> Price:
    if isinstance(price, float | int | Measure):
        return price
    kind = "relative price" if isinstance(price, Distance) else "level"
    where = f"'{text}': the {kind} at character {price.at}"
    if market is None:
        raise BadClaim(f"{where} needs bars to stand on; write a price, or price the claim with bars.")
    found = market.instrument.on_grid(_value(price, where, market))
    if found <= 0 and not market.instrument.may_be_negative:
        raise BadClaim(f"{where} comes to {found:g}, which {market.instrument.symbol} cannot trade at; give a shorter distance.")
    return found


def _value(price: Distance | Named | Extreme, where: str, market: Market) -> float:
    if isinstance(price, Distance):
        return market.last + _points(price, where, market)
    if isinstance(price, Named):
        found = None if market.level is None else market.level(price.name)
        if found is None or not math.isfinite(found):
            raise BadClaim(f"{where} is called '{price.name}', and no price of that name is known here; note.json lists the names.")
        return found
    found = None if market.extreme is None else market.extreme(price.side, price.since)
    if found is None:
        raise BadClaim(f"{where}, '{written(price)}', is not known: the bars do not cover that date; give a later one, or a price.")
    return found


def _points(price: Distance, where: str, market: Market) -> float:
    if price.unit == "%":
        return price.amount / 100 * abs(market.last)
    points = market.atr if price.unit == "ATR" else market.sigma
    if points is None or not math.isfinite(points):
        raise BadClaim(f"{where} needs {price.unit}, which is not yet known from these bars; give more bars, or write a price.")
    return price.amount * points


def _sessions(horizon: int | dt.date, text: str, market: Market | None) -> int:
    if isinstance(horizon, int):
        return horizon
    if market is None or market.sessions_by is None:
        raise BadClaim(f"'{text}': 'by {horizon}' needs bars to count sessions from; write 'within N sessions'.")
    sessions = market.sessions_by(horizon)
    if sessions < 1:
        raise BadClaim(f"'{text}': {horizon} does not lie after the last bar, so no session is left; give a later date.")
    return sessions


def _zone_text(zone: Zone) -> str:
    return "..".join(written(price) for price in zone)
