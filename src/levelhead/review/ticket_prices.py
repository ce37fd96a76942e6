"""The prices of a sentence about a trade, each with what the words beside it make it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from levelhead.review.lexicon import respelled
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.said import Money
from levelhead.review.ticket_cues import role_of_words
from levelhead.review.tokens import Token

LONGEST = 600  # characters of a sentence
_SEPARATED = re.compile(r"[\s,;/|•·&+$€£~≈()@:–—-]*(?:and|then|to|or|&|\d\W?|①|②|③|④|US|RM|USD)?[\s,;/|•·&+$€£~≈()@:–—-]*", re.I)
_WE_ARE_BUYERS = re.compile(
    r"^\s?,?\s?(?:we|i)(?:['’](?:d|ll|m|re)| would| will| are| am)?\s(?:be |go |get |look to |want to )?"
    r"(?:buy(?:ers?|ing)?|sell(?:ers?|ing)?|long|short)\b",
    re.I,
)
_TO = re.compile(r"\s?(?:/|-|–|—|to)\s?[$€£~≈]?\s?")
_TARGETS = re.compile(r"\b(?:targets|tps|objectives|tgts|goals)\W{0,4}(?:are|at)?\W{0,3}$", re.I)
_TO_ENTER = re.compile(
    r"^\s?,?\s?(?:(?:trades|prints|breaks|is reclaimed|is cleared|is hit),?\s)?(?:(?:we |i )?(?:go |get |be )?(?:buy|sell|"
    r"long|short)\b[^.;\d]{0,16}\bthere|"
    r"(?:is |are )?(?:to|for|as) (?:an? |the |our |my |new |fresh )*(?:initiate|establish|open|build|enter|go long|go short|"
    r"get long|get short|"
    r"longs|shorts|entry|entries|buying|selling)|"
    r"is (?:a|an|the|our|my) (?:\w+ )?(?:buy|sell|short|long|purchase)\b|"
    r"is (?:where|our|my|the) (?:we |i )?(?:buy|sell|get long|get short|entry|bid|"
    r"offer)|"
    r"entry(?:,| if| when| please))(?!\w)",
    re.I,
)
_WE_ARE_OUT = re.compile(
    r"^\s?(?:prints|trades|breaks|goes|gives|is hit)?\s?,?\s?(?:and |then )?(?:(?:we|i)(?:['’](?:m|re)| are| am|['’]ll be|"
    r" will be)? "
    r"(?:out|wrong|gone|done)|is (?:our|my|the) (?:stop|exit|out))\b",
    re.I,
)
# 'scale out 6,222 (75%) and 6,240 (25%)', 'take profit 63.40 (first) and 60.20 (second)'
_SHARED = re.compile(
    r"\(\s?(?:\d{1,3}\s?%|(?:the )?(?:first|second|third|final|last|main|half|rest|runner|initial|1st|2nd|3rd|1|2|3))\s?\)", re.I
)
_SECOND = re.compile(r"\b(?:(?:second|2nd) (?:entry|limit|order|buy|sell)|(?:entry|limit|buy|sell)\s?(?:2|two|b|II)\b)", re.I)
_CLIPS = re.compile(r"\b(?:clips|tranches|halves|lots|parts|pieces|steps|thirds|units|stages|legs)\b", re.I)
_AND = re.compile(r"\W{0,3}(?:and|then|/|&|,)\W{0,3}", re.I)
_AND_LIMIT = re.compile(r"\W{0,3}(?:limit|lmt|with a limit (?:of|at))\W{0,3}", re.I)  # 'buy stop 2,268, limit 2,270'
_SCALED = re.compile(
    r"[\s,;(]*(?:and|then|plus|with)?[\s,]*(?:(?:the )?(?:half|rest|remainder|balance|other half|another|more|add(?:ing)?|"
    r"again|\d{1,2}\s?%|"
    r"a third|one third|second half)\s?){1,3}(?:more )?(?:at|near|around|@)?\W{0,3}",
    re.I,
)  # 'half at 41.20 and half at 40.60'
_ANOTHER = re.compile(  # 'take one off at 398, one at 410'
    r"[\s,;(%\d)]*(?:and |then |plus )?(?:the )?(?:one|half|another(?: half| third)?|a third|two|second|rest|other(?: half)?|"
    r"balance|remainder|last|final|more)(?: \w+)?(?: at| near| into| for|@)\W*",
    re.I,
)
_CIRCLED = {ord(mark): " " for mark in "①②③④⑤⑥⑦⑧⑨❶❷❸❹❺\u20e3\ufe0f"}
_BEHIND = re.compile(
    r"^\s?\(?(?:as (?:a |the |my |our )?)?(?:first |second |final |initial |profit |price )?"
    r"(?P<what>stop(?:[- ]loss)?|sl|targets?|tp\d?|entry|objectives?|goals?|take[- ]profit|destination)\b(?!\s?[:=@]?\s?(?:at |"
    r"is )?[$€£~]?\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with what it is for: 'entry', 'stop', 'target', 'exit' (where the prices decide), or '' where nothing tells."""

    token: Token
    money: Money
    role: str


