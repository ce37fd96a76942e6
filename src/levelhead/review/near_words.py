"""A fitted table of the words around a price: how likely it is a level, of which side and kind, or the last price.

The table (near_words.json) gives each cue (near_cues.py) a weight for each answer; the weights of the cues that are there are added
to the answer's start, and the sum is turned into a chance. Cues that the table does not name weigh nothing.
scripts/fit_near_words.py fits it on the notes of the tests.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from levelhead.review.near_cues import Occurrence, Zone, cues_of
from levelhead.review.passages import Passage
from levelhead.review.prices import Prices

QUESTIONS = ("level", "last", "side", "kind")  # the first two are answered yes or no, the others by one of several


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest answer to a question, and its chance in 0..1."""

    word: str
    chance: float


@dataclass(frozen=True, slots=True)
class Chances:
    """What the words around a price tell: chances in 0..1 that it is a level, the last price; a level's likeliest side and kind.

    places: where it stands, in the order of the text.
    """

    level: float
    last: float
    side: Answer
    kind: Answer
    places: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """starts: the sum each answer of each question begins with. weights: of each cue, (place of the answer, weight) in turn."""

    answers: tuple[tuple[str, str], ...]
    starts: tuple[float, ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]


@cache
def table() -> Table:
    """The table as it is shipped."""
    return table_of(json.loads((files("levelhead.review") / "near_words.json").read_text(encoding="utf-8")))


def table_of(document: Mapping[str, Any]) -> Table:
    """The table of a document: `answers` holds for each question and answer `start` and the `weights` of cues by name."""
    answers: list[tuple[str, str]] = []
    starts: list[float] = []
    weights: dict[str, list[tuple[int, float]]] = {}
    for question in QUESTIONS:
        for answer, told in document["answers"][question].items():
            for cue, weight in told["weights"].items():
                weights.setdefault(cue, []).append((len(answers), weight))
            answers.append((question, answer))
            starts.append(told["start"])
    return Table(tuple(answers), tuple(starts), {cue: tuple(pairs) for cue, pairs in weights.items()})


def chances_of(passages: Sequence[Passage], prices: Prices, given: Table | None = None) -> dict[Zone, Chances]:
    """What the table tells of every price of a note, by its low and high, in the order of the text."""
    by = given or table()
    return {zone: _chances(by, cues, places) for zone, (cues, places) in cues_of(passages, prices).items()}


def _chances(by: Table, cues: set[str], places: Sequence[Occurrence]) -> Chances:
    sums = list(by.starts)
    weights = by.weights
    for cue in sorted(cues & weights.keys()):  # sorted: sums must not depend on the order of a set
        for at, weight in weights[cue]:
            sums[at] += weight
    told: dict[str, dict[str, float]] = {question: {} for question in QUESTIONS}
    for (question, answer), total in zip(by.answers, sums, strict=True):
        told[question][answer] = total
    return Chances(
        level=_yes(told["level"]["yes"]),
        last=_yes(told["last"]["yes"]),
        side=_likeliest(told["side"]),
        kind=_likeliest(told["kind"]),
        places=tuple(places),
    )


def _yes(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))


def _likeliest(sums: Mapping[str, float]) -> Answer:
    word = max(sums, key=lambda answer: sums[answer])
    return Answer(word, 1.0 / sum(math.exp(total - sums[word]) for total in sums.values()))
