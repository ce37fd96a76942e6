"""Sentences and cells joined and cut, their tokens with them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from levelhead.review.passages import Passage, Piece
from levelhead.review.tokens import Token

_CLAUSE = re.compile(r";\s")
SENTENCE = re.compile(r"[.!?;][\"”’)]{0,2}\s+|\n")


def one_piece(passage: Passage) -> Piece:
    """A passage with all its sentences or cells as one piece."""
    if len(passage.pieces) == 1:
        return passage.pieces[0]
    start, end = passage.pieces[0].start, max(p.start + len(p.text) for p in passage.pieces)
    text = [" "] * (end - start)
    tokens: list[Token] = []
    for piece in passage.pieces:
        shift = piece.start - start
        if shift < 0:
            return piece
        if passage.block.kind == "row" and shift >= 2:
            text[shift - (2 if text[shift - 2] == " " else 1)] = "|"
        text[shift : shift + len(piece.text)] = piece.text
        tokens += [t.moved(shift) for t in piece.tokens]
    return Piece("".join(text), start, tuple(tokens))


def together(one: Piece, two: Piece) -> Piece:
    """Two pieces that follow each other as one."""
    shift = two.start - one.start
    text = one.text + " " * (shift - len(one.text)) + two.text
    return Piece(text, one.start, (*one.tokens, *(t.moved(shift) for t in two.tokens)))


def part_of(piece: Piece, start: int, end: int) -> Piece:
    """The characters start to end of a piece as one of its own."""
    if not start and end >= len(piece.text):
        return piece
    first = bisect_left(piece.tokens, start, key=lambda t: t.start)
    inside = [t for t in takewhile(lambda t: t.start < end, piece.tokens[first:]) if t.end <= end]
    tokens = tuple(t.moved(-start) for t in inside)
    return Piece(piece.text[start:end], piece.start + start, tokens)


def clauses_of(piece: Piece) -> Iterator[Piece]:
    """The parts of a sentence that semicolons set apart."""
    at = 0
    for stop in [*(m.end() for m in _CLAUSE.finditer(piece.text)), len(piece.text)]:
        yield part_of(piece, at, stop)
        at = stop


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends."""
    ends = [m.end() for m in SENTENCE.finditer(text)]
    return max((e for e in ends if e <= place), default=0), min((e for e in ends if e > place), default=len(text))
