"""Chances told in sentences: '60% we break and run to 2,620', 'a 45% chance of 43.10, 30% for a range of 41.20-42.40'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from levelhead.review.no_chance import is_no_chance
from levelhead.review.passages import Passage, Piece, has_numbers
from levelhead.review.pieces import clauses_of, part_of, together
from levelhead.review.prices import Prices
from levelhead.review.roles import uses_of
from levelhead.review.tokens import Token
from levelhead.review.weighed import referred
from levelhead.review.worded_chances import in_words

ALL = 1.06  # chances of one sentence sum to no more
FEWEST = 0.5
LONGEST_RUN = 8
_BEFORE = re.compile(
    r"(?:(?P<word>\b(?:put|puts|give|gives|assign|see|odds|probab\w*|chances?|likelihood|remaining|other|otherwise|case|"
    r"scenario|confidence|weight|gets?|receives?|carries|has|have|takes?|worth|last|final|rest|at|with|is|the|a|of|and|or|then|"
    r"view)\b[\s,:]*"
    r"(?:it |the |this |that |of |at |a |is |an |me |to |remaining |other )*)|[()\[:,;=–—→>|-]\s*|^\W*|[.\d]\s|\b(?:up|down|"
    r"sideways|flat|range|higher|lower|bull\w*|bear\w*|neutral|upside|downside|continuation|breakout|breakdown|"
    r"pullback)\s)(?:~|≈|about |"
    r"roughly |some |maybe |perhaps |around |only )?$",
    re.I,
)
_AFTER = re.compile(
    r"^\s?(?:[()\],;.:–—-]|$|chances?\b|odds\b|prob\w*|likel\w+|confiden\w+|that\b|to\b|on (?:a|the|it|that|this)\b|for\b|we\b|"
    r"it\b|price\b|bulls?\b|bears?\b|up\b|down\b|range|sideways|of a\b|case\b|"
    r"scenario|→|break\w*|hold\w*|bounce|rally|pullback|drop|dip|drift|slide|tail|further|continu\w+|chop\w*|squeeze|re-?test\w*|"
    r"run\b|move\b|flush|grind|extension|correction|breakout|breakdown|rotation|fade|weight)",
    re.I,
)
_NEVER_BEFORE = re.compile(
    r"\b(?:down|up|rose|fell|gained|lost|drop|decline|rally|gain|loss|off|slid|dropped|climbed|added|risk|plus|minus|by|"
    r"yield\w*|volatility|vol|back|least|than|CPI|PPI|inflation|growth|rate|rates|"
    r"more|less|over|under)(?:\s(?:of|about|around|at|to|some|nearly|over|more than|only|y/y|m/m|was|is))*[\s~+-]{0,3}$",
    re.I,
)
_NEVER_AFTER = re.compile(
    r"^\s?(?:retrace|fib|from\b|away|below|above|off\b|of (?:the |its |this |that )?(?:move|rally|decline|account|capital|"
    r"equity|range|value|advance|drop|leg)|drop in|decline in|gain\b|loss\b|move\b|annual|year|"
    r"upside|downside|per\b|higher|lower|since|extension|advance|tariff|yield|discount|y/y|m/m|in (?:the|a|one|two|three|\d))",
    re.I,
)
_ODDS = re.compile(r"\b(?:odds|probab\w*|chances?|scenarios?|likelihood)\b", re.I)
_ODDS_NEAR = re.compile(r"\b(?:odds|probab\w*|chances?|likelihood)\b[^.;%]{0,48}$", re.I)
_ODDS_BEHIND = re.compile(r"\s?(?:\w+ ){0,2}?(?:odds|probab\w*|chances?|likelihood|proposition|shot|bet)\b", re.I)
_SURE_WORD = re.compile(r"\bP\(|\b(?:chances?|odds|probab\w*|likelihood|base case|put|give|confidence|assign)\b", re.I)
_SURE_BEHIND = re.compile(r"\s?(?:sure |certain )?that\b", re.I)


def _is_that(text: str, chance: Token) -> bool:
    """'65% that Brent sees 88', not 'a bounce of 2.8% that repaired the loss'."""
    return bool(_SURE_BEHIND.match(text[chance.end :])) and not text[: chance.start].rstrip("~≈ ").endswith(" of")


_IS_CALLED = re.compile(
    r"\b(?:probabilit(?:y|ies)|chances?|odds|likelihood)(?: (?:of|is|are|at|now|stands? at|sits? at)){0,2}\s?[:=]?\s?(?:~|≈|"
    r"about |some |roughly |around )?$",
    re.I,
)
_OWN_LINE = re.compile(
    r"^\W{0,6}(?:scenario|(?:our\s)?(?:preference|preferred|base|main|primary|central|most likely|alternative|alternate|"
    r"secondary|bull(?:ish)?|bear(?:ish)?|neutral|"
    r"upside|downside|range|sideways|tail|second|third|worst|best|up|down))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence that speaks of one chance."""

    piece: Piece
    bounds: tuple[float, float] | None
    is_sure: bool
    words: str = ""
    conditional: str = ""


def told_in(passages: Sequence[Passage], prices: Prices) -> dict[int, tuple[Segment, ...]]:
    """By passage, the parts of its sentences that each give a chance to a price.

    A single chance without a word for chance counts where its neighbours give chances too and all sum to one, about.
    """
    raw = {at: found for at, p in enumerate(passages) if _may_tell(p) and (found := _segments(p, prices))}
    runs = _runs(raw)
    out = {}
    for at, segments in raw.items():
        passage = passages[at]
        is_case = bool(_OWN_LINE.match(passage.block.text)) or passage.place.topic == "scenarios"
        if len(segments) == 1 and segments[0].bounds and is_case and not (passage.is_head and len(runs[at]) > 1):
            continue  # a line that is a case by itself
        total = sum(s.bounds[0] for s in segments if s.bounds)
        if len(segments) == 1 and not segments[0].is_sure:
            run = runs[at]
            total = sum(s.bounds[0] for i in run[:LONGEST_RUN] for s in raw[i] if s.bounds)
            if not 2 <= len(run) <= LONGEST_RUN or total < FEWEST:
                continue
        if total <= ALL:
            out[at] = segments
    return out


