"""What may name a value: averages, oscillators, pivots, extremes; and where such a word names none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from levelhead.review.tokens import Token

EXTREMES = ("all_time_high", "all_time_low", "high_52w", "low_52w")
_OLD = re.compile(r"\b(?:old|previous|prior|former|last year['’]s)\s(?:\w+\s)?$", re.I)
_OF_ANOTHER = re.compile(
    r"\b(?:volumes?|turnover|put[/-]call(?: ratio)?|breadth|open interest|flows?|ratio|volatility|spread|basis|"
    r"advance[/-]decline(?: line)?|vols?|implied|reali[sz]ed(?:\svol)?|historical|HV|IV|RV|correlation|beta|skew|momentum return|"
    r"readings?|attendance|claims)(?:[’']s)?(?:\s(?:on|in|for)\s\w+)?(?:\s(?:was|is|of|at|ran|ran at|against|vs\.?|versus|"
    r"to|reached|"
    r"hit)\s?(?:[\d.,]+\s?\w{0,2}(?:\s(?:contracts|shares|lots|units|million|billion))?)?)?\s?[,(]?\s?"
    r"(?:(?:the|its|a|against|versus|vs\.?|above|below)\s){0,2}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Token `number` of a piece is the value of `name`, which token `by` says."""

    name: str
    number: int
    by: int
    sure: float


def names_of(token: Token) -> tuple[str, ...]:
    """The names a token may give to a number: averages, oscillators, pivots, extremes."""
    if token.kind in ("average", "oscillator"):
        return token.names
    if token.kind == "pivot":
        return tuple(f"pivot.{n}" for n in token.names)
    extreme = token.says.get("extreme", "")
    return (extreme,) if extreme in EXTREMES else ()


def is_no_longer(text: str, token: Token) -> bool:
    """Whether 'record' is one that was beaten, or a new one that has no price yet."""
    before = text[max(0, token.start - 24) : token.start]
    if re.search(r"\b(?:new|fresh|another)\s$", before, re.I):
        return not re.match(r"\s(?:of|at)\s[$€£~]?\d", text[token.end :])
    return "extreme" in token.says and bool(_OLD.search(before))


def is_of_another(text: str, token: Token) -> bool:
    """Whether an average is of volume, of a ratio, of anything but the price."""
    if re.search(r"\d\s?(?:[mM]|bn|million|billion)\s(?:the |its |a )?$", text[max(0, token.start - 24) : token.start]):
        return True
    behind = re.match(
        r"\s(?:of\s)?(?:daily\s)?(?:volume|turnover|put[/-]call|range|true range|"
        r"breadth)\b",
        text[token.end :],
        re.I,
    )
    return behind is not None or bool(_OF_ANOTHER.search(text[max(0, token.start - 64) : token.start]))
