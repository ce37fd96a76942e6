"""Who waits where: 'sellers are lined up at 2,420', 'buyers should emerge near 2,350'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.lexicon import bag_of
from levelhead.review.said import LevelSide
from levelhead.review.tokens import Token

_WAITING = re.compile(
    r"\b(?:emerg\w+|step\w*|wait\w*|lin(?:ed|ing|e) up|lurk\w*|sit\w*|sat|appear\w*|show\w* up|queu\w+|park\w*|hid\w+|camp\w*|"
    r"layer\w*|stack\w*|"
    r"com(?:e|es|ing) (?:back )?in|came in|return\w*|found|interested|active|defend\w*|held|hold\w*|lean\w*|concentrated|"
    r"clustered|seen|expected|likely|"
    r"eager|resting|rest|placed|located|protect\w*|guard\w*|lie|lies|resid\w+|gather\w*|crowd\w*|noted|reported|spotted|bunched)\b",
    re.I,
)
_ENDS_AGENT = bag_of(
    """
    target targets eye eyeing clear break take push through above below toward towards to need needs reclaim retake recapture
    aim want pushed drove sent took failed beyond past over under
    """
)


def awaited(tokens: Sequence[Token], agent: int, price: int) -> LevelSide:
    """'sellers are lined up at', 'buyers should emerge near': where somebody waits is a level."""
    between = tokens[agent + 1 : price]
    words = [t.text.lower() for t in between]
    said = " ".join(words)
    near = bool(words) and words[-1] in (
        "at",
        "near",
        "around",
        "in",
        "between",
        "the",
        "from",
        "about",
        "defend",
        "hold",
        "defended",
        "held",
        "protect",
        "guard",
        "defending",
        "holding",
    )
    if not near or any(
        w in _ENDS_AGENT and not (w in ("need", "needs", "to") and re.search(r"\b(?:defend|hold|protect|keep)\b", said))
        for w in words
    ):
        return ""
    if len(words) > 1 and not _WAITING.search(said):
        return ""
    if any(k in t.says for t in between for k in ("stop", "entry", "last", "side")):
        return ""
    return tokens[agent].says["agent"]  # type: ignore[return-value]
