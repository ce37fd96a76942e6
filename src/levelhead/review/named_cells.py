"""Rows whose cells name their own levels: 'R2: $54.50 | S1: $51.20', 'RESISTANCE 69,420 | 70,150', 'Support:   968, then 951'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.kinds import side_in
from levelhead.review.level_lines import line_levels
from levelhead.review.numbers import Quantity
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import ReadLevel
from levelhead.review.tokens import Token

FEWEST_LISTED = 2
Priced = Sequence[tuple[Piece, list[int]]]


def named_cells(
    passage: Passage, priced: Priced, holders: Sequence[int], prices: Prices, has_pivots: bool
) -> list[ReadLevel] | None:
    """The levels of such a row; None where it is no such row. priced: each cell with its prices; holders: the cells of levels."""
    if field := _field(passage):
        return list(line_levels(passage, field, None, prices, has_pivots))
    apart = [n for n in holders if _has_own_label(priced[n][0], priced[n][1])]
    bare = [n for n in holders if n not in apart and not re.search(r"[A-Za-z]{2}", priced[n][0].text)]
    if listed := _over_cells(passage, priced, holders, apart, bare, prices, has_pivots):
        return listed
    if len(apart) >= 2 and (not bare or not passage.columns):
        return [x for n in apart for x in line_levels(passage, priced[n][0], None, prices, has_pivots)]
    return None


def _field(passage: Passage) -> Piece | None:
    """'Support:   110'16, then 109'26 (Friday's low)', its name and its list wide apart, as one line; None for any other row."""
    if passage.columns or len(passage.pieces) < FEWEST_LISTED:
        return None
    if len(passage.pieces) > FEWEST_LISTED:
        return _parted_by_bars(passage)
    name, listed = passage.pieces
    if any(t.kind == "number" for t in name.tokens):
        return _parted_by_bars(passage)
    numbers = sum(t.kind == "number" for t in listed.tokens)
    if numbers < FEWEST_LISTED or not any("side" in t.says for t in name.tokens):
        return None
    shift = len(name.text) + 1
    tokens = (*name.tokens, *(replace(t, start=t.start + shift, end=t.end + shift) for t in listed.tokens))
    return Piece(f"{name.text} {listed.text}", listed.start - shift, tokens)


_BEGINS = re.compile(r"[$€£~≈]?\s?\d")


def _parted_by_bars(passage: Passage) -> Piece | None:
    """'Supp:  8,600 (round) | 8,545/60 | 8,470 (200 DMA)': one list, its prices between bars, as one line."""
    first, *rest = passage.pieces
    sides = {t.says["side"] for t in first.tokens if "side" in t.says}
    if len(sides) != 1 or not any(t.kind == "number" for t in first.tokens) or first.tokens[0].kind == "number":
        return None
    if any("side" in t.says or t.kind == "pivot" for p in rest for t in p.tokens) or not all(_BEGINS.match(p.text) for p in rest):
        return None
    text, tokens = first.text, list(first.tokens)
    for piece in rest:
        shift = piece.start - first.start
        text = text.ljust(shift - 1)[: shift - 1] + "|" + piece.text
        tokens += [
            Token("mark", shift - 1, shift, "|"),
            *(replace(t, start=t.start + shift, end=t.end + shift) for t in piece.tokens),
        ]
    return Piece(text, first.start, tuple(tokens))


def _over_cells(
    passage: Passage,
    priced: Priced,
    holders: Sequence[int],
    apart: Sequence[int],
    bare: Sequence[int],
    prices: Prices,
    has_pivots: bool,
) -> list[ReadLevel]:
    """The levels of 'RESISTANCE 69,420 | 70,150': the first cell names the side, the others are prices of the same list."""
    if list(apart) != [0] or not bare or [0, *bare] != list(holders) or len(holders) != len(priced):
        return []
    first = priced[0][0]
    side = side_in(first.text, first.tokens)
    if side not in ("support", "resistance") or any(len(priced[n][1]) != 1 for n in bare):
        return []
    found = list(line_levels(passage, first, None, prices, has_pivots))
    return found + [
        replace(x, price=q.money, span=priced[n][0].span(t)) for x in found[:1] for n in bare for t, q in _price_of(priced[n])
    ]


def _price_of(cell: tuple[Piece, list[int]]) -> Iterator[tuple[Token, Quantity]]:
    token = cell[0].tokens[cell[1][0]]
    if token.quantity is not None:
        yield token, token.quantity


def _has_own_label(piece: Piece, found: Sequence[int]) -> bool:
    """'R2: $54.50': a name before the price in the same cell."""
    return any("side" in t.says or t.kind in ("pivot", "average") for t in piece.tokens if t.end <= piece.tokens[found[0]].start)
