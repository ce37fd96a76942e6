"""Averages of a table that are called by their days alone: '5-day | 2,243.1' among '20-day | 2,246.4' and '50-day | 2,172.9'.

Five days alone are a stretch of time; in a column of lengths they are a length like those beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.averages import LENGTHS
from levelhead.review.passages import Passage, Piece
from levelhead.review.tokens import Token

FEWEST = 2  # other rows of the same table that name an average by its days
_DAYS = re.compile(r"\W*(?P<n>\d{1,3})[\s-]?(?:days?|d)(?:\s(?:line|average|[sed]?ma))?\W*", re.I)
_ALONE = re.compile(r"\W*\d{1,3}[\s-]?(?:days?|d)\W*", re.I)
_VALUE = re.compile(r"\W{0,3}\d[\d.,'’]*[^%\d]{0,3}")
_EXPONENTIAL = re.compile(r"\b(?:EMAs?|exponential)\b", re.I)
_OF_OTHERS = re.compile(
    r"\b(?:rsi|strength|atr|true range|volatility|volume|stochastic|change|return|performance|momentum|"
    r"range)\b",
    re.I,
)


def with_short_averages(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, the labels of a run of lengths named as the averages that they are."""
    out = list(passages)
    for first, after in _runs(passages):
        lengths = [_length(p) for p in passages[first:after]]
        if len({n for n in lengths if n in LENGTHS}) <= FEWEST or lengths != sorted(lengths):
            continue
        above = " ".join([*(p.block.text for p in passages[max(0, first - 1) : first] if p.is_head), *passages[first].columns[:2]])
        stem = "" if _OF_OTHERS.search(above) else "ema" if _EXPONENTIAL.search(above) else "sma"
        for at in (n for n in range(first, after) if _ALONE.fullmatch(passages[n].pieces[0].text)):
            out[at] = _named(passages[at], f"{stem}_{lengths[at - first]}" if stem else "")
    return tuple(out)


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """From where to where rows that begin with so many days and a number follow each other."""
    at = 0
    while at < len(passages):
        end = at
        while end < len(passages) and _length(passages[end]):
            end += 1
        if end - at > FEWEST:
            yield at, end
        at = max(end, at + 1)


def _length(passage: Passage) -> int:
    """The days that the first cell of a row is, where a value stands in the second; else 0."""
    if passage.block.kind != "row" or len(passage.pieces) < 2:
        return 0
    found = _DAYS.fullmatch(passage.pieces[0].text)
    return int(found["n"]) if found and _VALUE.match(passage.pieces[1].text) and "%" not in passage.pieces[1].text[:12] else 0


def _named(passage: Passage, name: str) -> Passage:
    """The row, its label named so; without a name it is a stretch of time."""
    label = passage.pieces[0]
    token = Token("average" if name else "horizon", 0, len(label.text), label.text, names=(name,) if name else ())
    return replace(passage, pieces=(Piece(label.text, label.start, (token,)), *passage.pieces[1:]))
