"""Somebody's note held against the bars and against itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from levelhead.domain.bars import Bars
from levelhead.domain.sessions import SessionTable
from levelhead.review.agreement import agreement_verdicts
from levelhead.review.bars_of_another import of_another
from levelhead.review.coverage import coverage_verdicts
from levelhead.review.drawdown_check import drawdown_verdicts
from levelhead.review.evidence import Evidence, evidence_of
from levelhead.review.extreme_check import extreme_verdicts
from levelhead.review.note_day import day_verdicts, note_day
from levelhead.review.pivot_check import pivot_verdicts
from levelhead.review.resolution import resolution_verdicts
from levelhead.review.said import OthersNote
from levelhead.review.setup_check import setup_verdicts
from levelhead.review.standing_check import standing_verdicts
from levelhead.review.support_check import support_verdicts
from levelhead.review.trend_check import trend_verdicts
from levelhead.review.value_check import value_verdicts
from levelhead.review.verdict import Verdict

__all__ = ["Verdict", "check_note"]

_CHECKS: tuple[Callable[[Evidence], Iterator[Verdict]], ...] = (
    value_verdicts,
    pivot_verdicts,
    extreme_verdicts,
    drawdown_verdicts,
    standing_verdicts,
    trend_verdicts,
    support_verdicts,
    coverage_verdicts,
    setup_verdicts,
    agreement_verdicts,
    resolution_verdicts,
)


def check_note(
    note: OthersNote, bars: Bars, *, as_of: dt.date | None = None, sessions: SessionTable | None = None
) -> tuple[Verdict, ...]:
    """Every statement of a note that can be checked, and what the bars or its own words say to it, in the order of the text.

    bars: of the note's instrument, daily. as_of: the note's day; else the day it prints, else the one that its figures fit. Only
    bars up to that day are looked at; where no day is given, all of them, to find it. A stated last price that is not the close
    stands in its place: the note was made during the session. Where the bars are of another instrument, that is the one verdict.
    Raises BadDate where the day lies before the first bar, or is printed and the bars do not reach it.
    """
    day = note_day(note, bars, as_of)
    evidence = evidence_of(note, bars.until(day), sessions)
    other = of_another(evidence)
    if other is not None:
        return (other,)
    found = [verdict for check in _CHECKS for verdict in check(evidence)]
    found += day_verdicts(evidence, bars if as_of is None else evidence.bars)
    return tuple(sorted(_once(found), key=lambda v: (v.span.start, v.span.end)))


def _once(verdicts: list[Verdict]) -> Iterator[Verdict]:
    """Each judgement once, where a note says the same thing again."""
    seen: set[tuple[str, str, str]] = set()
    for verdict in verdicts:
        key = (verdict.rule, verdict.statement.lower(), verdict.bars_say)
        if key not in seen:
            seen.add(key)
            yield verdict
