"""Chances behind the ways they belong to: 'above 157.90 opens 158.87, and we put that at 75%', 'we give the two 40% and 35%'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from levelhead.review.no_chance import is_no_chance
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import part_of
from levelhead.review.prices import Prices
from levelhead.review.probabilities import Chance
from levelhead.review.said import ReadScenario
from levelhead.review.scenario_case import Case, Part, case_of, direction_of
from levelhead.review.text import Span
from levelhead.review.weighed import may_be_chance

APART = 600  # characters between a way and the sentence that gives its chance
ALL = 103.0
_SPLIT = re.compile(r"(?<![\w/.,$-])(\d{2})\s?[/:-]\s?(\d{2})(?![\w/%]|[.,:-]\d)")
_EACH = re.compile(r"\s?\)?\s?(?:each|apiece|for each|for both|for either)\b", re.I)
_NONE = re.compile(r"\b(?:neither|nothing|none|in between|something else|anything else|the rest|remainder|other outcomes?)\b", re.I)
_BEGINS = re.compile(r",\s(?:and\s|but\s|with\s)?|;\s|\s(?:and|but|while|with|leaving)\s|:\s")
# what makes a per cent behind a price the chance of it
_GIVES = re.compile(
    r"\b(?:(?:put|putting|puts|give|gives|giving|rate|rates|rating|call|calls|make|makes|reckon|assign|see|price|peg|have|at|is|as)"
    r"\s(?:it|this|that|them|which|such an?\s\w+)\b|(?:odds|chances?|prob\w*|likel\w+|unlikely|risk|tail|long shot|outside|remote|"
    r"confidence|conviction|weight)\b)[^.;\d]{0,32}$",
    re.I,
)
_SO = re.compile(r"\s?\)?\s?(?:or so|sure|certain|at (?:most|best)|(?:chance|odds|prob\w*|likel\w+|confiden\w+|if that)\b)", re.I)
_STATED = re.compile(
    r"\b(?:odds|chances?|prob\w*|likel\w+|giv(?:e|es|ing|en)|puts?|lean(?:s|ing)?|favou?rs?|prefers?|weight\w*|sees?|assigns?|"
    r"split|"
    r"(?:we|i|he|she|they) rates?|has|have|settled|expects?|number|reckons?|makes?|confiden\w+|conviction|view)\b",
    re.I,
)
_ORDINAL = re.compile(r"\bthe (?:(?P<first>first|former)|second|latter|other)\b", re.I)
_THAT = re.compile(r"\b(?:it|that|this|which|the (?:case|path|move|scenario|idea|view|call)|this one)\b", re.I)
_SPLIT_ON_IT = re.compile(r"\d{2}\s?[/:-]\s?\d{2}\s(?:that|on) (?:we|it|this|that)\b", re.I)
LONGEST_THAT = 100  # characters


@dataclass(frozen=True, slots=True)
class _Mark:
    """A chance of low to high per cent at [start, end) of a sentence. is_each: of all that is spoken of; is_split: of two
    that make a whole."""

    start: int
    end: int
    low: float
    high: float
    is_each: bool = False
    is_split: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        return (round(self.low / 100, 12), round(self.high / 100, 12))


def with_odds_behind(
    told: Sequence[ReadScenario], found: Sequence[ReadScenario], passages: Sequence[Passage], prices: Prices
) -> tuple[list[ReadScenario], list[Case], list[Span]]:
    """What was told as a condition with the chances that a clause or a sentence behind it gives; what that sentence adds; and the
    sentences whose chances have been given."""
    out, more, spent = list(told), list[Case](), list[Span]()
    weighed = [s.span for s in found if s.probability is not None and (s.target or s.zone)]
    for passage in passages if told else ():
        if passage.block.kind == "row" or passage.place.topic in ("dismissed", "setups"):
            continue
        before: _Mark | None = None
        for piece in passage.pieces:
            span = piece.span()
            if any(s.start < span.end and span.start < s.end for s in weighed):
                continue
            if before is not None and _give_rest(out, before, piece):
                spent.append(span)
            marks, before = _marks(piece), None
            mine = [n for n, s in enumerate(out) if span.start <= s.span.start and s.span.end <= span.end]
            if marks and mine:
                _give_in_sentence(out, mine, piece, marks, prices)
            elif marks and (given := _give_behind(out, passage, piece, marks, prices)) is not None:
                more += given
                spent.append(span)
                before = marks[0] if len(marks) == 1 else None
    return out, more, spent


def _marks(piece: Piece) -> list[_Mark]:
    if split := _SPLIT.search(piece.text):
        one, two = float(split[1]), float(split[2])
        if one + two == 100 and _STATED.search(piece.text):
            return [_Mark(split.start(n), split.end(n), share, share, is_split=True) for n, share in ((1, one), (2, two))]
    return [
        _Mark(t.start, t.end, t.quantity.low, t.quantity.high, bool(_EACH.match(piece.text[t.end :])))
        for t in piece.tokens
        if t.kind == "percent"
        and t.quantity is not None
        and may_be_chance(piece, t)
        and not is_no_chance(piece.text, t.start, t.end)
    ]


def _give_in_sentence(out: list[ReadScenario], mine: Sequence[int], piece: Piece, marks: Sequence[_Mark], prices: Prices) -> None:
    """'... opens 158.87, and we'd put that at 75%': the only chance of a sentence to the only way told before it."""
    if len(marks) != 1 or len(mine) != 1 or out[mine[0]].probability is not None:
        return
    mark, one = marks[0], out[mine[0]]
    at = one.span.end - piece.start
    if mark.start < at or any(prices.is_price(t) for t in piece.tokens if at <= t.start < mark.start):
        return
    if _GIVES.search(piece.text[at : mark.start]) or _SO.match(piece.text[mark.end :]):
        out[mine[0]] = replace(one, probability=mark.bounds)


