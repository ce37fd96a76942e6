"""Targets of both sides that stand beside each other, a line or row each: 'Up targets 46,720 then 46,905' over 'Down targets "
"...'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import one_piece
from levelhead.review.prices import Prices
from levelhead.review.said import Direction
from levelhead.review.scenario_case import Case, Part, case_of

_LABEL = re.compile(
    r"\W{0,4}(?:(?P<up>up(?:side)?|bull(?:ish|s)?|bulls['’])|(?:down(?:side)?|bear(?:ish|s)?|bears['’]))\s(?:price\s)?"
    r"(?:targets?|objectives?|goals?)\s{0,40}(?:\([^()\d]{1,20}\)\s?)?[:=|–—-]?\s{0,40}[$€£~≈]?",
    re.I,
)


def paired_targets(passages: Sequence[Passage], prices: Prices) -> dict[int, list[Case]]:
    """By passage the way to the first target of its line, where the line beside it gives the targets of the other side."""
    out: dict[int, list[Case]] = {}
    named = [_named(p, prices) for p in passages]
    for at, (one, two) in enumerate(pairwise(named)):
        if one is not None and two is not None and one[0] != two[0]:
            for n, (way, piece) in ((at, one), (at + 1, two)):
                out[n] = [_case(passages[n], way, piece)]
    return out


def _named(passage: Passage, prices: Prices) -> tuple[Direction, Piece] | None:
    """Which way the targets of a line lead, with the line; None where it gives none."""
    if passage.place.topic in ("dismissed", "setups") or not passage.pieces or passage.columns:
        return None
    piece = one_piece(passage)
    first = next((t for t in piece.tokens if prices.is_price(t)), None)
    if first is None or (label := _LABEL.fullmatch(piece.text[: first.start])) is None:
        return None
    return ("up" if label["up"] else "down"), piece


def _case(passage: Passage, way: Direction, piece: Piece) -> Case:
    case = case_of(passage, piece.text, way, None)
    case.parts, case.span = [Part(piece, "target")], piece.span()
    return case
