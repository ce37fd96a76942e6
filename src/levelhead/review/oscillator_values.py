"""Values of oscillators that no usual words lead to: what one has come to, what stands alone behind its name, or is told next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.passages import Piece
from levelhead.review.said import SUPPOSED, Indicator
from levelhead.review.tokens import Token
from levelhead.review.value_names import names_of

LOWEST, HIGHEST = 4.0, 97.0  # what an RSI comes to
REACH = 60  # characters before a number that may say it is one of now
_NOW_AT = re.compile(
    r"\b(?:now|currently|today|presently)\b(?:[\w\s,]{0,30}?\b(?:at|toward|towards|near|to|around|above|below|"
    r"reads))?\s(?:about\s|~|≈)?$",
    re.I,
)
# Numbers beside an RSI that are marks it is held against, lengths and former values.
_MARK = re.compile(
    r"(?:\b(?:above|below|over|under|beneath|through|past|cross(?:es|ed|ing)?|than|from|of|was|were|had been|hit|peaked|"
    r"touched|reached|"
    r"to|between|and|or|since|until|if|would|could|should|week|wave|day|last|past|previous|at least|the)|[<>≥≤/])\s?"
    r"(?:the\s|at\s|about\s|near\s)?$",
    re.I,
)
_NO_VALUE = re.compile(
    r"[-\s]?(?:days?|weeks?|months?|sessions?|periods?|bars?|years?|hours?|line|level|mark|zone|threshold|points?|and)\b|%|:\d",
    re.I,
)
_PER_CENT = re.compile(r"\s?[:=]?\s{0,3}")
_TOLD = re.compile(
    r"^\W*(?:(?:and|so|but|well)\s)?(?:(?:the|its|that|this|our|my)\s)?(?:(?:daily|current|latest|14-day|last|actual|"
    r"today[’']s)\s)?"
    r"(?:one|reading|figure|number|value|gauge|indicator|oscillator|it|line|average|mean|that|yes|no|answer|print)\b[^.;\d]{0,24}"
    r"(?:\b(?:is|was|stands|sits|reads|at|now|lies|runs|says|shows)|[:=,–—])\s?(?:at\s|about\s|around\s|near\s)?[~≈]?[$€£]?$",
    re.I,
)


def now_at(piece: Piece, found: Sequence[Indicator]) -> Iterator[Indicator]:
    """What an oscillator has come to: 'recovered from levels near 35, now climbing toward 49'; else the number behind an RSI."""
    oscillators = [t for t in piece.tokens if t.kind == "oscillator"]
    if len(oscillators) != 1 or any(f.name == oscillators[0].names[0] for f in found):
        return
    name = oscillators[0].names[0]
    told = next((t for t in _numbers(piece) if _NOW_AT.search(piece.text[max(0, t.start - REACH) : t.start])), None)
    if told is None and name.startswith("rsi_"):
        told = _alone_behind(piece, oscillators[0])
    if told is None and name.startswith("atr_"):
        told = _moves_behind(piece, oscillators[0])
    if told is not None and told.quantity is not None:
        yield Indicator(name=name, value=told.quantity.money, words=piece.text[:160], span=piece.span(told), sure=SUPPOSED)


_MOVES = re.compile(r"\s?(?:points?|pts?|pips|ticks|cents|handles)\b", re.I)
_OF_SOMETHING_ELSE = re.compile(r"\b(?:stops?|targets?|above|below|than|from|was|were|times)\b|[;.]\s|\d\s?%", re.I)


def _moves_behind(piece: Piece, name: Token) -> Token | None:
    """'Average true range (14) is running 43.5 points': so many points right behind the name, whatever leads there."""
    for token in _numbers(piece):
        if token.start >= name.end and _MOVES.match(piece.text, token.end):
            return None if _OF_SOMETHING_ELSE.search(piece.text[name.end : token.start]) else token
    return None


def _numbers(piece: Piece) -> Iterator[Token]:
    return (t for t in piece.tokens if t.kind == "number" and t.quantity is not None)


def _alone_behind(piece: Piece, name: Token) -> Token | None:
    """The one number behind an RSI that may be its value, no mark and no length; '54.71%' too, where it follows at once."""
    found: list[Token] = []
    for token in piece.tokens:
        q = token.quantity
        if token.start < name.end or q is None:
            continue
        is_per_cent = token.kind == "percent" and bool(_PER_CENT.fullmatch(piece.text[name.end : token.start]))
        if not (token.kind == "number" or is_per_cent) or q.low != q.high or not LOWEST <= q.low <= HIGHEST or q.unit == "$":
            continue
        if not is_per_cent and (_MARK.search(piece.text[: token.start]) or _NO_VALUE.match(piece.text, token.end)):
            continue
        if any(names_of(t) or t.text in ";" for t in piece.tokens if name.end <= t.start < token.start):
            break
        found.append(token)
    return found[0] if len({t.quantity.low for t in found if t.quantity}) == 1 else None


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
