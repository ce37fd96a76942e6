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
    """The share of `hits` among the paths `counted`, with its error. At least one must be counted."""
    return share_of(int(np.count_nonzero(hits & counted)), int(np.count_nonzero(counted)))


def share_of(hits: int, count: int) -> Estimated:
    """The share p = hits / count, and sqrt(p (1 - p) / count)."""
    p = hits / count
    return Estimated(p, math.sqrt(p * (1 - p) / count))


def mean_of(values: FloatArray) -> Estimated:
    """The mean of the values, at least one, and their standard deviation by sqrt(n); 0 where there is one."""
    return Estimated(float(values.mean()), float(values.std()) / math.sqrt(len(values)))
