"""How far a bar travels: true range and its Wilder average."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.talib_library import calculate

FloatArray = NDArray[np.float64]


def true_range(high: FloatArray, low: FloatArray, close: FloatArray) -> FloatArray:
    """The bar's range, stretched to hold the close before it; >= 0, from row 1.

    Wilder, J. W. (1978), New Concepts in Technical Trading Systems.
    """
    result = np.full(len(close), np.nan)
    result[1:] = np.maximum(high[1:], close[:-1]) - np.minimum(low[1:], close[:-1])
    return result


def atr(high: FloatArray, low: FloatArray, close: FloatArray, n: int) -> FloatArray:
    """Average true range: Wilder smoothing, seeded with the mean of the first n true ranges; from row n. TA-Lib ATR."""
    return calculate("ATR", (high, low, close), (n,), known_from=n)[0]
