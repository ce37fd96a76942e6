"""Tables whose heading is nothing but a row or a line of names: values or pivots, and as many numbers below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.averages import AVERAGE
from levelhead.review.oscillators import OSCILLATOR
from levelhead.review.text import Block, Cell, Span

FEWEST_NAMED = 2
LONGEST_NAME = 24
FEWEST_PARTED = 3
LONGEST_PARTED = 120
_BLANK = re.compile(r"[\s|/·;]+")
_NAMED = re.compile(
    r"(?:last|close|closing|settle(?:ment)?|spot|price|px|quote|mark)(?:\s(?:price|close))?|(?:MA|SMA|EMA|DMA)\s?-?\(?\d{1,3}\)?|"
    r"\d{1,3}[\s-]?(?:d(?:ay|ma)?|sma|ema|ma|dma)(?:[\s-](?:sma|ema|ma|dma|avg|average))?|(?:RSI|ATR|MACD)\s?\(?\d{0,2}\)?|signal|hist(?:ogram)?|"
    r"52[\s-]?w(?:ee)?k?[\s-](?:high|low|hi|lo)|ATH|all[- ]time high|record|[SR]\s?[1-4]|PP?|pivot|supp?(?:ort)?\s?\d?|"
    r"res(?:istance)?\s?\d?",
    re.I,
)
_NUMBER = re.compile(r"[~≈]?[+−-]?\s?[$€£¥]?\s?\d[\d.,'’+/-]*\s?[kK%]?|[-–—]|n/?a", re.I)


def headed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with such rows as headers of their tables, an empty cell above the names of the markets."""
    out = _lines_as_rows(blocks)
    blocks = tuple(out)
    for at, block in enumerate(blocks):
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        before = blocks[at - 1] if at else None
        if below is None or not _is_row(block) or not _is_row(below) or not _names_values(block):
            continue
        if before is not None and before.kind == "row" and before.table == block.table and before.is_header:
            continue
        missing = len(below.cells) - len(block.cells)
        if (missing == 0 and _are_names(block) and _are_numbers(below)) or (missing in (0, 1) and _holds_values(below)):
            blank = (Cell(text="", span=Span(start=block.span.start, end=block.span.start)),) * missing
            out[at] = replace(block, cells=(*blank, *block.cells), is_header=True)
    return tuple(out)


def _lines_as_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with 'S2 S1 P R1 R2' over '24,800 24,900 25,000 25,100 25,200' as two rows, where single blanks part them."""
    out: list[Block] = []
    number = 1 + max((b.table for b in blocks if b.table is not None), default=-1)
    at = 0
    while at < len(blocks):
        names = _parted(_without_first(blocks[at]), _NAMED)
        rows = [names] if len(names) >= FEWEST_PARTED else []
        while rows and at + len(rows) < len(blocks) and len(cells := _values_below(blocks[at + len(rows)], len(names))) > 0:
            rows.append(cells)
        if len(rows) < 2:
            out.append(blocks[at])
            at += 1
            continue
        for n, cells in enumerate(rows):
            head = len(cells) < max(map(len, rows))
            blank = (Cell(text="", span=Span(start=blocks[at + n].span.start, end=blocks[at + n].span.start)),) if head else ()
            out.append(replace(blocks[at + n], kind="row", level=0, cells=(*blank, *cells), table=number, is_header=n == 0))
        number += 1
        at += len(rows)
    return out


_FIRST = re.compile(r"(?:symbol|instrument|index|pair|contract|markets?|name|ticker|period|type|asset|future)s?\s+", re.I)


def _without_first(block: Block) -> Block:
    """'Symbol S2 S1 P R1 R2' without what heads the first column."""
    found = _FIRST.match(block.text) if block.kind != "row" else None
    if found is None:
        return block
    return replace(block, text=block.text[found.end() :], span=Span(start=block.span.start + found.end(), end=block.span.end))


def _values_below(block: Block, count: int) -> tuple[Cell, ...]:
    """The numbers of a line, `count` of them, perhaps with a label before them; () where it is no such line."""
    text = block.text
    label = re.match(r"[A-Za-z][A-Za-z0-9/ .&-]{0,30}?[\s:]+(?=[$€£]?\d[\d.,]*(?:\s|$))", text)
    start = label.end() if label else 0
    cells = _parted(replace(block, text=text[start:], span=Span(start=block.span.start + start, end=block.span.end)), _NUMBER)
    if len(cells) != count:
        return ()
    if label is None:
        return cells
    name = label.group().rstrip(" :")
    return (Cell(text=name, span=Span(start=block.span.start, end=block.span.start + len(name))), *cells)


def _parted(block: Block, pattern: re.Pattern[str]) -> tuple[Cell, ...]:
    """The words of a line as cells, where each matches; () where one does not, or the block is a row or long."""
    if block.kind == "row" or len(block.text) > LONGEST_PARTED:
        return ()
    cells, at, text = [], 0, block.text.rstrip()
    while at < len(text):
        if found := _BLANK.match(text, at):
            at = found.end()
            continue
        found = pattern.match(text, at)
        word = found.group().rstrip() if found else ""
        end = at + len(word)
        if not word or (end < len(text) and not _BLANK.match(text, end)):
            return ()
        start = block.span.start + at
        cells.append(Cell(text=word, span=Span(start=start, end=start + len(word))))
        at = end
    return tuple(cells)


def _are_names(block: Block) -> bool:
    """Whether every cell is the name of a value or a pivot."""
    return all(_NAMED.fullmatch(c.text.strip(" :*()")) for c in block.cells)


def _are_numbers(block: Block) -> bool:
    return all(_NUMBER.fullmatch(c.text.strip()) and re.search(r"\d", c.text) for c in block.cells)


def _is_row(block: Block) -> bool:
    return block.kind == "row" and not block.is_header and len(block.cells) >= FEWEST_NAMED


def _names_values(block: Block) -> bool:
    """Whether its cells, but for the first, are names of values, and at least two are."""
    cells = [c.text.strip(" :*") for c in block.cells]
    named = [bool(_NAMED.fullmatch(c) or AVERAGE.fullmatch(c) or OSCILLATOR.fullmatch(c)) for c in cells]
    words = [not re.search(r"\d{3}|\d[.,]\d", c) and len(c) <= LONGEST_NAME for c in cells]
    return (
        sum(named) >= FEWEST_NAMED and all(n or w for n, w in zip(named, words, strict=True)) and sum(named) * 2 >= len(cells) - 1
    )


def _holds_values(block: Block) -> bool:
    """A name, then nothing but numbers."""
    return bool(re.search("[A-Za-z]", block.cells[0].text)) and all(
        _NUMBER.fullmatch(c.text.strip()) for c in block.cells[1:] if c.text.strip()
    )
