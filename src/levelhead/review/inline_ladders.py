"""A ladder written in one line, the market's own price among the rungs: '6,830 / 6,800 / Last: 6,745 / 6,720 / 6,690'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.last_price import is_last_label, marks_last
from levelhead.review.passages import Passage, Piece
from levelhead.review.runs import goes_one_way

FEWEST = 4  # prices with the market's own among them
_RUNG = re.compile(r"(?P<before>[^\d$€£]{0,24})(?P<price>[$€£]?\d[\d,.'’]*\d)(?P<after>[^\d]{0,24})")
_HEAD = re.compile(r"(?P<head>[^\d:]{3,60}):\s")
_PARTED = re.compile(r"\s[/|–—>-]\s|\s?(?:→|…|\.\.\.?|;)\s?|(?<!\d),\s|,\s(?=\D*\d)")


def opened(found: Sequence[Passage]) -> list[Passage]:
    """The passages; such a line is a passage for each rung."""
    return [each for passage in found for each in (_rungs(passage) or (passage,))]


def _rungs(passage: Passage) -> list[Passage]:
    text = passage.block.text
    if passage.block.kind == "row" or len(passage.pieces) != 1 or passage.place.topic in ("setups", "dismissed") or "/" not in text:
        return []
    head = _HEAD.match(text)
    if head and is_last_label(head["head"]):
        head = None
    parts = list(_parts(text, head.end() if head else 0))
    rungs = [_RUNG.fullmatch(text, start, end) for start, end in parts]
    marked = [r for r in rungs if r is not None and re.search(r"\w", r["before"] + r["after"])]
    if len(rungs) < FEWEST or None in rungs or len(marked) != 1 or not _is_market(marked[0]):
        return []
    piece = passage.pieces[0]
    made = [_part(piece, start, end) for start, end in parts]
    values = [t.quantity.low for p in made for t in p.tokens if t.quantity is not None]
    if len(values) != len(made) or not goes_one_way(values):
        return []
    place = replace(passage.place, topic="levels", side="", way="")
    return [replace(passage, pieces=(p,), place=place, is_head=False) for p in made]


def _is_market(rung: re.Match[str]) -> bool:
    return is_last_label(rung["before"].strip(" :=")) if re.search(r"\w", rung["before"]) else marks_last(rung["after"])


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _PARTED.finditer(text, start):
        yield at, mark.start()
        at = mark.end()
    yield at, len(text)


def _part(piece: Piece, start: int, end: int) -> Piece:
    inside = [t for t in piece.tokens if start <= t.start and t.end <= end]
    return Piece(piece.text[start:end], piece.start + start, tuple(t.moved(-start) for t in inside))
