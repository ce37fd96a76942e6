"""One judgement on one thing a note says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from levelhead.review.text import Span

Judgement = Literal["right", "wrong", "contradicts itself", "cannot be checked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the bars, or the note's own other words, have to say to a statement.

    statement: as the note says it, short. bars_say: a whole sentence with the numbers that decide, prices on the tick grid.
    span: where it stands in the note's text. rule: which check it comes from ('average', 'pivot', 'coverage', ...).
    'wrong' is what the bars deny, 'contradicts itself' what the note's own words deny with the bars as yardstick.
    """

    statement: str
    verdict: Judgement
    bars_say: str
    span: Span
    rule: str

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong, by the bars or by the note itself."""
        return self.verdict in ("wrong", "contradicts itself")
