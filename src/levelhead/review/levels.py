"""Levels: rows of tables, lines of lists, and prices that a sentence calls support, resistance or pivot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from levelhead.review.level_lines import line_levels
from levelhead.review.level_prose import prose_levels
from levelhead.review.level_rows import row_levels
from levelhead.review.passages import Passage
from levelhead.review.prices import Prices
from levelhead.review.said import ReadLevel


def levels_of(passages: Sequence[Passage], prices: Prices, *, has_pivots: bool) -> Iterator[ReadLevel]:
    """Every price that a note presents as a level, in the order of the text; sides that only position tells are left ''.

    has_pivots: whether the note speaks of pivots, so that S1 and R1 are theirs.
    """
    for at, passage in enumerate(passages):
        if passage.place.topic == "dismissed":
            continue
        is_list = passage.place.topic not in ("scenarios", "setups")
        if passage.block.kind == "row":
            yield from row_levels(passage, prices, has_pivots) if is_list else prose_levels(passage, prices, has_pivots)
            continue
        following = passages[at + 1] if at + 1 < len(passages) else None
        listed = (
            [
                x
                for n, piece in enumerate(passage.pieces)
                for x in line_levels(passage, piece, following if n == 0 else None, prices, has_pivots)
            ]
            if is_list
            else []
        )
        yield from listed
        seen = {found.span for found in listed}
        yield from (found for found in prose_levels(passage, prices, has_pivots) if found.span not in seen)
