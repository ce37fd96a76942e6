"""What a note's bars are called: 'daily bars', '50-week', 'over 12 bars'."""

from __future__ import annotations

from levelhead.wire.document import Document

_NOUNS = {"1d": "day", "1w": "week", "1mo": "month"}
_ADJECTIVES = {"1d": "daily", "1w": "weekly", "1mo": "monthly"}


def ahead(document: Document) -> str:
    """What a horizon counts: 'sessions' where a bar is one, else 'bars'."""
    return "sessions" if _timeframe(document) == "1d" else "bars"


def starts(document: Document) -> str:
    """What base rates count: 'earlier start days' of daily bars, 'earlier starts' of others."""
    return "earlier start days" if _timeframe(document) == "1d" else "earlier starts"


def noun(document: Document) -> str:
    """'day', 'week', 'month', else 'bar', as in '50-day'."""
    return _NOUNS.get(_timeframe(document), "bar")


def bars(document: Document) -> str:
    """'daily bars', 'weekly bars', 'monthly bars', '15-minute bars', '4-hour bars'."""
    return f"{adjective(document)} bars"


def adjective(document: Document) -> str:
    """'daily', '15-minute', as in 'daily chart'."""
    timeframe = _timeframe(document)
    for unit, word in (("m", "minute"), ("h", "hour")):
        if timeframe[:-1].isdigit() and timeframe.endswith(unit):
            return f"{timeframe[:-1]}-{word}"
    return _ADJECTIVES.get(timeframe, timeframe)


def _timeframe(document: Document) -> str:
    return str(document["provenance"]["timeframe"])