def _runs(raw: dict[int, tuple[Segment, ...]]) -> dict[int, list[int]]:
    """For each passage with chances the unbroken run of such passages around it."""
    out: dict[int, list[int]] = {}
    for at in sorted(raw):
        out[at] = out.get(at - 1, [])
        out[at].append(at)
    return out


def _may_tell(passage: Passage) -> bool:
    return passage.block.kind != "row" and passage.place.topic not in ("dismissed", "setups")


def _segments(passage: Passage, prices: Prices) -> tuple[Segment, ...]:
    pieces = referred(passage.pieces, prices)
    found = [segment for piece in pieces for clause in _clauses(piece, prices) for segment in _of_clause(clause, prices)]
    if found:
        return tuple(found)
    is_body = passage.place.topic == "scenarios" and bool(passage.place.way)
    is_title = passage.is_head and not has_numbers(passage.pieces)
    return () if is_title or is_body else tuple(Segment(part, None, True, said) for part, said in in_words(passage, prices))


def _clauses(piece: Piece, prices: Prices) -> Iterator[Piece]:
    """The parts of a sentence between semicolons, one that only goes on with a chance joined to it ('30%: over 3,430; we see "
    "3,600')."""
    before: Piece | None = None
    for clause in clauses_of(piece):
        if before is not None and _is_open(before, prices) and not any(t.kind == "percent" for t in clause.tokens):
            before = together(before, clause)
            continue
        if before is not None:
            yield before
        before = clause
    if before is not None:
        yield before


def _is_open(clause: Piece, prices: Prices) -> bool:
    """Whether a clause gives a chance, and of prices no more than what sets it off."""
    uses = list(uses_of(clause, prices.is_price))
    is_weighed = any(t.kind == "percent" and _is_chance(clause.text, t) for t in clause.tokens)
    return is_weighed and bool(uses) and all(u.role == "trigger" for u in uses)


def _of_clause(clause: Piece, prices: Prices) -> Iterator[Segment]:
    chances = [t for t in clause.tokens if t.kind == "percent" and _is_chance(clause.text, t)]
    if not chances:
        return
    if any("chance" in t.says or _SURE_WORD.search(clause.text[: t.start]) for t in chances):  # others beside a sure one
        chances = [t for t in clause.tokens if t.kind == "percent" and (t in chances or _is_beside(clause.text, t))]
    priced = [t for t in clause.tokens if prices.is_price(t)]
    if not priced:
        return
    if chances[0].start < priced[0].start:
        edges = [0, *(_phrase_start(clause, one, two) for one, two in pairwise(chances)), len(clause.text)]
    else:
        edges = [0, *(t.end for t in chances[:-1]), len(clause.text)]
    for chance, (start, end) in zip(chances, pairwise(edges), strict=True):
        assert chance.quantity is not None
        part = part_of(clause, start, end)
        if any(prices.is_price(t) for t in part.tokens):
            yield Segment(
                part,
                (round(chance.quantity.low / 100, 12), round(chance.quantity.high / 100, 12)),
                "chance" in chance.says or bool(_SURE_WORD.search(part.text) or _is_that(clause.text, chance)),
            )


def _phrase_start(clause: Piece, one: Token, two: Token) -> int:
    """Where the phrase of a second chance begins: behind the last comma or 'and' before it."""
    between = clause.text[one.end : two.start]
    depth = between.count("(") - between.count(")")
    cuts = [m.end() for m in re.finditer(r",\s|\sand\s|\sor\s|\|\s|\s/\s", between)] if depth <= 0 else []
    return one.end + cuts[-1] if cuts else two.start


def _is_chance(text: str, token: Token) -> bool:
    assert token.quantity is not None
    if is_no_chance(text, token.start, token.end):
        return False
    if "chance" in token.says or _IS_CALLED.search(text[max(0, token.start - 48) : token.start]):
        return True
    before, after = text[max(0, token.start - 48) : token.start], text[token.end : token.end + 32]
    if not _may_be(text, token):
        return False
    if _ODDS_NEAR.search(before) or _ODDS_BEHIND.match(after):
        return True
    return bool(_BEFORE.search(before)) and bool(_AFTER.match(after))


def _may_be(text: str, token: Token) -> bool:
    """Whether nothing beside a per cent makes it a move, a rate or a part of something."""
    assert token.quantity is not None
    before, after = text[max(0, token.start - 48) : token.start], text[token.end : token.end + 32]
    if is_no_chance(text, token.start, token.end) or not 1 <= token.quantity.high <= 100 or _NEVER_AFTER.match(after):
        return False
    is_way = _ODDS.search(text) and re.search(r"\b(?:up|down|upside|downside)\s?$", before, re.I)
    return bool(is_way) or not _NEVER_BEFORE.search(before)


_RAISED = re.compile(r"\s?(?:once|if|when|should|provided|above|below|over|under)\b", re.I)
_BUT = re.compile(r"\b(?:but|even|instead of|from|was|were|then)\s\W{0,2}(?:only |about )?$", re.I)


def _is_beside(text: str, token: Token) -> bool:
    """Whether a per cent beside one that is a chance is another, no change of it ('but 70% once 49,900 is out')."""
    return _may_be(text, token) and not (_RAISED.match(text[token.end :]) or _BUT.search(text[: token.start]))
