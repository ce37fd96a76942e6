"""Sums of many windows of one series, each rounded once."""

from __future__ import annotations

from itertools import accumulate
from operator import lshift

import numpy as np
from numpy.typing import NDArray

_BLOCK = 256


class WindowSums:
    """Sums of rows in a row of a series of finite numbers, shape (n,): bit for bit what `math.fsum` of them gives.

    A float is a whole number times a power of two. The running sum of those whole numbers has no rounding, so that a window's
    sum is the difference of two of them, which is rounded once when it becomes a float again. They are added up where a window
    is asked for, 256 rows at a time: some 40 bytes for each row.
    """

    def __init__(self, values: NDArray[np.float64]) -> None:
        self._values = values
        self._below = 1  # the whole numbers are the values times this power of two, found when a sum is first asked for
        self._first = 0
        self._running: list[int] = []  # up to row first, up to row first + 1, ...

    def sum(self, first: int, stop: int) -> float:
        """Of the rows from `first` to before `stop`; 0 <= first <= stop <= n."""
        running, begin = self._running, self._first
        if not begin <= first <= stop < begin + len(running):
            running, begin = self._reaching(first, stop)
        return (running[stop - begin] - running[first - begin]) / self._below

    def mean(self, stop: int, n: int) -> float:
        """Of the n rows before `stop`; the sum rounded once, then divided."""
        return self.sum(stop - n, stop) / n

    def _reaching(self, first: int, stop: int) -> tuple[list[int], int]:
        """The running sum, and of which row its first is, once it holds those of `first` and `stop`."""
        if not self._running or first < self._first:
            self._first, self._running = max(first - _BLOCK, 0), [0]
        if stop - self._first >= len(self._running):
            self._add_until(min(stop + _BLOCK, len(self._values)))
        return self._running, self._first

    def _add_until(self, stop: int) -> None:
        mantissas, exponents = np.frexp(self._values)
        lowest = min(int(exponents.min()), 53)
        self._below = 1 << (53 - lowest)
        rows = slice(self._first + len(self._running) - 1, stop)
        digits = np.ldexp(mantissas[rows], 53).astype(np.int64)  # a float has 53 binary digits
        wholes = map(lshift, digits.tolist(), (exponents[rows] - lowest).tolist())
        self._running += list(accumulate(wholes, initial=self._running[-1]))[1:]
