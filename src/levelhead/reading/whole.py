"""What is worked out once for a whole series: the reading of each of its days uses the beginning, and is the same bit for bit."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.reading.activity_lines import ActivityLines, activity_lines_of
from levelhead.reading.average_lines import AverageLines, average_lines_of
from levelhead.reading.candles import Candles, candles_of
from levelhead.reading.gaps import OpenedGaps, gaps_of
from levelhead.reading.level_lines import LevelLines, level_lines_of
from levelhead.reading.lines import Lines, lines_of
from levelhead.reading.momentum_lines import MomentumLines, momentum_lines_of
from levelhead.reading.panel import Panel, panel_of
from levelhead.reading.patterns import Patterns, patterns_of
from levelhead.reading.sequences import Runs, runs_of
from levelhead.reading.settings import Settings
from levelhead.reading.structure import Swing, swings_of
from levelhead.reading.trend import Trends, trends_of

_COLUMNS = ("time", "open", "high", "low", "close")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whole:
    """The panel and the confirmed swings of `bars`, of which `known_at` holds the row at which each swing became known.

    And what each noun finds in them, once: candles, averages, momentum, activity, lines and channels, patterns, gaps, sequences, and what
    becomes of trends: perspective, pullbacks, ranges, breaks.
    """

    bars: Bars
    panel: Panel
    swings: tuple[Swing, ...]
    known_at: tuple[int, ...]
    candles: Candles
    averages: AverageLines
    momentum: MomentumLines
    activity: ActivityLines
    lines: Lines
    patterns: Patterns
    gaps: OpenedGaps
    runs: Runs
    trends: Trends
    levels: LevelLines

    def begins_with(self, bars: Bars) -> bool:
        """Whether `bars` are the beginning of these, finished and with the same rolls: only then may they use what is here."""
        count = len(bars)
        if count > len(self.bars) or bars.provisional is not None or self.bars.provisional is not None:
            return False
        alike = (
            bars.rolls == self.bars.rolls and bars.adjustment == self.bars.adjustment and bars.instrument == self.bars.instrument
        )
        same_volume = np.array_equal(self.bars.volume[:count], bars.volume, equal_nan=True)
        return (
            alike
            and same_volume
            and all(np.array_equal(getattr(self.bars, name)[:count], getattr(bars, name)) for name in _COLUMNS)
        )

    def panel_until(self, count: int) -> Panel:
        """The panel of the first `count` bars."""
        return self.panel.until(count)

    def swings_until(self, count: int) -> tuple[Swing, ...]:
        """The swings confirmed by the first `count` bars."""
        return self.swings[: bisect_left(self.known_at, count)]


def whole_of(bars: Bars, settings: Settings) -> Whole:
    """The whole of `bars`, in the contract that their last bar is quoted in."""
    swings = swings_of(bars, settings)
    panel = panel_of(bars)
    lines, gaps = lines_of(bars, swings), gaps_of(bars)
    averages, runs = average_lines_of(bars, panel, settings), runs_of(bars)
    return Whole(
        bars=bars,
        panel=panel,
        swings=swings,
        known_at=tuple(swing.known_index for swing in swings),
        candles=candles_of(bars),
        patterns=patterns_of(bars),
        lines=lines,
        gaps=gaps,
        levels=level_lines_of(bars, swings, gaps, lines),
        runs=runs,
        trends=trends_of(bars, panel, averages, runs),
        averages=averages,
        momentum=momentum_lines_of(bars, panel, swings),
        activity=activity_lines_of(bars, panel),
    )
