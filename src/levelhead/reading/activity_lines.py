"""How busy the market was over a whole series: volume, ranges and realised volatility."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import previous_closes
from levelhead.domain.bars import Bars, FloatArray
from levelhead.kernels.activity import distribution, is_narrowest, range_in_atr, relative_volume, sold_share
from levelhead.kernels.bands import deviation
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


def activity_lines_of(bars: Bars, panel: Panel) -> ActivityLines:
    """All of it for the series."""
    before = previous_closes(bars)
    positive = (before > 0) & (bars.close > 0)
    quotient = np.divide(bars.close, before, out=np.full(len(bars), np.nan), where=positive)
    volume = np.where(bars.volume > 0, bars.volume, np.nan)
    volatility = np.full(len(bars), np.nan)
    volatility[1:] = deviation(np.log(quotient[1:]), VOLATILITY_BARS)
    return ActivityLines(
        volume=volume,
        change=quotient - 1,
        relative=relative_volume(volume, VOLUME_BARS),
        kinds=distribution(quotient - 1, volume),
        sold=sold_share(bars.high, bars.low, bars.close),
        reach=range_in_atr(panel.true_range, panel.atr),
        narrowest=is_narrowest(bars.high, bars.low, NARROWEST_OF),
        atr_share=np.divide(panel.atr, bars.close, out=np.full(len(bars), np.nan), where=bars.close > 0),
        volatility=volatility,
        closed=len(bars) if bars.provisional is None else len(bars) - 1,
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
