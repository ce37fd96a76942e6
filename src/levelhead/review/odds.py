"""One chance that gives two: the odds of one price against another, and what is left over for the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from levelhead.review.passages import Piece
from levelhead.review.pieces import part_of, sentence_at
from levelhead.review.prices import Prices
from levelhead.review.tokens import Token

SURE = 100.0
_SPLIT = re.compile(r"(?<![\w/.,$-])(\d{2})\s?([/:-])\s?(\d{2})(?:\s?\2\s?(\d{2}))?(?![\w/%]|[.,:-]\d)")
_OF_ONE = re.compile(r"\s(?:that|on) (?:we|it|this|that|they|he|she)\b", re.I)  # 'I lean 60/40 that we get it'
_AGAINST = re.compile(
    r"\b(?:rather than|instead of|as opposed to|as against|against|versus|vs\.?|over(?! (?:it|that|this|there)\b)|before|"
    r"ahead of|than|not|"
    r"compared (?:with|to)|and not|or)\b",
    re.I,
)
_EVEN = re.compile(r"\b(?:and|or|against|versus|vs\.?|tails?|other|else|otherwise)\b|[;,/|]", re.I)
_EACH = re.compile(r"\s?\)?\s?(?:each|apiece|for each)\b", re.I)
_REST = re.compile(
    r"\b(?:the (?:rest|remainder|balance|remaining|others?|residual|complement|leftover)|(?:my|our) other|what(?:['’]s| is) left|"
    r"(?:whatever|all that) (?:is left|remains)|remainder|remaining|the last)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part of a passage that gives a chance, in per cent, to the prices in it."""

    piece: Piece
    low: float
    high: float


def told_against(piece: Piece, prices: Prices) -> tuple[Weighed, ...]:
    """'Two to one for 3,410 rather than 3,275', '70 % that it gets to 156, the rest to 151': both, with what each is given."""
    chances = [t for t in piece.tokens if t.kind == "percent" and t.quantity is not None]
    priced = [t for t in piece.tokens if prices.is_price(t)]
    if len(chances) != 1 or len(priced) < 2:
        return ()
    chance = chances[0]
    each = _EACH.match(piece.text[chance.end :])
    if each and len(priced) == round(SURE / (chance.quantity.low if chance.quantity else SURE)):
        return tuple(_shared(piece, chance, priced))
    after = [t for t in priced if t.start >= chance.end]
    pairs = list(pairwise(after if len(after) > 1 else priced))
    edge = next((e for one, two in reversed(pairs) if (e := _edge(piece.text, chance, one, two)) is not None), None)
    if edge is None or not any(t.start >= edge for t in priced):
        return ()
    q = chance.quantity
    assert q is not None
    low, high = (SURE - q.high, SURE - q.low)
    second = next(t for t in priced if t.start >= edge)
    end = sentence_at(piece.text, second.start)[1]
    return (Weighed(part_of(piece, 0, edge), q.low, q.high), Weighed(part_of(piece, edge, end), low, high))


def _shared(piece: Piece, chance: Token, priced: list[Token]) -> Iterator[Weighed]:
    """'A third each for 1.0650 (down), 1.0820 (unchanged) and 1.1020 (up)': every price with its words."""
    assert chance.quantity is not None
    starts = [t.start for t in priced] if priced[0].start > chance.end else [0, *(t.end for t in priced[:-1])]
    for start, end in pairwise([*starts, len(piece.text)]):
        yield Weighed(part_of(piece, start, end), chance.quantity.low, chance.quantity.high)


def _edge(text: str, chance: Token, first: Token, second: Token) -> int | None:
    """Where the words of the second price begin."""
    start = max(first.end, chance.end if chance.start < second.start else 0)
    between = text[start : second.start]
    if rest := _REST.search(between):
        return start + rest.start()
    if chance.says.get("chance") != "odds" or (second.end <= chance.start and _OF_ONE.match(text[chance.end :])):
        return None
    pattern = _EVEN if chance.quantity is not None and chance.quantity.low == SURE / 2 else _AGAINST
    found = pattern.search(between)
    return start + found.start() if found else None


def split_in(piece: Piece, prices: Prices) -> Iterator[Weighed]:
    """'55/45 in favour of 9,200 against 8,860', '50/50 between 106.8k and 97k': chances and prices in the same order."""
    if any(t.kind == "percent" and "chance" not in t.says for t in piece.tokens):
        return
    for found in _SPLIT.finditer(piece.text):
        shares = [float(g) for g in (found[1], found[3], found[4]) if g]
        if sum(shares) != 100:
            continue
        start, end = sentence_at(piece.text, found.start())
        priced = [t for t in piece.tokens if prices.is_price(t) and t.start >= found.end()]
        if not any(t.start < end for t in priced):
            if _OF_ONE.match(piece.text[found.end() :]):
                continue
            priced = [t for t in piece.tokens if prices.is_price(t) and start <= t.start < found.start()]
        inside = [t for t in priced if t.start < end]
        priced = inside if len(inside) == len(shares) else priced
        tokens = [half for t in priced for half in (_halves(t) if len(priced) < len(shares) else (t,))]
        if len(tokens) != len(shares):
            continue
        begin = found.end() if priced[0].start > found.end() else priced[0].start
        starts = [begin, *(t.start for t in tokens[1:])] if len(priced) == len(tokens) else [t.start for t in tokens]
        for share, token, start in zip(shares, tokens, starts, strict=True):
            own = token.moved(-start)
            yield Weighed(Piece(piece.text[start : token.end], piece.start + start, (own,)), share, share)
        return


def _halves(token: Token) -> tuple[Token, ...]:
    """The two prices of a zone."""
    q = token.quantity
    if q is None or not q.joined:
        return (token,)
    return tuple(replace(token, quantity=replace(q, low=x, high=x, joined="", first=x, second=x)) for x in (q.first, q.second))
