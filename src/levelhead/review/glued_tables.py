"""Tables whose cells were run together, under a heading of names run together or under none, as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from levelhead.review.glued_names import MOST_COLUMNS, headings
from levelhead.review.glued_rows import LONGEST_ROW, MOST_ROWS, Glued, Prices, looks_glued, parted
from levelhead.review.row_kinds import kind
from levelhead.review.text import Block, Cell, Span

FEWEST_ROWS, FEWEST_UNHEADED, UNHEADED_WIDTHS = 2, 4, (2, 3)
DEAREST_HEADING, CORNER, DEAREST_UNHEADED = 0.5, 0.4, 0.35
LONGEST_SENTENCE = 60
KNOWN, LONGEST_TITLE = 0.07, 20
_MAY_NAME = re.compile(r"^[^ ]*[a-z)\d.%#][A-Z]|^[a-z/]{8,40}$")
MOST_HEADINGS = 3  # ways to read one line as names
MOST_TRIES = 24  # a note holds a handful of tables, which count one each and more if long; those looked for in vain count four
LONG_TABLE = 9  # rows
MOST_BEHIND = 1  # lines behind a table that are none of its rows


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a table, how many blocks they were, and what is left of the last of these."""

    rows: tuple[Block, ...]
    count: int
    rest: Block | None


@dataclass(slots=True)
class Tries:
    """How many tables have been looked for in a note; those in vain count fourfold."""

    count: int = 0


def glued_table(blocks: Sequence[Block], at: int, style: Prices, number: int, tries: Tries) -> Found | None:
    """The table whose heading, or whose first row, a block begins with; None where it begins with none."""
    block = blocks[at]
    if block.kind == "row" or block.level or len(block.text) > LONGEST_ROW * MOST_ROWS:
        return None
    first, _, second = block.text.partition("\n")
    if not second and at + 1 < len(blocks) and blocks[at + 1].span.start - block.span.end <= 1:
        second = blocks[at + 1].text
    if not looks_glued(second.partition("\n")[0]) and not (_MAY_NAME.search(first) and re.search(r"\d", second)):
        return None
    lines = _lines(blocks, at)
    if len(lines) < FEWEST_ROWS:
        return None
    tries.count += 1 + len(lines) // LONG_TABLE
    found = _under_names(lines, style) or (_bare(lines, style) if looks_glued(first) else None)
    if found is None:
        tries.count += 3
        return None
    head, glued = found
    count = len(glued.rows) + bool(head)
    rows = [_row(lines[0], head, number, is_header=True)] if len(head) > 1 else [lines[0]] if head else []
    rows += [_row(line, row, number) for line, row in zip(lines[bool(head) :], glued.rows, strict=False)]
    return _replaced(blocks, at, rows, lines[count - 1].span.end)


def _replaced(blocks: Sequence[Block], at: int, rows: Sequence[Block], end: int) -> Found:
    """The rows in the place of the blocks they were, the last of which may go on behind them."""
    after = at
    while after < len(blocks) and blocks[after].span.start < end:
        after += 1
    last = blocks[after - 1]
    cut = end - last.span.start + 1
    rest = last.text[cut:]
    if not rest.strip():
        return Found(tuple(rows), after - at, None)
    span = Span(start=last.span.start + cut, end=last.span.end)
    return Found(tuple(rows), after - at, replace(last, kind="paragraph", text=rest, span=span))


def _lines(blocks: Sequence[Block], at: int) -> list[Block]:
    """The lines from a block on, as blocks of their own, up to an empty one or one that is no row."""
    lines: list[Block] = []
    end = blocks[at].span.start
    for block in blocks[at : at + MOST_ROWS]:
        if block.kind in ("row", "rule") or (block.level and block.kind == "heading") or block.span.start - end > 1:
            break
        start = block.span.start
        for text in block.text.split("\n"):
            is_prose = len(text) > LONGEST_SENTENCE and text.endswith((".", "!", "?"))
            if len(text) > LONGEST_ROW or is_prose or len(lines) > MOST_ROWS:
                return lines
            lines.append(replace(block, kind="paragraph", text=text, span=Span(start=start, end=start + len(text))))
            start += len(text) + 1
        end = block.span.end
    return lines


