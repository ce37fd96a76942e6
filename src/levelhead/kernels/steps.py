"""Where a noisy series steps from one level to another, and by how much.

Made for the basis of a future, log(future / index): it runs straight between rolls and steps at each. Arrays in, arrays out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

ROUNDS = 5
HUBER = 1.5
MAD = 1.4826  # median absolute deviation to standard deviation, of a normal law
TAILS = 4.0  # degrees of freedom of the noise: closes taken at different hours make large errors now and then
LEVEL = 0.7  # how well the level before is known, in standard deviations of the noise
NEAR_ZERO = 1e-12


class Line(NamedTuple):
    """A straight line through the past: its value at position 0, its slope a position, the spread of points around it."""

    level: float
    slope: float
    spread: float


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


def straight_line(positions: FloatArray, values: FloatArray, *, near: int, least_spread: float) -> Line:
    """The line that most points agree on (Huber's weights), moved to the mean of the last `near` points; shape (n,), n >= 3.

    The spread is that of all points or of the last `near`, whichever is larger, and not below `least_spread`.
    Huber, P. J. (1964), Annals of Mathematical Statistics 35(1), 73-101.
    """
    design = np.column_stack([np.ones(len(positions)), positions])
    weights = np.ones(len(positions))
    fitted = np.zeros(2)
    spread = least_spread
    for _ in range(ROUNDS):
        root = np.sqrt(weights)
        fitted = np.linalg.lstsq(design * root[:, None], values * root, rcond=None)[0]
        missed = values - design @ fitted
        spread = max(spread_of(missed), least_spread)
        weights = np.minimum(1.0, HUBER * spread / np.maximum(np.abs(missed), NEAR_ZERO))
    latest = (values - design @ fitted)[-near:]
    spread = max(spread, spread_of(latest))
    middle = float(np.median(latest))
    offset = float(np.clip(latest, middle - HUBER * spread, middle + HUBER * spread).mean())
    return Line(float(fitted[0]) + offset, float(fitted[1]), spread)


def locate_step(
    missed: FloatArray,
    *,
    spread: float,
    drift: float,
    lead: float,
    prior: FloatArray,
    expected: float,
    uncertainty: float,
) -> Steps:
    """Where among the positions the series stepped off its line.

    missed: distance from the line at each position so far, shape (n,). spread: of single points around the line. drift: how
    far the line may be off a position, lead: positions since the middle of what it was fitted on. prior: chance beforehand
    of a step at each position, then of none so far, shape (n + 1,). expected, uncertainty: the step's size beforehand, a
    normal law. Noise has Student's law with 4 degrees of freedom, and the line's level its own error.
    """
    n = len(missed)
    at = np.arange(n) + lead
    noise = spread**2 * (np.eye(n) + LEVEL**2) + drift**2 * np.outer(at, at)
    inverse = np.linalg.inv(noise)
    log_chance, size, error = np.empty(n + 1), np.empty(n), np.empty(n)
    for start in range(n + 1):
        after = (np.arange(n) >= start).astype(np.float64)
        whole = noise + uncertainty**2 * np.outer(after, after)
        left = missed - expected * after
        distance = float(left @ np.linalg.solve(whole, left))
        likelihood = -0.5 * float(np.linalg.slogdet(whole)[1]) - 0.5 * (TAILS + n) * np.log1p(distance / TAILS)
        log_chance[start] = likelihood + np.log(max(prior[start], NEAR_ZERO))
        if start < n:
            precision = 1.0 / uncertainty**2 + after @ inverse @ after
            size[start] = (expected / uncertainty**2 + after @ inverse @ missed) / precision
            error[start] = 1.0 / np.sqrt(precision)
    chance = np.exp(log_chance - log_chance.max())
    return Steps(chance / chance.sum(), size, error)
