"""The number that comes before its name: '2,270 (50-day MA)', '255.40 the all-time high', and the one said again later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.passages import Piece
from levelhead.review.said import INFERRED, SUPPOSED, WRITTEN
from levelhead.review.value_names import Naming, is_no_longer, names_of
from levelhead.review.values_after import LONGEST_GAP

_BACK = re.compile(
    r"[\s]*[(\[,–—:=|-]?\s*(?:(?:is|which is|the|its|near the|at the|our|rising|falling|declining|flat|key|major|critical|both|"
    r"roughly the|about the|where the|"
    r"currently the|now the|marks the|represents the|from the|aka|also the|just above the|just below the|and the|current|"
    r"daily|weekly|monthly|quarterly|yearly)\s){0,3}", re.I
)  # fmt: skip
# '2,302 (EMA50), 2,268 (SMA100)', '255.40 the all-time high, 246.90 the 8-day': the number stands before its name.
_TIGHT = re.compile(
    r"(?:\s(?:as\s)?(?:support|resistance|supp?|res|pivot|floor|ceiling|target)(?=\s?[(\[=:,]))?\s?(?:[(\[{]|=|\s[–—-]\s|:\s|"
    r",\s?(?=(?:the|its|our)\s)|\s(?:for|on|waits|awaits|sits|lies|stands|comes|runs|looms|"
    r"lurks|rests|beckons)\s(?=(?:the|its|our|a)\s)|[(\[](?:[\w’'./ -]{2,32},\s){1,3}|\s(?=(?:is |was |marks |being )?(?:the|"
    r"its|our)\s))\s?"
    r"(?:(?:is|was|marks|being|the|its|our|a|at|rising|falling|declining|flat|key|major|daily|simple|old|now)\s){0,4}",
    re.I,
)
# '2,603.50 shortly before noon, an all-time high', '23,845, the overnight high (an all-time high too)'
_WHILE_AT_IT = re.compile(
    r"(?:\s(?!and\b|but\b|then\b)[a-z]+){1,4},\san?\s|(?:,|\sas)\s(?:the\s|its\s)?(?:[\w’'-]+\s){0,2}(?:highs?|peak|top|close)\s?[(,]\s?"
    r"(?:and\s)?(?:(?:this|that|it|which)\sis\s)?(?:also\s)?(?:an?|the|its)\s",
    re.I,
)
# '6,812, where the 50-day lies, then 6,775': the number before is its value, unless one follows right behind it.
_WHERE = re.compile(
    r"\s?,?\s(?:which|that)(?:[’']s| is| was| marks| happens to be| is also| also is)\s(?:also\s|just\s|roughly\s|about\s)?"
    r"(?:(?:the|its|our|a|rising|falling|declining|flat|simple|exponential|key|major|daily)\s){1,4}"
    r"|\s?,?\s(?:which is |that is |just |right |about )?(?:where|at which|on which|in which|the home of|home to|courtesy of|"
    r"thanks to|marked by|given by|provided by|set by|formed by|offered by)\s(?:we (?:also )?(?:find|have) |you(?:[’']ll)? find |"
    r"(?:lies|sits|runs|stands|waits|awaits|passes|rests|is) )?(?:both\s)?"
    r"(?:(?:the|its|our|a|my|an|rising|falling|declining|flat|flattening|key|major|daily|simple|exponential|also)\s){0,4}",
    re.I,
)
_VALUED_BEHIND = re.compile(r"[\w\s]{0,24}(?:\b(?:at|near|around|of|is)|[(:=@~])\s?[~≈]?[$€£]?\d", re.I)
_CLOSES = re.compile(
    r"(?:\s(?:line|level|support|resistance|area|zone|daily|too|as well))?"
    r"\s?(?:[)\]},;|/•·]|\.\s|\.?$|\s[–—-]\s|\sand\s(?=[$€£]?\d))",
    re.I,
)
_UNIT = re.compile(r"^\s?(?:points?|pts?|dollars|euros?|cents|USDT?|EUR|GBP|CHF|yen|rupees|ringgit|p|pips)\b")
_APPOSED = re.compile(r"\s?(?:[(\[,:=|]|\s[–—-]{1,6}\s|[–—])\s?(?:[\w'’&-]+,?\s){0,9}", re.I)
_AWAY = re.compile(
    r"\b(?:above|below|over|under|beneath|than|towards?|to|from|off|but|while|if|until|unless|target\w*|stops?|break\w*|then|"
    r"followed|next|"
    r"with|before|after|ahead|between|of|through|into|versus|vs|cross\w*|points?|per ?cent|bulls|bears|eye[sd]?|eyeing|await\w*|"
    r"watch\w*)\b",
    re.I,
)
_ANOTHER = re.compile(r"[,;]\s(?:and|but|while|then|with|or)\s|;|\.\s", re.I)  # what follows is a thing of its own
_ELSEWHERE = re.compile(
    r"\s(?:(?:sits?|lies|lying|is|looms?|waits?|comes)\s)?(?:(?:just|well|right|not far)\s)?(?:underneath|overhead|beneath|"
    r"nearby|eyed|"
    r"in (?:focus|sight|view|play)|beckons|looms|(?:below|above|under|over|ahead|next)(?=\s?(?:$|[.,;|])))",
    re.I,
)
_THAT = re.compile(
    r"\b(?:that|this|said) (?:moving )?(?:average|line|mean|EMA|SMA|MA)(?:,| \(|:| at| is at| sits at| stands at)\s?[~≈]?$", re.I
)


def apposed(piece: Piece, is_value: Sequence[bool], named: set[int]) -> list[Naming]:
    """Names that close what a number before them opens, and so are not of the number that follows."""
    tokens = piece.tokens
    found: list[Naming] = []
    for at, token in enumerate(tokens):
        names = names_of(token)
        if len(names) != 1 or token.kind not in ("average", "word") or at in named or is_no_longer(piece.text, token):
            continue
        before = next((i for i in range(at - 1, max(-1, at - 7), -1) if tokens[i].kind == "number"), None)
        if before is None or not is_value[before] or any(n.number == before for n in found):
            continue
        if any(names_of(tokens[i]) for i in range(before + 1, at)):
            continue
        gap = _UNIT.sub("", piece.text[tokens[before].end : token.start])
        is_tight = _TIGHT.fullmatch(gap) or ("extreme" in token.says and _WHILE_AT_IT.fullmatch(gap))
        is_closed = bool(is_tight and _CLOSES.match(piece.text, token.end))
        is_there = bool(_WHERE.fullmatch(gap)) and not _VALUED_BEHIND.match(piece.text, token.end)
        if (is_closed or is_there) and not _is_named_before(piece, before):
            found.append(Naming(names[0], before, at, WRITTEN if "(" in gap else INFERRED))
    return found


def _is_named_before(piece: Piece, number: int) -> bool:
    """Whether a name right before the number has it for its value: '20-day 2,350, the 50-day'."""
    earlier = next((i for i in range(number - 1, max(-1, number - 5), -1) if names_of(piece.tokens[i])), None)
    if earlier is None or any(t.kind == "number" for t in piece.tokens[earlier + 1 : number]):
        return False
    gap = piece.text[piece.tokens[earlier].end : piece.tokens[number].start]
    return bool(re.fullmatch(r"\s?(?:[:=@~(]|at|is|of|near|around|now|sits at|stands at|\s)*\s?[$€£~]?", gap, re.I))


def named_behind(piece: Piece, is_value: Sequence[bool], used: set[int], named: set[int]) -> Iterator[Naming]:
    """'2,270 (50-day MA)': a name right after a number that has none."""
    tokens = piece.tokens
    for at, token in enumerate(tokens):
        names = names_of(token)
        if len(names) != 1 or at in named or ("extreme" in token.says and is_no_longer(piece.text, token)):
            continue
        if re.match(r"\s?(?:re-?test|test|reclaim|breakout)\b", piece.text[token.end :], re.I):
            continue
        before = next((i for i in range(at - 1, max(-1, at - 9), -1) if tokens[i].kind == "number"), None)
        if before is None or before in used or not is_value[before] or token.kind == "oscillator":
            continue
        if any(names_of(tokens[i]) for i in range(before + 1, at)):
            continue
        gap = _UNIT.sub("", piece.text[tokens[before].end : token.start])
        if _ANOTHER.search(gap) or _ELSEWHERE.match(piece.text, token.end):
            continue
        is_apposed = len(gap) <= LONGEST_GAP and bool(_APPOSED.fullmatch(gap)) and not _AWAY.search(gap)
        if len(gap) <= LONGEST_GAP and (_BACK.fullmatch(gap) or is_apposed):
            yield Naming(names[0], before, at, INFERRED if "(" in gap or "," in gap or ":" in gap else SUPPOSED)


def said_again(piece: Piece, is_value: Sequence[bool], found: Sequence[Naming]) -> Iterator[Naming]:
    """'Resting on the 55-day EMA ...: that average, 1.2928, ...': the value of the average named before."""
    numbers, named = {n.number for n in found}, {n.by for n in found}
    for index, token in enumerate(piece.tokens):
        if not is_value[index] or index in numbers or not _THAT.search(piece.text[max(0, token.start - 40) : token.start]):
            continue
        by = next((i for i in range(index - 1, -1, -1) if piece.tokens[i].kind == "average"), None)
        if by is not None and by not in named and len(piece.tokens[by].names) == 1:
            yield Naming(piece.tokens[by].names[0], index, by, INFERRED)
