"""Chances that make up a whole: whatever words stand around them, each belongs to the price beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from levelhead.review.no_chance import is_no_chance
from levelhead.review.odds import Weighed, split_in, told_against
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import SENTENCE, one_piece, part_of, together
from levelhead.review.prices import Prices
from levelhead.review.scenario_case import direction_of
from levelhead.review.tokens import Token

WHOLE = (97.0, 103.0)
MOST_WAYS = 6
APART = 2  # passages
LONGEST_PASSAGE = 1_200
_CUTS = (
    re.compile(r";\s|(?<=[.!?])\s+"),
    re.compile(r",\s(?:and\s|or\s|but\s)?|\sand\s|\sor\s|\s?\|\s?|\s/\s|\sversus\s|\svs\.?\s|\s·\s|\s•\s|:\s|\s[–—-]\s|\n"),
)
_NO_CHANCE = re.compile(
    r"^\s?(?:if\b|should\b|once\b|unless\b|"
    r"of (?!(?:the |my |our )?(?:time|cases|scenarios|paths|runs|simulations|money|mind|book)\b|\w+ing\b|an?\b|[$€£~≈\d])|"
    r"retrace|fib|from\b|away|off\b|of (?:the |its |this |"
    r"that )?(?:move|rally|decline|account|capital|equity|advance|drop|"
    r"leg|retail)|y/y|m/m|annual|stop|size|risk(?! (?:of|that|to)\b))",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:rose|fell|gained|lost|slid|dropped|climbed|added|risk(?:ing)?|yield\w*|volatility|vol|CPI|PPI|inflation|growth|"
    r"rates?|"
    r"retraced|but|even|instead of|up|down|rising|falling|climbing|jumping|going|dropping|moving|improving|increasing|rises|falls)"
    r"(?:\s(?:of|to|about|around|nearly|over|more than|only|another|some|by))*[\s~+-]{0,3}$",
    re.I,
)

_LABELS = re.compile(r"(?:^|[;:.,(|\n]\s{0,2})(?:up|down)\s$", re.I)  # 'Up 50%, target 7,120'
_IS_WAY = re.compile(r"\b(?:up|down)\s$", re.I)
_OF_ODDS = re.compile(
    r"^\W*(?:\w+\s){0,2}(?:probabilit(?:y|ies)|odds|"
    r"chances)\b",
    re.I,
)  # 'Probabilities for today: trend day up 15%'
_GOES_ON = re.compile(r"\s?(?:[,;:|(]|$|→|->|=>|to\s|target|at\s)")


@dataclass(frozen=True, slots=True)
class _Mark:
    passage: int
    token: Token


def weighed_in(passages: Sequence[Passage], prices: Prices) -> dict[int, tuple[Weighed, ...]]:
    """By passage the parts that each give a chance to a price, where the chances of neighbours make up a whole."""
    pieces: dict[int, Piece] = {}
    marks: list[_Mark] = []
    out: dict[int, tuple[Weighed, ...]] = {}
    for at, passage in enumerate(passages):
        if not _may_weigh(passage):
            continue
        piece = one_piece(passage)
        if at + 1 < len(passages) and _LONE.fullmatch(passages[at + 1].block.text) and passages[at + 1].pieces:
            piece = together(piece, one_piece(passages[at + 1]))
        if not _anchors(piece, prices, with_ways=True):
            continue
        if split := tuple(split_in(piece, prices)):
            out[at] = split
            continue
        found = [t for t in piece.tokens if may_be_chance(piece, t)]
        if found:
            pieces[at] = piece
            marks += [_Mark(at, t) for t in found]
    for group in _wholes(marks):
        for at in dict.fromkeys(m.passage for m in group):
            chances = [m.token for m in group if m.passage == at]
            parts = _parted(pieces[at], chances, prices) or _parted(pieces[at], chances, prices, with_ways=True)
            if parts:
                out[at] = parts
    for at, piece in pieces.items():
        if at not in out and (parts := told_against(piece, prices)):
            out[at] = parts
    return out


def _may_weigh(passage: Passage) -> bool:
    if passage.place.topic == "dismissed" or not passage.pieces or len(passage.block.text) > LONGEST_PASSAGE:
        return False
    return not _has_its_column(passage)


_CHANCES = re.compile(r"^(?:the )?(?:probab\w*|odds|chances?|likelihood|prob\.?)(?: \(?%\)?)?$")


def _has_its_column(passage: Passage) -> bool:
    """A row of a table in which one column, and no other, is of chances: what else is per cent in it is none."""
    return passage.block.kind == "row" and sum(bool(_CHANCES.match(c)) for c in passage.columns) == 1


_REFERS = re.compile(
    r"\b(?:it|that|this|which|such an?|the (?:move|odds|chances?|probability|likelihood))\b|^\W*(?:odds|chances?|prob\w*|"
    r"likelihood)\b",
    re.I,
)


_LONE = re.compile(r"\W*(?:\d{1,2}\s?%|(?:\w{1,5}|\d{1,2})[ -](?:in|out of)[ -](?:\w{1,4}|\d{1,3})|\d\s?/\s?10)\W*")
_NAMES_CHANCE = re.compile(r"^\W*(?:the |my |our )?(?:odds|chances?|prob\w*|likelihood|weight)\W*(?:is|are|of|at)?[\s:=~≈]*$", re.I)


def referred(pieces: Sequence[Piece], prices: Prices) -> tuple[Piece, ...]:
    """The sentences of a passage, one that gives a chance to 'it' joined to the one before, whose price that is."""
    out: list[Piece] = []
    for piece in pieces:
        chances = [t for t in piece.tokens if t.kind == "percent" and may_be_chance(piece, t)]
        is_priced = any(prices.is_price(t) for t in piece.tokens)
        before = out[-1] if out else None
        if (
            before is not None
            and len(chances) == 1
            and ((not is_priced and _REFERS.search(piece.text)) or _NAMES_CHANCE.match(piece.text[: chances[0].start]))
            and any(prices.is_price(t) for t in before.tokens)
            and not _is_of_another(piece.text, before.text)
            and not any(t.kind == "percent" for t in before.tokens)
        ):
            out[-1] = together(before, piece)
        else:
            out.append(piece)
    return tuple(out)


def _is_of_another(text: str, before: str) -> bool:
    """Whether a sentence with a chance says itself of which way: 'the first case', 'the upside' behind a fall."""
    ways = {direction_of(text), direction_of(before)}
    return bool(_ORDINAL.search(text)) or ways == {"up", "down"}


_ORDINAL = re.compile(r"\b(?:first|second|former|latter) (?:case|one|outcome|path|scenario|view|way|of)\b", re.I)
OF_VALUE = 60  # characters behind the name of an oscillator
_RETRACEMENTS = (23.6, 38.2, 61.8, 78.6)


def may_be_chance(piece: Piece, token: Token) -> bool:
    """Whether nothing beside a per cent makes it a move, a part of one, or a retracement."""
    q = token.quantity
    if token.kind != "percent" or q is None or not 1 <= q.high <= 98:
        return False
    if re.match("[+−]", piece.text[token.start :]) or re.search(r"[+−]$", piece.text[: token.start]):
        return False  # a move
    if q.low == q.high and round(q.low, 1) in _RETRACEMENTS:
        return False
    if any(t.kind == "oscillator" and t.end <= token.start < t.end + OF_VALUE for t in piece.tokens):
        return False  # 'the RSI has landed on its 50% line'
    before, after = piece.text[max(0, token.start - 40) : token.start], piece.text[token.end : token.end + 24]
    is_way = (_LABELS.search(before) or (_IS_WAY.search(before) and _OF_ODDS.search(piece.text[: token.start]))) and _GOES_ON.match(
        after
    )
    is_moved = _MOVED.search(before) and not is_way
    return not (is_moved or _NO_CHANCE.match(after) or is_no_chance(piece.text, token.start, token.end))


def _wholes(marks: Sequence[_Mark]) -> Iterator[tuple[_Mark, ...]]:
    """Runs of neighbouring chances whose sum is a whole, none in two."""
    first = 0
    while first < len(marks):
        taken = 0
        total = 0.0
        for last in range(first, min(len(marks), first + MOST_WAYS)):
            if last > first and marks[last].passage - marks[last - 1].passage > APART:
                break
            q = marks[last].token.quantity
            assert q is not None
            total += (q.low + q.high) / 2
            if last > first and WHOLE[0] <= total <= WHOLE[1]:
                taken = last + 1 - first
                break
        if taken:
            yield tuple(marks[first : first + taken])
        first += taken or 1


def _anchors(piece: Piece, prices: Prices, *, with_ways: bool) -> list[Token]:
    """What a chance may belong to: the prices, and the words for up, down and sideways where those count too."""
    return [t for t in piece.tokens if prices.is_price(t) or (with_ways and "way" in t.says)]


def _parted(piece: Piece, chances: Sequence[Token], prices: Prices, *, with_ways: bool = False) -> tuple[Weighed, ...]:
    """The piece cut so that each part has one of the chances and a price, or a way; nothing where that cannot be."""
    priced = _anchors(piece, prices, with_ways=with_ways)
    is_first = _is_first(piece.text, chances, priced)
    edges = [_begin(piece.text, chances[0], priced, is_first=is_first)]
    for n, (one, two) in enumerate(pairwise(chances)):
        end = chances[n + 2].start if n + 2 < len(chances) else len(piece.text)
        edge = _edge(piece.text, edges[-1], one, two, end, priced, is_first=is_first)
        if edge is None:
            return ()
        edges.append(edge)
    edges.append(_end(piece.text, chances[-1], edges[-1], priced))
    found = []
    for chance, (start, end) in zip(chances, pairwise(edges), strict=True):
        assert chance.quantity is not None
        part = part_of(piece, start, end)
        if not _anchors(part, prices, with_ways=with_ways):
            return ()
        found.append(Weighed(part, chance.quantity.low, chance.quantity.high))
    ways = {t.says["way"] for w in found for t in w.piece.tokens if "way" in t.says}
    return () if with_ways and 1 in (len(ways), len(found)) and len(chances) > 1 else tuple(found)


def _is_first(text: str, chances: Sequence[Token], priced: Sequence[Token]) -> bool:
    """Whether each chance stands before its price: the last of them has one behind it in its sentence, or the first none before."""
    start, end = _sentence(text, chances[0])
    if not any(start <= t.start < chances[0].start for t in priced):
        return any(chances[0].end <= t.start < end for t in priced) or not any(t.end <= chances[0].start for t in priced)
    start, end = _sentence(text, chances[-1])
    return any(chances[-1].end <= t.start < end for t in priced) and len(chances) == len(
        [t for t in priced if t.start > chances[0].start]
    )


def _sentence(text: str, token: Token) -> tuple[int, int]:
    ends = [m.end() for m in SENTENCE.finditer(text)]
    return max((e for e in ends if e <= token.start), default=0), min((e for e in ends if e >= token.end), default=len(text))


def _begin(text: str, chance: Token, priced: Sequence[Token], *, is_first: bool) -> int:
    """The sentence in which the first chance stands, or the price before it."""
    before = [t for t in priced if t.end <= chance.start]
    start = _sentence(text, chance)[0]
    if before and not is_first and _NAMES_CHANCE.match(text[start : chance.start]):
        return _sentence(text, before[-1])[0]
    return _sentence(text, chance if is_first or not before else before[-1])[0]


def _end(text: str, chance: Token, begin: int, priced: Sequence[Token]) -> int:
    """The end of the sentence in which the last chance stands, or the price behind it where it has none before."""
    own_end = _sentence(text, chance)[1]
    if any(begin <= t.start < own_end for t in priced):
        return own_end
    behind = next((t for t in priced if t.start >= chance.end), None)
    return _sentence(text, behind)[1] if behind else own_end


def _edge(text: str, begin: int, one: Token, two: Token, end: int, priced: Sequence[Token], *, is_first: bool) -> int | None:
    """Where between two chances the words of the second begin: so that both have a price."""
    between = text[one.end : two.start]
    places = [[one.end + m.end() for m in cut.finditer(between)] for cut in _CUTS]
    order = [*places[0], *(reversed(places[1]) if is_first else places[1]), two.start if is_first else one.end]
    for place in order:
        inside = between[: place - one.end]
        if inside.count("(") > inside.count(")"):
            continue
        has_left = any(begin <= t.start and t.end <= place for t in priced)
        if has_left and any(place <= t.start < end for t in priced):
            return int(place)
    return None
