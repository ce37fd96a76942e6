"""Columns of fixed width: names of columns in two lines, and names of rows that a wide blank parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.lines import Line, has_price
from levelhead.review.text import Cell, Span

NEAR = 7  # characters between the middles of a name and of what goes on below it
FEWEST_ROWS = 2
_GOES_ON = re.compile(r"[1-5]|[A-Za-z][A-Za-z .%/-]{0,11}")

Row = tuple[Cell, ...]


def headed_in_one(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    """Rows whose names of columns stand in two lines, 'Support' over '2', with these in one; others as they are.

    lines: that in which each row stands.
    """
    given = list(rows)
    if len(given) < 2 + FEWEST_ROWS or len(lines) != len(given):
        return given
    over, under, body = given[0], given[1], given[2:]
    is_split = (
        not any(any(map(str.isdigit, c.text)) for c in over)
        and all(_GOES_ON.fullmatch(c.text) for c in under)
        and any(c.text.isdigit() for c in under)
        and all(any(has_price(c.text) for c in row) for row in body[:FEWEST_ROWS])
        and len(body[0]) - len(under) in (0, 1)
    )
    if not is_split:
        return given
    return [tuple(_whole(cell, over, lines[0], lines[1]) for cell in under), *body]


def _whole(cell: Cell, over: Row, above: Line, line: Line) -> Cell:
    """A name with what stands above it."""
    middle = _middle(cell, line)
    near = min(over, key=lambda c: abs(_middle(c, above) - middle))
    return replace(cell, text=f"{near.text} {cell.text}") if abs(_middle(near, above) - middle) <= NEAR else cell


def _middle(cell: Cell, line: Line) -> float:
    return cell.span.start - line.start + line.indent + len(cell.text) / 2


def named_in_one(rows: Sequence[Row]) -> list[Row]:
    """Rows with two cells more than there are names of columns, whose first two are the name of the row: 'ES', 'Sep'."""
    width = len(rows[0])
    return [_joined(row) if len(row) >= width + 2 and not has_price(row[1].text) and row[1].text else row for row in rows]


def _joined(row: Row) -> Row:
    one, two, *rest = row
    return (Cell(text=f"{one.text} {two.text}", span=Span(start=one.span.start, end=two.span.end)), *rest)
