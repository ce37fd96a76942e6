"""What a note says twice of one way on: a row of its table, and sentences about that row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from levelhead.review.said import ReadScenario
from levelhead.review.scenario_case import Case

_WHOLE = (0.97, 1.03)


def first_told(cases: Iterable[Case], rows: Collection[int]) -> list[Case]:
    """The cases without those that only speak on of a row ('Higher. Its target zone trades with a chance of 13%').

    rows: where rows of tables begin. What is spoken of are tables whose chances make up a whole; who speaks stands in the same
    section and begins with the same word.
    """
    out: list[Case] = []
    told: dict[int, list[Case]] = {}
    for case in cases:
        if case.span.start in rows:
            told.setdefault(case.section, []).append(case)
            out.append(case)
        elif not _speaks_on(case, told.get(case.section, ())):
            out.append(case)
    return out


def _speaks_on(case: Case, table: Iterable[Case]) -> bool:
    rows = list(table)
    word = _first_word(case.title)
    total = sum(sum(r.chance.bounds) / 2 for r in rows if r.chance and r.chance.bounds)
    return bool(word) and _WHOLE[0] <= total <= _WHOLE[1] and any(_first_word(r.title) == word for r in rows)


def without_headlines(found: Sequence[ReadScenario], rows: Collection[int]) -> list[ReadScenario]:
    """The scenarios without a sentence ahead of a table that gives the chance of one of its rows, in short."""
    last = max((n for n, s in enumerate(found) if s.span.start in rows), default=0)
    table = [s for s in found if s.span.start in rows and s.probability is not None]
    if not _WHOLE[0] <= sum(sum(s.probability) / 2 for s in table if s.probability) <= _WHOLE[1]:
        return list(found)
    return [s for n, s in enumerate(found) if s in table or n > last or not any(_is_headline(s, row) for row in table)]


def _is_headline(one: ReadScenario, row: ReadScenario) -> bool:
    return one.probability is not None and one.probability == row.probability and one.direction in ("", row.direction)


def _first_word(title: str) -> str:
    found = re.match(r"\W*(\w+)", title)
    return found[1].lower() if found else ""
