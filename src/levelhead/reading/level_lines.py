"""Everything the levels of a series are made of, found once: its swings, its calendar, its major legs, gaps, lines and volume."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.domain.level import Level
from levelhead.kernels.lows import first_above
from levelhead.kernels.reversals import Reversals, Zigzag
from levelhead.reading.extremes import ExtremeRows
from levelhead.reading.gaps import OpenedGaps
from levelhead.reading.level_periods import Calendar, calendar_of
from levelhead.reading.level_source import Source, Weighed, in_a_name, staying, told
from levelhead.reading.level_volume import Traded, traded_of
from levelhead.reading.lines import Lines
from levelhead.reading.periods import in_words
from levelhead.reading.settings import YEAR
from levelhead.reading.structure import Swing, Swings
from levelhead.reading.turning import closed_zigzag

MAJOR_ATR = 5.0
"""A swing is a major one when the close has come back from it by so much: what a chart of a year shows three to six times."""
QUARTER = 63
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SwingLines:
    """The confirmed swings as arrays of shape (m,), in the order in which they became known.

    prices: as quoted on their day. rows, known: of the bar that turned and of the one that confirmed it. before: bars before it
    that do not pass it, up to a quarter. passed: the first later row that does, n where none. leaves: the first row at which it is
    on no ladder any more: a year old and passed, unless it was the extreme of a quarter on both sides.
    """

    swings: Swings
    prices: FloatArray
    rows: IntArray
    known: IntArray
    before: IntArray
    passed: IntArray
    leaves: IntArray
    _sources: dict[int, Source] = field(default_factory=dict)
    _named: dict[str, int] = field(default_factory=dict)
    _levels: dict[int, Level] = field(default_factory=dict)

    def named(self, name: str) -> Swing:
        """The swing whose source has that name, of those that were asked for."""
        swing: Swing = self.swings[self._named[name]]
        return swing

    def level(self, at: int) -> Level:
        """Swing `at` as a zone has it, made once."""
        found = self._levels.get(at)
        if found is None:
            found = self._levels[at] = told(float(self.prices[at]), self.source(at))
        return found

    def source(self, at: int) -> Source:
        """The source of swing `at`, made once."""
        found = self._sources.get(at)
        if found is None:
            swing = self.swings[at]
            day = in_a_name(swing.happened_on)
            found = Source(
                kind="swing",
                name=f"swing_{swing.kind}_{day}",
                key=f"{swing.kind}_{day}",
                label=f"swing {swing.kind} of {in_words(swing.happened_on)}",
                row=swing.index,
                happened_on=swing.happened_on,
                known_on=swing.known_on,
            )
            self._sources[at] = found
            self._named[found.name] = at
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelLines:
    """What the levels of every day of a series are taken from; row t of each depends on bars up to t alone.

    kept: levels that stay the same from day to day, of each kind the last, with what they are of. told: what was said of levels
    whose bars are over, with each of them, by its `id`: the same is said of it on every day.
    """

    swings: SwingLines
    calendar: Calendar
    turns: Reversals
    traded: Traded
    gaps: OpenedGaps
    lines: Lines
    extremes: ExtremeRows
    kept: dict[object, tuple[object, tuple[Weighed, ...]]] = field(default_factory=dict)
    told: dict[int, tuple[Level, dict[str, Fact]]] = field(default_factory=dict)

    def last(self, kind: object, of: object, found: Callable[[], tuple[Weighed, ...]]) -> tuple[Weighed, ...]:
        """The levels of a kind, found anew when they are of something else than the last time."""
        kept = self.kept.get(kind)
        if kept is None or kept[0] != of:
            kept = self.kept[kind] = of, staying(found())
        return kept[1]


def level_lines_of(
    bars: Bars,
    swings: Swings,
    gaps: OpenedGaps,
    lines: Lines,
    extremes: ExtremeRows,
    finer: Bars | None = None,
    zigzag: Zigzag | None = None,
) -> LevelLines:
    """All of the series. A provisional last bar has not closed: it confirms no swing.

    finer: shorter bars of the same days. zigzag: of the closed bars, where it is there already.
    """
    shape = shape_of(bars)
    return LevelLines(
        swings=_swing_lines(shape, swings),
        calendar=calendar_of(bars),
        turns=(zigzag or closed_zigzag(bars)).turns(MAJOR_ATR),
        traded=traded_of(shape, finer),
        gaps=gaps,
        lines=lines,
        extremes=extremes,
    )


def _swing_lines(shape: Bars, swings: Swings) -> SwingLines:
    rows, is_high = swings.rows, swings.are_highs
    before, passed = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    for mask, tops in ((is_high, shape.high), (~is_high, -shape.low)):
        own = rows[mask]
        passed[mask] = first_above(tops, own)
        back = len(tops) - 1 - first_above(tops[::-1].copy(), len(tops) - 1 - own)  # -1 where no earlier row does
        before[mask] = np.minimum(own - back - 1, QUARTER)
    is_lasting = np.minimum(before, passed - 1 - rows) >= QUARTER
    return SwingLines(
        swings=swings,
        prices=swings.prices,
        rows=rows,
        known=swings.known,
        before=before,
        passed=passed,
        leaves=np.where(is_lasting, np.iinfo(np.int64).max, np.maximum(passed, rows + YEAR + 1)),
    )
