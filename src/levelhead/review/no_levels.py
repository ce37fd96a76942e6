"""What makes a price of a sentence no level whatever stands near: it bounds a move, a line begins there, the market is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from levelhead.review.alternatives import by_first_letter
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.said import ReadLevel, ReadSetup
from levelhead.review.text import Span
from levelhead.review.tokens import Token

NEAR = 70  # characters before a price
_MOVE = by_first_letter(
    r"moves?|rall(?:y|ies)|declines?|advances?|legs?|waves?|swings?|drops?|falls?|rises?|slides?|sell-?offs?|climbs?|slumps?|"
    r"rebounds?|recover(?:y|ies)|corrections?|pull-?backs?|bounces?|up-?swings?|down-?swings?|impulses?|surges?|plunges?|"
    r"draw-?downs?|retracements?|retreats?|round trips?|bull market|bear market|up-?moves?|down-?moves?|sequence|trip|"
    r"journey|tumble|descent|ascent|squeeze|crash|collapse|spike|rout|reversal"
)
_MADE = r"(?:[\w’'/-]+\s){0,5}?"
_MONEY = r"(?:US|C|A)?[$€£¥]?"
_FROM = re.compile(
    rf"\b{_MOVE}\s(?:\w+\s){{0,4}}?(?:from|off|since)\s{_MADE}[(]?[~≈]?{_MONEY}$|"
    rf"\b(?:fib\w*|retrac\w+)\s[^.;\d]{{0,40}}\b(?:from|of)\s{_MADE}{_MONEY}$",
    re.I,
)
_TO = re.compile(rf"[)]?(?:\s[\w’'/-]+){{0,5}}?\s(?:down |up |back )?to\s{_MADE}[(]?[~≈]?{_MONEY}", re.I)
_BETWEEN = re.compile(
    rf"\b{_MOVE}\s(?:\w+\s){{0,3}}?between\s{_MADE}{_MONEY}$|\b(?:fib\w*|retrac\w+|map|grid)\s(?:\w+\s){{0,3}}?between\s{_MADE}{_MONEY}$",
    re.I,
)
_AND = re.compile(rf"[)]?(?:\s[\w’'/-]+){{0,5}}?\sand\s{_MADE}[(]?[~≈]?{_MONEY}", re.I)
_SPANNED = re.compile(rf"\s(?:[a-z]+\s)?{_MOVE}\b(?!\s(?:in|at|near|zone|resistance|support|high|low))", re.I)
_ARROW = re.compile(rf"\s?(?:→|->|➔|➜|=>|–>)\s?{_MONEY}\d[\d.,’']*\s(?:[a-z]+\s)?{_MOVE}\b", re.I)
_BY_ARROW = re.compile(r"\d\s?(?:→|->|➔|➜|=>)\s?\D{0,2}$")
_LINE_FROM = re.compile(
    r"\b(?:line|trend ?lines?|channel|line of support|diagonal|rail|wedge|fan)\b[^.;,:\d]{0,40}?"
    r"\b(?:from|off(?: of)?|through|joining|connecting|since|between|drawn)\b[^.;:\d]{0,40}?"
    rf"(?:highs?|lows?|peaks?|troughs?|tops?|bottoms?|base|start|origin)\.?\s(?:of\s|\(|in \w+ \(?){_MONEY}$",
    re.I,
)
_WE_ARE_AT = re.compile(
    r"(?:\b(?:price|spot|market|tape|index|contract|future|pair|we|it)\s(?:is|are|sits?|stands?|trades?|trading|hovers?|now|"
    r"currently|last)\s(?:now\s|currently\s|just\s|still\s)?(?:at|near|around)|"
    r"\b(?:last|currently|now)\s(?:seen|quoted|traded|trading|done|changing hands)\s(?:at|near|around)|"
    r"^\W*(?:with|as)\s(?:the\s)?(?:[A-Za-z&/]+\s){1,3}?(?:last\s|now\s|currently\s|spot\s)?(?:at|near|around))"
    rf"\s(?:the\s|about\s|roughly\s)?[~≈]?{_MONEY}$",
    re.I,
)
_IS_SPOT = re.compile(
    r"\s?,\s?(?:which is |that is )?(?:the|our|its|today['’]s|this morning['’]s)\s(?:spot|last|current|market|closing|latest)"
    r"(?:\s(?:rate|price|quote|print|reference))\b|\s?\((?:spot|last|current|now|market|the (?:last|spot|current) price)\)",
    re.I,
)
# 'and I would not call it support'
_NO_SIDE = re.compile(
    r",?\s(?:and|but|though|although|which)?\s?(?:i|we|he|she|they|one)\s(?:(?:would|do|will|can|could|did)(?:\snot|n['’]t)|cannot|"
    r"never|hardly)\s(?:really\s)?(?:call|count|regard|treat|see|consider|mark|rate)\s(?:it|that|this|them)\b",
    re.I,
)
# '108K (200-day MA at 108.4K just above it)': only where it lies from the level
_BESIDE_IT = re.compile(
    r"\s(?:sits?\s|lies\s|is\s|runs\s|comes in\s)?(?:just|right|slightly|a (?:touch|shade|bit|little|hair)|not far|"
    r"only)\s(?:above|below|beneath|under|over|behind)(?:\s(?:it|that|this|there))?\s?\)",
    re.I,
)
_CALLED = re.compile(
    r"\s?\(?(?:[a-z-]+\s){0,2}?(?:supp?(?:ort)?|res(?:istance)?|pivot|floor|ceiling|demand|supply|barrier|hurdle)\b", re.I
)
_CALLS = re.compile(
    r"\b(?:supports?|resistances?|pivot|floor|ceiling)(?:\s(?:is|at|near|around|of|from|seen|comes in|level|zone|area|then|the))*"
    rf"\s?[:(]?\s?[~≈]?{_MONEY}$",
    re.I,
)


def is_no_level(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> bool:
    """Whether the price at token `index` only bounds a move or begins a line, or is where the market is.

    'The 61.8% retracement of the rally from 3,886 to 4,381', 'the line off the April low (0.5914)', 'and we sit at 4,065'. What
    is called support or resistance right beside it stays a level.
    """
    token, text = piece.tokens[index], piece.text
    before, after = text[max(0, token.start - NEAR) : token.start], text[token.end : token.end + NEAR]
    if _WE_ARE_AT.search(before) or _IS_SPOT.match(after) or _NO_SIDE.match(after) or _BESIDE_IT.match(after):
        return True
    if _quotes_market(piece, index) or _OF_A_NUMBER.match(after):
        return True
    if _CALLED.match(after) or _CALLS.search(before):
        return False
    if _LINE_FROM.search(before):
        return True
    return _bounds_move(piece, index, is_price)


_OF_A_NUMBER = re.compile(r"/(?:19|20)\d\d\b|/\d{1,4}/\d{2,4}\b")  # 'MCI (P) 118/02/2024': a permit's, not a price


def _quotes_market(piece: Piece, index: int) -> bool:
    """'Key technical levels – USD/INR: 88.65': what a market stands at, behind its name at the end of a title."""
    tokens = piece.tokens
    if index < 2 or index + 1 < len(tokens) or tokens[index - 1].text not in (":", "@"):
        return False
    return tokens[index - 2].kind == "instrument" and not any(t.says.get("side") in ("support", "resistance") for t in tokens)


_SAYS_SIDE = re.compile(
    r"\b(?:supp?(?:orts?)?|res(?:istances?)?|pivots?|floors?|ceilings?|demand|supply|hurdles?|barriers?|levels?|lid|cap|caps|"
    r"cushion|[SR][1-4]|average|[se]?ma|high|low|gap|retracement)\b",
    re.I,
)
BESIDE = 36  # characters


def of_this_market(levels: Iterable[ReadLevel], prices: Prices, instruments: Sequence[str], plain: str) -> Iterator[ReadLevel]:
    """The levels of a note of one market without the numbers far from its prices of which no side is said: days, ratios, counts."""
    for level in levels:
        if len(instruments) != 1 or not prices.is_of_another(level.price) or (level.side and _is_named_beside(level, plain)):
            yield level


def _is_named_beside(level: ReadLevel, plain: str) -> bool:
    """Whether a word for a level stands near a price."""
    return bool(_SAYS_SIDE.search(plain[max(0, level.span.start - 2 * BESIDE) : level.span.end + BESIDE]))


FEWEST_VALUES = 2


def is_line_of_values(tokens: Sequence[Token]) -> bool:
    """Whether a line gives values, 'SMA20 2,466.0  SMA50 2,418.5' or 'RSI 66.4 | SMA50 198.7', and calls nothing a side."""
    named = [t.kind for t in tokens if t.kind in ("average", "oscillator")]
    if len(named) < FEWEST_VALUES or "average" not in named:
        return False
    numbers = sum(t.kind == "number" for t in tokens)
    others = any("side" in t.says or t.kind == "pivot" or "extreme" in t.says or "gap" in t.says for t in tokens)
    is_bare = sum(t.kind == "word" for t in tokens) <= 1  # a sentence of two averages tells what they do
    return is_bare and not others and numbers <= len(named) + 1


def without_entries(levels: Sequence[ReadLevel], setups: Sequence[ReadSetup], plain: str) -> tuple[ReadLevel, ...]:
    """The levels without the prices at which a trade is entered, where no more is said of them than that somebody buys or sells.

    'Fade strength: offers 1.0925/35, stop 1.0975, take profit 1.0850' tells of a trade alone.
    """
    entries = [(s.entry.low, s.entry.high, s.span) for s in setups]
    return tuple(x for x in levels if not _is_entry(x, entries, plain))


def _is_entry(level: ReadLevel, entries: Sequence[tuple[float, float, Span]], plain: str) -> bool:
    start, end = level.span.start, level.span.end
    if not any(
        (low, high) == (level.price.low, level.price.high) and span.start - BESIDE <= start and end <= span.end + BESIDE
        for low, high, span in entries
    ):
        return False
    return level.kind == "level" and not _SAYS_SIDE.search(plain[max(0, start - BESIDE) : end + BESIDE])


def _bounds_move(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> bool:
    """Whether a move begins or ends at the price."""
    token, text = piece.tokens[index], piece.text
    before, after = text[max(0, token.start - NEAR) : token.start], text[token.end : token.end + NEAR]
    is_zone = token.quantity is not None and bool(token.quantity.joined)
    if is_zone and (_SPANNED.match(after) or _FROM.search(before)):
        return True
    if _ARROW.match(after) or (_BY_ARROW.search(before) and _SPANNED.match(after)):
        return True
    if _begins(before, after):
        return True
    earlier = next((i for i in range(index - 1, max(-1, index - 12), -1) if is_price(piece.tokens[i])), None)
    if earlier is None:
        return False
    start = piece.tokens[earlier]
    between = text[start.end : token.start]
    ahead = text[max(0, start.start - NEAR) : start.start]
    return bool(_FROM.search(ahead) and _TO.fullmatch(between)) or bool(_BETWEEN.search(ahead) and _AND.fullmatch(between))


def _begins(before: str, after: str) -> bool:
    """Whether a move that goes on to another price begins here."""
    return bool(_FROM.search(before) and re.match(_TO.pattern + r"\d", after, re.I)) or bool(
        _BETWEEN.search(before) and re.match(_AND.pattern + r"\d", after, re.I)
    )
