"""Levels: rows of tables, lines of lists, and prices that a sentence calls support, resistance or pivot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.level_lines import line_levels
from levelhead.review.level_prose import prose_levels
from levelhead.review.level_rows import row_levels
from levelhead.review.level_tables import LevelTables, level_tables
from levelhead.review.no_levels import is_line_of_values
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import ReadLevel


def levels_of(passages: Sequence[Passage], prices: Prices, *, has_pivots: bool) -> Iterator[ReadLevel]:
    """Every price that a note presents as a level, in the order of the text; sides that only position tells are left ''.

    has_pivots: whether the note speaks of pivots, so that S1 and R1 are theirs.
    """
    tables = level_tables(passages)
    for at, given in enumerate(passages):
        passage = given if given.block.kind == "row" else _in_one(given, prices)
        if passage.place.topic == "dismissed":
            continue
        following = passages[at + 1] if at + 1 < len(passages) else None
        if passage.block.kind == "row":
            yield from _of_row(passage, tables, prices, has_pivots)
        else:
            yield from _of_text(passage, following, prices, has_pivots)


def _of_row(passage: Passage, tables: LevelTables, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    if tables.lists_extreme(passage):
        passage = replace(passage, place=replace(passage.place, topic="levels"))
    if not passage.columns and is_line_of_values([t for p in passage.pieces for t in p.tokens]):
        return
    is_list = passage.place.topic not in ("scenarios", "setups") or _is_level_row(passage)
    yield from (row_levels if is_list and not _is_told(passage) else prose_levels)(passage, prices, has_pivots)


def _of_text(passage: Passage, following: Passage | None, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    seen = set()
    if passage.place.topic not in ("scenarios", "setups"):
        for n, piece in enumerate(passage.pieces):
            for level in line_levels(passage, piece, following if n == 0 else None, prices, has_pivots):
                seen.add(level.span)
                yield level
    yield from (found for found in prose_levels(passage, prices, has_pivots) if found.span not in seen)


_SIDE_CELL = re.compile(r"\W*(?:(?:key|major|minor|first|second|next|strong)\s)?(?:supports?|resistances?|[SR])\s?[1-5]?\W*", re.I)
_PLAN_COLUMN = re.compile(r"entry|enter|stop|target|probab|odds|chance|scenario|case|trigger")


def _is_level_row(passage: Passage) -> bool:
    """'Support | 2,186 | 50-day MA' under a heading that speaks of trades: a row of levels by its own words and columns."""
    if passage.place.topic != "setups" or any(_PLAN_COLUMN.search(c) for c in passage.columns):
        return False
    is_list = len(passage.pieces) >= 2 and not any(re.search("[A-Za-z]", p.text) for p in passage.pieces[1:])
    return (len(passage.columns) >= 2 or is_list) and bool(passage.pieces) and bool(_SIDE_CELL.fullmatch(passage.pieces[0].text))


_WHEN = re.compile(r"\W*\d{1,2}[:.]\d{2}(?:\s?[ap]m)?\W*", re.I)


def _is_told(passage: Passage) -> bool:
    """'7:30 | He draws support at 114,900, and below that ...': sentences beside the time they were said."""
    cells = passage.pieces
    return len(cells) == 2 and not passage.columns and bool(_WHEN.fullmatch(cells[0].text)) and cells[1].text.count(" ") >= 5


def _in_one(passage: Passage, prices: Prices) -> Passage:
    """An item '6,900. The old high. Resistance.' as one sentence: its first says only where the level is."""
    first, *rest = passage.pieces or (None,)
    if first is None or not rest or passage.block.kind != "item" or re.search("[A-Za-z]", first.text):
        return passage
    if not any(prices.is_price(t) for t in first.tokens) or any(prices.is_price(t) for p in rest for t in p.tokens):
        return passage
    shift = [(p, p.start - first.start) for p in rest]
    tokens = [t for t in first.tokens if t.text != "."]
    for piece, by in shift:
        tokens += [t.moved(by) for t in piece.tokens if t.text != "."]
    end = rest[-1].start + len(rest[-1].text) - first.start
    text = passage.block.text[first.start - passage.block.span.start :][:end].replace(". ", ", ")
    return replace(passage, pieces=(Piece(text, first.start, tuple(tokens)),))
