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
    r"\b(?:prior|previous|yesterday|overnight|globex|last week|initial balance|(?:mon|tues|wednes|thurs|fri)day|week)\b|"
    r"\b(?:PD|PW|ON|GL|IB)[HLC]\b|\bVA[HL]\b",
    re.I,
)
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
        len(passage.pieces) == 1 and passage.place.topic in ("", "summary", "indicators") and _OF_A_PERIOD.search(pieces[0].text)
    )
    return replace(passage, pieces=tuple(pieces), place=replace(passage.place, topic="levels") if is_list else passage.place)


def _named(piece: Piece) -> list[Piece]:
    found = _LIST.fullmatch(piece.text.strip())
    if found is None or not piece.text.startswith(found.group()[:1]):
        return []
    names = re.split(_PARTS, found["names"])
    prices = list(re.finditer(_PRICE, piece.text[found.start("prices") :]))
    if len(names) != len(prices):
        return []
    made = []
    for name, price in zip(names, prices, strict=True):
        label = f"{found['of']}{_SHORT.get(name.lower(), name)} "
        start = found.start("prices") + price.start()
        text = " " * max(0, start - len(label)) + label[-start:] + price.group()
        made.append(Piece(text, piece.start, tokens_of(text)))
    return made
