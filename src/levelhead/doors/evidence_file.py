"""Evidence as it comes to a note: from a file that was gathered earlier, or worked out on the spot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from levelhead.domain.errors import BadDate, BadSettings, UnreadableFile

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.domain.evidence import Evidence
    from levelhead.reading.whole import Whole

MOST_BARS = 10_000  # of more, gathering it takes longer than writing the note


def evidence_in(path: Path, bars: Bars) -> Evidence:
    """The evidence in a file, for a note of these bars.

    Raises UnreadableFile, BadSettings where it is none or of other bars, BadDate where it knows a later day than the note.
    """
    from levelhead.wire.evidence import read_evidence

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path}: cannot be read ({error}); give a file that levelhead evidence wrote.") from None
    return fitting(read_evidence(text, where=path.name), bars, where=path.name)


def fitting(found: Evidence, bars: Bars, *, where: str) -> Evidence:
    """The evidence, where a note of these bars may use it. Raises BadSettings where it is of others, BadDate where it is later."""
    from levelhead.evaluate.evidence import closed

    symbol = bars.instrument.symbol
    if (found.symbol, found.timeframe) != (symbol, bars.timeframe):
        raise BadSettings(
            f"{where} is evidence of {found.timeframe} bars of {found.symbol}, the note is of {bars.timeframe} bars of "
            f"{symbol}; gather it of these."
        )
    known = closed(bars)
    if found.last > known.as_of:
        raise BadDate(
            f"{where} knows what came up to {found.last}, the note's last closed bar is of {known.as_of}; "
            f"gather it with --as-of {known.as_of}."
        )
    if found.first != bars.first or known.until(found.last).digest() != found.digest:
        raise BadSettings(
            f"{where} was gathered from other bars of {symbol} than these up to {found.last}; gather it again from these."
        )
    return found


def evidence_now(whole: Whole) -> Evidence | None:
    """What a note can afford to gather for itself: of signs, not of levels; None of a very long history."""
    from levelhead.evaluate.evidence import of_events

    return of_events(whole) if len(whole.bars) <= MOST_BARS else None
