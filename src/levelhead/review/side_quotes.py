"""Lists of other markets' prices beside a note about one: 'BTC 82,900 · XRP 2.28 · SOL 124' is no part of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from levelhead.review.dates import MONTH
from levelhead.review.instruments import FUTURE_OF, Mention, mentions
from levelhead.review.market_parts import Part
from levelhead.review.said import Indicator, Money, ReadLevel, ReadScenario, ReadSetup
from levelhead.review.text import Block, Span

FEWEST = 2
LONGEST = 240
LONGEST_LINE, LONGEST_BULLET = 60, 8  # characters of a line that is a market's own, and of what precedes its name
_PRICED = ("sma_", "ema_", "wma_", "all_time", "high_", "low_")
SAME = 0.5  # what is farther off is no price of the same market
_REST = re.compile(
    r"[$€£¥]?\d[\d.,'’/]*(?:[kKmM]\b)?%?|\b(?:futures?|index|usd|eur|pts?|up|down|flat|unch\w*|and|the|"
    + MONTH
    + r")\b|[A-Z]{0,4}[FGHJKMNQUVXZ]\d{1,2}\b",
    re.I,
)


def of_the_note(
    indicators: Sequence[Indicator],
    blocks: Sequence[Block],
    named: Sequence[Mention],
    viewed: Sequence[ReadLevel | ReadScenario | ReadSetup],
    parts: Sequence[Part],
) -> tuple[Indicator, ...]:
    """The values without the last prices of markets that the note has nothing to say of.

    viewed: its levels, plans, scenarios. parts: of a note about several markets those about each.
    """
    if not viewed or not any(i.name == "last" for i in indicators):
        return tuple(indicators)
    spans = [x.span for x in viewed]
    kept = without_unviewed(without_side_quotes(indicators, blocks, named), blocks, spans)
    own = lasts_of_parts(indicators, [part for part in parts if part.speaks_of_it(spans)])
    read = [*_priced(viewed), *((i.span, i.value) for i in kept if i.name.startswith(_PRICED))]
    passing = without_passing(kept, blocks, named, read)
    return tuple(i for i in indicators if i.span in own or i in passing)


def lasts_of_parts(values: Sequence[Indicator], parts: Iterable[Part]) -> frozenset[Span]:
    """Where the last prices stand that are the only ones of their parts."""
    lasts = [[v.span for v in values if v.name == "last" and part.holds(v.span)] for part in parts]
    return frozenset(spans[0] for spans in lasts if len(spans) == 1)


def _priced(viewed: Sequence[ReadLevel | ReadScenario | ReadSetup]) -> Iterator[tuple[Span, Money]]:
    """Where each level, plan and scenario stands, with a price of it."""
    for x in viewed:
        price = x.price if isinstance(x, ReadLevel) else x.entry if isinstance(x, ReadSetup) else x.target or x.zone or x.trigger
        if price is not None:
            yield x.span, price


def without_side_quotes(
    indicators: Sequence[Indicator], blocks: Sequence[Block], named: Sequence[Mention]
) -> tuple[Indicator, ...]:
    """The values without the last prices in such lists of markets that the note names nowhere else."""
    places = [i.span.start for i in indicators if i.name == "last"]
    holding = [b for b in blocks if any(b.span.start <= place < b.span.end for place in places)]
    listed = _listed(blocks) if any(map(_quotes, holding)) else []
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
    places = [i.span.start for i in indicators if i.name == "last"]
    unviewed = [
        b.span
        for b in blocks
        if len(b.text) <= LONGEST
        and any(b.span.start <= place < b.span.end for place in places)
        and _NO_VIEW.search(b.text)
        and not any(b.span.start <= s.start < b.span.end for s in read)
    ]
    first = min((i.span.start for i in indicators if i.name == "last"), default=0)
    return tuple(
        i
        for i in indicators
        if i.name != "last" or i.span.start == first or not any(s.start <= i.span.start < s.end for s in unviewed)
    )


_DISTANCE = re.compile(r"distance_to_\w+|drawdown_pct")
_CLAUSE = re.compile(r"[.;:]\s|,\s(?:and|but|while|the)\s|\swhile\s|\n\n")
LONGEST_CLAUSE = 160


def without_others_distances(indicators: Sequence[Indicator], plain: str, named: Sequence[Mention]) -> tuple[Indicator, ...]:
    """The values without the distances of markets that a clause speaks of in passing: 'SOX is 4% below its 200-day'."""
    if not any(_DISTANCE.fullmatch(i.name) for i in indicators) or not named:
        return tuple(indicators)
    own = [named[0], *(m for i in indicators if i.name == "last" and (m := _market_at(named, i.span.end)) is not None)]

    def is_kept(value: Indicator) -> bool:
        if not _DISTANCE.fullmatch(value.name):
            return True
        before = plain[max(0, value.span.start - LONGEST_CLAUSE) : value.span.start]
        begin = value.span.start - len(_CLAUSE.split(before)[-1])
        here = [m for m in named if begin <= m.start < value.span.start]
        return not here or any(_kin(m, known) for m in here for known in own)

    return tuple(i for i in indicators if is_kept(i))


NEAR = 0.03  # a market's cash and its futures lie no farther apart


def without_passing(
    indicators: Sequence[Indicator], blocks: Sequence[Block], named: Sequence[Mention], read: Sequence[tuple[Span, Money]]
) -> tuple[Indicator, ...]:
    """The values without the last prices of markets that a sentence speaks of in passing.

    Beside a note's own market, 'Silver trades at $48.60' or 'bitcoin at 94K' is none of its values where nothing else in the note
    is of that market: no level, plan, scenario or other value (`read`), no line of its own.
    """
    lasts = [i for i in indicators if i.name == "last"]
    if len(lasts) == 1 and _is_far(lasts[0], read) and not _is_of_subject(lasts[0], blocks, named):
        return tuple(i for i in indicators if i is not lasts[0])  # 'AUD/USD is steady. Iron ore US$95.6'
    if len(lasts) < FEWEST:
        return tuple(indicators)
    first = next((x for x in lasts if not _is_far(x, read)), lasts[0])
    own = _market_at(named, first.span.end)

    def is_kept(value: Indicator) -> bool:
        if value.name != "last" or value is first or abs(value.value.low / first.value.low - 1) < NEAR:
            return True
        block = next((b for b in blocks if b.span.start <= value.span.start < b.span.end), None)
        market = _market_at([m for m in named if block and m.start >= block.span.start], value.span.end)
        if block is None or block.kind == "row":
            return True
        if market is None:
            return not _is_far(value, read)
        is_alike = abs(value.value.low / first.value.low - 1) < SAME
        if own is not None and market.symbol == own.symbol and is_alike:
            return True  # farther off it is another contract's, in other units: 'LME copper at $9,640 a tonne'
        if len(block.text) <= LONGEST_LINE and market.start - block.span.start <= LONGEST_BULLET:
            return True
        return any(
            abs(price.low / value.value.low - 1) < SAME and (m := _market_at(named, span.end)) is not None and _kin(m, market)
            for span, price in read
        )

    return tuple(i for i in indicators if is_kept(i))


def _is_far(last: Indicator, read: Sequence[tuple[Span, Money]]) -> bool:
    """Whether all prices that were read lie elsewhere than a last price."""
    return bool(read) and not any(abs(p.low / last.value.low - 1) < SAME for _, p in read if last.value.low > 0)


def _is_of_subject(last: Indicator, blocks: Sequence[Block], named: Sequence[Mention]) -> bool:
    """Whether the market named first in a note is the one named before a last price in its sentence."""
    block = next((b for b in blocks if b.span.start <= last.span.start < b.span.end), None)
    if block is None or not named or block.kind == "row":
        return block is not None
    begin = block.span.start + max(block.text.rfind(". ", 0, last.span.start - block.span.start), 0)
    market = _market_at([m for m in named if m.start >= begin], last.span.end)
    return market is not None and _kin(market, named[0])


def _kin(one: Mention, other: Mention) -> bool:
    return FUTURE_OF.get(one.symbol, one.symbol) == FUTURE_OF.get(other.symbol, other.symbol)


def _market_at(named: Sequence[Mention], place: int) -> Mention | None:
    """The market named last before a place."""
    return max((m for m in named if m.start < place), key=lambda m: m.start, default=None)


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
