"""Levels in sentences: prices called support, resistance or pivot, and those that must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.kinds import extreme_in
from levelhead.review.level_sides import called
from levelhead.review.level_words import words_about
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, LevelSide, ReadLevel
from levelhead.review.side_lists import chained, pointed_at, shares_side

_HOLD = re.compile(
    r"\b(?:(?:need|needs|must|has to|have to|should)\s(?:be able to\s|to\s)?(?:hold|remain|stay|keep|trade|close|"
    r"defend)s?(?:\s(?:price|prices))?(?:\s(?:above|over))?|"
    r"defended)\b[\w\s]{0,24}\(?[\s$~≈]{0,3}$",
    re.I,
)
_BEARS_HOLD = re.compile(r"\b(?:bears|sellers|shorts)\b[^.;]{0,30}$|\b(?:below|under|beneath)\s(?:the\s)?\(?[\s$~≈]{0,3}$", re.I)
_LEVEL_IS = re.compile(
    r"\b(?:first|next|key|main|important|critical|big|crucial|major|immediate|nearest|initial|only|"
    r"last)\s(?:\w+\s)?levels?\s(?:(?:to watch|up|down|higher|lower|above|below|here|now)\s)?(?:is|are|at|of|sits at|"
    r"comes in at)\s",
    re.I,
)


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
    for at, piece in enumerate(passage.pieces):
        if len(piece.tokens) < 2:
            continue
        names = names_by_number(piece, prices)
        following = passage.pieces[at + 1] if at + 1 < len(passage.pieces) else None
        calls, last_side = _calls(passage, piece, following, last_side if _GOES_ON.match(piece.text) else "", prices)
        for call in calls:
            words = words_about(piece, call.index, call.first, call.last, prices.is_price)
            yield level_at(
                piece,
                call.index,
                side=call.side,
                label=words.text,
                words=words.tokens,
                text=words.text,
                names=names.get(call.index, []),
                sure=call.sure,
                has_pivots=has_pivots,
            )


def _calls(
    passage: Passage, piece: Piece, following: Piece | None, carried: LevelSide, prices: Prices
) -> tuple[list[_Call], LevelSide]:
    """The prices of a sentence that are levels, and the side of its last price."""
    found: list[_Call] = []
    unsided: list[int] = []
    before: tuple[int, LevelSide] | None = None
    for index, token in enumerate(piece.tokens):
        if not prices.is_price(token):
            continue
        side, first, last = called(piece, index, prices.is_price)
        if not side:
            (side, last), first = pointed_at(piece, index, prices.is_price, following), index
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
            if is_level:
                found.append(_Call(index, side, first, index, SUPPOSED))
        else:
            found += _listed_before(piece, unsided, index, side, first, last)
            found.append(_Call(index, side, first, last))
            unsided = []
        before = (index, side) if side else None
    return found, before[1] if before else ""


def _listed_before(piece: Piece, unsided: Sequence[int], index: int, side: LevelSide, first: int, last: int) -> Iterator[_Call]:
    """The prices right before that share the side that is said behind the last of them."""
    if first < index:
        return
    for earlier in reversed(unsided):
        if not shares_side(piece, earlier, index, last):
            return
        yield _Call(earlier, side, earlier, earlier)
        index = earlier


def _implied(passage: Passage, piece: Piece, index: int) -> tuple[LevelSide, int, bool]:
    """A price that must hold, that 'the next level' is, or that a sentence about levels names as a high or low."""
    token = piece.tokens[index]
    before = piece.text[max(0, token.start - 80) : token.start]
    if passage.place.topic in ("setups", "scenarios"):
        return "", index, False
    if _HOLD.search(before):
        return ("resistance" if _BEARS_HOLD.search(before) else "support"), index, True
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


_GOES_ON = re.compile(
    r"\W*(?:then|after (?:that|which)|next|below (?:that|it|there|which)|above (?:that|it|there|which)|beyond (?:that|it|which)|"
    r"behind (?:that|it)|followed by|and then|further (?:down|up)|under that|beneath (?:that|it))\b",
    re.I,
)
LONGEST_START = 60
