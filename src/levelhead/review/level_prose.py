"""Levels in sentences: prices called support, resistance or pivot, and those that must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from levelhead.review.kinds import extreme_in, side_of_name
from levelhead.review.level_sides import called
from levelhead.review.level_words import words_about
from levelhead.review.list_heads import IN_REACH
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.no_levels import is_no_level
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, LevelSide, ReadLevel
from levelhead.review.side_lists import called_levels, chained, pointed_at, says_of_both, shares_side

_GONE = re.compile(
    r"\W*(?:gone|lost|broken|removed|deleted|dropped|scrapped|retired|out|crossed off|struck off)\s?(?:now |today )?:", re.I
)
_IS_LAST = re.compile(
    r"\s?\((?:the |at the |today['’]s )?(?:close|last|spot|now|current|settle(?:ment)?|cmp)\)|"
    r"\s(?:last|now)(?=[.,;)]|$|\s[$€£]?\d)",
    re.I,
)
_HOLD = re.compile(
    r"\b(?:(?:need|needs|must|has to|have to|should)\s(?:be able to\s|to\s)?(?:hold|remain|stay|keep|trade|close|"
    r"defend)s?(?:\s(?:price|prices))?(?:\s(?:above|over))?|"
    r"defended)\b[\w\s]{0,24}\(?[\s$~≈]{0,3}$",
    re.I,
)
# 'must close below 147.70 before a move to 146.50 can be expected': what a move waits for
_SO_THAT = re.compile(
    r"\s(?:before|for (?:a|an|the|any|further)|to (?:confirm|open|signal|trigger|allow|negate|turn|bring|target|extend))\b", re.I
)
_BEARS_HOLD = re.compile(r"\b(?:bears|sellers|shorts)\b[^.;]{0,30}$|\b(?:below|under|beneath)\s(?:the\s)?\(?[\s$~≈]{0,3}$", re.I)
_LEVEL_IS = re.compile(
    r"\b(?:first|next|key|main|important|critical|big|crucial|major|immediate|nearest|initial|only|"
    r"last)\s(?:\w+\s)?levels?\s(?:(?:to watch|up|down|higher|lower|above|below|here|now)\s)?(?:is|are|at|of|sits at|"
    r"comes in at)\s",
    re.I,
)


_EDGE = re.compile(
    r"\b(?:lower|upper|bottom|top|other|rising|falling|second) (?:one|edge|boundary|bound|line|rail|border|trend ?line)\b", re.I
)
_SHAPE = re.compile(r"\b(?:channel|triangle|wedge|flag|pennant|(?:down|up)?-?trend ?lines?)\b", re.I)


def _of_shape(piece: Piece, index: int, passage: Passage) -> str:
    """What 'its lower edge' leaves out where the passage speaks of a channel or triangle."""
    start = next((t.end for t in reversed(piece.tokens[:index]) if t.kind == "number"), 0)
    near = piece.text[start : piece.tokens[index].start]
    return " upper edge of the channel" if _EDGE.search(near) and _SHAPE.search(passage.block.text) else ""


@dataclass(frozen=True, slots=True)
class _Call:
    """The side a sentence gives the price at `index`, by its tokens first to last; both are index where none of them says it."""

    index: int
    side: LevelSide
    first: int
    last: int
    sure: float = WRITTEN


def prose_levels(passage: Passage, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    """Prices that a sentence calls support, resistance or pivot, and those it says must hold."""
    last_side: LevelSide = ""
    is_asked = False
    for at, piece in enumerate(passage.pieces):
        if len(piece.tokens) < 2:
            continue
        if _ASKED.fullmatch(piece.text) and (own := _only_side(piece)):
            last_side = own
            is_asked = True
            continue
        names = names_by_number(piece, prices)
        following = passage.pieces[at + 1] if at + 1 < len(passage.pieces) else None
        carried = last_side if is_asked or (_GOES_ON.match(piece.text) and not IN_REACH.search(piece.text)) else ""
        is_asked = False
        shared = _only_side(passage.pieces[at - 1]) if at and _SO_IS.match(piece.text) else ""
        calls, last_side = _calls(passage, piece, following, carried, prices, names)
        for number, call in enumerate(calls):
            words = words_about(piece, call.index, call.first, call.last, prices.is_price)
            yield level_at(
                piece,
                call.index,
                side=shared if shared and not number else call.side,
                label=words.text,
                words=words.tokens,
                text=words.text + _of_shape(piece, call.index, passage),
                names=names.get(call.index, []),
                sure=call.sure,
                has_pivots=has_pivots,
            )


def _calls(
    passage: Passage,
    piece: Piece,
    following: Piece | None,
    carried: LevelSide,
    prices: Prices,
    names: Mapping[int, Sequence[str]],
) -> tuple[list[_Call], LevelSide]:
    """The prices of a sentence that are levels, and the side of its last price."""
    found: list[_Call] = []
    unsided: list[int] = []
    before: tuple[int, LevelSide] | None = None
    if _GONE.match(piece.text):
        return [], ""
    for index, token in enumerate(piece.tokens):
        if not prices.is_price(token) or _IS_LAST.match(piece.text[token.end :]) or _is_over(piece, index):
            continue
        if is_no_level(piece, index, prices.is_price):
            continue
        side, first, last = called(piece, index, prices.is_price)
        if not side or (first == last == index and _HAD.search(piece.text[token.end :])):
            pointed, at = pointed_at(piece, index, prices.is_price, following)
            side, first, last = (pointed, index, at) if pointed else (side, first, last)
        if not side and not _is_passed(piece, index):
            side = next((s for n in names.get(index, ()) if n.startswith("pivot.") and (s := side_of_name(n))), "")
        if not side and before is not None and chained(piece, before[0], index):
            side, first, last = before[1], index, index
        if "agent" in piece.tokens[first].says and passage.place.topic in ("scenarios", "setups"):
            side, first, last = "", index, index  # 'buyers hold 20,800' is how the case goes
        if not side and carried and before is None and token.start <= LONGEST_START:
            side, first, last = carried, index, index
        carried = ""
        if not side:
            unsided.append(index)
            side, first, is_level = _implied(passage, piece, index)
            is_level = is_level or called_levels(piece, index, prices.is_price)
            if is_level:
                found.append(_Call(index, side, first, index, SUPPOSED))
        else:
            found += _listed_before(piece, unsided, index, side, first, last)
            found.append(_Call(index, side, first, last))
            unsided = []
        before = (index, side) if side else None
    return found, before[1] if before else ""


_HAD = re.compile(r"\b(?:had|used to|once)\b", re.I)  # 'had capped all of October, so that is now support'
_WAS = re.compile(r"\b(?:was|had been|were)\s(?:at\s|near\s)?[$€£~≈]?$", re.I)
_UNTIL = re.compile(r"\s(?:until|till)\s(?:\w+day|last|yesterday|this|it|the|then|recently)\b", re.I)


def _is_over(piece: Piece, index: int) -> bool:
    """A level that was one until a day that is named, as in 'support was 18.90 until Tuesday'."""
    token = piece.tokens[index]
    return bool(_UNTIL.match(piece.text[token.end :])) and bool(_WAS.search(piece.text[: token.start]))


def _is_passed(piece: Piece, index: int) -> bool:
    """'Just above S2 (2,003)': the pivot is only where something else is."""
    at = next((i for i in range(index - 1, max(-1, index - 5), -1) if piece.tokens[i].kind == "pivot"), index)
    before = piece.tokens[at - 1].says if at else {}
    return "beyond" in before or "target" in before


_ALWAYS_LEVEL = re.compile(
    r"(?:^|[,;:|/·•–-]\s|\band\s|\d\s)(?:the\s|[Tt]oday['’]s\s|[Yy]esterday(?:['’]s)?\s)?(?:PD[HL]|PW[HL]|PM[HL]|ON[HL])\s?"
    r"[:=]?\s?[$€£]?$"
)
_WATCHED = re.compile(
    r"\b(?:watch\w*|key|eye|eyes on|mind|note|track|trade|know|matter\w*|important|care about)\b[^.;:]{0,40}\b(?:numbers?|"
    r"levels?|prices?|lines?|"
    r"marks?|areas?|zones?)\b(?:[^.;:]|\.\d){0,48}:|\b(?:numbers?|levels?|prices?|lines?|marks?|areas?|"
    r"zones?)\b[^.;:]{0,24}\b(?:watch\w*|matter\w*|know|"
    r"mind|care about)\b[^.;:]{0,24}:|"
    r"\b(?:on|for) (?:my|the|our|your) (?:chart|radar|map|screen|watch ?list|sheet|board)\b[^.;:]{0,24}:",
    re.I,
)


def _named_ratio(piece: Piece, index: int) -> bool:
    """'38.2 % 1.1020': a ratio of Fibonacci's right before a price."""
    return index > 0 and "fibonacci" in piece.tokens[index - 1].says and piece.tokens[index - 1].kind == "count"


