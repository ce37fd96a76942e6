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
_NEVER = 1 << 62
_KINDS: tuple[SwingKind, SwingKind] = ("high", "low")


class ChartMarks(NamedTuple):
    """One row for each high and low that is a swing, ascending, a bar's high before its low.

    rows: of their bars. by_bars, by_reversal: of the bars at whose close they were known by that rule, a large one where never.
    """

    rows: list[int]
    kinds: list[SwingKind]
    by_bars: list[int]
    by_reversal: list[int]

    def on(self, shown: slice) -> tuple[ChartSwing, ...]:
        """Those on the chart of these rows that its last bar knows."""
        start, stop = shown.start, shown.stop
        own = slice(bisect_left(self.rows, start), bisect_left(self.rows, stop))
        return tuple(
            [
                _mark(
                    row - start, kind, "both" if by_bars < stop and by_reversal < stop else "bars" if by_bars < stop else "reversal"
                )
                for row, kind, by_bars, by_reversal in zip(
                    self.rows[own], self.kinds[own], self.by_bars[own], self.by_reversal[own], strict=True
                )
                if by_bars < stop or by_reversal < stop
            ]
        )


def chart_marks_of(swings: Swings, turns: Reversals) -> ChartMarks:
    """All of a series."""
    # A bar's high is its row twice, its low one more: plain numbers are quicker to sort than pairs.
    own, turned = 2 * swings.rows + ~swings.are_highs, 2 * turns.rows + (turns.sides < 0)
    marks = np.unique(np.concatenate([own, turned]))
    by_bars, by_reversal = np.full(len(marks), _NEVER), np.full(len(marks), _NEVER)
    by_bars[marks.searchsorted(own)] = swings.known
    by_reversal[marks.searchsorted(turned)] = turns.known
    return ChartMarks(
        rows=(marks // 2).tolist(),
        kinds=[_KINDS[is_low] for is_low in (marks % 2).tolist()],
        by_bars=by_bars.tolist(),
        by_reversal=by_reversal.tolist(),
    )


@lru_cache(maxsize=2048)  # six on each bar of a chart
def _mark(row: int, kind: SwingKind, rule: Rule) -> ChartSwing:
    return ChartSwing(row=row, kind=kind, rule=rule)
