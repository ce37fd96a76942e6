"""Student's t, for whole degrees of freedom, by its finite sums."""

from __future__ import annotations

import math
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

NEARLY_NORMAL = 100_000  # degrees of freedom beyond which the difference is below the sixth digit


def within(reach: float, freedom: int) -> float:
    """Probability that |T| stays within `reach`, T having `freedom` (1 or more) degrees of freedom.

    Abramowitz, M. and Stegun, I. A. (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    if freedom > NEARLY_NORMAL or math.isinf(reach):
        return math.erf(abs(reach) / math.sqrt(2.0))
    angle = math.atan(abs(reach) / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    terms = 1.0 + np.cumprod(_ratios(freedom) * cosine**2).sum() if freedom > 1 else 0.0
    if freedom % 2 == 0:
        return sine * float(terms)
    return 2.0 / math.pi * (angle + sine * (cosine * float(terms)))


@lru_cache(maxsize=256)
def _ratios(freedom: int) -> NDArray[np.float64]:
    """Of each term of the sum to the one before, without the cosine."""
    if freedom % 2 == 0:
        k = np.arange(1, freedom // 2)
        return (2 * k - 1) / (2 * k)
    k = np.arange(1, (freedom - 1) // 2)
    return 2 * k / (2 * k + 1)


@cache
def reach(level: float, freedom: int) -> float:
    """How far T reaches on either side with probability `level`, in (0, 1): the t of a two-sided interval."""
    low, high = 0.0, 1.0
    while within(high, freedom) < level:
        high *= 2.0
    while True:
        middle = (low + high) / 2.0
        if middle in (low, high):  # no float lies between them
            return middle
        low, high = (middle, high) if within(middle, freedom) < level else (low, middle)
