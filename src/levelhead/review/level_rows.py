"""Levels in the rows of tables: sides and names by column, by cell, by heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from levelhead.review.kinds import role_in, side_in, side_of_name, words_of
from levelhead.review.last_price import is_last_label
from levelhead.review.level_lines import is_last
from levelhead.review.named_cells import named_cells
from levelhead.review.named_level import level_at, names_by_number
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, SUPPOSED, WRITTEN, LevelSide, Money, ReadLevel
from levelhead.review.tokens import Token

_TICKET = re.compile(
    r"\b(?:buy|sell|long|short|entry)\b(?:\s\w+){0,3}[\s:@=]{0,4}[$€£]?\d[^|]{0,24}\|"
    r"\s?(?:stop(?:[- ]loss)?|sl|s/l)\b[\s:@=]{0,4}[$€£]?\d",
    re.I,
)


def row_levels(passage: Passage, prices: Prices, has_pivots: bool) -> Iterator[ReadLevel]:
    """The levels of a table's row: its price column, or each cell that names and prices one."""
    priced = [(p, [i for i, t in enumerate(p.tokens) if prices.is_price(t)]) for p in passage.pieces]
    columns = passage.columns
    holders = [
        n
        for n, (piece, found) in enumerate(priced)
        if found and _is_level_cell(piece, found, columns[n] if n < len(columns) else "")
    ]
    zone = _zone_columns(columns, holders)
    if not holders or any(_OF_TRADES.fullmatch(c) for c in columns) or _TICKET.search(" | ".join(p.text for p in passage.pieces)):
        return  # of trades: 'Buy limit 3,368 | Stop loss 3,349'
    if re.match(r"\W*(?:52|fifty-two)[- ]?w\w*[- ]range\b", passage.pieces[0].text, re.I):
        return  # its ends are values
    if sides := _sides_of_cells(passage, priced, holders):
        yield from _by_direction(priced, holders, sides, has_pivots)
        return
    told = named_cells(passage, priced, holders, prices, has_pivots)
    if told is not None:
        yield from told
        return
    if not _is_levelish(passage):
        return
    by_column = [n for n in holders if n < len(columns) and _column_side(columns[n])]
    main = (
        (list(zone) if zone else [])
        or _row_of_prices(priced, holders)
        or (list(holders) if _names_sessions(passage) else [])
        or by_column
        or [n for n in holders if n < len(columns) and re.search(r"level|price|zone|value|range|area", columns[n])][:1]
        or holders[:1]
    )
    others = [p for n, p in enumerate(passage.pieces) if n not in main]
    label = " | ".join(p.text for p in others if p.text)
    for n in main:
        piece, found = priced[n]
        names = names_by_number(piece, prices)
        for index in found if len(found) == 1 or by_column else found[:1] if not _is_listing(piece, found) else found:
            own = words_of(piece.text, piece.tokens, 0, len(piece.text))
            beside = [] if by_column else [t for p in others for t in (_BAR, *p.tokens)]
            column = columns[n] if n < len(columns) else ""
            name = names.get(index) or ([] if by_column else _names_beside(others)) or _column_name(column, columns)
            side, sure = _row_side(passage, own.text, own.tokens, others if not by_column else [], column, name)
            text = own.text + " " + ("" if by_column else label)
            if any(n2.startswith("last") for n2 in name) or (
                not _is_zone(piece.tokens[index]) and (is_last(text) or is_last_label(label))
            ):
                continue
            is_told = side and not any(_IS_ABOVE.fullmatch(p.text.strip()) for p in others)
            if (
                not is_told
                and any(n2.startswith(("sma_", "ema_")) for n2 in name)
                and re.search(r"value|reading|indicator", column)
            ):
                continue  # a value among values
            level = level_at(
                piece,
                index,
                side=side,
                label=label or own.text,
                words=[*own.tokens, *beside],
                text=text,
                names=name,
                sure=sure,
                has_pivots=has_pivots,
                role=role_in([*own.tokens, *(others[0].tokens if others and not by_column else ())]),
            )
            if zone and n in zone:
                if n == zone[0]:
                    ends = [q for m in zone for q in (priced[m][0].tokens[priced[m][1][0]].quantity,) if q is not None]
                    prices_of_zone = sorted(value for q in ends for value in (q.low, q.high))
                    yield replace(level, price=Money(low=prices_of_zone[0], high=prices_of_zone[-1]))
                continue
            yield level


_IS_ABOVE = re.compile(r"overhead|underneath|above|below", re.I)  # where an average stands, not what it is


def _is_zone(token: Token) -> bool:
    """Whether a price is two: no market stands at both."""
    return token.quantity is not None and bool(token.quantity.joined)


