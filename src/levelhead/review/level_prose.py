"""Levels in sentences: prices called support, resistance or pivot, and those that must hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from levelhead.review.kinds import extreme_in, words_of
from levelhead.review.level_sides import called, keeps_side
from levelhead.review.lexicon import bag_of
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, LevelSide, ReadLevel
from levelhead.review.tokens import Token

_JOINERS = bag_of(
    """
    again where our near so does do after
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
_BEARS_HOLD = re.compile(r"\b(?:bears|sellers|shorts)\b[^.;]{0,30}$|\b(?:below|under|beneath)\s(?:the\s)?\(?[\s$~≈]{0,3}$", re.I)
_LEVEL_IS = re.compile(
    r"\b(?:first|next|key|main|important|critical|big|crucial|major|immediate|nearest|initial|only|"
    r"last)\s(?:\w+\s)?levels?\s(?:(?:to watch|up|down|higher|lower|above|below|here|now)\s)?(?:is|are|at|of|sits at|"
    r"comes in at)\s",
    re.I,
)


def prose_levels(passage: Passage, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    """Prices that a sentence calls support, resistance or pivot, and those it says must hold."""
    last_side: LevelSide = ""
    for piece in passage.pieces:
        if len(piece.tokens) < 2:
            continue
        names = names_by_number(piece, prices)
        before: tuple[int, LevelSide] | None = None
        carried, last_side = (last_side if _GOES_ON.match(piece.text) else ""), ""
        for index, token in enumerate(piece.tokens):
            if not prices.is_price(token):
                continue
            side, first, last = called(piece, index, prices.is_price)
            if not side and before is not None and _chained(piece, before[0], index):
                side, first, last = before[1], index, index
            if "agent" in piece.tokens[first].says and passage.place.topic in ("scenarios", "setups"):
                side, first, last = "", index, index  # 'buyers hold 20,800' is how the case goes
            if not side and carried and before is None and token.start <= LONGEST_START:
                side, first, last = carried, index, index
            carried = ""
            sure, is_level = WRITTEN, bool(side)
            if not side:
                side, first, is_level = _implied(passage, piece, index)
                last, sure = index, SUPPOSED
            before = (index, side) if side else None
            last_side = side
            if not is_level:
                continue
            is_chained = first == index and index > 0 and any(prices.is_price(t) for t in piece.tokens[:index])
            first = _earlier(piece, first)
            following = next((i for i in range(index + 1, len(piece.tokens)) if prices.is_price(piece.tokens[i])), None)
            start = piece.tokens[min(first, index)].start
            start = min(start, _own_start(piece, index, prices.is_price)) if is_chained else start
            words = words_of(piece.text, piece.tokens, start, _reach(piece, index, last, following))
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


def _earlier(piece: Piece, first: int) -> int:
    """Two words back, where they say what kind of level it is: 'psychological support', 'gap support'."""
    for i in range(first - 1, max(-1, first - 3), -1):
        if any(k in piece.tokens[i].says for k in ("round", "gap", "fibonacci", "line", "role")):
            return i
    return first


_GOES_ON = re.compile(
    r"\W*(?:then|after (?:that|which)|next|below (?:that|it|there|which)|above (?:that|it|there|which)|beyond (?:that|it|which)|"
    r"behind (?:that|it)|followed by|and then|further (?:down|up)|under that|beneath (?:that|it))\b",
    re.I,
)
LONGEST_START = 60


def _own_start(piece: Piece, index: int, is_price: Callable[[Token], bool]) -> int:
    """Where the words about a price begin that goes on in a list: behind the last comma or 'and' before it."""
    before = next((i for i in range(index - 1, -1, -1) if is_price(piece.tokens[i])), None)
    if before is None:
        return piece.tokens[index].start
    start, end = piece.tokens[before].end, piece.tokens[index].start
    cuts = [m.end() for m in _PARTS.finditer(piece.text[start:end])]
    if len(cuts) > 1 and not piece.text[start + cuts[-1] : end].strip(" $€£~≈"):
        cuts = cuts[:-1]
    return start + cuts[-1] if cuts else end


_PARTS = re.compile(r",|;|:|\s[–—-]\s|[–—]|\b(?:and|then|followed by|ahead of|before|with|while|but|whereas|though|plus)\b")
_LEAVES = re.compile(r"with|while|but|whereas|though|before|ahead of")
LONGEST_TRAIL = 90


def _reach(piece: Piece, index: int, last: int, following: int | None) -> int:
    """To the end of what is said of a price behind it: its bracket, and the apposition that is not yet the next price's."""
    end = piece.tokens[max(index, last)].end
    stop = piece.tokens[following].start if following is not None else len(piece.text)
    if bracket := re.match(
        r"(?:\s(?:handle|area|zone|level|mark|region|figure|line|price|pocket|shelf|print|point|points|range|band|cluster|"
        r"neighbou?rhood))?\s?\([^()]{1,80}\)",
        piece.text[end:],
    ):
        end += bracket.end()
    trail = piece.text[end : max(end, stop)][:LONGEST_TRAIL]
    if not re.match(r"\s?(?:,|–|—|-\s|:|where|which|that is|the|or|i\.e)", trail):
        return end
    if trail.rstrip().endswith("(") and end + len(trail) == stop:
        trail, following = trail[: trail.rindex("(")], None  # the next price only repeats it in a bracket
        stop = end + len(trail)
    cuts = [(m.start(), m.end(), m.group()) for m in _PARTS.finditer(trail)]
    away = next((n for n, (_, _, word) in enumerate(cuts) if _LEAVES.fullmatch(word)), len(cuts))
    if away < len(cuts):
        return end + cuts[away][0]
    if following is None and stop - end <= LONGEST_TRAIL:
        return stop
    if len(cuts) > 1 and not trail[cuts[-1][1] :].strip(" $€£~≈"):
        cuts = cuts[:-1]  # 'and at the 200-day average, 1.2803': what stands before the last comma is the next price's
        if not trail[cuts[-1][1] : cuts[-1][1] + 1].strip() and len(cuts) > 1 and not trail[cuts[-2][1] : cuts[-1][0]].strip():
            cuts = cuts[:-1]
    return end + (cuts[-1][0] if cuts else 0)


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
        elif not (keeps_side(token) or set(token.text.lower().split()) <= _JOINERS):
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
