"""A price that a note presents, as a level: its kind, role and name by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.kinds import extreme_in, kind_of, role_in
from levelhead.review.naming import namings
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.said import LevelSide, ReadLevel
from levelhead.review.tokens import Token


def names_by_number(piece: Piece, prices: Prices) -> dict[int, list[str]]:
    """For each number of a piece, by its token, the names it is the value of."""
    names: dict[int, list[str]] = {}
    for naming in namings(piece, [prices.is_price(t) for t in piece.tokens]):
        names.setdefault(naming.number, []).append(naming.name)
    return names


def level_at(
    piece: Piece,
    index: int,
    *,
    side: LevelSide,
    label: str,
    words: Sequence[Token],
    text: str,
    names: Sequence[str],
    sure: float,
    has_pivots: bool,
    role: str | None = None,
) -> ReadLevel:
    """The level at token `index` of a piece: kind, role and name by `words` and `text` around it and by `names`."""
    token = piece.tokens[index]
    assert token.quantity is not None
    kind = kind_of(text, words, names)
    averages = [n for n in names if n.startswith(("sma_", "ema_", "wma_"))] or [
        n for t in words if t.kind == "average" for n in t.names
    ]
    pivots = [n.removeprefix("pivot.") for n in names if n.startswith("pivot.")]
    if kind == "pivot" and pivots and not has_pivots and pivots[0] != "p":
        kind = kind_of(text, [t for t in words if t.kind != "pivot"])
    name = averages[0] if kind == "average" and averages else pivots[0] if pivots else ""
    if kind == "pivot" and not name and re.search(r"\bpivot\b", text, re.I):
        name = "p"
    if kind == "extreme" and (extreme := extreme_in(text, words)) not in ("high", "low"):
        name = extreme
    return ReadLevel(
        side=side,
        kind=kind,
        price=token.quantity.money,
        label=label.strip(" :–—-|,.;()"),
        role=role_in(words) if role is None else role,
        name=name,
        span=piece.span(token),
        sure=sure,
    )
