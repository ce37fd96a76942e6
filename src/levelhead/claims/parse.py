"""The claim language, read by recursive descent.

    claim    = split | plan | either ["given" claim]
    either   = both {"or" both}
    both     = term {"and" term}
    term     = "not" term | "(" claim ")" | event
    split    = "first" "of" price "|" price "within" count "sessions"
    plan     = ("long" | "short") ("limit" | "stop") zone "stop" price "target" zone {"," zone}
               "fill" "within" count ["sessions"] "exit" "within" count ["sessions"]
    zone     = price [".." price]

What an event, its steps and a price are is read in `parse_event`. Letter case does not matter. A number may group its thousands
(2,455.5); a comma between targets is one that cannot group.
"""

from __future__ import annotations

from functools import lru_cache

from levelhead.claims.form import Form, Market, WrittenPlan, Zone, resolve
from levelhead.claims.parse_event import EVENT_STARTS, is_range_mark, read_event, read_price
from levelhead.claims.tokens import EXAMPLES as EXAMPLES
from levelhead.claims.tokens import Cursor
from levelhead.domain.claim import And, Claim, Given, Not, Or, Split, Statement
from levelhead.domain.errors import BadClaim

MAX_LENGTH = 1000
MAX_DEPTH = 20


def parse_claim(text: str, *, market: Market | None = None) -> Claim:
    """The claim that `text` states; `market` freezes its relative prices, named levels and dates.

    Raises BadClaim naming the character where it stops making sense, and what was expected there.
    """
    return _fixed(text) if market is None else resolve(parse_form(text), market)


@lru_cache(maxsize=4096)
def _fixed(text: str) -> Claim:
    return resolve(parse_form(text), None)


def parse_form(text: str) -> Form:
    """The claim as written, its prices perhaps relative. Raises BadClaim."""
    if len(text) > MAX_LENGTH:
        raise BadClaim(f"A claim of {len(text)} characters is longer than {MAX_LENGTH}; give one claim, such as '{EXAMPLES[0]}'.")
    cursor = Cursor(text)
    if cursor.is_word("first"):
        tree: Split | WrittenPlan | Statement = _split(cursor)
    elif cursor.is_word("long", "short"):
        tree = _plan(cursor)
    else:
        tree = _claim(cursor, 0)
    if cursor.next.kind != "end":
        raise cursor.expected("the end of the claim")
    return Form(text=text, tree=tree)


def _split(cursor: Cursor) -> Split:
    at = cursor.next.at
    cursor.word("first")
    cursor.word("of")
    upper = read_price(cursor)
    cursor.mark("|", "the lower price")
    lower = read_price(cursor)
    cursor.word("within", hint="'within N sessions'")
    sessions = cursor.count("a whole number of sessions")
    cursor.word("sessions", also=("session",))
    return cursor.made(at, lambda: Split(upper=upper, lower=lower, sessions=sessions))


def _plan(cursor: Cursor) -> WrittenPlan:
    side = cursor.word("long", "short")
    order = cursor.word("limit", "stop")
    entry = _zone(cursor)
    cursor.word("stop")
    stop = read_price(cursor)
    cursor.word("target")
    targets = [_zone(cursor)]
    while cursor.skip(","):
        targets.append(_zone(cursor))
    cursor.word("fill", hint="'fill within N exit within M'")
    fill_within = _count_within(cursor)
    cursor.word("exit")
    exit_within = _count_within(cursor)
    return WrittenPlan(
        side="long" if side == "long" else "short",
        order="limit" if order == "limit" else "stop",
        entry=entry,
        stop=stop,
        targets=tuple(targets),
        fill_within=fill_within,
        exit_within=exit_within,
    )


def _count_within(cursor: Cursor) -> int:
    cursor.word("within")
    count = cursor.count("a whole number of sessions")
    cursor.skip("sessions", "session")
    return count


def _zone(cursor: Cursor) -> Zone:
    first = read_price(cursor)
    if not is_range_mark(cursor.next):
        return (first,)
    cursor.take()
    return (first, read_price(cursor))


def _claim(cursor: Cursor, depth: int) -> Statement:
    at = cursor.next.at
    claim = _either(cursor, depth)
    if not cursor.skip("given"):
        return claim
    condition = _claim(cursor, _deeper(cursor, depth))
    return cursor.made(at, lambda: Given(claim=claim, condition=condition))


def _either(cursor: Cursor, depth: int) -> Statement:
    at, terms = cursor.next.at, [_both(cursor, depth)]
    while cursor.skip("or"):
        terms.append(_both(cursor, depth))
    return terms[0] if len(terms) == 1 else cursor.made(at, lambda: Or(terms=tuple(terms)))


def _both(cursor: Cursor, depth: int) -> Statement:
    at, terms = cursor.next.at, [_term(cursor, depth)]
    while cursor.skip("and"):
        terms.append(_term(cursor, depth))
    return terms[0] if len(terms) == 1 else cursor.made(at, lambda: And(terms=tuple(terms)))


def _term(cursor: Cursor, depth: int) -> Statement:
    if cursor.skip("not"):
        return Not(claim=_term(cursor, _deeper(cursor, depth)))
    if cursor.skip("("):
        inner = _claim(cursor, _deeper(cursor, depth))
        if not cursor.skip(")"):
            raise cursor.expected("'and', 'or', 'given' or ')'")
        return inner
    if cursor.is_word("first", "long", "short"):
        raise cursor.expected(f"{EVENT_STARTS}, for 'first of' and plans stand alone")
    return read_event(cursor, is_first=depth == 0 and cursor.next.at == 1)


def _deeper(cursor: Cursor, depth: int) -> int:
    if depth >= MAX_DEPTH:
        raise cursor.expected(f"fewer than {MAX_DEPTH} brackets, 'not' and 'given' inside each other")
    return depth + 1
