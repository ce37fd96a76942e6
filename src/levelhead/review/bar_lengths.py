"""On which bars a value stands: 'the weekly RSI', 'RSI (4h)', 'on the monthly chart'. Where nothing is said, on the note's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.said import Indicator, ReadStatement

REACH = 48  # characters before a name in which the length of its bars may be said
_OSCILLATOR = re.compile(r"(?:rsi|atr|macd|adx|cci|mfi|stochastic)\b|(?:rsi|atr|adx|cci|mfi)_\d+")
_OF_BARS = re.compile(r"(?:higher|lower) (?:highs|lows)|no lower lows|no higher highs|above|below|rising|falling|flattening")
_LENGTHS = {
    "w": r"weekly|w1|1w|wk",
    "m": r"monthly|1mo?n?",
    "h": r"hourly|(?:\d{1,3}|one|two|four|eight)[- ]?(?:h|hr|hour|min|minute)s?|h[1248]|m(?:5|15|30)|intraday",
}
_QUALIFIED = {
    length: (
        # right before the name: 'the weekly RSI', 'weekly chart: RSI', 'on the weekly chart the RSI'
        re.compile(
            rf"\b(?:{words})(?:[ -](?:chart|charts|time ?frame|tf|bars?|basis|swings?|structure|momentum|picture))?"
            r"[\s:,(-]{0,3}(?:(?:the|its|shows?|makes?|make|with|a|an|has|have|are|is|of|making|printing)\s){0,3}$",
            re.I,
        ),
        # right after it: 'RSI (weekly)', 'RSI on the weekly chart'
        re.compile(rf"^[^.;\n\d]{{0,12}}(?:\(|on (?:a |the )?)(?:{words})\b", re.I),
    )
    for length, words in _LENGTHS.items()
}


_SENTENCE = {
    length: re.compile(rf"^\W{{0,4}}(?:on|from) (?:a |the )?(?:{words})[ -](?:chart|charts|time ?frame|bars|basis)\b", re.I)
    for length, words in _LENGTHS.items()
}
_END = re.compile(r"[.!?;]\s|\n")
LONGEST = 600  # characters of a sentence that are looked at


_NAMED = re.compile(rf"\W*(?:{'|'.join(_LENGTHS.values())})(?:[ -](?:chart|charts|time ?frame|tf|bars?|basis|candles?))?\W*", re.I)


def names_other_bars(cell: str) -> bool:
    """Whether a cell or the name of a column is nothing but a length of bars other than a day: 'Weekly', '4H', '60-min chart'."""
    return bool(_NAMED.fullmatch(cell))


def length_of(text: str, start: int, end: int) -> str:
    """'w', 'm' or 'h' (any bar shorter than a day) where the words around it, or the first of its sentence, say so."""
    before, name = text[max(0, start - REACH) : start], text[start : min(end, start + REACH)]
    for length, (ahead, behind) in _QUALIFIED.items():
        words = re.match(r"[A-Za-z]+(?:\(\d+\))?", name)
        if ahead.search(before) or behind.match(name[words.end() :] if words else name):
            return length
    return _length_of_sentence(text, start)


def _length_of_sentence(text: str, start: int) -> str:
    """Of 'On the weekly chart, price ... and RSI ...': the whole sentence is of weekly bars."""
    begun = max(0, start - LONGEST)
    ends = [match.end() for match in _END.finditer(text, begun, start)]
    sentence = text[ends[-1] if ends else begun : start]
    return next((length for length, words in _SENTENCE.items() if words.match(sentence)), "")


def on_their_bars(text: str, indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The same values, an oscillator of longer or shorter bars named after them: 'rsi_14w', 'rsi_14m', 'rsi_14h'."""
    return tuple(_on_its_bars(text, said) for said in indicators)


def on_own_bars(text: str, statements: Sequence[ReadStatement]) -> tuple[ReadStatement, ...]:
    """The statements but those about the swings and averages of other bars, which the note's own can neither confirm nor deny."""
    return tuple(
        said
        for said in statements
        if not (_OF_BARS.match(said.kind) and "day" not in said.text and _of_other_bars(text, said.span.start, said.span.end))
    )


def _on_its_bars(text: str, said: Indicator) -> Indicator:
    if not _OSCILLATOR.match(said.name):
        return said
    length = length_of(text, said.span.start, said.span.end)
    head, dot, tail = said.name.partition(".")
    return replace(said, name=f"{head}{length}{dot}{tail}") if length else said


def _of_other_bars(text: str, start: int, end: int) -> bool:
    """Whether the words before it say so, or those before the pair it ends: 'weekly swings make higher highs and lower lows'."""
    pair = re.search(r"(?:higher|lower) (?:highs|lows) and $", text[max(0, start - REACH) : start], re.I)
    return bool(length_of(text, start - len(pair[0]) if pair else start, end))
