"""Where the sentences of a paragraph begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_PIECE = 1500
# 'last week's low... and 54.98': a list that goes on
_DOTS = re.compile(r"(?<=[\w)])\.{3}(?=\s(?:and|then|also|[$€£]?\d[\d,.]*\d))")
_END = re.compile(
    r"(?:[.!?][\"'”’)\]]{0,3}|•)\s+|(?: {2}|\\)\n|\n(?=[A-Z][A-Za-z’' -]{2,32}:\s)"
)  # Markdown breaks a line by blanks
_ABBREVIATED = re.compile(
    r"\b(?:vs|approx|ca|no|fig|e\.g|i\.e|U\.S|prob|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|St|est|avg|res|resis|sup|supp|"
    r"supt|ref|exp|p\.m|a\.m|"
    r"c)\.\s*$",
    re.I,
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; one too long is cut. A line broken at a width ends none, but one that is
    followed by a label does."""
    at = 0
    for found in _END.finditer(text):
        if not text[at : found.start()].strip(" .0123456789()") and found.start() - at <= 3:
            continue  # '2. Crude oil'
        if found.group().startswith(".") and _ABBREVIATED.search(text[max(at, found.end() - 12) : found.end()]):
            continue
        if text.endswith("...", at, found.start() + 1) and _DOTS.match(text, found.start() - 2):
            continue
        yield from _cut(at, found.end(), text)
        at = found.end()
    yield from _cut(at, len(text), text)


def listed_on(text: str) -> str:
    """A sentence with commas for dots behind which its list goes on, every character in its place."""
    return _DOTS.sub(",  ", text) if "..." in text else text


def _cut(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        blank = text.rfind(" ", start + LONGEST_PIECE // 2, start + LONGEST_PIECE)
        stop = blank if blank > 0 else start + LONGEST_PIECE
        yield start, stop
        start = stop
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
