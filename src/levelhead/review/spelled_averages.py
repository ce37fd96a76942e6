"""Averages as people write them who do not write '50-day SMA': 'the fifty-day', 'MAs (20/50/200)', 'moving averages: 20/50'."""

from __future__ import annotations

import re

_NUMBERS = {
    "five": 5, "eight": 8, "nine": 9, "ten": 10, "thirteen": 13, "twenty": 20, "twentyone": 21, "thirty": 30, "fifty": 50,
    "hundred": 100, "onehundred": 100, "hundredandfifty": 150, "twohundred": 200,
}  # fmt: skip
_LONG = ("twenty", "twentyone", "thirty", "fifty", "hundred", "onehundred", "hundredandfifty", "twohundred")
_NOUN = r"(?:(?:simple|exponential|weighted|smoothed)\s)?(?:moving[\s-]averages?|[SEW]?MAs?|averages?|line)"
SPELLED = re.compile(
    r"(?<![\w-])(?P<days>five|eight|nine|ten|thirteen|twenty(?:[\s-]one)?|thirty|fifty|(?:(?:one|a|two)[\s-])?hundred(?:[\s-]and[\s-]"
    r"fifty)?)[\s-](?P<unit>days?|weeks?)(?P<noun>[\s-]" + _NOUN + r")?(?![\w-])(?!\s(?:range|highs?|lows?|volume|streak|run|"
    r"rally|window|period|old|correlation|vol(?:atility)?|consolidation|base|channel|rolling|losing|winning|slide|move|pause|"
    r"hold|horizon|break|ago|before|after|later|mean|time|total|count|ATR|RSI)\b)",
    re.I,
)
LISTED = re.compile(
    r"(?<![\w$])(?P<noun>(?:[SEWD]?MAs?|(?:simple |exponential |moving )*averages?))(?:[\s:=]|\s?[–—-]\s)*\(?\s?"
    r"(?P<lengths>\d{1,3}(?:\s?[/,]\s?\d{1,3}){1,4})(?:[\s-]?(?:days?|d))?\s?\)?(?![\d,.]*\d)(?!\s?(?:%|/\s?\d))",
    re.I,
)
_LENGTHS = frozenset({5, 8, 9, 10, 12, 13, 15, 20, 21, 26, 30, 34, 40, 50, 55, 60, 65, 89, 90, 100, 120, 144, 150, 180, 200, 250})


def spelled_name(found: re.Match[str]) -> str:
    """'sma_50' of 'fifty-day average', '' where so few days are hardly those of an average."""
    word = re.sub(r"[\s-]|^a(?=\s)", "", found["days"].lower()).replace("ahundred", "hundred")
    noun = (found["noun"] or "").lower()
    if word not in _NUMBERS or not (noun or word in _LONG):
        return ""
    stem = "ema" if re.search(r"ema|expon", noun) else "wma" if re.search(r"wma|weight", noun) else "sma"
    return f"{stem}_{_NUMBERS[word]}{'w' if found['unit'].lower().startswith('w') else ''}"


def listed_names(found: re.Match[str]) -> tuple[str, ...]:
    """'sma_20', 'sma_50', 'sma_200' of 'MAs (20/50/200)'; none where one of the numbers is no length of an average."""
    lengths = [int(n) for n in re.findall(r"\d+", found["lengths"])]
    if not all(n in _LENGTHS for n in lengths) or len(set(lengths)) < len(lengths):
        return ()
    noun = found["noun"].lower()
    stem = "ema" if re.search(r"ema|expon", noun) else "wma" if noun.startswith("wma") else "sma"
    return tuple(f"{stem}_{n}" for n in lengths)
