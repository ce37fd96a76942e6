"""What stands around a price: the words before and behind it, its sentence, row and column, its heading, its format and place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import Money
from levelhead.review.text import Span
from levelhead.review.tokens import Token

Zone = tuple[float, float]
FARTHEST_BEFORE, FARTHEST_BEHIND, FARTHEST_SAYS = 10, 8, 6
MOST_PRICES = 400  # of a note; one of usual length holds some thirty
LONGEST_WORDS = 160
MOST_TOKENS = 300  # of a sentence
_HOW_FAR = ("", "1", "2", "3", "4", "4", "5-6", "5-6", "7+", "7+", "7+")
_STEPS = (0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3)  # logarithms of the ratio to the price in the middle
_SHORT = {
    "number": "NUMBER", "percent": "PERCENT", "average": "AVERAGE", "oscillator": "OSCILLATOR", "pivot": "PIVOT", "date": "DATE",
    "time": "TIME", "horizon": "HORIZON", "instrument": "INSTRUMENT", "count": "COUNT",
}  # fmt: skip
_TOLD_BY_VALUE = frozenset({"side", "last", "beyond", "extreme", "target", "stop", "entry"})
_TRADE = ("side=", "last", "beyond", "target", "stop", "entry", "extreme", "event")
_WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One place at which a price stands, and the cues around it there.

    words: its sentence, shortened. band: which market's it is. is_bare: whether it is whole, without a sign of money.
    """

    price: Money
    span: Span
    words: str
    band: int
    is_bare: bool
    cues: tuple[str, ...]

    @property
    def zone(self) -> Zone:
        """Its low and high, by which its places are known to be one price's."""
        return self.price.low, self.price.high


def cues_of(passages: Sequence[Passage], prices: Prices) -> dict[Zone, tuple[set[str], list[Occurrence]]]:
    """The cues of each price of a note, those of all its places together, in the order of the text."""
    places = list(_occurrences(passages, prices))
    middles = {band: _middle([o.zone[0] for o in places if o.band == band]) for band in {o.band for o in places}}
    found: dict[Zone, tuple[set[str], list[Occurrence]]] = {}
    seen: set[int] = set()
    for number, here in enumerate(places):
        cues, at = found.setdefault(here.zone, (set(), []))
        cues.update(here.cues)
        cues.add(f"ratio to the middle: {_ratio((here.zone[0] + here.zone[1]) / 2 / middles[here.band])}")
        cues.add(f"part of the note: {5 * number // len(places)}" if len(places) >= 6 else "few prices")
        cues.add("first price" if number == 0 else "last price" if number + 1 == len(places) else "price")
        if here.band not in seen:
            seen.add(here.band)
            cues.add("first of its market")
        at.append(here)
    for cues, at in found.values():
        cues.add(f"said: {min(len(at), 4)} times")
    return found


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _ratio(ratio: float) -> str:
    steps = sum(abs(math.log(ratio)) > step for step in _STEPS)
    return f"{'+' if ratio > 1 else '-'}{steps}" if steps else "0"


def _occurrences(passages: Sequence[Passage], prices: Prices) -> Iterator[Occurrence]:
    number = 0
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        for at, piece in enumerate(passage.pieces):
            for here in _in_piece(passage, at, piece, prices):
                yield here
                number += 1
                if number == MOST_PRICES:
                    return


def _in_piece(passage: Passage, number: int, piece: Piece, prices: Prices) -> Iterator[Occurrence]:
    tokens = piece.tokens[:MOST_TOKENS]
    at = [i for i, t in enumerate(tokens) if t.kind == "number" and prices.is_price(t)]
    if not at:
        return
    priced = frozenset(at)
    words = ["PRICE" if i in priced else _word(t) for i, t in enumerate(tokens)]
    says = [_says(t) if t.says else () for t in tokens]
    shared = {*_of_passage(passage, number, prices), *_of_sentence(tokens, says, len(at))}
    for n, i in enumerate(at):
        token = tokens[i]
        quantity = token.quantity
        assert quantity is not None
        cues = [*shared, f"price {min(n, 3)} of the sentence", "last of the sentence" if n + 1 == len(at) else "not the last"]
        cues += _before(words, says, i)
        cues += _behind(words, says, i)
        cues += _nearest(words, says, i)
        cues += _form(token)
        yield Occurrence(
            price=quantity.money,
            span=piece.span(token),
            words=piece.text[:LONGEST_WORDS],
            band=prices.band_of(quantity) or 0,
            is_bare=not quantity.decimals and not quantity.unit,
            cues=tuple(cues),
        )


def _word(token: Token) -> str:
    short = _SHORT.get(token.kind)
    if short is None:
        return token.text.lower()
    return f"{short} {next(iter(token.says))}" if token.says and token.kind == "count" else short


def _says(token: Token) -> tuple[str, ...]:
    return tuple(f"{k}={v}" if k in _TOLD_BY_VALUE and len(v) < 16 else k for k, v in token.says.items())


