"""The words of a note whose bars are not daily: '50-week average', 'over twelve bars'. Names of facts stay what they are.

The desk writes as of daily bars. Here, and nowhere else, its sentences are said again for bars of another length, so that a
sentence added elsewhere is right on a weekly chart too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from levelhead.domain.note import Note, Section
from levelhead.domain.timeframe import Timeframe, timeframe_of

T = TypeVar("T")

# The parts of a note that hold its own sentences; the morning block speaks of the calendar and is written for its bars.
_TEXTS = ("headline", "summary", "ladder", "scenarios", "outlook", "setups", "claims", "sections", "facts", "estimates")
_NO_WORDS = frozenset({"claim", "name", "sources", "inputs", "windows", "unit", "symbol", "side", "order", "role", "bias"})
_AROUND = ("breadth.", "credit.", "cot.")  # counted in days, whatever the bars
_OF_OTHER_BARS = ("expiry.", "calendar.", "high_52w", "low_52w", "this_", "prior_", "pivot_", "timeframe.", *_AROUND)
_SECTIONS_OF_OTHER_BARS = frozenset({"timeframes"})  # they name the bars that they speak of themselves


def in_words_of_its_bars(note: Note) -> Note:
    """The same note; of daily bars unchanged, of others with every sentence said in their words."""
    timeframe = timeframe_of(note.provenance.timeframe)
    if timeframe.noun == "day":
        return note
    words = _Words(timeframe, note.provenance.feed)
    return replace(
        note,
        title=note.title.replace("technical note", f"{timeframe.adjective} technical note"),
        provenance=replace(
            note.provenance,
            model=words.said(note.provenance.model),
            not_yet_known=words.said(note.provenance.not_yet_known),
        ),
        **{name: words.said(getattr(note, name)) for name in _TEXTS},
    )


def of_bars(value: T, timeframe: str) -> T:
    """A priced claim, or any other value of ours, with its texts said in the words of bars of `timeframe`."""
    frame = timeframe_of(timeframe)
    return value if frame.noun == "day" else _Words(frame, "").said(value)


class _Words:
    """Says texts again for bars of one timeframe; references and the name of the feed are left as they are."""

    def __init__(self, timeframe: Timeframe, feed: str) -> None:
        noun = timeframe.noun
        self._untouched = re.compile(r"(\{[^{}]*\}" + (f"|{re.escape(feed)}" if feed else "") + ")")
        self._rules = [
            (re.compile(pattern), words)
            for pattern, words in (
                (r"\b(\d+)-day\b", rf"\1-{noun}"),
                (r"\bin the past year\b", "in the bars looked back on"),
                (r"\bearlier start days\b", "earlier starts"),
                (r"\bown day's\b", "own bar's"),
                (r"\bdaily\b(?! pivot)", timeframe.adjective),
                (r"\bDaily\b", timeframe.adjective.capitalize()),
                (r"\bsession('s)?\b", r"bar\1"),
                (r"\bsessions\b", "bars"),
                (r"\bdays\b", "bars"),
                (r"\btoday\b", "now"),
            )
        ]

    def said(self, value: T) -> T:
        """The same value with every text in it said again."""
        found: Any = value
        if isinstance(value, str):
            found = self._text(value)
        elif isinstance(value, tuple):
            found = tuple(self.said(part) for part in value)
        elif isinstance(value, Mapping):
            found = {key: part if key.startswith(_OF_OTHER_BARS) else self.said(part) for key, part in value.items()}
        elif isinstance(value, Section) and value.name in _SECTIONS_OF_OTHER_BARS:
            return value
        elif is_dataclass(value) and not isinstance(value, type):
            kept = _NO_WORDS if getattr(value, "unit", "word") == "word" else _NO_WORDS | {"formula"}
            words = {f.name: self.said(getattr(value, f.name)) for f in fields(value) if f.name not in kept}
            found = replace(value, **words)
        return found  # type: ignore[no-any-return]

    def _text(self, text: str) -> str:
        parts = self._untouched.split(text)
        for i in range(0, len(parts), 2):
            for pattern, words in self._rules:
                parts[i] = pattern.sub(words, parts[i])
        return "".join(parts)
