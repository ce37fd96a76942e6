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
LONGEST_LABEL = 60
_SEPARATOR = re.compile(r"[|+:=\s-]*-{2,}[|+:=\s-]*")
_WIDE = re.compile(r" {2,}|\t[ \t]*| ?(?:\.{4,}|…{2,}|(?: \.){3,}) ?")
# What columns of such tables are called; a heading that none of them names may stand beside one that does.
COLUMN_NAMES = re.compile(
    r"\b(?:levels?|types?|prices?|zones?|notes?|comment(?:s|ary)?|descriptions?|scenarios?|(?:estimated )?probabilit(?:y|ies)|odds|"
    r"chance|bias|time ?frames?|horizon|reason(?:s|ing)?|entry|stop(?:[- ]loss)?|targets?|significance|indicators?|values?|"
    r"readings?|signals?|supports?|resistances?|triggers?|outlook|direction|role|setup|strength|status|area|key|action|"
    r"invalidation|instrument|"
    r"symbol|market|name|risk|r:r|range|trend|pivots?|points?|weight|likelihood|case|path|why|where|details?)\b",
    re.I,
)
_HEADING_CELL = re.compile(
    r"(?:(?:key|price|estimated|our|how|where|what|technical|current|the|est\.) )?(?:levels?|types?|prices?|zones?|notes?|"
    r"comment(?:s|ary)?|descriptions?|scenarios?|probabilit(?:y|ies)|prob\.?|odds|chances?|"
    r"likely|likelihood|weight|bias|time ?frames?|horizon|term|reason(?:s|ing)?|rationale|entry|stop(?:[- ]loss)?|"
    r"targets?(?: \d)?|significance|indicators?|values?|readings?|signals?|triggers?|outlook|direction|"
    r"role|set-?up|status|area|path|case|view|outcome|side|to|why(?: it matters)?|what|where|details?|remarks?|context|meaning|"
    r"instrument|market|symbol|interpretation|action|trade|risk|r:r|basis|source)"
    r"(?: \(%\))?",
    re.I,
)
_HORIZON = re.compile(
    r"(?:very )?(?:short|medium|mid|intermediate|long|near|intraday|daily|weekly|monthly|swing|position|today|\d)", re.I
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
    if not any(gap in text for gap in ("\t", "  ", "....", "……", " . . .")) or len(text) > MOST_COLUMNS * LONGEST_CELL:
        return ()
    cells, at = [], 0
    for gap in _WIDE.finditer(text):
        cells.append(line.cell(at, gap.start()))
        # an empty cell stands between two tabs
        cells += [line.cell(gap.end(), gap.end())] * (gap.group().count("\t") - 1)
        at = gap.end()
    cells.append(line.cell(at, len(text)))
    return tuple(cells) if 2 <= len(cells) <= MOST_COLUMNS else ()


def separated(line: Line) -> tuple[Cell, ...]:
    """The cells of a line with semicolons, or with commas that no blank follows, some of them perhaps in quotes; () where it "
    "has none."""
    text = line.text
    mark = ";" if text.count(";") >= FEWEST_MARKS else ","
    if text.count(mark) < FEWEST_MARKS or len(text) > MOST_COLUMNS * LONGEST_CELL or text.endswith((".", ":")):
        return ()
    if mark == "," and re.search(r",\s", _QUOTED.sub("", text)):
        return ()
    cuts, quoted = [], False
    for at, ch in enumerate(text):
        quoted ^= ch == '"'
        if ch == mark and not quoted:
            cuts.append(at)
    edges = [-1, *cuts, len(text)]
    cells = [line.cell(a + 1, b) for a, b in pairwise(edges)]
    cells = [
        Cell(text=c.text[1:-1], span=Span(start=c.span.start + 1, end=c.span.end - 1)) if _QUOTED.fullmatch(c.text) else c
        for c in cells
    ]
    return tuple(cells) if len(cells) > FEWEST_MARKS and len(cells) <= MOST_COLUMNS else ()


_QUOTED = re.compile(r'"[^"]{1,200}"')
FEWEST_MARKS = 2


def _run_of_marks(lines: Sequence[Line], first: int) -> Run | None:
    """Rows as a spreadsheet writes them out: as many cells in each, and a price in most."""
    head = separated(lines[first])
    if not head or any(len(c.text) > LONGEST_LABEL // 2 for c in head):
        return None
    if any(has_price(c.text) for c in head) and (re.search(r"\d,\d{3}", lines[first].text) or not _is_labelled(head)):
        return None  # a spreadsheet names its columns, or each of its rows
    rows = [head]
    at = first + 1
    while at < len(lines) and len(cells := separated(lines[at])) == len(head) and any(is_price(c.text) for c in cells):
        rows.append(cells)
        at += 1
    if len(rows) < 2:
        return None
    return Run(first, at, tuple(rows), _named(rows))


_ROW_NAME = re.compile(r"(?:[SRPT][1-5]?|PP|supp?(?:ort)?|res(?:istance)?|pivot|level|last|close|spot|settle)\b.{0,12}", re.I)


def _is_labelled(cells: Sequence[Cell]) -> bool:
    """'S1,200dma,2214.6': a row that begins with the name of a level or value and holds one price."""
    return bool(_ROW_NAME.fullmatch(cells[0].text)) and sum(has_price(c.text) for c in cells) == 1


def runs_of(lines: Sequence[Line]) -> Iterator[Run]:
    """Every table, from top to bottom, none overlapping."""
    at = 0
    while at < len(lines):
        found = _run_of_marks(lines, at) or _run_of_bars(lines, at) or _run_of_blanks(lines, at) or _one_cell_a_line(lines, at)
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
        elif lines[at].text or at + 1 >= len(lines) or not (following := barred(lines[at + 1])):
            break
        elif len(rows) == 1 and len(rows[0]) + 2 <= len(following):
            break  # one empty line may stand between two rows
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
    at = last = first
    while at < len(lines):
        cells = spaced(lines[at])
        if cells:
            rows.append(cells)
            last = at + 1
        elif rows and last == at and (under := _under(rows[-1], lines[at - 1], lines[at])):
            rows.append(under)
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
    headers = _named(rows)
    if headers and lines[first].indent >= 1 and max(map(len, rows)) == len(rows[0]) + 1:
        rows[0] = (Line("", lines[first].start, 0).cell(0, 0), *rows[0])  # the first column has no heading
    return Run(first, last, tuple(rows), headers)


def _under(row: tuple[Cell, ...], above: Line, line: Line) -> tuple[Cell, ...]:
    """'    52,800' right under the list in the second cell of 'Resistance:   52,000': another of that name; () where it is not."""
    if len(row) != 2 or line.indent < LEAST_INDENT or not has_price(line.text[:FIRST_WORDS]) or has_price(row[0].text):
        return ()
    column = row[1].span.start - above.start + above.indent if row[1].span.start >= above.start + 1 else above.indent
    if abs(column - line.indent) > 1:
        return ()
    return (Cell(text=row[0].text, span=Span(start=line.start, end=line.start)), line.cell(0, len(line.text)))


LEAST_INDENT, FIRST_WORDS = 6, 12
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


def _one_cell_a_line(lines: Sequence[Line], first: int) -> Run | None:
    """A heading of two to five short lines without a price, then as many lines again for each row, the same one a price.

    A line that names no column by itself does not begin the heading where one of the next lines begins a better one.
    """
    found = _stack(lines, first)
    if found is None:
        return None
    later = [i for i in _filled(lines, first + 1, MOST_HEADINGS - 1) if _is_heading_cell(lines[i].text)]
    rivals = [better for i in later[:2] if (better := _stack(lines, i)) is not None]
    size = len(found.rows) if _is_heading_cell(lines[first].text) else len(found.rows) - 1
    return None if any(len(r.rows) > size for r in rivals) else found


def _stack(lines: Sequence[Line], first: int) -> Run | None:
    if not _names_column(lines[first]):
        return None
    near_at = _filled(lines, first, 4 * MOST_HEADINGS)
    near = [lines[i].text for i in near_at]
    named = 0
    while named < min(MOST_HEADINGS, len(near)) and _is_heading_cell(near[named]):
        named += 1
    if named < 2 and not any(COLUMN_NAMES.search(t) for t in near[:MOST_HEADINGS]):
        return None
    likely = [named] if named >= 2 else range(2, MOST_HEADINGS + 1)
    if not any(_full_rows(near, w) >= (2 if w < 3 else 1) for w in likely):
        return None  # few lines tell, most of the time
    rows_at = _filled(lines, first, LONGEST_TABLE)
    texts = [lines[i].text for i in rows_at]
    widths = [named] if named >= 2 else []
    widths += [w for w in range(2, MOST_HEADINGS + 1) if w != named and _may_head(lines, rows_at, texts, w)]
    for width in widths:
        count = _full_rows(texts, width)
        if count >= 2 or (count == 1 and width >= 3):
            break
    else:
        return None
    if widths[:1] != [named] or named < 2:
        count, width = max((_full_rows(texts, w), w) for w in widths)  # the width that makes the most rows
    whole = _rows_with_gaps(lines, rows_at, width) if width >= 3 else []
    if len(whole) > count + 1:
        last = max(c.span.end for c in whole[-1])
        end = next(i for i in reversed(rows_at) if lines[i].start < last) + 1
        return Run(first, end, tuple(whole), frozenset({0}))
    used = rows_at[: width * (count + 1)]
    cells = [lines[i].cell(0, len(lines[i].text)) for i in used]
    rows = tuple(tuple(cells[k : k + width]) for k in range(0, len(cells), width))
    return Run(first, used[-1] + 1, rows, frozenset({0}))


_ROW_LABEL = re.compile(
    r"(?:supp?(?:ort)?|res(?:istance)?|pivot|target|[SR])\s?#?[1-5]?|(?:major|minor|key|first|second|third) (?:support|"
    r"resistance)|p",
    re.I,
)


def _rows_with_gaps(lines: Sequence[Line], rows_at: Sequence[int], width: int) -> list[tuple[Cell, ...]]:
    """The heading and the rows of a table in which last cells are missing: each row begins with the name of a level."""
    cells = [lines[i].cell(0, len(lines[i].text)) for i in rows_at]
    rows = [tuple(cells[:width])]
    at = width
    while at + 1 < len(cells) and _ROW_LABEL.fullmatch(cells[at].text) and is_price(cells[at + 1].text):
        row = cells[at : at + 2]
        at += 2
        while (
            len(row) < width
            and at < len(cells)
            and not (_ROW_LABEL.fullmatch(cells[at].text) and at + 1 < len(cells) and is_price(cells[at + 1].text))
        ):
            if len(cells[at].text) > LONGEST_LABEL or _is_heading_cell(cells[at].text):
                break
            row.append(cells[at])
            at += 1
        gap = _empty_behind(row[-1])
        rows.append((*row, *[gap] * (width - len(row))))
    return rows


def _empty_behind(cell: Cell) -> Cell:
    """An empty cell behind another."""
    return Cell(text="", span=Span(start=cell.span.end, end=cell.span.end))


def _may_head(lines: Sequence[Line], rows_at: Sequence[int], texts: Sequence[str], width: int) -> bool:
    if len(texts) < 2 * width or not all(_names_column(lines[i]) for i in rows_at[:width]):
        return False
    return sum(bool(COLUMN_NAMES.search(t)) for t in texts[:width]) >= 2


def _is_heading_cell(text: str) -> bool:
    """Whether a line is the name of a column and nothing more."""
    return len(text) <= 28 and bool(_HEADING_CELL.fullmatch(text.strip(" :")))


def _filled(lines: Sequence[Line], first: int, count: int) -> list[int]:
    """The next `count` lines that are not empty."""
    return list(islice((i for i in range(first, min(len(lines), first + 3 * count)) if lines[i].text), count))


def _names_column(line: Line) -> bool:
    text = line.text
    return bool(text) and len(text) <= 40 and not has_price(text) and not text.endswith((".", ":")) and text[0].isalnum()


def _full_rows(texts: Sequence[str], columns: int) -> int:
    """How many rows follow the heading in which the same column holds a price, or the first one a horizon."""
    body = texts[columns:]
    best = _rows_of_horizons(body, columns) if any("bias" in t.lower() or "outlook" in t.lower() for t in texts[:columns]) else 0
    for column in range(columns):
        count = 0
        while (count + 1) * columns <= len(body):
            row = body[count * columns : (count + 1) * columns]
            others = [t for i, t in enumerate(row) if i != column]
            if not is_price(row[column]) or any(len(t) > LONGEST_CELL for t in others) or not any(_is_worded(t) for t in others):
                break
            count += 1
        best = max(best, count)
    return best


def _rows_of_horizons(body: Sequence[str], columns: int) -> int:
    count = 0
    while (count + 1) * columns <= len(body) and _HORIZON.match(body[count * columns]) and len(body[count * columns]) <= 40:
        count += 1
    return count


def _is_worded(text: str) -> bool:
    """Whether a cell holds a word, not only a number with its unit."""
    return bool(re.search(r"[A-Za-z]{2}|^[RSP]\d?$", text))
