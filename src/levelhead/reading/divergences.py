"""Divergences: two confirmed swings between which price and RSI(14) disagree."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact, fact_of
from levelhead.reading.facts import Findings
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.structure import Swing, Swings

IntArray = NDArray[np.int64]

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Divergences:
    """All divergences of a series as they became known.

    known: the row at which each did. earlier, later: which of the swings it lies between; are_hidden, sides; all of shape (m,).
    """

    known: list[int]
    earlier: IntArray
    later: IntArray
    are_hidden: NDArray[np.bool_]
    sides: NDArray[np.int8]
    swings: Swings
    rsi: FloatArray

    def __len__(self) -> int:
        return len(self.known)

    def known_in(self, after: int, last: int) -> list[Divergence]:
        """Those that became known after a row, up to another."""
        return [self._at(at) for at in range(bisect_right(self.known, after), bisect_right(self.known, last))]

    def _at(self, at: int) -> Divergence:
        earlier, later = self.swings[int(self.earlier[at])], self.swings[int(self.later[at])]
        return Divergence(
            kind=KINDS[int(self.are_hidden[at])],
            side=int(self.sides[at]),
            earlier=earlier,
            later=later,
            rsi=(float(self.rsi[earlier.index]), float(self.rsi[later.index])),
        )


def divergences_of(swings: Swings, rsi: FloatArray) -> Divergences:
    """All divergences as they became known; of swings 5 to 60 bars apart whose RSI differs by a point or more."""
    pairs = [_apart(swings, np.flatnonzero(own), rsi) for own in (swings.are_highs, ~swings.are_highs)]
    earlier, later = np.concatenate(pairs, axis=1)
    order = later.argsort()  # as the swings are ordered, so were they known
    earlier, later = earlier[order], later[order]
    are_highs = swings.are_highs[later]
    return Divergences(
        known=swings.known[later].tolist(),
        earlier=earlier,
        later=later,
        are_hidden=(swings.heights[later] > swings.heights[earlier]) != are_highs,
        sides=np.where(are_highs, -1, 1).astype(np.int8),
        swings=swings,
        rsi=rsi,
    )


def _apart(swings: Swings, own: IntArray, rsi: FloatArray) -> IntArray:
    """Which of the swings of one kind in a row, earlier and later, price and RSI disagree between; shape (2, m)."""
    earlier, later = own[:-1], own[1:]
    rows, heights = swings.rows[own], swings.heights[own]
    rise, gain, bars = np.diff(heights), np.diff(rsi[rows]), np.diff(rows)
    diverges = (bars >= _APART[0]) & (bars <= _APART[1]) & (rise != 0) & (np.abs(gain) >= _LEAST) & ((gain > 0) != (rise > 0))
    return np.stack([earlier[diverges], later[diverges]])


def divergence_facts(bars: Bars, found: Divergences) -> Findings:
    """divergence.regular and divergence.hidden: the latest of each kind, 'none' where none became known in the last 20 bars.

    found: of a longer series too; what is known later is left out. .status: stands, or failed once a later close passed the swing.
    """
    last = len(bars) - 1
    facts: dict[str, Fact] = {}
    recent = found.known_in(last - RECENT, last)
    for kind in KINDS:
        known = [each for each in recent if each.kind == kind]
        facts |= _told(bars, kind, known[-1] if known else None)
    return facts, ()


def divergence_occurrences(found: Divergences) -> tuple[Occurrences, ...]:
    """divergence.regular and divergence.hidden, known when the later swing is."""
    known = np.array(found.known, dtype=np.int64)
    rows = found.swings.rows[found.later]
    return tuple(
        occurrences(f"divergence.{kind}", known[own], found.sides[own], rows[own])
        for kind, own in zip(KINDS, (~found.are_hidden, found.are_hidden), strict=True)
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
