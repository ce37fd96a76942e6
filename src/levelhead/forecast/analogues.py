"""Historical analogues: what became of the same claim on the past days whose volatility was most like today's."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from levelhead.forecast.volatility import VolatilityHistory
from levelhead.kernels.first_touch import DOWN, NEITHER, UP, first_touch
from levelhead.kernels.paths import PathBars
from levelhead.kernels.windows import history_windows

FloatArray = NDArray[np.float64]

FIRST = 100  # bars after which volatility forecasts are compared
NEAREST = 3  # one past day in so many counts as alike
LEAST = 30
HALF = 0.5  # of a case, given to each outcome


def analogues(
    upper: float, lower: float, sessions: int, history: VolatilityHistory, row: int, start: float, *, finished: int
) -> FloatArray | None:
    """Chances that `upper` trades first within `sessions`, that neither price does, that `lower` does: shape (3,).

    Their frequencies over the third of past days whose forecast volatility was nearest to that at `row`, the prices as many
    standard deviations, forecast on that past day, from its close as they lie from `start` now.
    finished: rows up to which bars are complete. Windows end by them and by `row`. None with fewer than 30 such days. Undecided
    days are left out.
    """
    stop = min(row + 1, finished)
    close = np.cumsum(history.moves[:stop, 3])
    before = close - history.moves[:stop, 3]
    columns = PathBars(before + history.moves[:stop, 0], before + history.moves[:stop, 1], before + history.moves[:stop, 2], close)
    paths = history_windows(columns, sessions, first_start=FIRST)
    days = len(paths.close)
    if days < NEAREST * LEAST:
        return None
    starts = np.arange(FIRST, FIRST + days)
    apart = history.expected[starts] - history.expected[row]
    nearest = np.argsort(np.abs(apart), kind="stable")[: days // NEAREST]
    scale, last = np.exp(0.5 * apart[nearest]), close[starts[nearest]]
    codes = first_touch(
        PathBars(*(column[nearest] for column in paths)),
        last + math.log(upper / start) * scale,
        last + math.log(lower / start) * scale,
    )
    counts = np.array([np.count_nonzero(codes == code) for code in (UP, NEITHER, DOWN)]) + HALF
    shares: FloatArray = counts / counts.sum()
    return shares
