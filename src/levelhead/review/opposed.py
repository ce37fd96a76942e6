"""Two events with a price each, on either side of the last one: 'Weak payrolls (below 50k): 114-10. A strong number: 112-04.'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.clause_words import one_of
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import clauses_of
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, Direction, Money, ReadScenario
from levelhead.review.tokens import Token

FEWEST, MOST = 2, 4
LIKE = 1.3  # an end lies no farther from the last price
_HEAD = re.compile(r"\W{0,4}(?P<head>[A-Za-z][A-Za-z’'&/+ -]{3,60}?)\s?(?:\([^()]{1,40}\)\s?)?:\s?[$€£~≈]?")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_QUOTED = re.compile(  # what is printed with its price, not what may happen
    r"\b"
    + one_of(
        "open", "high", "low", "close", "prev(?:ious)?", "prior", "range", "vwap", "poc", "value", "area", "gap", "line", "zone",
        "spot", "cash", "futures?", "index", "contract", "bid", "ask", "offer", "fair", "level", "top", "bottom", "mid(?:dle)?",
        "day", "week", "month", "year", "yesterday", "today", "session", "overnight", "average", "strike", "wall", "flip",
        "trigger", "price", "retracement", "extension", "fib", "band", "channel", "stop", "entry", "target", "risk", "reward",
        "size", "change",
    )
    + r"s?\b",
    re.I,
)  # fmt: skip
_SAYS = ("side", "extreme", "last", "stop", "entry", "target", "beyond")


def opposed_in(passage: Passage, prices: Prices, horizon: int | None, lasts: Sequence[Money]) -> Iterator[ReadScenario]:
    """The events of a passage with their prices, where they lie on both sides of a last price; nothing else in it counts."""
    found = [
        (clause, token)
        for piece in passage.pieces
        for clause in clauses_of(piece)
        if (token := _end(clause, prices, lasts)) is not None and token.quantity is not None
    ]
    if not FEWEST <= len(found) <= MOST or not lasts:
        return
    monies = [t.quantity.money for _, t in found if t.quantity is not None]
    mark = next((m for m in lasts if all(_is_like(x, m) for x in monies)), None)
    if mark is None or not (min(monies).high < mark.low and mark.high < max(monies).low):
        return
    for (clause, token), money in zip(found, monies, strict=True):
        way: Direction = "up" if money.low > mark.high else "down"
        if not money.low <= mark.middle <= money.high:
            yield ReadScenario(
                direction=way, title=clause.text[:120], target=money, sessions=horizon, span=clause.span(token), sure=SUPPOSED
            )


def _end(clause: Piece, prices: Prices, lasts: Sequence[Money]) -> Token | None:
    """The only price of a clause, where a head of several words that names no level or quote stands before it."""
    priced = [t for t in clause.tokens if prices.is_price(t) and t.quantity and any(_is_like(t.quantity.money, m) for m in lasts)]
    if len(priced) != 1 or (told := _HEAD.fullmatch(clause.text[: priced[0].start])) is None:
        return None
    if len(_WORDS.findall(told["head"])) < FEWEST or _QUOTED.search(told["head"]):
        return None
    before = [t for t in clause.tokens if t.end <= told.end("head")]
    is_named = any(t.kind in ("average", "pivot", "oscillator", "date") or any(k in t.says for k in _SAYS) for t in before)
    return None if is_named else priced[0]


def _is_like(one: Money, other: Money) -> bool:
    return 1 / LIKE < one.middle / other.middle < LIKE