def roles_in(piece: Piece, prices: Prices, known: str = "") -> tuple[Priced, ...]:
    """Every price of a piece with what the nearest word or sign before it, or right behind it, makes it.

    known: what all of them are for where a table says it.
    """
    if len(piece.text) > LONGEST:
        return ()
    found: list[Priced] = []
    at, role = 0, ""
    for token in piece.tokens:
        if not prices.is_price(token) or token.quantity is None:
            continue
        gap = respelled(piece.text[at : token.start].translate(_CIRCLED))
        cue = role_of_words(gap)
        if len(found) == 1 and role == "entry" and _widens(piece.text[: found[0].token.start], gap, cue):
            found[0] = replace(found[0], money=_between(found[0].money, token.quantity.money))
            at = token.end
            continue
        gap = _SHARED.sub(" ", gap)
        if not cue and found and (_SEPARATED.fullmatch(gap) or (role in ("target", "exit") and _ANOTHER.fullmatch(gap))):
            is_second = role == "entry" and sum(one.role == "entry" for one in found) > 1  # 'buy 21,140, sell 21,260, 21,310'
            cue = role if is_second or role in ("target", "exit") else ""
        cue = _cue_behind(piece.text[token.end : token.end + 40], cue)
        role = cue = known or cue
        at = token.end
        found += [Priced(token, money, cue) for money in _monies(token, cue, gap)]
    return tuple(found)


def _widens(head: str, gap: str, cue: str) -> bool:
    """Whether a second price makes an entry a zone: 'to', its limit, the other half, 'entry 2'."""
    if cue in ("", "entry") and (_AND_LIMIT.fullmatch(gap) or _SECOND.search(gap)):
        return True
    return bool((not cue and _TO.fullmatch(gap)) or _SCALED.fullmatch(gap) or (_CLIPS.search(head) and _AND.fullmatch(gap)))


def _cue_behind(after: str, cue: str) -> str:
    """What the words right behind a price make it, where those before it say nothing, or less."""
    behind = _BEHIND.match(after[:24])
    if behind and not cue:
        cue = "stop" if behind["what"].lower()[0] == "s" else "entry" if behind["what"].lower()[0] == "e" else "target"
    if not cue and _WE_ARE_OUT.match(after):
        return "stop"
    return "entry" if (not cue and _WE_ARE_BUYERS.match(after)) or _TO_ENTER.match(after) else cue


def _monies(token: Token, role: str, gap: str) -> tuple[Money, ...]:
    """A price; of two targets joined by a slash or an 'and', or called targets, each."""
    q = token.quantity
    assert q is not None
    if role in ("target", "exit") and q.low < q.high and (q.joined in ("/", "and", "&") or (q.joined and _TARGETS.search(gap))):
        return (Money(low=q.first, high=q.first), Money(low=q.second, high=q.second))
    return (q.money,)


def _between(one: Money, two: Money) -> Money:
    return Money(low=min(one.low, two.low), high=max(one.high, two.high))
