"""Candles, lines and gaps in sentences: each is said only where it matters today."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.domain.note import Section


def chart_section(draft: Draft) -> Section | None:
    """The candle of the last three bars."""
    told = [part for part in (_candle(draft),) if part]
    return Section(name="chart", title="Candles, lines and gaps", paragraphs=(" ".join(told),)) if told else None


def _candle(draft: Draft) -> str:
    name, status = draft.word("candles"), draft.word("candles.status")
    if not status:
        return ""
    side = "low" if "candles.low" in draft else "high"
    article = "An" if name[0] in "aeiou" else "A"
    if status == "forming":
        return f"{article} {name} forms if the session closes as it stands; the {side} that must hold is {{candles.{side}}}."
    told = f"{article} {name} was completed on {{candles@date|day}}; its {side} of {{candles.{side}}}"
    return f"{told} must hold." if status == "holds" else f"{told} has not held."
