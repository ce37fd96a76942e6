"""The last price of a note that calls none so: of the prices that nothing was read from, the one for which most cues speak.

Each cue alone is too weak to tell: the market's name before it, 'at', a day, a verb of trading, its place between the levels, its
digits. Their weights are the logistic regression of 'this is a last price' on the prices of the notes in tests/review that are no
level, plan or end, rounded to a tenth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from levelhead.review.instruments import mentions
from levelhead.review.led_prices import NO_NAME
from levelhead.review.market_parts import Part
from levelhead.review.numbers import Quantity
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, Indicator, ReadLevel
from levelhead.review.text import Span
from levelhead.review.tokens import Token

BASE = -2.1
ENOUGH, ENOUGH_ALONE = 0.5, 1.0  # where levels, plans or scenarios were read; where nothing but other values was
LONGEST_LEAD, LONGEST_CLAUSE, LONGEST_BEHIND, NEAR_NAME = 120, 80, 60, 18
OPENED = 1.0  # for the first price of a part
PER_CLAUSE = -1.7  # for a clause of eighty characters before the price
FIRST, FRAMED, NAMED, NAMED_NEAR, ALONE, FINEST, ROUND, AGAIN, IN_ROW, IN_HEAD = 1.3, 1.4, 0.9, 1.1, 0.9, 0.7, -1.9, -1.5, 0.7, 0.7
_CLAUSE = re.compile(r"[.;!?]\s|\n|\s[–—|•]\s|,\s(?:and|but|while|where|with|which|so)\s")
# What the clause before a price speaks of.
_AHEAD: Mapping[re.Pattern[str], float] = {
    re.compile(rf"\b(?:{words})", re.I): weight
    for words, weight in (
        (r"at\s*(?:about |around |near |roughly )?[~≈]?[$€£]?$|(?<=\s)@\s?[$€£]?$", 0.9),
        (
            r"(?:now|currently|today|presently|tonight|this (?:morning|afternoon|evening)|overnight|last|latest|yesterday|friday|"
            r"monday|tuesday|wednesday|thursday|right now|here|spot|current|so far|still)\b",
            1.8,
        ),
        (
            r"(?:clos(?:e|es|ed|ing)|settl\w+|finish\w*|end(?:s|ed|ing)?|trad(?:es?|ed|ing)|quot\w+|chang\w+ hands|left|went out|"
            r"price[sd]?|costs?|fetch\w*|print(?:s|ed|ing)?|open(?:s|ed)?|marked|bid|offered|st(?:ands|ood)|sits?)\b",
            1.7,
        ),
        (
            r"(?:index|price|market|futures?|contract|pair|stock|shares|metal|coin|cash|we|it|bond|note|etf|futs|currency|token|"
            r"cable|tape|screen)\b",
            0.2,
        ),
        (
            r"(?:if|unless|until|once|should|would|could|may|might|must|when|above|below|beneath|over|under|through|past|beyond|"
            r"break\w*|reclaim\w*|los[ets]\w*|hold\w*|clear\w*|fail\w*|need\w*|toward\w*|while|as long)\b",
            -0.7,
        ),
        (
            r"(?:supports?|resistances?|res|supp?|pivot(?:al)?|floor|ceiling|levels?|zone|area|lid|cap|barrier|hurdle|bids?|offers?|"
            r"buyers|sellers|trend ?line|channel|average|[se]?d?ma|day|gap|fib\w*|retrace\w*|s\d|r\d)\b",
            -0.5,
        ),
        (
            r"(?:entry|enter|stop|target\w*|tp|sl|long|short|buy|bought|sell|sold|objective|risk|position|shorted|longed|limit|strike|calls?|"
            r"puts?|option\w*|expected move|margins?|fees?|forecasts?|consensus|estimates?|bot|sld|fills?|filled|where)\b",
            -1.6,
        ),
        (
            r"(?:highs?|lows?|peak|record|top|bottom|since|from|year|month|week|years|ago|19\d\d|20[012]\d|prior|previous|former|"
            r"open)\b",
            -0.9,
        ),
    )
}
_TRADED = re.compile(r"\b(?:shorted|longed|bought|sold|stopped|filled)\s(?:\w+\s){0,3}(?:at|from|near)\s[$€£]?$", re.I)
_OPENS = (re.compile(r"[(\[]\s?[~≈]?[$€£]?$"), 0.6)
# What follows a price.
_BEHIND: Mapping[re.Pattern[str], float] = {
    re.compile(words, re.I): weight
    for words, weight in (
        (
            r"\s?[,(\[–—-]?\s?(?:now|last|currently|here|at the (?:close|open|time|moment|bell)|close|settle\w*|spot|today|"
            r"this morning|overnight|as (?:i|we)|rn|atm|in (?:early|late|morning|afternoon|overnight|asian|european|london|us))\b",
            1.2,
        ),
        (
            r"[^.;|]{0,12}\b(?:supports?|resist\w+|pivot|target|stop|level|zone|high|low|average|day|area|floor|ceiling|call|put|"
            r"strike|or (?:above|below|higher|lower|better))\b",
            -0.3,
        ),
    )
}
_NO_PRICE = re.compile(
    r"\s?(?:%|per ?cent|x\b|times|pips?|ticks?|bp|contracts|lots|shares\b|calls?\b|puts?\b|strikes?|[-/]?day|years?|weeks?|"
    r"[MBT]n?\b|million|billion|moz|tonnes|until|before\b|in (?:19|20)\d\d|(?:a|one|two) (?:week|month|year)|"
    r"is (?:the )?(?:support|resistance|target|stop|level|key)|supports?|resist|target|stop|\?)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Note:
    """What the cues are measured by, of a note or its part about one market: its passages and prices, how often each is printed,
    between which levels it lies. opens: where the name that opens the part ends, None in a note about one market."""

    passages: Sequence[Passage]
    prices: Prices
    band: int
    printed: Mapping[float, int]
    decimals: int
    floor: float
    ceiling: float
    opens: int | None = None

    def may_be(self, token: Token) -> bool:
        """Whether a number is one price of the subject that lies between the levels."""
        q = token.quantity
        return (
            q is not None
            and self.prices.is_price(token)
            and self.prices.band_of(q) == self.band
            and q.low == q.high
            and self.floor <= q.low <= self.ceiling
        )


def lasts_by_place(
    passages: Sequence[Passage],
    prices: Prices,
    parts: Sequence[Part],
    levels: Sequence[ReadLevel],
    values: Sequence[Indicator],
    read: Iterable[Span],
    *,
    is_read: bool = True,
) -> tuple[Indicator, ...]:
    """The numbers that stand for the price itself by what is around them: of a note none of whose prices is called so, or of each
    of its parts in which none is, and of which something else was read.

    levels: those of the note; between supports and resistances it lies. read: spans of all that was read. is_read: whether levels,
    trades or scenarios are among that.
    """
    taken = tuple(read)
    lasts = [v.span for v in values if v.name == "last"]
    if not parts:
        found = _likeliest(_note(passages, prices, levels), taken, is_read=is_read) if taken and not lasts else None
        return (found,) if found is not None else ()
    found_all = []
    known = {part.kin for part in parts if any(part.holds(s) for s in lasts)}
    for part in parts:
        if part.kin in known or not (part.speaks_of_it(taken) or any(part.holds(s) for s in taken)):
            continue
        own = [x for x in levels if part.holds(x.span)]
        note = _note(passages[part.first : part.last], prices, own, part)
        if (found := _likeliest(note, taken, is_read=is_read)) is not None:
            found_all.append(found)
    return tuple(found_all)


def _likeliest(note: _Note, taken: Sequence[Span], *, is_read: bool) -> Indicator | None:
    best, found, is_first = ENOUGH if is_read else ENOUGH_ALONE, None, True
    rows = {p.number for p in note.passages if p.block.kind == "row" and any(_is_in(s, p.block.span) for s in taken)}
    for passage, piece, token in _prices_in((p for p in note.passages if p.number not in rows), note):
        score = BASE + (FIRST if is_first else 0.0) + _score(passage, piece, token, note)
        score += OPENED if is_first and note.opens is not None and not _is_led_away(piece, token) else 0.0
        is_first = is_first and bool(_TRADED.search(piece.text[: token.start]))
        place = piece.span(token)
        if score > best and token.quantity is not None and not any(s.start < place.end and place.start < s.end for s in taken):
            best = score
            found = Indicator(name="last", value=token.quantity.money, words=piece.text[:160], span=place, sure=SUPPOSED)
    return found


def _is_led_away(piece: Piece, token: Token) -> bool:
    """Whether the clause before a price speaks of a level or a way: 'we hold above 6,815'."""
    return bool(NO_NAME.search(_CLAUSE.split(piece.text[max(0, token.start - LONGEST_LEAD) : token.start])[-1]))


def _note(passages: Sequence[Passage], prices: Prices, levels: Sequence[ReadLevel], part: Part | None = None) -> _Note:
    all_of_them = [q for p in passages for piece in p.pieces for t in piece.tokens if prices.is_price(t) and (q := t.quantity)]
    printed: dict[float, int] = {}
    for quantity in all_of_them:
        printed[quantity.low] = printed.get(quantity.low, 0) + 1
    return _Note(
        passages=passages,
        prices=prices,
        band=part.band or 0 if part is not None else 0,
        printed=printed,
        decimals=max((q.decimals for q in all_of_them), default=0),
        floor=max((x.price.low for x in levels if x.side == "support" and x.sure == WRITTEN), default=-math.inf),
        ceiling=min((x.price.high for x in levels if x.side == "resistance" and x.sure == WRITTEN), default=math.inf),
        opens=part.named.end if part is not None and part.market else None,
    )


def _is_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end


def _prices_in(passages: Iterable[Passage], note: _Note) -> Iterator[tuple[Passage, Piece, Token]]:
    for passage in passages:
        if passage.place.topic in ("dismissed", "scenarios", "setups"):
            continue
        for piece in passage.pieces:
            for token in piece.tokens:
                if note.may_be(token) and not _NO_PRICE.match(piece.text, token.end):
                    yield passage, piece, token


def _score(passage: Passage, piece: Piece, token: Token, note: _Note) -> float:
    """The sum of what the cues around one price weigh."""
    assert token.quantity is not None
    clause = _CLAUSE.split(piece.text[max(0, token.start - LONGEST_LEAD) : token.start])[-1]
    behind = piece.text[token.end : token.end + LONGEST_BEHIND]
    named = max((m.end for m in mentions(clause)), default=None)
    score = PER_CLAUSE * min(1.0, len(clause) / LONGEST_CLAUSE)
    score += sum(weight for pattern, weight in _AHEAD.items() if pattern.search(clause))
    score += sum(weight for pattern, weight in _BEHIND.items() if pattern.match(behind))
    score += _OPENS[1] if _OPENS[0].search(clause) else 0.0
    score += NAMED if named is not None else 0.0
    score += NAMED_NEAR if named is not None and len(clause) - named <= NEAR_NAME else 0.0
    score += ALONE if sum(note.prices.is_price(t) for t in piece.tokens) == 1 else 0.0
    score += FRAMED if math.isfinite(note.floor) and math.isfinite(note.ceiling) else 0.0
    score += IN_ROW if passage.block.kind == "row" else 0.0
    score += IN_HEAD if passage.is_head else 0.0
    return score + _of_digits(token.quantity, note)


def _of_digits(quantity: Quantity, note: _Note) -> float:
    """A last price has the digits of the market's tick; a level is round, and said again."""
    score = FINEST if note.decimals and quantity.decimals == note.decimals else 0.0
    score += ROUND if quantity.decimals == 0 and quantity.low % 10 ** max(0, quantity.size - 2) == 0 else 0.0
    return score + (AGAIN if note.printed.get(quantity.low, 0) > 1 else 0.0)
