"""Horizons in words, as sessions."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORT, MEDIUM, LONG = 10, 40, 65
SHORTEST_AVERAGE = 20  # 'the 20-day' is an average, '5-day' may be a horizon
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
    "a": 1,
    "few": 3,
    "couple of": 2,
    "several": 4,
}
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|eight|ten|twelve|few|couple of|several|a)"
_SESSIONS = {"session": 1.0, "day": 1.0, "week": 5.0, "month": 20.0, "quarter": 65.0, "year": 252.0, "hour": 0.0}
SPAN = re.compile(
    r"(?<![\w.,$])(?P<one>" + _COUNT + r")\s?(?:(?:-|–|—|to|or)\s?(?P<two>" + _COUNT + r"))?\s?(?P<more>\+)?[\s-]?"
    r"(?:trading\s|business\s|calendar\s)?(?P<unit>session|day|week|month|quarter|year|hour)s?\b(?!\s?(?:high|low|moving|"
    r"[SED]?MA\b|average|range))",
    re.I,
)
_NAMED = re.compile(
    r"\b(?P<today>today|intraday|rest of the session|rest of the day|this session|the session|tonight|overnight|day trade|"
    r"into the close)\b"
    r"|\b(?P<tomorrow>tomorrow|next session|coming session|next day)\b"
    r"|\b(?P<week>this week|the week|coming week|next week|week ahead|weekly|rest of the week)\b"
    r"|\b(?P<month>this month|coming month|next month|month ahead|into month[- ]end)\b"
    r"|\b(?P<quarter>this quarter|next quarter|quarter ahead)\b",
    re.I,
)
TERM = re.compile(
    r"\b(?:(?P<intraday>intra-?day|daily bias|day trade)|(?P<short>short|near|immediate)[- ]?(?:er)?[- ]?(?:term|run)|"
    r"(?P<medium>medium|intermediate|mid)[- ]?(?:term|run)?|"
    r"(?P<long>long(?:er)?)[- ]?(?:term|run)|(?P<swing>swing))\b",
    re.I,
)
_KNOWN = {(1.0, 2.0, "week"): 10, (2.0, 3.0, "week"): 12, (1.0, 2.0, "month"): 40, (3.0, 3.0, "month"): 65}
_OF_TERM = {"short": SHORT, "medium": MEDIUM, "long": LONG, "intraday": 1}


@dataclass(frozen=True, slots=True)
class Horizon:
    """A horizon written at [start, end)."""

    start: int
    end: int
    sessions: int


def span_in(text: str) -> Horizon | None:
    """The first 'next 2-3 weeks' or '10 sessions' of a text; of a range its middle."""
    for found in SPAN.finditer(text):
        unit = found["unit"].lower()
        is_average = (
            unit == "day" and text[found.end("one") : found.end("one") + 1] == "-" and _count(found["one"]) >= SHORTEST_AVERAGE
        )
        if unit == "hour" or is_average or text[found.end() :].lstrip().lower().startswith("ago"):
            continue
        one = _count(found["one"])
        two = _count(found["two"]) if found["two"] else one
        sessions = _KNOWN.get((one, two, unit)) or int((one + two) / 2 * _SESSIONS[unit])
        return Horizon(found.start(), found.end(), max(1, sessions))
    return None


def horizon_in(text: str) -> Horizon | None:
    """The horizon a text states in any words: '4-6 weeks', 'today', 'this week'."""
    if stated := span_in(text):
        return stated
    if found := _NAMED.search(text):
        sessions = {"today": 1, "tomorrow": 1, "week": 5, "month": 20, "quarter": 65}[str(found.lastgroup)]
        return Horizon(found.start(), found.end(), sessions)
    return None


def term_in(text: str) -> str:
    """'short', 'medium', 'long' or 'intraday' where a text names a term, else ''."""
    found = TERM.search(text)
    if found is None:
        return ""
    term = str(found.lastgroup)
    return "short" if term == "swing" else term


def sessions_of_term(term: str) -> int | None:
    """Sessions meant by a term that gives no other figure."""
    return _OF_TERM.get(term)


def _count(word: str) -> float:
    return float(word) if word.isdigit() else float(_WORDS[word.lower()])
