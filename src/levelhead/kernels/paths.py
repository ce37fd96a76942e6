"""Paths of bars: what may come, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class PathBars(NamedTuple):
    """Simulated bars, float64 prices, each array of shape (paths, sessions); bar j of row i follows its bar j - 1."""

    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
