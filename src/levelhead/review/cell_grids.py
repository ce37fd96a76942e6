"""Tables of one cell on each line, told by what kind of thing each line is: the lines of a row repeat those of the row before.

A heading of as many lines as columns, or one fewer where a corner is empty; then the rows, with an empty line between each and the
next or none anywhere. Cells may be missing where the kinds of the others tell which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from levelhead.review.column_names import is_heading_cell
from levelhead.review.dashboards import names_value
from levelhead.review.lines import Line, has_price
from levelhead.review.row_kinds import Places, cost_of, kind, row_fitted, rows_like, rows_of
from levelhead.review.text import Cell, Span

MOST_COLUMNS, MOST_LINES = 10, 240
LONGEST_CELL, LONGEST_NAME, LONGEST_SENTENCE, LONGEST_SHORT = 120, 40, 60, 6
FEWEST_PAIRS = 3
TITLED, SAME_KINDS, LIKE_KINDS = 0.05, 0.4, 2.0
DEAREST_ONE = 2.4
DEAREST_ROW = 0.8  # what a row may cost on the average
_BRACKETS = re.compile(r"\([^()]*\)")
_NO_CELL = re.compile(r"#{1,6}\s|[-*•]\s|```|(?:[-*_=]\s?){3,}$")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, the first a heading where it has one, in the lines `first` to `last` (exclusive)."""

    first: int
    last: int
    rows: tuple[tuple[Cell, ...], ...]
    cost: float
    is_headed: bool = True


def grid_at(lines: Sequence[Line], first: int) -> Grid | None:
    """The table whose heading begins at a line behind an empty one, or None."""
    if not lines[first].text or (first and lines[first - 1].text and not _heads(lines[first - 1].text)):
        return None
    group = _group(lines, first)
    if len(group) < 2 or not _may_name(lines[first].text):
        return None
    found = _whole(lines, group)
    return _with_more(lines, found) if found else _parted(lines, first, group)


def _with_more(lines: Sequence[Line], grid: Grid) -> Grid:
    """A table with the rows behind an empty line that are of the same kinds as its own."""
    pattern = tuple(kind(cell.text) for cell in grid.rows[-1])
    width = len(pattern)
    while grid.last + 1 < len(lines) and lines[grid.last + 1].text and not lines[grid.last].text:
        group = _group(lines, grid.last + 1)
        rows = [group[at : at + width] for at in range(0, len(group), width)]
        shapes = [tuple(kind(line.text) for line in row) for row in rows]
        is_other = grid.rows[0][0].text.lower() in _OF_LENGTHS and not all(_LENGTH.fullmatch(row[0].text) for row in rows)
        if not rows or len(group) % width or is_other or any(sum(map(cost_of, shape, pattern)) > LIKE_KINDS for shape in shapes):
            break
        cells = tuple(tuple(line.cell(0, len(line.text)) for line in row) for row in rows)
        last = grid.last + 1 + len(group)
        grid = replace(grid, last=last, rows=(*grid.rows, *cells))
    return grid


def _heads(text: str) -> bool:
    return text.startswith("#") or text.endswith(":")


def _may_name(text: str) -> bool:
    if (
        not 0 < len(text) <= LONGEST_NAME
        or has_price(_BRACKETS.sub("", text))
        or text.endswith(":")
        or (text[-1] == "." and len(text) > LONGEST_SHORT)
    ):
        return False
    return text in ("#", "№", "$") or kind(text) not in "in%g"


def _group(lines: Sequence[Line], first: int) -> list[Line]:
    """The lines from one on up to the next that is empty or no cell."""
    group: list[Line] = []
    for line in lines[first : first + MOST_LINES]:
        text = line.text
        is_prose = len(text) > LONGEST_SENTENCE and text.endswith((".", "!", "?"))
        if (
            not text
            or len(text) > LONGEST_CELL
            or "  " in text
            or "\t" in text
            or text.count("|") > 1
            or is_prose
            or (_NO_CELL.match(text) and kind(text) not in "in%g")
        ):
            break
        group.append(line)
    return group