def _of_passage(passage: Passage, number: int, prices: Prices) -> Iterator[str]:
    """Heading, kind of block, and in a table column, row and the other cells."""
    place = passage.place
    yield f"block: {passage.block.kind}"
    yield f"topic: {place.topic}"
    if place.side:
        yield f"heading's side: {place.side}"
    if place.way:
        yield f"heading's way: {place.way}"
    if passage.is_head:
        yield "a heading"
    if passage.block.kind != "row":
        yield f"sentence {min(number, 3)}"
        if number + 1 < len(passage.pieces):
            yield from (f"next: {_price_or_word(t, prices)}" for t in passage.pieces[number + 1].tokens[:4])
        return
    yield f"cell {min(number, 4)}"
    if number < len(passage.columns):
        yield from (f"column: {w}" for w in _WORDS.findall(passage.columns[number])[:8])
    for n, piece in enumerate(passage.pieces[:8]):
        if n != number:
            if n and piece.tokens and prices.is_price(piece.tokens[0]):
                yield "cells: PRICE"  # what else such a cell says is its own price's
                continue
            name = "row" if n == 0 else "cells"
            yield from (f"{name}: {w}" for w in _WORDS.findall(piece.text[:200].lower())[:8])
            yield from (f"{name}: {s}" for t in piece.tokens[:12] if t.says for s in _says(t))
            yield from (f"{name}: {_price_or_word(t, prices)}" for t in piece.tokens[:12] if t.kind in _SHORT)


def _price_or_word(token: Token, prices: Prices) -> str:
    return "PRICE" if token.kind == "number" and prices.is_price(token) else _word(token)


def _of_sentence(tokens: Sequence[Token], says: Sequence[tuple[str, ...]], prices: int) -> Iterator[str]:
    yield f"prices: {min(prices, 5)}"
    yield from (f"with: {s}" for told in says for s in told)
    yield from (f"with: {_word(t)}" for t in tokens if t.kind not in ("number", "mark"))


def _before(words: Sequence[str], says: Sequence[tuple[str, ...]], at: int) -> Iterator[str]:
    """Words before, as far as the sentence goes; those beyond another price apart."""
    yield f"just before: {words[at - 2] if at > 1 else '^'} {words[at - 1] if at else '^'}"
    name = "before"
    for far in range(1, FARTHEST_BEFORE + 1):
        if far > at:
            if far <= 3:
                yield f"before {far}: ^"
            return
        word = words[at - far]
        yield f"{name} {_HOW_FAR[far]}: {word}"
        if far <= FARTHEST_SAYS:
            yield from (f"{name} {_HOW_FAR[far]}: {s}=" for s in says[at - far])
        if word in (".", ";"):
            return
        if word == "PRICE":
            name = "before a price"


def _behind(words: Sequence[str], says: Sequence[tuple[str, ...]], at: int) -> Iterator[str]:
    """Words behind, likewise."""
    one, two = at + 1, at + 2
    yield f"just behind: {words[one] if one < len(words) else '$'} {words[two] if two < len(words) else '$'}"
    name = "behind"
    for far in range(1, FARTHEST_BEHIND + 1):
        if at + far >= len(words):
            if far <= 3:
                yield f"behind {far}: $"
            return
        word = words[at + far]
        yield f"{name} {_HOW_FAR[far]}: {word}"
        if far <= FARTHEST_SAYS:
            yield from (f"{name} {_HOW_FAR[far]}: {s}=" for s in says[at + far])
        if word in (".", ";"):
            return
        if word == "PRICE":
            name = "behind a price"


def _nearest(words: Sequence[str], says: Sequence[tuple[str, ...]], at: int) -> Iterator[str]:
    """The nearest word of the trade on either hand, and whether another price lies between."""
    for name, places in (("left", range(at - 1, -1, -1)), ("right", range(at + 1, len(words)))):
        between = ""
        for i in places:
            if words[i] == "PRICE":
                between = " past a price"
            if told := [s for s in says[i] if s.startswith(_TRADE)]:
                yield from (f"nearest {name}{between}: {s}" for s in told)
                break


def _form(token: Token) -> Iterator[str]:
    """How the number is written."""
    q = token.quantity
    assert q is not None
    yield f"decimals: {min(q.decimals, 5)}"
    yield f"digits: {q.size}"
    if q.low < q.high:
        yield f"zone: {q.joined}"
    if q.unit:
        yield f"unit: {q.unit}"
    if q.approximate:
        yield "about"
    if q.open_ended:
        yield f"open: {q.open_ended}"
    if q.is_grouped:
        yield "thousands apart"
    yield f"noughts: {_noughts(q.low)}"


def _noughts(value: float) -> int:
    count = 0
    while count < 5 and value and value == int(value) and value % 10 == 0:
        value, count = value / 10, count + 1
    return count
