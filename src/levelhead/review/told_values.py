"""Values that the sentence behind tells: 'A viewer asks about RSI. The daily one is 45.8'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.passages import Piece
from levelhead.review.said import SUPPOSED, Indicator
from levelhead.review.value_names import names_of

LOWEST, HIGHEST = 4.0, 97.0  # what an RSI comes to
_NO_VALUE = re.compile(
    r"[-\s]?(?:days?|weeks?|months?|sessions?|periods?|bars?|years?|hours?|line|level|mark|zone|threshold|points?|and)\b|%|:\d",
    re.I,
)
_TOLD = re.compile(
    r"^\W*(?:(?:and|so|but|well)\s)?(?:(?:the|its|that|this|our|my)\s)?(?:(?:daily|current|latest|14-day|last|actual|"
    r"today[’']s)\s)?"
    r"(?:one|reading|figure|number|value|gauge|indicator|oscillator|it|line|average|mean|that|yes|no|answer|print)\b[^.;\d]{0,24}"
    r"(?:\b(?:is|was|stands|sits|reads|at|now|lies|runs|says|shows)|[:=,–—])\s?(?:at\s|about\s|around\s|near\s)?[~≈]?[$€£]?$",
    re.I,
)


def told_next(piece: Piece, before: Piece | None, is_value: Sequence[bool], found: Sequence[Indicator]) -> Iterator[Indicator]:
    """'A viewer asks about RSI. The daily one is 45.8': the value of the one name of the sentence before, which gave none.

    found: the values that the sentence before gave. is_value: for each token of this one whether it is a price.
    """
    named = [t for t in before.tokens if len(names_of(t)) == 1] if before is not None else []
    if len(named) != 1 or any(names_of(t) for t in piece.tokens):
        return
    name = names_of(named[0])[0]
    if any(f.name == name for f in found) or not name.startswith(("rsi_", "sma_", "ema_")):
        return
    for index, token in enumerate(piece.tokens):
        q = token.quantity
        if token.kind != "number" or q is None or q.low != q.high:
            continue
        fits = LOWEST <= q.low <= HIGHEST if name.startswith("rsi_") else is_value[index]
        if fits and _TOLD.search(piece.text[: token.start]) and not _NO_VALUE.match(piece.text, token.end):
            yield Indicator(name=name, value=q.money, words=piece.text[:160], span=piece.span(token), sure=SUPPOSED)
        return
