"""Which side the words of a sentence give a price: a side word before or behind it, who waits there, what heads the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from levelhead.review.asides import without_asides
from levelhead.review.kinds import turned
from levelhead.review.lexicon import PERIODS, bag_of
from levelhead.review.list_heads import led_by
from levelhead.review.passages import Piece
from levelhead.review.said import LevelSide
from levelhead.review.tokens import Token
from levelhead.review.waiting import awaited

_LINKS = bag_of(
    """
    stacked waits clustered layered parked marked defined set up eyed sitting resting lying coming arrives begins spotted
    level levels zone zones area areas at near around is are of comes come in seen found lies lie sits sit located
    remains remain stands then the first next initial immediate from by between and now still just with expected
    currently rests rest holding waits await awaits down up provided also key line band cluster region for on was has
    been a an its this mark handle region to defined that which as test hold held again further firm strong around
    about both pegged placed starts start begins begin noted eyed appears appear emerges likely towards toward given
    range ranges within where exists overhead against secondary major minor critical good solid interim intermediate
    short term near-term dynamic horizontal structural psychological round number confluence s there above below
    beneath under multi layer price day daily weekly one two three four
    """
)


_AFTER_LINKS = bag_of(
    """
    where sits lies coincides our his their
    level levels zone area mark handle region is as was acts act acting serves serve serving remains remain now the a
    an key major first next near term short immediate initial strong important critical minor former prior previous
    which and that psychological round provides provide offers offer represents represent marks mark will should be
    would to could dynamic horizontal structural solid our being becomes become turns turned into has have been of
    good crucial significant nearest firm may s it last below above beneath underneath only figure line price lone sole
    number today's still both each all same i e ie viz namely weak thin soft light fragile shaky modest tentative decent fair
    heavy stiff stubborn tough sturdy robust reliable tested untested fresh another further additional more rather obvious
    flipped flips flipping switched converted changed reverted morphed
    """
)


_LAST_IN_BRACKET = re.compile(
    r"\((?:last |now |spot |current |price |closed? |closing |at |trading |cmp ){1,3}(?:at )?[:=]?\s?[$€£~≈]?$", re.I
)


def called(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> tuple[LevelSide, int, int]:
    """The side that the words beside a price give it, and the tokens from which to which they stand."""
    tokens = piece.tokens
    if not _LAST_IN_BRACKET.search(piece.text[: tokens[index].start]) and (at := _said_behind(piece, index, is_price)) is not None:
        return _or_nearer(tokens, index, at), index, at
    for i in range(index - 1, max(-1, index - 14), -1):
        if _ends(tokens[i], is_price):
            break
        if "side" in tokens[i].says:
            if governs(piece, i, index) and not _is_of_the_one_before(piece, i, index, is_price):
                return tokens[i].says["side"], i, index  # type: ignore[return-value]
            break
        if "agent" in tokens[i].says and (side := awaited(tokens, i, index)):
            return side, i, index
    return led_by(piece, index), index, index


def _ends(token: Token, is_price: Callable[[Token], bool]) -> bool:
    """Whether no side is looked for beyond a token: at a price or where a sentence ends."""
    return is_price(token) or (token.kind == "mark" and token.text in ".;!?→")


def _said_behind(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> int | None:
    """The token behind a price that says its side, None where none does."""
    tokens = piece.tokens
    past = _past(piece.text)
    for i in range(index + 1, min(len(tokens), index + FARTHEST)):
        if _ends(tokens[i], is_price):
            return None
        if "side" not in tokens[i].says:
            continue
        if i == index + 1 and index and tokens[index - 1].kind == "instrument" and i + 1 < len(tokens) and is_price(tokens[i + 1]):
            return None  # 'ES 6,728 support 6,700 resistance 6,755': each side leads its price
        if any(a <= tokens[i].start < b for a, b in past) and _is_said_anew(tokens, index, i, is_price, past):
            continue
        if _DONE_BY.match(piece.text[tokens[i].start :]):
            return None  # 'trades near 46,100 and remains capped by the average'
        gap = _IN_PERCENT.sub("", piece.text[tokens[index].end : tokens[i].start].removeprefix(")"))
        if _FORMERLY.search(gap):
            continue  # '2,480 (formerly resistance), … as support'
        is_verb = tokens[i].text.lower() in ("offers", "caps", "supports")
        at = i + 1 if is_verb and i + 1 < len(tokens) and "side" in tokens[i + 1].says else i  # 'offers support': and its object
        links = [t for t in tokens[index + 1 : i] if not any(a <= t.start < b for a, b in past)]
        is_said = all(_is_small(t, _AFTER_LINKS) for t in links) or _is_apart(gap) or _is_called(tokens, index, i, gap)
        is_said = is_said or _is_taken_as(piece, index, tokens[i].start) or bool(_ADJECTIVE.fullmatch(gap))
        return at if is_said and not _claims_next(piece, at, is_price, gap) else None
    return None


_DONE_BY = re.compile(r"(?:capped|supported|held|limited|contained|blocked|rejected|underpinned)(?: up)? by\b", re.I)
_ADJECTIVE = re.compile(  # '0.6413 cluster support': whatever the word is, where it is none that joins
    r"\s(?!(?:is|was|as|to|from|then|before|after|with|against|without|towards?|and|or|but|for|if|on|in|at|by|under|over|than|via|no|"
    r"not|has|had|beyond|past|through|into|near|until|unless|once|while|breaks?|holds?|failed|lost|found|finds)\s)[a-z-]{3,16}\s"
)
_IN_PERCENT = re.compile(r"^\s?\([^()]{0,12}%[^()]{0,12}\)")  # 'a drop to 6,289 (30 %), where the gap is support'
_TAKEN = re.compile(
    r"\b(?:look(?:ing)? (?:to|at)|regard|see|treat|mark|have|watch|note|view|count|consider|take|use|keep|put|place|name|"
    r"identify|cite|highlight|flag|pencil in|expect|make)\w*\s(?:\w+\s){0,3}?(?:US)?[$€£~≈]?$",
    re.I,
)
_AS = re.compile(r",?(?:[^.;:]|\.\d){0,120},?\sas\s(?:the\s|a\s|an\s|our\s|its\s|my\s)?(?:[\w-]+\s){0,3}?$", re.I)


def _is_taken_as(piece: Piece, index: int, side: int) -> bool:
    """'We would look to 3,973, the 38.2% retracement of the rally, as the support': what a price is taken as, at a distance."""
    token = piece.tokens[index]
    return bool(_TAKEN.search(piece.text[max(0, token.start - 60) : token.start])) and bool(
        _AS.fullmatch(piece.text[token.end : side])
    )


FARTHEST = 20  # tokens behind a price


@lru_cache(maxsize=64)
def _past(text: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence speaks of sides of the past; asked of each of its prices in turn."""
    return turned(text)


