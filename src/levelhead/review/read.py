"""A note as data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from levelhead.review.biases import biases_of
from levelhead.review.dates import Printed, printed_dates
from levelhead.review.horizons import span_in
from levelhead.review.indicators import indicators_of, last_values
from levelhead.review.instruments import BONDS, Mention, mentions, subject_and_others
from levelhead.review.ladders import merged, positioned
from levelhead.review.levels import levels_of
from levelhead.review.passages import Passage, passages_of
from levelhead.review.prices import prices_of
from levelhead.review.run_together import untangled
from levelhead.review.said import NotUnderstood, OthersNote
from levelhead.review.scenarios import scenarios_of
from levelhead.review.setups import setups_of
from levelhead.review.stacked import stacked
from levelhead.review.statements import statements_of
from levelhead.review.text import Block, Text

NEAR_THE_TOP = 8  # blocks in which title, date and author stand
_SECTIONS = re.compile(
    r"^\W*(?:introduction|overview|summary|technical (?:analysis|overview)|market overview|key levels|contents|daily chart)\W*$",
    re.I,
)
_AUTHOR = re.compile(
    r"^\W{0,3}(?:by|author|written by|analyst|posted by|from)[:\s]\s?(?P<name>[A-Z][\w.'’-]{1,24}(?:\s(?:[A-Z][\w.'’-]{0,24}|"
    r"de|van|von)){0,3})\s*(?:[|,–—•·-].{0,80})?$",
    re.I,
)


def read_note(text: Text) -> OthersNote:
    """What a note says: instrument, date, indicators, levels, scenarios, setups, biases, statements, and what was not understood.

    By rules and a lexicon alone: the same text always gives the same reading, in time in proportion to its length.
    """
    blocks = stacked(untangled(text))
    title = _title(blocks)
    symbols = subject_and_others(_instruments(blocks), title.span.end if title else 0, text.plain)
    passages = passages_of(blocks, is_bond=bool(BONDS & set(symbols)))
    prices = prices_of(passages)
    date, date_words = _date(text, blocks)
    horizon = _horizon(passages)
    indicators = indicators_of(passages, prices)
    lasts = last_values(indicators)
    has_pivots = bool(re.search(r"\bpivots?\b", text.plain, re.I)) or any(
        t.kind == "pivot" and t.names == ("p",) for p in passages for q in p.pieces for t in q.tokens
    )
    levels = merged(positioned(tuple(merged(levels_of(passages, prices, has_pivots=has_pivots))), lasts))
    scenarios = scenarios_of(passages, prices, horizon, lasts)
    setups = setups_of(passages, prices)
    biases = biases_of(passages, prices)
    statements = statements_of(passages, prices, date)
    return OthersNote(
        symbol=symbols[0] if symbols else None,
        instruments=symbols,
        date=date,
        date_words=date_words,
        author=_author(blocks),
        title=title.text.strip() if title else "",
        horizon=horizon,
        indicators=indicators,
        levels=levels,
        scenarios=scenarios,
        setups=setups,
        biases=biases,
        statements=statements,
        not_understood=(),
        text=text,
    )


def _title(blocks: Sequence[Block]) -> Block | None:
    """The first line that heads the whole note: it names an instrument or a date, and no price."""
    for block in blocks[:NEAR_THE_TOP]:
        if block.kind not in ("heading", "paragraph") or _SECTIONS.match(block.text):
            if block.kind == "heading" and block.level <= 1 and _SECTIONS.match(block.text):
                return None
            continue
        if block.kind == "heading" and block.level == 1:
            return block
        if (
            len(block.text) <= 140
            and not block.text.rstrip().endswith((".", ":"))
            and any(mentions(block.text))
            and re.search(r"[^\w\s]|analysis|outlook|levels|note|update", block.text, re.I)
        ):
            return block
        if block.kind == "paragraph" and len(block.text) > 140:
            return None
    return None


def _instruments(blocks: Sequence[Block]) -> list[Mention]:
    return [
        Mention(m.start + b.span.start, m.end + b.span.start, m.symbol, m.is_ticker)
        for b in blocks
        for m in mentions(b.text[:20_000])
    ]


def _date(text: Text, blocks: Sequence[Block]) -> tuple[dt.date | None, str]:
    """The date printed near the top: the first with a day and a year."""
    for block in blocks[:NEAR_THE_TOP]:
        if len(block.text) > 300:
            continue
        for printed in printed_dates(block.text):
            if _is_whole(printed):
                return printed.date, block.text[printed.start : printed.end]
    return None, ""


def _is_whole(printed: Printed) -> bool:
    return printed.date is not None and printed.has_year and printed.has_day


def _author(blocks: Sequence[Block]) -> str:
    for block in [*blocks[:NEAR_THE_TOP], *blocks[-4:]]:
        if len(block.text) <= 120 and (found := _AUTHOR.match(block.text.strip())):
            return found["name"]
    return ""


def _horizon(passages: Sequence[Passage]) -> int | None:
    """The horizon of the scenarios, where a heading states one."""
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        if (
            passage.is_head
            and passage.place.topic in ("scenarios", "bias", "levels", "")
            and (found := span_in(passage.block.text))
        ):
            return found.sessions
    return None


_ = NotUnderstood
