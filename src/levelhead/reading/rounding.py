"""Round numbers: which steps are nice to count by, and how round a price is."""

from __future__ import annotations

import math
from functools import lru_cache


@lru_cache(maxsize=4096)
def nice_step_from(width: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not smaller than `width` > 0."""
    power = math.floor(math.log10(width))
    steps = [float(f"{digits}e{exponent}") for exponent in (power, power + 1) for digits in ("1", "2", "2.5", "5")]
    return next((step for step in steps if step >= width * (1 - 1e-12)), steps[-1])


@lru_cache(maxsize=65536)
def roundness(price: float) -> float:
    """The largest 1 or 5 times a power of ten that `price` > 0 is a multiple of: 2,500 is 500 round, 2,450 is 50 round.

    2 and 2.5 are steps to count by, yet 2,250 is no rounder than 2,300.
    """
    step = 10.0 ** math.ceil(math.log10(price))
    while not math.isclose(price / step, round(price / step), rel_tol=1e-9):
        step = step / 2 if f"{step:e}".startswith("1") else step / 5
    return step
