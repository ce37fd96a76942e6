"""What someone says who knows the law of a world whose days are independent draws: all its bars, in no order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.baselines import Baseline
from levelhead.evaluate.distribution import Distribution, held_against
from levelhead.evaluate.worlds import Shapes
from levelhead.kernels.first_touch import DOWN, NEITHER, UP, first_touch
from levelhead.kernels.paths import PathBars
from levelhead.ledger.record import MOST_OUTCOMES, Record

FloatArray = NDArray[np.float64]

PATHS = 8000
KEPT = 200  # quantiles of the closes


def own_law(record: Record, told: Distribution, shapes: Shapes, *, seed: int = 0) -> Baseline:
    """Chances of scenarios, targets and outlooks, and the closes, of paths whose days are drawn one by one from the whole world.

    No forecaster of such a world can beat it by more than chance; what one loses against it is the price of having to estimate.
    """
    longest = int(max(record.sessions.max(initial=1), told.sessions.max(initial=1)))
    paths = _paths(shapes, longest, seed)
    said = np.full((len(record), MOST_OUTCOMES), np.nan)
    up, down = (record.prices[name] / record.prices["start"] for name in ("upper", "lower"))
    asked = np.isfinite(up) | np.isfinite(down)
    for kind, chances in (("scenario", _scenario), ("target", _target), ("outlook", _outlook)):
        for row in np.flatnonzero((record.kind == kind) & asked).tolist():
            shares = chances(_until(paths, int(record.sessions[row])), float(up[row]), float(down[row]))
            said[row, : len(shares)] = shares
    quantiles = np.empty((len(told), KEPT))
    for sessions in np.unique(told.sessions).tolist():
        at = np.quantile(np.log(paths.close[:, sessions - 1]), (np.arange(KEPT) + 0.5) / KEPT)
        quantiles[told.sessions == sessions] = at
    return Baseline(name="own_law", said=said, distribution=held_against(quantiles, told))


def _paths(shapes: Shapes, sessions: int, seed: int) -> PathBars:
    drawn = np.random.Generator(np.random.PCG64(seed)).integers(0, len(shapes.close), (sessions, PATHS))
    close = np.cumsum(shapes.close[drawn], axis=0)
    before = close - shapes.close[drawn]
    opens, highs, lows = (np.exp(before + column[drawn]).T for column in shapes[:3])
    return PathBars(opens, highs, lows, np.exp(close).T)


def _until(paths: PathBars, sessions: int) -> PathBars:
    return PathBars(*(column[:, :sessions] for column in paths))


def _scenario(paths: PathBars, up: float, down: float) -> FloatArray:
    codes = first_touch(paths, up, down)
    hits = np.array([np.count_nonzero(codes == code) for code in (UP, NEITHER, DOWN)], dtype=np.float64)
    return hits / max(float(hits.sum()), 1.0)


def _target(paths: PathBars, up: float, down: float) -> FloatArray:
    touched = paths.high.max(axis=1) >= up if np.isfinite(up) else paths.low.min(axis=1) <= down
    return np.array([touched.mean(), 1.0 - touched.mean()])


def _outlook(paths: PathBars, up: float, down: float) -> FloatArray:
    last = paths.close[:, -1]
    above, below = float((last > up).mean()), float((last < down).mean())
    return np.array([above, 1.0 - above - below, below])
