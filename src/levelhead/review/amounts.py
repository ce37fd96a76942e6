"""Numbers that look like prices and are amounts: 'exp. 45.0, prior 44.6' of a release of figures, '36.8M' shares."""

from __future__ import annotations

import re

from levelhead.review.numbers import Quantity

LEAST_MILLIONS = 1e6
_FORECAST, _BEFORE_IT = r"(?:exp(?:ected)?|cons(?:ensus)?|f['’]?cast|forecast|est)", r"(?:prior|prev(?:ious)?|last|actual)"
_RELEASE = re.compile(rf"\b{_FORECAST}\b[.:]?\s?[-+−]?\d[^;]{{0,24}}\b{_BEFORE_IT}\b[.:]?\s?[-+−]?\d", re.I)
_OF_A_RELEASE = re.compile(rf"\b(?:{_FORECAST}|{_BEFORE_IT})\b[.:]?\s?[-+−]?$", re.I)
_SIGNS, _SIGNS_BEFORE = ("exp", "cons", "cast", "est"), ("prior", "prev", "last", "actual")
_MILLIONS = re.compile(r"\d\s?m$", re.I)


def amounts(text: str, numbers: tuple[Quantity, ...]) -> frozenset[int]:
    """Where those of the numbers begin that are expected and former figures of a release, or so many millions."""
    found = {q.start for q in numbers if q.low >= LEAST_MILLIONS and q.unit != "$" and _MILLIONS.search(text, q.start, q.end)}
    lower = text.lower() if numbers else ""
    if any(w in lower for w in _SIGNS) and any(w in lower for w in _SIGNS_BEFORE) and _RELEASE.search(text):
        found |= {q.start for q in numbers if _OF_A_RELEASE.search(text[max(0, q.start - 16) : q.start])}
    return frozenset(found)
