"""Directional movement: which way the bars reach farther than those before them, and how one-sided that has been."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, loop, or_compiled
from levelhead.kernels.ranges import true_range
from levelhead.kernels.talib_library import calculate

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Directional:
    """Shape (rows,) each, NaN while not known; Wilder, J. W. (1978), New Concepts in Technical Trading Systems.

    rise, fall, range: Wilder sums of the directional movements up and down and of the true range. plus, minus: the directional
    indicators, 100 * rise / range and 100 * fall / range, 0 to 100, from row n; 0 where nothing moved. adx: the Wilder average of
    100 * |plus - minus| / (plus + minus), 0 to 100, from row 2n - 1.
    """

    rise: FloatArray
    fall: FloatArray
    range: FloatArray
    plus: FloatArray
    minus: FloatArray
    adx: FloatArray


def directional(high: FloatArray, low: FloatArray, close: FloatArray, n: int) -> Directional:
    """TA-Lib PLUS_DM, MINUS_DM, PLUS_DI, MINUS_DI and ADX of bars of shape (rows,), and the sums that they are made of."""
    bars = (high, low, close)
    return Directional(
        rise=calculate("PLUS_DM", (high, low), (n,), known_from=n - 1)[0],
        fall=calculate("MINUS_DM", (high, low), (n,), known_from=n - 1)[0],
        range=wilder_sum(true_range(high, low, close), n),
        plus=calculate("PLUS_DI", bars, (n,), known_from=n)[0],
        minus=calculate("MINUS_DI", bars, (n,), known_from=n)[0],
        adx=calculate("ADX", bars, (n,), known_from=2 * n - 1)[0],
    )


@loop
def _walked_sum(values: Floats, n: int) -> Floats:
    result, total = np.full(len(values), np.nan), 0.0
    for row in range(len(values)):
        if row > 0:
            total = total + values[row] if row < n else total - total / n + values[row]
        if row >= n - 1:
            result[row] = total
    return result


@or_compiled(_walked_sum)
def wilder_sum(values: FloatArray, n: int) -> FloatArray:
    """The sum of rows 1 to n - 1, then before - before / n + value: as directional movement is summed; row 0 is not used."""
    result = np.full(len(values), np.nan)
    if len(values) < n:
        return result
    rest = values[1:].tolist()
    total = 0.0
    for value in rest[: n - 1]:
        total += value
    result[n - 1] = total
    result[n:] = [total := total - total / n + value for value in rest[n - 1 :]]
    return result
