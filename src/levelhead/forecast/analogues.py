"""Historical analogues: what became of the same claim on the past days whose volatility was most like today's."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.claims.judge import UNDECIDED, Verdicts, judge, prices_of
from levelhead.domain.claim import CloseAt, Split, Touch
from levelhead.forecast.volatility import VolatilityHistory
from levelhead.kernels.paths import PathBars

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FIRST = 100  # bars after which volatility forecasts are compared
NEAREST = 3  # one past day in so many counts as alike
MOST = 600  # and no more than so many; all of a third of 8,000 days forecast no better (benchmarks/LOG.md) and cost more
LEAST = 30
HALF = 0.5  # of a case, given to each outcome


class Alike(NamedTuple):
    """The past days most like one: their rows, and how much more volatile each one's next session was expected to be."""

    rows: IntArray
    scale: FloatArray


def analogues(
    claim: Split | Touch | CloseAt, history: VolatilityHistory, row: int, start: float, *, finished: int
) -> FloatArray | None:
    """Chances of the outcomes of a claim whose prices are numbers: shape (outcomes,).

    Their frequencies over the third of past days, at most 600, whose forecast volatility was nearest to that at `row`, the prices
    as many standard deviations, forecast on that past day, from its close as they lie from `start` now. finished: rows up to which
    bars are complete. Windows end by them and by `row`. None with fewer than 30 such days. Undecided days are left out.
    """
    alike = alike_days(history, row, min(row + 1, finished), claim.sessions)
    if alike is None:
        return None
    outcomes, codes = _happened(claim, alike, _log_bars(history), start)
    counts = np.bincount(codes[codes != UNDECIDED], minlength=len(outcomes)) + HALF
    shares: FloatArray = counts / counts.sum()
    return shares


def _happened(claim: Split | Touch | CloseAt, alike: Alike, bars: PathBars, start: float) -> Verdicts:
    """What followed each of the days. Of a close one session is looked at: the others cannot decide it."""
    last = bars.close[alike.rows]
    prices = tuple(last + math.log(float(price) / start) * alike.scale for price in prices_of(claim))
    begin = claim.sessions if isinstance(claim, CloseAt) else 1
    followed = np.arange(begin, claim.sessions + 1)[:, None] + alike.rows  # session by session, as PathBars lie in memory
    paths = PathBars(*(column[followed].T for column in bars))
    if isinstance(claim, CloseAt):
        claim = replace(claim, sessions=1)
    return judge(claim, paths, last, prices=prices)


@lru_cache(maxsize=8)
def alike_days(history: VolatilityHistory, row: int, stop: int, sessions: int) -> Alike | None:
    """The days most like `row` among those whose windows of `sessions` bars end before bar `stop`; None with fewer than 30."""
    days = stop - sessions - FIRST
    if days < NEAREST * LEAST:
        return None
    apart = history.expected[FIRST : FIRST + days] - history.expected[row]
    count = min(days // NEAREST, MOST)
    nearest = np.sort(np.argpartition(np.abs(apart), count)[:count])
    return Alike(FIRST + nearest, np.exp(0.5 * apart[nearest]))


@lru_cache(maxsize=2)
def _log_bars(history: VolatilityHistory) -> PathBars:
    """Log prices of the whole history, the close before its first bar at 0; row t is the sum of the moves up to it."""
    close = np.cumsum(history.moves[:, 3])
    before = close - history.moves[:, 3]
    return PathBars(before + history.moves[:, 0], before + history.moves[:, 1], before + history.moves[:, 2], close)
