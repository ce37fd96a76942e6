"""Highs and lows of named bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from levelhead.domain.bars import FloatArray
from levelhead.reading.periods import Span as Days
from levelhead.reading.periods import rows_in
from levelhead.review.evidence import Evidence
from levelhead.review.named_days import NamedDays

Side = Literal["high", "low"]
RECENT, QUARTER = 20, 60  # sessions
TURNS_BACK = 756  # sessions, three years: 'previous swing highs' reach farther back than any rule would
_TURN_BARS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The highest high or lowest low of some bars. called: 'low of April 2025'; row: of the bar that made it."""

    side: Side
    price: float
    row: int
    called: str


def extremes_named(evidence: Evidence, side: Side, named: NamedDays) -> tuple[Extreme, ...]:
    """The extremes that the words may mean, the nearest meaning first."""
    if named.kind == "days":
        return (_of_days(evidence, side, named.days),)
    if named.kind == "turn":
        return turns(evidence, side)
    return tuple(recent(evidence, side, n) for n in (RECENT, QUARTER))


def recent(evidence: Evidence, side: Side, sessions: int) -> Extreme:
    """The extreme of the last so many sessions."""
    n = min(sessions, len(evidence.bars))
    return of_rows(evidence, side, slice(len(evidence.bars) - n, len(evidence.bars)), f"{side} of the last {n} sessions")


def turns(evidence: Evidence, side: Side) -> tuple[Extreme, ...]:
    """Highs (lows) that no bar within two on either side passes, the latest first."""
    prices = evidence.bars.high if side == "high" else -evidence.bars.low
    k, first = _TURN_BARS, max(_TURN_BARS, len(prices) - TURNS_BACK)
    rows = [i for i in range(len(prices) - k - 1, first - 1, -1) if prices[i] >= prices[i - k : i + k + 1].max()]
    return tuple(Extreme(side=side, price=abs(float(prices[i])), row=i, called=f"swing {side}") for i in rows)


def extreme_since(evidence: Evidence, side: Side, day: dt.date, called: str) -> Extreme:
    """The extreme of the bars from `day` on."""
    return of_rows(evidence, side, evidence.rows_since(day), called)


def of_rows(evidence: Evidence, side: Side, rows: slice, called: str) -> Extreme:
    """The extreme of these rows, of equals the first."""
    prices: FloatArray = (evidence.bars.high if side == "high" else evidence.bars.low)[rows]
    at = int(np.argmax(prices) if side == "high" else np.argmin(prices))
    return Extreme(side=side, price=float(prices[at]), row=rows.start + at, called=called)


def _of_days(evidence: Evidence, side: Side, spans: Sequence[Days]) -> Extreme:
    """The extreme of one or several stretches of days."""
    words = [days.called for days in spans]
    called = f"{side} of {words[0] if len(words) == 1 else ', '.join(words[:-1]) + ' and ' + words[-1]}"
    found = [of_rows(evidence, side, rows_in(evidence.bars, days), called) for days in spans]
    return max(found, key=lambda e: e.price) if side == "high" else min(found, key=lambda e: e.price)