def _is_watched(piece: Piece, index: int) -> bool:
    """'Watch three numbers: the open 71.55, last month's high 75.10': a list of what matters."""
    end = _watched_from(piece.text)
    if end is None or end > piece.tokens[index].start:
        return False
    between = [t.says for t in piece.tokens[:index] if t.start >= end]
    return not any(says.get("target") == "target" or any(k in says for k in ("stop", "entry", "last")) for says in between)


@lru_cache(maxsize=64)
def _watched_from(text: str) -> int | None:
    """Where the list of a sentence begins; asked of each of its prices in turn."""
    found = _WATCHED.search(text)
    return found.end() if found else None


def _listed_before(piece: Piece, unsided: Sequence[int], index: int, side: LevelSide, first: int, last: int) -> Iterator[_Call]:
    """The prices right before that share the side that is said behind the last of them."""
    if first < index:
        return
    both = says_of_both(piece, index, last)
    for number, earlier in enumerate(reversed(unsided)):
        if not (shares_side(piece, earlier, index, last) or number < both):
            return
        yield _Call(earlier, side, earlier, earlier)
        index = earlier


def _implied(passage: Passage, piece: Piece, index: int) -> tuple[LevelSide, int, bool]:
    """A price that must hold, that 'the next level' is, or that a sentence about levels names as a high or low."""
    token = piece.tokens[index]
    before = piece.text[max(0, token.start - 80) : token.start]
    if passage.place.topic in ("setups", "scenarios"):
        return "", index, False
    if _HOLD.search(before) and not _SO_THAT.match(piece.text[token.end :]):
        return ("resistance" if _BEARS_HOLD.search(before) else "support"), index, True
    if _ALWAYS_LEVEL.search(before) or _named_ratio(piece, index) or _is_watched(piece, index):
        return "", index, True
    about = _LEVEL_IS.search(before)
    if about and not re.search(
        r"[.;]|\d", before[about.end() :].replace("50-day", "").replace("200-day", "").replace("100-day", "")
    ):
        return "", index, True
    for i in range(index - 1, max(-1, index - 5), -1):
        if "extreme" in piece.tokens[i].says:
            near = all(
                t.text.lower() in ("is", "at", "near", "of", "around", "(", ":", "was", "in") for t in piece.tokens[i + 1 : index]
            )
            named = near and extreme_in(piece.text, piece.tokens[max(0, i - 2) : i + 1]) != ""
            is_listed = passage.place.topic == "levels" or any("side" in t.says for t in piece.tokens)
            return "", max(0, i - 2), is_listed and named
    return "", index, False


def _only_side(piece: Piece) -> LevelSide:
    """The side that a sentence speaks of, where it speaks of one."""
    sides = {t.says["side"] for t in piece.tokens if t.says.get("side") in ("support", "resistance")}
    return sides.pop() if len(sides) == 1 else ""  # type: ignore[return-value]


# 'Both are resistance. So is the shelf at 2,490.'
_SO_IS = re.compile(r"\W*(?:and )?so (?:is|are|does|do|was|were)\b", re.I)
# 'Resistance? Friday's high, 2,648.'
_ASKED = re.compile(
    r"\W*(?:and |any |what about |where is |where['’]s |the |next |first |key )*"
    r"[A-Za-z]{3,12}\s?[?:.!…]+",
    re.I,
)
_GOES_ON = re.compile(
    r"\W*(?:then|after (?:that|which)|next|below (?:that|it|there|which)|above (?:that|it|there|which)|beyond (?:that|it|which)|"
    r"behind (?:that|it)|followed by|"
    r"and then|further (?:down|up|south|north|out)|(?:lower|higher) still|lower down|higher up|under that|beneath (?:that|it))\b",
    re.I,
)
LONGEST_START = 60
