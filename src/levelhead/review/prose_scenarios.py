"""Scenarios told in sentences without a chance: 'above 154.47 will target 156.00', 'bullish above, bearish below'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from levelhead.review.bull_bear import bull_bear, is_two_sided, neutral
from levelhead.review.condition_words import LEVELS
from levelhead.review.conditions import told_by_condition, told_by_event
from levelhead.review.consequences import Before, following
from levelhead.review.events import told_by_events
from levelhead.review.forecasts import forecast_in
from levelhead.review.if_then import if_then
from levelhead.review.opposed import opposed_in
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import clauses_of, together
from levelhead.review.prices import Prices
from levelhead.review.ranges import range_in
from levelhead.review.roles import Use, uses_of
from levelhead.review.said import Money, ReadScenario

_IS_CONDITION = re.compile(
    r"\W*(?:if|should|once|when|above|below|a (?:daily |weekly )?(?:close|break|move) (?:above|below|over|under|of)|on a break)\b"
    r"(?!.{0,200}\b(?:buy|sell|long|short|(?<!next )stop|entry|enter|filled|target|tp|take|add|exit|cover|cut|reduce)\b)",
    re.I,
)


def conditionals_of(
    passages: Sequence[Passage], prices: Prices, horizon: int | None, lasts: Sequence[Money]
) -> Iterator[ReadScenario]:
    """'If X breaks, Y is next', 'above X will target Y', 'bullish above X, bearish below Y'."""
    mark = lasts[0] if lasts else None
    last_said = Before(mark, "", mark, marks=tuple(lasts))
    stated = frozenset(lasts)
    for passage in passages:
        if passage.place.topic == "dismissed" or passage.block.kind == "row":
            continue
        if passage.place.topic == "setups" and not (_IS_CONDITION.match(passage.block.text) or is_two_sided(passage.block.text)):
            continue
        if events := list(opposed_in(passage, prices, horizon, lasts)):
            yield from events
            continue
        before: ReadScenario | None = None
        ahead = ""
        for piece in _aimed(_answered(passage.pieces, prices), prices):
            uses = list(uses_of(piece, prices.is_price))
            if not uses or piece.text.rstrip().endswith("?") or _FORMER.search(piece.text):
                ahead = piece.text
                last_said = replace(last_said, is_list=bool(LEVELS.search(piece.text)))
                continue
            told = [*bull_bear(piece, uses, horizon), *neutral(piece, uses, horizon)]
            told = told or list(told_by_condition(piece, prices, horizon)) or list(if_then(piece, uses, horizon))
            marks = [*lasts, *((before.trigger,) if before is not None and before.trigger is not None else ())]
            told = told or _fuller(
                following(piece, prices, horizon, last_said, told),
                list(told_by_event(piece, prices, horizon, lasts)) or told_by_events(piece, prices, horizon, marks, before),
            )
            told += following(piece, prices, horizon, last_said, told)
            yield from told
            before = told[-1] if told else before
            last_said = _said(told, uses, last_said, stated, piece.text)
            clauses = clauses_of(piece) if told else (piece,)
            for clause in clauses:
                if not any(clause.start < t.span.end and t.span.start < clause.start + len(clause.text) for t in told):
                    ranges = list(range_in(clause, prices, horizon, "" if passage.is_head else passage.place.title))
                    expected = ranges or list(forecast_in(clause, prices, horizon, lasts, ahead))
                    yield from expected
                    last_said = _said(expected, uses, last_said, stated, piece.text) if expected else last_said
            ahead = piece.text


def _fuller(one: Iterable[ReadScenario], other: Iterable[ReadScenario]) -> list[ReadScenario]:
    """Of two readings of a sentence the first, unless the second tells of more ways and of none otherwise than the first."""
    first, second = list(one), list(other)
    ways = {s.target: s.direction for s in first}
    is_fuller = len({s.direction for s in second}) > len({s.direction for s in first})
    return second if is_fuller and all(ways.get(s.target, s.direction) == s.direction for s in second) else first


def _said(told: Sequence[ReadScenario], uses: Sequence[Use], before: Before, lasts: frozenset[Money], text: str) -> Before:
    """What the sentence behind may mean by 'it' and 'otherwise'."""
    own = [u.money for u in uses if u.money in lasts]
    before = replace(before, is_list=bool(LEVELS.search(text)), mark=own[0] if own else before.mark)
    if told:
        return replace(before, price=told[-1].trigger or told[-1].zone or told[-1].target or before.price, way=told[-1].direction)
    named = [u.money for u in uses if u.money not in lasts]
    return replace(before, price=named[-1], way="") if named else before


_FORMER = re.compile(  # what was said then, 'last week I wrote that a break of 5,900 would open 5,850'
    r"\b(?:last (?:week|month|time|note|letter|report|update)|yesterday|on \w+day|in (?:my|our) last \w+)\b[^.;\d]{0,30}"
    r"\b(?:wrote|said|noted|argued|warned|told|flagged|mentioned|suggested)\b",
    re.I,
)
_AIM = re.compile(
    r"\W*(?:(?:first|next|initial|our|my|the|main|minimum)\s){0,2}(?:targets?|objectives?|tps?\s?1?|t/p|aims?|tgts?)"
    r"(?:\s(?:zone|area|is|are|at|then|sits|remains?|:|=)){0,2}\s?[:=]?\s?[$€£~≈]?",
    re.I,
)


def _aimed(pieces: Sequence[Piece], prices: Prices) -> list[Piece]:
    """The sentences, one that says nothing but a target joined to the side before it ('Bullish above 38,900. Target 39,600.')."""
    out: list[Piece] = []
    for piece in pieces:
        first = next((t for t in piece.tokens if prices.is_price(t)), None)
        side = out[-1] if out and is_two_sided(out[-1].text) and sum(prices.is_price(t) for t in out[-1].tokens) == 1 else None
        if first is not None and side is not None and _AIM.fullmatch(piece.text[: first.start]):
            out[-1] = together(side, piece)
        else:
            out.append(piece)
    return out


_QUESTION = 70  # characters
_ANSWER = re.compile(
    r"\W*(?:(?:then|we|it|that['’]s|it['’]s|i|see|look for|expect|next|target|likely|probably|yes|get|say|to)\W+){0,4}[$€£~≈]?",
    re.I,
)


def _answered(pieces: Sequence[Piece], prices: Prices) -> list[Piece]:
    """The sentences, a short question joined to the price that answers it ('Over 60.40? 61.20.')."""
    out: list[Piece] = []
    for piece in pieces:
        first = next((t for t in piece.tokens if prices.is_price(t)), None)
        question = out[-1] if out else None
        if (
            first is not None
            and question is not None
            and question.text.endswith("?")
            and len(question.text) <= _QUESTION
            and _ANSWER.fullmatch(piece.text[: first.start])
        ):
            out[-1] = together(question, piece)
        else:
            out.append(piece)
    return out
