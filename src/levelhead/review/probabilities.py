"""Probabilities in figures, in words, and on conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from levelhead.review.no_chance import is_no_chance
from levelhead.review.numbers import quantities
from levelhead.review.shares import shares_in

_WORDS = re.compile(
    r"\b(?:(?:very |quite |fairly |relatively |moderately )?(?:high|low|medium|moderate|elevated|small|slim|good|decent|strong|"
    r"even|better|greater|lower|higher)"
    r"(?:er)?(?:[- ]to[- ](?:high|moderate|medium|low))?[- ](?:probability|chance|chances|odds|likelihood|confidence|conviction)"
    r"|(?:slight|small|modest|clear|marginal) edge|(?:more|most|less|least|very|highly|quite) likely|unlikely|coin[- ]?(?:flip|"
    r"toss)|base case|"
    r"tail risk|low[- ]probability|high[- ]probability|likely|fifty-fifty|even odds|remote)\b",
    re.I,
)
# One of these stands in whatever those are.
_WORD = re.compile(r"prob|chance|odds|likel|confid|convic|edge|coin|base case|tail|fifty|remote")
_PER_CENT = re.compile(r"[%Pp](?:(?<=%)|(?i:er\s?cent|ct|c))")
_LONE_WORD = re.compile(
    r"(?:very |quite |moderately )?(?:high|medium|moderate|low|likely|unlikely|possible|most likely|less likely|even|slim|"
    r"elevated|small)"
    r"(?:[-– /]+(?:to[- ])?(?:high|medium|moderate|low|likely))?",
    re.I,
)
_CONDITIONAL = re.compile(
    r"(?:,\s?|\(|;\s?|—\s?|–\s?)?\b(?:rising|rises|increasing|increases|climbing|growing|falling|falls|dropping|drops|jumping|"
    r"jumps|moving|goes|going|improving|improves|up|down)"
    r"\sto\s~?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:%|per cent|percent)[^.;)]{0,120}",
    re.I,
)
_SHARE = re.compile(r"\b(?:one|two|three|1|2|3)[- ](?:in|out of)[- ](?:two|three|four|five|ten|2|3|4|5|10)\b", re.I)


@dataclass(frozen=True, slots=True)
class Chance:
    """What a text says of a chance, at [start, end)."""

    bounds: tuple[float, float] | None
    words: str
    conditional: str
    start: int
    end: int


@lru_cache(maxsize=64)
def chance_in(text: str, *, is_cell: bool = False) -> Chance | None:
    """The probability a text states: the first per cent of it that is no move, distance or retracement; else words.

    is_cell: the text stands in a column of probabilities, where a bare 'High' or '45' is one.
    """
    has_per_cent = _PER_CENT.search(text) is not None
    found = _CONDITIONAL.search(text) if has_per_cent else None
    conditional = found.group().strip(" ,;()—–") if found else ""
    before = found.start() if found else len(text)
    is_tenths = is_cell and "/" in text
    for quantity in (
        () if is_tenths or not (is_cell or has_per_cent) else quantities(text[:before] if found and text[:before].strip() else text)
    ):
        is_bare = is_cell and quantity.unit == "" and quantity.high <= 100
        if (
            (quantity.unit == "%" or is_bare)
            and quantity.high <= 100
            and (is_cell or _is_chance(text, quantity.start, quantity.end))
        ):
            scale = 1.0 if is_bare and 0 < quantity.high < 1 else 100.0
            bounds = (round(quantity.low / scale, 12), round(quantity.high / scale, 12))
            return Chance(bounds, _words(text), conditional, quantity.start, quantity.end)
    if share := next(shares_in(f"({text})" if is_cell else text), None):
        start = share.start - is_cell
        return Chance(
            (round(share.low / 100, 12), round(share.high / 100, 12)), _words(text), conditional, start, share.end - is_cell
        )
    if is_cell and (word := _LONE_WORD.match(text.strip())):
        return Chance(None, word.group().strip(), conditional, 0, len(text))
    if word := _worded(text):
        return Chance(None, word.group(), conditional, word.start(), word.end())
    return None


def is_worded(text: str) -> bool:
    """Whether a text is nothing but a chance in words: 'slight edge', 'less likely', 'high'."""
    return bool(_WORDS.fullmatch(text) or _LONE_WORD.fullmatch(text))


def _words(text: str) -> str:
    found = _worded(text)
    return found.group() if found else ""


def _worded(text: str) -> re.Match[str] | None:
    return _WORDS.search(text) if _WORD.search(text.lower()) else None  # the cheaper question first


_MOVE = re.compile(
    r"\b(?:down|up|rose|fell|gained|lost|drop|decline|rally|gain|loss|move|off|from|by|slid|dropped|climbed|added|risk|plus|"
    r"minus)(?:\sof)?(?:\s(?:about|around|some|nearly|over|more than|only))?[\s~+-]{0,3}$",
    re.I,
)
_NOT_CHANCE = re.compile(
    r"^\s?(?:retrace|fib|from\b|away|below|above|off\b|of (?:the )?(?:move|rally|decline|account|capital|equity|range|value|"
    r"the)|drop|decline|"
    r"gain|loss|move|pullback|correction|drawdown|rally|annual|year|upside|downside|per|in (?:the|a|one|two|three|\d)|higher|"
    r"lower|since|on the|bulls?\b|bears?\b|"
    r"extension|advance|dip|tariff|yield|discount|off)",
    re.I,
)
_CHANCE_BEFORE = re.compile(r"(?:probab\w*|chances?|odds|likelihood|confidence|weight\w*|case|prob\.?)[^.]{0,40}$", re.I)


# 'Bounce 40% → 106', 'b) range, 30%: 18.46', 'Up, 55% (65% if Monday closes above the high): 26,900'
_TITLE = re.compile(r"\W*(?:[a-e1-9][).:]\s)?[A-Za-z][^\d%:;.]{1,40}(?:[,(–—-]\s?|\s)[~≈]?")
_TITLED = re.compile(r"\s?(?::\s|→|->|=>|➔|\((?:\d{1,2}\s?%|rising|up|down)|$)")


_ROW = re.compile(r"\s{1,3}[$€£~≈]?\d[\d,.]{2}")


def _is_row(text: str, start: int, end: int) -> bool:
    """'Relief rally 45% 1,743-1,754': the row of a table that was run together."""
    return len(text[start:end].strip(" %")) >= 2 and bool(_ROW.match(text[end:]))


_GIVEN = re.compile(
    r"\b(?:giv(?:e|es|en|ing)|assign(?:s|ed|ing)?|put(?:s|ting)?|attach(?:es|ed)?|rate[sd]?|weight(?:ed|"
    r"s)?|peg(?:s|ged)?) "
    r"(?:(?:it|this|that|them|him|her|one|path|case|scenario|the|a|an|its|odds|chance|of|at|about|around|roughly|maybe|some|"
    r"only|just) ?){0,5}[~≈]?$",
    re.I,
)


def _is_chance(text: str, start: int, end: int) -> bool:
    if is_no_chance(text, start, end):
        return False
    before, after = text[max(0, start - 60) : start], text[end : end + 30]
    if re.match(
        r"^\s?(?:\)|\]|:|-|–|—|,|\||\.|$|probab|chance|odds|likel|confiden|weight|case|scenario)", after.lstrip(" "), re.I
    ) and (_CHANCE_BEFORE.search(before) or re.search(r"[(\[:|–—-]\s?(?:~|≈|about |roughly |approx\.? )?$", before)):
        return not _NOT_CHANCE.match(after)
    if re.match(r"^\s?(?:probab|chance|odds|likel|confiden|weight|case\b|scenario)", after, re.I):
        return True
    if _TITLE.fullmatch(text[:start]) and (_TITLED.match(text[end:]) or _is_row(text, start, end)):
        return True
    if re.match(r"^\s?on (?:it|this|that)\b", after) and re.search(r"\b(?:puts?|have|has|give|gives)\s[~≈]?$", before, re.I):
        return True
    if _GIVEN.search(before) and re.match(r"\s?(?:[.,;:)]|$|to\b|that\b)", after):
        return True
    if _MOVE.search(before) or _NOT_CHANCE.match(after):
        return False
    return bool(_CHANCE_BEFORE.search(before))
