"""One line through pairs of changes, and how sure its slope is."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Slope(NamedTuple):
    """slope: units of y for one of x, NaN where x does not vary. error: its standard error. covariance, variance: sums of
    products about the means, whose quotient the slope is. correlation: -1 to 1."""

    slope: float
    error: float
    covariance: float
    variance: float
    correlation: float


def slope_of(x: FloatArray, y: FloatArray) -> Slope:
    """The least-squares line of y on x with a free level, each of shape (n,), n >= 3.

    The error is robust to changes whose size differs from day to day (HC3: MacKinnon and White 1985, Journal of Econometrics
    29, p. 305); it takes the days for uncorrelated.
    """
    dx, dy = x - x.mean(), y - y.mean()
    variance, covariance = math.fsum((dx * dx).tolist()), math.fsum((dx * dy).tolist())
    if len(x) < 3 or not variance > 0:
        return Slope(math.nan, math.nan, covariance, variance, math.nan)
    slope = covariance / variance
    leverage = 1 / len(x) + dx * dx / variance
    left = dy - slope * dx
    scaled = left / np.maximum(1 - leverage, 1e-9)
    error = math.sqrt(math.fsum((dx * dx * scaled * scaled).tolist())) / variance
    moved = math.fsum((dy * dy).tolist())
    return Slope(slope, error, covariance, variance, covariance / math.sqrt(variance * moved) if moved > 0 else 0.0)
