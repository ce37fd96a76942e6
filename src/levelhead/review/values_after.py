"""The number that comes after its name: '50-day SMA (2,229.3)', 'RSI has cooled from 71 to 58'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.dates import MONTH, WEEKDAY
from levelhead.review.passages import Piece
from levelhead.review.said import Money
from levelhead.review.tokens import Token
from levelhead.review.value_names import names_of

LONGEST_GAP = 64
LONGEST_LEAD = 10  # words
FARTHEST = 14  # tokens between a name and its number
_LINK = (
    r"levels?|zones?|line|area|price|value|readings?|mark|is|are|at|of|near|around|about|currently|now|today|sits?|stands?|"
    r"sitting|standing|comes? in|came in|reads?|"
    r"just|the|in|was|were|printed|prints?|lies|found|located|rising|falling|declining|flat(?:tening)?|sloping|higher|lower|"
    r"rose|slipped|fell|improved|improving|running|runs|averages|averaging|measures|hits|hit|rebounded|softened|firmed|"
    r"weakened|sank|slid|jumped|climbed|dropped|risen|fallen|eased|recovered|moved|turned|cooled|gone|to|from|"
    r"point|support|resistance|dynamic|which|that|also|and|approximately|roughly|set|made|hit|marked|toward|towards|ATH|ATL|"
    r"SMA|EMA|MA|daily|close|up|down|"
    r"has|have|deep|a|an|oscillator|momentum|indicator|remains|remaining|steady|hovers?|hovering|tracks|tracking|respectively|"
    r"registers|back|its|value|of|amounts?|equals?|equal|works? out|comes? out|clocks? in|checks? in|totals|logs|logged|gives?|"
    r"gave|been|gauge|"
    r"weekly|moving average|with|reached|posted|seen|last|cleared|above|minus|negative"
)
_FORWARD = re.compile(r"[\s:=()\[\]|@~≈,–—→➜➔>\-−+’']*(?:(?:" + _LINK + r")\b\.?[\s:=(\[)\]|@~≈,–—→➜➔>\-−+$’']*){0,7}", re.I)
# Behind a name any words may lead to its number, 'happens to sit, as ever, at', but those that speak of another price.
_LEADS = re.compile(
    r"(?:\b(?:at|of|is|was|are|reads?|reading|stands?|sits?|shows?|prints?|currently|now|equals|comes in at|runs at|lies at|"
    r"around|near)|[:=(|~≈@])"
    r"\s*(?:about |around |near |roughly |just |at )?[~≈]?\s?(?:US)?[$€£]?\s?$",
    re.I,
)
_ABOUT_ZERO = re.compile(
    r"\b(?:below|above|under|over|beneath) (?:the |its )?zero(?: line)?\b|\b(?:in|into|to) (?:positive|negative) territory\b|"
    r"\b(?:has |have )?(?:gone|turned) (?:positive|negative)\b",
    re.I,
)
_PLACED = re.compile(
    r"\b(?:from (?:below|above|underneath|beneath|overhead) (?=at|near))|"
    r"\b(?:rising|falling|passing|running|climbing|coming|drifting) through\b|\b(?:in )?between(?: them| the two|"
    r" these)?,? (?:at|near)\b|\b(?:just |slightly |not far |right |a bit |"
    r"well )?(?:above|below|underneath|beneath|under|overhead|behind)(?: it| that| "
    r"there| here| us| price| prices| spot| (?:the |today[’']s )?(?:market|price|tape|close|action|index|contract|"
    r"futures?|pair|stock|current price|last price)| where (?:we|it|price) (?:is|are|trades?)(?: now)?)?,? (?:at|near)\b|"
    r"\b(?:a )?(?:long|fair|good|short|little|great) (?:way|distance|bit) (?:down|up|off|away|lower|higher|below|above),? "
    r"(?:at|near)\b",
    re.I,
)
_LEADS_UP = re.compile(
    r"\b(?:\w{3,}ed|rose|fell|slid|sank|crept|came|went|is|now)\s(?:back\s|up\s|down\s|off\s|further\s){0,2}to\s[-−+~≈]?$|"
    r"\b(?:to|up|down|back|off)\b.{0,16}\bto\s[~≈]?$|\b(?:has|have|is|now|had)\b.{0,40}\bto\s[~≈]?$",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:above|below|over|under|beneath|than|targets?|stops?|supports?|resistances?|entr\w+|if|unless|until|should|would|"
    r"could|may|might|but|"
    r"while|whereas|price|closed?|closes|settled|traded|trades|trading|towards?|through|into|between|range|break\w*|reclaim\w*|"
    r"los[es]\w*|bounc\w+|"
    r"reject\w+|test\w*|re-?test\w*|highs?|lows?|gap|zone|level|pivot|from|off|points?|per ?cent|ATRs?|at \d)\b|%|\d",
    re.I,
)
_PASSES = re.compile(
    r"\b(?:above|below|through|under|over|past|beneath|peaked (?:at|near)|topped out at|bottomed (?:at|near)|high of|"
    r"low of)\s(?:the\s)?$",
    re.I,
)
_COME_TO = re.compile(r"(?:[\s,]*(?:\w+\s){0,6}?)\b(?:to|at|now|reads|is)\s(?:about |around |near )?", re.I)
_COUNTED = re.compile(
    r"\b(?:up|down|compared (?:with|to)|versus|vs\.?|from)\s(?:from\s)?(?:just\s|about\s)?$", re.I
)  # so many stocks above it
_FROM = re.compile(r"\b(?:from|off|since|between)\s(?:the\s|its\s|their\s)?$", re.I)
AND = re.compile(r"\s*(?:,|and|&|/|,\s?and)\s*(?:at\s)?[~≈]?", re.I)


def values_after(piece: Piece, at: int, count: int, is_value: Sequence[bool], is_oscillator: bool) -> list[int]:
    """The numbers after the name at `at`: one, or as many as it names."""
    tokens = piece.tokens
    numbers: list[int] = []
    begin = _behind_insert(piece.text, tokens[at].end)
    first = next((i for i in range(at + 1, len(tokens)) if tokens[i].start >= begin), len(tokens))
    for i in range(first, min(len(tokens), first + FARTHEST)):
        token = tokens[i]
        if token.kind == "mark" and token.text in ".;!?":
            break
        if not numbers and names_of(token) == names_of(tokens[at]):
            at = i
            begin = token.end
            continue  # 'GD50 (the 50-day average) 23,995'
        if token.kind in ("average", "oscillator", "pivot") or names_of(token):
            break
        if token.kind != "number":
            continue
        if not (is_value[i] or is_oscillator):
            break
        if _is_past(piece.text, token) and not (is_oscillator and _goes_from(piece.text, token)):
            if numbers:
                break
            begin = token.end + (old.end() if (old := _LONG_AGO.match(piece.text[token.end :])) else 0)
            continue  # 'has risen from 2,120 a month ago to 2,164'
        if is_oscillator and not numbers and (come_to := _come_to(piece, at, i)) is not None:
            return come_to
        gap = piece.text[tokens[numbers[-1]].end if numbers else begin : token.start]
        if len(gap) > LONGEST_GAP or not (AND.fullmatch(gap) if numbers else _leads_there(piece, at, i, gap, is_oscillator)):
            break
        numbers.append(i)
        if len(numbers) == count:
            return numbers
    return numbers if len(numbers) == count else numbers[:1] if count == 1 else []


# '..., which printed 84 on Monday, has cooled to', '(down from 71)': what the value was before, between commas or in brackets.
_INSERT = re.compile(
    r"[’'”\")]?\s?(?:,\s|\(|[–—]\s?|\s[–-]\s)(?:after|which|that|having|down from|up from|from|despite|following|since|against|"
    r"versus|vs|compared|once|overbought|oversold|as (?:high|low) as|already|the (?:one|usual|standard)|our|a (?:gauge|measure))\b"
    r"(?:[^,;()–—.]|\.(?=\d)){3,80}(?:,|\)|\s?[–—-])\s(?=(?:is|are|was|has|have|had|now|stands?|sits?|reads?|comes?|came|lies|"
    r"runs?|"
    r"at|prints?|shows?|holds?|remains?|closed|ended|recovered|cooled|rose|fell|eased|slipped|climbed|dropped|turned|went|"
    r"gives?)\b)",
    re.I,
)


def _behind_insert(text: str, at: int) -> int:
    """Where the words about a name go on behind what is inserted right after it."""
    found = _INSERT.match(text, at)
    return found.end() if found is not None and re.search(r"\d", found.group()) else at


def _goes_from(text: str, token: Token) -> bool:
    """'has widened from 61 a month ago to 94.5'."""
    return text[max(0, token.start - 6) : token.start].lower().endswith("from ") and _is_past(text, token)


def _is_past(text: str, token: Token) -> bool:
    """'RSI readings at famous tops: 82 in 1929', 'a reading of 84 a year ago', 'the ATR 72-600': no value of the day."""
    return bool(_LONG_AGO.match(text, token.end) or _IN_A_YEAR.match(text[: token.start]))


_IN_A_YEAR = re.compile(rf"\W*(?:back\s)?in\s(?:(?:early\s|late\s|mid-)?{MONTH}\s)?(?:19\d\d|20[01]\d|202[0-3])\b[^.;]*$", re.I)


_LONG_AGO = re.compile(
    r"\s(?:in|of|at)\s(?:early\s|late\s|mid-)?(?:19|20)\d\d\b|[^.;,\d()]{0,32}\b(?:years?|months?|"
    r"weeks?|days?|sessions?)\s(?:and a half\s)?(?:ago|earlier|before)\b|[-–]\d",
    re.I,
)


def _leads_there(piece: Piece, at: int, number: int, gap: str, is_oscillator: bool) -> bool:
    """Whether the words between a name and a number make the number its value."""
    tokens = piece.tokens
    if not is_oscillator and _COUNTED.search(gap):
        return False
    if tokens[number - 2].kind == "instrument" and number - 2 > at and re.search(r"[(\[]\s?[$€£]?$", gap):
        return False  # 'resting on the 55-day is USD/SGD (1.2951)'
    if is_oscillator and _OF_A_PART.search(gap):
        return False  # 'the MACD histogram has shrunk to 1.4'
    if _is_of_a_market(piece.text, tokens[at : number + 1]):
        return False  # 'two closes under the 200-day, or a VIX north of 22'
    if is_oscillator and tokens[number - 1].text == ":" and tokens[number - 2].kind == "instrument":
        return False  # 'Stochastics aside, WTI: 58.92'
    if any(t.kind == "instrument" for t in tokens[at:number]) and re.search(r"\b(?:with|while|as)\b", gap):
        return False  # 'the 10-day is flat, with soybean oil at 52.34'
    if re.search(r"\bto\b", gap) and _FROM.search(piece.text[: tokens[at].start]):
        return False  # 'the fall from its high to 2,350'
    gap = _TURNS.sub(" ", _ON_A_CHART.sub(" ", _DATED.sub(" ", _OF_A_TICKER.sub(" ", gap))))
    quantity = tokens[number].quantity
    if not is_oscillator and _ANOTHER_ONE.search(gap):
        return False
    if _TO_GO.search(gap):
        return False
    if is_oscillator:
        gap = _CAME_TO_CLOSE.sub("is ", gap)
    if is_oscillator and quantity is not None and quantity.joined == "from to":
        gap = re.sub(r"\bfrom\s?$", "to ", gap)  # 'has cooled from 71 to 58'
    return _fits(gap, is_oscillator)


_OF_A_PART = re.compile(r"\b(?:signal|histogram|hist)\b", re.I)


def _is_of_a_market(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a market is named between a name and a number, and is not the one whose value it is."""
    return any(t.kind == "instrument" and re.search(r"\b(?:or|and)\s(?:a\s|an\s|the\s)?$", text[: t.start]) for t in tokens[1:-1])


