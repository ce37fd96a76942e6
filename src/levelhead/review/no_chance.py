"""Percentages that are no chance of a way on: base rates, past shares, weights, errors, moves, what an order may come to."""

from __future__ import annotations

import re
from functools import lru_cache

_REACH = 48  # characters
_BEFORE = re.compile(
    r"\b(?:stochastics?(?: %?[KD])?|(?<=%)[KDR]|"
    r"base[- ]rates?|draw-?downs?|errors?|(?:standard )?deviations?|give or take|(?:win|hit|strike|success)[- ]rates?|"
    r"has (?:changed|moved|risen|fallen)|"
    r"(?:was|were|closed|finished|ended|traded|been) (?:up|higher|lower|down|positive|negative) in|"
    r"\d{1,3}\s?% against|per|average (?:loss|gain|move|return|drop|rise)|(?:gave|given|giving|gives?) back|"
    r"historically|past|pressure)\b"
    r"(?:\s(?:is|was|are|of|at|by|in|about|some|most|than|more|less|only|it|from|has|been|rising|falling))*[\s,:=~≈±+−-]{0,3}$",
    re.I,
)
_PART = re.compile(  # of a position
    r"\b(?:buy|sell|sold|bought|take|close|add|exit|trim|book|cover|scale|bank)(?:ing)?(?: out| off| in)?(?: another)? $",
    re.I,
)
_AMOUNT = re.compile(
    r"\b(?:giv(?:e|es|ing|en) (?:up|back)|los(?:e|es|ing|t)|gain(?:s|ed|ing)?|mov(?:e|es|ed|ing)|f[ae]ll(?:s|en|ing)?|r(?:ise|"
    r"ose|isen|ising)|"
    r"shed(?:s|ding)?|add(?:s|ed|ing)?|swing(?:s|ing)?|chang(?:e|es|ed|ing)|retrac(?:e|es|ed|ing)|correct(?:s|ed|ing)?|within|by)"
    r"(?:\s(?:of|by|some|about|around|only|just|as much as|more than|less than|up to|at least|at most|than|back)){1,3}\s$",
    re.I,
)
_OLD = re.compile(
    r"\b(?:from|was|were|previous(?:ly)?|prev\.?|before|earlier|formerly|prior|last (?:week|month|time)(?:['’]s)?|instead of|"
    r"yesterday)"
    r"\W{0,3}(?:an? |about |at |[~≈])?$|\d\s?%\s?[(\[](?!\s?\d{1,2}\s?%\s(?:if|should|once|on|above|below))\s?$",
    re.I,
)
_OF_THE_PAST = re.compile(r"\bof (?:the )?(?:last|past|previous|prior) \d+ \w+\W{1,3}$", re.I)
_AFTER = re.compile(
    r"^\s?(?:\)?\s?of (?:all |the )?\d[\d,.]*\s(?:\w+\s)?[a-z]+s\b|"
    r"of (?:price|all (?:days|cases|sessions|years|months))\b|against \d|after \d|"
    r"on average|"
    r"(?:exp|est|cons|prev)(?:\.|ected|imated|ensus|ious)?\b|before (?:the|its|a) stop|to (?:be filled|fill)\b|base[- ]rates?|"
    r"historically|"
    r"(?:win|hit|strike|success)[- ]rates?|of the (?:past|last))",
    re.I,
)
_ECONOMY = re.compile(  # what happens in offices, not in the market
    r"\s?(?:chance|odds|probability|likelihood)s?\s(?:of|for|that)\s(?:(?:an?|the|another|one|no|more)\s){0,2}(?:[\w-]+\s){0,3}?"
    r"(?:cuts?|hikes?|easing|tightening|recession|shutdown|rain|default|deal|ceasefire|election|merger|approval|landing|"
    r"rate (?:cut|hike)|pause by the|the (?:fed|fomc|ecb|boe|boj|rba))\b",
    re.I,
)
_METHOD = re.compile(
    r"\b(?:n\s?=\s?\d+|(?:hit|win|strike|success)[- ]rates?|(?:i|we) counted|"
    r"in \d{1,2}(?:\.\d)?\s?% of (?:all |the )?\d[\d,]* (?:cases|times|instances|occurrences|days|sessions)|before rounding|"
    r"simulation errors?|AAII|NAAIM|investors intelligence|sentiment (?:survey|poll|gauge|index)|chances are pooled|"
    r"pooled from|out[- ]of[- ]sample|back-?test(?:s|ed)?|"
    r"base rates?\b[^.;]{0,80}:|base rates? (?:comes?|are from|of the past))\b",
    re.I,
)


@lru_cache(maxsize=64)
def _tells_method(text: str) -> bool:
    """Whether a sentence says how chances are made; asked of each of its per cents in turn."""
    return bool(_METHOD.search(text))


def is_no_chance(text: str, start: int, end: int) -> bool:
    """Whether the percentage at [start, end) of a sentence says something else than how likely a way on is."""
    if re.search(r"[+−]$|(?:^|[\s(\[])-$", text[max(0, start - 2) : start]) or re.match(r"[+−]", text[start:]):
        return True  # a move
    before = text[max(0, start - _REACH) : start]
    return bool(
        _BEFORE.search(before)
        or _AMOUNT.search(before)
        or _PART.search(before)
        or _OF_THE_PAST.search(before)
        or (_OLD.search(before) and re.search(r"\d\s?%", text[:start] + text[end:]))
        or _AFTER.match(text[end : end + _REACH])
        or _ECONOMY.match(text[end : end + 80])
        or _tells_method(text)
    )
