"""Clauses between a word and its price that only tell more of either: 'resistance is where the rally ended, at 2,622'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from levelhead.review.tokens import Token

_ASIDE = re.compile(
    r"(?<=\s)(?:where|which|that|who)\s[^,;.:()]{3,80}?(?=,\s)|"
    r"(?<=, )(?:as|if|so)\s(?:we|i|you|often|ever|always|usual)\b[^,;.:()]{0,40}(?=,\s)|"
    r"(?<=\s)(?:we|i|you|they|he|she|many|most|traders|technicians|chartists|analysts)(?:['’](?:d|ve|ll))?\s"
    r"(?:(?:also|now|still|would|have|had|can|could|do|then|personally|first)\s){0,2}"
    r"(?:see|saw|seen|find|found|have|place|put|locate|identify|identified|note|noted|spot|expect|mark|marked|draw|drew|drawn|set|"
    r"pencil in|had in mind|watch|watching|eye|are watching|are looking at|look at|mention(?:ed)?|gave|give|flag(?:ged)?)"
    r"(?=\s(?:at|near|around|in|between|is|:|[$€£~≈]?\d))",
    re.I,
)


@lru_cache(maxsize=64)
def asides(text: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence tells more of a word before it goes on, as spans of characters; asked of each of its prices in turn."""
    return tuple(found.span() for found in _ASIDE.finditer(text))


def without_asides(tokens: Sequence[Token], text: str) -> Sequence[Token]:
    """Tokens of a sentence but for those of its asides; what holds a number that may be a price stays."""
    spans = asides(text)
    if not spans:
        return tokens
    kept = [t for t in tokens if t.kind == "number" and any(a <= t.start < b for a, b in spans)]
    open_spans = [(a, b) for a, b in spans if not any(a <= t.start < b for t in kept)]
    return [t for t in tokens if not any(a <= t.start < b for a, b in open_spans)]
