"""The price with which a part of a note opens: 'Gold 4,222. Still sideways ...', 'COPPER woke up. May 4.13, eleven-month high'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.dates import MONTH, WEEKDAY
from levelhead.review.led_prices import NO_NAME, NO_PRICES
from levelhead.review.market_parts import MARKER, SPEAKER, Part
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, Indicator
from levelhead.review.tokens import Token

MOST_CELLS = 2
FEWEST_PRICES = 2  # of a part that says something of its market
LONGEST_LEAD, MOST_WORDS = 90, 4  # characters between name and price; words in front of it in its own clause
_CLAUSE = re.compile(r"[.,;!?()\[\]–—|]\s*|\s-\s")
# What speaks of another price than that of the market.
_OTHER = re.compile(
    r"\b(?:while|should|would|could|may|might|must|will|needs?|once|until|when|where|since|was|were|had|towards?|through|than|"
    r"break\w*|lose|los[et]|bulls|bears|targets?|look\w*|expect\w*|see|sees|want\w*|like|risk|for|per|yields?|spread|between|before|"
    r"bought|sold|shorted|longed|consensus|expected|range|reclaim\w*|fail\w*|that|which|our|my|his|her|their)\b",
    re.I,
)
_CONTRACT = re.compile(rf"\b(?:{MONTH}|{WEEKDAY})\b(?:\s(?:19|20)?\d\d\b)?|\b(?:19|20)\d\d\b", re.I)
# What makes a price behind it a level or a zone, and not a quotation.
_GOES_ON = re.compile(
    r"\s?(?:[-–—/]\s?\d|%|(?:\(?(?:is|are|was|remains?|would|will|should|could|has|have|holds?|held|needs?|must|can|may|supports?|"
    r"resist\w*|res|supp|targets?|stops?|pivot\w*|levels?|zone|area|offers?|bids?|or|to|by|before|next|instead|"
    r"exp(?:ected)?|consensus|prior|prev|vs|a (?:month|year)|until|off|calls?|puts?|strikes?)\b)|"
    r"(?:,|and)\s?[$€£]?\d[\d.,]*\d(?!\s?%))",
    re.I,
)


def opening_quotes(
    passages: Sequence[Passage], prices: Prices, parts: Sequence[Part], known: Sequence[Indicator]
) -> Iterator[Indicator]:
    """The last prices that open a part in which none of `known` is one."""
    lasts = [v.span for v in known if v.name == "last"]
    told = {p.kin for p in parts if any(p.holds(span) for span in lasts)}
    for part in parts:
        if not part.market or part.kin in told or part.count < FEWEST_PRICES:
            continue
        found = _first(passages[part.first : part.last], prices, part)
        if found is None:
            continue
        passage, piece, token = found
        if passage.columns or (len(passage.pieces) > MOST_CELLS and passage.block.kind == "row"):
            continue  # a table's columns tell what stands in it
        begin = part.named.end if part.named.end > passage.block.span.start else _begin(passage)
        if token.quantity is not None and _is_quoted(passage, piece, token, begin):
            yield Indicator(name="last", value=token.quantity.money, words=piece.text[:160], span=piece.span(token), sure=INFERRED)


def _first(passages: Sequence[Passage], prices: Prices, part: Part) -> tuple[Passage, Piece, Token] | None:
    """The first price of a part, where it is one of its market."""
    for passage in passages[:2]:
        for piece in passage.pieces:
            for token in piece.tokens:
                if prices.is_price(token) and token.quantity is not None:
                    is_one = token.quantity.low == token.quantity.high and prices.band_of(token.quantity) == part.band
                    return (passage, piece, token) if is_one else None
    return None


def _begin(passage: Passage) -> int:
    """Where a passage under the heading of its market begins to speak."""
    text = passage.block.text
    marker = MARKER.match(text)
    at = marker.end() if marker else 0
    speaker = SPEAKER.match(text, at)
    return passage.block.span.start + (speaker.end() if speaker else at)


def _is_quoted(passage: Passage, piece: Piece, token: Token, begin: int) -> bool:
    start, here = passage.block.span.start, piece.start + token.start
    lead = passage.block.text[max(0, (begin if begin <= here else _begin(passage)) - start) : here - start]
    if len(lead) > LONGEST_LEAD or _GOES_ON.match(piece.text, token.end):
        return False
    words = _CLAUSE.split(_CONTRACT.sub(" ", lead))[-1]
    if NO_NAME.search(words) or NO_PRICES.search(lead) or _OTHER.search(words) or len(words.split()) > MOST_WORDS:
        return False
    return not re.search(r"\d{2}", _CONTRACT.sub(" ", lead))
