"""What a note says of the future as claims that can be priced before and settled after."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from levelhead.domain.bars import Bars
from levelhead.review.evidence import stated_last
from levelhead.review.interpreted import Attempt, Ground, Interpreted, LeftOut, settled
from levelhead.review.level_claims import bias_attempts, level_attempts
from levelhead.review.said import OthersNote
from levelhead.review.scenario_claims import scenario_attempts
from levelhead.review.setup_claims import setup_attempts

MOST_CLAIMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """A note's claims, and what of it is none. last: the price the note was written at; is_during: while its session was open."""

    last: float
    is_during: bool
    claims: tuple[Interpreted, ...]
    left_out: tuple[LeftOut, ...]


def claims_of(note: OthersNote, bars: Bars, as_of: dt.date) -> tuple[Interpreted, ...]:
    """Scenarios, setups, levels and biases of a note as claims made on the evening of `as_of`, or at the price it states.

    Of a statement that can be read in several ways, such as 'through 2,700', there is one claim for each: of the same name with
    the reading behind it. Only bars up to `as_of` are looked at.
    """
    return interpretation_of(note, bars, as_of).claims


def interpretation_of(note: OthersNote, bars: Bars, as_of: dt.date) -> Interpretation:
    """The same, with what is left out and why. Raises BadDate where the bars begin after that day."""
    ground = ground_of(note, bars, as_of)
    found: list[Interpreted] = []
    refused: list[LeftOut] = []
    for attempt in _attempts(ground):
        if len(found) >= MOST_CLAIMS:
            why = f"The note makes more than {MOST_CLAIMS} claims; those after them are left out."
            refused.append(LeftOut(part=attempt.part, said=attempt.said, span=attempt.span, why=why))
            break
        claims, left = settled(ground, attempt)
        found += claims
        refused += left
    return Interpretation(last=ground.last, is_during=ground.is_during, claims=tuple(found), left_out=tuple(refused))


def ground_of(note: OthersNote, bars: Bars, as_of: dt.date) -> Ground:
    """What the claims of a note are made on: the price it states, where that day's bar has it, else the close."""
    seen = bars.until(as_of)
    stated = stated_last(note, seen)
    is_during = stated is not None and seen.provisional is None and abs(stated - seen.last) > seen.instrument.step / 2
    return Ground(note=note, bars=seen, last=seen.last if stated is None or not is_during else stated, is_during=is_during)


def _attempts(ground: Ground) -> Iterator[Attempt]:
    if not math.isfinite(ground.last):
        return
    yield from itertools.chain(scenario_attempts(ground), setup_attempts(ground), bias_attempts(ground), level_attempts(ground))
