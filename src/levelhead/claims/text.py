"""A claim as text, the one way each is written: parse_claim reads back exactly what claim_text wrote."""

from __future__ import annotations

import math
from decimal import Decimal

from levelhead.domain.claim import Claim, CloseAt, Split, Touch
from levelhead.domain.errors import BadClaim


def claim_text(claim: Claim) -> str:
    """The claim in the claim language, its prices with all their digits. Raises BadClaim for a price that is not finite."""
    if isinstance(claim, Split):
        return f"first of {price_text(claim.upper)} | {price_text(claim.lower)} within {_sessions(claim.sessions)}"
    if isinstance(claim, Touch):
        return f"touch {price_text(claim.price)} within {_sessions(claim.sessions)}"
    if isinstance(claim, CloseAt):
        return f"close {claim.side} {price_text(claim.price)} at {_sessions(claim.sessions)}"
    targets = ", ".join(price_text(target) for target in claim.targets)
    return (
        f"{claim.side} {claim.order} {price_text(claim.entry)} stop {price_text(claim.stop)} target {targets}"
        f" fill within {claim.fill_within} exit within {claim.exit_within}"
    )


def price_text(price: float) -> str:
    """The shortest digits that read back as the same float, without exponent: 2003, 1990.5, -37.63."""
    if not math.isfinite(price):
        raise BadClaim(f"A price of {price} cannot be written as a claim; give a finite price.")
    # Adding 0.0 turns -0.0 into 0.
    digits = format(Decimal(repr(float(price) + 0.0)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _sessions(count: int) -> str:
    return f"{count} session" if count == 1 else f"{count} sessions"
