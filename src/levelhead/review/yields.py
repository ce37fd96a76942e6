"""Yields: per cents that are prices where levels are spoken of."""

from __future__ import annotations

import re

from levelhead.review.numbers import Quantity

DECIMALS, HIGHEST = 2, 25.0
_SPEAKS_OF_YIELD = re.compile(
    r"\byields?\b|\b(?:2|3|5|7|10|20|30)[\s-]?y(?:ea)?rs?\b|\b(?:two|three|five|seven|ten|thirty)[\s-]years?\b|\b(?:gilts?|"
    r"bunds?|JGBs?|"
    r"OATs?|BTPs?|treasur(?:y|ies)|swap rate)\b",
    re.I,
)
_OF_LEVELS = re.compile(r"\b(?:supp?(?:orts?)?|res(?:istances?)?|floor|ceiling|lid|pivot|cap|capped|barrier|hurdle)\b", re.I)
_CHANGED_BY = re.compile(
    r"(?:\bby|\bup|\bdown|\badded|\bgained|\blost|\b(?:rose|fell)|[+−-])\s?(?:about |some |"
    r"another )?$",
    re.I,
)


def may_hold_yields(text: str) -> bool:
    """Whether a text speaks of a yield and of levels."""
    return bool(_SPEAKS_OF_YIELD.search(text) and _OF_LEVELS.search(text))


def is_yield(text: str, quantity: Quantity) -> bool:
    """'Yields face resistance at 4.50%': a per cent to two places that is no change is the price of a yield in such a text."""
    is_fine = quantity.unit == "%" and quantity.decimals >= DECIMALS and quantity.high < HIGHEST
    return is_fine and not _CHANGED_BY.search(text[max(0, quantity.start - 24) : quantity.start])
