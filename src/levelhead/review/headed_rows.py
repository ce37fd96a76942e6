"""Tables whose heading is nothing but a row: names of values, and markets with as many numbers below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.averages import AVERAGE
from levelhead.review.oscillators import OSCILLATOR
from levelhead.review.text import Block, Cell, Span

FEWEST_NAMED = 2
LONGEST_NAME = 24
_NAMED = re.compile(
    r"(?:last|close|closing|settle(?:ment)?|spot|price|px|quote|mark)(?:\s(?:price|close))?|(?:MA|SMA|EMA|DMA)\s?-?\(?\d{1,3}\)?|"
    r"\d{1,3}[\s-]?(?:d(?:ay|ma)?|sma|ema|ma|dma)(?:[\s-](?:sma|ema|ma|dma|avg|average))?|(?:RSI|ATR|MACD)\s?\(?\d{0,2}\)?|signal|hist(?:ogram)?|"
    r"52[\s-]?w(?:ee)?k?[\s-](?:high|low|hi|lo)|ATH|all[- ]time high|record|[SR]\s?[1-4]|P|PP|pivot|supp?(?:ort)?\s?\d?|"
    r"res(?:istance)?\s?\d?",
    re.I,
)
_NUMBER = re.compile(r"[~≈]?[+−-]?\s?[$€£¥]?\s?\d[\d.,'’+/-]*\s?[kK%]?|[-–—]|n/?a", re.I)


def headed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with such rows as headers of their tables, an empty cell above the names of the markets."""
    out = list(blocks)
    for at, block in enumerate(blocks):
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        before = blocks[at - 1] if at else None
        if below is None or not _is_row(block) or not _is_row(below) or not _names_values(block):
            continue
        if before is not None and before.kind == "row" and before.table == block.table and before.is_header:
            continue
        missing = len(below.cells) - len(block.cells)
        if missing in (0, 1) and _holds_values(below):
            blank = (Cell(text="", span=Span(start=block.span.start, end=block.span.start)),) * missing
            out[at] = replace(block, cells=(*blank, *block.cells), is_header=True)
    return tuple(out)


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