def _whole(lines: Sequence[Line], group: Sequence[Line]) -> Grid | None:
    """A heading and rows with no empty line between them, which the whole group is, perhaps under a title."""
    kinds = [kind(line.text) for line in group]
    priced = next((n for n, line in enumerate(group) if kinds[n] in "in%lm" and has_price(line.text)), None)
    if priced is None or len(group) < 4:
        return None
    best: Grid | None = None
    for title in (0, 1):
        for width in range(2, min(MOST_COLUMNS, priced - title + 2) + 1):
            for head in (width, width - 1):
                starts = title + head
                if starts > priced or len(group) - starts < width or not all(_may_name(x.text) for x in group[title:starts]):
                    continue
                found = _laid(group[title:starts], group[starts:], kinds[starts:], width)
                if found is not None and (best is None or found[0] + TITLED * title < best.cost):
                    is_headed = head > 1
                    rows = found[1] if is_headed else found[1][1:]
                    first = _index(lines, group[title if is_headed else starts])
                    at = _last_of(rows)
                    last = next(n for n in range(first, len(lines)) if lines[n].span.end >= at) + 1
                    best = Grid(first, last, rows, found[0] + TITLED * title, is_headed)
    return best


def _last_of(rows: Sequence[Sequence[Cell]]) -> int:
    """Where the last cell ends."""
    return max(cell.span.end for cell in rows[-1])


def _laid(
    head: Sequence[Line], body: Sequence[Line], kinds: Sequence[str], width: int
) -> tuple[float, tuple[tuple[Cell, ...], ...]] | None:
    """What a heading and the rows under it cost, and the rows; None where they are no table of such a width."""
    found = rows_of(kinds, width)
    if found is None or found[0] / len(found[1]) > DEAREST_ROW:
        found = _rows_before(head, kinds, width)
    if found is None:
        return None
    again = {line.text.lower() for line in head} & {line.text.lower() for line in body}
    cost = (found[0] + 2.0 * len(again)) / len(found[1])
    if cost > DEAREST_ROW or not _is_named(head, width, kinds, found[1]):
        return None
    return cost, (_heading(head, width, found[1], kinds), *(_cells(body, cut) for cut in found[1]))


def _rows_before(head: Sequence[Line], kinds: Sequence[str], width: int) -> tuple[float, list[Places]] | None:
    """Three full rows and more under a heading of nothing but known names, where something else follows them."""
    if len(head) < width or not all(is_heading_cell(line.text) for line in head):
        return None
    pattern = tuple(kinds[:width])
    rows: list[Places] = []
    for at in range(0, len(kinds) - width + 1, width):
        if row_fitted(tuple(kinds[at : at + width]), pattern)[0] > SAME_KINDS:
            break
        rows.append(tuple(range(at, at + width)))
    return (SAME_KINDS * len(rows), rows) if len(rows) >= FEWEST_PAIRS and set(pattern) & set("n%") else None


def _index(lines: Sequence[Line], line: Line) -> int:
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if lines[middle].start < line.start else (low, middle)
    while not lines[low].text:
        low += 1
    return low


def _is_named(head: Sequence[Line], width: int, kinds: Sequence[str], cuts: Sequence[Places]) -> bool:
    """Whether the heading's names, or rows of the same kinds without a gap, bear the table out."""
    columns = [[kinds[at] for cut in cuts if (at := cut[n]) is not None] for n in range(width)]
    valued = [kind(line.text) == "d" or (names_value(line.text) and not is_heading_cell(line.text)) for line in head]
    offset = width - len(head)
    if any(
        is_valued and set(columns[n + offset]) <= set("dwml") and len(line.text) > 1
        for n, (line, is_valued) in enumerate(zip(head, valued, strict=True))
    ):
        return False  # the name of a value stands over numbers
    known = sum(is_valued or is_heading_cell(line.text) for line, is_valued in zip(head, valued, strict=True))
    is_full = not any(at is None for cut in cuts for at in cut)
    has_numbers = any(2 * sum(k in "n%gi" for k in column) > len(column) for column in columns)
    if len(cuts) == 1:
        row = [kinds[at] for at in cuts[0][1:] if at is not None]
        is_pair = width == len(head) == 2 and head[0].text.lower() in _OF_LENGTHS and names_value(head[1].text)
        return (width >= 3 or is_pair) and is_full and set(row) <= {"n", "i"} and known * 2 >= len(head)
    if width == 2:
        is_pairs = is_full and len(cuts) >= FEWEST_PAIRS and has_numbers and set(columns[0]) <= set("wmd") and not valued[0]
        return is_pairs or (len(head) == 2 and known == 2)
    return known * 2 >= len(head) if not is_full or not has_numbers else True


_LENGTH = re.compile(r"\d{1,3}[- ]?(?:d|days?|w|weeks?|periods?)|[SEW]?MA ?\d{1,3}", re.I)
_OF_LENGTHS = ("period", "length", "days", "lookback")


