"""Scenarios told in sentences: '60% we break and run to 2,620', 'above 154.47 will target 156.00', 'bullish above, bearish "
"below'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.roles import Use, uses_of
from levelhead.review.said import SUPPOSED, WRITTEN, ReadScenario
from levelhead.review.text import Span
from levelhead.review.tokens import Token, tokens_of

ALL = 1.06  # chances of one sentence sum to no more
_BEFORE = re.compile(
    r"(?:(?P<word>\b(?:put|puts|give|gives|assign|see|odds|probab\w*|chances?|likelihood|remaining|other|otherwise|case|"
    r"scenario|confidence|weight|at|with|is|the|a|of|and|or|then|view)\b[\s,:]*"
    r"(?:it |the |this |that |of |at |a |is |an |me |to |remaining |other )*)|[(\[:,;–—-]\s*|^\W*|[.\d]\s)(?:~|≈|about |"
    r"roughly |some |maybe |perhaps |around |only )?$",
    re.I,
)
_AFTER = re.compile(
    r"^\s?(?:[)\],;.:–—-]|$|chances?\b|odds\b|prob\w*|likel\w+|confiden\w+|that\b|to (?:a|the)\b|on (?:a|the)\b|for\b|we\b|"
    r"it\b|price\b|bulls?\b|bears?\b|up\b|down\b|range|sideways|of a\b|case\b|"
    r"scenario|→|break\w*|hold\w*|bounce|rally|pullback|drop|dip|drift|slide|further|continu\w+|weight)",
    re.I,
)
_NEVER_BEFORE = re.compile(
    r"\b(?:down|up|rose|fell|gained|lost|drop|decline|rally|gain|loss|off|slid|dropped|climbed|added|risk|plus|minus|by|"
    r"yield\w*|volatility|vol|back|about|least|than|CPI|PPI|inflation|growth|rate|rates|"
    r"more|less|over|under)(?:\s(?:of|about|around|at|to|some|nearly|over|more than|only|y/y|m/m|was|is))*[\s~+-]{0,3}$",
    re.I,
)
_NEVER_AFTER = re.compile(
    r"^\s?(?:retrace|fib|from\b|away|below|above|off\b|of (?:the |its |this |that )?(?:move|rally|decline|account|capital|"
    r"equity|range|value|advance|drop|leg)|drop in|decline in|gain\b|loss\b|move\b|annual|year|"
    r"upside|downside|per\b|higher|lower|since|extension|advance|tariff|yield|discount|y/y|m/m|in (?:the|a|one|two|three|\d))",
    re.I,
)
_SURE_WORD = re.compile(r"\b(?:chances?|odds|probab\w*|likelihood|base case|put|give|confidence|assign)\b", re.I)
_NEXT = re.compile(r"^\s?(?:is|are|would be|comes?|will be|should be)\s(?:then\s)?(?:the\s)?next\b", re.I)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence that speaks of one chance."""

    piece: Piece
    bounds: tuple[float, float]
    is_sure: bool


def segments_of(passage: Passage, prices: Prices) -> tuple[Segment, ...]:
    """The parts of a passage's sentences that each give a chance to a price, () where it gives none."""
    found = [segment for piece in passage.pieces for clause in _clauses(piece) for segment in _of_clause(clause, prices)]
    if sum(s.bounds[0] for s in found) > ALL or (len(found) == 1 and not found[0].is_sure):
        return ()
    return tuple(found)


def _clauses(piece: Piece) -> Iterator[Piece]:
    at = 0
    for stop in [*(m.end() for m in re.finditer(r";\s", piece.text)), len(piece.text)]:
        yield part_of(piece, at, stop)
        at = stop


def part_of(piece: Piece, start: int, end: int) -> Piece:
    """The characters start to end of a piece as one of its own."""
    return Piece(piece.text[start:end], piece.start + start, tokens_of(piece.text[start:end]))


