"""What every volatility model starts from and gives: bars measured, a forecast for each, and past bars in its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import previous_closes, with_true_quotients
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars, NotYetKnown
from levelhead.forecast.settings import Settings
from levelhead.kernels import har
from levelhead.kernels.paths import Pool, Scale
from levelhead.kernels.volatility import daily_variance

FloatArray = NDArray[np.float64]


class VolatilityHistory(Protocol):
    """What a model knew of volatility at each bar; row t of every array depends on bars up to t alone, bit for bit.

    skipped: leading bars before the first that moved; row 0 here is bar `skipped`. log_variance: of each bar, measured.
    expected: forecast made at row t of the log variance of row t + 1. moves: log of open, high, low, close over the previous
    close, shape (n, 4).
    """

    @property
    def skipped(self) -> int:
        """Leading bars left out."""

    @property
    def log_variance(self) -> FloatArray:
        """Shape (n,)."""

    @property
    def expected(self) -> FloatArray:
        """Shape (n,)."""

    @property
    def moves(self) -> FloatArray:
        """Shape (n, 4)."""

    def __len__(self) -> int:
        """N."""

    def __hash__(self) -> int:
        """By identity: a history is worked out once and asked often."""

    def ahead(self, row: int, sessions: int) -> Scale:
        """How volatility moves along paths of `sessions` bars that begin after `row`."""

    def words(self, row: int) -> str:
        """The model for a trader, a clause that follows 'Volatility: ' and ends without a stop."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """Bars as a volatility model sees them, from the first that moved; fields as in VolatilityHistory."""

    skipped: int
    log_variance: FloatArray
    moves: FloatArray

    def without_last(self) -> Measured:
        """The same up to the bar before the last."""
        return Measured(skipped=self.skipped, log_variance=self.log_variance[:-1], moves=self.moves[:-1])


def measured(bars: Bars, settings: Settings) -> Measured:
    """The log variance and the moves of each bar. Where the rolls of a future are known, their gaps are no returns.

    Bars up to the last that traded at zero or below have no logarithm; the history begins after it. Raises BadBars where too few
    came since or nothing moves; NotYetKnown with fewer than `settings.least_bars` bars.
    """
    bars = with_true_quotients(bars)
    begin = _above_zero_since(bars)
    _refuse(bars, begin, settings)
    columns = (bars.open[begin:], bars.high[begin:], bars.low[begin:], bars.close[begin:])
    before = previous_closes(bars)[begin:]
    variance = daily_variance(*columns, before)
    if not variance.any():
        raise BadBars(
            f"{_name(bars)}: none of its {len(variance):,} bars up to {bars.as_of} moved; a volatility of zero prices nothing."
        )
    still = int(np.argmax(variance > 0.0))
    if len(variance) - still < settings.least_bars:
        raise _too_few(bars, len(variance) - still, settings)
    return Measured(skipped=begin + still, log_variance=np.log(variance[still:]), moves=_moves(columns, before, still))


def pool_at(history: VolatilityHistory, row: int, settings: Settings, *, complete: bool = True) -> Pool:
    """The past bars that paths starting at `row` are drawn from, in standard deviations of their own day's forecast.

    complete: whether the bar at `row` is finished; one that is not is left out. The returns keep their mean.
    """
    stop = row + 1 if complete else row
    first = max(settings.warm_up + 1, stop - settings.pool_bars)
    expected = history.expected[first - 1 : stop - 1]
    scaled = history.moves[first:stop] / np.exp(0.5 * expected)[:, None]
    surprise = history.log_variance[first:stop] - expected
    fall = np.clip(-scaled[:, 3], -har.FALL_LIMIT, har.FALL_LIMIT)
    open_, high, low, close = np.ascontiguousarray(scaled.T)
    return Pool(open_, high, low, close, surprise - surprise.mean(), fall)


def check_start(bars: Bars, history: VolatilityHistory, row: int, settings: Settings) -> None:
    """Whether a forecast can start at `row`.

    Raises NotYetKnown where too few bars precede it, BadBars where most of the latest ones stood still.
    """
    if row + 1 < settings.least_bars:
        raise _too_few(bars, max(0, row + 1), settings)
    latest = history.moves[row + 1 - settings.least_bars : row + 1]
    still = int(np.sum(~latest.any(axis=1)))
    if 2 * still > len(latest):
        raise BadBars(
            f"{_name(bars)}: {still} of the {len(latest)} bars up to {bars.dates[history.skipped + row]} did not move at all; "
            "a volatility forecast needs a market that trades on at least half of them."
        )


def _moves(columns: tuple[FloatArray, ...], before: FloatArray, still: int) -> FloatArray:
    prices = np.log(np.column_stack(columns))
    start = prices[:, 0].copy()
    start[1:] = np.log(before[1:])
    moves: FloatArray = (prices - start[:, None])[still:]
    moves[0, 3] = 0.0
    return moves


def _above_zero_since(bars: Bars) -> int:
    """The row after the last bar that traded at zero or below; 0 where none did."""
    below = np.flatnonzero(bars.low <= 0)
    return int(below[-1]) + 1 if len(below) else 0


def _refuse(bars: Bars, begin: int, settings: Settings) -> None:
    count = len(bars) - begin
    if count >= settings.least_bars:
        return
    if begin == 0:
        raise _too_few(bars, count, settings)
    raise BadBars(
        f"{_name(bars)} trades at {bars.low[begin - 1]:g} on {bars.dates[begin - 1]}: a volatility forecast takes logarithms and "
        f"needs prices above zero, {settings.least_bars} bars of them since; there are {count}. Facts and levels are known all the "
        "same; nothing is priced."
    )


def _too_few(bars: Bars, count: int, settings: Settings) -> NotYetKnown:
    return NotYetKnown(
        f"{_name(bars)}: a volatility forecast needs {settings.least_bars} bars that move, there are {count} up to {bars.as_of}; "
        "give a longer history."
    )


def _name(bars: Bars) -> str:
    return bars.feed or bars.instrument.symbol
