"""What momentum does over a whole series: RSI's midline and spells, directional movement, band width, divergences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.kernels.bands import at_lowest, band_width
from levelhead.kernels.directional import Directional, directional
from levelhead.reading.divergences import Divergences, divergence_occurrences, divergences_of
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import WILDER, Crossing, Panel, crossing_of, without_gaps
from levelhead.reading.structure import Swings

BAND_BARS = 20
SQUEEZE_BARS = 126
OVERSOLD, MIDLINE, OVERBOUGHT = 30.0, 50.0, 70.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MomentumLines:
    """Row t depends on bars up to t alone. closed: how many bars have closed, all but a provisional last one.

    midline: RSI(14) and 50. directional: of 14 bars, ranges without the gaps of rolls. crossing: DI plus and DI minus. width: of
    Bollinger bands of 20 bars, per cent; squeezed: rows at which it is the lowest of 126. divergences: as they became known.
    """

    midline: Crossing
    directional: Directional
    crossing: Crossing
    width: FloatArray
    squeezed: NDArray[np.bool_]
    divergences: Divergences
    closed: int


def momentum_lines_of(bars: Bars, panel: Panel, swings: Swings) -> MomentumLines:
    """All of it for the series."""
    high, low, close = without_gaps(bars)
    movement = directional(high, low, close, WILDER)
    width = band_width(bars.close, BAND_BARS)
    hundred = np.full(len(bars), 100.0)
    return MomentumLines(
        midline=crossing_of(panel.rsi, np.full(len(bars), MIDLINE), hundred),
        directional=movement,
        crossing=crossing_of(movement.plus, movement.minus, hundred),
        width=width,
        squeezed=at_lowest(width, SQUEEZE_BARS),
        divergences=divergences_of(swings, panel.rsi),
        closed=len(bars) if bars.provisional is None else len(bars) - 1,
    )


def momentum_occurrences(panel: Panel, lines: MomentumLines) -> tuple[Occurrences, ...]:
    """rsi.recovered (from oversold), rsi.fell_back (from overbought), rsi.midline, di.crossed, squeeze, divergence.regular|hidden.

    A recovery happened at its spell's extreme and is known when RSI is back; a squeeze is the first bar of a stretch of them.
    """
    rsi = panel.rsi[: lines.closed]
    squeezed = lines.squeezed[: lines.closed]
    return (
        _returns("rsi.recovered", rsi, OVERSOLD, 1),
        _returns("rsi.fell_back", rsi, OVERBOUGHT, -1),
        _crosses("rsi.midline", lines.midline, lines.closed),
        _crosses("di.crossed", lines.crossing, lines.closed),
        occurrences("squeeze", np.flatnonzero(squeezed[1:] & ~squeezed[:-1]) + 1, 0),
        *divergence_occurrences(lines.divergences),
    )


def spells(rsi: FloatArray, bound: float, side: int) -> list[tuple[int, int, int]]:
    """Stretches of RSI beyond `bound` (below it for side 1, above for -1): first row, row of the extreme, first row back.

    The last one's first row back is len(rsi) where it is not over. An RSI that is not known lies beyond nothing.
    """
    beyond = side * (rsi - bound) < 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], beyond, [False])))).tolist()
    return [(begin, begin + int((side * rsi[begin:end]).argmin()), end) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def _returns(kind: str, rsi: FloatArray, bound: float, side: int) -> Occurrences:
    over = [(at, end) for _, at, end in spells(rsi, bound, side) if end < len(rsi)]
    extremes, ends = (np.array([pair[which] for pair in over], dtype=np.int64) for which in (0, 1))
    return occurrences(kind, ends, side, extremes)


def _crosses(kind: str, crossing: Crossing, closed: int) -> Occurrences:
    rows = np.unique(crossing.cross[:closed])
    rows = rows[rows >= 0]
    return occurrences(kind, rows, crossing.held[rows])
