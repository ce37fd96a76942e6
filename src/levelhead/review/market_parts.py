"""The parts of a note about several markets: each begins where a passage opens with the name of another, 'Gold: 3,360. ...'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from levelhead.review.instruments import FUTURE_OF, mentions
from levelhead.review.passages import Passage
from levelhead.review.prices import AT_LENGTH, Prices
from levelhead.review.said import Money
from levelhead.review.text import Span
from levelhead.review.tokens import Token

LONGEST_OPENING = 56  # characters in which a passage says what it is about
LONGEST_QUESTION = 120  # of a passage without prices that turns to a market
SAME = 1.12  # prices of one market lie no farther apart than those of another may
# The number and the hour that stand before what a passage says, who says it, and how it turns there.
MARKER = re.compile(r"\W{0,6}(?:\[?\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[ap]m)?\]?\W{0,4})?(?:\(?\d{1,2}\s?[.)/]\W{0,3})?", re.I)
SPEAKER = re.compile(r"[A-Za-z_]\w{1,14}:\s(?=\D)")
_TURNS_TO = re.compile(
    r"(?:(?:and |then |next|now|so|finally|lastly|elsewhere|ok|okay|ah|well|first|also|over to|turning to|on|in|as for|for|the|our|"
    r"there[’']s|there is|of|what about|one on|asks about|let me start with|he|she|starts with|moves? on to|talks about)\b"
    r"[\s,.:]{0,3}){0,4}\W{0,4}",
    re.I,
)
_ASKS = re.compile(r"\?|\b(?:asks?|asked|question|wants to know|one on|next up|over to|turning to|on to)\b", re.I)
_TEASES = re.compile(
    r"\b(?:(?:next|coming|following) (?:week|issue|time|edition|letter|month)|in our next|members also|you may also)\b", re.I
)
# Names that are one of a market only where a passage opens with them.
_OPENINGS = {
    "CL": "oil|crude",
    "EURUSD": "euro|eur|single currency",
    "GBPUSD": "(?:british )?pound|gbp|stg",
    "USDJPY": "(?:dollar/)?yen|jpy",
    "AUDUSD": "aud|australian dollar",
    "NZDUSD": "nzd",
    "USDCAD": "cad|canadian dollar",
    "USDCHF": "chf|swissie|swiss franc",
    "DX": "dollar|greenback|usd",
    "RUT": "small[- ]caps?|smalls",
    "ZN": "tens|10s|ten-years?|10-years?|treasur(?:y|ies)|government bonds|notes",
    "ZB": "bonds|long bonds?|30s",
    "ZS": "beans|soy",
    "ZL": "oil seeds?",
    "LE": "cattle",
    "HE": "hogs",
    "BTC": "btc|coin",
    "FOAT": "oats?(?= \\d)",
    "STOCKS": "(?:stocks|equities|shares|stock ind(?:ex|ic)es)(?=\\s?[:.])",
    "RATES": "(?:rates|fixed income)(?=\\s?[:.])",
    "ZO": "oats",
}
_OPENS = re.compile(
    "|".join(f"(?P<s{n}>(?:{names}))" for n, names in enumerate(_OPENINGS.values())).join(("(?:", r")(?![\w/])")), re.I
)
# A future by its code, 'TYU5'.
_CODE = re.compile(r"(?P<name>[A-Z]{1,4})[FGHJKMNQUVXZ]\d{1,2}\b")


@dataclass(frozen=True, slots=True)
class Part:
    """Passages first to last (exclusive) about one market. named: where the name that opens it stands. band: where
    its prices lie; count: how many of them it gives.
    """

    first: int
    last: int
    market: str
    span: Span
    named: Span
    band: int | None
    count: int

    @property
    def kin(self) -> str:
        """One name for the future, the index and the micro of its market."""
        return _kin(self.market)

    def holds(self, span: Span) -> bool:
        """Whether something stands in it."""
        return self.span.start <= span.start < self.span.end

    def speaks_of_it(self, read: Iterable[Span]) -> bool:
        """Whether it is about a market that it names, of which something was `read` in it or which it gives several prices."""
        return bool(self.market) and (self.count >= AT_LENGTH or any(self.holds(span) for span in read))

    def is_own(self, price: Money, prices: Prices) -> bool:
        """Whether a price lies where those of this part's market do."""
        return prices.band_of(price) == self.band


