"""Levels in sentences: prices called support, resistance or pivot, and those that must hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from levelhead.review.kinds import extreme_in, words_of
from levelhead.review.lexicon import PERIODS, bag_of
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, LevelSide, ReadLevel
from levelhead.review.tokens import Token

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
    beneath under multi layer price day daily weekly
    """
)


_AFTER_LINKS = bag_of(
    """
    where sits lies coincides our his their
    level levels zone area mark handle region is as was acts act acting serves serve serving remains remain now the a
    an key major first next near term short immediate initial strong important critical minor former prior previous
    which and that psychological round provides provide offers offer represents represent marks mark will should be
    would to could dynamic horizontal structural solid our being becomes become turns turned into has have been of
    good crucial significant nearest firm may s
    """
)


_JOINERS = bag_of(
    """
    again where our near
    ahead of all on
    and one ones then followed by with next at or further secondly also a the below above that there beyond before
    near finally lastly ultimately
    """
)


_HOLD = re.compile(
    r"\b(?:(?:need|needs|must|has to|have to|should)\s(?:be able to\s|to\s)?(?:hold|remain|stay|keep|trade|close|"
    r"defend)s?(?:\s(?:price|prices))?(?:\s(?:above|over))?|"
    r"defended)\b[\w\s]{0,24}\(?[\s$~≈]{0,3}$",
    re.I,
)
_LEVEL_IS = re.compile(
    r"\b(?:first|next|key|main|important|critical|big|crucial|major|immediate|nearest|initial|only|"
    r"last)\s(?:\w+\s)?levels?\s(?:(?:to watch|up|down|higher|lower|above|below|here|now)\s)?(?:is|are|at|of|sits at|"
    r"comes in at)\s",
    re.I,
)


