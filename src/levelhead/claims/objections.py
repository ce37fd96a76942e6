"""What speaks against a claim before anything has happened: that it is true already, or can never be."""

from __future__ import annotations

from collections.abc import Callable

from levelhead.claims.text import claim_text, step_text, written
from levelhead.domain.claim import Claim, Plan, Split, Touch
from levelhead.domain.claim_tree import leaves_of
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Event, Measure, Price, Reach, Stay
from levelhead.domain.quoting import DECIMAL, Quoting


def check_standing(
    claim: Claim, last: float, *, quoting: Quoting = DECIMAL, value: Callable[[Measure], float] | None = None
) -> None:
    """Raises BadClaim where the last price settles the claim or one of its events already, so that nothing is left to happen.

    value: where an average stands now; without it what is said about averages is not checked.
    """
    if isinstance(claim, Plan):
        return
    said = f"'{claim_text(claim)}': the last price {quoting.price(last)}"

    def price_of(price: Price) -> float | None:
        if isinstance(price, Measure):
            return None if value is None else value(price)
        return price if isinstance(price, float | int) else None

    def shown(price: Price) -> str:
        found = price_of(price)
        number = "" if found is None else quoting.price(found)
        return f"{written(price)} ({number})" if isinstance(price, Measure) else number

    if isinstance(claim, Split):
        upper, lower = price_of(claim.upper), price_of(claim.lower)
        if upper is not None and upper <= last:
            raise BadClaim(f"{said} has already reached {shown(claim.upper)}; give an upper price above the last one.")
        if lower is not None and lower >= last:
            raise BadClaim(f"{said} has already reached {shown(claim.lower)}; give a lower price below the last one.")
        return
    for leaf in leaves_of(claim):
        if isinstance(leaf, Touch) and leaf.price == last:
            raise BadClaim(f"{said} is that price already; give a price that has still to be reached.")
        if isinstance(leaf, Event):
            _check_event(leaf, said, last, price_of)


def _check_event(event: Event, said: str, last: float, price_of: Callable[[Price], float | None]) -> None:
    first, before = event.steps[0], event.before
    if isinstance(first, Reach) and price_of(first.price) == last:
        raise BadClaim(f"{said} is that of '{step_text(first)}' already; give a price that has still to be reached.")
    if isinstance(first, Stay) and not first.by_close:
        low, high = price_of(first.low), price_of(first.high)
        if low is not None and high is not None and not low <= last <= high:
            raise BadClaim(f"{said} lies outside '{step_text(first)}' already, which is therefore false; give a range around it.")
    if not isinstance(before, Reach):
        return
    limit = price_of(before.price)
    if limit == last:
        raise BadClaim(f"{said} has already reached '{step_text(before)}', so nothing comes before it; give another price.")
    reach = price_of(first.price) if isinstance(first, Reach) else None
    is_fixed = isinstance(first, Reach) and not isinstance(first.price, Measure) and not isinstance(before.price, Measure)
    if limit is None or reach is None or not is_fixed:
        return
    is_on_the_way = last < limit <= reach or reach <= limit < last
    if is_on_the_way and not (limit == reach and before.through):
        raise BadClaim(
            f"{said} cannot get to '{step_text(first)}' but by '{step_text(before)}', so this can never be true; "
            "exchange the two, or give a price on the other side."
        )
