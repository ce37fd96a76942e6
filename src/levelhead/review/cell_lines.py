"""Tables with one cell on each line: a heading of two to five short lines, then as many again for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from levelhead.review.cell_grids import grid_at
from levelhead.review.column_names import COLUMN_NAMES, is_heading_cell
from levelhead.review.dashboards import is_value_pair, names_value
from levelhead.review.lines import Line, has_price, is_price
from levelhead.review.text import Cell, Span

MOST_HEADINGS = 5
LONGEST_TABLE = 200
LONGEST_LABEL = 60
LONGEST_CELL = 400
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


def one_cell_a_line(lines: Sequence[Line], first: int) -> Run | None:
    """A heading of two to five short lines without a price, then as many lines again for each row, the same one a price.

    A line that names no column by itself does not begin the heading where one of the next lines begins a better one.
    """
    if grid := grid_at(lines, first):
        return Run(grid.first, grid.last, grid.rows, frozenset({0} if grid.is_headed else ()))
    if parted := _parted(lines, first):
        return parted
    found = _stack(lines, first)
    if found is None:
        return None
    later = [i for i in _filled(lines, first + 1, MOST_HEADINGS - 1) if is_heading_cell(lines[i].text)]
    rivals = [better for i in later[:2] if (better := _stack(lines, i)) is not None]
    size = len(found.rows) if is_heading_cell(lines[first].text) else len(found.rows) - 1
    return None if any(len(r.rows) > size for r in rivals) else found


def _before_pairs(lines: Sequence[Line], run: Run) -> Run | None:
    """A table without the lines behind it that are names of values over their numbers: 'RSI', '74.8', 'ATR (14)', '1.08'.

    None where its heading is the beginning of such lines: 'Market snapshot', 'Last price', '2,168.4'.
    """
    heading = run.rows[0][-1].text
    if not is_heading_cell(heading) and is_value_pair(heading, run.rows[1][0].text):
        return None
    for at, row in enumerate(run.rows[1:], 1):
        if len(row) >= 3 and is_value_pair(row[0].text, row[1].text) and names_value(row[2].text):
            last = next(i for i in range(run.first, run.last) if lines[i].start + len(lines[i].text) > row[0].span.start)
            return replace(run, last=last, rows=run.rows[:at]) if at > 1 else None
    return run


MOST_PARTED = 12
_NAMES_ROW = re.compile(
    r"(?:\d(?:st|nd|rd|th)|first|second|third) (?:key )?(?:supp?(?:ort)?|res(?:istance)?)(?: (?:point|level|line))?|[SRP][1-5]|"
    r"(?:support|resistance) [1-5]|pivot point",
    re.I,
)


def _parted(lines: Sequence[Line], first: int) -> Run | None:
    """The heading and its rows where empty lines part them and each row has a line for every column, some of them prices."""
    head = _group(lines, first)
    if not 3 <= len(head) <= MOST_PARTED or (first and lines[first - 1].text) or not all(_names_column(lines[i]) for i in head):
        return None
    if sum(bool(COLUMN_NAMES.search(lines[i].text)) for i in head) < 2:
        return None
    rows, at = [head], head[-1] + 1
    priced = None
    while group := _group(lines, at := _next_filled(lines, at)):
        own = {n for n, i in enumerate(group) if is_price(lines[i].text)}
        if len(group) != len(head) or not own or len(own) == len(group) or (priced is not None and not own & priced):
            break
        priced = own if priced is None else priced & own
        rows.append(group)
        at = group[-1] + 1
    if len(rows) <= 2:
        return None
    cells = tuple(tuple(lines[i].cell(0, len(lines[i].text)) for i in row) for row in rows)
    return Run(first, rows[-1][-1] + 1, cells, frozenset({0}))


def _next_filled(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not lines[at].text:
        at += 1
    return at


def _group(lines: Sequence[Line], first: int) -> list[int]:
    """The lines from one on up to the next that is empty, one more than may be a row at most."""
    group: list[int] = []
    while first + len(group) < len(lines) and lines[first + len(group)].text and len(group) <= MOST_PARTED:
        group.append(first + len(group))
    return group


def _stack(lines: Sequence[Line], first: int) -> Run | None:
    found = _whole_stack(lines, first)
    if found is None or any(_NAMES_ROW.fullmatch(cell.text) for cell in found.rows[0][1:]):
        return None
    return _before_pairs(lines, found)


def _whole_stack(lines: Sequence[Line], first: int) -> Run | None:
    if not _names_column(lines[first]):
        return None
    near_at = _filled(lines, first, 4 * MOST_HEADINGS)
    near = [lines[i].text for i in near_at]
    named = 0
    while named < min(MOST_HEADINGS, len(near)) and is_heading_cell(near[named]):
        named += 1
    if named < 2 and not any(COLUMN_NAMES.search(t) for t in near[:MOST_HEADINGS]):
        return None
    likely = range(max(named, 2), MOST_HEADINGS + 1)
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
    whole = max(whole, _rows_in_groups(lines, rows_at, width), key=len)
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
            if len(cells[at].text) > LONGEST_LABEL or is_heading_cell(cells[at].text):
                break
            row.append(cells[at])
            at += 1
        gap = _empty_behind(row[-1])
        rows.append((*row, *[gap] * (width - len(row))))
    return rows


def _rows_in_groups(lines: Sequence[Line], rows_at: Sequence[int], width: int) -> list[tuple[Cell, ...]]:
    """The heading and the rows where empty lines part each row from the next: its last cells may be missing."""
    rows: list[list[Cell]] = []
    for n, i in enumerate(rows_at):
        if n < width:
            continue
        if n == width or i > rows_at[n - 1] + 1:
            rows.append([])
        rows[-1].append(lines[i].cell(0, len(lines[i].text)))
    whole = [tuple(lines[i].cell(0, len(lines[i].text)) for i in rows_at[:width])]
    priced = next((k for k in range(width) if rows and k < len(rows[0]) and is_price(rows[0][k].text)), None)
    for row in rows:
        if priced is None or not 2 <= len(row) <= width or len(row) <= priced or not is_price(row[priced].text):
            break
        whole.append((*row, *[_empty_behind(row[-1])] * (width - len(row))))
    return whole if len(whole) > 2 else []


def _empty_behind(cell: Cell) -> Cell:
    """An empty cell behind another."""
    return Cell(text="", span=Span(start=cell.span.end, end=cell.span.end))


def _may_head(lines: Sequence[Line], rows_at: Sequence[int], texts: Sequence[str], width: int) -> bool:
    if len(texts) < 2 * width or not all(_names_column(lines[i]) for i in rows_at[:width]):
        return False
    return sum(bool(COLUMN_NAMES.search(t)) for t in texts[:width]) >= 2


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
