"""A section that its heading dismisses, 'Comments', 'Methodology', but in which the note's levels stand, is part of the note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.headings import is_teaser, side_of
from levelhead.review.passages import Passage

FEWEST = 3
"""Named prices of a section that make it one of levels, if the rest of the note has fewer."""
_NAMED = frozenset({"average", "pivot"})


def with_own_levels(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, those sections taken back that were dismissed and name more prices than all that was not."""
    named: Counter[int] = Counter()
    rest = 0
    for passage in passages:
        if passage.place.topic == "dismissed":
            named[passage.place.section] += _named(passage)
        else:
            rest += _named(passage)
    back = {section for section, count in named.items() if count >= FEWEST and count > rest}
    return tuple(_taken_back(p) if p.place.topic == "dismissed" and p.place.section in back else p for p in passages)


def _named(passage: Passage) -> int:
    """Numbers of a passage in whose sentence or cell a side, an average or a pivot is named."""
    count = 0
    for piece in passage.pieces:
        names = sum(t.kind in _NAMED or "side" in t.says for t in piece.tokens)
        numbers = sum(t.kind == "number" and t.quantity is not None and t.quantity.unit in ("", "$", "32") for t in piece.tokens)
        count += min(names, numbers)
    return count


def _taken_back(passage: Passage) -> Passage:
    if is_teaser(passage.block):
        return passage
    return replace(passage, place=replace(passage.place, topic="", side=side_of(passage.place.title) or ""))
