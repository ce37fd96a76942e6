"""A statement of somebody's note as claims: one for each way its words can be read, and what had to be supposed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from levelhead.claims.objections import check_standing
from levelhead.claims.outcomes import sessions_of
from levelhead.claims.parse import parse_claim
from levelhead.claims.text import claim_text
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import MAX_SESSIONS
from levelhead.review.said import Money, OthersNote
from levelhead.review.text import Span

Part = Literal["scenario", "setup", "level", "bias"]
USUAL_SESSIONS = 12  # 'the next two to three weeks', also where a note states no horizon
TOUCH, CLOSE, TWO_CLOSES, ACCEPTANCE, FAR_EDGE, NEAR_EDGE, NEXT_SESSION = (
    "a touch",
    "a close",
    "two closes",
    "acceptance",
    "the far edge",
    "the near edge",
    "from the next session",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreted:
    """One statement of a note, under one reading of its words, in the claim language.

    name: unique, 'scenario.1', under another reading 'scenario.1/a close'; 'scenario' where a whole table is one split. part,
    number: which of the note's scenarios, setups, levels or biases, counted from 1; 0 of a whole table. said: the note's words,
    cut; span: where they stand. reading: '' where the words can be read in one way alone. claim: canonical. chances: what the note
    says, by outcome; empty where it gives no number. assumed: what the note leaves open and was supposed, in sentences.
    from_next: the claim begins with the session after the note's day, though the note was made while that day's was open.
    """

    name: str
    part: Part
    number: int
    said: str
    span: Span
    reading: str
    claim: str
    sessions: int
    chances: Mapping[str, float] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    from_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A statement that is no claim, and why: it names no price, or nothing is left to happen."""

    part: Part
    said: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a statement: what it is called, and the claim it is then."""

    called: str
    claim: str
    from_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A statement on its way to its claims; `readings` in the order of how likely they are meant; () with the reason `why`
    not, or without one where another claim says it already."""

    name: str
    part: Part
    number: int
    said: str
    span: Span
    readings: tuple[Reading, ...] = ()
    chances: Mapping[str, float] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """What claims are made on: the note, the bars up to its day, and the price it was written at.

    is_during: whether the note was written while the session of its day was open, since its price is not the close.
    """

    note: OthersNote
    bars: Bars
    last: float
    is_during: bool

    @property
    def day(self) -> dt.date:
        """The note's day."""
        return self.bars.as_of

    def price(self, value: float) -> str:
        """A price on the tick grid, as the claim language writes it."""
        return f"{self.bars.instrument.on_grid(value):.10g}"

    def shown(self, value: float) -> str:
        """A price for a person."""
        return f"{value:,.{self.bars.instrument.decimals}f}"

    def horizon(self, stated: int | None) -> tuple[int, tuple[str, ...]]:
        """How many sessions a statement stands, and what was supposed for that."""
        wanted = stated or self.note.horizon
        if wanted is None:
            return USUAL_SESSIONS, (f"It states no horizon: {USUAL_SESSIONS} sessions.",)
        if wanted > MAX_SESSIONS:
            return MAX_SESSIONS, (f"Its horizon of {wanted:,} sessions is cut to {MAX_SESSIONS}.",)
        return max(wanted, 1), ()

    def words(self, span: Span) -> str:
        """The note's words at `span`, on one line."""
        return " ".join(self.note.text.plain[span.start : span.end].split())


def settled(ground: Ground, attempt: Attempt) -> tuple[list[Interpreted], list[LeftOut]]:
    """The claims of a statement; a reading that contradicts itself, or that the last price has settled, is left out with why."""
    found: list[Interpreted] = []
    refused: list[LeftOut] = []
    if not attempt.readings and attempt.why:
        return [], [LeftOut(part=attempt.part, said=attempt.said, span=attempt.span, why=attempt.why)]
    for reading in attempt.readings:
        try:
            claim = parse_claim(reading.claim)
            check_standing(claim, ground.last, quoting=ground.bars.instrument.quoting)
        except BadClaim as error:
            called = f" ({reading.called})" if len(attempt.readings) > 1 else ""
            refused.append(LeftOut(part=attempt.part, said=attempt.said + called, span=attempt.span, why=str(error)))
            continue
        text = claim_text(claim)
        if any(text == each.claim and reading.from_next == each.from_next for each in found):
            continue
        found.append(
            Interpreted(
                name=f"{attempt.name}/{reading.called}" if found else attempt.name,
                part=attempt.part,
                number=attempt.number,
                said=attempt.said,
                span=attempt.span,
                reading=reading.called,
                claim=text,
                sessions=sessions_of(claim),
                chances=dict(attempt.chances),
                assumed=attempt.assumed,
                from_next=reading.from_next,
            )
        )
    return found, refused


def edge(money: Money, *, upper: bool) -> float:
    """The upper or the lower end of a zone."""
    return money.high if upper else money.low


def middle(bounds: tuple[float, float]) -> float:
    """The middle of a range of probabilities, rounded so that 0.6 to 0.65 is 0.625."""
    return round(math.fsum(bounds) / 2, 10)


def within(steps: Sequence[str], sessions: int, *, before: str = "") -> str:
    """'touch 2003 then touch 2210 before touch 1980 within 12 sessions'."""
    until = f" before {before}" if before else ""
    return f"{' then '.join(steps)}{until} within {sessions} session{'' if sessions == 1 else 's'}"
