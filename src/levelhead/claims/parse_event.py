"""Events, their steps and prices, as they are read.

event    = step {"then" step} ["before" step]
           ("within" count "sessions" | "at" count "sessions" | "by" DATE) ["in" ("as traded" | "back-adjusted")]
step     = ("touch" | "trade through") price | [count] ("close" | "closes") ("above" | "below") price
         | "stay in" price ".." price ["by close"]
         | measure ("above" | "below" | "crosses above" | "crosses below") (measure | price)
measure  = "open" | "high" | "low" | "close" | ("sma_" | "ema_" | "rsi_" | "atr_") count
price    = number | sign number ("%" | "ATR" | "sigma") | "sma_" count | "ema_" count | ("high" | "low") "since" DATE | level
level    = a name with a dot or an underscore: pivot_month_traditional.s2, high_52w
"""

from __future__ import annotations

import math
import re
from typing import Literal, get_args

from levelhead.claims.tokens import Cursor, Token
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import (
    OF_ONE_BAR,
    ClaimFrame,
    Closes,
    Compare,
    Distance,
    Event,
    Extreme,
    Measure,
    MeasureName,
    Named,
    Price,
    Reach,
    Relation,
    Side,
    Stay,
    Step,
)

EVENT_STARTS = "'touch', 'trade through', 'close', 'stay in', a measure such as sma_50, 'not' or '('"
ANY_STARTS = f"{EVENT_STARTS}, or 'first of', 'long' or 'short'"
_PRICES = "a price, such as 2455, +1.5%, -2 ATR, sma_50 or high since 2025-04-01"
_UNITS: dict[str, Literal["%", "ATR", "sigma"]] = {"%": "%", "atr": "ATR", "sigma": "sigma"}
_NAMES: dict[str, MeasureName] = {name: name for name in get_args(MeasureName)}
_RELATIONS: dict[str, Relation] = {relation: relation for relation in get_args(Relation)}
_MEASURE = re.compile(r"(sma|ema|rsi|atr)_([0-9]{1,6})")


def read_event(cursor: Cursor, *, is_first: bool = False) -> Event:
    """Steps, their window and their frame. is_first: whether a claim of any kind might begin here. Raises BadClaim."""
    at = cursor.next.at
    steps = [_step(cursor, ANY_STARTS if is_first else EVENT_STARTS)]
    while cursor.skip("then"):
        steps.append(_step(cursor, EVENT_STARTS))
    before = _step(cursor, EVENT_STARTS) if cursor.skip("before") else None
    preposition = cursor.word("within", "at", "by", hint="'within N sessions', 'at N sessions' or 'by DATE'")
    horizon = cursor.date() if preposition == "by" else _sessions(cursor)
    frame = _frame(cursor)
    return cursor.made(
        at, lambda: Event(steps=tuple(steps), before=before, horizon=horizon, is_at=preposition == "at", frame=frame)
    )


def read_price(cursor: Cursor) -> Price:
    """A price as written. Raises BadClaim."""
    token = cursor.next
    if token.kind == "word":
        return _price_in_words(cursor, token)
    sign = cursor.take().text if token.text in ("+", "-", "\u2212") else ""
    if cursor.next.kind != "number":
        raise cursor.expected(_PRICES if not sign else "a number")
    amount = _number(cursor)
    if sign in ("-", "\u2212"):
        amount = 0.0 - amount
    unit = _UNITS.get(cursor.next.text.lower())
    if unit is not None and not sign:
        raise BadClaim(
            f"'{cursor.text}': at character {token.at} expected + or - before a price in {unit}; write +{amount:g} {unit}."
        )
    if unit is not None:
        cursor.take()
        return Distance(amount=amount, unit=unit, at=token.at)
    if sign == "+":
        raise cursor.expected("%, ATR or sigma after a price that begins with +")
    return amount


def is_range_mark(token: Token) -> bool:
    """Whether a second price follows: '..', or a dash as one prints it."""
    return token.kind == "mark" and token.text in ("..", "\u2013")


