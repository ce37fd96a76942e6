"""Which number belongs to which name: '50-day SMA (2,229.3)', '2,270 (50-day MA)', 'the 50- and 200-day at 2,278 and 2,190'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.passages import Piece
from levelhead.review.said import WRITTEN
from levelhead.review.tokens import Token
from levelhead.review.value_names import Naming, is_no_longer, is_of_another, names_of
from levelhead.review.values_after import AND, values_after
from levelhead.review.values_before import apposed, named_behind, said_again

FEWEST_PARALLEL = 3
_BETWEEN_NAMES = frozenset({",", ":", "and", "(", ")", "|"})
_ALIGNS = re.compile(
    r"\b(?:aligns?|coincides?|lines? up|overlaps?|converges?|near|around|matches|in line|corresponds|sits? (?:at|on|near)|"
    r"home to|houses)\b[\w\s]{0,24}$",
    re.I,
)


def namings(piece: Piece, is_value: Sequence[bool]) -> tuple[Naming, ...]:
    """Every name of a piece with its number; a name with none is left out.

    is_value: for each token, whether it is a number that may be a value.
    """
    if not any(map(names_of, piece.tokens)):
        return ()
    found: list[Naming] = _parallel(piece, is_value)
    found += apposed(piece, is_value, {n.by for n in found})
    used: set[int] = {n.number for n in found if not n.name.startswith("pivot.")}
    named = {n.by for n in found}
    for at, token in enumerate(piece.tokens):
        names = names_of(token)
        if not names or is_no_longer(piece.text, token) or (token.kind == "average" and is_of_another(piece.text, token)):
            continue
        if at in named or _is_suffix(piece, at, is_value):
            continue
        numbers = values_after(piece, at, len(names), is_value, token.kind == "oscillator")
        if not numbers or (numbers[0] in used and token.kind != "pivot"):
            continue
        for name, number in zip(names, numbers, strict=False):
            found.append(Naming(name, number, at, WRITTEN))
            if token.kind != "pivot":
                used.add(number)
    found += named_behind(piece, is_value, used, {n.by for n in found})
    found += said_again(piece, is_value, found)
    return tuple(sorted(_shared(piece, found, is_value), key=lambda n: n.number))


def _is_suffix(piece: Piece, at: int, is_value: Sequence[bool]) -> bool:
    """'5,745 S1, 5,731 S2, 5,768 R1': a letter's number stands before it, in a list that parts behind the letters."""
    tokens = piece.tokens
    if tokens[at].kind != "pivot" or not at or not is_value[at - 1]:
        return False
    if not re.fullmatch(r"\s?[(=]?\s?", piece.text[tokens[at - 1].end : tokens[at].start]):
        return False
    return at + 1 == len(tokens) or not is_value[at + 1] or bool(re.match(r"\s?[,;/|)·]", piece.text[tokens[at].end :]))


def _is_price_word(token: Token) -> bool:
    """'Price / 50 DMA / 200 DMA: 236.20 / 225.10 / 214.90' lists the last price among the averages."""
    return token.text.lower() in ("price", "last", "close", "spot", "px")


def _parallel(piece: Piece, is_value: Sequence[bool]) -> list[Naming]:
    """'S2/S1/P/R1/R2 = 6,781.50 / 6,812.00 / …': as many numbers as names, in their order."""
    tokens = piece.tokens
    at = 0
    while at < len(tokens):
        names, numbers, i = [], [], at
        while i < len(tokens) and (
            tokens[i].kind in ("pivot", "average") or tokens[i].text.lower() in _BETWEEN_NAMES or _is_price_word(tokens[i])
        ):
            names += [(name, i) for name in names_of(tokens[i]) or (("last",) if _is_price_word(tokens[i]) else ())]
            i += 1
        while i < len(tokens) and names and (is_value[i] or tokens[i].text.lower() in _BETWEEN_NAMES):
            numbers += [i] if is_value[i] else []
            i += 1
        is_barred = "/" in piece.text[tokens[at].start : tokens[i - 1].end] if i > at else False
        if (
            len(names) >= (2 if is_barred else FEWEST_PARALLEL)
            and len(names) == len(numbers)
            and any(n != "last" for n, _ in names)
        ):
            return [Naming(name, number, by, WRITTEN) for (name, by), number in zip(names, numbers, strict=True)]
        at = max(i, at + 1)
    return []


def _shared(piece: Piece, found: Sequence[Naming], is_value: Sequence[bool]) -> list[Naming]:
    """'The 50-day and the 200-day at 2,278 and 2,190': the first of two names takes the first of two numbers."""
    tokens = piece.tokens
    named = {n.by for n in found}
    out = list(found)
    for naming in found:
        at = naming.by
        earlier = next((i for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].kind == "average"), None)
        if earlier is None or earlier in named or len(tokens[earlier].names) != 1:
            continue
        if not re.fullmatch(r"\s*(?:,|and|&|/)\s*(?:the\s|its\s)?", piece.text[tokens[earlier].end : tokens[at].start], re.I):
            continue
        later = next((i for i in range(naming.number + 1, min(len(tokens), naming.number + 4)) if is_value[i]), None)
        if later is not None and AND.fullmatch(piece.text[tokens[naming.number].end : tokens[later].start]):
            out.remove(naming)
            out += [Naming(tokens[earlier].names[0], naming.number, earlier, WRITTEN), Naming(naming.name, later, at, WRITTEN)]
    return out


def aligned(piece: Piece) -> tuple[int, ...]:
    """Averages with which 'this zone' is said to align."""
    return tuple(
        i
        for i, t in enumerate(piece.tokens)
        if t.kind == "average" and len(t.names) == 1 and _ALIGNS.search(piece.text[max(0, t.start - 48) : t.start])
    )
