"""A claim as text, the one way each is written: parse_claim reads back exactly what claim_text wrote."""

from __future__ import annotations

import math
from decimal import Decimal

from levelhead.domain.claim import And, Claim, CloseAt, Given, Not, Or, Plan, Split, Statement, Touch
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Closes, Distance, Event, Extreme, Measure, Named, Price, Reach, Stay, Step


def claim_text(claim: Claim) -> str:
    """The claim in the claim language, its prices with all their digits. Raises BadClaim for a price that is not finite."""
    if isinstance(claim, Split):
        return f"first of {written(claim.upper)} | {written(claim.lower)} within {_sessions(claim.sessions)}"
    if not isinstance(claim, Plan):
        return statement_text(claim)
    targets = ", ".join(price_text(target) for target in claim.targets)
    return (
        f"{claim.side} {claim.order} {price_text(claim.entry)} stop {price_text(claim.stop)} target {targets}"
        f" fill within {claim.fill_within} exit within {claim.exit_within}"
    )


def statement_text(statement: Statement) -> str:
    """A statement, its prices perhaps as written, with no more brackets than it needs."""
    if isinstance(statement, Touch):
        return f"touch {price_text(statement.price)} within {_sessions(statement.sessions)}"
    if isinstance(statement, CloseAt):
        return f"close {statement.side} {price_text(statement.price)} at {_sessions(statement.sessions)}"
    if isinstance(statement, Event):
        return _event(statement)
    if isinstance(statement, Not):
        return f"not {_inside(statement.claim, And, Or, Given)}"
    if isinstance(statement, And):
        return " and ".join(_inside(term, And, Or, Given) for term in statement.terms)
    if isinstance(statement, Or):
        return " or ".join(_inside(term, Or, Given) for term in statement.terms)
    return f"{_inside(statement.claim, Given)} given {statement_text(statement.condition)}"


def step_text(step: Step) -> str:
    """One step: 'touch 2455', '2 closes above sma_50', 'stay in 2350..2420 by close', 'rsi_14 crosses above 30'."""
    if isinstance(step, Reach):
        return f"{'trade through' if step.through else 'touch'} {written(step.price)}"
    if isinstance(step, Closes):
        return f"{'close' if step.count == 1 else f'{step.count} closes'} {step.side} {written(step.price)}"
    if isinstance(step, Stay):
        return f"stay in {written(step.low)}..{written(step.high)}{' by close' if step.by_close else ''}"
    return f"{written(step.left)} {step.relation} {written(step.right)}"


def written(price: Price) -> str:
    """A price as one writes it."""
    if isinstance(price, Measure):
        return f"{price.name}_{price.bars}" if price.bars else price.name
    if isinstance(price, Distance):
        amount = price_text(price.amount)
        return f"{'' if amount.startswith('-') else '+'}{amount}{'' if price.unit == '%' else ' '}{price.unit}"
    if isinstance(price, Named):
        return price.name
    return f"{price.side} since {price.since}" if isinstance(price, Extreme) else price_text(price)


def price_text(price: float) -> str:
    """The shortest digits that read back as the same float, without exponent: 2003, 1990.5, -37.63."""
    if not math.isfinite(price):
        raise BadClaim(f"A price of {price} cannot be written as a claim; give a finite price.")
    # Adding 0.0 turns -0.0 into 0.
    digits = format(Decimal(repr(float(price) + 0.0)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _event(event: Event) -> str:
    steps = " then ".join(step_text(step) for step in event.steps)
    before = "" if event.before is None else f" before {step_text(event.before)}"
    window = (
        f"{'at' if event.is_at else 'within'} {_sessions(event.horizon)}"
        if isinstance(event.horizon, int)
        else f"by {event.horizon}"
    )
    return f"{steps}{before} {window}{f' in {event.frame}' if event.frame else ''}"


def _inside(term: Statement, *looser: type) -> str:
    text = statement_text(term)
    return f"({text})" if isinstance(term, looser) else text


def _sessions(count: int) -> str:
    return f"{count} session" if count == 1 else f"{count} sessions"
