"""A note as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from levelhead.review.aims import without_aims, without_parts
from levelhead.review.average_roles import role_levels
from levelhead.review.bar_lengths import charts_of, on_own_bars, on_their_bars
from levelhead.review.biases import biases_of
from levelhead.review.dismissals import with_own_levels
from levelhead.review.from_levels import from_levels
from levelhead.review.headed_rows import headed
from levelhead.review.horizons import span_in
from levelhead.review.in_passing import levels_at_length, values_at_length
from levelhead.review.indicators import indicators_of, last_values
from levelhead.review.inline_ladders import opened
from levelhead.review.instruments import BONDS, GRAINS, INDICES, Mention, mentions, subject_and_others
from levelhead.review.ladders import merged, positioned, without_levels
from levelhead.review.last_by_place import lasts_by_place
from levelhead.review.leaders import with_colons
from levelhead.review.leftovers import leftovers
from levelhead.review.letters import in_usual_letters
from levelhead.review.level_kinds import with_kinds
from levelhead.review.levels import levels_of
from levelhead.review.market_parts import parts_of
from levelhead.review.named_lists import each_named
from levelhead.review.near_words import chances_of
from levelhead.review.no_levels import of_this_market, without_entries
from levelhead.review.not_last import without_ends, without_former
from levelhead.review.number_marks import in_english, speaks_in_ticks
from levelhead.review.opening_quotes import opening_quotes
from levelhead.review.passages import Passage, passages_of
from levelhead.review.price_tables import with_ladders, with_named_steps
from levelhead.review.prices import Prices, prices_of
from levelhead.review.run_together import untangled
from levelhead.review.runs import laddered, named_runs, plans_joined
from levelhead.review.said import BY_TABLE, NotUnderstood, OthersNote
from levelhead.review.scenarios import scenarios_of
from levelhead.review.second_look import second_look
from levelhead.review.session_prices import with_session_lists
from levelhead.review.setups import setups_of
from levelhead.review.short_averages import with_short_averages
from levelhead.review.side_quotes import lasts_of_parts, of_the_note, without_others_distances
from levelhead.review.stacked import stacked
from levelhead.review.statements import statements_of
from levelhead.review.text import Block, Span, Text
from levelhead.review.title import author_of_note, date_of_note, title_of_note
from levelhead.review.told_twice import finest
from levelhead.review.weights import with_weights

MOST_BLOCKS = 2_000
MOST_CHARACTERS = 100_000
LONGEST_BLOCK = 20_000
MOST_NUMBERS = 2_000  # a long note holds some 150
LONGEST_REST = 200
_NUMBER = re.compile(r"\d+(?:[.,]\d{2,}){0,3}")


class Page(NamedTuple):
    """A note laid out for reading: what it is about, its passages, and where its prices lie. rest: what is too long to be read."""

    blocks: tuple[Block, ...]
    rest: tuple[NotUnderstood, ...]
    title: Block | None
    named: Sequence[Mention]
    symbols: tuple[str, ...]
    passages: Sequence[Passage]
    prices: Prices


def laid_out(text: Text) -> Page:
    """The passages of a note and where its prices lie, before anything is read from them."""
    named = _instruments(text.blocks)
    blocks, rest = _within(
        in_english(
            with_colons(replace(text, blocks=text.blocks[: MOST_BLOCKS + 1])),
            is_bond=any(m.symbol in BONDS for m in named),
            is_index=any(m.symbol in INDICES for m in named),
            is_grain=any(m.symbol in GRAINS for m in named),
        )
    )
    title = title_of_note(blocks)
    named = _instruments(blocks)
    symbols = subject_and_others(named, title.span.end if title else 0, text.plain)
    is_bond = bool(BONDS & set(symbols)) or speaks_in_ticks(text.plain)
    stated = with_own_levels(with_short_averages(passages_of(blocks, is_bond=is_bond)))
    passages = with_weights(
        named_runs(laddered(plans_joined(with_named_steps(with_ladders(opened(with_session_lists(each_named(stated))))))))
    )
    return Page(blocks, rest, title, named, symbols, passages, prices_of(passages))


def read_note(text: Text, *, by_table: bool = True) -> OthersNote:
    """What a note says: instrument, date, indicators, levels, scenarios, setups, biases, statements, and what was not understood.

    By rules, a lexicon and a fitted table of the words around a price (near_words.py): the same text always gives the same reading,
    in time in proportion to its length. by_table: whether the table is asked, too.
    """
    given, text = text, in_usual_letters(text)
    blocks, rest, title, named, symbols, passages, prices = laid_out(text)
    date, date_words = date_of_note(blocks)
    horizon, parts, charts = _horizon(passages), parts_of(passages, prices), charts_of(passages)
    indicators = values_at_length(on_their_bars(text.plain, charts, indicators_of(passages, prices)), prices, symbols, parts)
    quoted = tuple(opening_quotes(passages, prices, parts, indicators))
    indicators = (*indicators, *quoted)
    levels_said = of_this_market(levels_of(passages, prices, has_pivots=_has_pivots(passages, text)), prices, symbols, text.plain)
    opens = {q.span.start for q in quoted}
    called = [x for x in levels_at_length(levels_said, prices, symbols, parts) if x.span.start not in opens]
    indicators = without_levels(indicators, called)
    lasts = last_values(without_former(indicators, text.plain))
    setups = setups_of(passages, prices)
    found = tuple(with_kinds((*called, *role_levels(passages, prices, indicators)), passages, prices, indicators))
    found = without_entries(found, setups, text.plain)
    levels = merged(positioned(merged(found), lasts))
    scenarios = scenarios_of(passages, prices, horizon, lasts, [s.span for s in setups], levels)
    understood = [x.span for x in found] + [x.span for x in indicators] + [x.span for x in setups] + [x.span for x in scenarios]
    is_read = bool(levels or scenarios or setups)
    own = of_the_note(indicators, blocks, named, [*levels, *scenarios, *setups], parts)
    if len(own) < len(indicators):
        indicators, lasts = own, last_values(own)
        levels = merged(positioned(merged(found), lasts))
    if more := lasts_by_place(passages, prices, parts, levels, indicators, understood, is_read=is_read):
        indicators, lasts = (*indicators, *more), (*lasts, *(m.value for m in more))
        levels = merged(positioned(merged(found), lasts))
        scenarios = scenarios_of(passages, prices, horizon, lasts, [s.span for s in setups], levels)
    found = without_parts(without_aims(found, scenarios, text.plain), text.plain)
    levels = merged(positioned(merged(found), lasts))
    indicators = finest((*indicators, *on_their_bars(text.plain, charts, from_levels(passages, levels, indicators))))
    indicators = without_others_distances(indicators, text.plain, named)
    indicators = without_former(without_ends(indicators, scenarios, setups, text.plain), text.plain)
    indicators = of_the_note(indicators, blocks, named, [*levels, *scenarios, *setups], parts)
    if by_table:
        levels, indicators = second_look(levels, indicators, chances_of(passages, prices), lasts_of_parts(indicators, parts))
        levels = tuple(x for x in levels if x.sure != BY_TABLE or without_aims((x,), scenarios, text.plain))
    biases = biases_of(passages, prices)
    statements = on_own_bars(text.plain, charts, statements_of(passages, prices, date))
    read = [x.span for x in found] + [x.span for x in levels] + [x.span for x in indicators]
    read += [x.span for x in setups] + [x.span for x in scenarios]
    read += [x.span for x in biases] + [x.span for x in statements]
    return OthersNote(
        symbol=symbols[0] if symbols else None,
        instruments=symbols,
        date=date,
        date_words=date_words,
        author=author_of_note(blocks),
        title=title.text.strip() if title else "",
        horizon=horizon,
        indicators=indicators,
        levels=levels,
        scenarios=scenarios,
        setups=setups,
        biases=biases,
        statements=statements,
        not_understood=(*leftovers(passages, prices, read), *rest),
        text=given,
    )


def _within(text: Text) -> tuple[tuple[Block, ...], tuple[NotUnderstood, ...]]:
    """The blocks that are read, their tables parted and joined, and what stands behind them, which is not."""
    length = numbers = 0
    for at, block in enumerate(text.blocks):
        room = min(LONGEST_BLOCK, MOST_CHARACTERS - length)
        counted = list(islice(_NUMBER.finditer(block.text, 0, room), MOST_NUMBERS + 1 - numbers))
        numbers += len(counted)
        room = counted[-1].start() if numbers > MOST_NUMBERS else room
        if len(block.text) > room or at == MOST_BLOCKS:
            cut = replace(block, text=block.text[:room], span=Span(start=block.span.start, end=block.span.start + room), cells=())
            kept = (*text.blocks[:at], cut) if block.kind != "row" and at < MOST_BLOCKS else text.blocks[:at]
            why = (
                f"Only the first {MOST_BLOCKS:,} paragraphs, {MOST_NUMBERS:,} numbers and {MOST_CHARACTERS:,} characters of a "
                f"note, {LONGEST_BLOCK:,} of a paragraph, are read."
            )
            start = block.span.start + (room if len(kept) > at else 0)
            rest = NotUnderstood(
                text=text.plain[start : start + LONGEST_REST], span=Span(start=start, end=len(text.plain)), why=why
            )
            return headed(stacked(untangled(replace(text, blocks=kept)), text.plain)), (rest,)
        length += len(block.text)
    return headed(stacked(untangled(text), text.plain)), ()


def _has_pivots(passages: Sequence[Passage], text: Text) -> bool:
    """Whether S1 and R1 are pivots here: the note says so, or gives the point itself."""
    if re.search(r"\b(?:pivots?|camarilla|woodie|demark)\b", text.plain, re.I):
        return True
    if any(column in ("p", "pp") for p in passages for column in p.columns):
        return True
    return any(t.kind == "pivot" and t.names == ("p",) for p in passages for piece in p.pieces for t in piece.tokens)


def _instruments(blocks: Sequence[Block]) -> list[Mention]:
    return [Mention(m.start + b.span.start, m.end + b.span.start, m.symbol, m.is_ticker) for b in blocks for m in mentions(b.text)]


def _horizon(passages: Sequence[Passage]) -> int | None:
    """The horizon of the note: what a heading or a line about it states, biases apart."""
    for passage in passages:
        if passage.place.topic == "dismissed" or passage.block.kind == "row":
            continue
        is_said = re.search(r"\b(?:horizon|time ?frame|outlook for|valid for|view for)\b", passage.block.text[:80], re.I)
        if (passage.is_head or is_said) and (found := span_in(passage.block.text)):
            return found.sessions
    return None
