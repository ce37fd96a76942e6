"""What must stand in a text for an expression of tokens.py to be anywhere in it: asked first, since it costs little.

A sign may be there without its expression, never the expression without its sign (tests/review/test_token_signs.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable

Sign = Callable[[str, str], object]  # of a text, and of the same in small letters


def _printed(sign: str) -> Sign:
    search = re.compile(sign).search
    return lambda text, small: search(text)


def _said(sign: str) -> Sign:
    search = re.compile(sign).search
    return lambda text, small: search(small)


_LETTER = re.compile(r"[RS](?<!\w.)")

CONTACT = _printed(r"://|www\.|@|\+\d|\d{3}[-.]\d{4}")
LEG = _said(r"ment |tion |sion |fibs ")
# in ten, of ten; per cent; 6/10, 3:2, 7-to-3; .45; a third, even money
_NUMBER = r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)"
SHARE = _said(
    r"[ -](?:in|of)[ -](?:every|[1-9]|two|three|four|five|six|eight|ten|twenty|a hundred)|[enortxy][ -](?:per|pct|%)|"
    rf"\d\s?/\s?\d|[\denorxt](?:[ -]to[ -]|[:/-]){_NUMBER}|0\.\d(?<!\d...)|\.\d(?<!\d..)|"
    r"half|third|quarter|fourth|fifth|tenth|even|coin|toss|equal|same odds"
)
ORDINAL = _said(r"[a-z.#\s-][1-9]")
ENUMERATED = _printed(r"\d[.)]")
SIDE_LIGHT = _printed(r"[🔴🟥🟢🟩]")
RECORD = _said(r"record|highs?\s?[(\[](?:all|life)")
WEEKS = _said(r"52|fifty|12|twelve")
OSCILLATOR = _said(r"strength|rsi|average true|atr|adx|cci|mfi|macd|stoch|vwap|momentum|bollinger|williams")
LISTED = _said(r"ma|average")
DATE = _said(r"\d[-/.]\d{1,2}[-/.]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
TIME = _printed(r"\d(?::\d|\s?[ap]\.?m)")
FIB = _printed(r"\d\s?%|\d\.\d")
FIB_AFTER = _said(r"fib|retracement|extension")
FIB_OF = _printed(r"\d\s?%")
AVERAGE = _said(
    r"mas?(?![a-z])|m\.a|avg|averag|gd(?![a-z])|[ys][\s-](?:line|mean|moving|simple|exp|weighted|smooth|hull|daily)|"
    r"[\d\s-]d(?![a-z])|[\ddenortxy][\s-](?:day|session|week|period|bar|month|hour)"
)
LABELLED = _said(r"mas(?![a-z])|averages|ma\s")  # the word that stands somewhere before them
PIVOT = _printed(r"[SRHL][1-5]|P")
INSTRUMENT = _printed(r"[A-Za-z]")
SPAN = _said(r"session|day|week|month|quarter|year|hour")
COUNT = _said(r"\d[\s-]?[a-z]|\d\s?(?::|to)|[a-z#:=]\.?\s{0,2}\d")
YEAR = _printed(r"19[5-9]\d|20[0-4]\d")


def side_letter(text: str, small: str) -> object:
    """The sign of a letter that stands for a side: small ones do so at the beginning alone."""
    return small[:1] in ("r", "s") or _LETTER.search(text)


# Those whose expression may be in a text without a figure; in one without a letter.
WITHOUT_FIGURES = frozenset({CONTACT, SHARE, side_letter, RECORD, WEEKS, OSCILLATOR, AVERAGE, PIVOT, INSTRUMENT, SPAN})
WITHOUT_LETTERS = frozenset({CONTACT, SHARE, ENUMERATED, SIDE_LIGHT, DATE, TIME, FIB, COUNT, YEAR})
