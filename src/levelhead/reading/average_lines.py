"""What the averages do over a whole series: exponential ones, slopes and their turns, tests from either side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import ema, sma
from levelhead.kernels.crosses import cross_rows, held_side
from levelhead.kernels.line_tests import LineTests, line_tests
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Crossing, Panel, crossing_of
from levelhead.reading.settings import AVERAGES, Settings

TESTED = (50, 200)
"""The averages whose tests are counted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AverageLines:
    """By number of bars; row t depends on bars up to t alone. closed: how many bars have closed, all but a provisional last one.

    emas: of the closes as quoted; smooth: of the back-adjusted ones, in the last bar's contract, which slopes are measured on.
    crossings: of the close and each ema. slopes: of the simple averages, in ATR(14) per `slope_bars`, NaN while not known;
    turns: the last direction that was not flat (held), and the row at which it last changed (cross). tests: of TESTED.
    told: by number of bars what was last said of its tests, and of which state of them.
    """

    emas: Mapping[int, FloatArray]
    smooth: Mapping[int, FloatArray]
    crossings: Mapping[int, Crossing]
    slopes: Mapping[int, FloatArray]
    turns: Mapping[int, Crossing]
    tests: Mapping[int, LineTests]
    closed: int
    told: dict[int, tuple[tuple[int, int, bool], dict[str, Fact]]] = field(default_factory=dict, repr=False)


def average_lines_of(bars: Bars, panel: Panel, settings: Settings) -> AverageLines:
    """All of it for the series, in the contract that its last bar is quoted in."""
    shape = shape_of(bars)
    emas = {n: ema(bars.close, n) for n in AVERAGES}
    means = panel.averages if shape is bars else {n: sma(shape.close, n) for n in AVERAGES}
    yardstick = panel.atr if shape is bars else panel.atr * (shape.close / bars.close)
    slopes = {n: _slopes(means[n], yardstick, settings.slope_bars) for n in AVERAGES}
    return AverageLines(
        emas=emas,
        smooth=emas if shape is bars else {n: ema(shape.close, n) for n in AVERAGES},
        crossings={n: crossing_of(bars.close, emas[n], bars.close) for n in AVERAGES},
        slopes=slopes,
        turns={n: _turns(slopes[n], settings.flat_atr) for n in AVERAGES},
        tests={n: line_tests(shape.high, shape.low, shape.close, means[n]) for n in TESTED},
        closed=len(bars) if bars.provisional is None else len(bars) - 1,
    )


def average_occurrences(lines: AverageLines) -> tuple[Occurrences, ...]:
    """Every test of an average that held, 'sma_50.held', and every turn of an average's slope, 'sma_50.turned'."""
    found = []
    for n in TESTED:
        tests = lines.tests[n]
        done = int(np.searchsorted(tests.ended, lines.closed))
        found.append(occurrences(f"sma_{n}.held", tests.ended[:done], tests.sides[:done], tests.begun[:done]))
    for n in AVERAGES:
        turns = lines.turns[n]
        rows = np.unique(turns.cross[: lines.closed])
        rows = rows[rows >= 0]
        found.append(occurrences(f"sma_{n}.turned", rows, turns.held[rows]))
    return tuple(found)


def _slopes(mean: FloatArray, atr: FloatArray, over: int) -> FloatArray:
    slopes = np.full(len(mean), np.nan)
    moves = atr[over:] > 0
    np.divide(mean[over:] - mean[:-over], atr[over:], out=slopes[over:], where=moves)
    return slopes


def _turns(slopes: FloatArray, flat: float) -> Crossing:
    sides: NDArray[np.int8] = np.where(np.abs(slopes) > flat, np.sign(slopes), 0).astype(np.int8)
    held = held_side(sides)
    return Crossing(side=sides, held=held, cross=cross_rows(held))
