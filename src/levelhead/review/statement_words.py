"""The words of checkable statements, each kind with the ways to say it."""

from __future__ import annotations

import re

WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no lower lows", re.compile(r"\b(?:stopped|no longer|quit|ceased)\s(?:making|printing|setting)\s(?:new\s)?lower lows", re.I)),
    (
        "no higher highs",
        re.compile(r"\b(?:stopped|no longer|quit|ceased)\s(?:making|printing|setting)\s(?:new\s)?higher highs", re.I),
    ),
    ("higher highs and higher lows", re.compile(r"\bhigher[- ]highs?,?\s?(?:and|/|&|\+)\s?(?:higher[- ])?lows?", re.I)),
    (
        "lower highs and lower lows",
        re.compile(
            r"\blower[- ]highs?,?\s?(?:and|/|&|\+)\s?(?:lower[- ])?lows?|"
            r"\blower[- ]lows?,?\s?(?:and|/|&|\+)\s?(?:lower[- ])?highs?",
            re.I,
        ),
    ),
    ("higher highs", re.compile(r"\bhigher[- ]highs?\b", re.I)),
    ("higher lows", re.compile(r"\bhigher[- ]lows?\b", re.I)),
    ("lower highs", re.compile(r"\blower[- ]highs?\b", re.I)),
    ("lower lows", re.compile(r"\blower[- ]lows?\b", re.I)),
    (
        "golden cross absent",
        re.compile(
            r"\bgolden[- ]cross\b[^.]{0,30}\b(?:absent|missing|not yet|has not|hasn|yet to)\b|"
            r"\bno golden[- ]cross",
            re.I,
        ),
    ),
    (
        "golden cross present",
        re.compile(
            r"\bgolden[- ]cross\b(?=[^.]{0,40}\b(?:remains|in place|confirmed|present|occurred|"
            r"formed|printed|triggered|active|intact|on \w+|last))|\b(?:after|formed|printed|confirmed) (?:a|the) golden[- ]cross",
            re.I,
        ),
    ),
    (
        "death cross present",
        re.compile(
            r"\bdeath[- ]cross\b(?=[^.]{0,40}\b(?:remains|in place|confirmed|present|occurred|"
            r"formed|printed|triggered|active|on \w+))|\b(?:after|formed|printed|confirmed) (?:a|the) death[- ]cross",
            re.I,
        ),
    ),
    (
        "recovered from oversold",
        re.compile(
            r"\b(?:recover\w*|rebound\w*|bounc\w+|lifted|exited|emerg\w+|"
            r"climb\w*)\s(?:\w+\s){0,3}(?:from|out of)\s(?:\w+\s){0,2}oversold",
            re.I,
        ),
    ),
    (
        "fell from overbought",
        re.compile(
            r"\b(?:fell|fallen|eas\w+|cool\w+|retreat\w*|pulled back|"
            r"com\w+ off)\s(?:\w+\s){0,3}(?:from|out of)\s(?:\w+\s){0,2}overbought",
            re.I,
        ),
    ),
    ("oversold", re.compile(r"\boversold\b", re.I)),
    ("overbought", re.compile(r"\boverbought\b", re.I)),
    ("engulfing up", re.compile(r"\b(?:bullish|green)\b[^.]{0,20}\bengulfing\b", re.I)),
    ("engulfing down", re.compile(r"\b(?:bearish|red)\b[^.]{0,20}\bengulfing\b", re.I)),
    (
        "channel broken",
        re.compile(
            r"\b(?:broken|broke|breaks|breaking|fell|fallen|dropped)\s(?:\w+\s){0,2}(?:below|out of|"
            r"under|down from|from|through|above)\s(?:[\w-]+\s){0,4}channel",
            re.I,
        ),
    ),
    (
        "trendline broken",
        re.compile(
            r"\b(?:broken|broke|breaks|breaking|lost|violated|fell|dropped)\s(?:\w+\s){0,2}(?:below |"
            r"under |out of |through |above )?(?:[\w-]+\s){0,4}trend ?line",
            re.I,
        ),
    ),
    (
        "channel held",
        re.compile(
            r"\b(?:held|holding|holds|stays|staying|trades|trading|remains|within|inside|"
            r"respect\w*)\s(?:[\w-]+\s){0,5}channel",
            re.I,
        ),
    ),
    (
        "trendline held",
        re.compile(r"\b(?:held|holding|holds|stays|staying|remains|respect\w*)\s(?:[\w-]+\s){0,5}trend ?line", re.I),
    ),
    ("keeps pace", re.compile(r"\bno longer lag\w*|\bkeep(?:s|ing) (?:pace|up) with", re.I)),
    ("lags", re.compile(r"\b(?:lag(?:s|ged|ging)?(?! late)|underperform(?:s|ed|ing)?|weaker than)\b", re.I)),
    (
        "leads",
        re.compile(
            r"\b(?:outperform(?:s|ed|ing)|outpac(?:es|ed|ing)|stronger than|lead(?:s|ing)? (?:the|"
            r"other) (?:market|indices|indexes))\b",
            re.I,
        ),
    ),
    (
        "reward against risk",
        re.compile(
            r"\b(?:risk[- /]?(?:to[- ])?reward|reward[- /]?(?:to[- ])?risk|"
            r"R:R)\b[^.]{0,40}\b(?:favou?rs|favou?rable|attractive|good|excellent|skewed|compelling|solid)|\b(?:favou?rable|"
            r"attractive|good|excellent|compelling|solid|asymmetric) (?:risk|reward)[- /]?(?:to[- ])?(?:risk|reward)",
            re.I,
        ),
    ),
)
# One of these stands in small letters in whatever one of those is found in.
SIGN = re.compile(
    r"lower[- ]|higher[- ]|golden|death|oversold|overbought|engulfing|channel|trend ?line|lag|keep|underperform|weaker|"
    r"outperform|outpac|stronger|lead|risk|reward|r:r"
)
# Where one of these was said the other is not said again.
OVER = {
    "higher highs": ("higher highs and higher lows", "no higher highs"),
    "higher lows": ("higher highs and higher lows",),
    "lower highs": ("lower highs and lower lows",),
    "lower lows": ("lower highs and lower lows", "no lower lows"),
    "oversold": ("recovered from oversold",),
    "overbought": ("fell from overbought",),
    "lags": ("keeps pace",),
    "golden cross present": ("golden cross absent",),
}
