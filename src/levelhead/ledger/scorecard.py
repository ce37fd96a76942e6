"""The scorecard: everything a record teaches about who said what, live and replayed apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import LEVEL
from levelhead.ledger.beside import Unsaid, alike, unsaid
from levelhead.ledger.course import Course, skill_course
from levelhead.ledger.expectancy import Expectancy, expectancies, result_courses
from levelhead.ledger.forecast_score import ForecastScore, forecast_scores
from levelhead.ledger.record import Record
from levelhead.ledger.reliability import Reliability, reliabilities
from levelhead.ledger.scored import OUTCOMES, Keys, Scores, keys_of, scores_of
from levelhead.ledger.side_by_side import SideBySide, side_by_side
from levelhead.ledger.side_taken import BiasScore, LevelShares, bias_scores, level_shares
from levelhead.ledger.words import coded

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from levelhead.wire.document import Document

SCHEMA_VERSION = "1"
FORECASTS = ("scenario", "outlook", "target", "claim", "setup")  # kinds that say probabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the scorecard was narrowed to; '' and None: to nothing."""

    author: str = ""
    symbol: str = ""
    kind: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far the statements of one kind have come. count = decided + undecided + open + void."""

    kind: str
    count: int
    decided: int
    undecided: int
    open: int
    void: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The record of one standing, live or replayed.

    first, last: notes' days. notes: how many. forecasts, reliabilities, expectancies, levels, biases: each begins with the group of
    all, followed by those of each author, instrument and horizon where there is more than one. refused: as expectancies, of the
    plans that notes showed as the best they would not take. unsaid: statements without a probability, where somebody else's are
    given beside them; () otherwise.
    """

    standing: str
    first: dt.date
    last: dt.date
    notes: int
    authors: tuple[str, ...]
    symbols: tuple[str, ...]
    tallies: tuple[Tally, ...]
    forecasts: tuple[ForecastScore, ...]
    side_by_side: tuple[SideBySide, ...]
    reliabilities: tuple[Reliability, ...]
    skill_courses: tuple[Course, ...]
    expectancies: tuple[Expectancy, ...]
    result_courses: tuple[Course, ...]
    refused: tuple[Expectancy, ...]
    refused_courses: tuple[Course, ...]
    levels: tuple[LevelShares, ...]
    biases: tuple[BiasScore, ...]
    unsaid: tuple[Unsaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """What a record teaches. level: of all its intervals. books: the live one first; () of an empty record."""

    schema_version: str = SCHEMA_VERSION
    level: float = LEVEL
    asked: Asked
    books: tuple[Book, ...]


def scorecard(record: Record, *, asked: Asked | None = None, beside: Record | None = None, seed: int = 0) -> Scorecard:
    """The scorecard of a record. The same record gives the same figures: the bootstrap draws from `seed`.

    beside: the same statements as somebody else priced them. They enter the comparison of authors alone, each with its own twin.
    """
    standings, standing = coded(record.standing)
    parts = [record] if len(standings) == 1 else [record.where(standing == code) for code in range(len(standings))]
    return Scorecard(asked=asked or Asked(), books=tuple(_book(part, beside, seed) for part in parts if len(part)))


def scorecard_document(card: Scorecard) -> Document:
    """The scorecard as plain JSON values."""
    document: Document = _plain(card)
    return document


def _plain(value: Any) -> Any:
    """A dataclass as a mapping, and all that it holds. By hand: pydantic, which makes the schema, takes longer than the scores."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)} if is_dataclass(value) else value


def scorecard_schema() -> Document:
    """The JSON Schema (2020-12) of `scorecard_document`."""
    described: Document = _adapter().json_schema(mode="serialization")
    return described | {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "levelhead scorecard"}


def _book(record: Record, beside: Record | None, seed: int) -> Book:
    keys = keys_of(record)
    present = [kind for kind in OUTCOMES if kind in keys.kinds]
    scores = {kind: scores_of(record, kind, np.flatnonzero(keys.of(kind))) for kind in present if kind in FORECASTS}
    forecasts = {kind: forecast_scores(found, keys, kind, seed=seed) for kind, found in scores.items()}
    windows = {kind: {score.group: score.windows for score in found} for kind, found in forecasts.items()}
    courses = (skill_course(found, keys, kind, seed=seed) for kind, found in scores.items())
    return Book(
        standing=str(record.standing[0]),
        first=record.as_of.min().item(),
        last=record.as_of.max().item(),
        notes=_notes(keys),
        authors=tuple(keys.authors),
        symbols=tuple(keys.symbols),
        tallies=tuple(_tally(kind, record.outcomes[keys.of(kind)]) for kind in present),
        forecasts=tuple(score for found in forecasts.values() for score in found),
        side_by_side=_pairs(scores, keys, seed) if beside is None else _beside(record, beside, seed),
        reliabilities=tuple(
            row for kind, found in scores.items() for row in reliabilities(found, keys, kind, windows=windows[kind], seed=seed)
        ),
        skill_courses=tuple(course for course in courses if course is not None),
        expectancies=expectancies(record, keys, seed=seed),
        result_courses=result_courses(record, keys),
        refused=expectancies(record, keys, refused=True, seed=seed),
        refused_courses=result_courses(record, keys, refused=True),
        levels=level_shares(record, keys, seed=seed),
        biases=bias_scores(record, keys, seed=seed),
        unsaid=() if beside is None else unsaid(record, beside),
    )


def _pairs(scores: Mapping[str, Scores], keys: Keys, seed: int) -> tuple[SideBySide, ...]:
    return tuple(pair for kind, found in scores.items() for pair in side_by_side(found, keys, kind, seed=seed))


def _beside(record: Record, beside: Record, seed: int) -> tuple[SideBySide, ...]:
    """The author and whoever priced the same statements, on these statements alone."""
    both = alike(record, beside)
    keys = keys_of(both)
    kinds = [kind for kind in FORECASTS if kind in keys.kinds]
    return _pairs({kind: scores_of(both, kind, np.flatnonzero(keys.of(kind))) for kind in kinds}, keys, seed)


def _notes(keys: Keys) -> int:
    """Different authors, instruments and days."""
    note = (keys.day * len(keys.authors) + keys.author) * len(keys.symbols) + keys.symbol
    return int(np.count_nonzero(np.bincount(note)))


def _tally(kind: str, outcomes: NDArray[np.int64]) -> Tally:
    void, open_, undecided, decided = np.bincount(np.minimum(outcomes, 0) + 3, minlength=4).tolist()
    return Tally(kind=kind, count=len(outcomes), decided=decided, undecided=undecided, open=open_, void=void)


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(Scorecard)
