"""One series against another, bar by bar on the dates that both have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
RowArray = NDArray[np.intp]


def common_rows(times: NDArray[np.datetime64], others: NDArray[np.datetime64]) -> tuple[RowArray, RowArray]:
    """Rows of the times that both have, in each; both ascending and without repeats."""
    _, ours, theirs = np.intersect1d(times, others, assume_unique=True, return_indices=True)
    return ours, theirs


def return_gap(closes: FloatArray, peers: FloatArray, bars: int) -> FloatArray:
    """Return of `closes` over `bars` rows less that of `peers`, as a fraction; from row `bars`. Prices > 0."""
    result = np.full(len(closes), np.nan)
    if len(closes) > bars:
        result[bars:] = closes[bars:] / closes[:-bars] - peers[bars:] / peers[:-bars]
    return result


def deviation(gaps: FloatArray) -> float:
    """Root mean square of one-session return gaps: their standard deviation about no difference at all; >= 0."""
    return float(np.sqrt(np.mean(gaps**2)))
