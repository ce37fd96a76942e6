"""Tables that list levels as a whole: what one of their rows says of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from levelhead.review.passages import Passage, Piece
from levelhead.review.tokens import Token

FEWEST_SIDED = 2
_POINT = re.compile(r"\W*(?:(?:daily|weekly|monthly|central|the)\s)?(?:pivots?(?:\s(?:point|level))?|PP?)\W*", re.I)
_NUMBERED = re.compile(
    r"\W*(?:supp?(?:ort)?|res(?:istance)?)\s?[1-4]\W*|"
    r"\W*(?:\d(?:st|nd|rd|th)|first|second|third)\s(?:supp?(?:ort)?|res(?:istance)?)(?:\s(?:point|level))?\W*",
    re.I,
)
_EXTREME = re.compile(
    r"\W*(?:(?:\d{1,3}|one|two|three|six|twelve)[\s-]?(?:d(?:ay)?|w(?:ee)?k|m(?:on)?th|y(?:ea)?r)s?|all[\s-]time|record|contract|prior|previous|swing|overnight|yesterday['’]s|(?:prior|previous|"
    r"last) (?:day|week|"
    r"month)(?:['’]s)?)\s?(?:/\s?\w+\s)?(?:high|low|hi|lo)\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class LevelTables:
    """The tables, by number, that list levels, those of them that hold the point of a set of pivots, the passages, by number, whose
    price lies between those of the rows above and below, and by table and column the cell that tells of the price above it."""

    of_levels: frozenset[int]
    of_pivots: frozenset[int]
    in_order: frozenset[int]
    told_below: dict[tuple[int, int], Piece]

    def is_numbered_pivot(self, passage: Passage) -> bool:
        """Whether 'Support 1' is a pivot here: its table has the point itself."""
        return passage.block.table in self.of_pivots and bool(_NUMBERED.fullmatch(_label(passage)))

    def lists_extreme(self, passage: Passage) -> bool:
        """Whether '52-week high' or '9-day moving average' stands among levels here."""
        if passage.block.table not in self.of_levels:
            return False
        is_average = any(t.kind == "average" for p in passage.pieces for t in p.tokens)
        return (is_average and passage.number in self.in_order) or bool(_EXTREME.fullmatch(_label(passage)))


def level_tables(passages: Sequence[Passage]) -> LevelTables:
    """Which tables of a note are lists of levels by what most of their rows are called."""
    sided: dict[int, int] = {}
    points: set[int] = set()
    for passage in passages:
        table = passage.block.table
        if table is None or passage.block.kind != "row" or passage.place.topic in ("scenarios", "setups") or not passage.pieces:
            continue
        if _POINT.fullmatch(_label(passage)):
            points.add(table)
        elif sum(_names_and_prices(p) for p in passage.pieces) < FEWEST_SIDED and any(
            t.says.get("side") in ("support", "resistance") or t.kind == "pivot" for p in passage.pieces[:2] for t in p.tokens
        ):
            sided[table] = sided.get(table, 0) + 1
    of_levels = frozenset(n for n, count in sided.items() if count >= FEWEST_SIDED)
    return LevelTables(of_levels, frozenset(points) & of_levels, frozenset(_in_order(passages)), dict(_told_below(passages)))


_POINT_SAID = re.compile(
    r"(?:^|[,;|]\s?)(?:(?:daily|weekly|monthly|central|the)\s)?(?:pivots?(?:\s(?:point|level))?|PP?)\s?[:=@–-]?\s?[$€£]?\d", re.I
)
_ENTRY = re.compile(rf"(?:{_NUMBERED.pattern})\s?[:=@–-]?\s?[$€£]?\d", re.I)


def is_numbered(label: str) -> bool:
    """'Support 1', 'second resistance': a side with its number."""
    return bool(_NUMBERED.match(label))


def numbered_pivots(passages: Sequence[Passage]) -> frozenset[int]:
    """The passages, by number, of lists of numbered sides that hold the point as well: they are those of its set."""
    found: set[int] = set()
    run: list[Passage] = []
    for passage in (*passages, None):
        if passage is not None and (_entries(passage) or _points(passage)):
            run.append(passage)
            continue
        if sum(map(_entries, run)) >= FEWEST_SIDED and any(map(_points, run)):
            found |= {p.number for p in run}
        run = []
    return frozenset(found)


def _entries(passage: Passage) -> int:
    """How many numbered sides with their prices a line or row holds."""
    texts = [p.text for p in passage.pieces]
    texts = (
        [" ".join(texts), *texts[1:]] if passage.block.kind == "row" else [part for t in texts for part in re.split(r"[,;|]\s", t)]
    )
    return sum(bool(_ENTRY.match(t)) for t in texts)


def _points(passage: Passage) -> bool:
    """Whether a line or row names the point of a set with its price."""
    text = " ".join(p.text for p in passage.pieces) if passage.block.kind == "row" else passage.block.text
    return bool(_POINT_SAID.search(text))


def _in_order(passages: Sequence[Passage]) -> Iterator[int]:
    """The rows of a ladder, in the middle of it."""
    for above, row, below in zip(passages, passages[1:], passages[2:], strict=False):
        if row.block.table is None or above.block.table != row.block.table or below.block.table != row.block.table:
            continue
        one, two, three = _price(above), _price(row), _price(below)
        is_ladder = all(any(_LADDER & set(t.says) or t.kind == "pivot" for t in _tokens(r)) for r in (above, below))
        if is_ladder and (one > two > three > 0 or 0 < one < two < three):
            yield row.number


def _told_below(passages: Sequence[Passage]) -> Iterator[tuple[tuple[int, int], Piece]]:
    """The cells of a row without prices under one of prices, a level in each column: '68.20 | 69.40' over 'gap | April low'."""
    for above, row in pairwise(passages):
        table = row.block.table
        if (
            table is None
            or above.block.table != table
            or len(above.pieces) != len(row.pieces)
            or len(row.columns) != len(row.pieces)
        ):
            continue
        if sum(_is_bare(p) for p in above.pieces) < FEWEST_SIDED or any(_is_bare(p) for p in row.pieces):
            continue
        yield from (((table, n), p) for n, p in enumerate(row.pieces) if _is_bare(above.pieces[n]))


def _names_and_prices(piece: Piece) -> bool:
    """'Support 1: 90.20': a cell that is a whole entry of a list, not one of a table's columns."""
    return any("side" in t.says for t in piece.tokens) and any(t.kind == "number" for t in piece.tokens)


def _is_bare(piece: Piece) -> bool:
    return not re.search("[A-Za-z]", piece.text) and any(t.kind == "number" for t in piece.tokens)


_LADDER = frozenset({"side", "extreme", "last", "fibonacci", "round"})


def _tokens(row: Passage) -> Iterator[Token]:
    return (t for p in row.pieces for t in p.tokens)


def _price(row: Passage) -> float:
    """The number of a row that stands alone in a cell; 0 where none does, or several."""
    bare = [p for p in row.pieces if not re.search("[A-Za-z]", p.text)]
    numbers = [t.quantity.low for p in bare for t in p.tokens if t.kind == "number" and t.quantity is not None]
    return numbers[0] if len(numbers) == 1 else 0.0


def _label(passage: Passage) -> str:
    """What a row is called: its first cell that holds words."""
    return next(
        (p.text for p in passage.pieces if re.search("[A-Za-z]{2}", p.text)), passage.pieces[0].text if passage.pieces else ""
    )
