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
from levelhead.review.text import Cell

MOST_HEADINGS, MOST_TITLES = 5, 3
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
    found = _stack(lines, first)
    if found is None or _is_title(lines, first):
        return None
    later = [i for i in _filled(lines, first + 1, MOST_HEADINGS - 1) if is_heading_cell(lines[i].text)]
    rivals = [better for i in later[:2] if (better := _stack(lines, i)) is not None]
    size = len(found.rows) if is_heading_cell(lines[first].text) else len(found.rows) - 1
    return None if any(len(r.rows) > size for r in rivals) else found


def _is_title(lines: Sequence[Line], first: int) -> bool:
    """Whether a table of its own begins behind the empty line under a line, or under one more title or two."""
    at = first
    for _ in range(MOST_TITLES):
        if at + 2 >= len(lines) or not lines[at].text or lines[at + 1].text:
            return False
        at += 2
        if grid_at(lines, at) is not None:
            return True
    return False


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


_NAMES_ROW = re.compile(
    r"(?:\d(?:st|nd|rd|th)|first|second|third) (?:key )?(?:supp?(?:ort)?|res(?:istance)?)(?: (?:point|level|line))?|[SRP][1-5]|"
    r"(?:support|resistance) [1-5]|pivot(?: point)?|pp",
    re.I,
)


def _stack(lines: Sequence[Line], first: int) -> Run | None:
    found = _whole_stack(lines, first)
    if found is None or any(_NAMES_ROW.fullmatch(cell.text) for cell in found.rows[0][1:]) or _is_askew(found):
        return None
    return _before_pairs(lines, found)


def _is_askew(run: Run) -> bool:
    """Whether names of rows ('R2', 'PP') stand in the first column here and in another there: no table of so many columns."""
    named = {n for row in run.rows[1:] for n, cell in enumerate(row) if _NAMES_ROW.fullmatch(cell.text)}
    return 0 in named and len(named) > 1


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
    used = rows_at[: width * (count + 1)]
    cells = [lines[i].cell(0, len(lines[i].text)) for i in used]
    rows = tuple(tuple(cells[k : k + width]) for k in range(0, len(cells), width))
    return Run(first, used[-1] + 1, rows, frozenset({0}))


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
