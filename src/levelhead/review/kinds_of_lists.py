"""The kind that the heading of a list gives what stands under it: 'Open gaps', 'Fib map of the August leg', 'Round numbers'."""

from __future__ import annotations

import re

from levelhead.review.passages import Passage
from levelhead.review.said import LevelKind

LONGEST = 120  # characters of a line of a list
_OF_LIST = r"\s(?:map|grid|levels?|list|table|ladder|sheet|cluster|prices|zones|areas|numbers|targets)"
_NAMES: tuple[tuple[LevelKind, str], ...] = (
    ("gap", rf"gaps|windows(?! of)|fvgs|imbalances|gap{_OF_LIST}"),
    ("fibonacci", rf"fibs|fibonaccis|retracements|fib(?:onacci)?{_OF_LIST}|retracement{_OF_LIST}|fib(?:onacci)?\sextensions?"),
    ("line", r"trend ?lines|channel lines"),
    ("round", rf"round (?:numbers|figures|levels)|big figures|psychological{_OF_LIST}"),
    (
        "extreme",
        r"(?:swing|prior|previous|old|former|session|daily|weekly|monthly|key)\s(?:highs|lows|peaks|troughs|extremes)|"
        r"highs\s?(?:and|&|/)\s?lows|extremes|turning points",
    ),
)
_HEADS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _NAMES)
_OTHERS = re.compile(r"\b(?:averages?|pivots?|[se]?mas?|dmas?|vwap|supports?\s(?:and|&)|scenarios?)\b", re.I)
_RATIO = re.compile(r"(?<![\d.,])(?:\d{2,3}(?:\.\d)?\s?%|[012]?\.\d{2,3}(?!\d))")


def kind_of_list(title: str) -> LevelKind:
    """What all prices under a heading are, 'level' where it names nothing or several things."""
    found: set[LevelKind] = {kind for kind, head in _HEADS if head.search(title)}
    return found.pop() if len(found) == 1 and not _OTHERS.search(title) else "level"


def kind_in_list(passage: Passage) -> LevelKind:
    """The kind that the heading above gives the prices of a line or row, 'level' where it gives none."""
    if (kind := _kind_of_columns(passage)) != "level":
        return kind
    if passage.is_head or (passage.block.kind == "paragraph" and len(passage.block.text) > LONGEST):
        return "level"
    kind = kind_of_list(passage.place.title)
    return "level" if kind == "fibonacci" and not _RATIO.search(passage.block.text) else kind


_COLUMNS: tuple[tuple[LevelKind, re.Pattern[str]], ...] = (
    (
        "fibonacci",
        re.compile(r"(?:fib(?:onacci|s)?|retracements?|extensions?)(?:\s(?:levels?|ratios?|retracements?|extensions?|%|no))?"),
    ),
    ("gap", re.compile(r"(?:open )?gaps?(?:\s(?:zone|area|of|from|date))?")),
    ("average", re.compile(r"(?:moving )?averages?|[se]?ma")),
)


def _kind_of_columns(passage: Passage) -> LevelKind:
    """What the head of a column calls the prices of its rows, 'level' where none does: 'Fib extension | Price | Tag'."""
    for column, piece in zip(passage.columns, passage.pieces, strict=False):
        for kind, head in _COLUMNS:
            if head.fullmatch(column.strip()) and re.search(r"\w", piece.text):
                return kind
    return "level"
