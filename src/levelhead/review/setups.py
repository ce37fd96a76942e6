"""Trade setups: side, entry, stop and targets, in one sentence, in a list, or in a table's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from levelhead.review.horizons import sessions_of_term, span_in, term_in
from levelhead.review.lexicon import respelled
from levelhead.review.passages import Passage, Piece, has_numbers
from levelhead.review.prices import Prices
from levelhead.review.roles import Use, uses_of
from levelhead.review.said import INFERRED, WRITTEN, Money, OrderKind, ReadSetup
from levelhead.review.text import Span
from levelhead.review.ticket_cues import IS_OVER
from levelhead.review.ticket_tables import table_tickets
from levelhead.review.tickets import FARTHEST, is_worse, tickets_of, with_tickets
from levelhead.review.tokens import tokens_of

_LONG = re.compile(r"\b(?:buy|buyers?|bought|bid|long(?!\s?[- ]?(?:er)?[- ]?term)|bullish|buying|accumulate|go long)\b", re.I)
_SHORT = re.compile(
    r"\b(?:sell|sellers?|sold|offer|short(?!\s?[- ]?(?:er)?[- ]?term)|bearish|selling|fade|shorting|go short)\b", re.I
)
_ENTRY = re.compile(
    r"\b(?:buyers? (?:of|at|on|near)|sellers? (?:of|at|on|near)|(?:i|we|i[’']ve|we[’']ve|just|already) (?:\w+ )?(?:bought|"
    r"sold)|in (?:at|near|from)|get in|getting in|filled|limit|work(?:ing)? (?:a |an )?(?:bid|offer)|entry|entries|"
    r"enter(?:ing)?|buy(?:ing)?(?! (?:the )?dip play)|sell(?:ing)?|long(?:s)?(?!\s?[- ]?(?:er)?[- ]?term)|"
    r"short(?:s)?(?!\s?[- ]?(?:er)?[- ]?term)|trigger)\b",
    re.I,
)
_STOP = re.compile(
    r"\b(?:(?<!buy[ -])(?<!sell[ -])stop(?:s|ped)?(?:[- ]?(?:loss(?:es)?|out))?|s/?l|invalid\w*|risk(?:ing)?(?:\s(?:it|this|"
    r"that|only|just|a|my|\d+\s?\w+))?"
    r"\s(?:below|above|to|at|under|over)|cut(?:ting)?|out (?:below|above|under|over|if)|bail\w*|wrong (?:below|above|under|"
    r"over|"
    r"at)|protect\w*|"
    r"get out (?:below|above|under|over|if))\b",
    re.I,
)
_TARGET = re.compile(
    r"\b(?:target(?:s|ed|ing)?|tps?\d?|t\d|pt\d?|take[- ](?:it off|profits?|some off|money)|objectives?|profits?(?: taking)? "
    r"(?:at|near|around|into)|"
    r"profit target|aim\w*|look(?:ing)? (?:for|to)|exit\w*|cover(?:ing)?|let(?:ting)? (?:it|them|her|him) go|book\w*|scale out|"
    r"sell (?:it|half|them|some)|"
    r"reward|take (?:half|some|a third|the rest|it|them)|out (?:at|near)|for (?=[$€£~≈]?\d)|goals?|eyeing|rest at|half at|"
    r"then)\b",
    re.I,
)


MOST_TARGETS = 6


@dataclass(slots=True)
class _Trade:
    """A setup while it is gathered."""

    label: str
    side: str
    section: int
    sessions: int | None = None
    order: OrderKind = ""
    entry: Money | None = None
    stop: Money | None = None
    targets: list[Money] = field(default_factory=list)
    start: int = 0
    end: int = 0
    is_inferred: bool = False


def setups_of(passages: Sequence[Passage], prices: Prices) -> tuple[ReadSetup, ...]:
    """Every trade with an entry and a stop or a target, in the order of the text."""
    found = tuple(found for trade in _trades(passages, prices) if (found := _setup(trade)) is not None)
    told = with_tickets(with_tickets(found, tickets_of(passages, prices)), tuple(table_tickets(passages, prices)))
    return tuple(replace(s, stop=_far_end(s.side, s.stop)) if s.stop and s.stop.low < s.stop.high else s for s in told)


def _far_end(side: str, stop: Money) -> Money:
    """Of a zone for the stop the end that lies farther from the entry: there the trade is wrong."""
    end = stop.low if side == "long" else stop.high
    return replace(stop, low=end, high=end)


def _setup(trade: _Trade) -> ReadSetup | None:
    if trade.entry is None or trade.stop is None:
        return None
    side = trade.side or _side_of_prices(trade)
    if side not in ("long", "short"):
        return None
    if is_worse(side, trade.entry, trade.stop) is None:
        return None  # 'short below 1.0500', wrong at 1.0500: a way on
    near = [t for t in trade.targets if 1 / FARTHEST < t.middle / trade.entry.middle < FARTHEST]
    return ReadSetup(
        side=side,  # type: ignore[arg-type]
        order=trade.order,
        entry=trade.entry,
        stop=trade.stop,
        targets=tuple(near or trade.targets),
        label=trade.label,
        sessions=trade.sessions,
        span=Span(start=trade.start, end=trade.end),
        sure=INFERRED if trade.is_inferred or not trade.side else WRITTEN,
    )


def _side_of_prices(trade: _Trade) -> str:
    assert trade.entry is not None
    mark = trade.targets[0] if trade.targets else None
    if mark is not None:
        return "long" if mark.low > trade.entry.low else "short"
    return "long" if trade.stop is not None and trade.stop.low < trade.entry.low else "short"


def _trades(passages: Sequence[Passage], prices: Prices) -> Iterator[_Trade]:
    open_trade: _Trade | None = None
    for stated in passages:
        passage = _as_line(stated) if _is_field(stated) else stated
        if passage.place.topic == "dismissed":
            continue
        is_setup = passage.place.topic == "setups"
        if passage.block.kind == "row" and passage is stated:
            if trade := _of_row(passage, prices):
                yield trade
            continue
        if open_trade is not None and (not is_setup or _closes(passage, open_trade, prices)):
            yield open_trade
            open_trade = None
        if open_trade is None and (is_setup or _is_whole(passage, prices)):
            open_trade = _opened(passage)
        if open_trade is not None:
            _take(open_trade, passage, prices)
            if not is_setup:
                if open_trade.stop is not None:  # a sentence among others is a trade when it says where it is wrong
                    yield open_trade
                open_trade = None
    if open_trade is not None:
        yield open_trade


def _is_field(passage: Passage) -> bool:
    """'Entry | 2,350': a row that is one field of a trade."""
    if passage.place.topic != "setups" or passage.block.kind != "row" or len(passage.pieces) != 2:
        return False
    return bool(_FIELD.match(passage.block.cells[0].text))


def _as_line(passage: Passage) -> Passage:
    """A row 'Entry | 2,350' as the line 'Entry: 2,350'."""
    label, value = passage.pieces[0], passage.pieces[1]
    text = f"{label.text}: {value.text}"
    piece = Piece(text, value.start - len(label.text) - 2, tokens_of(text))
    return replace(passage, pieces=(piece,), is_head=False)


def _closes(passage: Passage, trade: _Trade, prices: Prices) -> bool:
    """Whether a passage begins another trade: another heading, or another entry."""
    if passage.is_head and not any(prices.is_price(t) for p in passage.pieces for t in p.tokens):
        if trade.entry is None and trade.stop is None and not trade.targets:
            return True  # nothing was said under the heading before
        return not (trade.entry is None or _FIELD.match(passage.block.text))
    return trade.entry is not None and _opens_anew(passage, prices)


_FIELD = re.compile(
    r"^\W*(?:stop(?:[- ]loss)?|targets?|take profits?|tp\d?|risk|invalidation|entry|side|direction|reward|rationale|notes?|why|"
    r"size|time ?frame|horizon|objectives?)\b",
    re.I,
)


def _opened(passage: Passage) -> _Trade:
    place = passage.place
    own = passage.block.text if passage.is_head and not has_numbers(passage.pieces) else ""
    label = re.sub(r"^[^\w]+|[\s:–—-]+$", "", own or place.title)
    return _Trade(
        label,
        _side(own) or _way_side(place.way) or _side(place.title),
        place.section,
        _sessions(label) or place.sessions,
        start=passage.block.span.start,
    )


def _sessions(label: str) -> int | None:
    stated = span_in(label)
    return stated.sessions if stated else sessions_of_term(term_in(label))


def _way_side(way: str) -> str:
    return {"up": "long", "down": "short"}.get(way, "")


def _side(text: str) -> str:
    found = sorted((m.start(), side) for side, p in (("long", _LONG), ("short", _SHORT)) if (m := p.search(text)))
    return found[0][1] if found else ""


def _is_whole(passage: Passage, prices: Prices) -> bool:
    """A sentence outside a list of setups that is one all the same: it names side, entry and stop or target with their prices."""
    if sum(prices.is_price(t) for p in passage.pieces for t in p.tokens) < 3:
        return False
    text = respelled(passage.block.text)
    if passage.place.topic == "scenarios" and _CASE_FIELDS.match(text) and not _OF_TRADES.search(text):
        return False
    return len(text) <= 600 and not IS_OVER.search(text) and all(p.search(text) for p in (_STOP, _TARGET, _ENTRY))


# what a scenario is told by, 'Trigger: ... Target: ... Invalidation: ...', and what only a trade is
_CASE_FIELDS = re.compile(r"\W*(?:triggers?|conditions?|targets?|confirmation|invalidat\w+|objective)\b[^:]{0,24}:", re.I)
_OF_TRADES = re.compile(r"\b(?:buy|sell|long|short|entry|enter|stop(?:[- ]loss)?|limit|position|size)\b", re.I)


def _opens_anew(passage: Passage, prices: Prices) -> bool:
    """Whether an entry with a price stands at the beginning of a passage."""
    for piece in passage.pieces[:1]:
        first = next((t for t in piece.tokens if prices.is_price(t)), None)
        if first is None:
            return False
        head = respelled(piece.text[: first.start])
        return bool(_ENTRY.search(head)) and not _STOP.search(head) and not _TARGET.search(head)
    return False


def _take(trade: _Trade, passage: Passage, prices: Prices) -> None:
    if passage.is_head and not trade.side and not has_numbers(passage.pieces):
        trade.side = _side(passage.block.text)
    for piece in passage.pieces:
        uses = list(uses_of(piece, prices.is_price))
        if not uses:
            continue
        trade.side = trade.side or _side(piece.text)
        before = (trade.entry, trade.stop, len(trade.targets))
        for use in uses:
            _place(trade, piece, use)
        if before != (trade.entry, trade.stop, len(trade.targets)):
            trade.end = passage.block.span.end
    trade.end = max(trade.end, passage.block.span.end if trade.entry is None else trade.end)


def _place(trade: _Trade, piece: Piece, use: Use) -> None:
    """One price of a trade: by the nearest word before it that says stop, target or entry."""
    head = respelled(piece.text[: use.token.start])
    nearest = max(
        (
            (m.start(), what)
            for what, pattern in (("stop", _STOP), ("target", _TARGET), ("entry", _ENTRY))
            for m in pattern.finditer(head)
        ),
        default=(-1, ""),
    )[1]
    if nearest == "stop":
        trade.stop = trade.stop or use.money
    elif nearest == "target" or (nearest == "entry" and trade.entry is not None and use.role == "target"):
        trade.targets += [money for money in _each(use) if money not in trade.targets][: MOST_TARGETS - len(trade.targets)]
    elif nearest == "entry" and trade.entry is None:
        trade.entry = use.money
        trade.order = _order(piece.text[max(0, use.token.start - 60) : use.token.start], trade.side)


def _each(use: Use) -> tuple[Money, ...]:
    """'4,020/4,050' behind the word target are two of them."""
    quantity = use.token.quantity
    if quantity is not None and quantity.joined == "/":
        one, _, two = use.token.text.partition("/")
        if len(one.strip()) == len(two.strip().lstrip("$€£")) or len(two.strip()) >= len(one.strip(" $€£~")):
            first, second = quantity.first, quantity.second
            return Money(low=first, high=first), Money(low=second, high=second)
    return (use.money,)


def _order(head: str, side: str) -> OrderKind:
    if re.search(r"\b(?:at market|market order|now)\b", head, re.I):
        return "market"
    if re.search(r"\b(?:break(?:s|out)?|stop order|buy stop|sell stop|through|clos(?:e|es)|acceptance|reclaim)\b", head, re.I):
        return "stop"
    if (side == "long" and re.search(r"\b(?:above|over)\s[$~]?$", head, re.I)) or (
        side == "short" and re.search(r"\b(?:below|under)\s[$~]?$", head, re.I)
    ):
        return "stop"
    if re.search(
        r"\b(?:limit|near|at|around|retrace\w*|pullback|dip|toward|towards|into|zone|rally|test|between|on)\b", head, re.I
    ):
        return "limit"
    return ""


def _of_row(passage: Passage, prices: Prices) -> _Trade | None:
    """A row of a table whose columns are entry, stop, target."""
    columns = passage.columns
    if passage.place.topic != "setups" or not columns:
        return None
    trade = _Trade(
        "", "", passage.place.section, passage.place.sessions, start=passage.block.span.start, end=passage.block.span.end
    )
    for n, piece in enumerate(passage.pieces):
        column = columns[n] if n < len(columns) else ""
        priced = [t.quantity.money for t in piece.tokens if t.quantity is not None and prices.is_price(t)]
        if re.search(r"stop|sl\b|invalid|risk", column) and priced:
            trade.stop = trade.stop or priced[0]
        elif re.search(r"target|tp|objective|profit|exit|t\d", column) and priced:
            trade.targets += [p for p in priced if p not in trade.targets]
        elif re.search(r"entry|trigger|enter|level|price|buy|sell|zone", column) and priced and trade.entry is None:
            trade.entry = priced[0]
            trade.order = _order(piece.text, _side(passage.block.text))
        elif not priced and not trade.label and piece.text:
            trade.label = piece.text
        if not trade.side and not re.search(r"note|comment|reason", column):
            trade.side = _side(piece.text)
    return trade