Spans = tuple[tuple[int, int] | None, ...]


def _under_names(lines: Sequence[Block], style: Prices) -> tuple[Spans, Glued] | None:
    """The names of the columns in the first line, and the rows below."""
    named = {
        n: found
        for n, found in headings(lines[0].text).items()
        if found[0] <= DEAREST_HEADING * n and (n > 1 or len(lines[0].text) <= LONGEST_TITLE)
    }
    named = dict(sorted(named.items(), key=lambda one: one[1][0] / one[0])[:MOST_HEADINGS])
    rows = [line.text for line in lines[1:]]
    is_known = any(found[0] <= KNOWN * n and n > 1 for n, found in named.items())
    fewest = FEWEST_ROWS - (is_known and max(named) > FEWEST_ROWS + 1)
    while named and len(rows) >= fewest and len(lines) - 1 - len(rows) <= MOST_BEHIND:
        best: tuple[float, Spans, Glued] | None = None
        if (is_known or 2 * sum(map(looks_glued, rows)) > len(rows)) and re.search(r"\d", rows[0]):
            for count, (cost, spans) in named.items():
                for width in (count, count + 1):
                    if not 2 <= width <= MOST_COLUMNS or (glued := parted(rows, width, style)) is None:
                        continue
                    total = glued.cost + cost / 2 + CORNER * (width - count)
                    if best is None or total < best[0]:
                        best = (total, _with_corner(spans, glued, [line.text for line in lines], width), glued)
        if best is not None:
            return best[1], best[2]
        rows = rows[:-1]
    return None


def _with_corner(spans: Spans, glued: Glued, lines: Sequence[str], width: int) -> Spans:
    """The names, an empty one above the column that has none: the first or the last, whichever the numbers below bear out."""
    if len(spans) in (width, 1):
        return spans
    names = [lines[0][place[0] : place[1]] for place in spans if place]
    kinds = [kind(lines[1][place[0] : place[1]]) if place else "" for place in glued.rows[0]]
    over_first = sum(_stands_over(name, kinds[n]) for n, name in enumerate(names))
    over_last = sum(_stands_over(name, kinds[n + 1]) for n, name in enumerate(names))
    return (*spans, None) if over_first > over_last else (None, *spans)


_OF_SHARES = re.compile(r"prob|odds|chance|likel|weight|%", re.I)
_OF_PRICES = re.compile(r"price|zone|target|range|value|entry|stop|where|number", re.I)


def _stands_over(name: str, what: str) -> bool:
    """Whether cells of such a kind stand under a name."""
    if name in ("#", "№", "No", "No."):
        return what == "i"
    return bool((_OF_SHARES.match(name) and what == "%") or (_OF_PRICES.match(name) and what in "nlm" and what))


def _bare(lines: Sequence[Block], style: Prices) -> tuple[Spans, Glued] | None:
    """Rows under no heading: all of them run together in the same way."""
    rows = [line.text for line in lines]
    if len(rows) < FEWEST_UNHEADED or not all(map(looks_glued, rows)):
        return None
    found = [glued for width in UNHEADED_WIDTHS if (glued := parted(rows, width, style)) and glued.cost <= DEAREST_UNHEADED]
    return ((), min(found, key=lambda glued: glued.cost)) if found else None


def _row(line: Block, spans: Spans, number: int, *, is_header: bool = False) -> Block:
    cells: list[Cell] = []
    end = line.span.start
    filled = max((n for n, place in enumerate(spans, 1) if place is not None), default=0)
    for place in spans if is_header else spans[:filled]:
        if place is None:
            cells.append(Cell(text="", span=Span(start=end, end=end)))
            continue
        text = line.text[place[0] : place[1]].strip()
        start = line.span.start + line.text.index(text, place[0])
        cells.append(Cell(text=text, span=Span(start=start, end=start + len(text))))
        end = start + len(text)
    return replace(line, kind="row", level=0, cells=tuple(cells), table=number, is_header=is_header)