def _give_behind(
    out: list[ReadScenario], passage: Passage, piece: Piece, marks: Sequence[_Mark], prices: Prices
) -> list[Case] | None:
    """Chances go to what was told ahead, by its way or in order; one with a price of its own is a way more."""
    ahead = _ahead(out, passage, piece)
    if not ahead or not _STATED.search(piece.text) or sum(m.high for m in marks) > ALL:
        return None
    cuts = [0, *(_begin(piece.text, one, two) for one, two in pairwise(marks)), len(piece.text)]
    parts = [(mark, part_of(piece, start, end)) for mark, (start, end) in zip(marks, pairwise(cuts), strict=True)]
    priced = [(m, p) for m, p in parts if any(prices.is_price(t) for t in p.tokens)]
    bare = [(m, p) for m, p in parts if not any(prices.is_price(t) for t in p.tokens)]
    given = _in_order(out, ahead, bare)
    for n, mark in given.items():
        out[n] = replace(out[n], probability=mark.bounds)
    return [_case(passage, m, p) for m, p in priced] if given else None


def _ahead(out: Sequence[ReadScenario], passage: Passage, piece: Piece) -> list[int]:
    """The ways told ahead of a sentence that have no chance yet: those of its own passage, else of the one before that has any."""
    near = [n for n, s in enumerate(out) if s.probability is None and s.target is not None and _is_ahead(s, piece)]
    own = [n for n in near if out[n].span.start >= passage.block.span.start]
    return sorted(own or near, key=lambda n: out[n].span)


def _in_order(out: Sequence[ReadScenario], ahead: Sequence[int], bare: Sequence[tuple[_Mark, Piece]]) -> dict[int, _Mark]:
    """Which way told gets which chance; nothing where that is not plain."""
    if each := next((m for m, _ in bare if m.is_each), None):
        return dict.fromkeys(ahead, each)
    bare = [(m, p) for m, p in bare if not _NONE.search(p.text)]
    if len(bare) == 2 and bare[0][0].is_split:
        return _split(out, ahead, bare[0][0], bare[1][0], bare[0][1].text + bare[1][1].text)
    found = {n: mark for mark, part in bare if (n := _named(out, ahead, part.text)) is not None}
    if bare and len(found) == len(bare):
        return found
    return dict(zip(ahead, (m for m, _ in bare), strict=True)) if len(bare) == len(ahead) > 1 and not found else {}


def _named(out: Sequence[ReadScenario], ahead: Sequence[int], text: str) -> int | None:
    """The way that a clause speaks of: as the first or second, by its direction, or as 'that'."""
    if ordinal := _ORDINAL.search(text):
        place = 0 if ordinal["first"] else 1
        return ahead[place] if place < len(ahead) <= 3 else None
    if way := direction_of(text):
        return next(iter([n for n in ahead if out[n].direction == way][:1]), None)
    return ahead[-1] if _THAT.search(text) and len(text) <= LONGEST_THAT else None


def _split(out: Sequence[ReadScenario], ahead: Sequence[int], one: _Mark, two: _Mark, text: str) -> dict[int, _Mark]:
    """Of two ways the one that is named gets the first share; '60/40 that we get it' is of the last one told."""
    if _SPLIT_ON_IT.search(text):
        return {ahead[-1]: one}
    if len(ahead) != 2:
        return {}
    if one.low == two.low:
        return {ahead[0]: one, ahead[1]: two}
    named = _named(out, ahead, text) if direction_of(text) or _ORDINAL.search(text) else None
    other = next((n for n in ahead if n != named), None)
    return {named: one, other: two} if named is not None and other is not None else {}


def _give_rest(out: list[ReadScenario], before: _Mark, piece: Piece) -> bool:
    """'I would give the bounce 55 %. So 45 for the break': what is left goes to the only way that has none."""
    rest = 100 - before.low
    if before.low != before.high or not any(
        t.kind in ("number", "percent", "count") and t.quantity is not None and t.quantity.low == rest for t in piece.tokens
    ):
        return False
    left = [n for n, s in enumerate(out) if s.probability is None and s.target is not None and _is_ahead(s, piece)]
    if len(left) != 1 or len(piece.text) > LONGEST_THAT:
        return False
    out[left[0]] = replace(out[left[0]], probability=(round(rest / 100, 12), round(rest / 100, 12)))
    return True


def _is_ahead(one: ReadScenario, piece: Piece) -> bool:
    return one.span.end <= piece.start and piece.start - one.span.end <= APART


def _begin(text: str, one: _Mark, two: _Mark) -> int:
    """Where the clause of a second chance begins: behind the last mark or small word before it."""
    cuts = [m.end() for m in _BEGINS.finditer(text, one.end, two.start)]
    return cuts[-1] if cuts else two.start


def _case(passage: Passage, mark: _Mark, part: Piece) -> Case:
    case = case_of(passage, part.text, direction_of(part.text), Chance(mark.bounds, "", "", 0, 0))
    case.parts, case.span = [Part(part)], part.span()
    return case
