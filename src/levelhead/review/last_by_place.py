"""The last price of a note that calls none so: the number beside the market's name, or where price 'is', between its levels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from levelhead.review.dates import MONTH
from levelhead.review.instruments import mentions
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, Indicator, ReadLevel
from levelhead.review.text import Span
from levelhead.review.tokens import Token

LONGEST_NAME = 40
LONGEST_LEAD = 60
# Between a market's name and its price: which contract, where it trades, a bracket.
_JOINED = re.compile(
    r"(?:[\s(\[,:|·•–—/-]|\b(?:futures?|cash|spot|index|mini|e-?mini|micro|front|month|contract|perp|at|in|etf|stock|shares?|"
    rf"[FGHJKMNQUVXZ]\d{{1,2}}|(?:19|20)\d\d|euros?|dollars?|{MONTH})\b|</?b>|\*\*?)*[~≈]?[$€£¥₹]?",
    re.I,
)
# Right before a number: price is there.
_IS_THERE = re.compile(
    r"(?:\b(?:price|spot(?: rate| price)?|market|index|itself|pair|stock|we|it|currently|now|here|rate|screen|px|mkt|quote)\b"
    r"[\s,:(=]{0,3}(?:(?:is|are|was|of|at|sits?|stands?|trades?|trading|near|around|about|just|between them)[\s,]+){0,4}"
    r"|\bsits? (?:between them|in between|in the middle|mid-?range),? at )[~≈]?[$€£¥₹]?$",
    re.I,
)
_TRADED = re.compile(
    r"\b(?:long|short|bought|sold|buy|sell|entry|stop|target|if|once|above|below)\b", re.I
)  # a trade's price, a condition's
_SPOT_BEHIND = re.compile(r"\W{0,3}(?:the )?(?:spot|current|last|market) (?:rate|price|quote)\b|\s?(?:now|last|px|spot)\b", re.I)
_NO_PRICE_BEHIND = re.compile(
    r"\s?(?:%|per ?cent|x\b|times|points?\b|pts?\b|pips?|ticks?|bp|contracts|lots|shares\b|calls?\b|puts?\b|strikes?|[-/]?day|"
    r"years?|weeks?|"
    r"[KMBT]n?\b|million|billion|moz|tonnes|is (?:the )?(?:support|resistance|target|stop|level|key)|supports?|resist|target|stop)",
    re.I,
)


def last_by_place(
    passages: Sequence[Passage], prices: Prices, levels: Sequence[ReadLevel], read: Iterable[Span]
) -> Indicator | None:
    """The one number that nothing was read from, that stands for the price itself by its place; None where it is not one alone.

    levels: those of the note that have a side; it lies between supports and resistances. read: spans of all that was read.
    """
    floor = max((x.price.low for x in levels if x.side == "support"), default=-math.inf)
    ceiling = min((x.price.high for x in levels if x.side == "resistance"), default=math.inf)
    taken = tuple(read)
    found: dict[float, Indicator] = {}
    is_framed = math.isfinite(floor) and math.isfinite(ceiling)
    for passage in passages:
        if passage.place.topic in ("dismissed", "scenarios", "setups"):
            continue
        for piece in passage.pieces:
            for token in _there(piece, prices, is_framed=is_framed):
                place = piece.span(token)
                value = token.quantity.money if token.quantity else None
                if (
                    value is None
                    or not floor <= value.low <= ceiling
                    or any(s.start < place.end and place.start < s.end for s in taken)
                ):
                    continue
                found.setdefault(value.low, Indicator(name="last", value=value, words=piece.text[:160], span=place, sure=SUPPOSED))
    return next(iter(found.values())) if len(found) == 1 else None


def _there(piece: Piece, prices: Prices, *, is_framed: bool) -> Iterator[Token]:
    """The numbers of a piece beside a market's name, or, where levels on either side frame it, where it says that price is."""
    named = [m.end for m in mentions(piece.text)]
    for token in piece.tokens:
        quantity = token.quantity
        if quantity is None or not prices.is_price(token) or prices.band_of(quantity) != 0 or quantity.low != quantity.high:
            continue
        if _NO_PRICE_BEHIND.match(piece.text[token.end :]):
            continue
        start, lead, tail = token.start, piece.text[: token.start][-LONGEST_LEAD:], piece.text[token.end :]
        name = max((end for end in named if end <= start), default=None)
        is_named = name is not None and start - name <= LONGEST_NAME and bool(_JOINED.fullmatch(piece.text[name:start]))
        is_there = is_framed and (_IS_THERE.search(lead) or _SPOT_BEHIND.match(tail))
        if (is_named and not _TRADED.search(lead)) or is_there:
            yield token
