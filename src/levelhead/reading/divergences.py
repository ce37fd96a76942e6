"""Divergences: two confirmed swings between which price and RSI(14) disagree."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact, fact_of
from levelhead.reading.facts import Findings
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.structure import Swing

RECENT = 20
"""A divergence is told for so many bars after it became known."""
_APART = (5, 60)
_LEAST = 1.0
KINDS = ("regular", "hidden")
_RULES = {
    "regular": "bullish when the latest of two swing lows in a row is lower and its RSI(14) higher, bearish when the latest of two "
    "swing highs is higher and its RSI(14) lower",
    "hidden": "bullish when the latest of two swing lows in a row is higher and its RSI(14) lower, bearish when the latest of two "
    "swing highs is lower and its RSI(14) higher",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """Between two swings of one kind in a row, known with the later one. side: 1 bullish, -1 bearish; rsi: at each."""

    kind: str
    side: int
    earlier: Swing
    later: Swing
    rsi: tuple[float, float]


def divergences_of(swings: Sequence[Swing], rsi: FloatArray) -> tuple[Divergence, ...]:
    """All divergences as they became known; of swings 5 to 60 bars apart whose RSI differs by a point or more."""
    found = [
        divergence
        for kind in ("high", "low")
        for earlier, later in _apart([swing for swing in swings if swing.kind == kind], rsi)
        if (divergence := _between(earlier, later, rsi)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.later.known_index, each.later.index, each.later.kind)))


def divergence_facts(bars: Bars, found: Sequence[Divergence]) -> Findings:
    """divergence.regular and divergence.hidden: the latest of each kind, 'none' where none became known in the last 20 bars.

    found: as they became known, of a longer series too; what is known later is left out.
    .status: stands, or failed once a later close passed the swing.
    """
    last = len(bars) - 1
    facts: dict[str, Fact] = {}
    recent = found[bisect_right(found, last - RECENT, key=_known_at) : bisect_right(found, last, key=_known_at)]
    for kind in KINDS:
        known = [each for each in recent if each.kind == kind]
        facts |= _told(bars, kind, known[-1] if known else None)
    return facts, ()


def _known_at(found: Divergence) -> int:
    return found.later.known_index


def divergence_occurrences(found: Sequence[Divergence]) -> tuple[Occurrences, ...]:
    """divergence.regular and divergence.hidden, known when the later swing is."""
    return tuple(_occurrences(kind, [each for each in found if each.kind == kind]) for kind in KINDS)


def _occurrences(kind: str, found: Sequence[Divergence]) -> Occurrences:
    return occurrences(
        f"divergence.{kind}",
        np.array([each.later.known_index for each in found], dtype=np.int64),
        np.array([each.side for each in found], dtype=np.int8),
        np.array([each.later.index for each in found], dtype=np.int64),
    )


def _apart(swings: Sequence[Swing], rsi: FloatArray) -> Iterator[tuple[Swing, Swing]]:
    """The pairs of swings in a row whose RSI differs by enough to tell; looked at all at once, as most do not."""
    index = rsi[np.array([swing.index for swing in swings], dtype=np.int64)]
    return ((swings[at], swings[at + 1]) for at in np.flatnonzero(np.abs(np.diff(index)) >= _LEAST).tolist())


def _between(earlier: Swing, later: Swing, rsi: FloatArray) -> Divergence | None:
    before, now = float(rsi[earlier.index]), float(rsi[later.index])
    rose = later.height > earlier.height
    apart = _APART[0] <= later.index - earlier.index <= _APART[1]
    if not apart or later.height == earlier.height or not abs(now - before) >= _LEAST or (now > before) == rose:
        return None
    side = 1 if later.kind == "low" else -1
    return Divergence(
        kind="regular" if rose == (side < 0) else "hidden", side=side, earlier=earlier, later=later, rsi=(before, now)
    )


@lru_cache(maxsize=4)
def _said(kind: str) -> tuple[str, str, str]:
    """Name, meaning and rule."""
    return (
        f"divergence.{kind}",
        f"{kind} divergence of price and RSI(14) between the last two confirmed swings of a kind",
        f"{_RULES[kind]}; of swings {_APART[0]} to {_APART[1]} bars apart, known in the last {RECENT} bars; else none.",
    )


def _told(bars: Bars, kind: str, found: Divergence | None) -> dict[str, Fact]:
    name, meaning, rule = _said(kind)
    if found is None:
        return {name: fact_of("none", "word", meaning, rule)}
    earlier, later = found.earlier, found.later
    inputs = {
        f"swing_{earlier.kind}_before": earlier.height,
        f"swing_{later.kind}": later.height,
        "rsi_before": found.rsi[0],
        "rsi": found.rsi[1],
    }
    return {
        name: fact_of(
            value="bullish" if found.side > 0 else "bearish",
            unit="word",
            meaning=f"{meaning}; its date is the later swing",
            formula=rule,
            inputs=inputs,
            date=later.happened_on,
            known_on=later.known_on,
        ),
        f"{name}.status": fact_of(
            value=_status(bars, found),
            unit="word",
            meaning=f"whether the {kind} divergence stands",
            formula=f"stands until a close after the later swing {later.kind} passes it, then failed.",
            date=later.happened_on,
            known_on=later.known_on,
        ),
    }


def _status(bars: Bars, found: Divergence) -> str:
    shape = shape_of(bars)
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    since = shape.close[found.later.index + 1 : closed]
    extreme = (shape.low if found.side > 0 else shape.high)[found.later.index]
    return "failed" if (found.side * (since - extreme) < 0).any() else "stands"
