"""Sides that several prices of a sentence share, or that a later clause gives: '…, both supports', 'treat it as resistance'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from levelhead.review.asides import without_asides
from levelhead.review.dates import MONTH
from levelhead.review.level_sides import governs, keeps_side
from levelhead.review.lexicon import PERIODS, bag_of
from levelhead.review.passages import Piece
from levelhead.review.said import LevelSide
from levelhead.review.tokens import Token

LONGEST_CHAIN = 16  # tokens
LONGEST_LIST = 120  # tokens from a price to what is said of it and of all behind it
FARTHEST_BACK = 130  # characters from a price to the word that points back at it
_JOINERS = bag_of(
    """
    again where our near so does do after
    ahead of all on
    and one ones then followed by with next at or further secondly also a the below above that there beyond before
    near finally lastly ultimately underneath under overhead higher lower just right beneath farther
    """
)
_ORDINALS = bag_of(
    "second next then another third further also last final after beneath behind beyond followed below above ahead and or"
)
_FILLER = re.compile(
    r",?\s?\b(?:should (?:that|it|this|the former|the first|the level) (?:give way|fail|break|go|crack|not hold|be (?:lost|broken|"
    r"taken out|cleared))|(?:if|once|when|in case) (?:that|it|this) (?:gives way|fails|breaks|goes|cracks|is (?:lost|broken|taken "
    r"out|cleared))|failing (?:that|which)|last but not least|as well as|to a lesser extent|less importantly|more importantly|"
    r"last (?:week|month|year|quarter|session|night|spring|summer|autumn|fall|winter|\w+day|"
    + MONTH
    + r")(?:['’]s)?|for the (?:long haul|brave|patient)|in turn|of course|perhaps|"
    r"possibly|thereafter|underneath that|lower down|higher up|further (?:down|up|out|afield|below|"
    r"above)|"
    r"not far (?:behind|below|above)|just (?:behind|below|above))\b,?",
    re.I,
)


def chained(piece: Piece, before: int, index: int) -> bool:
    """Whether a price goes on in the list of the one before it: 'and the second is', 'then the gap between'."""
    end, start = piece.tokens[before].end, piece.tokens[index].start
    if (
        _MAGNET.match(piece.text[piece.tokens[index].end :])
        or _APART.match(piece.text[end:])
        or _is_condition(piece, end, index)
        or _TOWARDS.search(piece.text[end:start])
    ):
        return False
    between = _without_filler(piece, before, index)
    is_apart = _links(between, is_apart=_has_filler(piece, before, index) or "&" in piece.text[end:start])
    if is_apart is None:
        return False
    if _GOES_THERE.search(piece.text, end, start) or not _says_no_more(between) or _says_another(between):
        return comes_next(piece, index)
    return len(between) <= LONGEST_CHAIN and (is_apart or len(between) <= 1 or comes_next(piece, index))


_BEYOND = re.compile(
    r"[;,]\s(?:and\s|but\s|while\s)?(?:above|below|over|under|beyond|past|beneath|underneath)\s(?:the\s)?[$€£~≈]?$", re.I
)
_BECOMES = re.compile(r"\s(?!(?:and|then|is|are|was|as|where|comes?|lies?|sits?|stands?|at|near|with|which)\b)[a-z]+\s[a-z]", re.I)


def _is_condition(piece: Piece, end: int, index: int) -> bool:
    """'57.20 is support; above 60.50 the picture would brighten': what would come of a move beyond the price."""
    token = piece.tokens[index]
    return bool(_BEYOND.search(piece.text[end : token.start])) and bool(_BECOMES.match(piece.text[token.end :]))


_MAGNET = re.compile(
    r"\)?\s(?:would |will |may |could |should |then )?(?:become|be|is|becomes|turns into|comes? up as)\s(?:the |a |our )?"
    r"(?:next |new |likely |obvious )?(?:magnet|target|objective|destination|goal|aim|draw)\b",
    re.I,
)


def _says_another(between: Sequence[Token]) -> bool:
    """Whether the words between two prices say what something else is."""
    words = {t.text.lower() for t in between}
    says_is = any(t.text.lower() in _IS for t in between) and not _within_brackets(between, _IS)
    depth = sum(t.text == "(" for t in between) - sum(t.text == ")" for t in between)
    named = any(t.kind == "average" for t in between)
    return (
        (depth > 0 and not named)
        or (says_is and not words & (_ORDINALS - {"and", "or"}))
        or (named and says_is and "then" not in words)
    )


_IS = frozenset(("is", "are", "was", "were", "stands", "sits"))


def _within_brackets(between: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether every one of the words stands in brackets."""
    depth = 0
    for token in between:
        depth += (token.text == "(") - (token.text == ")")
        if depth <= 0 and token.text.lower() in words:
            return False
    return True


