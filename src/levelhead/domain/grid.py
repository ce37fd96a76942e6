"""Prices on a grid of ticks: the nearest, the next below, the next above."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

# A price that is a multiple but for the last bits of its float still counts as one.
SLACK = 1e-9


def nearest_multiple(value: float, step: float) -> float:
    """The multiple of `step` nearest to `value`; half way goes to the even one."""
    return multiple(round(value / step), step)


def multiple_below(value: float, step: float) -> float:
    """The highest multiple of `step` that is not above `value`."""
    return multiple(math.floor(value / step + SLACK), step)


def multiple_above(value: float, step: float) -> float:
    """The lowest multiple of `step` that is not below `value`."""
    return multiple(math.ceil(value / step - SLACK), step)


@lru_cache(maxsize=65_536)
def multiple(count: int, step: float) -> float:
    """So many steps, as one writes it: 3 times 0.1 is 0.3."""
    return float(count * Decimal(repr(step)))
