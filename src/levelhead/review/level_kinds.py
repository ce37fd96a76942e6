"""The kind of a level: one decision, by several cues, the nearest first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from levelhead.review.kinds import kind_of
from levelhead.review.kinds_of_lists import kind_in_list
from levelhead.review.level_tables import LevelTables, level_tables
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
    said = {**dict(made_in(passages, prices)), **dict(_valued(indicators))}
    for level in levels:
        if level.kind != "level":
            yield level
            continue
        at = bisect_right(starts, level.span.start) - 1
        kind: LevelKind = "level"
        if at >= 0:
            kind = "pivot" if tables.is_numbered_pivot(passages[at]) else _told_below(level, passages[at], tables)
            kind = kind_in_list(passages[at]) if kind == "level" else kind
        if kind == "level":
            kind = said.get((level.price.low, level.price.high), "level")
        yield replace(level, kind="pivot" if kind == "level" and level.side == "pivot" else kind)


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