def _cells(body: Sequence[Line], places: Sequence[int | None]) -> tuple[Cell, ...]:
    end = body[next(p for p in places if p is not None)].span.start
    cells: list[Cell] = []
    for at in places:
        line = None if at is None else body[at]
        cells.append(line.cell(0, len(line.text)) if line else Cell(text="", span=Span(start=end, end=end)))
        end = cells[-1].span.end
    return tuple(cells)


_OVER_NUMBERS = re.compile(
    r"(?:price|level|zone|prob\w*\.?|odds|chance|likel\w+|weight|from|low?|value|where|goes|target|number|bear|bull|"
    r"now)\b",
    re.I,
)


def _heading(head: Sequence[Line], width: int, cuts: Sequence[Places], kinds: Sequence[str]) -> tuple[Cell, ...]:
    """The names of the columns, an empty one where a corner has none: the first, unless that holds the numbers."""
    cells = [line.cell(0, len(line.text)) for line in head]
    if len(cells) == width:
        return tuple(cells)
    first = kinds[cuts[0][0]] if cuts[0][0] is not None else "w"
    is_last = first in "in%" or (bool(cells) and not _OVER_NUMBERS.match(cells[0].text) and len(cells) < 2)
    at = cells[-1].span.end if is_last else cells[0].span.start
    gap = Cell(text="", span=Span(start=at, end=at))
    return (*cells, gap) if is_last else (gap, *cells)


def _parted(lines: Sequence[Line], first: int, head: Sequence[Line]) -> Grid | None:
    """A heading and rows, each by itself between empty lines."""
    if len(head) > MOST_COLUMNS or not all(_may_name(line.text) for line in head):
        return None
    groups: list[list[Line]] = []
    at = first + len(head)
    while len(groups) < MOST_LINES:
        while at < len(lines) and not lines[at].text:
            at += 1
        group = _group(lines, at) if at < len(lines) else []
        if not group or (at + len(group) < len(lines) and lines[at + len(group)].text):
            break
        if not any(kind(line.text) in "in%lm" for line in group):
            break
        groups.append(group)
        at += len(group)
    for width in (len(head), len(head) + 1):
        if (found := _rows_parted(lines, first, head, groups, width)) is not None:
            return found
    return None


def _rows_parted(
    lines: Sequence[Line], first: int, head: Sequence[Line], groups: Sequence[Sequence[Line]], width: int
) -> Grid | None:
    shapes = [tuple(kind(line.text) for line in group) for group in groups]
    firsts = [shape[:width] for shape in shapes]
    full = [shape for shape in firsts if len(shape) == width and any(k in "in%lm" for k in shape)]
    if width < 2 or not full or len(groups[0]) + 1 < width:
        return None
    best: tuple[float, int, list[Places]] | None = None  # what the rows cost, in how many groups of lines they lie, and they
    for pattern in dict.fromkeys(full[:4]):
        cost, cuts, at, used = 0.0, [], 0, 0
        for shape in shapes:
            found = _rows_in(shape, pattern) if len(shape) <= width or width == len(head) else None
            if found is None:
                break
            cost += found[0]
            cuts += [tuple(None if p is None else at + p for p in places) for places in found[1]]
            at += len(shape)
            used += 1
        if cuts and (best is None or (used, -cost) > (best[1], -best[0])):
            best = (cost, used, cuts)
    if best is None or best[0] / len(best[2]) > DEAREST_ROW:
        return None
    body = [line for group in groups[: best[1]] for line in group]
    cuts = best[2]
    kinds = [kind(line.text) for line in body]
    if not _is_named(head, width, kinds, cuts):
        return None
    rows = [_heading(head, width, cuts, kinds), *(_cells(body, cut) for cut in cuts)]
    return Grid(first, _index(lines, body[-1]) + 1, tuple(rows), best[0] / len(cuts))


def _rows_in(shape: tuple[str, ...], pattern: tuple[str, ...]) -> tuple[float, list[Places]] | None:
    """What it costs to have lines as a row of such columns, or as several where they are more; None where it is too dear."""
    if not any(k in "in%lm" for k in shape):
        return None
    if len(shape) > len(pattern):
        found = rows_like(shape, pattern)
        return found if found is not None and found[0] <= DEAREST_ROW * len(found[1]) else None
    if len(shape) < min(2, len(pattern) - 1) or (fit := row_fitted(shape, pattern))[0] > DEAREST_ONE:
        return None
    return fit[0], [fit[1]]
