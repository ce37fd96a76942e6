"""Which side the words of a sentence give a price: a side word before or behind it, who waits there, what heads the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from levelhead.review.lexicon import PERIODS, bag_of
from levelhead.review.passages import Piece
from levelhead.review.said import LevelSide
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
    good crucial significant nearest firm may s it last below above beneath underneath
    """
)


def called(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> tuple[LevelSide, int, int]:
    """The side that the words beside a price give it, and the tokens from which to which they stand."""
    tokens = piece.tokens
    for i in range(index + 1, min(len(tokens), index + 13)):
        if is_price(tokens[i]) or (tokens[i].kind == "mark" and tokens[i].text in ".;!?→"):
            break
        if "side" in tokens[i].says:
            gap = piece.text[tokens[index].end : tokens[i].start]
            if i + 1 < len(tokens) and tokens[i].text.lower() in ("offers", "caps", "supports") and "side" in tokens[i + 1].says:
                at = i + 1  # 'offers support' is a verb and its object
            else:
                at = i
            is_said = _linked(tokens, index, i, _AFTER_LINKS) or _is_apart(gap)
            if is_said and not _claims_next(piece, at, is_price, gap):
                return _or_nearer(tokens, index, at), index, at
            break
    for i in range(index - 1, max(-1, index - 14), -1):
        if is_price(tokens[i]) or (tokens[i].kind == "mark" and tokens[i].text in ".;!?→"):
            break
        if "side" in tokens[i].says:
            if governs(tokens, i, index):
                return tokens[i].says["side"], i, index  # type: ignore[return-value]
            break
        if "agent" in tokens[i].says and (side := _awaited(tokens, i, index)):
            return side, i, index
    return _headed(piece, index), index, index


_WAITING = re.compile(
    r"\b(?:emerg\w+|step\w*|wait\w*|lin(?:ed|ing|e) up|lurk\w*|sit\w*|sat|appear\w*|show\w* up|queu\w+|park\w*|hid\w+|camp\w*|"
    r"layer\w*|stack\w*|"
    r"com(?:e|es|ing) (?:back )?in|came in|return\w*|found|interested|active|defend\w*|held|hold\w*|lean\w*|concentrated|"
    r"clustered|seen|expected|likely|"
    r"eager|resting|rest|placed|located|protect\w*|guard\w*|lie|lies|resid\w+|gather\w*|crowd\w*|noted|reported|spotted|bunched)\b",
    re.I,
)
_ENDS_AGENT = bag_of(
    """
    target targets eye eyeing clear break take push through above below toward towards to need needs reclaim retake recapture
    aim want pushed drove sent took failed beyond past over under
    """
)


def _awaited(tokens: Sequence[Token], agent: int, price: int) -> LevelSide:
    """'sellers are lined up at', 'buyers should emerge near': where somebody waits is a level."""
    between = tokens[agent + 1 : price]
    words = [t.text.lower() for t in between]
    said = " ".join(words)
    near = bool(words) and words[-1] in (
        "at",
        "near",
        "around",
        "in",
        "between",
        "the",
        "from",
        "about",
        "defend",
        "hold",
        "defended",
        "held",
        "protect",
        "guard",
        "defending",
        "holding",
    )
    if not near or any(
        w in _ENDS_AGENT and not (w in ("need", "needs", "to") and re.search(r"\b(?:defend|hold|protect|keep)\b", said))
        for w in words
    ):
        return ""
    if len(words) > 1 and not _WAITING.search(said):
        return ""
    if any(k in t.says for t in between for k in ("stop", "entry", "last", "side")):
        return ""
    return tokens[agent].says["agent"]  # type: ignore[return-value]


_TO_ONE_SIDE = re.compile(
    r"^\W*(?:and |but |while )?(?:(?:on|to|for)(?: the)? (?P<way1>upside|topside|downside|upper side|lower side|way up|way down|"
    r"north side|south side)|"
    r"(?:what(?:['’]s| is| lies| sits| stands) )?(?P<way2>upside|topside|downside|above|below|overhead|underneath|upper(?: "
    r"levels)?|lower(?: levels)?|up|down|highs|lows|"
    r"higher up|lower down|further up|further down|on the way up|on the way down|north|south|beneath)(?: (?:here|that|it|there|"
    r"us|the market|the price|spot|price))?)(?:\s?[:,–—-]|\s*$|\s(?:watch|keep an eye on|note|"
    r"mind|we have|there is|there are|lie|lies|sit|sits|are|is|comes?|stands?|we note|we watch|the|levels?|i watch|i "
    r"have))(?P<rest>[^.;]*)$",
    re.I,
)
_UPWARD = re.compile(r"^(?:up|highs)|top|above|overhead|north|higher", re.I)
_ACTS = re.compile(
    r"\b(?:break\w*|clos\w+|move\w*|targets?|would|could|will|should|if|open\w*|risk\w*|push\w*|rally|drop\w*|slide|fall\w*|"
    r"extend\w*|expos\w+|clear\w*|los\w+|above|below|"
    r"through|scenario|chance|odds|probab\w+|bring\w*|expect|to|toward\w*|until|from|acceptance|trigger\w*|buy|sell|long|short|"
    r"stop)\b|%|→|->",
    re.I,
)


def _headed(piece: Piece, index: int) -> LevelSide:
    """'To the upside, watch 62.40 and 63.80': which side the head of a list of bare prices names."""
    clause_start = max(piece.text.rfind(mark, 0, piece.tokens[index].start) for mark in (";", " | ")) + 1
    if _THEN.match(piece.text[piece.tokens[index].end :]):
        return ""
    if said := _done_at(piece, index):
        return said
    return headed(piece.text[clause_start : piece.tokens[index].start])


_STOPPED = re.compile(
    r"\s?(?:\([^)]{0,40}\)\s?)?(?:,?\s?which )?(?:(?:has|have|had|that|also|again|twice|repeatedly|now|so far|kept|keeps|"
    r"continues? to|is|are|still|on|several|occasions)\s){0,4}"
    r"(?:(?P<cap>capp(?:ed|ing)|contain(?:ed|ing)?|reject(?:ed|ing)|turn(?:ed|ing) (?:back|away)|repell(?:ed|ing)|limit(?:ed|"
    r"ing)|blocks?|blocked|stopp(?:ed|ing) (?:every |each |the |all |two |three )?(?:rall\w+|advance\w*|bounce\w*|recover\w*|"
    r"attempt\w*|push\w*|bulls))"
    r"|(?P<hold>cushion(?:ed|ing)|caught|arrest(?:ed|ing)|absorb(?:ed|ing)|stopp(?:ed|ing) (?:every |each |the |all |two |three "
    r")?(?:dips?|declines?|pullbacks?|sell-?offs?|drops?|bears|slide)|underpinn(?:ed|ing)|"
    r"support(?:ed|ing)|attract(?:ed|ing) (?:\w+ )?(?:buy\w+|bids|demand)|propp(?:ed|ing)))\b",
    re.I,
)
_AT_A_SIDE = re.compile(
    r"\s?(?:\([^)]{0,40}\)\s?)?(?:on|to) the (?P<way>upside|topside|downside|way up|way down|up side|down side|north side|south "
    r"side)\b",
    re.I,
)
_OF_LEVELS = re.compile(
    r"\b(?:levels?|watch\w*|key|zones?|lines?|areas?|marks?|numbers?|range|eye on|boundar\w+|important|matter)\b",
    re.I,
)
_TO_HOLD = re.compile(
    r"\b(?P<who>bulls|buyers|bears|sellers|longs|shorts)\b[^.;]{0,24}\b(?:see|keep|have|need|want|let)\b[^.;\d]{0,12}$",
    re.I,
)


def _done_at(piece: Piece, index: int) -> LevelSide:
    """'24,900 has capped every rally', '24,600 on the downside', 'bulls want to see 4,000 hold'."""
    before, after = piece.text[: piece.tokens[index].start], piece.text[piece.tokens[index].end :]
    if found := _STOPPED.match(after):
        return "resistance" if found["cap"] else "support"
    if (found := _AT_A_SIDE.match(after)) and _OF_LEVELS.search(before) and not _ACTS.search(before):
        return "resistance" if _UPWARD.search(found["way"]) else "support"
    if (found := _TO_HOLD.search(before)) and re.match(r"\s(?:to )?(?:hold|survive|stand|remain|stay)\b", after):
        return "support" if found["who"].lower() in ("bulls", "buyers", "longs") else "resistance"
    return ""


def headed(text: str) -> LevelSide:
    """The side that the words before a list of prices name by a direction alone, '' where they name none or say what happens."""
    found = _TO_ONE_SIDE.match(text)
    if found is None or _ACTS.search(found["rest"]):
        return ""
    if re.match(r"\W*(?:above|below|beneath|up|down|higher|lower|highs|lows|north|south)\s*[$~≈€£]?\s*$", text, re.I):
        return ""  # 'below 2,400' is a condition
    return "resistance" if _UPWARD.search(found["way1"] or found["way2"]) else "support"


_THEN = re.compile(r"\s?(?:→|->|\(?\d{1,2}\s?%|would|could|will|opens?|targets?|then look|brings?)", re.I)


def _is_apart(gap: str) -> bool:
    """Whether a side word stands in the bracket or behind the dash that follows a price: '2,350 (old support)', '2,350 – the "
    "support'."""
    return bool(
        re.match(
            r",?\s(?:is |was |are |being )?(?:where|which|that|what)\s[^.;,\d]{0,60}$|"
            r"\s(?:lies?|is|are|was|sits?|stands?|forms?|has become|marks|represents|remains|makes|becomes|looks like|"
            r"constitutes|offers|comes)"
            r"\s(?:(?!not|no|above|below|near|under|over|before|after|ahead|between|beyond|with)[a-z-]+\s){0,5}$|"
            r"\s?\([^()]{0,50}$|\s[–—-]\s[^,.;–—]{0,40}$|"
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


def governs(tokens: Sequence[Token], side: int, price: int) -> bool:
    """Whether a side word before a price speaks of it: nothing between them gives the price another part."""
    return all(keeps_side(t) or _only_places(tokens, side + 1 + n) for n, t in enumerate(tokens[side + 1 : price]))


def _only_places(tokens: Sequence[Token], at: int) -> bool:
    """'just below at 3.25': a word for above or below that names no price of its own."""
    following = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    return "beyond" in tokens[at].says and following in ("at", "it", "that", "there", "here", "in", "near")


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


def _claims_next(piece: Piece, at: int, is_price: Callable[[Token], bool], gap: str) -> bool:
    """Whether the side word belongs to the price that follows it: '2,420, support at 2,350'."""
    tokens = piece.tokens
    says_where = at + 1 < len(tokens) and tokens[at + 1].text.lower() in (
        "is",
        "are",
        "at",
        "lies",
        "sits",
        "comes",
        "waits",
        ":",
        "→",
    )
    if not says_where and not re.search(r"[,:|]|\band\b", gap):
        return False
    following = next((i for i in range(at + 1, min(len(tokens), at + 9)) if is_price(tokens[i])), None)
    return following is not None and governs(tokens, at, following)


def _linked(tokens: Sequence[Token], first: int, last: int, links: frozenset[str]) -> bool:
    """Whether nothing but names and small words stands between two tokens."""
    return all(_is_small(t, links) for t in tokens[first + 1 : last])


_NAMES = ("extreme", "role", "line", "round", "gap", "fibonacci")


def _is_small(token: Token, links: frozenset[str]) -> bool:
    if token.kind in ("average", "pivot", "date", "instrument", "count") or (token.kind == "mark" and token.text in ":(),|"):
        return True
    word = token.text.lower()
    return word in links or word in PERIODS or any(n in token.says for n in _NAMES) or set(word.replace("-", " ").split()) <= links