_BAR = Token("mark", 0, 0, "|")
_OF_TRADES = re.compile(r"l/s|b/s|long/short|buy/sell|dir(?:ection)?|pos(?:ition)?|side of trade")
_DIRECTED = re.compile(
    r"\W*(?:(?P<up>up|above|upside|overhead|higher|topside|north)|(?P<down>down|below|downside|lower|underneath|south))\b\s?:?\s?"
    r"(?=[~≈$€£]?\d)",
    re.I,
)


def _directed(text: str) -> LevelSide:
    """The side of a cell that is a direction and prices: 'up 6335, 6376'."""
    found = _DIRECTED.match(text) if len(text) <= LONGEST_DIRECTED else None
    if found is None or re.search(r"[A-Za-z%]", text[found.end() :].replace(" and ", ", ")):
        return ""
    return "resistance" if found["up"] else "support"


def _sides_of_cells(passage: Passage, priced: Sequence[tuple[Piece, list[int]]], holders: Sequence[int]) -> list[LevelSide]:
    """The side that each cell of a row without names of columns says itself, or the first for all of them; [] where none do."""
    if passage.columns:
        return []
    if side := _side_of_all(priced):
        return [side] * len(priced)
    sides = [_directed(p.text) for p, _ in priced]
    return sides if all(sides[n] for n in holders) else []


LONGEST_DIRECTED = 80
_REMARKED = re.compile(r"\W*[^()]{0,24}?\d[\d.,'’kK]*(?:\s?[-–/]\s?[$€£]?\d[\d.,'’kK]*)?\s?(?:\([^()]*\))?\W*")


def _side_of_all(priced: Sequence[tuple[Piece, list[int]]]) -> LevelSide:
    """The side of 'Resistance 2,382 | 2,401 | 2,435 (shelf)', which the first cell names before its price; '' of other rows."""
    first, found = priced[0]
    if len(priced) < 2 or len(found) != 1 or not all(len(at) == 1 and _REMARKED.fullmatch(p.text) for p, at in priced):
        return ""
    said = {t.says["side"] for t in first.tokens[: found[0]] if "side" in t.says}
    is_said_again = any("side" in t.says or t.kind == "pivot" for p, at in priced[1:] for t in p.tokens[: at[0]])
    return said.pop() if len(said) == 1 and not is_said_again else ""  # type: ignore[return-value]


def _by_direction(
    priced: Sequence[tuple[Piece, list[int]]], holders: Sequence[int], sides: Sequence[LevelSide], has_pivots: bool
) -> Iterator[ReadLevel]:
    """'ES | up 6335, 6376 | down 6280, 6224'."""
    for n in holders:
        piece, found = priced[n]
        for index in found:
            yield level_at(
                piece,
                index,
                side=sides[n],
                label=piece.text,
                words=piece.tokens,
                text=piece.text,
                names=(),
                sure=INFERRED,
                has_pivots=has_pivots,
            )


_LOWER = re.compile(
    r"(?:zone |price |px |level )?(?:lo|low|from|lower|bottom|start|min|low end|lower bound|begin)(?: (?:price|bound|end))?"
)
_UPPER = re.compile(
    r"(?:zone |price |px |level )?(?:hi|high|to|upper|top|end|max|high end|upper bound|until)(?: (?:price|bound|end))?"
)


def _zone_columns(columns: Sequence[str], holders: Sequence[int]) -> tuple[int, int] | None:
    """The two columns that hold the ends of each zone."""
    lower = [n for n in holders if n < len(columns) and _LOWER.fullmatch(columns[n])]
    upper = [n for n in holders if n < len(columns) and _UPPER.fullmatch(columns[n])]
    return (lower[0], upper[0]) if lower and upper else None


def _row_of_prices(priced: Sequence[tuple[Piece, list[int]]], holders: Sequence[int]) -> list[int]:
    """'Resistance | 116 | 117': a side and nothing but prices behind it."""
    first = priced[0][0] if priced else None
    if first is None or len(holders) < 2 or not any("side" in t.says or t.kind == "pivot" for t in first.tokens) or 0 in holders:
        return []
    bare = all(not re.search(r"[A-Za-z]{2}", priced[n][0].text) and len(priced[n][1]) == 1 for n in holders)
    return list(holders) if bare and list(holders) == list(range(1, len(priced))) else []


def _is_levelish(passage: Passage) -> bool:
    """Whether a row lists levels: its heading or columns say so, or a word in it."""
    if passage.place.topic == "levels" or passage.place.side or any(_column_side(c) for c in passage.columns):
        return True
    if _names_sessions(passage):
        return True
    return any("side" in t.says or t.kind == "pivot" for p in passage.pieces for t in p.tokens)


