"""A price where a way on ends, or at which a trade is entered, is no last price, though the words beside it may say one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.said import Indicator, Money, ReadScenario, ReadSetup
from levelhead.review.text import Span

_SAYS_LAST = re.compile(r"\b(?:last|spot|now at|current(?:ly)?|closed|settled|trading|quoted)\b", re.I)


def without_ends(
    indicators: Sequence[Indicator], scenarios: Sequence[ReadScenario], setups: Sequence[ReadSetup], plain: str
) -> tuple[Indicator, ...]:
    """The values without the last prices that are the target of the scenario, or a price of the trade, in which they stand."""
    ends: list[tuple[Span, tuple[Money, ...]]] = [(s.span, (s.target,)) for s in scenarios if s.target is not None]
    ends += [(s.span, (s.entry, *s.targets, *((s.stop,) if s.stop else ()))) for s in setups]
    return tuple(i for i in indicators if i.name != "last" or _says_last(i, plain) or not any(_is_end(i, *end) for end in ends))


def _is_end(value: Indicator, span: Span, prices: Sequence[Money]) -> bool:
    is_inside = span.start <= value.span.start and value.span.end <= span.end
    return is_inside and any(p.low == value.value.low and p.high == value.value.high for p in prices)


def _says_last(value: Indicator, plain: str) -> bool:
    return bool(_SAYS_LAST.search(plain[max(0, value.span.start - 12) : value.span.end]))
