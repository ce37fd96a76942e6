"""The day a note is held to: the one given, the one printed, or the one its figures fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadDate
from levelhead.review.evidence import Evidence
from levelhead.review.fitting_day import FittingDay, fitting_days
from levelhead.review.said import OthersNote
from levelhead.review.text import Span
from levelhead.review.verdict import Verdict

SURE = 3  # figures that deny a printed date; over some years two agree somewhere by chance
CLOSED_DAYS = 5  # the longest pause between two sessions: a note dated within it is held to the last bar


def note_day(note: OthersNote, bars: Bars, as_of: dt.date | None) -> dt.date:
    """`as_of`, else the printed date where the bars reach it, else the day that the figures fit, else the last bar's.

    Raises BadDate where a date is printed that the bars do not reach and the figures fit no other day.
    """
    if as_of is not None:
        return as_of
    if note.date is not None and _reached(note.date, bars):
        return note.date
    best = next(iter(fitting_days(note, bars, most=1)), None)
    if best is not None and best.is_told:
        return best.date
    if note.date is not None:
        raise BadDate(
            f"The note is of {note.date} and the bars run from {bars.first} to {bars.as_of}; give bars that hold its day, "
            "or the day with --as-of."
        )
    return bars.as_of


def _reached(day: dt.date, bars: Bars) -> bool:
    return bars.first <= day <= bars.as_of + dt.timedelta(days=CLOSED_DAYS)


def day_verdicts(evidence: Evidence, bars: Bars) -> Iterator[Verdict]:
    """A printed date on which most figures are denied, while they hold on another day of `bars`."""
    note = evidence.note
    if note.date is None:
        return
    if not bars.first <= note.date:
        return
    printed = bars.until(note.date)
    best = next(iter(fitting_days(note, bars, most=1)), None)
    if best is None or not best.is_told or best.date == printed.as_of:
        return
    if not _reached(note.date, bars):
        yield _verdict(note, f"The bars end on {bars.as_of}", best)
        return
    own = next((d for d in fitting_days(note, printed, most=len(printed)) if d.date == printed.as_of), None)
    held = () if own is None else own.held
    if len(best.held) >= max(SURE, len(held) + 2):
        here = f"only {', '.join(held)} holds" if held else "none of them holds"
        yield _verdict(note, f"On {printed.as_of} {here}", best)


def _verdict(note: OthersNote, here: str, best: FittingDay) -> Verdict:
    at = note.text.plain.find(note.date_words) if note.date_words else -1
    span = Span(start=max(at, 0), end=max(at, 0) + len(note.date_words))
    held = ", ".join(best.held)
    return Verdict(
        statement=f"dated {note.date_words or note.date}",
        verdict="wrong",
        bars_say=f"{here}; the figures ({held}) are right on {best.date}, not on the printed date.",
        span=span,
        rule="date",
    )
