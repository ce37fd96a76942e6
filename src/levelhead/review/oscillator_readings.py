"""What an RSI or an average true range reads now, of all the numbers that a sentence gives behind its name.

'RSI printed 82 on Tuesday, presently 74', 'is above its neutrality area at 50', 'has room to run before it hits 70': each number is
a reading of now, one of before, a mark that it is held against, one hoped for, or counts something. The reading is that of now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from levelhead.review.bar_lengths import OTHER_BARS
from levelhead.review.dates import MONTH, WEEKDAY
from levelhead.review.numbers import Quantity
from levelhead.review.passages import Piece
from levelhead.review.said import SUPPOSED, WRITTEN, Money
from levelhead.review.tokens import Token
from levelhead.review.value_names import Naming, names_of

Role = Literal["now", "plain", "lately", "other", "past", "mark"]
LOWEST, HIGHEST = 1.0, 100.0  # what an RSI comes to
MARKS = (20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0)  # what an RSI is held against
LONGEST_LEAD = 90  # characters between a name and its number
FARTHEST = 5  # words to a plain number that nothing leads to
_READ = re.compile(r"(?:rsi|atr)_\d+")


def is_reading(name: str) -> bool:
    """Whether what a name is given is read here: an RSI's or an average true range's."""
    return bool(_READ.fullmatch(name))


def readings_of(piece: Piece, is_value: Sequence[bool]) -> Iterator[Naming]:
    """What each RSI and average true range of a piece reads. is_value: for each token whether it is a price."""
    for at, token in enumerate(piece.tokens):
        if token.kind != "oscillator" or not is_reading(token.names[0]) or _is_so_many(piece, at):
            continue
        if (best := _best(list(_candidates(piece, at, is_value)))) is not None:
            yield Naming(token.names[0], best.number, at, WRITTEN if best.is_led else SUPPOSED)


def reading(text: str, token: Token) -> Money:
    """The number, of 'from 71 to 58' and 'below 50 to 48' the one that was come to."""
    q = token.quantity
    assert q is not None
    is_second = q.joined == "from to" or _came_past(q, text[: token.start])
    return replace(q.money, low=q.second, high=q.second) if is_second else q.money


def _is_so_many(piece: Piece, at: int) -> bool:
    """Whether so many of the range are spoken of: '1.5 ATR', 'twice the ATR'."""
    if not piece.tokens[at].names[0].startswith("atr") or (at > 1 and names_of(piece.tokens[at - 2])):
        return False
    return bool(_OF_STOPS.search(piece.text[: piece.tokens[at].start]))


_OF_STOPS = re.compile(
    r"(?:(?:^|(?<![:=])\s)\d(?:\.\d{1,2})?\s?|\d\s?(?:x|×|times(?: the)?)\s?)$"
)  # '1.5 ATR', 'twice the ATR': so many of them


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    role: Role
    value: float
    is_led: bool


def _best(found: Sequence[_Candidate]) -> _Candidate | None:
    """The one of now; else the first that nothing calls old, led to or alone; else the last of the days before."""
    if now := [c for c in found if c.role == "now"]:
        return now[-1]
    if plain := [c for c in found if c.role == "plain"]:
        return plain[0] if plain[0].is_led or len({c.value for c in plain}) == 1 else None
    rest = [c for c in found if c.role == "lately"] or [c for c in found if c.role == "other"]
    return rest[-1] if rest else None


def _candidates(piece: Piece, at: int, is_value: Sequence[bool]) -> Iterator[_Candidate]:
    tokens, name = piece.tokens, piece.tokens[at].names[0]
    begin = since = piece.tokens[at].end
    for i in range(at + 1, len(tokens)):
        token = tokens[i]
        if names_of(token) or token.text in (";", "|") or _is_anothers(piece, token):
            return
        q = token.quantity
        if token.kind not in ("number", "percent") or q is None:
            continue
        lead, tail = piece.text[since : token.start], piece.text[token.end : token.end + LONGEST_LEAD]
        whole = piece.text[begin : token.start]
        since = token.end
        if len(whole) > 2 * LONGEST_LEAD or not _may_read(name, token, lead, tail, is_price=is_value[i]):
            continue
        role = _role(q, lead, tail, piece.text[: token.start])
        is_led = bool(_LED.search(lead)) and len(lead) <= LONGEST_LEAD
        if name.startswith("rsi") or is_led or len(lead.split()) <= FARTHEST:
            yield _Candidate(i, role, q.low, is_led)


def _is_anothers(piece: Piece, token: Token) -> bool:
    """Whether the name of a market begins a thing of its own: 'Stochastics aside, WTI: 58.92', but not 'the RSI of WTI: 58.92'."""
    return token.kind == "instrument" and not re.search(r"\b(?:of|for|on|in)\s(?:the\s)?$", piece.text[: token.start], re.I)


_OTHERS_PART = re.compile(r"\b(?:signal|histogram|average of|stops?|targets?|risk)\b", re.I)
_COUNTS = re.compile(
    r"[-\s]?(?:(?:straight|consecutive|more|trading)\s)?(?:days?|weeks?|months?|sessions?|periods?|bars?|years?|hours?|hrs?|"
    r"min|times|R\b)|"
    r"[-–/:]\d|\s?(?:st|nd|rd|th)\b",
    re.I,
)
_MOVES = re.compile(r"\s?(?:points?|pts?|pips|ticks|cents|handles|dollars)\b", re.I)


def _may_read(name: str, token: Token, lead: str, tail: str, *, is_price: bool) -> bool:
    q = token.quantity
    assert q is not None
    if _COUNTS.match(tail) or _OTHERS_PART.search(lead):
        return False
    if name.startswith("atr"):
        return (
            token.kind == "number"
            and q.low > 0
            and (q.low == q.high or q.joined == "from to")
            and (not is_price or bool(_LED.search(lead)))
        )
    if token.kind == "percent":
        return bool(re.fullmatch(r"\s?[:=]?\s{0,3}", lead)) and LOWEST <= q.low <= HIGHEST
    return q.low >= LOWEST and q.high <= HIGHEST and q.unit != "$" and not _MOVES.match(tail)


_LED = re.compile(
    r"(?:^[\s\"”’'()\[\]]*|\b(?:at|of|is|was|are|reads?|reading|stands?|sits?|shows?|prints?|printed|currently|now|equals|"
    r"around|near|to|about|"
    r"remains|neutral|overbought|oversold|bullish|bearish)|[:=(|~≈@–—-])"
    r"\s*(?:(?:about|around|near|roughly|just|at|a|an|the|only)\s)*[~≈]?\s?[$€£]?\s?$",
    re.I,
)
_WISHED = re.compile(
    r"\b(?:above|below|over|under|beneath|through|past|exceeds?|than|until|unless|if|would|could|should|might|may|must|needs?|room|"
    r"scope|yet|before|shy of|approach\w*|towards?|reach|touch|waits?|waiting|tests?|testing|crosses|crossing|crossed|cross|wants?|"
    r"expect\w*|off the|bounced off|broke|breaks?|breaking|clear\w*|reclaim\w*|lose|losing|lost|at least|away from|short of|"
    r"straight)\b"
    r"[^,;()]{0,40}$|[<>≥≤]\s?$",
    re.I,
)
_OF_A_MARK = re.compile(
    r"[-–\s]{0,2}(?:\(?(?:neutral|mid-?line|mid-?point|line|level|mark|threshold|zone|area|territory|barrier|boundary|handle|"
    r"range)\b|"
    r"acts?\b|serves?\b|divides\b|separates\b)",
    re.I,
)
_STANDS_THERE = re.compile(r"\b(?:near|around|at|on|about|by|close to)\s(?:the\s|its\s)?$", re.I)
_AT_A_MARK = re.compile(
    r"\b(?:neutral\w*|mid-?line|mid-?point|line|level|mark|threshold|zone|area|barrier|boundary)\b[\s,(]*(?:at|of|around|"
    r"near|is)?\s?$",
    re.I,
)
_NOW_LEAD = re.compile(
    r"\b(?:now|currently|presently|today|at present|this morning|tonight|latest|meanwhile|rn)\b[\s\w,:(]{0,30}$|"
    r"(?:→|->|➔|➜|=>)\s?$|"
    r"\b(?:back|down|up|all the way|out|\w{3,}ed|fell|rose|sank|slid|come|came|gone|went|risen|fallen|crept|dropped|run|shot|"
    r"sunk|ease|eases|"
    r"slips|falls|rises|climbs|drops)\s(?:[^.;]{0,48}\s)?(?:to|at)\s(?:(?:a|an|just|about|around|only|the|some|roughly|near|"
    r"reading of)\s){0,2}"
    r"(?:[a-z-]+\s)?[~≈]?$|\bto\s(?:(?:a|an)\s)?(?:[a-z-]+\s)?[~≈]?$",
    re.I,
)
_NOW_TAIL = re.compile(
    r"\s?[,(]?\s?(?:now|today|currently|presently|this morning|tonight|rn|at (?:the )?(?:present|moment)|as (?:of|I|we)\b)", re.I
)
_AGO = (
    r"(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\d{1,2}|some)\s(?:trading\s)?(?:days?|weeks?|"
    r"months?|sessions?|"
    r"years?|bars?|quarters?)\s(?:ago|earlier|before|prior)|"
    rf"(?:in|of|at|during|from)\s(?:(?:early|late|mid|the end of|the start of)[\s-]?)?(?:{MONTH}\b|(?:19|20)\d\d|"
    rf"the (?:spring|summer|autumn|"
    r"fall|winter))|"
    r"(?:last|previous|prior)\s(?:week|month|year|quarter|time|report|note|issue|update)|previously|prior\b|prev\b|before\b|"
    r"earlier\b|"
    r"at the (?:high|low|peak|top|bottom|start|beginning|time|august|march)|when\b)"
)
_PAST_TAIL = re.compile(rf"(?:[^.;,()\d]|\s\(){{0,28}}?\b{_AGO}(?!\s?[:=]?\s?\d)", re.I)
_LATELY_TAIL = re.compile(
    rf"[^.;,()\d]{{0,24}}?\b(?:(?:(?:on|at|from|as of|by|since)\s(?:last\s)?)?(?:{WEEKDAY})(?:[’']s)?(?!\w)|yesterday|"
    rf"(?:the day|the session) before|last night)",
    re.I,
)
_PAST_LEAD = re.compile(
    r"(?:\b(?:had been|from(?!\s[^,;]*\bto\b)|peak\w*|as (?:high|low|much) as|(?<!has )(?<!have )(?:touch|reach)ed|touching|"
    r"after|having|following|vs\.?|versus|against|"
    r"compared (?:to|with)|prev(?:ious(?:ly)?)?\.?|prior|yesterday|last (?:week|month|year|\w+day)|(?:lows?|highs?|peaks?|tops?|"
    r"extremes?|levels) (?:near|at|of|around)|bottom(?:ed)?|topped|earlier|since|record|once|used to)\b[^,;]{0,32})$",
    re.I,
)
_OWN_BRACKET = re.compile(r"\s?\([^()]*(?:\d[^()]*\)|$)")
_BESIDE_NOW = re.compile(r"\b(?:against|versus|vs\.?|compared (?:to|with)|(?:up|down) from)\s(?:a\s|the\s)?$", re.I)
_CAME_FROM = re.compile(r"\bfrom\s(?:(?!to\b)[^,;]){0,24}$", re.I)
_ONCE = re.compile(r"\b(?:in|of|since|during)\s(?:the\s)?(?:19|20)\d\d\b[^,;.]{0,60}$", re.I)
_LATELY_LEAD = re.compile(r"\b(?:was|were|hit|hitting|spiked|got|popped|plunged)\b[^,;]{0,24}$", re.I)


def _role(q: Quantity, lead: str, tail: str, before: str) -> Role:
    """What a number behind a name is by the words around it. lead, tail: what is beside it; before: the sentence."""
    if q.joined == "from to" or _came_past(q, lead):
        return "now"
    if OTHER_BARS.search(lead):
        return "other"
    clause = re.split(r"[,;]\s|\s(?:and|but|yet)\s|\(", lead)[-1]
    if _is_mark(q, lead, clause, tail):
        return "mark"
    is_followed = bool(_OWN_BRACKET.match(tail))  # '41 (prev. week 45)'
    if _BESIDE_NOW.search(lead) or (_PAST_TAIL.match(tail) and not is_followed) or _ONCE.search(before):
        return "past"
    if _NOW_TAIL.match(tail):
        return "now"
    if _LATELY_TAIL.match(tail) and not is_followed and not _PAST_LEAD.search(clause):
        return "lately"
    if _NOW_LEAD.search(lead) and not _CAME_FROM.search(clause):
        return "now"
    if _PAST_LEAD.search(clause) or _PAST_LEAD.search(lead[-40:] if "(" in lead else ""):
        return "past"
    return "lately" if _LATELY_LEAD.search(clause) else "plain"


def _is_mark(q: Quantity, lead: str, clause: str, tail: str) -> bool:
    """Whether a number is one that the reading is held against, or hoped to come to."""
    if (_WISHED.search(clause) and not _COMES_TO.search(clause)) or _AHEAD.search(clause):
        return True
    if q.low not in MARKS:
        return False
    if _OF_A_MARK.match(tail) and not _STANDS_THERE.search(lead):
        return True
    return bool(_AT_A_MARK.search(lead) and _BESIDE.search(lead))


_COMES_TO = re.compile(r"\b(?:(?:now|at|to|is|reads|stands|sits)\s(?:about\s|around\s|near\s|just\s)?|now\s[^,;]{0,30})$", re.I)
_AHEAD = re.compile(
    r"\b(?:would|could|might|may|should|needs?|room|scope|yet|before|if|until|unless|expect\w*|see|want\w*)\b[^,;]*$", re.I
)
_BESIDE = re.compile(r"\b(?:above|below|over|under|beneath|through|past)\b", re.I)
_PASSES = re.compile(
    r"\b(?:above|below|through|under|over|past|beneath|peaked (?:at|near)|topped out at|bottomed (?:at|near)|high of|"
    r"low of)\s(?:the\s)?$",
    re.I,
)


def _came_past(q: Quantity, lead: str) -> bool:
    """'slipped below 50 to 48.2', '63 to 56' behind a verb that moves: two numbers that are no zone."""
    return q.joined == "to" and bool(_PASSES.search(lead))
