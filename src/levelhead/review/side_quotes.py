"""Lists of other markets' prices beside a note about one: 'BTC 82,900 · XRP 2.28 · SOL 124' is no part of what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.dates import MONTH
from levelhead.review.instruments import FUTURE_OF, Mention, mentions
from levelhead.review.said import Indicator
from levelhead.review.text import Block, Span

FEWEST = 2
LONGEST = 240
_REST = re.compile(
    r"[$€£¥]?\d[\d.,'’/]*(?:[kKmM]\b)?%?|\b(?:futures?|index|usd|eur|pts?|up|down|flat|unch\w*|and|the|"
    + MONTH
    + r")\b|[A-Z]{0,4}[FGHJKMNQUVXZ]\d{1,2}\b",
    re.I,
)


def without_side_quotes(
    indicators: Sequence[Indicator], blocks: Sequence[Block], named: Sequence[Mention]
) -> tuple[Indicator, ...]:
    """The values without the last prices in such lists of markets that the note names nowhere else."""
    listed = _listed(blocks)
    if not listed:
        return tuple(indicators)
    inside = [(b.span.start, b.span.end) for b in listed]
    outside = {m.symbol for m in named if not any(start <= m.start < end for start, end in inside)}
    if not outside:
        return tuple(indicators)
    known = outside | {FUTURE_OF.get(s, s) for s in outside} | {s for s, future in FUTURE_OF.items() if future in outside}

    def is_kept(value: Indicator) -> bool:
        if value.name != "last" or not any(start <= value.span.start < end for start, end in inside):
            return True
        before = [m for m in named if m.start <= value.span.end and any(start <= m.start < end for start, end in inside)]
        nearest = max((m for m in before if m.start < value.span.end), key=lambda m: m.start, default=None)
        return nearest is None or nearest.symbol in known

    return tuple(i for i in indicators if is_kept(i))


_NO_VIEW = re.compile(
    r"\b(?:no (?:opinion|view|trade|clear trend|trend|position|interest|call)|"
    r"avoid|stay away|nothing to (?:do|say)|not for us|pass)\b",
    re.I,
)


def without_unviewed(indicators: Sequence[Indicator], blocks: Sequence[Block], read: Sequence[Span]) -> tuple[Indicator, ...]:
    """The values without the last price of a line that says there is no view on its market, and gives no level of it."""
    unviewed = [
        b.span
        for b in blocks
        if len(b.text) <= LONGEST and _NO_VIEW.search(b.text) and not any(b.span.start <= s.start < b.span.end for s in read)
    ]
    first = min((i.span.start for i in indicators if i.name == "last"), default=0)
    return tuple(
        i
        for i in indicators
        if i.name != "last" or i.span.start == first or not any(s.start <= i.span.start < s.end for s in unviewed)
    )


def _listed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that are nothing but markets and their prices, two and more in one or in succession."""
    found: list[Block] = []
    run: list[Block] = []
    count = 0
    for block in (*blocks, None):
        quotes = _quotes(block) if block is not None else 0
        if block is not None and quotes:
            run.append(block)
            count += quotes
            continue
        if count >= FEWEST:
            found += run
        run, count = [], 0
    return found


def _quotes(block: Block) -> int:
    """How many markets a block quotes, if it does nothing else."""
    if len(block.text) > LONGEST:
        return 0
    named = list(mentions(block.text))
    rest = block.text
    for mention in reversed(named):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    prices = re.findall(r"(?<![\d.,+−-])\d[\d.,]*(?![\d.,]*\s?%)", rest)
    return len(named) if named and len(prices) == len(named) and not re.search(r"[A-Za-z]", _REST.sub(" ", rest)) else 0
