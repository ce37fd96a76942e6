"""A claim as it is written: its prices absolute, or relative to where the market stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from levelhead.domain.claim import Claim, CloseAt, Plan, Split, Touch
from levelhead.domain.errors import BadClaim
from levelhead.domain.instrument import Instrument

Unit = Literal["price", "%", "ATR", "sigma"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A price as written: '2455', or a distance from the last price: '+1.5%', '-2 ATR', '+1 sigma'. at: its character."""

    amount: float
    unit: Unit
    at: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Where the market stands when a claim is made.

    last: the last price. atr: ATR(14) in points, None where not yet known. sigma: one-session standard deviation of the
    volatility forecast, in points, None where not known.
    """

    last: float
    instrument: Instrument
    atr: float | None = None
    sigma: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A parsed claim whose prices may still be relative.

    text: as written. kind: its first words. words: those that choose ('above'; 'long', 'limit'). terms: its prices in the
    order of writing. sessions: its horizons in the order of writing.
    """

    text: str
    kind: Literal["first of", "touch", "close", "plan"]
    terms: tuple[Term, ...]
    sessions: tuple[int, ...]
    words: tuple[str, ...] = ()

    @property
    def is_relative(self) -> bool:
        """Whether any price needs the market to become one."""
        return any(term.unit != "price" for term in self.terms)


def resolve(form: Form, market: Market | None = None) -> Claim:
    """The claim of a form, its relative prices frozen on the instrument's tick grid.

    Raises BadClaim where a relative price meets no market, or an unknown ATR or sigma, or the claim contradicts itself.
    """
    prices = tuple(_price(term, form.text, market) for term in form.terms)
    if form.kind == "first of":
        return Split(upper=prices[0], lower=prices[1], sessions=form.sessions[0])
    if form.kind == "touch":
        return Touch(price=prices[0], sessions=form.sessions[0])
    if form.kind == "close":
        return CloseAt(side="above" if form.words[0] == "above" else "below", price=prices[0], sessions=form.sessions[0])
    return Plan(
        side="long" if form.words[0] == "long" else "short",
        order="limit" if form.words[1] == "limit" else "stop",
        entry=prices[0],
        stop=prices[1],
        targets=prices[2:],
        fill_within=form.sessions[0],
        exit_within=form.sessions[1],
    )


def _price(term: Term, text: str, market: Market | None) -> float:
    if term.unit == "price":
        return term.amount
    where = f"'{text}': the relative price at character {term.at}"
    if market is None:
        raise BadClaim(f"{where} needs bars to stand on; write a price, or price the claim with bars.")
    price = market.instrument.on_grid(market.last + _distance(term, where, market))
    if price <= 0 and not market.instrument.may_be_negative:
        raise BadClaim(f"{where} comes to {price:g}, which {market.instrument.symbol} cannot trade at; give a shorter distance.")
    return price


def _distance(term: Term, where: str, market: Market) -> float:
    if term.unit == "%":
        return term.amount / 100 * abs(market.last)
    points = market.atr if term.unit == "ATR" else market.sigma
    if points is None or not math.isfinite(points):
        raise BadClaim(f"{where} needs {term.unit}, which is not yet known from these bars; give more bars, or write a price.")
    return term.amount * points
