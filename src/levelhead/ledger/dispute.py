"""When a statement is settled again: the same, or a dispute, because the bars were revised since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from levelhead.ledger.outcome import OPEN, Outcome

Verdict = Literal["open", "new", "same", "disputed"]
SAME_R = 0.005  # results nearer than this are one: they print the same to two digits


def verdict(kept: Outcome | None, found: Outcome, disputes: Iterable[Outcome] = ()) -> Verdict:
    """What to do with the outcome `found` of a statement whose outcome is perhaps `kept` already.

    'open': nothing, it is not over, or these bars do not reach as far as those that settled it. 'new': keep it. 'same': nothing,
    it is kept, or is one of the `disputes` that are. 'disputed': enter it beside the kept one, which stays and is what is scored.
    """
    if found.outcome == OPEN:
        return "open"
    if kept is None or kept.outcome == OPEN:
        return "new"
    return "same" if any(agree(found, known) for known in (kept, *disputes)) else "disputed"


def agree(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes of a statement say the same, apart from the day and the words: outcome, and results in R or sigma."""
    pairs = ((one.result_low, other.result_low), (one.result_high, other.result_high))
    return one.outcome == other.outcome and all(_near(a, b) for a, b in pairs)


def _near(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) < SAME_R
