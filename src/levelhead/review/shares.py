"""Chances that are written as shares: 'seven in ten', '3 chances out of 5', 'two to one', 'sixty-five percent', 'weight 0.30'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from levelhead.review import token_signs as signs

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTS = {word: n for n, word in enumerate((*_ONES, *_TEENS), 1)} | {"a": 1, "an": 1, "hundred": 100, "a hundred": 100}
_WHOLES = {word: 10 * n for n, word in enumerate(_TENS, 2)}
_PARTS = {
    **dict.fromkeys(("half", "halves"), 2.0),
    **dict.fromkeys(("third", "thirds"), 3.0),
    **dict.fromkeys(("quarter", "quarters", "fourth", "fourths"), 4.0),
    **dict.fromkeys(("fifth", "fifths"), 5.0),
    **dict.fromkeys(("sixth", "sixths"), 6.0),
    **dict.fromkeys(("tenth", "tenths"), 10.0),
}
_SMALL = "|".join((*_ONES, "ten"))
_IN_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join((*_TEENS, *_ONES))})"
_CHANCE = r"(?:chances?|odds|prob(?:abilit(?:y|ies)|s|\.)?|likelihoods?|weight(?:s|ing)?|confidence)"
_FREE = r"(?-i:(?=[\dEFNOSTefnost]))(?<![\w.,$€£¥'’/:-])"  # before a figure or one of the small numbers
_WHOLE = r"[1-9]\d{0,2}|two|three|four|five|six|eight|ten|twenty|a hundred"
_FORMS = (
    # seven in ten, 3 chances out of 5, 50 parts in 100, 6 marbles out of ten, a one-in-three chance
    rf"{_FREE}(?P<part>\d{{1,2}}|{_SMALL})(?:[ -](?:chances?|parts?|times?|cases?|votes?|[a-z]{{3,12}}(?= out)))?"
    rf"[ -](?:in|out[ -]of)[ -](?:every )?(?P<whole>{_WHOLE})(?![\w%/]|['’]\d|[.,:-]\d|\s(?:analysts|economists|strategists|"
    rf"traders|"
    r"respondents|stocks|names|sectors|funds|banks|desks|forecasters|clients|readers|sessions|days|weeks|months|years))",
    # four of ten
    rf"{_FREE}(?P<some>\d|{_SMALL}) of (?P<ten>10|ten|100|a hundred|20|twenty)(?![\w%/]|['’]\d|[.,:-]\d| (?:last|past|prior|"
    rf"previous|"
    r"years|days|weeks|months|sessions|stocks|sectors|members|names|analysts|economists|strategists|traders|respondents|funds|"
    r"banks|desks|"
    r"forecasters|clients|readers|brokers|managers))",
    # seventy percent, sixty to seventy per cent
    rf"\b(?P<low>{_IN_WORDS})(?:\s?(?:-|–|to|or)\s?(?P<high>{_IN_WORDS}))?[ -](?:per ?cent|pct|%)",
    # 6/10 behind a colon or a word for chance, or before one; (3/5) in brackets by itself
    rf"(?:(?<=: )|(?<=\()|(?<=, )|\b{_CHANCE}(?: of| is|:| are| at)? )(?P<tenths>\d)\s?/\s?(?P<of>[2-6]|8|10|20)(?=\s?[),;:.]|\s*$|"
    rf"\s[a-z])(?!\.\d|,\d)",
    rf"(?<![\w/.,-])(?P<tenths2>\d)\s?/\s?(?P<of2>[2-6]|8|10|20)(?=\s{_CHANCE})",
    # weight 0.30, prob = .45, p=0.4, P≈.4, 0.3 weight
    rf"\b(?:{_CHANCE}|p)(?: of| is|:)?\s?[=:~≈]?\s?(?P<decimal>0?\.\d{{1,3}})(?![\w.%]|,\d)",
    rf"(?<![\w.,$€£])(?P<decimal2>0?\.\d{{1,2}})(?=\s(?:{_CHANCE})\b)",
    # two to one, 7-to-3, 3:2 odds, 4-1 on: of one against another
    rf"{_FREE}(?P<for>\d{{1,2}}|{_SMALL})(?P<to>[ -]to[ -]|:|-|/)(?P<against>\d{{1,2}}|{_SMALL})"
    r"(?P<turned>\s(?:against|outsider|shot))?(?![\w%’'/:]|\s?%|[.,-]\d| (?:risk|reward|split|days?|weeks?|months?|sessions?|"
    r"hours?|minutes?|points?|pips|ticks|per|r\b|cents|bps))",
    # a third each, two thirds, half of me, a one-quarter chance
    rf"\b(?:(?P<many>an?|one|two|three|four)[ -])?(?P<nth>half|thirds?|quarters?|fourths?|fifths?|tenths?)"
    rf"(?= each\b| (?:of me|my|our)\b|[ -](?:{_CHANCE}|probable)\b|\s?\)?\s?(?:likely|each)\b| (?:bull(?:ish)?|bear(?:ish)?|"
    rf"up|down|flat)\b)",
    # (three quarters), perhaps a quarter, the last fifth
    r"(?:(?<=\()|\b(?:perhaps|maybe|about|roughly|say|call it|the (?:last|other|remaining|final)) )(?:(?P<many2>an?|one|two|"
    r"three|four)[ -])?"
    r"(?P<nth2>thirds?|quarters?|fourths?|fifths?|tenths?)(?=\)|[,.;:]|\s*$| (?:for|to|that|on|goes)\b)",
    # even money
    r"\b(?P<even>(?:an? )?even[- ](?:money|chance|odds|bet)|(?:an? )?(?:coin[- ]?(?:flip|toss)|toss[- ]?up)|evens|"
    r"equal (?:odds|chances?|"
    r"probabilit(?:y|ies)|weights?(?= (?:to|on|for)\b))|equally likely|the same odds)"
    r"(?![^.;]{0,40}\d\s?%|[^.;]{0,24}\b50\s?[/%-])",
)
SHARE = re.compile("|".join(_FORMS), re.I)
_MOVED = re.compile(
    r"\b(?:up|down|by|off|higher|lower|rose|fell|gain(?:s|ed|ing)?|los(?:t|es|ing)|drop(?:s|ped)?|adds?|added|shed|jumped|slid|climbed)"
    r"\s(?:(?:near|nearly|about|almost|some|another|over|just|roughly|a full)\s){0,2}$",
    re.I,
)
_ALMOST = re.compile(r"\b(?:better than|more than|less than|worse than|above|over|under|below|slightly|not)\s(?:an?\s)?$", re.I)
_WAGER = (
    r"odds|favou?r(?:s|ed|ing|ites?)?|lean(?:s|ing)?|chances?|bet(?:s|ting)?|prob\w*|likel\w+|wager\w*|bookies?|bookmakers?|"
    r"skew(?:s|ed)?|tilt(?:s|ed)?|tips?|in my book|put (?:it|this|that)|puts (?:it|this|that)|price(?:s|d)? (?:it|this|that)"
)
_WAGER_BEFORE = re.compile(
    rf"\b(?:{_WAGER}|(?:i|we)(?:['’]?d| would)? (?:take|lay|give|say|go)\b[^.;\d]{{0,16}}\bat)\b[^.;]{{0,60}}$", re.I
)
_WAGER_BEHIND = re.compile(
    r"^\)?\s?(?:odds|favou?r(?:ites?|ed)?|in favou?r|chance|bet|against|that|for (?:the )?(?:bulls?|bears?|up|down|a|higher|lower)|"
    r"on\b|likel|shot|outsider)",
    re.I,
)
_ODDS_BEHIND = re.compile(r"^\)?\s?(?:odds|favou?rites?|in favou?r of|against (?:a|the|it))\b", re.I)
_NO_WAGER = re.compile(
    r"\b(?:risk|rewards?|r:r|r/r|rr|ratio|put[-/ ]call|bid[- ]to[- ]cover|split|volume|advanc\w+|declin\w+ (?:issues|stocks)|"
    r"breadth|leverage\w*|score|voted|votes|won|beat)\b",
    re.I,
)


_IN_FIGURES = re.compile(r"(?:\s(?:chance|odds|probability|likelihood))?\s?[(\[]\s?[~≈]?\d{1,2}(?:\.\d)?\s?%")  # 'two-thirds (67%)'
_RATING = re.compile(r"\b(?:conviction|rating|score|grade|stars?|quality|signal strength|fear|greed|risk level)\b", re.I)


@dataclass(frozen=True, slots=True)
class Share:
    """A chance of low to high per cent, written at [start, end). is_odds: as one against another, whose share is the rest."""

    start: int
    end: int
    low: float
    high: float
    is_odds: bool = False


def shares_in(text: str) -> Iterator[Share]:
    """Every share of a text that is a chance by its form, in order. Takes time in proportion to the text."""
    if not signs.SHARE(text, text.lower()):
        return
    for found in SHARE.finditer(text):
        share = share_of(text, found)
        if share is not None:
            yield share


def _is_none(text: str, found: re.Match[str]) -> bool:
    """Whether what stands before a share makes it a move or a rating."""
    before = text[max(0, found.start() - 32) : found.start()]
    if found["low"]:
        return bool(_MOVED.search(before))
    return bool((found["tenths"] or found["decimal"]) and _RATING.search(before[-24:] + found.group()))


def share_of(text: str, found: re.Match[str]) -> Share | None:
    """The chance that a match of SHARE says, None where it says none."""
    if found["for"]:
        return _odds(text, found)
    low = high = 0.0
    start = found.start()
    if _is_none(text, found):
        return None
    if found["part"]:
        low = high = 100.0 * _count(found["part"]) / _count(found["whole"])
    elif found["some"]:
        low = high = 100.0 * _count(found["some"]) / _count(found["ten"])
    elif found["low"]:
        low, high = _in_words(found["low"]), _in_words(found["high"] or found["low"])
    elif found["tenths"] or found["tenths2"]:
        start = found.start("tenths" if found["tenths"] else "tenths2")
        low = high = 100.0 * float(found["tenths"] or found["tenths2"]) / float(found["of"] or found["of2"])
    elif found["decimal"] or found["decimal2"]:
        start = found.start("decimal" if found["decimal"] else "decimal2")
        low = high = 100.0 * float(found["decimal"] or found["decimal2"])
    elif found["nth2"]:
        low = high = 100.0 * _count(found["many2"] or "a") / _PARTS[found["nth2"].lower()]
    elif found["nth"]:
        low = high = 100.0 * _count(found["many"] or "a") / _PARTS[found["nth"].lower()]
    elif not _ALMOST.search(text[max(0, start - 16) : start]):
        low = high = 50.0
    if not 0 < low <= high < 100 or _IN_FIGURES.match(text[found.end() :]):
        return None
    return Share(start, found.end(), round(low, 12), round(high, 12), bool(found["even"]))


def _odds(text: str, found: re.Match[str]) -> Share | None:
    """'Two to one' where the words around it speak of a wager: of three parts two."""
    one, other = _count(found["for"]), _count(found["against"])
    before, behind = text[max(0, found.start() - 90) : found.start()], text[found.start("against") + len(found["against"]) :][:24]
    is_marked = found["to"] in ("-", "/")
    is_split = one + other == 100 and re.match(r"\s(?:over|for|against|in favou?r|on|that|split)\b", behind)
    is_wager = _ODDS_BEHIND.match(behind) if is_marked else _WAGER_BEHIND.match(behind) or _WAGER_BEFORE.search(before)
    if not (is_split or is_wager) or _NO_WAGER.search(before[-28:]) or _NO_WAGER.search(behind) or not 0 < one + other <= 101:
        return None
    share = 100.0 * (other if found["turned"] else one) / (one + other)
    return Share(found.start(), found.end(), round(share, 12), round(share, 12), True)


def _count(word: str) -> float:
    lower = word.lower()
    return float(lower) if lower.isdigit() else float(_COUNTS.get(lower) or _WHOLES.get(lower) or 1)


def _in_words(words: str) -> float:
    return float(sum(_WHOLES.get(w) or _COUNTS.get(w) or 0 for w in re.split(r"[- ]", words.lower())))