def _is_said_anew(
    tokens: Sequence[Token], index: int, at: int, is_price: Callable[[Token], bool], past: Sequence[tuple[int, int]]
) -> bool:
    """Whether the price at `index`, of which a side of the past is said at `at`, is given another in the same breath."""
    end = next((i for i in range(at + 1, len(tokens)) if is_price(tokens[i]) or tokens[i].text in ";!?"), len(tokens))
    start = next((i + 1 for i in range(index - 1, -1, -1) if is_price(tokens[i]) or tokens[i].text in ";!?"), 0)
    near = (*tokens[at + 1 : end], *tokens[start:index])
    return any(t.says.get("side") in ("support", "resistance") and not any(a <= t.start < b for a, b in past) for t in near)


def _is_of_the_one_before(piece: Piece, side: int, index: int, is_price: Callable[[Token], bool]) -> bool:
    """'3,997 is support, and we sit at 4,065': a side said behind a price is the next one's only where a list goes on."""
    tokens = piece.tokens
    before = next((i for i in range(side - 1, max(-1, side - 6), -1) if is_price(tokens[i])), None)
    if before is None or not re.fullmatch(
        r"\s(?:(?:is|as|was|acts as|remains|serves as)\s)?(?:(?:a|the|our)\s)?(?:(?:key|first|major|minor|strong|weak)\s)?",
        piece.text[tokens[before].end : tokens[side].start],
    ):
        return False
    return not _linked(tokens, side, index, _LINKS)


# Words behind which a clause tells of something else: '2,350 just under the average, which is resistance'.
_PLACES_IT = (
    "to|into|from|towards?|above|below|under|over|with|against|at|near|before|after|and|but|or|while|than|of|for|on|in|by|through|"
    "averages?|high|low|line|gap"
)


