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
from levelhead.review.said import Direction, ReadScenario
from levelhead.review.scenario_case import Case, Part, case_of, direction_of
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
_SO = re.compile(r"\s?\)?\s?(?:or so|at (?:most|best)|(?:chance|odds|prob\w*|likel\w+|confiden\w+|if that)\b)", re.I)
_STATED = re.compile(
    r"\b(?:odds|chances?|prob\w*|likel\w+|giv(?:e|es|ing|en)|put|lean|favou?r|prefer|weight\w*|see|assign|split)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A chance of low to high per cent at [start, end) of a sentence. is_each: of all that is spoken of."""

    start: int
    end: int
    low: float
    high: float
    is_each: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        return (round(self.low / 100, 12), round(self.high / 100, 12))


def with_odds_behind(
    told: Sequence[ReadScenario], found: Sequence[ReadScenario], passages: Sequence[Passage], prices: Prices
) -> tuple[list[ReadScenario], list[Case]]:
    """What was told as a condition with the chances that a clause or a sentence behind it gives; and what that sentence adds."""
    out, more = list(told), list[Case]()
    weighed = [s.span for s in found if s.probability is not None]
    for passage in passages if told else ():
        if passage.block.kind == "row" or passage.place.topic in ("dismissed", "setups"):
            continue
        for piece in passage.pieces:
            span = piece.span()
            marks = _marks(piece)
            if not marks or any(s.start < span.end and span.start < s.end for s in weighed):
                continue
            mine = [n for n, s in enumerate(out) if span.start <= s.span.start and s.span.end <= span.end]
            if mine:
                _give_in_sentence(out, mine, piece, marks, prices)
            else:
                more += _give_behind(out, passage, piece, marks, prices)
    return out, more


def _marks(piece: Piece) -> list[_Mark]:
    if split := _SPLIT.search(piece.text):
        one, two = float(split[1]), float(split[2])
        if one + two == 100 and _STATED.search(piece.text):
            return [_Mark(split.start(1), split.end(1), one, one), _Mark(split.start(2), split.end(2), two, two)]
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


def _give_behind(out: list[ReadScenario], passage: Passage, piece: Piece, marks: Sequence[_Mark], prices: Prices) -> list[Case]:
    """Chances go to what was told ahead, by its way or in order; one with a price of its own is a way more."""
    ahead = [n for n, s in enumerate(out) if s.probability is None and s.target is not None and _is_ahead(s, piece)]
    if not ahead or not _STATED.search(piece.text) or sum(m.high for m in marks) > ALL:
        return []
    cuts = [0, *(_begin(piece.text, one, two) for one, two in pairwise(marks)), len(piece.text)]
    parts = [(mark, part_of(piece, start, end)) for mark, (start, end) in zip(marks, pairwise(cuts), strict=True)]
    priced = [(m, p) for m, p in parts if any(prices.is_price(t) for t in p.tokens)]
    bare = [(m, p) for m, p in parts if not any(prices.is_price(t) for t in p.tokens)]
    given = _in_order(out, ahead, bare)
    if not given:
        return []
    for n, mark in given.items():
        out[n] = replace(out[n], probability=mark.bounds)
    return [_case(passage, m, p) for m, p in priced]


def _in_order(out: Sequence[ReadScenario], ahead: Sequence[int], bare: Sequence[tuple[_Mark, Piece]]) -> dict[int, _Mark]:
    """Which way told gets which chance; nothing where that is not plain."""
    if each := next((m for m, _ in bare if m.is_each), None):
        return dict.fromkeys(ahead, each)
    bare = [(m, p) for m, p in bare if not _NONE.search(p.text)]
    ways: list[Direction] = [direction_of(p.text) for _, p in bare]
    if len(bare) == 2 and len(ahead) == 2 and not (ways[0] and ways[1]) and (named := ways[0] or ways[1]):
        order = sorted(ahead, key=lambda n: out[n].direction != named)  # 'we lean to the upside, 55/45'
        return dict(zip(order, (m for m, _ in bare), strict=True)) if out[order[0]].direction == named else {}
    if len(bare) != len(ahead) or len(bare) < 2:
        return {}
    if all(ways) and len(set(ways)) == len(ways):
        by_way = {out[n].direction: n for n in ahead}
        return {by_way[w]: m for w, (m, _) in zip(ways, bare, strict=True)} if set(ways) == set(by_way) else {}
    return dict(zip(ahead, (m for m, _ in bare), strict=True))


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
