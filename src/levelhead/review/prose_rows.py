"""Rows that are sentences: 'Our preference: | Long positions above 2470 with targets at 2508', '11:50 | 60% for 5,724'.

A layout that sets a label or a time beside each sentence looks like a table; where no heading names its columns, what it says of
the future is read as the sentence it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import one_piece, part_of, sentence_at
from levelhead.review.probabilities import is_worded
from levelhead.review.text import Span

FEWEST_WORDS = 5
MOST_CELLS = 3
_PRICE = re.compile(r"\d{3}|\d[.,]\d")
_WEIGHED = re.compile(
    r"[A-Za-z]{2}.*\(\s?[~≈]?\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?%\s?\)|\w\d?\s\(\d{1,2}\s?%\)"
)  # 'H1 (45%)', 'Lower, 70.80 (50%)'
_WORD = re.compile(r"[A-Za-z][a-z]+")


def as_prose(passage: Passage) -> Passage:
    """The row as a paragraph, its label ahead with a colon; any other passage as it is."""
    if passage.block.kind != "row" or passage.columns or not 2 <= len(passage.pieces) <= MOST_CELLS:
        return passage
    *labels, told = passage.pieces
    if any(len(_WORD.findall(p.text)) >= FEWEST_WORDS or _PRICE.search(p.text) for p in labels):
        return passage  # a price and what is said of it
    is_named = is_worded(labels[-1].text.strip(" .:"))
    if len(_WORD.findall(told.text)) < FEWEST_WORDS and not (is_named or any(_WEIGHED.search(p.text) for p in passage.pieces)):
        return passage
    own = replace(passage, pieces=tuple(p for p in passage.pieces if p is told or _WORD.search(p.text) or "%" in p.text))
    piece = one_piece(own)
    text = piece.text.replace("|", ":", 1) if not labels[-1].text.rstrip().endswith(":") else piece.text.replace("|", " ", 1)
    whole = Piece(text, piece.start, piece.tokens)
    block = replace(
        passage.block, kind="paragraph", text=text, cells=(), span=Span(start=piece.start, end=piece.start + len(text)), table=None
    )
    return replace(passage, block=block, pieces=_sentences(whole))


def _sentences(piece: Piece) -> tuple[Piece, ...]:
    parts, at = [], 0
    while at < len(piece.text):
        end = sentence_at(piece.text, at)[1]
        parts.append(part_of(piece, at, end))
        at = end
    return tuple(parts)