def _links(between: Sequence[Token], *, is_apart: bool) -> bool | None:
    """Whether something parts two prices of one list; None where they are not in one."""
    depth = 0
    for token in between:
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
        elif depth > 0:
            continue
        elif (token.kind == "mark" and token.text in ",:;|") or token.text.lower() in _ORDINALS:
            is_apart = True
        elif not (keeps_side(token) or set(token.text.lower().split()) <= _JOINERS):
            return None
    return is_apart


# 'below which the price might accelerate toward 88,500': where a move goes, not what comes next
_TOWARDS = re.compile(
    r",\s(?:then\s|back\s|up\s|down\s)?(?:towards?|heading for|en route to|with a target of|targeting)\s[$€£~≈]?$", re.I
)
_GOES_THERE = re.compile(
    r"\b(?:would|could|might|may|can|will)\s(?:then\s|also\s|well\s|quickly\s)?(?!be\b|find|come|lie|sit|offer|provide|act|serve|"
    r"have|see\b|also\b|then\b|prove|follow|step|emerge|appear|wait)[a-z]+",
    re.I,
)
_APART = re.compile(
    r"\s(?:underneath|overhead|(?:down )?below|above|beneath|underfoot|up top|on top|"
    r"upstairs|downstairs)\s?[,;]\s?(?:and\s|with\s|while\s)?[$€£~≈]?\d",
    re.I,
)


def _says_no_more(between: Sequence[Token]) -> bool:
    """Whether nothing but joiners and names stands behind a semicolon: '…; then the gap at'."""
    at = next((n for n in range(len(between) - 1, -1, -1) if between[n].text == ";"), None)
    return at is None or all(
        t.kind in ("average", "date", "count", "mark")
        or set(t.text.lower().split()) <= _JOINERS | _ORDINALS | PERIODS
        or any(k in t.says for k in ("extreme", "fibonacci", "gap", "line", "round", "role"))
        or t.text.lower() in _LISTING
        for t in between[at + 1 :]
    )


def _without_filler(piece: Piece, before: int, index: int) -> Sequence[Token]:
    """The tokens between two prices but for what only joins them: 'should that give way', 'last but not least'."""
    between = without_asides(piece.tokens[before + 1 : index], piece.text)
    start = piece.tokens[before].end
    gap = piece.text[start : piece.tokens[index].start]
    said = [(m.start() + start, m.end() + start) for m in _FILLER.finditer(gap)]
    if told := _TOLD.match(gap):
        said.append((told.start() + start, told.end() + start))
    return [t for t in between if not any(a <= t.start < b for a, b in said)] if said else between


# ', the November breakout area, and beneath that at': what the first price is, told before the list goes on
_TOLD = re.compile(
    r"\s?,\s(?:the|an?|its|our|(?:last|this|that)(?: week| month)?[’']?s?|[A-Z][a-z]+[’']s|scene of|site of|home of)\s"
    r"[^,;:()]{3,60}"
    r"(?=,\s(?:and|then|with|followed)\b)"
)


def _has_filler(piece: Piece, before: int, index: int) -> bool:
    """Whether words that only join two prices stand between them."""
    start = piece.tokens[before].end
    return bool(_FILLER.search(piece.text, start, piece.tokens[index].start))


