"""Scenarios in tables: one in each row, or one in each column under 'Bull', 'Base' and 'Bear'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.passages import Passage
from levelhead.review.probabilities import Chance, chance_in, is_worded
from levelhead.review.scenario_case import Case, Part, direction_of
from levelhead.review.text import Span

_TITLE = re.compile(r"scenario|case|path|outcome|direction|what|view|setup|^$")
_CHANCE = re.compile(r"probab|odds|chance|likel|prob\b|weight|confidence|%|^p(?:r|rob)?\.?(?:\s?[(\[=].*)?$")
_ORDER = re.compile(
    r"\W*(?:(?:buy|sell|long|short)\s(?:limit|stop|market|order|entry)|(?:limit|stop|market)\s(?:buy|sell|order|entry)|entry|"
    r"stop(?:[- ]loss)?\W*$|(?:first|second|third|final|price) target|target \d|take[- ]profit|TP\s?\d?\b|SL\b)",
    re.I,
)
_ROLES = (
    ("stop", re.compile(r"invalid|stop|fails? (?:if|at)|wrong")),
    ("target", re.compile(r"target|objective|where to|destination|goal|\bto\b|aim|projection")),
    ("trigger", re.compile(r"trigger|\bif\b|condition|above|below|confirm|signal|activat|break")),
)


def case_of_row(passage: Passage) -> Case | None:
    """The scenario of a row, None where the row is none."""
    columns = passage.columns
    if not passage.pieces or passage.place.topic not in ("scenarios", "", "summary", "bias", "levels", "indicators"):
        return None
    if passage.place.topic != "scenarios" and not (not columns and _is_bare(passage)):
        return None
    chance_at = next((n for n, c in enumerate(columns) if _CHANCE.search(c)), None)
    title = next((n for n, c in enumerate(columns) if _TITLE.search(c) and n != chance_at), 0)
    if title >= len(passage.pieces) or _ORDER.match(passage.pieces[title].text):
        return None
    chance = _stated(passage, chance_at, title) or _in_words(passage, columns)
    if chance is None and chance_at is None and not re.search(r"scenario|case", " ".join(columns)):
        return None
    order = [title, *(n for n in range(len(passage.pieces)) if n not in (title, chance_at))]
    parts = [Part(passage.pieces[n], role_of_column(columns[n]) if n < len(columns) and n != title else "") for n in order]
    text = passage.pieces[title].text
    way = direction_of(text, " ".join(p.piece.text for p in parts[1:] if not p.role))
    return Case(text, way, parts, chance, passage.place.sessions, passage.block.span, passage.place.section)


def _in_words(passage: Passage, columns: Sequence[str]) -> Chance | None:
    """'Drift up to 2,350 ..... slight edge': a row without heads of which one cell is a chance in words."""
    if columns or passage.place.topic != "scenarios" or not 2 <= len(passage.pieces) <= 4:
        return None
    words = next((p.text.strip(" .") for p in passage.pieces[1:] if is_worded(p.text.strip(" ."))), "")
    return Chance(None, words, "", 0, 0) if words else None


def _is_bare(passage: Passage) -> bool:
    """A row without a heading that says a way, a chance and more: 'Bull | 50% | 2,455'."""
    cells = [p.text for p in passage.pieces]
    is_named = bool(direction_of(cells[0]) or _NAMED.fullmatch(cells[0]))
    return len(cells) >= 3 and is_named and sum(bool(_LONE.fullmatch(c)) for c in cells) == 1


_NAMED = re.compile(r"\W*(?:(?:base|central|main|core|middle|alternative|tail)(?: case| scenario)?|(?:scenario|case) \w)\W*", re.I)
_LONE = re.compile(r"\W*(?:\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%|0?\.\d{1,2})\W*")


def _stated(passage: Passage, chance_at: int | None, title: int) -> Chance | None:
    if chance_at is not None and chance_at < len(passage.pieces):
        return chance_in(passage.pieces[chance_at].text, is_cell=True)
    for n, piece in enumerate(passage.pieces):
        found = chance_in(piece.text, is_cell=n != title and bool(_LONE.fullmatch(piece.text)))
        if found is not None and found.bounds:
            return found
    return None


def role_of_column(column: str) -> str:
    """What the head of a column or row says its prices are for."""
    return next((role for role, pattern in _ROLES if pattern.search(column)), "")


def cases_of_columns(rows: Sequence[Passage]) -> list[Case]:
    """The scenarios of a table whose columns are the ways on: 'Bull | Base | Bear' over 'Probability' and 'Target'."""
    if not rows or len(rows[0].columns) < 3:
        return []
    columns = rows[0].columns
    ways = [n for n, c in enumerate(columns) if n and (direction_of(c) or re.search(r"\bbase\b", c))]
    if len(ways) < 2 or not any(_CHANCE.search(r.pieces[0].text.lower()) for r in rows if r.pieces):
        return []
    return [_of_column(rows, n) for n in ways]


def _of_column(rows: Sequence[Passage], n: int) -> Case:
    chance, parts = None, []
    for row in rows:
        if n >= len(row.pieces):
            continue
        label = row.pieces[0].text.lower()
        if _CHANCE.search(label):
            chance = chance_in(row.pieces[n].text, is_cell=True)
        else:
            parts.append(Part(row.pieces[n], role_of_column(label)))
    column = rows[0].columns[n]
    span = Span(start=rows[0].block.span.start, end=rows[-1].block.span.end)
    return Case(column, direction_of(column), parts, chance, rows[0].place.sessions, span, rows[0].place.section)
