"""Consolidation ranges: their edges, age and width, while they stand and when they have been left."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.consolidations import (
    FAILED_WITHIN,
    LENGTHS,
    NARROW,
    STRETCHED,
    Break,
    Consolidation,
    Edge,
    consolidations,
)
from levelhead.reading.drawdown import YearlyCourse
from levelhead.reading.facts import Findings, day, number
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.structure import extreme_fact

BoolArray = NDArray[np.bool_]

NEWS = 10
"""Bars for which a range that has been left is still told."""
_RULE = (
    f"The last n bars cover at most {NARROW:g} ATR * sqrt(n), for the longest n of {', '.join(map(str, sorted(LENGTHS)))}; its "
    f"edges are their high and low. Holding until a close leaves it; such a break has failed, and the edge is moved, when a close "
    f"comes back within {FAILED_WITHIN} bars, unless the range would be more than {STRETCHED:g} times as wide as one of "
    "its first length may be."
)
_WAYS = {1: "up", -1: "down"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Consolidations:
    """Those of a series on its back-adjusted bars, oldest first. A provisional last bar begins, breaks and ends none."""

    found: tuple[Consolidation, ...]
    known: tuple[int, ...]
    closed: int

    def at(self, row: int) -> Consolidation | None:
        """The last that was known at the close of `row`."""
        at = bisect_right(self.known, row)
        return self.found[at - 1] if at else None

    def holds(self, count: int) -> BoolArray:
        """Whether one holds at each of `count` rows: it is known, and no close has left it, or one has come back."""
        holds = np.zeros(count, dtype=np.bool_)
        for found in self.found:
            holds[found.known : found.ended] = True
            for each in found.breaks:
                holds[each.broken : each.failed] = False
        return holds


def consolidations_of(course: YearlyCourse) -> Consolidations:
    """All of the series."""
    shape, closed = course.shape, course.closed
    found = consolidations(shape.high[:closed], shape.low[:closed], shape.close[:closed], course.atr[:closed])
    return Consolidations(found=found, known=tuple(each.known for each in found), closed=closed)


def consolidation_facts(bars: Bars, ranges: Consolidations, course: YearlyCourse) -> Findings:
    """Consolidation ('holding', 'broken up', 'broken down'; begun on its date, told from known_on on), .high, .low, .sessions,
    .width_atr, .width_pct; .left ('up' or 'down', the last break within ten bars, dated) and .left.status ('first close',
    'accepted', 'failed').

    A range that has been left is told for ten bars. sessions counts to the last bar, or to the one before the break.
    """
    row = len(bars) - 1
    found = ranges.at(row)
    if found is None or not course.atr[row] > 0:
        return {}, ()
    left = _last_break(found, row)
    stands = left is None or (left.failed is not None and left.failed <= row)
    if left is not None and not stands and row - left.broken >= NEWS:
        return {}, ()
    until = row if left is None or stands else left.broken - 1
    top, bottom = _edge(found.tops, row), _edge(found.bottoms, row)
    heights = {"high": top.price, "low": bottom.price}
    age = float(until - found.begun + 1)
    facts = {
        "consolidation": fact_of(
            value="holding" if stands or left is None else f"broken {_WAYS[left.direction]}",
            unit="word",
            meaning="the consolidation range that price keeps to or has left; its date is its first bar",
            formula=_RULE,
            date=day(bars, found.begun),
            known_on=day(bars, found.known),
        ),
        "consolidation.high": _edge_fact(bars, course, found, top, "high"),
        "consolidation.low": _edge_fact(bars, course, found, bottom, "low"),
        "consolidation.sessions": number(
            age, "sessions", "age of the consolidation, from its first bar", "sessions", inputs={"sessions": age}
        ),
        "consolidation.width_atr": number(
            (top.price - bottom.price) / float(course.atr[row]),
            "ATR",
            "width of the consolidation",
            "(high - low) / atr_14",
            inputs=heights,
        ),
    }
    if bottom.price > 0:
        facts["consolidation.width_pct"] = number(
            100 * (top.price / bottom.price - 1), "per cent", "width of the consolidation", "100 * (high / low - 1)", inputs=heights
        )
    return facts | (
        _break_facts(bars, left, row) if left is not None and row - max(left.broken, left.failed or 0) < NEWS else {}
    ), ()


def consolidation_occurrences(ranges: Consolidations) -> tuple[Occurrences, ...]:
    """'range.begun' (happened at its first bar, no direction), 'range.broken', and 'range.break_failed' against the break."""
    breaks = [each for found in ranges.found for each in found.breaks]
    failed = [each for each in breaks if each.failed is not None]
    return (
        occurrences("range.begun", _rows([f.known for f in ranges.found]), 0, _rows([f.begun for f in ranges.found])),
        occurrences("range.broken", _rows([each.broken for each in breaks]), _ways([each.direction for each in breaks])),
        occurrences(
            "range.break_failed", _rows([each.failed or 0 for each in failed]), _ways([-each.direction for each in failed])
        ),
    )


def _last_break(found: Consolidation, row: int) -> Break | None:
    return next((each for each in reversed(found.breaks) if each.broken <= row), None)


def _edge(edges: tuple[Edge, ...], row: int) -> Edge:
    return next(edge for edge in reversed(edges) if edge.known <= row)


def _edge_fact(bars: Bars, course: YearlyCourse, found: Consolidation, edge: Edge, kind: Literal["high", "low"]) -> Fact:
    rows = slice(found.begun, edge.known + 1)
    column = (course.shape.high if kind == "high" else course.shape.low)[rows]
    at = found.begun + int(column.argmax() if kind == "high" else column.argmin())
    meaning = f"{'upper' if kind == 'high' else 'lower'} edge of the consolidation"
    return extreme_fact(bars, kind, at, (found.begun, edge.known), meaning, known_on=day(bars, edge.known))


def _break_facts(bars: Bars, left: Break, row: int) -> dict[str, Fact]:
    has_failed = left.failed is not None and left.failed <= row
    status = "failed" if has_failed else "first close" if row == left.broken else "accepted"
    return {
        "consolidation.left": fact_of(
            value=_WAYS[left.direction],
            unit="word",
            meaning="the edge of the consolidation that was broken last, by the close of its date",
            formula="up for a close above the upper edge, down for one below the lower edge.",
            date=day(bars, left.broken),
        ),
        "consolidation.left.status": fact_of(
            value=status,
            unit="word",
            meaning="what became of that break",
            formula=f"failed with a close back inside within {FAILED_WITHIN} bars, dated by it; accepted with the second close "
            "outside.",
            date=day(bars, left.failed if has_failed and left.failed is not None else left.broken),
        ),
    }


def _rows(rows: list[int]) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)


def _ways(directions: list[int]) -> NDArray[np.int8]:
    return np.array(directions, dtype=np.int8)
