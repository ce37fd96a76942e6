"""Which of two prices a driftless random walk touches first, exactly: a check on everything that is simulated.

A Brownian motion of log price, watched without pause, of known variance and no drift. Distances are positive logarithms,
up = log(upper / start) and down = log(start / lower); `variance` is that of the whole horizon.
"""

from __future__ import annotations

import math
from typing import NamedTuple

SETTLED = 8.0
NEGLIGIBLE = 39.0


class FirstOf(NamedTuple):
    """Chances that the upper price trades first, that neither does, that the lower one does; they sum to 1."""

    up: float
    neither: float
    down: float


def touches(distance: float, variance: float) -> float:
    """Chance that a price at `distance` > 0, above or below, is touched: twice the chance of ending beyond it.

    The reflection principle: Karatzas, I. and Shreve, S. E. (1991), Brownian Motion and Stochastic Calculus, 2.6.A.
    """
    if variance <= 0.0:
        return 0.0
    return math.erfc(distance / math.sqrt(2.0 * variance))


def ends_beyond(distance: float, variance: float) -> float:
    """Chance of ending beyond a price at `distance` in the direction asked about; negative where that lies behind the start."""
    if variance <= 0.0:
        return 1.0 if distance < 0.0 else 0.0
    return 0.5 * math.erfc(distance / math.sqrt(2.0 * variance))


def first_of(up: float, down: float, variance: float) -> FirstOf:
    """Chances of a three-way split, up > 0 and down > 0.

    The time at which the upper price is reached before the lower one has a density that is a sum over mirror images of the
    start at distances x = up + 2 j (up + down) (Karatzas and Shreve (1991), section 2.8.C, from proposition 2.8.10); its
    integral up to the horizon is

        sum over all integers j of sign(x) erfc(|x| / sqrt(2 variance)).

    After many times the time it takes to leave, the chance is down / (up + down), the gambler's ruin.
    """
    above, below = _first(up, down, variance), _first(down, up, variance)
    return FirstOf(above, max(0.0, 1.0 - above - below), below)


def _first(near: float, far: float, variance: float) -> float:
    """Chance that the price at `near` is touched, before the one at `far` on the other side."""
    width = near + far
    if variance <= 0.0:
        return 0.0
    if variance / width**2 > SETTLED:
        return far / width
    images = math.ceil(math.sqrt(NEGLIGIBLE * variance * 2.0) / (2.0 * width)) + 1
    places = [near + 2.0 * j * width for j in range(-images, images + 1)]
    return math.fsum(math.copysign(math.erfc(abs(x) / math.sqrt(2.0 * variance)), x) for x in places)
