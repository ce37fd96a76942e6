"""Rows of tables: between bars, tabs or wide blanks, or one cell on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from levelhead.review.lines import Line, has_price, is_price
from levelhead.review.text import Block, Cell, Span

LONGEST_CELL = 400
MOST_COLUMNS = 12
MOST_HEADINGS = 5  # columns of a table with one cell on each line
LONGEST_TABLE = 200
_SEPARATOR = re.compile(r"[|+:=\s-]*-{2,}[|+:=\s-]*")
_WIDE = re.compile(r" {2,}|\t[ \t]*")
# What columns of such tables are called; a heading that none of them names may stand beside one that does.
COLUMN_NAMES = re.compile(
    r"\b(?:levels?|types?|prices?|zones?|notes?|comment(?:s|ary)?|descriptions?|scenarios?|(?:estimated )?probabilit(?:y|ies)|odds|"
    r"chance|bias|time ?frames?|horizon|reason(?:s|ing)?|entry|stop(?:[- ]loss)?|targets?|significance|indicators?|values?|"
    r"readings?|signals?|supports?|resistances?|triggers?|outlook|direction|role|setup|strength|status|area|key|action|invalidation|instrument|"
    r"symbol|market|name|risk|r:r|range|trend|pivots?|points?|weight|likelihood|case|path|why|where|details?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines first to last (exclusive) that make rows; `rows` in order."""

    first: int
    last: int
    rows: tuple[tuple[Cell, ...], ...]
    headers: frozenset[int]


def is_separator(line: Line) -> bool:
    """Whether it is the rule under a table's heading."""
    return bool(_SEPARATOR.fullmatch(line.text)) and ("|" in line.text or "+" in line.text)


def barred(line: Line) -> tuple[Cell, ...]:
    """The cells of a line with bars; () where it has none."""
    text = line.text
    if "|" not in text or len(text) > MOST_COLUMNS * LONGEST_CELL:
        return ()
    first = 1 if text.startswith("|") else 0
    last = len(text) - 1 if text.endswith("|") and len(text) > 1 else len(text)
    return _cut(line, [i for i in range(first, last) if text[i] == "|"], first, last)


def spaced(line: Line) -> tuple[Cell, ...]:
    """The cells of a line with tabs or gaps of two blanks and more; () where it has none."""
    text = line.text
    if ("\t" not in text and "  " not in text) or len(text) > MOST_COLUMNS * LONGEST_CELL:
        return ()
    cells, at = [], 0
    for gap in _WIDE.finditer(text):
        cells.append(line.cell(at, gap.start()))
        # an empty cell stands between two tabs
        cells += [line.cell(gap.end(), gap.end())] * (gap.group().count("\t") - 1)
        at = gap.end()
    cells.append(line.cell(at, len(text)))
    return tuple(cells) if 2 <= len(cells) <= MOST_COLUMNS else ()