def _step(cursor: Cursor, starts: str) -> Step:
    at = cursor.next.at
    if cursor.skip("touch"):
        return Reach(price=_place(cursor))
    if cursor.skip("trade"):
        cursor.word("through")
        return Reach(price=_place(cursor), through=True)
    if cursor.skip("stay"):
        return _stay(cursor, at)
    if cursor.next.kind == "number":
        count = cursor.count("a whole number of closes")
        cursor.word("closes", also=("close",))
        return _closes(cursor, at, count)
    if cursor.is_word("close", "closes") and not cursor.is_word("crosses", ahead=1):
        cursor.take()
        return _closes(cursor, at, 1)
    left = _measure(cursor)
    if left is None:
        raise cursor.expected(starts)
    return _compare(cursor, at, left)


def _stay(cursor: Cursor, at: int) -> Stay:
    cursor.word("in")
    low = _place(cursor)
    if not is_range_mark(cursor.next):
        raise cursor.expected("'..' and the higher price")
    cursor.take()
    high = _place(cursor)
    is_by_close = cursor.is_word("by") and cursor.is_word("close", ahead=1)
    if is_by_close:
        cursor.take()
        cursor.take()
    return cursor.made(at, lambda: Stay(low=low, high=high, by_close=is_by_close))


def _closes(cursor: Cursor, at: int, count: int) -> Step:
    side: Side = "above" if cursor.word("above", "below", hint="'above', 'below' or 'crosses'") == "above" else "below"
    other = _measure(cursor, only=OF_ONE_BAR)
    if other is None:
        price = _place(cursor)
        return cursor.made(at, lambda: Closes(side=side, price=price, count=count))
    if count > 1:
        raise cursor.expected(f"a price before this; only one close at a time is compared with the {other.name}")
    return cursor.made(at, lambda: Compare(left=Measure(name="close"), relation=side, right=other))


def _compare(cursor: Cursor, at: int, left: Measure) -> Compare:
    is_cross = cursor.skip("crosses")
    side = cursor.word("above", "below", hint="" if is_cross else "'above', 'below', 'crosses above' or 'crosses below'")
    relation = _RELATIONS[f"crosses {side}" if is_cross else side]
    right = _measure(cursor) or read_price(cursor)
    return cursor.made(at, lambda: Compare(left=left, relation=relation, right=right))


def _measure(cursor: Cursor, only: tuple[str, ...] = ()) -> Measure | None:
    """A measure where one comes next; 'high since' a date is a price."""
    if cursor.next.kind != "word" or cursor.is_word("since", ahead=1):
        return None
    token, name = cursor.next, cursor.next.text.lower()
    match = _MEASURE.fullmatch(name)
    if match is None and name not in OF_ONE_BAR:
        return None
    if only and name not in only:
        return None
    cursor.take()
    bars = int(match[2]) if match else 0
    return cursor.made(token.at, lambda: Measure(name=_NAMES[match[1] if match else name], bars=bars))


def _place(cursor: Cursor) -> Price:
    """A price to reach; RSI is none."""
    at, price = cursor.next.at, read_price(cursor)
    return cursor.made(at, lambda: Reach(price=price)).price


def _price_in_words(cursor: Cursor, token: Token) -> Price:
    if cursor.is_word("high", "low") and cursor.is_word("since", ahead=1):
        side = cursor.take().text.lower()
        cursor.take()
        return Extreme(side="high" if side == "high" else "low", since=cursor.date(), at=token.at)
    measure = _measure(cursor)
    if measure is not None:
        return measure
    if not re.search(r"[._]", token.text):
        raise cursor.expected(_PRICES)
    cursor.take()
    return Named(name=token.text.lower(), at=token.at)


def _sessions(cursor: Cursor) -> int:
    count = cursor.count("a whole number of sessions")
    cursor.word("sessions", also=("session",))
    return count


def _frame(cursor: Cursor) -> ClaimFrame:
    if not cursor.skip("in"):
        return ""
    if cursor.word("as", "back", hint="'as traded' or 'back-adjusted'") == "as":
        cursor.word("traded")
        return "as traded"
    cursor.skip("-")
    cursor.word("adjusted")
    return "back-adjusted"


def _number(cursor: Cursor) -> float:
    token = cursor.take()
    amount = float(token.text.replace(",", ""))
    if not math.isfinite(amount):
        raise BadClaim(f"'{cursor.text}': the number at character {token.at} is too large; give a price.")
    return amount
