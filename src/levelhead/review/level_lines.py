"""Levels in lines and lists: 'Resistance: 2,415, 2,455', 'S2 (2,003) – next support', '2,350–2,360: November low'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from levelhead.review.kinds import role_in, side_in, side_of_name, words_of
from levelhead.review.last_price import NAMES_NO_MORE, marks_last
from levelhead.review.level_words import OF_ANOTHER
from levelhead.review.list_heads import headed
from levelhead.review.list_labels import announces, is_paired, label_of, waits
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.no_levels import is_line_of_values, is_no_level
from levelhead.review.numbers import Quantity
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, WRITTEN, LevelSide, ReadLevel
from levelhead.review.senses import means_last
from levelhead.review.tokens import Token

LONGEST_LIST = 40
_LAST = re.compile(
    r"\b(?:current(?:ly)?(?: price| level)?|last(?: price| close| traded)|spot(?: price)?|market price|you are here|"
    r"we are here|price now)\b|\blast\b" + NAMES_NO_MORE,
    re.I,
)


def is_last(text: str) -> bool:
    """Whether some words speak of the last price."""
    found = _LAST.search(text)
    return found is not None and means_last(text, *found.span()) and not re.search(r"\b(?:support|resistance)\b", text, re.I)


# Where a session ended is a level among those of one side.
_FORMER_CLOSE = re.compile(r"^\W*(?:(?:prior|previous|yesterday[’']?s|last|the|\w+day[’']s)\s)*(?:settle(?:ment)?|close)\b", re.I)


def _is_told_otherwise(passage: Passage, piece: Piece, first: Token) -> bool:
    """Whether a line gives the last price, or values."""
    if passage.place.side in ("support", "resistance") and _FORMER_CLOSE.match(piece.text[first.end :]):
        return False
    return marks_last(piece.text[first.end :]) or is_last(piece.text[: first.end + 12]) or is_line_of_values(piece.tokens)


def line_levels(passage: Passage, piece: Piece, following: Passage | None, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    """'Resistance: 2,415, 2,455', 'S2 (2,003) – next support', '2,350–2,360: November low', '2,500–2,520:' over its explanation."""
    found = [i for i, t in enumerate(piece.tokens) if prices.is_price(t) and not is_no_level(piece, i, prices.is_price)]
    if (
        not found
        or _is_told_otherwise(passage, piece, piece.tokens[found[0]])
        or not announces(passage, piece, piece.tokens[found[0]])
    ):
        return
    head = label_of(piece, piece.tokens[found[0]])
    label_tokens = [t for t in piece.tokens if t.end <= piece.tokens[found[0]].start]
    if pair := _sided_pair(piece, found, head):
        for index, side in pair:
            yield level_at(
                piece,
                index,
                side=side,
                label=head.strip(" :"),
                words=label_tokens,
                text=head,
                names=(),
                sure=WRITTEN,
                has_pivots=has_pivots,
            )
        return
    names = names_by_number(piece, prices)
    after = (
        following if following is not None and passage.is_head and following.block.kind != "row" and not following.is_head else None
    )
    listed = _listed(piece, found)
    anchor = next((q for i in listed if _IS_LAST.match(piece.text, piece.tokens[i].end) and (q := piece.tokens[i].quantity)), None)
    for number, index in enumerate(listed):
        if piece.tokens[index].quantity is not anchor:
            level = _listed_level(passage, piece, index, number, found, names, after, has_pivots)
            level = _beside(level, anchor) if anchor is not None and not level.side else level
            yield replace(level, sure=WRITTEN) if _FORMER_CLOSE.match(piece.text[piece.tokens[index].end :]) else level


# The last price among those of a ladder on one line: '2,521 * 2,508 ** 2,488.60 Last 2,470'.
_IS_LAST = re.compile(r"\s?[(\[]?(?:last|spot|now|current|here)[)\]]?(?=\s[$€£]?\d|\s?[,|;/])", re.I)


def _beside(level: ReadLevel, last: Quantity) -> ReadLevel:
    """A level of a line, with the side on which it lies of the last price on that line."""
    return replace(level, side="resistance" if level.price.low > last.high else "support", sure=INFERRED)


def _sided_pair(piece: Piece, found: Sequence[int], head: str) -> tuple[tuple[int, LevelSide], ...]:
    """'S/R: 25,600/26,200': the support and the resistance of one line."""
    if len(found) != 2 or not is_paired(head):
        return ()
    values = {i: q.low for i in found if (q := piece.tokens[i].quantity) is not None}
    low, high = sorted(found, key=lambda i: values.get(i, 0.0))
    return (low, "support"), (high, "resistance")


_IS_ONE = re.compile(
    r"\W*(?:this |the |that |these |our |a )?(?:\w+ )?(?:area|zone|level|region|price|band)? ?(?:represents|represent|is|marks|"
    r"was|are|were|holds)\b",
    re.I,
)


def _listed(piece: Piece, found: Sequence[int]) -> list[int]:
    """The first price of a line and those that follow it in the same list."""
    kept = [found[0]]
    for index in found[1:LONGEST_LIST]:
        if not _goes_on(piece, kept[-1], index):
            break
        kept.append(index)
    return kept


_SMALL = frozenset({"and", "then", "the", "at", "also", "next", "followed", "by", "followed by", "by the", "our", "its"})


_LASTS = frozenset({"last", "spot", "now", "current", "here"})


def _goes_on(piece: Piece, one: int, two: int) -> bool:
    """Whether nothing but brackets, names and small words stands between two prices."""
    depth = 0
    for token in piece.tokens[one + 1 : two]:
        if token.text.lower() in _LASTS and _IS_LAST.match(piece.text, piece.tokens[one].end):
            continue
        if token.text in "()":
            depth = max(0, depth + (1 if token.text == "(" else -1))
        elif (
            depth
            or token.kind in ("average", "pivot", "count")
            or (token.kind == "mark" and token.text in ",;:|→•·>")
            or token.text.lower() in _SMALL
        ):
            continue
        else:
            return False
    between = piece.text[piece.tokens[one].end : piece.tokens[two].start]
    for token in piece.tokens[one + 1 : two]:
        if token.kind in ("pivot", "count"):
            between = between.replace(token.text, "", 1)
    between = re.sub(r"\([^()]*\)", "", _IS_LAST.sub("", between))
    return not re.search(r"[–—]|\s-\s(?=\w)|->", between) or not re.search(r"[A-Za-z]", between)


def _listed_level(
    passage: Passage,
    piece: Piece,
    index: int,
    number: int,
    found: Sequence[int],
    names: dict[int, list[str]],
    after: Passage | None,
    has_pivots: bool,
) -> ReadLevel:
    token = piece.tokens[index]
    at = list(found).index(index)
    start = 0 if at == 0 else _parting(piece, found[at - 1], index)
    end = len(piece.text) if at + 1 == len(found) else _parting(piece, index, found[at + 1])
    own = words_of(piece.text, piece.tokens, start, end)
    head = words_of(piece.text, piece.tokens, 0, piece.tokens[found[0]].start)
    others = [m.span() for m in OF_ANOTHER.finditer(own.text)]  # what stands there has a price of its own
    words = [t for t in own.tokens if not any(a <= t.start - start < b for a, b in others)]
    text, role = OF_ANOTHER.sub("", own.text), role_in(words)
    title = passage.place.title
    own_names = names.get(index, [])
    side: str = next((s for n in own_names if n.startswith("pivot.") and (s := side_of_name(n))), "")
    sure = WRITTEN
    if side in ("", "pivot"):
        side = side_in(own.text, own.tokens, is_past_enough=not passage.place.side) or side
    if not side and number and not (_OWN_NAME.match(own.text) and not _COLON.search(head.text)):
        side = side_in(head.text, head.tokens)
    if not side:
        side, sure = headed(head.text) or waits(head.text), INFERRED
    if not side and passage.place.side:
        side, sure = passage.place.side, INFERRED
    if after is not None and not re.search(r"[A-Za-z]", piece.text):
        first = after.pieces[0]
        whole = words_of(first.text, first.tokens, 0, len(first.text))
        role = role or role_in(whole.tokens)
        if _IS_ONE.match(whole.text):
            words, text = [*words, *whole.tokens], text + " " + whole.text
        if not side:
            side, sure = side_in(whole.text, whole.tokens), INFERRED
    label = (
        (own.text[: token.start - start] + " " + own.text[token.end - start :])
        .replace("( ) ", "")
        .replace("( )", "")
        .strip(" :–—-|,.;()")
        or head.text.strip(" :–—-|")
        or title
    )
    return level_at(
        piece,
        index,
        side=cast("LevelSide", side),
        label=label[:160],
        words=words,
        text=text,
        names=own_names,
        sure=sure,
        has_pivots=has_pivots,
        role=role,
    )


# 'Supply 283-285 // gap 270-274': prices each with a name of its own
_OWN_NAME = re.compile(r"[\s/|]*(?!and\b|then\b|also\b|next\b|the\b|at\b|near\b|followed\b)[A-Za-z][\w ]{1,20}\s?[$€£~≈]?\d", re.I)
_COLON = re.compile(r"[:=–—(]\s*[$€£~≈]?\s*$|\b(?:at|is|are|near|around)\s*$")
_PARTING = re.compile(r"[,;/|&•·>]|\b(?:then|and|followed by)\b", re.I)


_NEXT_SIDE = re.compile(r"(?<![A-Za-z])(?:[RS]|supp?(?:orts?)?|res(?:istances?)?)\s?[:=.]?\s?[$€£~≈]?$", re.I)


def _parting(piece: Piece, one: int, two: int) -> int:
    """Where the words about one price of a list end and those about the next begin."""
    start, end = piece.tokens[one].end, piece.tokens[two].start
    gap = piece.text[start:end]
    if wide := re.search(r"\s{2,}(?=\S)|\s(?=[A-Z][\w .]{0,24}:)", gap):
        return start + wide.start()  # another list begins on the same line
    depth = 0
    marks = ";" if ";" in gap and not re.search(r"\([^)]*;", gap) else ",;/|&•·>"  # '122.90, the range top; 126.80, …'
    for at, ch in enumerate(gap):
        depth += (ch == "(") - (ch == ")")
        if depth <= 0 and ch in marks:
            return start + at + 1
    if depth > 0:  # the next price stands in the brackets behind this one
        joined = _PARTING.search(gap[: gap.index("(")])
        return start + (joined.end() if joined else gap.index("("))
    if ahead := _NEXT_SIDE.search(gap):
        return start + ahead.start()  # 'R 39,505 … S 38,940'
    found = _PARTING.search(gap)
    return start + found.end() if found else end