def _names_sessions(passage: Passage) -> bool:
    """Whether every cell of a row is the high or low of a named session with its price."""
    return all(_OF_SESSION.match(p.text) for p in passage.pieces)


# 'PDH 25,246 | PDL 24,741': highs and lows of named sessions, which are noted to be traded at
_OF_SESSION = re.compile(r"\W*(?:PD|PW|PM|ON|OR|IB|Y)[HL]\b\W*[$€£]?\d")


def _is_level_cell(piece: Piece, found: Sequence[int], column: str) -> bool:
    """A cell that is little more than a price, or stands in a column of prices."""
    if re.search(r"note|comment|descri|reason|why|significance|bias|probab|trigger|target|stop", column):
        return False
    return piece.tokens[found[0]].start <= 40 and (len(piece.text) <= 60 or piece.tokens[found[0]].start <= 3)


def _is_listing(piece: Piece, found: Sequence[int]) -> bool:
    gaps = [piece.text[piece.tokens[a].end : piece.tokens[b].start] for a, b in pairwise(found)]
    return all(_NEXT_IN_LIST.fullmatch(g) for g in gaps)


# Between the prices of a cell: commas, stars for their strength, the mark of the last price.
_NEXT_IN_LIST = re.compile(r"\s?(?:,|;|/|and|&|\||[*★☆+•·]{1,5})?\s?(?:\(?last\)?\s?)?|\s", re.I)


def _column_side(column: str) -> LevelSide:
    if "support" in column and "resistance" in column:
        return ""
    if re.fullmatch(
        r"(?:to the |on the )?(?:downside|below|underneath|floors?|bids?|buyers|buy orders?|buying)(?: levels?| interest)?", column
    ):
        return "support"
    if re.fullmatch(
        r"(?:to the |on the )?(?:upside|above|overhead|ceilings?|offers?|sellers|sell orders?|selling)(?: levels?| interest)?",
        column,
    ):
        return "resistance"
    if re.search(r"\bsupports?\b|^s[1-5]$|^s[ -](?:near|far|\w{1,6})$", column):
        return "support"
    if re.search(r"\bresistances?\b|^r[1-5]$|^r[ -](?:near|far|\w{1,6})$", column):
        return "resistance"
    return "pivot" if re.search(r"^(?:daily |weekly |monthly )?(?:pp?|central pivot|pivot(?: points?| pt)?)$", column) else ""


def _column_name(column: str, columns: Sequence[str]) -> list[str]:
    """The pivot that a column is called by; of numbered sides, where the point itself stands in another column."""
    found = re.fullmatch(r"[sr][1-5]|pp?|pivot(?: points?| pt)?", column.strip())
    if found:
        return [f"pivot.{'p' if column.strip()[0] == 'p' else column.strip()}"]
    numbered = re.fullmatch(r"(?P<side>[sr])(?:upport|esistance) (?P<number>[1-5])", column.strip())
    in_set = numbered is not None and any(_column_side(c) == "pivot" for c in columns)
    return [f"pivot.{numbered['side']}{numbered['number']}"] if numbered and in_set else []


def _names_beside(others: Sequence[Piece]) -> list[str]:
    """The average, pivot or extreme that another cell of the row names without a number of its own."""
    for piece in others[:2]:
        for token in piece.tokens:
            if token.kind == "average" and len(token.names) == 1:
                return [token.names[0]]
            if token.kind == "pivot":
                return [f"pivot.{token.names[0]}"]
    return []


def _row_side(
    passage: Passage, own: str, tokens: Sequence[Token], others: Sequence[Piece], column: str, names: Sequence[str]
) -> tuple[LevelSide, float]:
    for name in names:
        if name.startswith("pivot.") and (named := side_of_name(name)) not in ("", "pivot"):
            return named, WRITTEN
    for text, words in ((own, tokens), *((p.text, p.tokens) for p in others[:1])):
        if side := side_in(text, words):
            is_both = {t.says.get("side") for t in words} >= {"support", "resistance"}
            headed = passage.place.side if is_both and passage.place.side in ("support", "resistance") else side
            return headed, WRITTEN  # type: ignore[return-value]
    if side := _column_side(column):
        return side, WRITTEN
    if passage.place.side:
        return passage.place.side, INFERRED  # type: ignore[return-value]
    for piece in others[1:]:
        if side := side_in(piece.text, piece.tokens):
            return side, WRITTEN
    for name in names:
        if side := side_of_name(name) if name.startswith("pivot.") else "":
            return side, WRITTEN
    return "", SUPPOSED