def runs_of(lines: Sequence[Line]) -> Iterator[Run]:
    """Every table, from top to bottom, none overlapping."""
    at = 0
    while at < len(lines):
        found = _run_of_bars(lines, at) or _run_of_blanks(lines, at) or _one_cell_a_line(lines, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last


def blocks_of_run(plain: str, run: Run, table: int) -> Iterator[Block]:
    """The rows of a table as blocks."""
    for number, cells in enumerate(run.rows):
        span = Span(start=min(c.span.start for c in cells), end=max(c.span.end for c in cells))
        yield Block(
            kind="row",
            text=plain[span.start : span.end],
            span=span,
            cells=cells,
            table=table,
            is_header=number in run.headers,
        )


def _cut(line: Line, at: Sequence[int], first: int, last: int) -> tuple[Cell, ...]:
    edges = [first - 1, *at, last]
    cells = tuple(line.cell(left + 1, right) for left, right in pairwise(edges))
    return cells if 2 <= len(cells) <= MOST_COLUMNS and any(c.text for c in cells) else ()


def _run_of_bars(lines: Sequence[Line], first: int) -> Run | None:
    if not barred(lines[first]) or is_separator(lines[first]):
        return None
    rows: list[tuple[Cell, ...]] = []
    headers: set[int] = set()
    at = last = first
    while at < len(lines):
        if is_separator(lines[at]):
            if rows and len(rows) == 1:
                headers.add(0)
            last = at + 1
        elif cells := barred(lines[at]):
            rows.append(cells)
            last = at + 1
        elif lines[at].text or at + 1 >= len(lines) or not barred(lines[at + 1]):
            break  # one empty line may stand between two rows
        at += 1
    return Run(first, last, tuple(rows), frozenset(headers) or _named(rows))


def _run_of_blanks(lines: Sequence[Line], first: int) -> Run | None:
    """Rows that tabs part, or wide blanks where two rows and a price at least show that they are columns."""
    rows: list[tuple[Cell, ...]] = []
    at = last = first
    while at < len(lines):
        cells = spaced(lines[at])
        if cells:
            rows.append(cells)
            last = at + 1
        elif lines[at].text or at + 1 >= len(lines) or not spaced(lines[at + 1]) or not rows:
            break
        at += 1
    has_tab = any("\t" in line.text for line in lines[first:last])
    prices = sum(any(has_price(c.text) for c in cells) for cells in rows)
    if not rows or (not has_tab and (len(rows) < 2 or prices == 0)):
        return None
    return Run(first, last, tuple(rows), _named(rows))


def _named(rows: Sequence[tuple[Cell, ...]]) -> frozenset[int]:
    """The first row is a heading where it names columns and holds no price."""
    if len(rows) < 2 or any(has_price(c.text) for c in rows[0]):
        return frozenset()
    return frozenset({0}) if any(COLUMN_NAMES.search(c.text) for c in rows[0]) else frozenset()


def _one_cell_a_line(lines: Sequence[Line], first: int) -> Run | None:
    """A heading of two to five short lines without a price, then as many lines again for each row, the same one a price."""
    if not _names_column(lines[first]):
        return None
    rows_at = _filled(lines, first, 2 * MOST_HEADINGS)
    if not any(is_price(lines[i].text) for i in rows_at):
        return None
    rows_at = _filled(lines, first, LONGEST_TABLE)
    texts = [lines[i].text for i in rows_at]
    fitting = [
        (_full_rows(texts, columns), columns)
        for columns in range(2, MOST_HEADINGS + 1)
        if len(texts) >= 2 * columns
        and all(_names_column(lines[i]) for i in rows_at[:columns])
        and sum(bool(COLUMN_NAMES.search(t)) for t in texts[:columns]) >= 2
    ]
    fitting = [(count, columns) for count, columns in fitting if count >= 2 or (count == 1 and columns >= 3)]
    if fitting:
        count, columns = max(fitting)  # the width that makes the most rows
        used = rows_at[: columns * (count + 1)]
        cells = [lines[i].cell(0, len(lines[i].text)) for i in used]
        rows = tuple(tuple(cells[k : k + columns]) for k in range(0, len(cells), columns))
        return Run(first, used[-1] + 1, rows, frozenset({0}))
    return None


def _filled(lines: Sequence[Line], first: int, count: int) -> list[int]:
    """The next `count` lines that are not empty."""
    return list(islice((i for i in range(first, min(len(lines), first + 3 * count)) if lines[i].text), count))


def _names_column(line: Line) -> bool:
    text = line.text
    return bool(text) and len(text) <= 40 and not has_price(text) and not text.endswith((".", ":")) and text[0].isalnum()


def _full_rows(texts: Sequence[str], columns: int) -> int:
    """How many rows follow the heading in which the same column holds a price."""
    body = texts[columns:]
    best = 0
    for column in range(columns):
        count = 0
        while (count + 1) * columns <= len(body):
            row = body[count * columns : (count + 1) * columns]
            others = [t for i, t in enumerate(row) if i != column]
            if not is_price(row[column]) or any(len(t) > LONGEST_CELL for t in others) or all(is_price(t) for t in others):
                break
            count += 1
        best = max(best, count)
    return best
