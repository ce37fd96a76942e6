"""What option prices imply: Black's formula, its inversion, and the chance of ending beyond a strike under a smile.

Undiscounted, on a forward: Black, F. (1976), Journal of Financial Economics 3, 167-179. `deviation` is the standard deviation of
the log price over the option's whole life, `away` = log(strike / forward).
"""

from __future__ import annotations

import math
from collections.abc import Callable

SQRT_2 = math.sqrt(2.0)
HIGHEST = 5.0  # no deviation over an option's life beyond so many: a factor of 150
HALVINGS = 60
STEP = 1e-4  # of log strike, for the slope of the smile


def normal(x: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * math.erfc(-x / SQRT_2)


def black(away: float, deviation: float, *, is_call: bool) -> float:
    """The price of an option in units of the forward. With deviation 0 it is what it would pay now."""
    strike = math.exp(away)
    if deviation <= 0.0:
        return max(1.0 - strike, 0.0) if is_call else max(strike - 1.0, 0.0)
    d1 = -away / deviation + 0.5 * deviation
    call = normal(d1) - strike * normal(d1 - deviation)
    return call if is_call else call - 1.0 + strike


def implied_deviation(price: float, away: float, *, is_call: bool) -> float | None:
    """The deviation at which Black's formula gives `price` (in units of the forward), by halving; None where none does."""
    if not black(away, 0.0, is_call=is_call) < price < black(away, HIGHEST, is_call=is_call):
        return None
    low, high = 0.0, HIGHEST
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if black(away, middle, is_call=is_call) < price:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def chance_above(away: float, deviation_at: Callable[[float], float]) -> float:
    """The risk-neutral chance of ending above a strike: minus the slope of the call price in the strike, held within 0 and 1.

    deviation_at: the smile, by log(strike / forward). Breeden, D. T. and Litzenberger, R. H. (1978), Journal of Business 51(4),
    621-651.
    """
    below, above = away - STEP, away + STEP
    fall = black(below, deviation_at(below), is_call=True) - black(above, deviation_at(above), is_call=True)
    return min(max(fall / (math.exp(above) - math.exp(below)), 0.0), 1.0)
