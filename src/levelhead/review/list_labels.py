"""Whether a line lists levels: it begins with a price where levels are listed, or with a label that announces them."""

from __future__ import annotations

import re

from levelhead.review.kinds import words_of
from levelhead.review.list_heads import headed
from levelhead.review.passages import Passage, Piece
from levelhead.review.said import LevelSide
from levelhead.review.session_prices import is_session_name
from levelhead.review.side_heads import side_named
from levelhead.review.tokens import Token

LONGEST_LABEL = 70  # characters
SHORT_LABEL = 3  # words
NEAR = 60  # characters behind a price
_LEVELISH = ("side", "profile", "extreme", "round", "gap", "fibonacci", "line")
_PAIRED = re.compile(r"\bS\s?[/&]\s?R\b|\bsupports?\s?(?:/|and|&)\s?resistances?\b", re.I)
_NAMES_LEVEL = re.compile(r"level|zone|line in the sand", re.I)
_PLACES = re.compile(r"\b(?:the|at|near|around|about|US|low|mid|high|upper|lower)\b", re.I)


# '1st: 2,455' under 'Supports'
_NUMBER_ALONE = re.compile(
    r"\W*(?:#?\s?[1-6](?:st|nd|rd|th)?|first|second|third|fourth|nearest|next|final|major|minor|key)\s?[:.)=–-]\s*", re.I
)


def label_of(piece: Piece, first: Token) -> str:
    """The words of a line before its first price."""
    return piece.text[: first.start].rstrip("~≈$€£<> ") + " "


def waits(label: str) -> LevelSide:
    """The side of a label that says who waits there: 'Where buyers live:'."""
    return side_named(label) if _WHO.match(label) and label.rstrip().endswith(":") else ""


_WHO = re.compile(r"\W*(?:this is |here is )?(?:where|who|what)\b", re.I)


def is_paired(label: str) -> bool:
    """Whether a label names both sides, as in 'S/R: 25,600/26,200'."""
    return bool(_PAIRED.search(label))


def announces(passage: Passage, piece: Piece, first: Token) -> bool:
    """Whether a line whose first price is `first` lists levels."""
    label = label_of(piece, first)
    if passage.place.topic == "levels" and is_session_name(label):
        return True
    if passage.place.side and _NUMBER_ALONE.fullmatch(label):
        return True
    if re.search(r"[A-Za-z]", _PLACES.sub("", label)):
        return _is_label(passage, piece, first, label)
    return _begins(passage, piece, first)


def _begins(passage: Passage, piece: Piece, first: Token) -> bool:
    """Whether a line that begins with a price is one of a list of levels, or says itself what the price is."""
    if piece is not passage.pieces[0] and passage.block.kind != "row":
        return False
    if passage.place.topic == "levels" or passage.place.side:
        return True
    rest = words_of(piece.text, piece.tokens, first.end, min(len(piece.text), first.end + NEAR))
    is_parted = bool(re.match(r"\s?[:–—=(|-]", piece.text[first.end :]))
    return is_parted and any(k in t.says or t.kind == "average" for t in rest.tokens for k in _LEVELISH)


def _is_label(passage: Passage, piece: Piece, first: Token, label: str) -> bool:
    """Whether the words before the first price are a label of levels."""
    tokens = [t for t in piece.tokens if t.end <= first.start]
    is_headed = (
        passage.place.topic not in ("scenarios", "setups")
        and bool(headed(label) or waits(label))
        and bool(re.search(r"[:=–—-]\s*[$~≈€£]?\s*$", label))
        and "%" not in piece.text
    )
    if is_headed or is_paired(label):
        return not _is_aim(tokens)
    if not (_is_short(label) and _is_name(label, tokens) and _is_colon(label, tokens)) or _is_aim(tokens):
        return False
    is_side = any("side" in t.says or t.kind == "pivot" for t in tokens)
    return passage.place.topic == "levels" or is_side or bool(_NAMES_LEVEL.search(label)) or bool(passage.place.side)


def _is_short(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and bool(re.search(r"[:=(|–—→-]\s{0,3}[$~≈]?\s?$|\bat\s[$~≈]?$|\s$", label))


def _is_name(label: str, tokens: list[Token]) -> bool:
    """Whether a label says what its prices are."""
    said = any(k in t.says for t in tokens for k in (*_LEVELISH, "role")) or any(t.kind in ("pivot", "average") for t in tokens)
    return said or bool(re.search(r"\b(?:level|zone|line in the sand|area)\b", label, re.I))


def _is_colon(label: str, tokens: list[Token]) -> bool:
    """Whether a label ends in a colon, or holds nothing but names."""
    if re.search(r"[:=(|–—→-]\s{0,3}(?:\(?[SRPHL]{1,2}\d?\)?\s?:?\s?)?$", label):
        return True
    if all(t.kind in ("pivot", "average", "mark") or t.says for t in tokens):
        return True
    return bool(tokens) and "side" in tokens[-1].says and len(tokens) <= SHORT_LABEL


def _is_aim(tokens: list[Token]) -> bool:
    """Whether a label speaks of targets and stops, and of no pivot."""
    aims = any(("target" in t.says or "stop" in t.says) and "side" not in t.says for t in tokens)
    return aims and not any(t.says.get("side") == "pivot" for t in tokens)