def _is_apart(gap: str) -> bool:
    """Whether a side word stands in the bracket or behind the dash that follows a price: '2,350 (old support)', '2,350 – the "
    "support'."""
    return bool(
        re.match(
            r"\s(?:does|do|will|would|can)\s(?:one|we|it|you|price|they)\s(?:meet|find|see|hit|run into|"
            r"encounter)\s(?:\w+\s){0,2}$|"
            r"\s(?:as|for)\s(?:\w+\s){0,3}$|,?\s(?:is |was |are |being )?(?:where|which|that|what)\s[^.;,\d]{0,60}$|"
            r"\s(?:lies?|is|are|was|sits?|stands?|forms?|has become|marks|represents|remains|makes|becomes|looks like|"
            r"constitutes|offers|comes)"
            r"\s(?:(?!not|no|above|below|near|under|over|before|after|ahead|between|beyond|with)[a-z-]+\s){0,5}$|"
            r"\s?(?:for [^,;()\d]{0,32})?\([^()]{0,50}$|\s(?:\([^()]{0,16}\)\s)?[–—-]\s[^,.;–—]{0,56}$|"
            r"\s?=\s?[^=,.;]{0,32}(?:=\s?)?$|"
            rf"(?:\s(?!(?:{_PLACES_IT})\b)[\w'’/-]+){{1,4}},\s(?:which|where)\s(?!(?:is|was) not\b)[^.;,\d]{{0,60}}$|"
            r"\s[–—-]\s(?!.*\d)[^.;]{0,24},\s(?:\w+\s){0,2}$|"
            r"\s?[:,–—-]\s(?:[^.;:\d]{0,48}[,–—]\s)?(?:and\s)?(?:so\s)?(?:now|today|currently|therefore|thus|hence)\s(?:\w+\s)?$",
            gap,
        )
    )


_FORMERLY = re.compile(
    r"\b(?:what (?:was|had been)|used to be|formerly|previously|erstwhile|once|no longer|not|hardly|neither)\s(?:a\s|the\s|"
    r"our\s)?(?:\w+\s)?$",
    re.I,
)
_COPULA = re.compile(
    r"(?:^|,)\s?(?:[\w'’-]+\s){0,5}?(?:is|are|was|as|acts|serves|remains|becomes|became|provides|offers|forms|marks|represents|"
    r"constitutes|makes|offer|provide|act|serve|form|mark|give|gives|"
    r"looks|counts|doubles|functions|works|stays)\s",
    re.I,
)


def _is_called(tokens: Sequence[Token], index: int, side: int, gap: str) -> bool:
    """'The 133.00 figure is psychological resistance': nothing between a price and what it is called speaks of another."""
    if (
        side - index > LONGEST_CALL
        or not _COPULA.search(re.sub(r"\s+", " ", _BEYOND_DOUBT.sub("", gap)))
        or re.search(r"[;:()|]|,?\s(?:and|but|while)\s(?:the|its|our|a)\s", gap)
    ):
        return False
    start = tokens[index].end
    said = [(m.start() + start, m.end() + start) for m in _BEYOND_DOUBT.finditer(gap)]
    between, following = tokens[index + 1 : side], tokens[index + 2 : side + 1]
    return all(
        keeps_side(t) or _only_places(t, after) or any(a <= t.start < b for a, b in said)
        for t, after in zip(between, following, strict=True)
    )


_BEYOND_DOUBT = re.compile(
    r"\bbeyond (?:\w+ )?doubt\b|\b(?:atop(?: of)?|on top of|above|below|beneath|under|over|underneath|before|behind|after) (?:it|"
    r"that|them|"
    r"this|there|here)\b",
    re.I,
)
LONGEST_CALL = 18  # tokens


# Words behind which a price is no longer the one of which the side was spoken.
_ENDS_SIDE = bag_of(
    """
    but while whereas although though if until unless because since so when once after before as whether than versus vs or
    traded reached hit touched printed reversed rallied fell rose dropped climbed slipped bounced gained lost closed opened
    into through towards toward targeting
    """
)


def governs(piece: Piece, side: int, price: int) -> bool:
    """Whether a side word before a price speaks of it: nothing between them gives the price another part."""
    tokens = piece.tokens
    between = without_asides(tokens[side + 1 : price], piece.text)
    if any(t.kind == "mark" and t.text in ";!?" for t in between):
        return False
    if _denied(between[-1:]):
        return False
    negated = _denied(tokens[max(0, side - 3) : price])
    following = (*between[1:], tokens[price])
    return all(
        keeps_side(t) or _only_places(t, after) or (negated and t.text.lower() in _EXCEPT)
        for t, after in zip(between, following, strict=False)
    ) and not (_turns_to_another(between) or _NEXT_ACT.search(piece.text[tokens[side].end : tokens[price].start]))


# 'The call wall rolls up and we see 6,950': what happens then
_NEXT_ACT = re.compile(
    r"\b(?:and|so|then)\s(?:we|it|they|you|i|price|bulls|bears|the (?:market|index|price))\s(?:\w+\s)?"
    r"(?:sees?|go(?:es)?|reach(?:es)?|hits?|prints?|gets?|trades?|tags?|tests?|targets?|heads?|runs?|moves?|visits?)\s"
    r"(?:(?:to|for|toward|back to|into|about|the)\s){0,2}[$€£~≈]?$",
    re.I,
)


_EXCEPT = frozenset(("before", "until", "till", "but", "except", "besides", "short"))


