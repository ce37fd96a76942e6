"""What a claim may come to: its outcomes, its length, its prices."""

from __future__ import annotations

from levelhead.domain.claim import Claim, Plan, Split
from levelhead.domain.claim_tree import is_conditional, leaves_of, written_prices

TRUE, FALSE, VOID, UNDECIDED, OPEN = 0, 1, 2, -1, -2
"""The outcome of a statement by its index; UNDECIDED where bars do not show it, OPEN where it is not over."""


def outcomes_of(claim: Claim) -> tuple[str, ...]:
    """The outcomes of a claim; exactly one of them happens."""
    if isinstance(claim, Split):
        return ("up", "range", "down")
    if isinstance(claim, Plan):
        return ("unfilled", "target", "stop", "expired")
    return ("true", "false", "void") if is_conditional(claim) else ("true", "false")


def sessions_of(claim: Claim) -> int:
    """How many sessions a claim stands at most."""
    if isinstance(claim, Plan):
        return claim.exit_within
    return claim.sessions if isinstance(claim, Split) else max(leaf.sessions for leaf in leaves_of(claim))


def prices_of(claim: Claim) -> tuple[float, ...]:
    """The fixed prices of a claim, in the order in which its text names them; neither averages nor numbers of RSI and ATR."""
    return tuple(price for price in written_prices(claim) if isinstance(price, float | int))