_NEXT = re.compile(
    r",?\s(?:comes?|coming|is|are|being|as|serv\w+ as|act\w* as|mak\w+|follows?|stands?|ranks?)?\s?(?:as\s|then\s|in\s)?(?:the\s|"
    r"a\s)?"
    r"(?:second(?:ary)?|third|fourth|next|another|other|one more|number (?:two|three)|follows|later|behind it|after (?:that|it))\b"
    r"(?!\s(?:target|stop|objective|time|test|week|month|day))",
    re.I,
)


def comes_next(piece: Piece, index: int) -> bool:
    """Whether the words behind a price put it into the list before it: '2,300 comes second'."""
    return bool(_NEXT.match(piece.text[piece.tokens[index].end :]))


_SHARED = re.compile(
    r"\b(?:both|each|all|either|the two|the three|the pair|are|act|serve|offer|provide|remain|form|mark|represent|constitute|were|"
    r"lie|sit|come|make|supports|resistances|floors|ceilings|hurdles|barriers|cushions|lids|underneath|overhead|below|above|"
    r"beneath)\b",
    re.I,
)
_LISTING = bag_of("round the at and or & then our its a near around on of by in with plus to is then")


def shares_side(piece: Piece, earlier: int, index: int, last: int) -> bool:
    """Whether the price at `earlier` stands in one list with that at `index`, whose side is said behind it, up to token `last`.

    '1.0935 and 1.0902 are the supports', 'between the average at 19.42 and the line at 18.85, both supports'.
    """
    between = piece.tokens[earlier + 1 : index]
    if not between or len(between) > LONGEST_CHAIN or not _lists(between):
        gap = piece.text[piece.tokens[earlier].end : piece.tokens[index].start]
        if between or not re.fullmatch(r"\s?[/·•|&,]?\s?[$€£]?", gap):
            return False
    behind = piece.text[piece.tokens[index].end : piece.tokens[last].end if last > index else piece.tokens[index].end + 24]
    joined = any(t.text.lower() == "and" for t in between) and "(" not in behind
    return joined or bool(_SHARED.search(behind))


_OF_BOTH = re.compile(
    r"[,;–—]\s(?:and\s)?(?:(?P<two>both|the two|these two|they both)|(?P<three>all three|the three|all of (?:them|these)))\s"
    r"(?:of (?:them|these|which) )?(?:are|act as|serve as|count as|make|offer|provide|remain|form)\s(?:\w+\s){0,2}$",
    re.I,
)


def says_of_both(piece: Piece, index: int, last: int) -> int:
    """How many prices before that at `index` share its side, as '…; both are resistance' says at token `last`."""
    found = _OF_BOTH.search(piece.text[piece.tokens[index].end : piece.tokens[last].start]) if last > index else None
    return 0 if found is None else 2 if found["three"] else 1


def _lists(between: Sequence[Token]) -> bool:
    """Whether nothing but what lists and names stands between two prices."""
    depth = 0
    for token in between:
        word = token.text.lower()
        depth += (word == "(") - (word == ")")
        if depth > 0 or token.kind in ("average", "count", "date", "percent") or word in PERIODS or word in _LISTING:
            continue
        if (token.kind == "mark" and word in ",|:)") or any(
            k in token.says for k in ("extreme", "fibonacci", "gap", "line", "round", "profile")
        ):
            continue
        return False
    return depth == 0


_POINTS = re.compile(
    r"(?:(?:^|[,;:.–—-])\s*(?:and\s|so\s|but\s|hence\s)?(?:which|that|this|it|so there|these|those|here|both|the (?:level|zone|"
    r"area|"
    r"line))"
    r"(?:['’]s)?\s(?:(?:is|are|as|makes?|made|now|the|your|our|my|a|an|its|first|next|only|new|lies|we|i|you|they|treat|call|see|"
    r"regard|"
    r"consider|use|acts|serves|must|be|should|will|become|becomes|has|have|been|clear|good|strong|key|that|it|to|me|us|beyond|"
    r"doubt|"
    r"in|my|book|obvious|still|what|of|all)\s){0,7}"
    r"|\b(?:treat|count|counts|use|regard|see|view|take|call|consider|make|made|makes|making|leaving|leaves|turning|turns|think|mark|marks|have|read|label|log|file|"
    r"note|keep|rate|respect|watch)\s(?:\w+\s){0,3}?(?:it|that|this|"
    r"them|these|"
    r"those)\s(?:as\s|on\s|down as\s|into\s)?(?:[\w-]+\s){0,3}?"
    r"|\b(?:that|this|the same|said|those|these)\s(?:gap|line|average|low|high|peak|zone|level|area|mark|price|figure|shelf|"
    r"neckline|number|one|trough|top|bottom|channel|handle)s?\s(?:is|are|was|acts|act|serves|makes|remains|becomes|still|now)\s"
    r"(?:\w+\s){0,3}?)$",
    re.I,
)
_THERE = re.compile(r"\s(?:there|here|at (?:that|this) (?:price|level))\b", re.I)


