"""Tables copied with one cell on each line: label, price, remark, label, price, remark; with or without a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.alternatives import by_first_letter
from levelhead.review.dashboards import pairs_at
from levelhead.review.text import Block, Cell, Span

LONGEST_CELL = 90
WIDTHS = (4, 3, 2)
_PRICE = re.compile(
    r"[~≈<>]?\s?(?:US)?[$€£]?\s?\d[\d,.’']*\s?[kK]?(?:\s\d{1,2}/32)?\+?(?:\s?(?:[-–—/]|"
    r"to)\s?(?:US)?[$€£]?\d[\d,.’']*\s?[kK]?(?:\s\d{1,2}/32)?)?"
)
_PERCENT = re.compile(r"[~≈]?\s?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:%|per ?cent|pct)", re.I)
_BARE_SIDE = re.compile(r"(?:key |major )?(?:supports?|resistances?)", re.I)
_SHARE = re.compile(r"0?\.\d{1,2}")
_SIDE = re.compile(r"(?:\w+[\s-]){0,2}(?:supports?|resistances?|pivot|demand|supply|floor|ceiling|[SR][1-5])\b", re.I)
_VALUE_LABEL = re.compile(
    r"(?:last|previous|prior|prev\.?|current|latest|closing|settlement|spot|market)?\s?(?:close|price|last|settle(?:ment)?|quote)|"
    r"(?:\d{1,3}[- ]?(?:day|d|dma|sma|ema|ma)\b.{0,16})|RSI.{0,12}|ATR.{0,12}|MACD.{0,12}|"
    r"(?:[\w'’-]+\s){0,3}(?:high|low)|fib\w*\b.{0,20}|(?:[\w'’.%-]+\s){0,3}retracement.{0,20}|vwap|poc|va[hl]|"
    r"(?:\w+\s){0,2}gap(?: fill)?|(?:\w+\s){0,2}standard deviations?.{0,12}",
    re.I,
)
_HEADS_SIDE = re.compile(r"\b(?:supports?|resistances?|levels?|pivots?|upside|downside|above|below)\b", re.I)
_WAY = re.compile(
    r"\b"
    + by_first_letter(
        r"bull\w*|bear\w*|up\w*|down\w*|range\w*|sideways|neutral|base|break\w*|bounce\w*|rally|pullback|consolidation|grind|"
        r"slide|drop|correction|higher|lower|squeeze|chop|retest|flush|failure"
    )
    + r"\b",
    re.I,
)
_HEADING = re.compile(
    r"(?:key\s|price\s|estimated\s|our\s|how\s|where\s|what\s)?(?:levels?|types?|prices?|zones?|notes?|comment(?:s|ary)?|"
    r"descriptions?|scenarios?|probabilit(?:y|ies)|odds|chances?|likely|likelihood|weight|bias|"
    r"reason(?:s|ing)?|targets?|significance|role|reading|area|path|case|view|outcome|outlook|side|to|why(?: it matters)?|what|"
    r"where|details?|remarks?|context|meaning|watch)",
    re.I,
)


def stacked(blocks: Sequence[Block], plain: str) -> tuple[Block, ...]:
    """The blocks with such runs of lines as rows of a table; everything else as it was. plain: the text they stand in."""
    given, blocks = blocks, [_unlisted(b, plain) for b in blocks]
    out: list[Block] = []
    number = 1 + max((b.table for b in blocks if b.table is not None), default=-1)
    at = 0
    while at < len(blocks):
        width, count = _shape(blocks, at)
        if count < 2:
            pairs = pairs_at(blocks, at)
            out += [_row(pair, number) for pair in pairs.rows] or [given[at]]
            number += bool(pairs.rows)
            at = max(pairs.after, at + 1)
            continue
        head = _heading(out, width)
        if head:
            del out[-width:]
            out.append(_row(head, number, is_header=True))
        for row in range(count):
            out.append(_row(blocks[at + row * width : at + (row + 1) * width], number))
        number += 1
        at += width * count
    return tuple(out)


def _unlisted(block: Block, plain: str) -> Block:
    """A number that begins its line, or a label with one, as a paragraph: what stands around it makes it an item of a list."""
    text = block.text.strip()
    if block.kind != "item" or not (_PRICE.fullmatch(text) or (text[:1].isdigit() and _VALUE_LABEL.fullmatch(text))):
        return block
    start = plain.rfind("\n", 0, block.span.start) + 1
    return replace(block, kind="paragraph", level=0) if not plain[start : block.span.start].strip() else block


def _heading(before: Sequence[Block], width: int) -> list[Block]:
    """The lines right above that name the columns, [] where they do not."""
    cells = list(before[-width:])
    if len(cells) == width and all(b.kind != "row" and _HEADING.fullmatch(b.text.strip(" :")) for b in cells):
        return cells
    return []


def _shape(blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """How wide and how long a table begins at a block: (3, 4) for four rows of three; a count of 0 where none does."""
    best = (0, 0, 0)  # cells, whether a price or a side stands first, width
    for width in WIDTHS:
        count = _rows(blocks, at, width)
        if count >= 2:
            best = max(best, (count * width, _kind(blocks[at].text.strip()) != ".", width))
    if best[0] and not best[1]:
        for width in WIDTHS:  # the same lines may begin a row one or two lines later
            for later in range(1, width):
                starts = at + later < len(blocks) and _kind(blocks[at + later].text.strip()) != "."
                if starts and _rows(blocks, at + later, width) * width >= best[0] - width + 1:
                    return 0, 0
    return (best[2], best[0] // best[2]) if best[0] else (0, 0)


def _rows(blocks: Sequence[Block], at: int, width: int) -> int:
    """How many rows of the same kinds of cells follow one another."""
    under_side = at > 0 and len(blocks[at - 1].text) <= LONGEST_CELL and bool(_HEADS_SIDE.search(blocks[at - 1].text))
    first = _kinds(blocks, at, width, under_side=under_side)
    count = 1 if first else 0
    while first and _kinds(blocks, at + count * width, width, under_side=under_side) == first:
        count += 1
    behind = at + count * width
    if width == 2 and count and behind < len(blocks) and _BARE_SIDE.fullmatch(blocks[behind - 2].text.strip(" :")):
        count -= _kind(blocks[behind].text.strip()) == "p"  # a side over a list of prices
    return count


def _kinds(blocks: Sequence[Block], at: int, width: int, *, under_side: bool = False) -> str:
    """Of a row, what its cells are: p a price, % a chance, s a side, w a way on, . something else; '' where it is no row."""
    cells = blocks[at : at + width]
    if len(cells) < width or any(b.kind in ("row", "rule", "item") or len(b.text) > LONGEST_CELL for b in cells):
        return ""
    kinds = "".join(_kind(b.text.strip()) for b in cells)
    if kinds == ".p" and _VALUE_LABEL.fullmatch(cells[0].text.strip()):
        kinds = "sp"  # 'Previous close' over its price, among supports over theirs
    has_label = "s" in kinds or ("%" in kinds and "w" in kinds) or (width == 2 and "p" in kinds and "." in kinds and under_side)
    if not has_label or kinds.count("s") > 1 or kinds.count("p") > 1 or not ("p" in kinds or "%" in kinds):
        return ""
    return kinds if "%" in kinds else kinds.replace("w", ".")


def _kind(text: str) -> str:
    if _PERCENT.fullmatch(text) or _SHARE.fullmatch(text):
        return "%"
    if _PRICE.fullmatch(text) and re.search(r"\d{2}|\.\d", text):
        return "p"
    if len(text) <= 40 and _SIDE.match(text):
        return "s"
    return "w" if _WAY.search(text) else "."


def _row(cells: Sequence[Block], number: int, *, is_header: bool = False) -> Block:
    first, last = cells[0], cells[-1]
    parts = []
    for block in cells:
        start = block.span.start + len(block.text) - len(block.text.lstrip())
        text = block.text.strip()
        parts.append(Cell(text=text, span=Span(start=start, end=start + len(text))))
    return replace(
        first,
        kind="row",
        text=" ".join(b.text for b in cells),
        span=Span(start=first.span.start, end=last.span.end),
        level=0,
        cells=tuple(parts),
        table=number,
        is_header=is_header,
    )
