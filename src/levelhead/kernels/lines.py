"""Straight lines through turning points: which pairs make one, what touches it, when it ends.

Everything is written for a line below the prices (support). A line above them is the same with all prices negated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, Ints, loop, or_compiled, to_walk

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Draft = TypeVar("Draft")

SLACK_ATR = 0.25
"""How far a turning point may pierce a line that is drawn past it."""
TOUCH_ATR = 0.5
"""How near a turning point comes to a line that it touches."""
SHORTEST, LONGEST = 20, 504
"""Bars from the first to the second point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turns:
    """Confirmed swings of one kind, oldest first: rows of their bars, rows at whose close each was known, heights; shape (m,)."""

    rows: IntArray
    known: IntArray
    heights: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """The lines that the turns of one side make, as support: heights of highs (side -1) are negated.

    turns: those whose ATR is known, which is `yard`, shape (m,). first, second: of each pair, indices into them; touched: turns
    of that side from first to second that touch the line; slope; span: bars between the two; all (p,).
    """

    side: Literal[1, -1]
    turns: Turns
    yard: FloatArray
    first: IntArray
    second: IntArray
    touched: IntArray
    slope: FloatArray
    span: IntArray


def pairs_of(turns: Turns, atr: FloatArray, side: Literal[1, -1]) -> Pairs:
    """All pairs of turns that may carry a line; a pair depends on the bars up to the known row of its second alone."""
    usable = ~np.isnan(atr[turns.rows])
    rows, heights = turns.rows[usable], side * turns.heights[usable]
    yard = atr[rows]
    first, second = line_pairs(rows, heights, SLACK_ATR * yard, SHORTEST, LONGEST)
    touched, slope = touches(first, second, rows, heights, TOUCH_ATR * yard)
    return Pairs(
        side=side,
        turns=Turns(rows=rows, known=turns.known[usable], heights=heights),
        yard=yard,
        first=first,
        second=second,
        touched=touched,
        slope=slope,
        span=rows[second] - rows[first],
    )


@loop
def _line_pairs(rows: Ints, heights: Floats, slack: Floats, shortest: int, longest: int) -> tuple[Ints, Ints]:
    most = first_there = 0
    for at in range(len(rows)):
        while rows[at] - rows[first_there] > longest:
            first_there += 1
        most += at - first_there
    first, second = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    count = 0
    for at in range(len(rows)):
        before, begin = -np.inf, count
        for back in range(at - 1, -1, -1):
            span = rows[at] - rows[back]
            if span > longest:
                break
            slope = (heights[at] - heights[back]) / span
            if slope >= before and span >= shortest:
                first[count], second[count] = back, at
                count += 1
            before = max(before, slope - slack[back] / span)
        first[begin:count] = first[begin:count][::-1].copy()
    return first[:count].copy(), second[:count].copy()


@or_compiled(_line_pairs)
def line_pairs(rows: IntArray, heights: FloatArray, slack: FloatArray, shortest: int, longest: int) -> tuple[IntArray, IntArray]:
    """Pairs of turning points whose line leaves none between them more than its slack below it: (first, second), both (p,).

    rows: of the bars that turned, ascending, shape (m,); heights, slack: of each, finite. first, second index into them; pairs
    ascend by second, then by first. Their rows lie `shortest` to `longest` apart. A pair depends on turning points up to its
    second alone.

    A point m between i and j lies no more than its slack below the line where slope(i, j) >= slope(m, j) - slack / (j - m): going
    back from j, a pair is kept when its slope is not below the largest such bound so far.
    """
    count = len(rows)
    back = int((np.arange(count) - np.searchsorted(rows, rows - longest)).max()) if count > 1 else 0
    if back < 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    second = np.arange(count)[:, None]
    first = second - np.arange(1, back + 1)[None, :]
    is_there = first >= 0
    first = np.maximum(first, 0)
    span = np.where(is_there, rows[second] - rows[first], 1).astype(np.float64)
    slope = (heights[second] - heights[first]) / span
    bound = np.where(is_there, slope - slack[first] / span, -np.inf)
    before = np.full_like(bound, -np.inf)
    before[:, 1:] = np.maximum.accumulate(bound, axis=1)[:, :-1]
    kept = is_there & (slope >= before) & (span >= shortest) & (span <= longest)
    at, lag = np.nonzero(kept[:, ::-1])
    return at - (back - lag), at