def parts_of(passages: Sequence[Passage], prices: Prices) -> tuple[Part, ...]:
    """The parts of a note in its order; () where it keeps to one market."""
    turns: list[tuple[int, str, Span]] = []
    own: float | None = None
    for at, passage in enumerate(passages):
        if passage.place.topic == "dismissed" or _TEASES.search(passage.block.text[:LONGEST_OPENING]):
            continue
        first = _first_price(passage, prices)
        opened = _opening(passage)
        if opened is None or (first is None and not _turns(passage)):
            own = _value(first) or own if turns else own
            continue
        market, named, is_ahead = opened
        if turns and _kin(turns[-1][1]) == _kin(market):
            continue
        if turns and not is_ahead and own is not None and first is not None and _is_near(first, own):
            continue
        turns.append((at, market, named))
        own = _value(first)
    if len({_kin(market) for _, market, _ in turns}) < 2:
        return ()
    before = passages[: turns[0][0]]
    if any(_first_price(p, prices) for p in before if p.place.topic != "dismissed"):
        turns.insert(0, (0, "", Span(start=0, end=0)))  # the first market is named in the title, or not at all
    ends = [*(at for at, _, _ in turns[1:]), len(passages)]
    return tuple(
        Part(
            at,
            end,
            market,
            Span(start=passages[at].block.span.start, end=passages[end - 1].block.span.end),
            named,
            *_band(passages[at:end], prices),
        )
        for (at, market, named), end in zip(turns, ends, strict=True)
    )


def _band(passages: Sequence[Passage], prices: Prices) -> tuple[int | None, int]:
    """Where most prices of some passages lie, and how many different ones do."""
    zones = [
        (prices.band_of(q), q) for p in passages for x in p.pieces for t in x.tokens if prices.is_price(t) and (q := t.quantity)
    ]
    found = {(band, price) for band, q in zones for price in (q.low, q.high)}
    return next(iter(Counter(band for band, _ in found).most_common(1)), (None, 0))


def _value(token: Token | None) -> float | None:
    return token.quantity.low if token is not None and token.quantity is not None else None


def _is_near(token: Token, own: float) -> bool:
    return token.quantity is not None and 1 / SAME < token.quantity.low / own < SAME


def _turns(passage: Passage) -> bool:
    """Whether a passage without prices may turn to a market: a heading, or a question about one."""
    return passage.is_head or (len(passage.block.text) <= LONGEST_QUESTION and bool(_ASKS.search(passage.block.text)))


def _first_price(passage: Passage, prices: Prices) -> Token | None:
    return next((t for piece in passage.pieces for t in piece.tokens if prices.is_price(t)), None)


def _opening(passage: Passage) -> tuple[str, Span, bool] | None:
    """The market that a passage opens with, where it is named, and whether nothing stands before it."""
    text = passage.block.text
    begin = found.end() if (found := MARKER.match(text)) else 0
    begins = [begin] + ([said.end()] if (said := SPEAKER.match(text, begin)) else [])
    for start in begins:
        found = _TURNS_TO.match(text, start)
        opened = _named_at(text, found.end() if found else start)
        if opened is not None:
            market, low, high, is_ahead = opened
            first = passage.block.span.start
            return market, Span(start=first + low, end=first + high), is_ahead
    return None


def _named_at(text: str, begin: int) -> tuple[str, int, int, bool] | None:
    here = text[begin : begin + LONGEST_OPENING]
    named = next((m for m in mentions(here) if not re.search(r"\d\s?$", here[: m.start])), None)
    loose = _OPENS.match(here)
    if loose is not None and (named is None or named.start > loose.end()):
        symbol = list(_OPENINGS)[next(n for n in range(len(_OPENINGS)) if loose[f"s{n}"])]
        return symbol, begin, begin + loose.end(), True
    if named is not None:
        return named.symbol, begin + named.start, begin + named.end, named.start <= 1
    if code := _CODE.match(here):
        return code["name"], begin, begin + code.end(), True
    return None


_SAME_AS = {"BTCUSD": "BTC", "ETHUSD": "ETH", "SOLUSD": "SOL", "RUT": "RTY", "FDAX": "DAX", "US": "ZB", "TY": "ZN", "FV": "ZF"}


def _kin(symbol: str) -> str:
    """One name for the future, the index and the micro of a market."""
    return FUTURE_OF.get(symbol, _SAME_AS.get(symbol, symbol))