def _denied(tokens: Sequence[Token]) -> bool:
    """'No support before 2,350': a denial of all but what follows."""
    return any(
        t.text.lower().replace("’", "'").endswith("n't") or t.text.lower() in ("no", "not", "nothing", "none") for t in tokens
    )


def _turns_to_another(between: Sequence[Token]) -> bool:
    """'…, the preferred route is': a new subject behind a comma."""
    comma = next((n for n in range(len(between) - 1, -1, -1) if between[n].text == ","), None)
    if comma is None:
        return False
    clause = between[comma + 1 :]
    verb = next((n for n, t in enumerate(clause) if t.text.lower() in ("is", "are", "was", "stands", "sits", "comes")), 0)
    return (
        verb > 1
        and clause[0].text.lower() in ("the", "a", "an", "my", "our", "its", "their")
        and any(not _is_small(t, _LINKS) for t in clause[1:verb])
    )


def _only_places(token: Token, after: Token) -> bool:
    """'just below at 3.25': a word for above or below that names no price of its own."""
    return "beyond" in token.says and after.text.lower() in _NO_PRICE


_NO_PRICE = bag_of(
    """
    at it that there here in near is are was were has have had remains remain acts act serves should would could may might can will
    continues , )
    """
)


def keeps_side(token: Token) -> bool:
    """Whether a word between a side and a price leaves the price that side."""
    if _is_small(token, _LINKS):
        return True
    if token.kind in ("oscillator", "percent") or token.text in ("(", "|", "→"):
        return False
    says = token.says
    if token.text.lower() == "until":
        return True
    if any(k in says for k in ("target", "stop", "entry", "last", "beyond")):
        return False
    if "event" in says and says["event"] != "hold":
        return False
    return token.text.lower() not in _ENDS_SIDE


def _or_nearer(tokens: Sequence[Token], index: int, at: int) -> LevelSide:
    """'(Pivot Level) now acts as resistance': a side behind the word pivot."""
    if tokens[at].says["side"] == "pivot":
        for i in range(at + 1, min(len(tokens), at + 7)):
            if tokens[i].says.get("side", "pivot") != "pivot" and _linked(tokens, at, i, _AFTER_LINKS):
                return tokens[i].says["side"]  # type: ignore[return-value]
    return tokens[at].says["side"]  # type: ignore[return-value]


_SAY_WHERE = frozenset(
    ("is", "are", "at", "lies", "sits", "comes", "waits", ":", "→", "would", "emerges", "appears", "stands", "rests")
)


def _claims_next(piece: Piece, at: int, is_price: Callable[[Token], bool], gap: str) -> bool:
    """Whether the side word belongs to the price that follows it: '2,420, support at 2,350'."""
    tokens = piece.tokens
    says_where = at + 1 < len(tokens) and tokens[at + 1].text.lower() in _SAY_WHERE
    if not says_where and at + 1 < len(tokens) and is_price(tokens[at + 1]) and not re.search(r"\d\s?[)(=]|^\s?[(=]", gap):
        says_where = not (at + 2 < len(tokens) and "side" in tokens[at + 2].says)
    if not says_where and (not re.search(r"[,:|]|\band\b", gap) or _IS_IT.search(gap)):
        return False
    following = None
    for i in range(at + 1, min(len(tokens), at + 9)):
        if tokens[i].kind == "mark" and tokens[i].text in ".;!?":
            break
        if is_price(tokens[i]):
            following = i
            break
    if following is None or _GOES_OVER.match(piece.text[tokens[at].end : tokens[following].start]):
        return False
    return governs(piece, at, following)


# '5,342, is now support and the other at 5,499 is resistance'
_IS_IT = re.compile(
    r"\b(?:is|are|acts as|serves as|remains|becomes|became)\s(?:(?:now|still|again|the|a|an|our|first|key)\s)*$", re.I
)
# Behind 'our support, and' another price begins.
_GOES_OVER = re.compile(r"\s?[,)]\s?(?:and|but|while|whereas|with|then)\b(?!\s(?:the |at |near )*[$€£~≈]*$)", re.I)


def _linked(tokens: Sequence[Token], first: int, last: int, links: frozenset[str]) -> bool:
    """Whether nothing but names and small words stands between two tokens."""
    return all(_is_small(t, links) for t in tokens[first + 1 : last])


_NAMES = ("extreme", "role", "line", "round", "gap", "fibonacci", "profile")


def _is_small(token: Token, links: frozenset[str]) -> bool:
    if token.kind in ("average", "pivot", "date", "instrument", "count") or (token.kind == "mark" and token.text in ":(),|"):
        return True
    word = token.text.lower()
    return word in links or word in PERIODS or any(n in token.says for n in _NAMES) or set(word.replace("-", " ").split()) <= links
