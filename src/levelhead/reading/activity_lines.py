"""How busy the market was over a whole series: volume, ranges and realised volatility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import previous_closes
from levelhead.domain.bars import Bars, FloatArray
from levelhead.kernels.activity import distribution, is_narrowest, range_in_atr, relative_volume, sold_share
from levelhead.kernels.bands import deviation
from levelhead.kernels.crosses import rows_in_a_row
from levelhead.kernels.window_sums import WindowSums
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel

VOLUME_BARS = 20
VOLATILITY_BARS = 20
NARROWEST_OF = 7
HEAVY, WIDE = 2.0, 1.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ActivityLines:
    """Row t depends on bars up to t alone. closed: how many bars have closed, all but a provisional last one.

    volume: NaN where unknown, 0 among it. change: from close to close as a share, in one contract. relative: volume against the
    mean of the 20 bars before. kinds: -1 a day of distribution, 1 of accumulation. sold: share of the range given back by the
    close. reach: true range in ATR(14) of the bar before; narrowest: of seven. atr_share: ATR(14) as a share of the close.
    volatility: population standard deviation of the last 20 log changes.

    For sums of rows in a row: traded, of the volume; rising, falling, of that of bars that closed higher, lower; sold_volume, of
    volume times sold; all 0 where the volume is unknown. known: how many rows in a row up to each have a volume; both_known: a
    volume and a change. days: the rows of each kind, -1 and 1, ascending.
    """

    volume: FloatArray
    change: FloatArray
    relative: FloatArray
    kinds: NDArray[np.int8]
    sold: FloatArray
    reach: FloatArray
    narrowest: NDArray[np.bool_]
    atr_share: FloatArray
    volatility: FloatArray
    closed: int
    traded: WindowSums
    rising: WindowSums
    falling: WindowSums
    sold_volume: WindowSums
    known: NDArray[np.int64]
    both_known: NDArray[np.int64]
    days: Mapping[int, list[int]]


def activity_lines_of(bars: Bars, panel: Panel) -> ActivityLines:
    """All of it for the series."""
    before = previous_closes(bars)
    positive = (before > 0) & (bars.close > 0)
    quotient = np.divide(bars.close, before, out=np.full(len(bars), np.nan), where=positive)
    volume = np.where(bars.volume > 0, bars.volume, np.nan)
    volatility = np.full(len(bars), np.nan)
    volatility[1:] = deviation(np.log(quotient[1:]), VOLATILITY_BARS)
    is_known, change = np.isfinite(volume), quotient - 1
    counted, sold = np.where(is_known, volume, 0.0), sold_share(bars.high, bars.low, bars.close)
    kinds = distribution(change, volume)
    return ActivityLines(
        volume=volume,
        change=change,
        relative=relative_volume(volume, VOLUME_BARS),
        kinds=kinds,
        sold=sold,
        reach=range_in_atr(panel.true_range, panel.atr),
        narrowest=is_narrowest(bars.high, bars.low, NARROWEST_OF),
        atr_share=np.divide(panel.atr, bars.close, out=np.full(len(bars), np.nan), where=bars.close > 0),
        volatility=volatility,
        closed=len(bars) if bars.provisional is None else len(bars) - 1,
        traded=WindowSums(counted),
        rising=WindowSums(np.where(change > 0, counted, 0.0)),
        falling=WindowSums(np.where(change < 0, counted, 0.0)),
        sold_volume=WindowSums(counted * sold),
        known=rows_in_a_row(is_known.astype(np.int8)),
        both_known=rows_in_a_row((is_known & np.isfinite(change)).astype(np.int8)),
        days={kind: np.flatnonzero(kinds == kind).tolist() for kind in (-1, 1)},
    )


def activity_occurrences(lines: ActivityLines) -> tuple[Occurrences, ...]:
    """volume.distribution, volume.accumulation, volume.heavy (twice the usual), range.wide (1.5 ATR), range.narrowest (of seven).

    Heavy and wide ones point where the close went.
    """
    closed = slice(0, lines.closed)
    sides = np.sign(np.nan_to_num(lines.change[closed])).astype(np.int8)
    heavy, wide = np.flatnonzero(lines.relative[closed] >= HEAVY), np.flatnonzero(lines.reach[closed] >= WIDE)
    return (
        occurrences("volume.distribution", np.flatnonzero(lines.kinds[closed] == -1), -1),
        occurrences("volume.accumulation", np.flatnonzero(lines.kinds[closed] == 1), 1),
        occurrences("volume.heavy", heavy, sides[heavy]),
        occurrences("range.wide", wide, sides[wide]),
        occurrences("range.narrowest", np.flatnonzero(lines.narrowest[closed]), 0),
    )