# 'through its 50-day, the $200 mark is next': another price in apposition.
_ANOTHER_ONE = re.compile(r"(?:,|\band)\s(?:the|its|a|that)\s[~≈]?(?:US)?[$€£]?$", re.I)
# Between a name and its value: when it was set, on which chart it stands, which way it turns.
_DATED = re.compile(
    rf"\s(?:of|on|from|in|set (?:on|in)|made (?:on|in)|since)\s(?:{WEEKDAY},?\s)?(?:the\s)?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?{MONTH}(?:\s\d{{1,2}}(?!\d))?(?:,?\s(?:19|20)\d\d)?|(?:19|"
    rf"20)\d\d)(?=\s?[,(:]|\sat\b)",
    re.I,
)
_OF_A_TICKER = re.compile(r"\s\([A-Z]{1,5}\d?\)(?=\s)")
_ON_A_CHART = re.compile(r"\s(?:on|of|from)\s(?:the|a)\s[\w-]+(?:\s\w+)?\s(?:chart|time ?frame|basis)\b", re.I)
_TURNS = re.compile(
    r"\b(?:rolling|turning|flattening|rolled|turned|turns|bending|levelling|leveling|curling)\s(?:over|up|down|out|off|"
    r"higher|lower)\b",
    re.I,
)
_TO_GO = re.compile(
    r"\b(?:room|scope|head-?room|space|yet|needs?|wants?|could|may|might|would|should|heading)\s(?:\w+\s){0,3}to\b", re.I
)
_CAME_TO_CLOSE = re.compile(
    r"\b(?:closed|finished|ended|settled|closes)(?:\s(?:the|on|last)?\s?\w+)?(?=\s(?:at|near|around)\b)", re.I
)