def _of_clause(clause: Piece, prices: Prices) -> Iterator[Segment]:
    chances = [t for t in clause.tokens if t.kind == "percent" and _is_chance(clause.text, t)]
    if not chances:
        return
    priced = [t for t in clause.tokens if prices.is_price(t)]
    if not priced:
        return
    if chances[0].start < priced[0].start:
        edges = [0, *(t.start for t in chances[1:]), len(clause.text)]
    else:
        edges = [0, *(t.end for t in chances[:-1]), len(clause.text)]
    for chance, (start, end) in zip(chances, pairwise(edges), strict=True):
        assert chance.quantity is not None
        part = part_of(clause, start, end)
        if any(prices.is_price(t) for t in part.tokens):
            yield Segment(
                part,
                (round(chance.quantity.low / 100, 6), round(chance.quantity.high / 100, 6)),
                bool(_SURE_WORD.search(part.text)),
            )


def _is_chance(text: str, token: Token) -> bool:
    assert token.quantity is not None
    before, after = text[max(0, token.start - 48) : token.start], text[token.end : token.end + 32]
    if not 1 <= token.quantity.high <= 100 or _NEVER_AFTER.match(after) or _NEVER_BEFORE.search(before):
        return False
    return bool(_BEFORE.search(before)) and bool(_AFTER.match(after))


def conditionals_of(passages: Sequence[Passage], prices: Prices, horizon: int | None) -> Iterator[ReadScenario]:
    """'If X breaks, Y is next', 'above X will target Y', 'bullish above X, bearish below Y'."""
    for passage in passages:
        if passage.place.topic in ("dismissed", "setups") or passage.block.kind == "row":
            continue
        for piece in passage.pieces:
            uses = list(uses_of(piece, prices.is_price))
            told = list(_bull_bear(piece, uses, horizon))
            yield from told or _if_then(piece, uses, horizon)


_BULL_BEAR = re.compile(
    r"\b(?P<way>bull(?:ish|s)?|bear(?:ish|s)?|long(?:s)?|short(?:s)?|upside|downside|positive|negative|"
    r"constructive)\b(?P<gap>[\w\s:,'’-]{0,32}?)\b(?P<side>above|below|over|under)\b",
    re.I,
)


def _bull_bear(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    starts = list(_BULL_BEAR.finditer(piece.text))
    for n, found in enumerate(starts):
        end = starts[n + 1].start() if n + 1 < len(starts) else len(piece.text)
        own = [u for u in uses if found.end() <= u.token.start < end]
        is_up = re.match(r"bull|long|upside|positive|constr", found["way"], re.I) is not None
        if not own or own[0].token.start - found.end() > 24 or is_up != (found["side"].lower() in ("above", "over")):
            continue
        target = next((u for u in own[1:] if u.role == "target"), None)
        yield ReadScenario(
            direction="up" if is_up else "down",
            title=piece.text[found.start() : own[0].token.end].strip(),
            trigger=own[0].money,
            trigger_how=own[0].how,
            target=target.money if target else None,
            sessions=horizon,
            span=Span(start=piece.start + found.start(), end=piece.start + end),
            sure=WRITTEN,
        )


def _if_then(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    trigger: Use | None = None
    for use in uses:
        is_next = bool(_NEXT.match(piece.text[use.token.end :]))
        if use.role == "trigger" and not is_next:
            trigger = use
        elif trigger is not None and (use.role == "target" or is_next):
            is_up = use.money.middle > trigger.money.middle
            if (trigger.beyond == "below" and is_up) or (trigger.beyond == "above" and not is_up):
                trigger = None
                continue
            yield ReadScenario(
                direction="up" if is_up else "down",
                title=piece.text[trigger.token.start : use.token.end][:120],
                trigger=trigger.money,
                trigger_how=trigger.how,
                target=use.money,
                sessions=horizon,
                span=piece.span(trigger.token, use.token),
                sure=SUPPOSED,
            )
            trigger = None
