"""Ranges that a note expects: 'the options market's band runs from 168.20 to 191.80', 'this week's range: 23,800–25,100'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.conditions import LONGEST
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.said import WRITTEN, Money, ReadScenario
from levelhead.review.tokens import Token

WIDEST = 1.5  # the upper end of a range over its lower one
_NOUN = r"(?:ranges?|bands?|corridors?|box|envelope|cone|brackets?|bandwidth|rails|guardrails|goalposts?)"
_EXPECTED = (
    r"(?:expect(?:s|ed|ing|ation)?|implie[sd]|imply|implied|likely|probable|projected?|estimated?|forecasts?|anticipated?|"
    r"assum(?:e|ed|ption)|"
    r"predicted|guess|straddle|sigma|σ|standard[- ]deviations?|options?(?:[- ]market)?(?:['’]s)?|call|look(?:s|ing)? for|see|"
    r"pencil(?:led)? in|"
    r"outlook|today['’]?s?|tomorrow['’]?s?|this (?:week|month)(?:['’]s)?|next (?:week|month|few days)(?:['’]s)?|the (?:day|"
    r"week|session)(?:['’]s)?|"
    r"day['’]s|session['’]s|week['’]s|weekly|daily|monthly|trading|our|my)"
)
_STATES = re.compile(
    rf"\b{_EXPECTED}\b[^.;]{{0,60}}\b{_NOUN}\b|\b{_NOUN}\b[^.;\d]{{0,30}}\b{_EXPECTED}\b|\bexpected move\b|\b(?:weekly|daily|"
    rf"monthly) {_NOUN}\b|\b(?:between|within|inside)\s[^;]{{3,40}}?(?:['’]ll|\b(?:will|should|to|can))\s(?:\w+\s){{0,2}}"
    r"(?:stays?|remains?|sits?|trades?|ranges?|chops?|rotates?|go on|carry on|continue)\b",
    re.I,
)
_NOT_AHEAD = re.compile(
    r"\b(?:yesterday|last (?:week|month|year|night|session)|prior|previous|overnight|52|opening|initial balance|so far|"
    r"year[- ]to[- ]date|ytd|"
    r"since|was|were|has been|have been|traded|had|did|average true|true range|asian|european|london|globex|ranged|"
    r"within the last|past|held in|"
    r"average|typical(?:ly)?|normal(?:ly)?|range (?:high|low|top|bottom)|supports?|resistances?|breakout|break(?:s|"
    r"ing)? (?:of|out|above|below)|"
    r"clos(?:e|es|ing) (?:above|below|outside)|buy|sell|stop|target)\b",
    re.I,
)
_HEAD = re.compile(
    rf"^\W*(?:[\w’'-]+\s){{0,3}}?(?:(?:{_EXPECTED})\b[^.;\d]{{0,40}}\b{_NOUN}\b|expected moves?\b)[^.;]{{0,40}}$", re.I
)
_ENDS = (
    re.compile(
        r"\s?(?:yen|usd|points?|pts|dollars|euros?|cents)?\s?(?:up |down )?(?:to|and|-|–|—|/|<>|↔|~|;|\.\.\.?|"
        r"…)\s?(?:about )?[$€£¥~≈]?\s?",
        re.I,
    ),
    re.compile(
        r"[\s(,]*(?:on|at|as|is|for)?\s?(?:the )?(?:low|bottom|lower|down|floor|under)(?:er)?(?:[- ]?(?:side|end|edge|bound|"
        r"limit|rail))?\)?[\s,;/–-]*"
        r"(?:and |to |with )?(?:the )?(?:high(?: end)?:?|top:?|upper (?:end|bound):?)?\s?[$€£¥~≈]?\s?",
        re.I,
    ),
    re.compile(
        r"[\s,;/–-]*(?:and |to |with )?(?:a |the )?(?:high|top|upper (?:end|bound|edge|limit)|ceiling|roof)(?: (?:of|"
        r"at|is|near))?\s?[:=]?\s?[$€£¥~≈]?\s?",
        re.I,
    ),
)


def range_in(piece: Piece, prices: Prices, horizon: int | None, title: str = "") -> Iterator[ReadScenario]:
    """The range that a sentence, or the heading above it, says is expected; title: that heading."""
    text = piece.text
    priced = [t for t in piece.tokens if prices.is_price(t)]
    found = _bounds(text, priced)
    if found is None or not 1 < found.high / found.low < WIDEST:
        return
    is_headed = bool(title) and len(text) <= 80 and bool(_HEAD.match(title)) and not _NOT_AHEAD.search(title)
    if len(text) > LONGEST or _NOT_AHEAD.search(text) or not (is_headed or _STATES.search(text)):
        return
    yield ReadScenario(direction="range", title=text[:120], zone=found, sessions=horizon, span=piece.span(), sure=WRITTEN)


def _bounds(text: str, priced: Sequence[Token]) -> Money | None:
    """The two ends: a zone alone, or a lower and a higher price with words between them that say so."""
    for token in priced:
        assert token.quantity is not None
        if token.quantity.low < token.quantity.high:
            return token.quantity.money
    if len(priced) < 2:
        return None
    one, two = priced[0], priced[1]
    assert one.quantity is not None
    assert two.quantity is not None
    if any(pattern.fullmatch(text[one.end : two.start]) for pattern in _ENDS):
        low, high = sorted((one.quantity.low, two.quantity.low))
        return Money(low=low, high=high)
    return None
