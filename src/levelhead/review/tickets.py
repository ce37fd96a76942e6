"""Trades as tickets: side, entry, stop and targets, told by the word or sign beside each price and by where the prices lie.

A ticket is one sentence, one row, or a run of lines that each give a part of it. It needs an entry and a stop on its wrong side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from levelhead.review.horizons import span_in
from levelhead.review.lexicon import respelled
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import one_piece
from levelhead.review.prices import Prices
from levelhead.review.said import WRITTEN, Money, OrderKind, ReadSetup
from levelhead.review.text import Span
from levelhead.review.tokens import Token

LONGEST = 600  # characters of a sentence
MOST_LINES, MOST_IDLE = 10, 1
MOST_TARGETS = 6
FARTHEST = 1.6  # an entry, its stop and its targets are no farther apart
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "stop",
        re.compile(
            r"🚫|🛑|❌|⛔|✋|\b(?:protective (?:buy |sell )?stops?|(?<!buy )(?<!sell )(?<!buy-)(?<!sell-)stop(?:s|"
            r"ped)?(?:[- ]?loss(?:es)?|[- ]out)?"
            r"|stop[- ]?loss|s/?l|invalid\w*|cut[- ]?loss(?:es)?|loss[- ]cut|cut(?:ting)?(?: it| them| the loss)?(?= (?:at|"
            r"below|above|if|under|on))|"
            r"risk(?:ing)?(?: it| is| only| just| defined)? (?:to|at|below|above|under|over|=|:)|"
            r"risk(?=\s?[:=@]?\s?[$€£~≈]?\s?$)|"
            r"wrong (?:below|above|under|over|at|on|if)|"
            r"out (?:below|above|under|over|if|on a)|bail\w*|protect(?:ed|ion)?(?: at| below| above)?|abandon\w*|"
            r"kill(?:ed)?(?= (?:at|below|above))|"
            r"(?:vs|versus|against)(?=\.?\s?[$€£~≈]?\s?$)|disaster|uncle(?: point)?|no good (?:below|above)|dead (?:below|"
            r"above))\b",
            re.I,
        ),
    ),
    (
        "target",
        re.compile(
            r"🎯|✅|💰|🏁|🥇|→|➡|➔|->|=>|\b(?:target(?:s|ed|ing)?|t/p|tps?\s?\d?|t\d|pt\s?\d?|take[- ]?profits?|tak(?:e|"
            r"ing) (?:half|some|"
            r"part|a third|the rest|it|them|"
            r"profits?|money|one|two)(?: off)?|profit[- ]taking|profits? (?:at|near|around|into|is|are)|objectives?|goals?|"
            r"aim(?:s|ing|ed)?|book(?:ing)?|take(?=\s?[$€£~≈]?\s?$)|"
            r"scal(?:e|ing) out|(?:the )?(?:rest|remainder|balance|runner|second half|other half|first half|"
            r"last third)(?: [a-z]+){0,2} (?:at|near|into|to|for|on)|look(?:ing)? (?:for|to|at)|"
            r"reward|eyeing|work(?:ing)? (?:it )?(?:to|toward)|play(?:ing)? for|for (?:a )?(?:move|run|push|trip|ride|"
            r"test)(?: back)?(?: to| of| into)|moon bag|"
            r"for(?=\s?[$€£~≈]?\s?$))(?!\w)",
            re.I,
        ),
    ),
    (
        "exit",
        re.compile(
            r"\b(?:out|exit(?:ing|s)?|cover(?:ing|s|ed)?|clos(?:e|ing) (?:out|it|the trade|at)|off(?: at)?|let (?:it|"
            r"them) go)\b",
            re.I,
        ),
    ),
    (
        "entry",
        re.compile(
            r"📥|🟢|🔴|🔺|🔻|⬆|⬇|📈|📉|\b(?:entry|entries|enter(?:ing)?|"
            r"buy(?:ing|s)?|sell(?:ing|s)?|long|short|(?:buy|sell)ers? (?:of|"
            r"on|here)|"
            r"(?:a|am|are|be|we|i|[’']re|[’']m) (?:buy|sell)ers?|"
            r"limit(?: order)?|(?:our|my|a|one|work(?:ing|s)?|i|we|d|would|will|to) (?:bids?|offers?)|(?:^|[.:;]\s?)(?:bid|offer)|"
            r"accumulat\w*|fad(?:e|ing)|bought|sold|get in|in at|fill(?:ed|s)?|order)\b|@",
            re.I,
        ),
    ),
)
_LONG = re.compile(
    r"🟢|🔺|⬆|📈|\b(?:buy(?:ing|ers?)?|longs?(?![- ]?(?:er)?[- ]?(?:term|run|dated))|accumulat\w*|bought|bids?|bto)\b", re.I
)
_SHORT = re.compile(
    r"🔴|🔻|⬇|📉|\b(?:sell(?:ing|ers?)?|shorts?(?![- ]?(?:er)?[- ]?(?:term|run|dated|cover\w*|squeeze))|fad(?:e|ing)|sold|"
    r"offers?|sto)\b",
    re.I,
)
_LEVEL = re.compile(r"\b(?:supports?|resistances?|pivots?|demand|supply|floors?|ceilings?|sma|ema|rsi|average)\b", re.I)
_SEPARATED = re.compile(r"[\s,;/|•·&+$€£~≈()@:–—-]*(?:and|then|to|or|&|\d\W?|①|②|③|④|US|RM|USD)?[\s,;/|•·&+$€£~≈()@:–—-]*", re.I)
_WE_ARE_BUYERS = re.compile(
    r"^\s?,?\s?(?:we|i)(?:['’](?:d|ll|m|re)| would| will| are| am)?\s(?:be |go |get |look to |want to )?"
    r"(?:buy(?:ers?|ing)?|sell(?:ers?|ing)?|long|short)\b",
    re.I,
)
IS_OVER = re.compile(
    r"\b(?:was|were|got|been|is now) (?:closed|stopped(?: out)?|exited|booked|filled and)|"
    r"\b(?:stopped|closed|exited|filled) at\b|\bnever filled|"
    r"\bclosed (?:at|for|out) (?:target|"
    r"a profit|a loss|our|the)|"
    r"\bhit (?:its|our|the|both|all) (?:targets?|stop)|\b(?:last (?:week|month)|yesterday)['’]?s? (?:trade|idea|call|"
    r"signal)|\blast (?:week|month)[!.]",
    re.I,
)
_TO = re.compile(r"\s?(?:/|-|–|—|to)\s?[$€£~≈]?\s?")
_CIRCLED = {ord(mark): " " for mark in "①②③④⑤⑥⑦⑧⑨❶❷❸❹❺\u20e3\ufe0f"}
_BEHIND = re.compile(
    r"^\s?\(?(?:as (?:a |the |my |our )?)?(?P<what>stop(?:[- ]loss)?|sl|targets?|tp\d?|entry)\b(?!\s?[:=@]?\s?(?:at |"
    r"is )?[$€£~]?\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with what it is for: 'entry', 'stop', 'target', 'exit' (where the prices decide), or '' where nothing tells."""

    token: Token
    money: Money
    role: str


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


