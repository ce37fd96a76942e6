"""What is worked out once for a whole series: the reading of each of its days uses the beginning, and is the same bit for bit."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.kernels.reversals import Zigzag
from levelhead.reading.activity_lines import ActivityLines, activity_lines_of
from levelhead.reading.average_lines import AverageLines, average_lines_of
from levelhead.reading.candles import Candles, candles_of
from levelhead.reading.chart_marks import ChartMarks, chart_marks_of
from levelhead.reading.columns import Columns
from levelhead.reading.extremes import ExtremeRows, extreme_rows_of
from levelhead.reading.gaps import OpenedGaps, gaps_of
from levelhead.reading.level_lines import LevelLines, level_lines_of
from levelhead.reading.lines import Lines, lines_of
from levelhead.reading.momentum_lines import MomentumLines, momentum_lines_of
from levelhead.reading.panel import Panel, panel_of
from levelhead.reading.patterns import Patterns, patterns_of
from levelhead.reading.sequences import Runs, runs_of
from levelhead.reading.settings import Settings
from levelhead.reading.structure import LastSwings, Swing, Swings, last_swings_of, swings_of
from levelhead.reading.trend import Trends, trends_of
from levelhead.reading.turning import closed_zigzag

_COLUMNS = ("time", "open", "high", "low", "close", "volume")


@dataclass(frozen=True, kw_only=True, eq=False)
class Whole:
    """What each noun finds in `bars`, in the contract that their last bar is quoted in: worked out when it is first asked for.

    finer: shorter bars of the same days. kept: what was found on one of its days and is the same on others, by what it depends on.
    """

    bars: Bars
    settings: Settings
    finer: Bars | None = None
    kept: dict[object, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def panel(self) -> Panel:
        """The indicator arrays."""
        return panel_of(self.bars)

    @cached_property
    def columns(self) -> Columns:
        """What a chart draws, as plain numbers."""
        return Columns(self.bars, self.panel)

    @cached_property
    def swings(self) -> Swings:
        """Confirmed swings."""
        return swings_of(self.bars, self.settings)

    @cached_property
    def _known_at(self) -> list[int]:
        """The row at which each swing became known."""
        known: list[int] = self.swings.known.tolist()
        return known

    @cached_property
    def _zigzag(self) -> Zigzag:
        """The closed bars, ready for their turning points of any size."""
        return closed_zigzag(self.bars)

    @cached_property
    def candles(self) -> Candles:
        """Candle patterns."""
        return candles_of(self.bars)

    @cached_property
    def averages(self) -> AverageLines:
        """The course of the averages."""
        return average_lines_of(self.bars, self.panel, self.settings)

    @cached_property
    def momentum(self) -> MomentumLines:
        """Momentum and its divergences."""
        return momentum_lines_of(self.bars, self.panel, self.swings)

    @cached_property
    def activity(self) -> ActivityLines:
        """Volume, ranges, volatility."""
        return activity_lines_of(self.bars, self.panel)

    @cached_property
    def lines(self) -> Lines:
        """Trendlines and channels."""
        return lines_of(self.bars, self.swings)

    @cached_property
    def patterns(self) -> Patterns:
        """Chart patterns."""
        return patterns_of(self.bars, self._zigzag)

    @cached_property
    def gaps(self) -> OpenedGaps:
        """Gaps opened and filled."""
        return gaps_of(self.bars)

    @cached_property
    def runs(self) -> Runs:
        """Since when swings rise or fall."""
        return runs_of(self.bars, self._zigzag)

    @cached_property
    def chart_marks(self) -> ChartMarks:
        """The swings that charts mark."""
        return chart_marks_of(self.swings, self.runs.turns)

    @cached_property
    def trends(self) -> Trends:
        """What becomes of trends: perspective, pullbacks, ranges, breaks."""
        return trends_of(self.bars, self.panel, self.averages, self.runs, self._zigzag)

    @cached_property
    def extremes(self) -> ExtremeRows:
        """The highest high and the lowest low up to each bar."""
        return extreme_rows_of(self.bars)

    @cached_property
    def levels(self) -> LevelLines:
        """Where levels come from."""
        return level_lines_of(self.bars, self.swings, self.gaps, self.lines, self.extremes, self.finer, self._zigzag)

    def begins_with(self, bars: Bars) -> bool:
        """Whether `bars` are the beginning of these, finished and with the same rolls: only then may they use what is here."""
        count = len(bars)
        if count > len(self.bars) or bars.provisional is not None or self.bars.provisional is not None:
            return False
        alike = (
            bars.rolls == self.bars.rolls and bars.adjustment == self.bars.adjustment and bars.instrument == self.bars.instrument
        )
        if alike and bars.is_beginning_of(self.bars):
            return True
        return alike and all(_begins_with(getattr(self.bars, name), getattr(bars, name)) for name in _COLUMNS)

    def panel_until(self, count: int) -> Panel:
        """The panel of the first `count` bars."""
        return self.panel.until(count)

    def swings_until(self, count: int) -> tuple[Swing, ...]:
        """The swings confirmed by the first `count` bars."""
        return tuple(self.swings[: self.swings_known(count)])

    def swings_known(self, count: int) -> int:
        """How many swings the first `count` bars confirm."""
        return bisect_left(self._known_at, count)

    def last_swings_until(self, count: int) -> LastSwings:
        """The last swings confirmed by the first `count` bars: the same on all days between two that confirm one."""
        known = self.swings_known(count)
        kept: tuple[int, LastSwings] | None = self.kept.get("last swings")
        if kept is None or kept[0] != known:
            kept = self.kept["last swings"] = known, last_swings_of(self.bars, self.swings.first(known))
        return kept[1]


def whole_of(bars: Bars, settings: Settings, finer: Bars | None = None) -> Whole:
    """The whole of `bars`; finer: shorter bars of the same days."""
    return Whole(bars=bars, settings=settings, finer=finer)


def _begins_with(whole: NDArray[Any], part: NDArray[Any]) -> bool:
    if part.ctypes.data == whole.ctypes.data and part.strides == whole.strides and part.dtype == whole.dtype:
        return True  # a view of the same memory
    return np.array_equal(whole[: len(part)], part, equal_nan=part.dtype.kind == "f")
