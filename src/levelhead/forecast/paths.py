"""From what is known of volatility at one bar to the paths that may follow it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.forecast.event_days import EventHistory
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import VolatilityHistory, pool_at
from levelhead.kernels.paths import PathBars, Pool, draw_rows, walk

FloatArray = NDArray[np.float64]
SESSIONS_A_YEAR = 252
EVENT_COUNTER = 1 << 128  # where the random numbers of event days begin: no simulation of the same seed comes near it
_BARS_A_YEAR = {"1d": SESSIONS_A_YEAR, "1w": 52, "1mo": 12}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulated:
    """Paths, and what they were drawn with: the standard deviation of each session's log return, and the drift.

    sigma: of the next session. term: of each session, shape (sessions,), term[0] = sigma. drift: log, per session.
    pool_bars: how many past bars they were drawn from.
    """

    paths: PathBars
    sigma: float
    term: FloatArray
    drift: float
    pool_bars: int


def bars_a_year(bars: Bars) -> float:
    """252 daily, 52 weekly, 12 monthly bars; of intraday ones 252 times as many as these bars have on a trade date."""
    known = _BARS_A_YEAR.get(bars.timeframe)
    return known if known is not None else SESSIONS_A_YEAR * len(bars) / len(np.unique(bars.dates))


def shrunk_drift(mean: float, count: int, sharpe: float, a_year: float = SESSIONS_A_YEAR) -> float:
    """The drift believed in after `count` bars with that mean return, both in standard deviations of a bar.

    The drifts thought possible beforehand have mean 0 and standard deviation t = sharpe / sqrt(252); a_year: what stands for
    252, the bars of a year; the mean of n bars is
    known to 1 / sqrt(n); so the posterior mean is t^2 / (t^2 + 1 / n) of it. With a Sharpe ratio of 0.4 a mean over three
    years counts for a third, one over thirty years for five sixths.
    """
    spread = sharpe**2 / a_year
    return mean * spread / (spread + 1.0 / count)


def paths_from(
    history: VolatilityHistory,
    row: int,
    *,
    start: float,
    seed: str,
    sessions: int,
    settings: Settings,
    complete: bool = True,
    a_year: float = SESSIONS_A_YEAR,
    whole: int | None = None,
) -> Simulated:
    """Simulates the sessions that follow `row`, from the price `start`; whole: as `kernels.paths.walk` takes it.

    seed: hexadecimal, 128 bits, the key of a counter-based generator (Philox): the same seed, the same paths. Past bars are
    not mirrored: falls are sharper than rises, and volatility follows falls; paths that forgot it priced worse
    (benchmarks/LOG.md). Raises BadBars where the past bars do not vary.
    """
    pool = pool_at(history, row, settings, complete=complete)
    count = len(pool.close)
    spread = float(pool.close.std())
    if not spread > 0:
        raise BadBars(f"The last {count} closes before the forecast do not vary; a volatility of zero prices nothing.")
    mean = float(pool.close.mean())
    drift = shrunk_drift(mean, count, settings.drift_sharpe, a_year)
    generator = np.random.Generator(np.random.Philox(key=int(seed, 16)))
    rows = draw_rows(generator, size=count, paths=settings.paths, sessions=sessions, block=settings.block)
    if isinstance(history, EventHistory):
        # counters of their own, so that days without events are drawn as ever
        other = np.random.Generator(np.random.Philox(key=int(seed, 16), counter=EVENT_COUNTER))
        first = max(settings.warm_up + 1, (row + 1 if complete else row) - settings.pool_bars)
        rows = history.redrawn(rows, row, first, count, other)
    simulation = walk(rows, _moved(pool, drift - mean), start=start, scale=history.ahead(row, sessions), whole=whole)
    term = np.sqrt(simulation.variance) * spread
    unit = math.sqrt(float(simulation.variance[0]))
    return Simulated(paths=simulation.bars, sigma=float(term[0]), term=term, drift=drift * unit, pool_bars=count)


def _moved(pool: Pool, shift: float) -> Pool:
    """The pool with every price of every bar shifted alike, so that a bar stays a bar."""
    return pool._replace(open=pool.open + shift, high=pool.high + shift, low=pool.low + shift, close=pool.close + shift)
