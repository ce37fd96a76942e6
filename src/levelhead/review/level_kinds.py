"""The kind of a level: one decision, by several cues, the nearest first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from levelhead.review.kinds import kind_of
from levelhead.review.kinds_of_lists import kind_in_list
from levelhead.review.level_tables import LevelTables, is_numbered, level_tables, numbered_pivots
from levelhead.review.makers import Zone, made_in
from levelhead.review.passages import Passage
from levelhead.review.prices import Prices
from levelhead.review.said import Indicator, LevelKind, ReadLevel


def with_kinds(
    levels: Iterable[ReadLevel], passages: Sequence[Passage], prices: Prices, indicators: Sequence[Indicator]
) -> Iterator[ReadLevel]:
    """The levels, each of the kind that the nearest cue gives it.

    In this order: the words that are about the price (named_level.level_at), the set of pivots in its table, the cell below it,
    the heading of its list, what any sentence of the note ties the price to, the average or the high of long standing whose value
    it is.
    """
    tables, starts = level_tables(passages), [p.block.span.start for p in passages]
    numbered = numbered_pivots(passages)
    said = {**dict(made_in(passages, prices)), **dict(_valued(indicators))}
    for level in levels:
        if level.kind != "level":
            yield level
            continue
        at = bisect_right(starts, level.span.start) - 1
        kind: LevelKind = "level"
        if at >= 0:
            is_pivot = tables.is_numbered_pivot(passages[at]) or (at in numbered and is_numbered(level.label))
            kind = "pivot" if is_pivot else _told_below(level, passages[at], tables)
            kind = kind_in_list(passages[at]) if kind == "level" else kind
            kind = "fibonacci" if kind == "level" and _has_ratio(level, passages[at]) else kind
        if kind == "level":
            kind = said.get((level.price.low, level.price.high), "level")
        yield replace(level, kind="pivot" if kind == "level" and level.side == "pivot" else kind)


# '2,780 | 0.618', '84.60 (0.618)': a ratio of Fibonacci's as all that is said of a price
_RATIO = (
    r"(?:(?:0?\.(?:236|382|50?0?|618|65|705|764|786|886)|[12]\.(?:272|414|618))|"
    r"(?:23\.6|38\.2|50|61\.8|76\.4|78\.6|88\.6|127\.2|161\.8)\s?%)"
)
_BEHIND = re.compile(
    rf"\s?(?:\(|=|/|–|-|\||→|:)\s?(?:(?:support|resistance|sup|res)\s?[/,(-]\s?)?{_RATIO}(?=\s?(?:[),;|]|$))|"
    r"\s\(?(?:23\.6|38\.2|61\.8|76\.4|78\.6)\s?%\s[A-Za-z]",
    re.I,
)
_CELL = re.compile(_RATIO)


def _has_ratio(level: ReadLevel, passage: Passage) -> bool:
    """Whether a ratio of Fibonacci's stands right behind a price of a list, or alone in a cell of its row."""
    for piece in passage.pieces:
        is_here = piece.start <= level.span.start < piece.start + len(piece.text)
        if is_here and _BEHIND.match(piece.text[level.span.end - piece.start :]):
            return True
    cells = [p.text.strip() for p in passage.pieces] if passage.block.kind == "row" and level.side else []
    named = [c for c in passage.columns if re.search(r"prob|odds|chance|weight|change|chg|%|dist", c)]
    return not named and any(_CELL.fullmatch(c) for c in cells)


def _told_below(level: ReadLevel, passage: Passage, tables: LevelTables) -> LevelKind:
    """What the cell under that of the level says it is."""
    column = next((n for n, p in enumerate(passage.pieces) if p.start <= level.span.start < p.start + len(p.text)), -1)
    told = tables.told_below.get((passage.block.table or 0, column)) if passage.block.table is not None else None
    return kind_of(told.text, told.tokens) if told is not None else "level"


def _valued(indicators: Sequence[Indicator]) -> Iterator[tuple[Zone, LevelKind]]:
    """A level at the very value of an average or of a high of long standing is that."""
    for indicator in indicators:
        if indicator.value.low != indicator.value.high:
            continue  # a zone that an average lies in
        if indicator.name.startswith(("sma_", "ema_", "wma_")):
            yield (indicator.value.low, indicator.value.high), "average"
        elif re.fullmatch(r"all_time_(?:high|low)|(?:high|low)_52w", indicator.name):
            yield (indicator.value.low, indicator.value.high), "extreme"
