"""'If 2,225 breaks, 2,260 is next': a price that sets it off, and behind it one that is called where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.conditions import is_past
from levelhead.review.passages import Piece
from levelhead.review.roles import Use
from levelhead.review.said import SUPPOSED, ReadScenario

_NEXT = re.compile(r"^\s?(?:is|are|would be|comes?|will be|should be)\s(?:then\s)?(?:the\s)?next\b", re.I)
_THERE = re.compile(
    r"\b(?:break(?:out|down)?s?|move|close|push|drop|slip|fall|loss|failure|rejection|trade|acceptance|hold|bounce|"
    r"reclaim)\s(?:\w+\s)?"
    r"(?:there|of (?:it|that|this|the (?:level|latter|former|zone|area))|(?:above|below|through|over|under|past|beyond)\s(?:it|"
    r"that|this|there|here|the (?:level|latter|zone|area)))\b"
    r"|\b(?:if|once|should) (?:it|that|this|these)\s(?:\w+\s){0,2}?(?:breaks?|gives?|goes|fails?|cracks?|falls?|clears?|is "
    r"(?:lost|broken|taken out|cleared)|"
    r"doesn[’']t hold|does not hold|yields?)\b|\bthrough (?:it|there|that)\b|\bbelow (?:it|that|there|which)\b,?|\babove (?:it|"
    r"that|there|which)\b,?",
    re.I,
)


def if_then(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    """Every pair of a price called a trigger and one behind it called a target, or next."""
    trigger: Use | None = None
    before: Use | None = None
    for use in uses:
        is_next = bool(_NEXT.match(piece.text[use.token.end :]))
        if before is not None and _THERE.search(piece.text[before.token.end : use.token.start]) and use.role == "target":
            trigger = before if not _lists_sides(piece, before) else trigger
        before = use
        if use.role == "trigger" and not is_next:
            trigger = use
        elif trigger is not None and (use.role == "target" or is_next):
            is_up = use.money.middle > trigger.money.middle
            is_over = is_past(piece.text, piece.text[trigger.token.end : use.token.start])
            if (trigger.beyond == "below" and is_up) or (trigger.beyond == "above" and not is_up) or is_over:
                trigger = None
                continue
            yield ReadScenario(
                direction="up" if is_up else "down",
                title=piece.text[trigger.token.start : use.token.end][:120],
                trigger=trigger.money,
                trigger_how=trigger.how,
                target=use.money,
                sessions=horizon,
                span=piece.span(trigger.token, use.token),
                sure=SUPPOSED,
            )
            trigger = None


def _lists_sides(piece: Piece, use: Use) -> bool:
    """'Support around 6,540, below that the 6,480 area': a list of levels, no condition."""
    return any("side" in t.says for t in piece.tokens[: use.index]) and not any("event" in t.says for t in piece.tokens)
