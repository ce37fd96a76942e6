"""Letters that name levels: P, S1 and R3 of a set of pivots, H4 and L3 of Camarilla's, and S and R for support and resistance."""

from __future__ import annotations

import re
from typing import Literal

PIVOT = re.compile(
    r"(?<![\w$.,])\(?(?P<level>[SRHL][1-5])\)?(?![\w])|\((?P<p>PP?)\)|(?<![\w$&./])(?P<pp>PP)(?!\w)|"
    r"(?<![\w$&.'’])(?<!T/)(?P<only>P)(?=\s{0,6}[:=]?\s{0,6}[$€£]?\d[\d.,'’]*\d(?!\s?[)%])|\s?[/,|-]\s?[RS]1\b)|^\s*(?P<alone>P)\s*$|"
    r"(?:(?<=weekly )|(?<=daily )|(?<=monthly )|(?<=\d ))(?P<behind>P)(?=\s*$|[,;)])"
)
_CAMARILLA = re.compile(r"\bcam(?:arilla|s)?\b", re.I)
_MONEY = r"(?:(?:US|A|C|HK|S)?[$€£¥₹]|(?:RM|Rs\.?|USD|EUR|INR|CHF|kr)\s?)?"
_SMALLEST = rf"[~≈]?{_MONEY}\d[\d.,'’]*\d"
SIDE_LETTER = re.compile(
    r"(?:^|(?<=[|;\n•(,:.…·–—/-] )|(?<=[|;\n•(])|(?<=[^\w\s&'’$€£.,+%] ))\s*(?P<first>[RS])"
    rf"(?=\s?{_SMALLEST}|\s?[:=]?\s?[~≈]?[$€£]\d|"
    r"['’]?s?\s?[:=]\s?[~≈]?\d|\s?[:=–]\s|\s{2,}\S|\s*$)"
    rf"|^(?P<small>[rs])(?=\s?[:=]?\s?{_SMALLEST})"
    rf"|(?<![\w&/.'’$-])(?P<any>[RS])(?=(?:['’]s)?\s?[:=]\s?[~≈]?{_MONEY}\d)"
    rf"|^\W{{0,3}}[\[(](?P<boxed>[RS])[\])](?=\s?[:=–-]?\s?[~≈]?{_MONEY}\d)"
    r"|(?<=\d\s\()(?P<bracketed>[RS])(?=\))"
    r"|(?:(?<=\d{3}\s)|(?<=\d[.,'’-]\d\d\s)|(?<=\d\d\.\d\s))(?P<behind>[RS])(?=\s?[.,;|)/·]|\s*$|\s\d)"
)


# A light beside a price and nothing else on the line: red is overhead, green below.
SIDE_LIGHT = re.compile(
    rf"^\W{{0,3}}(?P<before>[🔴🟥🟢🟩])(?=\s?{_SMALLEST}(?:\s?[-–]\s?[\d.,]+)?\s*$)|(?<=\d)\s?(?P<behind>[🔴🟥🟢🟩])(?=\s*$)"
)


def pivot_name(text: str, found: re.Match[str]) -> str:
    """'p', 's2', 'r1' of a match of PIVOT; '' where the letters are none's: H4 is a pivot in Camarilla's set alone."""
    name = (found["level"] or "p").lower()
    if name[0] in "hl":
        return ("r" if name[0] == "h" else "s") + name[1] if _CAMARILLA.search(text) else ""
    return name


def side_letter(found: re.Match[str]) -> tuple[int, int, Literal["support", "resistance"]]:
    """Where the letter of a match of SIDE_LETTER stands, and its side, as in 'R 427 / 438', 'S: 412' and '107-08 S'."""
    group = next(g for g in ("first", "small", "any", "boxed", "bracketed", "behind") if found[g])
    return found.start(group), found.end(group), "resistance" if found[group] in "Rr" else "support"


def side_light(found: re.Match[str]) -> tuple[int, int, Literal["support", "resistance"]]:
    """Where the light of a match of SIDE_LIGHT stands, and its side."""
    group = "before" if found["before"] else "behind"
    return found.start(group), found.end(group), "resistance" if found[group] in "🔴🟥" else "support"
