"""Averages and highs that a sentence calls support or resistance, their value beside them or elsewhere in the note.

'Both the 50-day (2,291) and the 200-day (2,214) are support', 'support = ema21', 'nearest support is that average'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.naming import namings
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, SUPPOSED, Indicator, LevelKind, LevelSide, Money, ReadLevel
from levelhead.review.tokens import Token
from levelhead.review.value_names import names_of

LONGEST_REACH = 120  # characters between an average and the word for its side
_SIDES: dict[str, LevelSide] = {"support": "support", "resistance": "resistance"}
_NAMED = re.compile(r"sma_\d+[wmh]?|ema_\d+[wmh]?|wma_\d+[wmh]?|all_time_high|all_time_low|high_52w|low_52w")
_ADJECTIVES = (
    r"(?:(?:a|an|the|its|our|their|now|still|also|both|first|next|only|nearest|immediate|initial|key|major|main|important|strong|"
    r"solid|firm|good|dynamic|near-term|[\w-]+[’']s|\w+-(?:term|run|range)|my|downside|upside|overhead|further|more|some|"
    r"clear|as|"
    r"potential|likely|natural|obvious|interim|minor|secondary|second|technical|critical|crucial|heavy|light|"
    r"well-defined)\s){0,5}"
)
# What leads from an average to 'support': it is that, does its work, or gives it.
_IS = re.compile(
    r"(?:[\s,)\]]|\b)(?:is|are|remains?|stays?|makes?|forms?|marks?|becomes?|became|has become|have become|turn(?:s|"
    r"ed)? into|turned|"
    r"acts?|acting|act|works?|working|serv(?:es?|ing)|functions?|stands?|doubles?|comes? in|features?|looms?|counts?|"
    r"offers?|offering|gives?|giving|provid(?:es?|ing)|lends?|supplies|supply|adds?|"
    r"(?:has|have)\s(?:\w+ly\s)?(?:given|offered|provided|been|served|acted|lent|formed|turned)|can act|should act|may act|"
    r"could act|"
    r"should (?:offer|give|provide|be|serve)|will (?:be|act|offer|provide|serve)|may (?:offer|provide|serve|be)|(?:that|it|"
    r"which)[’']?s(?: is)?|=|"
    r":)\s?(?:as\s|to be\s|in as\s)?" + _ADJECTIVES + r"$",
    re.I,
)
_TURNED = re.compile(
    r"\bwhat (?:was|had been|used to be) (?:support|resistance) (?:is|has become|becomes|turns?(?: into)?) (?:now )?$"
    r"|\b(?:was|had been) (?:support|resistance)\b[^.;]{0,28}\b(?:but|and) (?:now )?(?:is|has become|turned) (?:now )?$",
    re.I,
)
# What leads from 'support' to an average.
_FROM = re.compile(
    r"(?:\s(?:line|zone|area|level|levels|cluster|band|confluence|shelf|today|now|here|below|above|overhead|left|"
    r"remaining)){0,2}\s?"
    r"(?:(?:is|are|remains?|comes?|lies?|sits?|stands?|found|seen|given|provided|offered|located|in|pegged|noted|placed|"
    r"expected|marked|eyed|put|set|pinned|then|next)\s){0,3}"
    r"(?:(?:at|near|around|from)?\s*,?\s*(?:(?:and|then|followed|also|next|after that)\s){1,3}(?=at|near|by|from|around))?"
    r"(?:(?:at|from|by|in|on|near|around|with|the form of)\s){0,2}[=:,(→-]?\s?"
    + _ADJECTIVES
    + r"(?:rising |falling |declining |flat )?$",
    re.I,
)
_LINKED = re.compile(
    r"[=:,(→-]|\b(?:is|are|remains|comes|lies|sits|stands|found|seen|given|provided|offered|pegged|noted|placed|expected|at|from|by|in|on|near|"
    r"around)\b"
)
_JOINS = re.compile(r"[\s,)&+/]*(?:and|or|plus|then|&|,)?\s*(?:by\s|also\s)?(?:the\s|its\s|then the\s)?[(]?", re.I)
_DENIED = re.compile(
    r"\b(?:not?|never|no longer|lost|former|old|broken|failed|fails|without|nor|than|if|unless|below|above|under|over)\b", re.I
)
_MANY = re.compile(
    r"\b(?:both|each|all(?: three| four)?|these|those|they|either)(?: of (?:them|these|which))?\b[\s\w,]{0,12}$", re.I
)
# 'at 4,941 waits the hundred-day, support at every dip'; but of 'the 50-day, support at 2,350' the support is another.
_APPOSED = re.compile(r"\s?,\s(?:and\s)?" + _ADJECTIVES, re.I)
_PRICED = re.compile(r"\s?(?:at|near|around|is|of|comes in at|lies at|sits at|:|=)?\s?[~≈]?(?:US)?[$€£]?\d", re.I)
_THEY = re.compile(
    r"\b(?:they|these|those|both|all (?:three|four|of them)|each)(?: of (?:them|these))?\s(?:are|is|act as|acts as|form|"
    r"offer|provide|serve as|remain)\s(?:now\s)?" + _ADJECTIVES + r"$",
    re.I,
)
_THAT = re.compile(r"\b(?:that|this|the same|said) (?:moving )?(?:average|line|mean|EMA|SMA|MA)\b", re.I)


def role_levels(passages: Sequence[Passage], prices: Prices, indicators: Sequence[Indicator]) -> Iterator[ReadLevel]:
    """The values of averages and extremes that a sentence calls support or resistance, each once for each side."""
    known = {i.name: i.value for i in reversed(indicators) if i.sure > SUPPOSED and _NAMED.fullmatch(i.name)}
    for passage in passages:
        if passage.place.topic == "dismissed" or (passage.block.kind == "row" and passage.columns):
            continue
        before: list[str] = []
        for piece in passage.pieces:
            sides = [t for t in piece.tokens if t.says.get("side") in _SIDES]
            here = _values(piece, prices) if sides else {}
            for token in sides:
                for name, by in _called(piece, token, before):
                    value = here.get(name) or known.get(name)
                    if value is not None:
                        yield _level(piece, _SIDES[token.says["side"]], name, value, by)
            before = [n for t in piece.tokens if _is_named(t) for n in names_of(t)] or before


def _values(piece: Piece, prices: Prices) -> dict[str, Money]:
    """What the piece itself gives as the value of each name."""
    found = namings(piece, [prices.is_price(t) for t in piece.tokens])
    return {n.name: q.money for n in found if (q := piece.tokens[n.number].quantity) is not None and _NAMED.fullmatch(n.name)}


def _is_named(token: Token) -> bool:
    names = names_of(token)
    return bool(names) and any(_NAMED.fullmatch(n) for n in names)


def _called(piece: Piece, side: Token, before: Sequence[str]) -> Iterator[tuple[str, Token]]:
    """The names that the piece calls this side, each with the token that says it; before: those of the piece before it."""
    named = [t for t in piece.tokens if _is_named(t)]
    ahead = [t for t in named if t.end <= side.start]
    behind = [t for t in named if t.start >= side.end]
    that = _THAT.search(piece.text)
    if not named and _THEY.search(piece.text[: side.start]):
        yield from ((name, side) for name in before)
        return
    if ahead and side.start - ahead[-1].end <= LONGEST_REACH and _predicated(piece.text[ahead[-1].end : side.start]):
        many = bool(_MANY.search(re.sub(_IS, "", piece.text[: side.start]))) or re.search(
            r"\b(?:both|all)\b", piece.text[: ahead[0].start], re.I
        )
        last = len(ahead) - 1
        while last and (many or _JOINS.fullmatch(_without_numbers(piece.text[ahead[last - 1].end : ahead[last].start]))):
            last -= 1
        yield from ((name, token) for token in ahead[last:] for name in names_of(token))
        return
    after = piece.text[side.end : side.end + 24]
    if ahead and _APPOSED.fullmatch(_without_numbers(piece.text[ahead[-1].end : side.start])) and not _PRICED.match(after):
        yield from ((name, ahead[-1]) for name in names_of(ahead[-1]))
        return
    if behind and _leads(piece.text[side.end : behind[0].start]):
        for at, token in enumerate(behind):
            if at and not _JOINS.fullmatch(_without_numbers(piece.text[behind[at - 1].end : token.start])):
                break
            yield from ((name, token) for name in names_of(token))
        return
    if that is not None and (_leads(piece.text[side.end : that.start()]) or _predicated(piece.text[that.end() : side.start])):
        earlier = [n for t in named if t.end <= that.start() for n in names_of(t)] or list(before)
        yield from ((name, side) for name in earlier[-1:])


def _leads(words: str) -> bool:
    """Whether what stands between 'support' and an average says that it is that average."""
    return len(words) <= 60 and (
        not words.strip() or (bool(_LINKED.search(words)) and bool(_FROM.fullmatch(_without_numbers(words))))
    )


def _predicated(words: str) -> bool:
    """Whether what stands between an average and 'support' says that it is that."""
    words = re.sub(r";\s(?=(?:together\s)?(?:each|both|all|these|they|either|that)\b)", ", ", words)
    if not words or re.search(r"[;!?]|\.\s", words):
        return False
    turned = _TURNED.search(words)
    if turned:
        return True
    found = _IS.search(words)
    if found is None:
        return False
    lead = _without_numbers(words[: found.start()])
    return not _DENIED.search(words[found.start() :]) and not _ANOTHER.search(lead)


_ANOTHER = re.compile(
    r"\b(?:price|market|index|bulls|bears|it|we|support|resistance|target|stop|rsi|which is|close|closed|trades?|trading|"
    r"while|but|not|no longer|lost|broke\w*|if|unless|where)\b",
    re.I,
)


def _without_numbers(words: str) -> str:
    """The words between two names without values and what encloses them."""
    return re.sub(r"\(?\s?(?:at |of |near )?[~≈]?(?:US|RM|Rs\.?)?[$€£¥]?\d[\d,.]*\d?[KkMm]?\s?\)?", " ", words)


def _level(piece: Piece, side: LevelSide, name: str, value: Money, by: Token) -> ReadLevel:
    kind: LevelKind = "average" if "ma_" in name else "extreme"
    return ReadLevel(
        side=side, kind=kind, price=value, label=piece.text[:80].strip(), name=name, span=piece.span(by), sure=INFERRED
    )