def prose_levels(passage: Passage, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    """Prices that a sentence calls support, resistance or pivot, and those it says must hold."""
    for piece in passage.pieces:
        if len(piece.tokens) < 2:
            continue
        names = names_by_number(piece, prices)
        before: tuple[int, LevelSide] | None = None
        for index, token in enumerate(piece.tokens):
            if not prices.is_price(token):
                continue
            side, first, last = _called(piece, index, prices.is_price)
            if not side and before is not None and _chained(piece, before[0], index):
                side, first, last = before[1], index, index
            sure, is_level = WRITTEN, bool(side)
            if not side:
                side, first, is_level = _implied(passage, piece, index)
                last, sure = index, SUPPOSED
            before = (index, side) if side else None
            if not is_level:
                continue
            first = _earlier(piece, first)
            following = next((i for i in range(index + 1, len(piece.tokens)) if prices.is_price(piece.tokens[i])), None)
            words = words_of(piece.text, piece.tokens, piece.tokens[min(first, index)].start, _reach(piece, index, last, following))
            yield level_at(
                piece,
                index,
                side=side,
                label=words.text,
                words=words.tokens,
                text=words.text,
                names=names.get(index, []),
                sure=sure,
                has_pivots=has_pivots,
            )


def _implied(passage: Passage, piece: Piece, index: int) -> tuple[LevelSide, int, bool]:
    """A price that must hold, that 'the next level' is, or that a sentence about levels names as a high or low."""
    token = piece.tokens[index]
    before = piece.text[max(0, token.start - 80) : token.start]
    if passage.place.topic in ("setups", "scenarios"):
        return "", index, False
    if _HOLD.search(before):
        return "support", index, True
    about = _LEVEL_IS.search(before)
    if about and not re.search(
        r"[.;]|\d", before[about.end() :].replace("50-day", "").replace("200-day", "").replace("100-day", "")
    ):
        return "", index, True
    is_listed = passage.place.topic == "levels" or any("side" in t.says for t in piece.tokens)
    for i in range(index - 1, max(-1, index - 5), -1):
        if "extreme" in piece.tokens[i].says:
            near = all(
                t.text.lower() in ("is", "at", "near", "of", "around", "(", ":", "was", "in") for t in piece.tokens[i + 1 : index]
            )
            named = near and extreme_in(piece.text, piece.tokens[max(0, i - 2) : i + 1]) != ""
            return "", max(0, i - 2), is_listed and named
    return "", index, False


def _earlier(piece: Piece, first: int) -> int:
    """Two words back, where they say what kind of level it is: 'psychological support', 'gap support'."""
    for i in range(first - 1, max(-1, first - 3), -1):
        if any(k in piece.tokens[i].says for k in ("round", "gap", "fibonacci", "line", "role")):
            return i
    return first


_PARTS = re.compile(r",|;|:|\s[–—-]\s|[–—]|\b(?:and|then|followed by|ahead of|before|with|while|but|whereas|though|plus)\b")
_LEAVES = re.compile(r"with|while|but|whereas|though|before|ahead of")
LONGEST_TRAIL = 90


def _reach(piece: Piece, index: int, last: int, following: int | None) -> int:
    """To the end of what is said of a price behind it: its bracket, and the apposition that is not yet the next price's."""
    end = piece.tokens[max(index, last)].end
    stop = piece.tokens[following].start if following is not None else len(piece.text)
    if bracket := re.match(r"\s?\([^()]{1,80}\)", piece.text[end:]):
        end += bracket.end()
    trail = piece.text[end : max(end, stop)][:LONGEST_TRAIL]
    if not re.match(r"\s?(?:,|–|—|-\s|:|where|which|that is|the|or|i\.e)", trail):
        return end
    cuts = [(m.start(), m.end(), m.group()) for m in _PARTS.finditer(trail)]
    away = next((n for n, (_, _, word) in enumerate(cuts) if _LEAVES.fullmatch(word)), len(cuts))
    if away < len(cuts):
        return end + cuts[away][0]
    if following is None and stop - end <= LONGEST_TRAIL:
        return stop
    return end + (cuts[-1][0] if cuts else 0)


def _called(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> tuple[LevelSide, int, int]:
    """The side that the words beside a price give it, and the tokens from which to which they stand."""
    tokens = piece.tokens
    for i in range(index + 1, min(len(tokens), index + 13)):
        if is_price(tokens[i]) or (tokens[i].kind == "mark" and tokens[i].text in ".;!?→"):
            break
        if "side" in tokens[i].says:
            gap = piece.text[tokens[index].end : tokens[i].start]
            is_said = _linked(tokens, index, i, _AFTER_LINKS) or _is_apart(gap)
            if is_said and not _claims_next(piece, i, is_price, gap):
                return _or_nearer(tokens, index, i), index, i
            break
    for i in range(index - 1, max(-1, index - 14), -1):
        if is_price(tokens[i]) or (tokens[i].kind == "mark" and tokens[i].text in ".;!?→"):
            break
        if "side" in tokens[i].says:
            if _governs(tokens, i, index):
                return tokens[i].says["side"], i, index  # type: ignore[return-value]
            break
    return "", index, index


def _is_apart(gap: str) -> bool:
    """Whether a side word stands in the bracket or behind the dash that follows a price: '2,350 (old support)', '2,350 – the "
    "support'."""
    return bool(
        re.match(
            r",?\s(?:where|which|that|what)\s[^.;,\d]{0,50}$|\s?\([^()]{0,50}$|\s[–—-]\s[^,.;–—]{0,40}$|"
            r"\s[–—-]\s(?!.*\d)[^.;]{0,24},\s(?:\w+\s){0,2}$",
            gap,
        )
    )


# Words behind which a price is no longer the one of which the side was spoken.
_ENDS_SIDE = bag_of(
    """
    but while whereas although though if until unless because since so when once after before as whether than versus vs or
    traded reached hit touched printed reversed rallied fell rose dropped climbed slipped bounced gained lost closed opened
    into through towards toward targeting
    """
)


def _governs(tokens: Sequence[Token], side: int, price: int) -> bool:
    """Whether a side word before a price speaks of it: nothing between them gives the price another part."""
    return all(_keeps_side(t) for t in tokens[side + 1 : price])


def _keeps_side(token: Token) -> bool:
    if _is_small(token, _LINKS):
        return True
    if token.kind in ("oscillator", "percent") or token.text in ("(", "|", "→"):
        return False
    says = token.says
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


def _claims_next(piece: Piece, at: int, is_price: Callable[[Token], bool], gap: str) -> bool:
    """Whether the side word belongs to the price that follows it: '2,420, support at 2,350'."""
    tokens = piece.tokens
    says_where = at + 1 < len(tokens) and tokens[at + 1].text.lower() in ("is", "are", "at", "lies", "sits", "comes", "waits")
    if not says_where and not re.search(r"[,:|]|\band\b", gap):
        return False
    following = next((i for i in range(at + 1, min(len(tokens), at + 9)) if is_price(tokens[i])), None)
    return following is not None and _governs(tokens, at, following)


def _linked(tokens: Sequence[Token], first: int, last: int, links: frozenset[str]) -> bool:
    """Whether nothing but names and small words stands between two tokens."""
    return all(_is_small(t, links) for t in tokens[first + 1 : last])


_NAMES = ("extreme", "role", "line", "round", "gap", "fibonacci")


def _is_small(token: Token, links: frozenset[str]) -> bool:
    if token.kind in ("average", "pivot", "date", "instrument", "count") or (token.kind == "mark" and token.text in ":(),|"):
        return True
    word = token.text.lower()
    return word in links or word in PERIODS or any(n in token.says for n in _NAMES) or set(word.replace("-", " ").split()) <= links


_ORDINALS = bag_of(
    "second next then another third further also last final after beneath behind beyond followed below above ahead and or"
)


def _chained(piece: Piece, before: int, index: int) -> bool:
    """Whether a price goes on in the list of the one before it: 'and the second is', 'then the gap between'."""
    between = piece.tokens[before + 1 : index]
    depth, is_apart, says_is = 0, False, False
    for token in between:
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
        elif depth > 0:
            continue
        elif token.kind == "mark" and token.text in ",:;|":
            is_apart = True
        elif not (_keeps_side(token) or set(token.text.lower().split()) <= _JOINERS):
            return False
        elif token.text.lower() in _ORDINALS:
            is_apart = True
        elif token.text.lower() in ("is", "are", "was", "were", "stands", "sits"):
            says_is = True
    words = {t.text.lower() for t in between}
    named = any(t.kind == "average" for t in between)
    if (depth > 0 and not named) or (says_is and not words & (_ORDINALS - {"and", "or"})) or (named and says_is):
        return False
    return len(between) <= 16 and (is_apart or len(between) <= 1)
