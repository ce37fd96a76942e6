"""Rows whose cells name their own levels: 'R2: $54.50 | S1: $51.20', 'RESISTANCE 69,420 | 70,150', 'Support:   968, then 951'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.kinds import side_in
from levelhead.review.level_lines import line_levels
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import WRITTEN, ReadLevel

FEWEST_LISTED = 2
Priced = Sequence[tuple[Piece, list[int]]]


def named_cells(
    passage: Passage, priced: Priced, holders: Sequence[int], prices: Prices, has_pivots: bool
) -> list[ReadLevel] | None:
    """The levels of such a row; None where it is no such row. priced: each cell with its prices; holders: the cells of levels."""
    if field := _field(passage):
        return list(line_levels(passage, field, None, prices, has_pivots))
    if listed := _list_of_a_side(passage, priced, holders, prices, has_pivots):
        return listed
    apart = [n for n in holders if _has_own_label(priced[n][0], priced[n][1])]
    bare = [n for n in holders if n not in apart and not re.search(r"[A-Za-z]{2}", priced[n][0].text)]
    if len(apart) >= 2 and (not bare or not passage.columns):
        return [x for n in apart for x in line_levels(passage, priced[n][0], None, prices, has_pivots)]
    return None


def _field(passage: Passage) -> Piece | None:
    """'Support:   110'16, then 109'26 (Friday's low)', its name and its list wide apart, as one line; None for any other row."""
    if passage.columns or len(passage.pieces) != FEWEST_LISTED:
        return None
    name, listed = passage.pieces
    if any(t.kind == "number" for t in name.tokens):
        return None
    numbers = sum(t.kind == "number" for t in listed.tokens)
    if numbers < FEWEST_LISTED or not any("side" in t.says for t in name.tokens):
        return None
    shift = len(name.text) + 1
    tokens = (*name.tokens, *(t.moved(shift) for t in listed.tokens))
    return Piece(f"{name.text} {listed.text}", listed.start - shift, tokens)


# What the head of a column may say that leaves its cells prices of one list.
_SILENT = re.compile(
    r"\W*(?:levels?|prices?|side|type)?\s?(?:\d|first|second|third|fourth|1st|2nd|3rd|4th|nearest|next|further)?\W*", re.I
)


def _list_of_a_side(
    passage: Passage, priced: Priced, holders: Sequence[int], prices: Prices, has_pivots: bool
) -> list[ReadLevel] | None:
    """'Support | 968 | 951 (Friday's low)', 'RESISTANCE 69,420 | 70,150': a side, and cells that begin with a price and name it."""
    first, found = priced[0]
    is_headed = len(passage.columns) >= len(priced) and not all(_SILENT.fullmatch(c) for c in passage.columns)
    if is_headed or list(holders) != list(range(0 if found else 1, len(priced))):
        return None
    head = [t for t in first.tokens if not found or t.end <= first.tokens[found[0]].start]
    if sum(len(at) for _, at in priced) < FEWEST_LISTED:
        return None
    side = side_in(" ".join(t.text for t in head), head)
    is_list = len(found) <= 1 and all(len(at) == 1 and _begins(piece, at[0]) for piece, at in priced[1:])
    if side not in ("support", "resistance") or not is_list or not head or any(t.kind == "number" for t in head):
        return None
    listed = [
        level_at(
            piece,
            at[0],
            side=side,
            label=f"{first.text} | {piece.text}" if n else first.text,
            words=[*(t for t in head if t.kind != "pivot"), *(t for t in piece.tokens if t not in head)],
            text=piece.text if n else piece.text[head[-1].end :],
            names=names_by_number(piece, prices).get(at[0], []),
            sure=WRITTEN,
            has_pivots=has_pivots,
        )
        for n, (piece, at) in enumerate(priced)
        if at
    ]
    is_pivots = has_pivots and bool(_OF_PIVOTS.search(first.text))
    return [replace(x, kind="pivot") if is_pivots and x.kind == "level" else x for x in listed]


_OF_PIVOTS = re.compile(r"\b[RS][1-4]\s?(?:[-–/,&]|to\b)\s?[RS]?[2-5]\b|\bpivots?\b", re.I)  # 'Resistance (R1-R3)'


def _begins(piece: Piece, at: int) -> bool:
    """Whether a cell begins with its price, and calls it no other side."""
    return not re.search(r"\w", piece.text[: piece.tokens[at].start]) and not any("side" in t.says for t in piece.tokens)


def _has_own_label(piece: Piece, found: Sequence[int]) -> bool:
    """'R2: $54.50': a name before the price in the same cell."""
    return any("side" in t.says or t.kind in ("pivot", "average") for t in piece.tokens if t.end <= piece.tokens[found[0]].start)
