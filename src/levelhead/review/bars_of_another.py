"""Whether the bars are of the instrument that a note speaks of."""

from __future__ import annotations

from levelhead.review.evidence import Evidence
from levelhead.review.instruments import FUTURE_OF, MICRO_OF
from levelhead.review.text import Span
from levelhead.review.verdict import Verdict


def of_another(evidence: Evidence) -> Verdict | None:
    """The one verdict where the bars are of an instrument that the note does not speak of; None where they belong together.

    A future and its micro are one thing; an index and its future are where the note's last price is among the bars. Bars whose
    instrument nobody described are taken to be the note's.
    """
    note, instrument = evidence.note, evidence.bars.instrument
    if note.symbol is None or instrument.kind == "unknown":
        return None
    ours, spoken = _full(instrument.symbol), [_full(symbol) for symbol in note.instruments]
    if ours in spoken:
        return None
    related = ours in [FUTURE_OF.get(s, s) for s in spoken] or FUTURE_OF.get(ours) in spoken
    if related and evidence.stated is not None:
        return None
    why = (
        f"and no last price tells that its prices are those of {instrument.symbol}"
        if related
        else "so they say nothing of its prices"
    )
    return Verdict(
        statement=f"about {note.symbol}",
        verdict="cannot be checked",
        bars_say=f"The note is about {note.symbol}, the bars are of {instrument.symbol}, {why}.",
        span=Span(start=0, end=0),
        rule="instrument",
    )


def _full(symbol: str) -> str:
    return MICRO_OF.get(symbol, symbol)