def _come_to(piece: Piece, at: int, number: int) -> list[int] | None:
    """Of 'slipped below 50 to 48.2' the second; None where the number after an oscillator is no mark that it passed."""
    tokens = piece.tokens
    if _goes_past(piece.text, tokens[number]):
        return [number]
    if not _PASSES.search(piece.text[tokens[at].end : tokens[number].start]) and not _goes_from(piece.text, tokens[number]):
        return None
    after = next((i for i in range(number + 1, min(len(tokens), number + FARTHEST)) if tokens[i].kind == "number"), None)
    if after is None or any(names_of(t) or t.text in ".;!?" for t in tokens[number + 1 : after]):
        return []
    return [after] if _COME_TO.fullmatch(piece.text[tokens[number].end : tokens[after].start]) else []


def arrived(text: str, token: Token) -> Money:
    """The value, of 'from 71 to 58' and 'below 50 to 48' the one it has come to."""
    q = token.quantity
    assert q is not None
    return replace(q.money, low=q.second, high=q.second) if q.joined == "from to" or _goes_past(text, token) else q.money


def _goes_past(text: str, token: Token) -> bool:
    """'slipped below 50 to 48.2': two numbers that are no zone; the second is what it came to."""
    is_pair = token.quantity is not None and token.quantity.joined == "to"
    return is_pair and bool(_PASSES.search(text[max(0, token.start - 24) : token.start]))


def _leads(gap: str, is_oscillator: bool) -> bool:
    if len(gap.split()) > LONGEST_LEAD or re.search(r"[.;!?]\s", gap):
        return False
    gap = _PLACED.sub("at", _ABOUT_ZERO.sub("", gap))
    lead = _LEADS.search(gap) or (_LEADS_UP.search(gap) if is_oscillator else None)
    return lead is not None and not _OTHER.search(gap[: lead.start()])


def _fits(gap: str, is_oscillator: bool) -> bool:
    if _leads(gap, is_oscillator):
        return True
    return (
        bool(_FORWARD.fullmatch(gap))
        and not re.search(r"[.;]\s", gap)
        and not re.search(r"\babove\b", gap, re.I)
        and not (re.search(r"\bfrom\b", gap) and is_oscillator)
    )
