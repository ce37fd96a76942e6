"""Chances that are written as shares: 'seven in ten', '3 chances out of 5', 'sixty-five percent', 'weight 0.30', 'even money'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTS = {word: n for n, word in enumerate((*_ONES, *_TEENS), 1)} | {"a": 1, "an": 1, "hundred": 100, "a hundred": 100}
_WHOLES = {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SMALL = "|".join((*_ONES, "ten"))
_IN_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join((*_TEENS, *_ONES))})"
_CHANCE = r"(?:chances?|odds|prob(?:abilit(?:y|ies)|s|\.)?|likelihood|weight(?:s|ing)?|confidence|conviction)"
SHARE = re.compile(
    # seven in ten, 3 chances out of 5, 50 parts in 100, a one-in-three chance
    rf"(?<![\w.,$€£-])(?P<part>\d{{1,2}}|{_SMALL})(?:[ -](?:chances?|parts?|times?|cases?))?[ -](?:in|out[ -]of)[ -](?:every )?"
    rf"(?P<whole>[1-9]\d{{0,2}}|two|three|four|five|six|eight|ten|twenty|a hundred)(?![\w%/’']|[.,:-]\d)"
    rf"|(?<![\w.,$€£-])(?P<some>\d|{_SMALL}) of (?P<ten>10|ten)(?= (?:say|says|see|sees|to|for|that|on|chance|odds)\b)"
    # seventy percent, sixty to seventy per cent
    rf"|\b(?P<low>{_IN_WORDS})(?:\s?(?:-|–|to)\s?(?P<high>{_IN_WORDS}))?[ -](?:per ?cent|pct|%)"
    # 6/10 behind a colon or a word for chance, or before one
    rf"|(?:(?<=: )|(?<=\()|\b{_CHANCE}(?: of| is|:| are)? )(?P<tenths>\d)\s?/\s?(?P<of>5|10)(?![\w/’'%]|[.,:-]\d)"
    rf"|(?<![\w/.,-])(?P<tenths2>\d)\s?/\s?(?P<of2>5|10)(?=\s{_CHANCE})"
    # weight 0.30, prob = .45, p=0.4, 0.3 weight
    rf"|\b(?:{_CHANCE}|p)(?: of| is|:)?\s?[=:~≈]?\s?(?P<decimal>0?\.\d{{1,3}})(?![\w.%]|,\d)"
    rf"|(?<![\w.,$€£])(?P<decimal2>0?\.\d{{1,2}})(?=\s(?:{_CHANCE})\b)"
    # even money
    r"|\b(?P<even>(?:an? )?even[- ](?:money|chance|odds|bet)|(?:an? )?(?:coin[- ]?(?:flip|toss)|toss[- ]?up)|evens)"
    r"(?![^.;]{0,40}\d\s?%|[^.;]{0,24}\b50\s?[/%-])",
    re.I,
)
_SAYS = re.compile(r"in|out|cent|pct|%|/|\.\d|even|coin|toss", re.I)
_ALMOST = re.compile(r"\b(?:better than|more than|less than|worse than|above|over|under|below|slightly|not)\s(?:an?\s)?$", re.I)


@dataclass(frozen=True, slots=True)
class Share:
    """A chance of low to high per cent, written at [start, end)."""

    start: int
    end: int
    low: float
    high: float


def shares_in(text: str) -> Iterator[Share]:
    """Every share of a text that is a chance by its form, in order. Takes time in proportion to the text."""
    if not _SAYS.search(text):
        return
    for found in SHARE.finditer(text):
        share = share_of(text, found)
        if share is not None:
            yield share


def share_of(text: str, found: re.Match[str]) -> Share | None:
    """The chance that a match of SHARE says, None where it says none."""
    low = high = 0.0
    start = found.start()
    if found["part"]:
        low = high = 100.0 * _count(found["part"]) / _count(found["whole"])
    elif found["some"]:
        low = high = 10.0 * _count(found["some"])
    elif found["low"]:
        low, high = _in_words(found["low"]), _in_words(found["high"] or found["low"])
    elif found["tenths"] or found["tenths2"]:
        start = found.start("tenths" if found["tenths"] else "tenths2")
        low = high = 100.0 * float(found["tenths"] or found["tenths2"]) / float(found["of"] or found["of2"])
    elif found["decimal"] or found["decimal2"]:
        start = found.start("decimal" if found["decimal"] else "decimal2")
        low = high = 100.0 * float(found["decimal"] or found["decimal2"])
    elif not _ALMOST.search(text[max(0, start - 16) : start]):
        low = high = 50.0
    if not 0 < low <= high < 100:
        return None
    return Share(start, found.end(), round(low, 6), round(high, 6))


def _count(word: str) -> float:
    lower = word.lower()
    return float(lower) if lower.isdigit() else float(_COUNTS.get(lower) or _WHOLES.get(lower) or 1)


def _in_words(words: str) -> float:
    return float(sum(_WHOLES.get(w) or _COUNTS.get(w) or 0 for w in re.split(r"[- ]", words.lower())))
