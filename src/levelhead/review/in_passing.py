"""A market spoken of in passing: one or two of its prices beside many of another are no part of what a note says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from levelhead.review.prices import Prices
from levelhead.review.said import Indicator, ReadLevel

_PRICED = ("last", "sma_", "ema_")


def levels_at_length(levels: Iterable[ReadLevel], prices: Prices, instruments: Sequence[str]) -> list[ReadLevel]:
    """The levels but for those of markets that a note of several instruments speaks of in passing."""
    return [level for level in levels if len(instruments) < 2 or not prices.is_in_passing(level.price)]


def values_at_length(values: Sequence[Indicator], prices: Prices, instruments: Sequence[str]) -> tuple[Indicator, ...]:
    """The values but for last prices and averages of markets that a note of several instruments speaks of in passing."""
    return tuple(
        value
        for value in values
        if len(instruments) < 2 or not value.name.startswith(_PRICED) or not prices.is_in_passing(value.value)
    )
