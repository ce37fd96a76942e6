"""Swing highs and lows: bars that no neighbour passes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def swing_highs(high: FloatArray, k: int) -> BoolArray:
    """Rows at which a swing high becomes known: True at row t where bar t - k is a swing high.

    high: shape (n,), finite; k >= 1. Bar i is a swing high when no bar within k on either side has a higher high and, of
    equal highs, it is the first: high[i] > high[i-k .. i-1] and high[i] >= high[i+1 .. i+k]. It needs k bars on both
    sides, so the first row that can be True is 2k. Row t depends on rows t - 2k to t alone.
    """
    known = np.zeros(len(high), dtype=np.bool_)
    if len(high) < 2 * k + 1:
        return known
    around = np.lib.stride_tricks.sliding_window_view(high, len(high) - 2 * k)  # the bars themselves, and 1 to 2k bars later
    middle = around[k]
    known[2 * k :] = (middle > around[:k].max(axis=0)) & (middle >= around[k + 1 :].max(axis=0))
    return known


def swing_lows(low: FloatArray, k: int) -> BoolArray:
    """Rows at which a swing low becomes known; the mirror of `swing_highs`."""
    return swing_highs(-low, k)


def swing_highs_slow(high: FloatArray, k: int) -> BoolArray:
    """`swing_highs` as one would say it: the version to read, and the oracle of its test."""
    known = np.zeros(len(high), dtype=np.bool_)
    for t in range(2 * k, len(high)):
        i = t - k
        first_of_equals = all(high[j] < high[i] for j in range(i - k, i))
        known[t] = first_of_equals and all(high[j] <= high[i] for j in range(i + 1, t + 1))
    return known


def bars_until_passed(high: FloatArray, at: int) -> tuple[int, int]:
    """How many bars before and after row `at` stay at or below its high, up to the ends of `high`.

    The smaller of the two says how far a swing stands out; an 'after' that reaches the last row means it still stands. The
    version to read; `standing` looks no farther than it must.
    """
    before = np.flatnonzero(high[:at] > high[at])
    after = np.flatnonzero(high[at + 1 :] > high[at])
    return at if len(before) == 0 else at - 1 - int(before[-1]), len(high) - 1 - at if len(after) == 0 else int(after[0])


def standing(high: FloatArray, at: int, most: int) -> tuple[int, bool]:
    """How many bars on either side of row `at` stay at or below its high, counted up to `most`; and whether no later bar passes it.

    The smaller of the two numbers of `bars_until_passed`, but for what lies beyond `most`, and whether the second is all there are.
    """
    price = high[at]
    before = high[max(at - most, 0) : at][::-1] > price
    after = high[at + 1 : at + 1 + most] > price
    stands_before = int(before.argmax()) if before.any() else len(before)
    is_passed = bool(after.any())
    stands_after = int(after.argmax()) if is_passed else len(after)
    stands = not is_passed and not (high[at + 1 + most :] > price).any()
    return min(stands_before, stands_after), stands
