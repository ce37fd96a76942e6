"""The bias a note states, by horizon: its words, how far they lean, and the price that would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.horizons import TERM, sessions_of_term, span_in, term_in
from levelhead.review.passages import Passage
from levelhead.review.prices import Prices
from levelhead.review.said import WRITTEN, Money, ReadBias
from levelhead.review.text import Span

_WORD = (
    r"(?:bullish|bearish|neutral|positive|negative|constructive|mixed|sideways|range[- ]?bound|consolidation[\w ]{0,16}|"
    r"uptrend|downtrend|up|down|long|short|higher|lower|flat)"
)
BIAS = re.compile(
    r"(?:(?:very|strongly|cautiously|moderately|mildly|slightly|modestly|still|guardedly|tentatively|increasingly)\s)?"
    + _WORD
    + r"(?:(?:\s?(?:to|/|-|–|but|with a)\s?)(?:(?:cautiously|mildly|slightly|moderately|a)\s)?"
    + _WORD
    + r"(?:\s(?:bias|lean|tilt))?)?",
    re.I,
)
_LABEL = re.compile(
    r"^\W{0,6}(?:(?P<label>(?:primary |current |overall |main |daily |weekly |monthly |intraday |market |technical |our |"
    r"today['’]s |session )*(?:trend|bias|stance|view|outlook|perspective|"
    r"market perspective|sentiment|posture|lean|call))(?:\s\([^)]{0,30}\))?\s?[:=–—-]\s?)",
    re.I,
)
_CHANGE = re.compile(
    r"\b(?:unless|until|if|needs?|above|below|over|under|reclaim\w*|flips?|changes?|lose|loses|fails?|invalidat\w+|as long as|"
    r"while|once|turns?)\b",
    re.I,
)
_LEANS = {
    "bull": 1.0,
    "posi": 1.0,
    "cons": 0.5,
    "uptr": 1.0,
    "up": 1.0,
    "long": 1.0,
    "high": 1.0,
    "bear": -1.0,
    "nega": -1.0,
    "down": -1.0,
    "shor": -1.0,
    "lowe": -1.0,
}


def biases_of(passages: Sequence[Passage], prices: Prices) -> tuple[ReadBias, ...]:
    """Every bias that is stated as one, in the order of the text."""
    found: list[ReadBias] = []
    for passage in passages:
        if passage.place.topic == "dismissed" or not passage.pieces:
            continue
        if passage.block.kind == "row":
            found += _of_row(passage, prices)
        else:
            found += _of_line(passage, prices)
    return tuple(found)


def lean_of(words: str) -> float:
    """-1 bearish to 1 bullish; two words give their mean, a cautious one half."""
    parts = re.findall(_WORD, words, re.I)
    leans = []
    for part in parts:
        stem = part.lower()
        leans.append(0.0 if stem.startswith("consolid") else next((v for k, v in _LEANS.items() if stem.startswith(k)), 0.0))
    lean = sum(leans) / len(leans) if leans else 0.0
    return lean / 2 if re.search(r"\b(?:cautious|mild|slight|moderate|modest|guarded|tentative)", words, re.I) else lean


def _of_row(passage: Passage, prices: Prices) -> Iterator[ReadBias]:
    columns = passage.columns
    at = next((n for n, c in enumerate(columns) if re.search(r"\b(?:bias|outlook|trend|view|stance|direction|signal)\b", c)), None)
    if passage.place.topic != "bias" or at is None or at >= len(passage.pieces):
        return
    cell = passage.pieces[at]
    words = BIAS.search(cell.text)
    if words is None:
        return
    horizon = next(
        (p.text for n, p in enumerate(passage.pieces) if n != at and (term_in(p.text + " term") or span_in(p.text))),
        passage.pieces[0].text if at else "",
    )
    term = term_in(horizon) or term_in(horizon + " term")
    rest = [p for n, p in enumerate(passage.pieces) if n != at and p.text != horizon]
    reason = " | ".join(p.text for p in rest if p.text)
    change = next(
        (t.quantity.money for p in [cell, *rest] for t in p.tokens if t.quantity is not None and prices.is_price(t)), None
    )
    stated = span_in(horizon)
    yield ReadBias(
        horizon=term,
        sessions=stated.sessions if stated else sessions_of_term(term),
        bias=words.group().strip(),
        lean=lean_of(words.group()),
        reason=reason,
        change_at=change,
        span=passage.block.span,
        sure=WRITTEN,
    )


def _of_line(passage: Passage, prices: Prices) -> Iterator[ReadBias]:
    """'Short-Term (1-2 Weeks): Bearish to Neutral – …', 'Primary trend: Bullish', 'Daily bias – bullish above 6,810'."""
    text = passage.block.text
    if len(text) > 600:
        return
    term = TERM.search(text[:30])
    label = _LABEL.match(text)
    if term is not None and re.match(r"\W{0,6}$", text[: term.start()]):
        rest = re.match(
            r"(?:[- ]?term)?\s?(?:\([^)]{0,40}\))?\s?(?:trend|bias|outlook|view|stance)?\s?(?:\([^)]{0,40}\))?\s?[:=–—-]\s?",
            text[term.end() :],
        )
        if rest is None:
            return
        start, horizon = term.end() + rest.end(), text[: term.end() + rest.end()]
    elif label is not None:
        start, horizon = label.end(), text[: label.end()]
    else:
        return
    words = BIAS.match(text[start:].lstrip(" \t"))
    if words is None:
        return
    yield _bias(passage, prices, horizon, words, start)


def _bias(passage: Passage, prices: Prices, horizon: str, words: re.Match[str], start: int) -> ReadBias:
    text = passage.block.text
    name = term_in(horizon)
    stated = span_in(horizon)
    end = start + words.end() + (len(text[start:]) - len(text[start:].lstrip(" \t")))
    reason = text[end:].strip(" –—:-.,;()")
    change = _change(passage, prices, passage.block.span.start + end) if _CHANGE.search(reason) else None
    return ReadBias(
        horizon=name,
        sessions=stated.sessions if stated else sessions_of_term(name),
        bias=words.group().strip(),
        lean=lean_of(words.group()),
        reason=reason,
        change_at=change,
        span=Span(start=passage.block.span.start, end=passage.block.span.end),
        sure=WRITTEN,
    )


def _change(passage: Passage, prices: Prices, after: int) -> Money | None:
    for piece in passage.pieces:
        for token in piece.tokens:
            if piece.start + token.start >= after and token.quantity is not None and prices.is_price(token):
                return token.quantity.money
    return None
