"""Where a noisy series steps from one level to another, and by how much.

Made for the basis of a future, log(future / index): it runs straight between rolls and steps at each. Arrays in, arrays out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

HUBER = 2.0
MAD = 1.4826  # median absolute deviation to standard deviation, of a normal law
TAILS = 4.0  # degrees of freedom of the noise: closes taken at different hours make large errors now and then
FREE = 0.1  # spread of a level of which nothing is known, a log: 10 %
LAG = 5  # what wanders is told from what is noise by how much more the series moves in so many positions than in one
ROBUST = 0.95
NEAR_ZERO = 1e-12


class Unrest(NamedTuple):
    """How a series moves around its line, in units of each position's own yardstick: noise of single points, and wandering."""

    noise: float
    wander: float


class Ahead(NamedTuple):
    """What was to be expected at the positions after a stretch, had nothing stepped: means (n,) and their covariance (n, n)."""

    mean: FloatArray
    covariance: FloatArray


class Steps(NamedTuple):
    """For each position: how likely the step is there, its size if so, and the standard error of that size.

    chance: shape (n + 1,), sums to 1; the last is 'not yet'. size, error: shape (n,).
    """

    chance: FloatArray
    size: FloatArray
    error: FloatArray


def spread_of(values: FloatArray) -> float:
    """Standard deviation as the median absolute deviation gives it, which a few wild values do not move."""
    return float(MAD * np.median(np.abs(values - np.median(values))))


def unrest_of(values: FloatArray, yardstick: FloatArray, *, usual: float, worth: float) -> Unrest:
    """Noise and wandering of a series, both per unit of `yardstick`; shapes (n,), n > LAG.

    A step between neighbours holds the noise of two points and one position's wandering, a step over LAG positions the same
    noise and LAG positions' wandering; steps are measured robustly, so that the few at which the level jumps do not count.
    The noise is at least half of what 19 of 20 steps stay within: two of it are to cover as much. It is drawn towards `usual`
    as if that had been seen `worth` times.
    """
    near, far = _scaled_steps(values, yardstick, 1), _scaled_steps(values, yardstick, LAG)
    one, many = spread_of(near) ** 2, spread_of(far) ** 2
    wander = max(0.0, (many - one) / (LAG - 1))
    wide = float(np.quantile(np.abs(near - np.median(near)), ROBUST)) / 2
    noise = max(NEAR_ZERO, (max(one, wide**2) - wander) / 2)
    n = len(near)
    return Unrest(float(np.sqrt((n * noise + worth * usual**2) / (n + worth))), float(np.sqrt(wander)))


def straight_ahead(values: FloatArray, noise: FloatArray, wander: FloatArray, *, slope: float) -> Ahead:
    """How a series that runs straight goes on: m known values, then n positions ahead of them.

    values: shape (m,). noise: standard deviation of single points, wander: that of the level's own move into each position,
    both of shape (m + n,). slope: standard deviation of the straight line's slope around zero. Known points further from the
    line than noise explains count less (Huber's weights).
    Huber, P. J. (1964), Annals of Mathematical Statistics 35(1), 73-101.
    """
    m, positions = len(values), np.arange(len(noise), dtype=np.float64) - len(values)
    walked = np.cumsum(wander**2)
    level = np.minimum.outer(walked, walked) + FREE**2 + slope**2 * np.outer(positions, positions)
    middle = float(np.median(values))
    variance = noise**2
    for _ in range(2):
        known = level[:m, :m] + np.diag(variance[:m])
        gain = np.linalg.solve(known, level[:m]).T
        mean = middle + gain @ (values - middle)
        missed = np.abs(values - mean[:m]) / noise[:m]
        variance = np.concatenate([(noise[:m] * np.maximum(1.0, missed / HUBER)) ** 2, noise[m:] ** 2])
    covariance = level[m:, m:] - gain[m:] @ level[:m, m:] + np.diag(variance[m:])
    return Ahead(mean[m:], covariance)


def locate_step(missed: FloatArray, covariance: FloatArray, *, prior: FloatArray, expected: float, uncertainty: float) -> Steps:
    """Where among the positions the series stepped off its line.

    missed: distance from the line at each position so far, shape (n,), covariance: of these distances had nothing stepped,
    shape (n, n). prior: chance beforehand of a step at each position, then of none so far, shape (n + 1,). expected,
    uncertainty: the step's size beforehand. The distances have Student's law with 4 degrees of freedom, so that a close from
    another hour is not taken at its word, and distances larger than the covariance explains widen the error.
    """
    n = len(missed)
    after = (np.arange(n) >= np.arange(n + 1)[:, None]).astype(np.float64)
    pulled = np.linalg.solve(covariance, np.column_stack([missed, after.T]))
    plain = float(missed @ pulled[:, 0])
    weight = np.einsum("kn,nk->k", after, pulled[:, 1:])
    seen = after @ pulled[:, 0]
    precision = 1.0 / uncertainty**2 + weight
    size = (expected / uncertainty**2 + seen) / precision
    # of the distances less the step expected: their squared length once the step's own uncertainty is allowed for
    left = plain - 2 * expected * seen + expected**2 * weight - (seen - expected * weight) ** 2 / precision
    left = np.maximum(left, 0.0)
    log_chance = -0.5 * np.log(uncertainty**2 * precision) - 0.5 * (TAILS + n) * np.log1p(left / TAILS)
    log_chance += np.log(np.maximum(prior, NEAR_ZERO))
    widened = (TAILS + left[:n]) / (TAILS + n - 2)
    chance = np.exp(log_chance - log_chance.max())
    return Steps(chance / chance.sum(), size[:n], np.sqrt(widened / precision[:n]))


def _scaled_steps(values: FloatArray, yardstick: FloatArray, lag: int) -> FloatArray:
    steps: FloatArray = (values[lag:] - values[:-lag]) / np.sqrt((yardstick[lag:] ** 2 + yardstick[:-lag] ** 2) / 2)
    return steps
