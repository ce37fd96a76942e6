"""Trades as tickets: side, entry, stop and targets, told by the word or sign beside each price and by where the prices lie.

A ticket is one sentence, one row, or a run of lines that each give a part of it. It needs an entry and a stop on its wrong side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from levelhead.review.horizons import span_in
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import one_piece, part_of
from levelhead.review.prices import Prices
from levelhead.review.said import WRITTEN, Money, OrderKind, ReadSetup
from levelhead.review.text import Span
from levelhead.review.ticket_cues import IS_OVER, LONG, SHORT, side_of_words
from levelhead.review.ticket_prices import Priced, roles_in

MOST_LINES, MOST_IDLE = 10, 1
MOST_TARGETS = 6
FARTHEST = 1.6  # an entry, its stop and its targets are no farther apart
_LEVEL = re.compile(r"\b(?:supports?|resistances?|pivots?|demand|supply|floors?|ceilings?|sma|ema|rsi|average)\b", re.I)
_NO_TARGET = re.compile(
    r"\b(?:supports?|resistances?|averages?|[se]ma|last|spot|highs?|lows?|pivots?|above|below|R2?:R|sits|lies)\b", re.I
)
_RELATIVE = re.compile(  # a stop that is told as a distance
    r"\b(?:stop|risk(?:ing)?)\b[^.;\n]{0,20}?\d[\d.]*\s?[x×]?\s?(?:-|\s)?(?:ATRs?|points?|pts?|ticks?|pips?|%|per ?cent|"
    r"handles|cents|dollars|bps?)\b|"
    r"\d[\d.]*[- ](?:point|pt|tick|pip|ATR|handle|cent|dollar|%)s?\s?(?:trailing |hard |initial )?stop\b|\b(?:no|without a|"
    r"mental|time) stop\b",
    re.I,
)


@dataclass(slots=True)
class _Ticket:
    side: str
    entry: Money
    order: OrderKind
    label: str
    start: int
    end: int
    sessions: int | None = None
    stop: Money | None = None
    targets: list[Money] = field(default_factory=list)
    lines: int = 1
    idle: int = 0
    is_relative: bool = False


def tickets_of(passages: Sequence[Passage], prices: Prices) -> tuple[ReadSetup, ...]:
    """Every complete ticket, in the order of the text."""
    return tuple(found for ticket in _tickets(passages, prices) if (found := _setup(ticket)) is not None)


def _tickets(passages: Sequence[Passage], prices: Prices) -> Iterator[_Ticket]:
    ticket: _Ticket | None = None
    side, since = "", 0
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        for piece in _units(passage, prices):
            priced = roles_in(piece, prices)
            if (named := _SIDE_FIELD.match(piece.text)) and not priced:
                side, since = side_of_words(named["side"]), 0
            elif not priced and len(piece.text) <= LONGEST_HEAD and _SIDE_HEAD.search(piece.text):
                side, since = side_of_words(piece.text), 0
            since += 1
            if side and since <= MOST_IDLE + 2 and len(priced) == 1 and _PRICE_FIELD.match(piece.text):
                priced = (replace(priced[0], role="entry"),)
            if ticket is not None and (not _opens(priced) or _is_limit(ticket, piece, priced)) and _absorbs(ticket, piece, priced):
                continue
            if ticket is not None:
                yield ticket
                ticket = None
            ticket = _opened(passage, piece, priced)
            if ticket is not None and side and since <= MOST_IDLE + 2:
                ticket.side, side = ticket.side or side, ""
    if ticket is not None:
        yield ticket


_SIDE_FIELD = re.compile(
    r"^\W*(?:action|way|b/s|buy/sell|l/s|stance|side|direction|order(?: type)?|type|signal|position|trade|recommendation|"
    r"call)\b[\s.:=|–—-]{1,20}(?P<side>(?:buy|sell|long|short)\b[\w ]{0,16})\W*$",
    re.I,
)
LONGEST_HEAD = 60
_SIDE_HEAD = re.compile(
    r"\b(?:long|short|buy|sell|bullish|bearish)\b(?:\s\w+){0,2}?\s"
    r"(?:ideas?|trades?|set-?ups?|signals?|calls?|tickets?|plans?|recommendations?|"
    r"alerts?|entry)\b|\b(?:idea|trade|set-?up|signal|call|ticket|plan|recommendation|alert)\b\W{1,3}(?:go )?"
    r"(?:long|short|buy|sell)\b",
    re.I,
)
_PRICE_FIELD = re.compile(r"^\W*(?:price|level|rate|zone|area|at)\b[\s.:=|–—-]{1,20}[$€£]?\d", re.I)
_LIMIT_FIELD = re.compile(r"^\W*limit\b[\s.:=|–—-]{1,20}[$€£]?\d", re.I)


def _is_limit(ticket: _Ticket, piece: Piece, priced: Sequence[Priced]) -> bool:
    """'Limit ... 6,474' below an entry and its stop is where the profit is taken."""
    return ticket.stop is not None and len(priced) == 1 and bool(_LIMIT_FIELD.match(piece.text)) and not ticket.targets


def _units(passage: Passage, prices: Prices) -> Sequence[Piece]:
    is_whole = passage.block.kind == "row" or any(mark in passage.block.text for mark in "•·")
    pieces = (one_piece(passage),) if is_whole and passage.pieces else passage.pieces
    return [part for piece in pieces for part in _parted(piece, prices)]


_PARTS = re.compile(r";\s+|\s[/|]\s(?=\D)")


def _parted(piece: Piece, prices: Prices) -> Sequence[Piece]:
    """'Buy A at 10, stop 9; sell B at 20, stop 21': a piece for each, where each part is a whole ticket by itself."""
    edges = [0, *(m.end() for m in _PARTS.finditer(piece.text)), len(piece.text)]
    if len(edges) == 2:
        return (piece,)
    parts = [part_of(piece, start, end) for start, end in pairwise(edges)]
    is_each = all({"entry", "stop"} <= {p.role for p in roles_in(part, prices)} for part in parts)
    return parts if is_each else (piece,)


def _opens(priced: Sequence[Priced]) -> bool:
    return bool(priced) and any(p.role == "entry" for p in priced)


_WAITS = re.compile(r"\b(?:bids?|offers?)\W{0,3}$", re.I)
_TRIGGER = re.compile(r"^\W*triggers?\b", re.I)


def _opened(passage: Passage, piece: Piece, priced: Sequence[Priced]) -> _Ticket | None:
    """The ticket that a sentence or line begins by an entry with its price."""
    entries = [n for n, p in enumerate(priced) if p.role == "entry"]
    if not entries or IS_OVER.search(piece.text):
        return None
    first = priced[entries[0]]
    head = piece.text[: first.token.start]
    if passage.place.topic == "scenarios" and _TRIGGER.search(head):
        return None  # what sets a scenario off
    if _WAITS.search(head) and _LEVEL.search(piece.text):
        return None  # 'offers 155.80/90, that's your resistance'
    if _LEVEL.search(head[-40:]) and not (LONG.search(head) or SHORT.search(head)):
        return None
    side = (
        side_of_words(head)
        or side_of_words(piece.text)
        or {"up": "long", "down": "short"}.get(passage.place.way, "")
        or side_of_words(passage.place.title)
    )
    stated = span_in(piece.text)
    ticket = _Ticket(
        side,
        first.money,
        _order(head),
        re.sub(r"^[^\w]+|[\s:–—-]+$", "", passage.place.title)[:80],
        piece.start,
        piece.start + len(piece.text),
        stated.sessions if stated else passage.place.sessions,
    )
    rest = [one for n, one in enumerate(priced) if n != entries[0] and not _place(ticket, one)]
    losing = [one.money for one in rest if one.role == "" and _is_worse(ticket, one.money)]
    if ticket.stop is None and ticket.targets and len(losing) == 1:
        ticket.stop = losing[0]  # side, entry and target are named: the one price where it loses is the stop
    if ticket.stop is not None and not ticket.targets and not _NO_TARGET.search(piece.text[first.token.end :]):
        ticket.targets = [one.money for one in rest if one.role == "" and _is_worse(ticket, one.money) is False][:MOST_TARGETS]
    ticket.is_relative = bool(_RELATIVE.search(piece.text))
    return ticket


def _order(head: str) -> OrderKind:
    if re.search(r"\b(?:at market|market order|now)\b", head[-40:], re.I):
        return "market"
    if re.search(
        r"\b(?:(?:buy|sell)[- ]stop|break\w*|clos(?:e|es)|reclaim\w*|through)\b|\b(?:above|below)\W{0,3}$", head[-60:], re.I
    ):
        return "stop"
    return "limit"


def _place(ticket: _Ticket, one: Priced) -> bool:
    """Puts a price where its cue and its place say; False where it fits nowhere."""
    if not 1 / FARTHEST < one.money.middle / ticket.entry.middle < FARTHEST:
        return False
    is_worse = _is_worse(ticket, one.money)
    if one.role == "stop" or (one.role in ("exit", "entry") and is_worse is True and ticket.stop is None):
        if ticket.stop is not None:
            return ticket.stop == one.money
        ticket.stop = one.money
        return True
    if one.role in ("target", "exit") or (one.role == "entry" and is_worse is False):
        if one.money not in ticket.targets and len(ticket.targets) < MOST_TARGETS:
            ticket.targets.append(one.money)
        return True
    return False


def _is_worse(ticket: _Ticket, money: Money) -> bool | None:
    """Whether a price lies on the wrong side of the entry; None where it lies in it or no side is known."""
    return is_worse(ticket.side, ticket.entry, money)


def is_worse(side: str, entry: Money, money: Money) -> bool | None:
    """Whether a price lies where a trade loses; None where it lies in the entry or no side is known."""
    if side not in ("long", "short") or (money.high >= entry.low and money.low <= entry.high):
        return None
    return (money.high < entry.low) == (side == "long")


def lies_right(side: str, entry: Money, stop: Money | None, targets: Sequence[Money]) -> bool:
    """Whether the stop, if one is given, lies on the losing side of the entry and every target on the other."""
    return (stop is None or is_worse(side, entry, stop) is True) and all(is_worse(side, entry, t) is False for t in targets)


def _absorbs(ticket: _Ticket, piece: Piece, priced: Sequence[Priced]) -> bool:
    """Whether a sentence or line goes on with the ticket: it gives a stop or targets, or no price at all."""
    ticket.lines += 1
    if ticket.lines > MOST_LINES:
        return False
    if not priced:
        ticket.is_relative = ticket.is_relative or bool(_RELATIVE.search(piece.text))
        ticket.idle += not ticket.is_relative
        return ticket.idle <= MOST_IDLE
    if _is_limit(ticket, piece, priced):
        priced = (replace(priced[0], role="target"),)
    first = priced[0]
    if first.role not in ("stop", "target", "exit") or _LEVEL.search(piece.text):
        return False
    if first.role != "exit" and len(piece.text[: first.token.start]) > 60 and ticket.stop is not None:
        return False
    if not all(p.role in ("stop", "target", "exit") for p in priced) or (ticket.stop and any(p.role == "stop" for p in priced)):
        return False
    for one in priced:
        _place(ticket, one)
    ticket.end, ticket.idle = piece.start + len(piece.text), 0
    return True


def _setup(ticket: _Ticket) -> ReadSetup | None:
    """A ticket whose prices lie as a trade's do, None where they do not."""
    stop, entry = ticket.stop, ticket.entry
    if stop is None and not (ticket.is_relative and ticket.side):
        return None
    side = ticket.side or ("long" if stop and stop.high < entry.low else "short")
    if not lies_right(side, entry, stop, ticket.targets):
        return None
    return ReadSetup(
        side="long" if side == "long" else "short",
        order=ticket.order,
        entry=entry,
        stop=stop,
        targets=tuple(ticket.targets),
        label=ticket.label,
        sessions=ticket.sessions,
        span=Span(start=ticket.start, end=ticket.end),
        sure=WRITTEN,
    )


def with_tickets(setups: Sequence[ReadSetup], tickets: Sequence[ReadSetup]) -> tuple[ReadSetup, ...]:
    """Both lists as one: of two that overlap the fuller one, and several tickets before the one trade that was made of them all."""
    setups = [s for s in setups if sum(_overlap(s, t) for t in tickets if t.targets) < 2]
    kept = list(setups)
    for ticket in tickets:
        rivals = [s for s in setups if s in kept and _overlap(s, ticket)]
        if any(_weight(s) >= _weight(ticket) for s in rivals):
            continue
        kept = [s for s in kept if s not in rivals]
        kept.append(ticket)
    return tuple(sorted(kept, key=lambda s: s.span.start))


def _overlap(one: ReadSetup, other: ReadSetup) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _weight(setup: ReadSetup) -> tuple[bool, int, bool]:
    is_right = setup.stop is not None and lies_right(setup.side, setup.entry, setup.stop, setup.targets)
    return is_right, len(setup.targets), setup.entry.low < setup.entry.high
