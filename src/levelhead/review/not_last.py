"""Prices that words call last and that are none: where a way ends, where a trade is entered, where the market once stood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.dates import MONTH
from levelhead.review.said import Indicator, Money, ReadScenario, ReadSetup
from levelhead.review.text import Span

ALIKE = 1.35  # prices of one market lie no farther apart in a note
PRESENT, YESTERDAY, LONG_AGO = 0, 1, 2
_YESTERDAY = re.compile(r"\b(?:yest(?:erday)?|y[’']?day|prev(?:ious)?|prior)\b", re.I)
REACH_BEFORE, REACH_BEHIND = 80, 48
_SAYS_LAST = re.compile(r"\b(?:last|spot|now at|current(?:ly)?|closed|settled|trading|quoted)\b", re.I)
_END = re.compile(r"(?<!prev)[.;!?](?=\s|$)|\n")
# Of another day than the note's, before the price and behind it.
_FORMER_BEFORE = re.compile(
    r"\b(?:(?:days?|weeks?|months?|years?|sessions?)\s(?:ago|earlier|before)|(?:last|previous|prior)\s(?:week|month|year|"
    r"quarter|time|"
    rf"report|note|issue|update|letter)\b(?![’']s)|(?:on|since|in|back in|from|of)\s(?:\d{{1,2}}\s)?{MONTH}(?:\s\d{{1,2}})?|"
    r"(?:prev(?:ious)?|prior)\b\.?[\s-](?:day|session|close|closing|settle(?:ment)?|yesterday)\b|(?:yest(?:erday)?|"
    r"y[’']?day)[’']?s?:?\s(?:close|settle(?:ment)?|closing|O|H|"
    r"high|range|bar)\b|"
    r"(?:last|previous|prior)\s(?:week|month)[’']s\s(?:close|settle(?:ment)?)\b|back then|at (?:the|that) time|\bago\b|"
    r"fortnight|when\s(?:it|we|they|prices?|the\s\w+)\s(?:was|were|stood|traded|"
    r"closed|settled|ended)|"
    r"(?:opened|began|started|entered)\s(?:the|its|this)\s(?:day|session|week|month|quarter|year)|used to be|had (?:been|"
    r"closed|settled|traded|stood))\b",
    re.I,
)
_OF_ITS_KIN = re.compile(
    r"\b(?:cash|spot|index|futures?|etf)\s(?:prev|prior)", re.I
)  # 'cash index previous close' beside the future's last
_THEN = re.compile(  # 'our update from last Thursday (04 Jul, spot at 161.55)'
    rf"\b(?:from|of|on|since|update|view|"
    rf"note)\b[^.;()]{{0,32}}\((?:\d{{1,2}}\s)?{MONTH}(?:\s\d{{1,2}})?,?\s(?:20\d\d,?\s)?(?:when\s)?(?:spot|price|it)"
    r"\s(?:was\s)?(?:at|near)?\s?$",
    re.I,
)
_FORMER_BEHIND = re.compile(
    r"[^.;\d]{0,24}\b(?:when (?:we|I) (?:last|first|previously)|at (?:the|that) time|back then|"
    r"(?:a|an|one|two|three|four|five|six|\w+teen|\d{1,2})\s(?:days?|weeks?|months?|years?|sessions?)\s(?:ago|earlier|before)|"
    rf"(?:in|on|back in)\s(?:\d{{1,2}}\s)?{MONTH}|(?:last|previous|prior)\s(?:month|year|quarter|time|report|note|issue|update|"
    rf"letter)|"
    r"in (?:19|20)\d\d)\b",
    re.I,
)


def without_ends(
    indicators: Sequence[Indicator], scenarios: Sequence[ReadScenario], setups: Sequence[ReadSetup], plain: str
) -> tuple[Indicator, ...]:
    """The values without the last prices that are the target of the scenario, or a price of the trade, in which they stand."""
    ends: list[tuple[Span, tuple[Money, ...]]] = [(s.span, (s.target,)) for s in scenarios if s.target is not None]
    ends += [(s.span, (s.entry, *s.targets, *((s.stop,) if s.stop else ()))) for s in setups]
    return tuple(i for i in indicators if i.name != "last" or _says_last(i, plain) or not any(_is_end(i, *end) for end in ends))


def without_former(indicators: Sequence[Indicator], plain: str) -> tuple[Indicator, ...]:
    """The values without the last prices of other days, where the note gives a later one: 'was at 2,340 when we last wrote'."""
    ages = {id(i): _age(i, plain) for i in indicators if i.name == "last"}
    youngest = min(ages.values(), default=PRESENT)
    kept = [i for i in indicators if ages.get(id(i)) == youngest]

    def is_kept(value: Indicator) -> bool:
        if value.name == "last" and _THEN.search(plain[max(0, value.span.start - REACH_BEFORE) : value.span.start]):
            return False
        if value.name != "last" or ages[id(value)] == youngest:
            return True
        return not any(1 / ALIKE < p.value.low / value.value.low < ALIKE for p in kept)

    return tuple(i for i in indicators if is_kept(i))


def _age(value: Indicator, plain: str) -> int:
    """Of which day a last price is: the note's, the one before, or one longer ago."""
    before = _END.split(plain[max(0, value.span.start - REACH_BEFORE) : value.span.start])[-1]
    if _OF_ITS_KIN.search(before):
        return PRESENT
    if _FORMER_BEFORE.search(before) or _FORMER_BEHIND.match(plain, value.span.end, value.span.end + REACH_BEHIND):
        return YESTERDAY if _YESTERDAY.search(before) else LONG_AGO
    return PRESENT


def _is_end(value: Indicator, span: Span, prices: Sequence[Money]) -> bool:
    is_inside = span.start <= value.span.start and value.span.end <= span.end
    return is_inside and any(p.low == value.value.low and p.high == value.value.high for p in prices)


def _says_last(value: Indicator, plain: str) -> bool:
    return bool(_SAYS_LAST.search(plain[max(0, value.span.start - 12) : value.span.end]))
