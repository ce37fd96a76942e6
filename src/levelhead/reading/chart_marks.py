"""The swings that charts of a series mark, by either rule, and when each became known by which."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from levelhead.domain.series import ChartSwing
from levelhead.kernels.reversals import Reversals
from levelhead.reading.structure import SwingKind, Swings

Rule = Literal["bars", "reversal", "both"]
_KINDS: tuple[SwingKind, ...] = ("high", "low")
_RULES: tuple[Rule, ...] = ("bars", "reversal", "both")
_NEVER = 1 << 62


class ChartMarks(NamedTuple):
    """One row for each high and low that is a swing, ascending, a bar's high before its low.

    rows: of their bars. marks: 3 times 0 for a high or 1 for a low, and 0, 1 or 2 for the rules that ever make it one. settled: of
    the bars at whose close all was known. by_bars, by_reversal: at whose it was by that rule, a large one where never.
    """

    rows: list[int]
    marks: list[int]
    settled: list[int]
    by_bars: list[int]
    by_reversal: list[int]

    def on(self, shown: slice) -> tuple[ChartSwing, ...]:
        """Those on the chart of these rows that its last bar knows."""
        start, stop = shown.start, shown.stop
        first, last = bisect_left(self.rows, start), bisect_left(self.rows, stop)
        found = []
        for at, row, mark, settled in zip(
            range(first, last), self.rows[first:last], self.marks[first:last], self.settled[first:last], strict=True
        ):
            if settled < stop:
                found.append(_mark(row - start, mark))
            elif min(self.by_bars[at], self.by_reversal[at]) < stop:  # by one rule so far
                found.append(_mark(row - start, mark // 3 * 3 + (self.by_bars[at] >= stop)))
        return tuple(found)


def chart_marks_of(swings: Swings, turns: Reversals) -> ChartMarks:
    """All of a series."""
    # A bar's high is its row twice, its low one more: plain numbers are quicker to sort than pairs.
    own, turned = 2 * swings.rows + ~swings.are_highs, 2 * turns.rows + (turns.sides < 0)
    places = np.unique(np.concatenate([own, turned]))
    by_bars, by_reversal = np.full(len(places), _NEVER), np.full(len(places), _NEVER)
    by_bars[places.searchsorted(own)] = swings.known
    by_reversal[places.searchsorted(turned)] = turns.known
    either, both = np.minimum(by_bars, by_reversal), np.maximum(by_bars, by_reversal)
    are_both = both < _NEVER
    return ChartMarks(
        rows=(places // 2).tolist(),
        marks=(places % 2 * 3 + np.where(are_both, 2, by_bars == _NEVER)).tolist(),
        settled=np.where(are_both, both, either).tolist(),
        by_bars=by_bars.tolist(),
        by_reversal=by_reversal.tolist(),
    )


@lru_cache(maxsize=2048)  # six on each bar of a chart
def _mark(row: int, mark: int) -> ChartSwing:
    return ChartSwing(row=row, kind=_KINDS[mark // 3], rule=_RULES[mark % 3])
