"""Rows of tables: between bars, tabs or wide blanks, semicolons or commas; those of one cell on each line from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from levelhead.review.cell_lines import LONGEST_CELL, Run, one_cell_a_line
from levelhead.review.column_names import COLUMN_NAMES
from levelhead.review.dates import DATE
from levelhead.review.lines import Line, has_price, is_price
from levelhead.review.row_kinds import names_side
from levelhead.review.spreadsheets import spreadsheet
from levelhead.review.text import Block, Cell, Span
from levelhead.review.wide_columns import headed_in_one, named_in_one

MOST_COLUMNS = 12
MOST_CELL_LINES = 4_000  # behind them no table of one cell a line is looked for; of a longer text they are not read
_SEPARATOR = re.compile(r"[|+:=\s-]*-{2,}[|+:=\s-]*")
_WIDE = re.compile(r" {2,}|\t[ \t]*| ?(?:\.{4,}|…{2,}|(?: \.){3,}) ?")


def is_separator(line: Line) -> bool:
    """Whether it is the rule under a table's heading."""
    return bool(_SEPARATOR.fullmatch(line.text)) and ("|" in line.text or "+" in line.text)


def barred(line: Line) -> tuple[Cell, ...]:
    """The cells of a line with bars; () where it has none."""
    text = line.text
    if "|" not in text or len(text) > MOST_COLUMNS * LONGEST_CELL or re.match(r"#{2,6}\s", text):
        return ()
    first = 1 if text.startswith("|") else 0
    last = len(text) - 1 if text.endswith("|") and len(text) > 1 else len(text)
    return _cut(line, [i for i in range(first, last) if text[i] == "|"], first, last)


def spaced(line: Line) -> tuple[Cell, ...]:
    """The cells of a line with tabs or gaps of two blanks and more; () where it has none."""
    text = line.text
    if not any(gap in text for gap in ("\t", "  ", "....", "……", " . . .")) or len(text) > MOST_COLUMNS * LONGEST_CELL:
        return ()
    cells, at = [line.cell(0, 0)] * (line.tabs if "\t" in text else 0), 0
    for gap in _WIDE.finditer(text):
        cells.append(line.cell(at, gap.start()))
        # an empty cell stands between two tabs
        cells += [line.cell(gap.end(), gap.end())] * (gap.group().count("\t") - 1)
        at = gap.end()
    cells.append(line.cell(at, len(text)))
    return tuple(cells) if 2 <= len(cells) <= MOST_COLUMNS else ()


def _run_of_marks(lines: Sequence[Line], first: int) -> Run | None:
    rows = spreadsheet(lines, first)
    return Run(first, first + len(rows), tuple(rows), _named(rows)) if rows else None


def runs_of(lines: Sequence[Line]) -> Iterator[Run]:
    """Every table, from top to bottom, none overlapping."""
    at = 0
    while at < len(lines):
        found = _run_of_marks(lines, at) or _run_of_bars(lines, at) or _run_of_blanks(lines, at)
        found = found or (one_cell_a_line(lines, at) if at < MOST_CELL_LINES else None)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last


def blocks_of_run(plain: str, run: Run, table: int) -> Iterator[Block]:
    """The rows of a table as blocks."""
    for number, cells in enumerate(_carried(_priced(run.rows) if run.headers else run.rows)):
        span = Span(start=min(c.span.start for c in cells), end=max(c.span.end for c in cells))
        yield Block(
            kind="row",
            text=plain[span.start : span.end],
            span=span,
            cells=cells,
            table=table,
            is_header=number in run.headers,
        )


def _priced(rows: Sequence[tuple[Cell, ...]]) -> Sequence[tuple[Cell, ...]]:
    """Rows whose price stands in the first column though the next is that of prices: in one ladder, one to each side of it."""
    if len(rows[0]) < 3 or not re.fullmatch(r"prices?|levels?", rows[0][1].text, re.I):
        return rows
    given = [rows[0]]
    for cells in rows[1:]:
        is_beside = len(cells) > 2 and not cells[1].text and is_price(cells[0].text) and not is_price(cells[2].text)
        start = cells[0].span.start
        given.append((Cell(text="", span=Span(start=start, end=start)), cells[0], *cells[2:]) if is_beside else cells)
    return given


