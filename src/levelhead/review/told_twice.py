"""An average that is given as a number and as a zone around it is the number: 'SMA50: 322.7', '$322-323 (50-day)'."""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.review.said import Indicator

_AVERAGES = ("sma_", "ema_", "wma_")


def finest(values: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The values without the zones in which an average lies that another of them gives as one number."""
    exact = [(v.name, v.value.low) for v in values if v.name.startswith(_AVERAGES) and v.value.low == v.value.high]

    def is_around(one: Indicator) -> bool:
        zone = one.value
        return zone.low < zone.high and any(name == one.name and zone.low <= price <= zone.high for name, price in exact)

    return tuple(v for v in values if not is_around(v))