def tickets_of(passages: Sequence[Passage], prices: Prices) -> tuple[ReadSetup, ...]:
    """Every complete ticket, in the order of the text."""
    return tuple(found for ticket in _tickets(passages, prices) if (found := _setup(ticket)) is not None)


def _tickets(passages: Sequence[Passage], prices: Prices) -> Iterator[_Ticket]:
    ticket: _Ticket | None = None
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        for piece in _units(passage):
            priced = roles_in(piece, prices)
            if ticket is not None and not _opens(priced) and _absorbs(ticket, piece, priced):
                continue
            if ticket is not None:
                yield ticket
                ticket = None
            ticket = _opened(passage, piece, priced)
    if ticket is not None:
        yield ticket


def _units(passage: Passage) -> Sequence[Piece]:
    is_whole = passage.block.kind == "row" or any(mark in passage.block.text for mark in "•·")
    return (one_piece(passage),) if is_whole and passage.pieces else passage.pieces


def roles_in(piece: Piece, prices: Prices, known: str = "") -> tuple[Priced, ...]:
    """Every price of a piece with what the nearest word or sign before it, or right behind it, makes it.

    known: what all of them are for where a table says it.
    """
    if len(piece.text) > LONGEST:
        return ()
    found: list[Priced] = []
    at, role = 0, ""
    for token in piece.tokens:
        if not prices.is_price(token) or token.quantity is None:
            continue
        gap = respelled(piece.text[at : token.start].translate(_CIRCLED))
        cue = role_of_words(gap)
        behind = _BEHIND.match(piece.text[token.end : token.end + 24])
        if behind and not cue:
            cue = "stop" if behind["what"].lower()[0] == "s" else "entry" if behind["what"].lower()[0] == "e" else "target"
        if not cue and found and _SEPARATED.fullmatch(gap):
            if role == "entry" and _TO.fullmatch(gap) and len(found) == 1:
                found[0] = replace(found[0], money=_between(found[0].money, token.quantity.money))
                at = token.end
                continue
            cue = role if role in ("target", "exit") else ""
        if not cue and _WE_ARE_BUYERS.match(piece.text[token.end : token.end + 40]):
            cue = "entry"
        role = cue = known or cue
        at = token.end
        found += [Priced(token, money, cue) for money in _monies(token, cue)]
    return tuple(found)