@loop
def _touches(first: Ints, second: Ints, rows: Ints, heights: Floats, reach: Floats) -> tuple[Ints, Floats]:
    touched, slopes = np.zeros(len(first), dtype=np.int64), np.empty(len(first))
    for pair in range(len(first)):
        start, stop = first[pair], second[pair]
        slope = (heights[stop] - heights[start]) / (rows[stop] - rows[start])
        for at in range(start, stop + 1):
            if abs(heights[at] - (heights[start] + slope * (rows[at] - rows[start]))) <= reach[at]:
                touched[pair] += 1
        slopes[pair] = slope
    return touched, slopes


@or_compiled(_touches)
def touches(
    first: IntArray, second: IntArray, rows: IntArray, heights: FloatArray, reach: FloatArray
) -> tuple[IntArray, FloatArray]:
    """How many turning points from `first` to `second` lie within their `reach` of each pair's line, both (p,); and its slope."""
    slope = (heights[second] - heights[first]) / (rows[second] - rows[first])
    most = int((second - first).max()) if len(first) else 0
    between = first[:, None] + np.arange(most + 1)[None, :]
    inside = between <= second[:, None]
    between = np.minimum(between, len(rows) - 1)
    line = heights[first][:, None] + slope[:, None] * (rows[between] - rows[first][:, None])
    near = np.abs(heights[between] - line) <= reach[between]
    return (near & inside).sum(axis=1), slope


@loop
def walked_closes_below(close: Floats, height: float, slope: float) -> int:
    """As `closes_below`, -1 where two in a row do."""
    count, was_below = 0, False
    for row in range(len(close)):
        is_below = close[row] < height + slope * row
        if is_below and was_below:
            return -1
        count, was_below = count + is_below, is_below
    return count


def _closes_below_compiled(close: FloatArray, height: float, slope: float) -> int | None:
    count = walked_closes_below(close, height, slope)
    return None if count < 0 else count


@or_compiled(_closes_below_compiled)
def closes_below(close: FloatArray, height: float, slope: float) -> int | None:
    """How many closes lie below the line that has `height` at the first of them; None where two in a row do."""
    below = close < height + slope * np.arange(len(close))
    count = int(np.count_nonzero(below))
    return None if count > 1 and (below[1:] & below[:-1]).any() else count


def are_first(groups: IntArray, most: int) -> BoolArray:
    """Which of items in a row, those of a group together, are among the first `most` of their group, shape (m,)."""
    first = np.ones(len(groups), dtype=np.bool_)
    first[most:] = groups[most:] != groups[:-most]
    return first


def worth_of_spans(count: int) -> FloatArray:
    """What a touch of a line is worth by the bars that it spans, 0 to count - 1: log2(span / 10)."""
    return np.log2(np.maximum(np.arange(count), 1) / 10)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TurnList:
    """The turns of one side to walk along one by one; reach: how near a line comes to each to touch it."""

    rows: IntArray
    known: IntArray
    heights: FloatArray
    reach: FloatArray


def turn_list(pairs: Pairs) -> TurnList:
    """The turns that the pairs are made of, heights and all negated on the upper side as there."""
    turns = pairs.turns
    return TurnList(
        rows=to_walk(turns.rows),
        known=to_walk(turns.known),
        heights=to_walk(turns.heights),
        reach=to_walk(TOUCH_ATR * pairs.yard),
    )


class Drafts(NamedTuple):
    """Lines or channels of which some are kept, in a row: the whole numbers of each, shape (m, i), and its others, shape (m, f)."""

    rows: IntArray
    prices: FloatArray

    @classmethod
    def together(cls, sides: Sequence[Drafts]) -> Drafts:
        """Those of several sides, one side after the other."""
        return cls(np.concatenate([side.rows for side in sides]), np.concatenate([side.prices for side in sides]))

    def taken(self, order: IntArray) -> Drafts:
        """Some of them, in an order."""
        return Drafts(self.rows[order], self.prices[order])

    def one_by_one(self, made: Callable[..., Draft]) -> Iterator[Draft]:
        """Each made of its numbers as Python has them."""
        return (made(*rows, *prices) for rows, prices in zip(self.rows.tolist(), self.prices.tolist(), strict=True))
