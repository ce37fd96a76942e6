"""Several names and as many prices, parted alike: 'Prior day high/low/settle: 24,897 / 24,488 / 24,712'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.passages import Passage, Piece
from levelhead.review.tokens import tokens_of

_NAME = r"(?:high|low|close|settle(?:ment)?|open|last|mid|VAH|VAL|V?POC|PD[HLC]|PW[HLC]|ON[HL]|GL[HL]|IB[HL]|[HLCO])"
_PARTS = r"\s?(?:/|\||,|-|–|&)\s?"
_PRICE = r"[$€£]?\d[\d,.'’]*\d"
_LIST = re.compile(
    rf"(?P<of>(?:[A-Za-z’'.()\d-]+\s){{0,4}})(?P<names>{_NAME}(?:{_PARTS}{_NAME}){{1,4}})\s?(?:\([^()]{{1,16}}\)\s?)?[:=–-]?\s"
    rf"(?P<prices>{_PRICE}(?:\s?[/|]\s?{_PRICE}|,\s{_PRICE}|\s[–-]\s{_PRICE}){{1,4}})\.?",
    re.I,
)
_OF_A_PERIOD = re.compile(
    r"\b(?:prior|prev|previous|yesterday|yest|yday|y'day|overnight|o/n|globex|last (?:week|month|session)|initial balance|"
    r"(?:mon|tues|wednes|thurs|fri)day|week|month)\b|"
    r"\b(?:PD|PW|ON|GL|IB)[HLC]\b|\bVA[HL]\b",
    re.I,
)
# 'yesterday H 4,043.1 / L 3,998.6': each end beside its own price
_EACH = re.compile(
    rf"(?P<of>(?:[A-Za-z’'./()-]+\s){{1,4}}?)(?P<list>{_NAME}\s?[:=@]?\s?{_PRICE}(?:\s?[/|,;–-]?\s(?:and\s)?{_NAME}\s?[:=@]?\s?{_PRICE}){{1,3}})\.?",
    re.I,
)
_ONE = re.compile(rf"(?P<name>{_NAME})\s?[:=@]?\s?(?P<price>{_PRICE})", re.I)
_SHORT = {"h": "high", "l": "low", "c": "close", "o": "open"}


def each_named(found: Sequence[Passage]) -> list[Passage]:
    """The passages; of such a line each price is a sentence of its own, with its name before it."""
    return [_parted(passage) for passage in found]


def _parted(passage: Passage) -> Passage:
    if passage.block.kind == "row" or not passage.pieces:
        return passage
    pieces = [made for piece in passage.pieces for made in (_named(piece) or (piece,))]
    if len(pieces) == len(passage.pieces):
        return passage
    is_list = (
        len(passage.pieces) == 1
        and passage.place.topic in ("", "summary", "indicators")
        and _OF_A_PERIOD.search(passage.block.text)
    )
    return replace(passage, pieces=tuple(pieces), place=replace(passage.place, topic="levels") if is_list else passage.place)


def _named(piece: Piece) -> list[Piece]:
    text = piece.text.strip()
    if not piece.text.startswith(text[:1]):
        return []
    if found := _LIST.fullmatch(text):
        names = re.split(_PARTS, found["names"])
        prices = [(m.start() + found.start("prices"), m.group()) for m in re.finditer(_PRICE, found["prices"])]
        if len(names) == len(prices):
            return [_sentence(piece, found["of"], name, *price) for name, price in zip(names, prices, strict=True)]
    elif (each := _EACH.fullmatch(text)) and _OF_A_PERIOD.search(each["of"]):
        return [
            _sentence(piece, each["of"], m["name"], m.start("price"), m["price"]) for m in _ONE.finditer(text, each.start("list"))
        ]
    return []


def _sentence(piece: Piece, of: str, name: str, start: int, price: str) -> Piece:
    """'Prior day high 24,897', with the price where it stands in the piece."""
    label = f"{of}{_SHORT.get(name.lower(), name)} "
    text = " " * max(0, start - len(label)) + label[-start:] + price
    return Piece(text, piece.start, tokens_of(text))
