"""Tables that step from price to price: one cell of each row is a price, lower or higher than the one before, the others say what
stands there, how often it was reached, how far it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.passages import Passage, Piece
from levelhead.review.runs import LONGEST_HERE, goes_one_way, is_at_market

FEWEST = 5
FEWEST_BEFORE = 3  # rows in order before one that is not
_BARE = re.compile(r"\W{0,3}[~≈]?[$€£¥]?\d[\d,.'’]*\d[kK]?(?:\s?[-–]\s?\d[\d,.'’]*\d)?\W{0,3}")
_WORDS = re.compile(r"[A-Za-z]{2}|\d{2,3}[- ]?d\b", re.I)
_OF_OTHERS = re.compile(
    r"\b(?:values?|readings?|targets?|entry|stop|tp|sl|close|settle|open|average|date|time|strike|signal|previous|forecast|actual)\b"
)


def with_ladders(found: Sequence[Passage]) -> list[Passage]:
    """The passages; rows of such tables are a list of levels, of which the price comes first and what is no word is left out."""
    out = list(found)
    at = 0
    while at < len(out):
        last, prices, rows = at, list[float](), list[int]()
        cell = _price_cell(out[at])
        while cell is not None and last < len(out):
            price = _price(out[last], cell)
            if price is not None and goes_one_way([*prices, price]):
                prices.append(price)
                rows.append(last)
            elif price is not None and len(rows) == len(prices) >= FEWEST_BEFORE and _goes_on(out[last - 1], out[last]):
                rows.append(last)  # one that stands out of its order
            elif price is not None or not prices or not _is_between(out[last]):
                break
            last += 1
        steps = [out[row] for row in rows]
        if len(rows) >= FEWEST and cell is not None and not _is_read_otherwise(steps, cell):
            for row, step in zip(rows, _ladder(steps, cell), strict=True):
                out[row] = step
        at = max(last, at + 1)
    return out


def _goes_on(above: Passage, row: Passage) -> bool:
    """Whether a row of the same table names a point of the chart."""
    return row.block.table is not None and row.block.table == above.block.table and _names_a_point(row)


_LEVELISH = ("extreme", "gap", "profile", "round", "fibonacci", "line")
_ENDS = re.compile(r"(?P<name>[A-Za-z(][^:=|]{2,60}?)[\s:=.–—-]+[~≈]?[$€£¥]?\d[\d,.'’]*\d\W*")
_OF_THE_YEAR = re.compile(r"52|year|all[- ]time|record|life|\bsince\b", re.I)


def with_named_steps(found: Sequence[Passage]) -> list[Passage]:
    """The passages; five lines and more that each name a point of the chart and end with its price, step by step, list levels."""
    out = list(found)
    at = 0
    while at < len(out):
        last, prices, named = at, list[float](), 0
        while last < len(out) and (price := _closing_price(out[last])) is not None and goes_one_way([*prices, price]):
            prices.append(price)
            named += _names_a_point(out[last])
            last += 1
        if len(prices) >= FEWEST and 2 * named > len(prices):
            out[at:last] = [replace(p, place=replace(p.place, topic="levels"), is_head=False) for p in out[at:last]]
            at = last
        else:
            at = max(last - 1, at + 1)  # the last line of a short run may begin the next
    return out


def _closing_price(passage: Passage) -> float | None:
    """The price at the end of a line of a name and nothing else."""
    if passage.block.kind == "row" or passage.place.topic not in ("", "levels", "summary", "indicators") or not passage.pieces:
        return None
    numbers = [t for p in passage.pieces for t in p.tokens if t.kind in ("number", "percent")]
    if len(numbers) != 1 or numbers[0].quantity is None or not _ENDS.fullmatch(passage.block.text.strip()):
        return None
    return numbers[0].quantity.low


def _names_a_point(passage: Passage) -> bool:
    if _OF_THE_YEAR.search(passage.block.text):
        return False
    return any(kind in t.says for p in passage.pieces for t in p.tokens for kind in _LEVELISH)


def _price_cell(passage: Passage) -> int | None:
    """Which cell of a row holds its price: the first that is a bare number, where no other is one of that size."""
    if passage.block.kind != "row" or len(passage.pieces) < 2 or passage.place.topic in ("setups", "dismissed"):
        return None
    numbers = [n for n, piece in enumerate(passage.pieces) if _value(piece) is not None]
    if not numbers or (numbers[0] < len(passage.columns) and _OF_OTHERS.search(passage.columns[numbers[0]])):
        return None
    price = _value(passage.pieces[numbers[0]]) or 0.0
    others = [_value(passage.pieces[n]) or 0.0 for n in numbers[1:]]
    return None if any(price / 2 < other < price * 2 for other in others) else numbers[0]


def _price(passage: Passage, cell: int) -> float | None:
    if passage.block.kind != "row" or _price_cell(passage) != cell:
        return None
    return _value(passage.pieces[cell])


def _value(piece: Piece) -> float | None:
    """The number that is all there is in a cell, if it may be a price: not a count of two digits, no per cent, no date."""
    numbers = [t for t in piece.tokens if t.kind == "number" and t.quantity is not None and t.quantity.unit != "%"]
    if len(numbers) != 1 or not _BARE.fullmatch(piece.text.strip()) or piece.text.lstrip()[:1] in "+-−":
        return None
    quantity = numbers[0].quantity
    return quantity.low if quantity is not None and (quantity.size >= 2 or quantity.decimals >= 2) else None


def _is_between(passage: Passage) -> bool:
    """The market's own line among the rows: a number alone, or one that says that price is there."""
    text = passage.block.text
    return is_at_market(text) or (len(text) <= LONGEST_HERE and bool(_BARE.fullmatch(text.strip(" *-=<>"))))


def _is_read_otherwise(rows: Sequence[Passage], cell: int) -> bool:
    """Whether the rows give averages, the prices of two markets, or name their own sides and no shares beside them."""
    tokens = [[t for p in row.pieces for t in p.tokens] for row in rows]
    if 2 * sum(any(t.kind in ("average", "oscillator") for t in own) for own in tokens) > len(rows):
        return True
    width = min(len(row.pieces) for row in rows)
    for other in range(width):
        values = [_value(row.pieces[other]) for row in rows]
        if other != cell and None not in values and goes_one_way([value or 0.0 for value in values]):
            return True
    named = sum(any("side" in t.says or t.kind == "pivot" for t in own) for own in tokens)
    return 3 * named >= len(rows) and 2 * sum(any(t.kind == "percent" for t in own) for own in tokens) < len(rows)


def _ladder(rows: Sequence[Passage], cell: int) -> list[Passage]:
    """The rows with the price first, and of the other cells those with words that do not stand in row after row."""
    said = Counter(piece.text.strip() for row in rows for n, piece in enumerate(row.pieces) if n != cell)
    ladder = []
    for row in rows:
        words = [p for n, p in enumerate(row.pieces) if n != cell and _WORDS.search(p.text) and said[p.text.strip()] == 1]
        place = replace(row.place, topic="levels", side="", way="")
        ladder.append(replace(row, pieces=(row.pieces[cell], *words), columns=(), place=place, is_head=False))
    return ladder