def _carried(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows, with the side that a cell over empty ones gives to those under it."""
    side = ""
    named = [cells[0].text.lower() for cells in rows if names_side(cells[0].text)]
    if len(named) > len(set(named)):  # each row says its own
        yield from rows
        return
    for cells in rows:
        first = cells[0]
        side = (first.text if names_side(first.text) else "") if first.text else side
        has_gap = side and not first.text and len(cells) > 1 and has_price(cells[1].text)
        yield (replace(first, text=side), *cells[1:]) if has_gap else cells


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
            if len(rows) > 2 and at >= 2 and not lines[at - 2].text and barred(lines[at - 1]):
                rows.pop()  # an empty line, a row and a rule: another table begins there
                return Run(first, at - 1, tuple(rows), frozenset(headers) or _named(rows))
            if rows and len(rows) == 1:
                headers.add(0)
            last = at + 1
        elif cells := barred(lines[at]):
            rows.append(cells)
            last = at + 1
        elif lines[at].text or at + 1 >= len(lines) or not (following := barred(lines[at + 1])):
            break
        elif (len(rows) == 1 and len(rows[0]) + 2 <= len(following)) or lines[at + 1].text[0] != lines[first].text[0] == "|":
            break  # one empty line may stand between two rows, but not where the bars around them end
        at += 1
    if len(rows) == 1 and len(rows[0]) <= 4 and _is_a_sentence(rows[0]):
        return None
    return Run(first, last, tuple(rows), frozenset(headers) or _named(rows))


def _is_a_sentence(cells: Sequence[Cell]) -> bool:
    """'Close 4,412; Support 4,390 | 4,365; Resistance 4,430': bars between the prices of a line."""
    return bool(re.match(r"\W*[A-Za-z].*\d", cells[0].text)) and any(
        re.match(r"[$€£~]?\d[\d.,]*\s?(?:;|$)", c.text) for c in cells[1:]
    )


def _run_of_blanks(lines: Sequence[Line], first: int) -> Run | None:
    """Rows that tabs part, or wide blanks where two rows and a price at least show that they are columns."""
    rows: list[tuple[Cell, ...]] = []
    places: list[Line] = []
    at = last = first
    if _is_dated_title(lines, first) or (
        "\t" not in lines[first].text and first + 1 < len(lines) and "\t" in lines[first + 1].text
    ):
        return None
    while at < len(lines):
        cells = spaced(lines[at])
        if rows and last == at and (under := _under(rows[-1], lines[at - 1], lines[at], cells)):
            rows.append(under)
            places.append(lines[at])
            last = at + 1
        elif cells:
            rows.append(cells)
            places.append(lines[at])
            last = at + 1
        elif lines[at].text or at + 1 >= len(lines) or not (following := spaced(lines[at + 1])) or not rows:
            break
        elif len(rows) == 1 and len(rows[0]) != len(following):
            break  # a line above a table is none of its rows
        at += 1
    has_tab = any("\t" in line.text for line in lines[first:last])
    prices = sum(any(has_price(c.text) for c in cells) for cells in rows)
    if not rows or (not has_tab and (len(rows) < 2 or prices == 0)):
        return None
    rows = rows if has_tab else headed_in_one(rows, places)
    headers = _named(rows)
    rows = named_in_one(rows) if headers and not has_tab else rows
    rows = [_parted(row, len(rows[0])) for row in rows] if headers else rows
    if headers and lines[first].indent >= 1 and max(map(len, rows)) == len(rows[0]) + 1:
        rows[0] = (Line("", lines[first].start, 0).cell(0, 0), *rows[0])  # the first column has no heading
    return Run(first, last, tuple(rows), headers)


def _is_dated_title(lines: Sequence[Line], first: int) -> bool:
    """'MAJORS  -  Friday, 1 August 2025' right above the names of columns: the title of a page and its day, no row."""
    cells = spaced(lines[first])
    words = [c.text for c in cells if not DATE.search(c.text)]
    if not cells or len(words) == len(cells) or any(re.search(r"\d", text) for text in words) or first + 2 >= len(lines):
        return False
    names, row = spaced(lines[first + 1]), spaced(lines[first + 2])
    is_head = len(names) > 2 and not any(has_price(c.text) for c in names)
    return is_head and len(row) == len(names) != len(cells) and any(has_price(c.text) for c in row)


def _under(row: tuple[Cell, ...], above: Line, line: Line, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """'    52,800  May low' right under the second cell of 'Resistance   52,000   gap': a row of that name; () where it is not."""
    is_first = row[1].span.start > above.start
    if line.indent < LEAST_INDENT or (is_first and line.indent < above.indent + LEAST_INDENT):
        return ()
    if not has_price(line.text[:FIRST_WORDS]) or has_price(row[0].text) or (cells and not names_side(row[0].text)):
        return ()
    column = row[1].span.start - above.start + above.indent if is_first else above.indent
    cells = cells or (line.cell(0, len(line.text)),)
    if abs(column - line.indent) > 1 or len(cells) > max(2, len(row) - 1):
        return ()
    return (Cell(text=row[0].text, span=Span(start=line.start, end=line.start)), *cells)


LEAST_INDENT, FIRST_WORDS = 6, 12


def _parted(row: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    """A row with too few cells, one of which holds as many prices, a blank apart, as are missing: 'EUR | 1.0942 1.0868'."""
    if len(row) >= columns:
        return row
    for at, cell in enumerate(row):
        parts = list(re.finditer(r"\S+", cell.text))
        if len(parts) == columns - len(row) + 1 and all(re.fullmatch(r"[$€£]?\d[\d,.]*", p.group()) for p in parts):
            start = cell.span.start
            cells = [Cell(text=p.group(), span=Span(start=start + p.start(), end=start + p.end())) for p in parts]
            return (*row[:at], *cells, *row[at + 1 :])
    return row


_VALUE = re.compile(
    r"settle(?:ment)?|last|close|spot|price|\d{1,3}[- ]?(?:d|day|w|week)?[- ]?(?:[SE]?MA|DMA|avg|average)|"
    r"(?:[SE]?MA|DMA|RSI|ATR)[ (-]?\d{1,3}\)?|[SRHL] ?[1-5]|PP?|"
    r"RSI|ATR|MACD|ADX",
    re.I,
)


def _named(rows: Sequence[tuple[Cell, ...]]) -> frozenset[int]:
    """The first row is a heading where it holds no price and names columns, or stands over columns of prices."""
    if len(rows) < 2 or any(has_price(c.text) for c in rows[0]):
        return frozenset()
    is_named = any(COLUMN_NAMES.search(c.text) for c in rows[0]) or sum(bool(_VALUE.fullmatch(c.text)) for c in rows[0]) >= 2
    return frozenset({0}) if is_named or _stands_over_prices(rows) else frozenset()


def _stands_over_prices(rows: Sequence[tuple[Cell, ...]]) -> bool:
    if len(rows) < 3 or any(len(c.text) > 28 for c in rows[0]) or not all(re.search("[A-Za-z]", c.text) for c in rows[0][1:]):
        return False
    return any(all(n < len(row) and has_price(row[n].text) for row in rows[1:]) for n in range(len(rows[0])))
