"""Tables whose columns are the ways on, known by their cells: chances that make up a whole, or heads that name a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.probabilities import Chance
from levelhead.review.scenario_case import Case, Part, direction_of
from levelhead.review.scenario_cells import cases_under_ways
from levelhead.review.scenario_rows import role_of_column
from levelhead.review.text import Span
from levelhead.review.weighed import WHOLE

_CONDITION = re.compile(
    r"^\W*(?:turns? |go(?:es)? |stays? |only )?(?P<way>bull(?:ish|s)?|bear(?:ish|s)?|long|short|positive|negative|up|down|buy|sell|"
    r"constructive)\W{1,3}(?:if |while |on (?:a )?(?:break|close) |when )?(?P<side>above|below|over|under|>|<)\W*$",
    re.I,
)
_UP = re.compile(r"bull|long|posi|up|buy|cons", re.I)
_LONE = re.compile(r"\W*(?:\d{1,3}(?:\.\d)?(?:\s?[-–]\s?\d{1,3})?\s?%|0?\.\d{1,2}|\d\s?/\s?10)\W*")


def grids_in(passages: Sequence[Passage], prices: Prices) -> dict[int, list[Case]]:
    """For the rows of each such table: its scenarios at the first row, none at the others."""
    tables: dict[int, list[int]] = {}
    for at, passage in enumerate(passages):
        if passage.block.kind == "row" and passage.block.table is not None and passage.place.topic != "dismissed":
            tables.setdefault(passage.block.table, []).append(at)
    out: dict[int, list[Case]] = {}
    for rows in tables.values():
        for run in _runs(rows):
            out |= _grid(passages, run, prices)
    return out


def _runs(rows: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for at in rows:
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    yield run


def _grid(passages: Sequence[Passage], rows: Sequence[int], prices: Prices) -> dict[int, list[Case]]:
    forks = {at: cases for at in rows if (cases := cases_under_ways(passages[at], prices))}
    if forks:
        return forks
    conditions = [at for at in rows if sum(bool(_CONDITION.match(c)) for c in passages[at].columns) >= 2]
    if conditions:
        return {at: list(_conditions(passages[at], prices)) for at in conditions}
    for n, at in enumerate(rows):
        chances = _chances(passages[at])
        if chances:
            cases = _of_columns(passages, rows, n, chances, prices)
            if cases:
                return {i: cases if i == at else [] for i in rows}
    return {}


def _chances(row: Passage) -> tuple[tuple[float, float], ...]:
    """The chances of a row that says nothing else behind its label, where they make up a whole."""
    cells = row.pieces[1:] if row.pieces and not _LONE.fullmatch(row.pieces[0].text) else row.pieces
    if not 2 <= len(cells) <= 6 or not all(_LONE.fullmatch(c.text) for c in cells):
        return ()
    found = [_bounds(c) for c in cells]
    total = 100 * sum(low + high for low, high in found) / 2
    return tuple(found) if WHOLE[0] <= total <= WHOLE[1] else ()


def _bounds(cell: Piece) -> tuple[float, float]:
    numbers = [float(n) for n in re.findall(r"\d*\.\d+|\d+", cell.text)]
    if "/" in cell.text:
        return numbers[0] / numbers[1], numbers[0] / numbers[1]
    scale = 100.0 if "%" in cell.text else 1.0
    return round(min(numbers) / scale, 12), round(max(numbers) / scale, 12)


def _of_columns(
    passages: Sequence[Passage], rows: Sequence[int], at: int, chances: Sequence[tuple[float, float]], prices: Prices
) -> list[Case]:
    count = len(chances)
    heads = _heads(passages, rows, at, count)
    first, last = passages[rows[0]], passages[rows[-1]]
    span = Span(start=first.block.span.start, end=last.block.span.end)
    cases = []
    for column, bounds in enumerate(chances):
        title = heads[column] if heads else ""
        case = Case(title, direction_of(title), [], Chance(bounds, "", "", 0, 0), first.place.sessions, span, first.place.section)
        for row in rows:
            pieces = passages[row].pieces
            if row == rows[at] or len(pieces) not in (count, count + 1):
                continue
            cell = pieces[column - count]
            label = pieces[0].text.lower() if len(pieces) > count else ""
            if any(prices.is_price(t) for t in cell.tokens):
                case.parts.append(Part(cell, role_of_column(label)))
        cases.append(case)
    return cases if all(c.parts for c in cases) else []


def _heads(passages: Sequence[Passage], rows: Sequence[int], at: int, count: int) -> tuple[str, ...]:
    """What the columns are called: the header's names, else the nearest row above without a figure."""
    columns = passages[rows[at]].columns
    if len(columns) in (count, count + 1):
        return columns[-count:]
    for row in reversed(rows[:at]):
        cells = [p.text for p in passages[row].pieces]
        if len(cells) in (count, count + 1) and not any(re.search(r"\d{2}", c) for c in cells[-count:]):
            return tuple(cells[-count:])
    return ()


def _conditions(passage: Passage, prices: Prices) -> Iterator[Case]:
    """'bullish above | bearish below' over prices: a way on for each, that begins at its price."""
    for column, piece in zip(passage.columns, passage.pieces, strict=False):
        found = _CONDITION.match(column)
        priced = any(prices.is_price(t) for t in piece.tokens)
        if found is None or not priced:
            continue
        is_up = _UP.match(found["way"]) is not None
        if is_up != (found["side"].lower() in ("above", "over", ">")):
            continue
        place = passage.place
        yield Case(column, "up" if is_up else "down", [Part(piece, "trigger")], None, place.sessions, piece.span(), place.section)
