"""Tables copied with one cell on each line and no heading: label, price, remark, label, price, remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.text import Block, Cell, Span

LONGEST_CELL = 80
_PRICE = re.compile(r"[~≈<>]?\s?[$€£]?\s?\d[\d,.’']*\s?[kK]?\+?(?:\s?(?:[-–—/]|to)\s?[$€£]?\d[\d,.’']*\s?[kK]?)?")
_LABEL = re.compile(
    r"\b(?:supports?|resistances?|pivots?|demand|supply|targets?|floor|ceiling|[SR][1-5]|R\d|S\d|\d{2,3}[- ]?(?:day|d|"
    r"week)?\s?[SED]?MA)\b",
    re.I,
)

_SIDE = re.compile(r"(?:(?:key|major|minor|immediate|first|second|next)\s)?(?:supports?|resistances?|pivot)(?:\s?\d)?", re.I)


def stacked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with such runs of lines as rows of a table; everything else as it was."""
    out: list[Block] = []
    number = 1 + max((b.table for b in blocks if b.table is not None), default=-1)
    at = 0
    while at < len(blocks):
        width, count = _shape(blocks, at)
        if count < 2:
            out.append(blocks[at])
            at += 1
            continue
        for row in range(count):
            out.append(_row(blocks[at + row * width : at + (row + 1) * width], number))
        number += 1
        at += width * count
    return tuple(out)


def _shape(blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """How wide and how long a table begins at a block: (3, 4) for four rows of three; a count of 0 where none does."""
    best = (0, 0)
    for width in (3, 2):
        count = 0
        while _is_row(blocks, at + count * width, width):
            count += 1
        if count >= 2 and count * width > best[0] * best[1]:
            best = (width, count)
    return best


def _is_row(blocks: Sequence[Block], at: int, width: int) -> bool:
    cells = blocks[at : at + width]
    if len(cells) < width or any(b.kind == "row" or len(b.text) > LONGEST_CELL for b in cells):
        return False
    if not _LABEL.search(cells[0].text) or re.search(r"\d{3}", cells[0].text) or not _PRICE.fullmatch(cells[1].text.strip()):
        return False
    return width == 2 or not (_PRICE.fullmatch(cells[2].text.strip()) or _SIDE.fullmatch(cells[2].text.strip()))


def _row(cells: Sequence[Block], number: int) -> Block:
    first, last = cells[0], cells[-1]
    parts = tuple(
        Cell(
            text=b.text.strip(),
            span=Span(start=b.span.start + _lead(b.text), end=b.span.start + _lead(b.text) + len(b.text.strip())),
        )
        for b in cells
    )
    return replace(
        first,
        kind="row",
        text=" ".join(b.text for b in cells),
        span=Span(start=first.span.start, end=last.span.end),
        level=0,
        cells=parts,
        table=number,
    )


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())
