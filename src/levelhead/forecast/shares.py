"""A share or a mean counted over simulated paths, and its Monte Carlo error.

The errors are those of independent paths. Ours spread their starts evenly over the past, which makes them no larger.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.paths import FloatArray


class Estimated(NamedTuple):
    """A value and the standard error that the number of paths leaves; the error of the model is not in it."""

    value: float
    error: float


def share(hits: NDArray[np.bool_], counted: NDArray[np.bool_]) -> Estimated:
    """The share p of `hits` among the paths `counted`, and sqrt(p (1 - p) / n). At least one must be counted."""
    count = int(np.count_nonzero(counted))
    p = int(np.count_nonzero(hits & counted)) / count
    return Estimated(p, math.sqrt(p * (1 - p) / count))


def mean(values: FloatArray, counted: NDArray[np.bool_]) -> Estimated:
    """The mean of `values` over the paths `counted`, and their standard deviation by sqrt(n); 0 where there is one path."""
    chosen = values[counted]
    return Estimated(float(chosen.mean()), float(chosen.std()) / math.sqrt(len(chosen)))