def role_of_words(gap: str) -> str:
    """What the last cue of the words before a price says; of two that overlap the one that says more."""
    best, what = (-1, -1), ""
    for role, pattern in _CUES:
        for found in pattern.finditer(gap):
            if found.end() > best[1] and not (found.start() >= best[0] and found.end() <= best[1]):
                best, what = found.span(), role
    return what


def _monies(token: Token, role: str) -> tuple[Money, ...]:
    """A price; of two targets joined by a slash or an 'and' each."""
    q = token.quantity
    assert q is not None
    if role in ("target", "exit") and q.joined in ("/", "and", "&") and q.low < q.high:
        return (Money(low=q.first, high=q.first), Money(low=q.second, high=q.second))
    return (q.money,)


def _between(one: Money, two: Money) -> Money:
    return Money(low=min(one.low, two.low), high=max(one.high, two.high))


def _opens(priced: Sequence[Priced]) -> bool:
    return bool(priced) and any(p.role == "entry" for p in priced)


def _opened(passage: Passage, piece: Piece, priced: Sequence[Priced]) -> _Ticket | None:
    """The ticket that a sentence or line begins by an entry with its price."""
    entries = [n for n, p in enumerate(priced) if p.role == "entry"]
    if not entries or IS_OVER.search(piece.text):
        return None
    first = priced[entries[0]]
    head = piece.text[: first.token.start]
    if _LEVEL.search(head[-40:]) and not (_LONG.search(head) or _SHORT.search(head)):
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
    return ticket


def side_of_words(text: str) -> str:
    """The side that the first word for one names, '' where none does."""
    text = re.sub(
        r"\b(?:buy|sell)[- ]?stops?\s(?=loss)|protective (?:buy|sell) stops?|sell(?:ing)? (?:half|some|the rest)",
        " ",
        text,
        flags=re.I,
    )
    found = sorted((m.start(), side) for side, p in (("long", _LONG), ("short", _SHORT)) if (m := p.search(text)))
    return found[0][1] if found else ""


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


def lies_right(side: str, entry: Money, stop: Money, targets: Sequence[Money]) -> bool:
    """Whether the stop lies on the losing side of the entry and every target on the other."""
    return is_worse(side, entry, stop) is True and all(is_worse(side, entry, t) is False for t in targets)


def _absorbs(ticket: _Ticket, piece: Piece, priced: Sequence[Priced]) -> bool:
    """Whether a sentence or line goes on with the ticket: it gives a stop or targets, or no price at all."""
    ticket.lines += 1
    if ticket.lines > MOST_LINES:
        return False
    if not priced:
        ticket.idle += 1
        return ticket.idle <= MOST_IDLE
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
    if stop is None:
        return None
    side = ticket.side or ("long" if stop.high < entry.low else "short")
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
    """Both lists as one: of two that overlap the fuller one."""
    kept = list(setups)
    for ticket in tickets:
        rivals = [s for s in setups if s in kept and s.span.start < ticket.span.end and ticket.span.start < s.span.end]
        if any(_weight(s) >= _weight(ticket) for s in rivals):
            continue
        kept = [s for s in kept if s not in rivals]
        kept.append(ticket)
    return tuple(sorted(kept, key=lambda s: s.span.start))


def _weight(setup: ReadSetup) -> tuple[bool, int]:
    is_right = setup.stop is not None and lies_right(setup.side, setup.entry, setup.stop, setup.targets)
    return is_right, len(setup.targets)
