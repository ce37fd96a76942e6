"""Student's t, for whole degrees of freedom, by its finite sums."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

NEARLY_NORMAL = 100_000  # degrees of freedom beyond which the difference is below the sixth digit


def within(reach: float, freedom: int) -> float:
    """Probability that |T| stays within `reach`, T having `freedom` (1 or more) degrees of freedom.

    Abramowitz, M. and Stegun, I. A. (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    if freedom > NEARLY_NORMAL or math.isinf(reach):
        return math.erf(abs(reach) / math.sqrt(2.0))
    angle = math.atan(abs(reach) / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    if freedom % 2 == 0:
        k = np.arange(1, freedom // 2)
        return sine * float(1.0 + np.cumprod((2 * k - 1) / (2 * k) * cosine**2).sum())
    k = np.arange(1, (freedom - 1) // 2)
    odd = cosine * float(1.0 + np.cumprod(2 * k / (2 * k + 1) * cosine**2).sum()) if freedom > 1 else 0.0
    return 2.0 / math.pi * (angle + sine * odd)


@cache
def reach(level: float, freedom: int) -> float:
    """How far T reaches on either side with probability `level`, in (0, 1): the t of a two-sided interval."""
    low, high = 0.0, 1.0
    while within(high, freedom) < level:
        high *= 2.0
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if within(middle, freedom) < level else (low, middle)
    return (low + high) / 2.0