def pointed_at(piece: Piece, index: int, is_price: Callable[[Token], bool], following: Piece | None) -> tuple[LevelSide, int]:
    """The side that words behind a price give it by pointing back at it, and the token to which they stand.

    'Rejected twice; treat it as resistance', 'that is your support', and in the next sentence 'Support there is thin'.
    """
    tokens = piece.tokens
    if _WE_ARE_AT.search(piece.text[max(0, tokens[index].start - 40) : tokens[index].start]):
        return "", index
    end = piece.tokens[index].end
    after = next((i for i in range(index + 1, len(tokens)) if is_price(tokens[i])), None)
    for i in range(index + 1, len(tokens) if after is None else after):
        if tokens[i].start - end > FARTHEST_BACK:
            return "", index
        if tokens[i].says.get("side") in ("support", "resistance"):
            gap = piece.text[end : tokens[i].start]
            if _NO_LONGER.search(re.split("[,;]", gap)[-1]):
                continue
            is_next = after is not None and governs(piece, i, after)
            if _POINTS.search(gap) and not (is_next and not re.match(r"\s?,", piece.text[tokens[i].end :])):
                return tokens[i].says["side"], i  # type: ignore[return-value]
            return "", index
    if after is not None or following is None:
        return "", index
    first = next((t for t in following.tokens if t.says.get("side") in ("support", "resistance")), None)
    if first is None or first.start > FARTHEST_BACK or first.text.lower() == "overhead" or _OF_ANOTHER.match(following.text):
        return "", index
    if any(is_price(t) for t in following.tokens[: following.tokens.index(first) + 3]):
        return "", index
    points = _POINTS.search("." + following.text[: first.start]) or (first.start <= 8 and _THERE.match(following.text[first.end :]))
    return (first.says["side"] if points else ""), index  # type: ignore[return-value]


_WE_ARE_AT = re.compile(
    r"\b(?:price|spot|market|index|last|it|we)\s(?:is|are|sits|stands|trades|trading|now)\s(?:at|near|around)\s[$€£~≈]?$", re.I
)
_OF_ANOTHER = re.compile(r"\W*the\b", re.I)
_NO_LONGER = re.compile(r"\b(?:not|no longer|never|was|once|former\w*|until|lost|broke\w*)\b", re.I)


_ARE_LEVELS = re.compile(
    r"\s(?:are|were|remain|make|form|stay)\s(?:[\w'’-]+\s){0,3}?(?:levels?|lines|references?|reference points|areas|zones|marks|"
    r"numbers|ones)\b",
    re.I,
)


@lru_cache(maxsize=64)
def _last_call(text: str) -> int:
    """Where a sentence last says that something are levels; asked of each of its prices in turn. -1: nowhere."""
    return max((found.start() for found in _ARE_LEVELS.finditer(text)), default=-1)


def called_levels(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> bool:
    """Whether a price stands in a list of which it is said that they are levels: 'VAH 5,901, POC 5,893 are today's levels'."""
    if _last_call(piece.text) < piece.tokens[index].end:
        return False
    at = index
    for after in range(index + 1, len(piece.tokens)):
        if not is_price(piece.tokens[after]):
            continue
        if not _lists(piece.tokens[at + 1 : after]) or after - index > LONGEST_LIST:
            return False
        at = after
    return bool(_ARE_LEVELS.match(piece.text[piece.tokens[at].end :]))
