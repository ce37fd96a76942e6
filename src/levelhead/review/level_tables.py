"""Tables that list levels as a whole: what one of their rows says of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from levelhead.review.passages import Passage

FEWEST_SIDED = 2
_POINT = re.compile(r"\W*(?:(?:daily|weekly|monthly|central|the)\s)?(?:pivots?(?:\s(?:point|level))?|PP?)\W*", re.I)
_NUMBERED = re.compile(r"\W*(?:supp?(?:ort)?|res(?:istance)?)\s?[1-4]\W*", re.I)
_EXTREME = re.compile(
    r"\W*(?:52[\s-]?w(?:ee)?k|all[\s-]time|record|contract|prior|previous|swing|overnight|yesterday['’]s|(?:prior|previous|"
    r"last) (?:day|week|"
    r"month)(?:['’]s)?)\s?(?:/\s?\w+\s)?(?:high|low|hi|lo)\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class LevelTables:
    """The tables, by number, that list levels, and those of them that hold the point of a set of pivots."""

    of_levels: frozenset[int]
    of_pivots: frozenset[int]

    def is_numbered_pivot(self, passage: Passage) -> bool:
        """Whether 'Support 1' is a pivot here: its table has the point itself."""
        return passage.block.table in self.of_pivots and bool(_NUMBERED.fullmatch(_label(passage)))

    def lists_extreme(self, passage: Passage) -> bool:
        """Whether '52-week high' stands among levels here."""
        return passage.block.table in self.of_levels and bool(_EXTREME.fullmatch(_label(passage)))


def level_tables(passages: Sequence[Passage]) -> LevelTables:
    """Which tables of a note are lists of levels by what most of their rows are called."""
    sided: dict[int, int] = {}
    points: set[int] = set()
    for passage in passages:
        table = passage.block.table
        if table is None or passage.block.kind != "row" or passage.place.topic in ("scenarios", "setups") or not passage.pieces:
            continue
        if _POINT.fullmatch(_label(passage)):
            points.add(table)
        elif any(t.says.get("side") in ("support", "resistance") for t in passage.pieces[0].tokens):
            sided[table] = sided.get(table, 0) + 1
    of_levels = frozenset(n for n, count in sided.items() if count >= FEWEST_SIDED)
    return LevelTables(of_levels, frozenset(points) & of_levels)


def _label(passage: Passage) -> str:
    return passage.pieces[0].text if passage.pieces else ""
