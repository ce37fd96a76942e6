"""A market spoken of in passing: one or two of its prices beside many of another are no part of what a note says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from levelhead.review.market_parts import Part
from levelhead.review.prices import Prices
from levelhead.review.said import Indicator, Money, ReadLevel
from levelhead.review.text import Span

_PRICED = ("last", "sma_", "ema_")
FEWEST_PARTS = 3  # about markets, each of its own, which make a note a list of equals
FEWEST_OWN = 2  # prices that a part gives of its market


def levels_at_length(
    levels: Iterable[ReadLevel], prices: Prices, instruments: Sequence[str], parts: Sequence[Part]
) -> list[ReadLevel]:
    """The levels but for those of markets that a note of several instruments speaks of in passing."""
    return [level for level in levels if len(instruments) < 2 or not _is_in_passing(level.price, level.span, prices, parts)]


def values_at_length(
    values: Sequence[Indicator], prices: Prices, instruments: Sequence[str], parts: Sequence[Part]
) -> tuple[Indicator, ...]:
    """The values but for last prices and averages of markets that a note of several instruments speaks of in passing."""
    return tuple(
        value
        for value in values
        if len(instruments) < 2 or not value.name.startswith(_PRICED) or not _is_in_passing(value.value, value.span, prices, parts)
    )


def _is_in_passing(price: Money, span: Span, prices: Prices, parts: Sequence[Part]) -> bool:
    """Whether a price is of a market with too few of them, that no part of a list of equals is about."""
    if not prices.is_in_passing(price):
        return False
    part = next((p for p in parts if p.holds(span)), None)
    return len(parts) < FEWEST_PARTS or part is None or part.count < FEWEST_OWN or not part.is_own(price, prices)
