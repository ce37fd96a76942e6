"""What became of one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

OPEN, UNDECIDED, VOID = "open", "undecided", "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of the statement called `name`.

    outcome: one of the statement's own, or 'open' while bars are still to come, 'undecided' where the bars do not show it, 'void'
    where it cannot be settled at all. on: the session that settled it; None while open. sessions: how many had passed until then.
    reason: one sentence, where undecided or void. result_low, result_high: of a setup its R after costs, by the worst and the best
    reading of the bars, equal where decided; of a bias its return less the drift in sigma, times the lean. dollars_low,
    dollars_high: what the former are worth per contract; None where the instrument has no point value.
    """

    name: str
    outcome: str
    on: dt.date | None
    sessions: int
    reason: str = ""
    result_low: float | None = None
    result_high: float | None = None
    dollars_low: float | None = None
    dollars_high: float | None = None
