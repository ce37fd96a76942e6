"""A ladder written in one line, the market's own price among the rungs: '6,830 / 6,800 / Last: 6,745 / 6,720 / 6,690'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.passages import Passage, Piece
from levelhead.review.runs import goes_one_way

FEWEST = 4  # prices with the market's own among them
_LAST = r"(?:last|spot|now|price|current|market|here|we are here|close|settle)"
_PRICE = r"[$€£]?\d[\d,.'’]*\d"
_RUNG = re.compile(
    rf"\s*(?:\W{{0,2}}(?P<before>{_LAST})\W{{0,3}})?(?P<price>{_PRICE})\*{{0,3}}(?:\W{{0,2}}(?P<after>{_LAST})\)?)?\s*", re.I
)
_HEAD = re.compile(rf"(?!\s*{_LAST}\b)(?P<head>[^\d:]{{3,60}}):\s", re.I)
_PARTED = re.compile(r"\s[/|–—>-]\s|\s?(?:→|…|\.\.\.?|;)\s?|(?<!\d),\s|,\s(?=\D*\d)")


def opened(found: Sequence[Passage]) -> list[Passage]:
    """The passages; such a line is a passage for each rung."""
    return [each for passage in found for each in (_rungs(passage) or (passage,))]


def _rungs(passage: Passage) -> list[Passage]:
    text = passage.block.text
    if passage.block.kind == "row" or len(passage.pieces) != 1 or passage.place.topic in ("setups", "dismissed") or "/" not in text:
        return []
    head = _HEAD.match(text)
    parts = list(_parts(text, head.end() if head else 0))
    rungs = [_RUNG.fullmatch(text, start, end) for start, end in parts]
    if len(rungs) < FEWEST or None in rungs or sum(bool(r and (r["before"] or r["after"])) for r in rungs) != 1:
        return []
    piece = passage.pieces[0]
    made = [_part(piece, start, end) for start, end in parts]
    values = [t.quantity.low for p in made for t in p.tokens if t.quantity is not None]
    if len(values) != len(made) or not goes_one_way(values):
        return []
    place = replace(passage.place, topic="levels", side="", way="")
    return [replace(passage, pieces=(p,), place=place, is_head=False) for p in made]


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _PARTED.finditer(text, start):
        yield at, mark.start()
        at = mark.end()
    yield at, len(text)


def _part(piece: Piece, start: int, end: int) -> Piece:
    inside = [t for t in piece.tokens if start <= t.start and t.end <= end]
    return Piece(piece.text[start:end], piece.start + start, tuple(t.moved(-start) for t in inside))
