"""Placebos: random dates matched on volatility, and how far the cases stand from them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class Against(NamedTuple):
    """Means of measures against those of placebo draws: mean and standard deviation of the draws, shape (measures,), and p."""

    mean: FloatArray
    spread: FloatArray
    p: float


def apart(rows: IntArray, span: int) -> IntArray:
    """Of ascending rows the first, and then each that lies at least `span` after the last one taken: windows that do not overlap.

    Whether a row is taken depends on the rows before it alone.
    """
    taken: list[int] = []
    free = -1
    for row in rows.tolist():
        if row >= free:
            taken.append(row)
            free = row + span
    return np.array(taken, dtype=np.int64)


def strata_of(values: FloatArray, usable: BoolArray, count: int) -> IntArray:
    """To which of `count` equal parts of the usable values each belongs, 0 the lowest; -1 where it is not usable. Shape (n,)."""
    strata = np.full(len(values), -1, dtype=np.int64)
    rows = np.flatnonzero(usable)
    if len(rows):
        edges = np.quantile(values[rows], np.arange(1, count) / count)
        strata[rows] = np.searchsorted(edges, values[rows], side="right")
    return strata


def matched_means(values: FloatArray, strata: IntArray, counts: IntArray, *, span: int, draws: int, seed: int) -> FloatArray:
    """Means over random rows as many of each stratum as a case has, none within `span` of another: (cases, draws, measures).

    values: (n, measures). strata: (n,), -1 where a row may not be drawn. counts: (cases, strata), how many rows of each stratum.
    For each draw the rows are cut into slots of `span` that begin at a random one, and slots are drawn by their first row without
    being put back; where a stratum has fewer slots than are asked for, all of them stand for it. All cases see the same draws.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    cases, parts = counts.shape
    found = np.zeros((draws, cases, values.shape[1]))
    begins = np.bincount(generator.integers(0, span, draws), minlength=span)
    ends = np.cumsum(begins)
    for begin, end in enumerate(ends.tolist()):
        of_begin = found[end - begins[begin] : end]
        slots = np.arange(begin, len(values), span)
        weight = np.zeros(cases)
        for part in range(parts):
            rows = slots[strata[slots] == part]
            took = np.minimum(counts[:, part], len(rows))
            most = int(took.max(initial=0))
            if not most or not len(of_begin):
                continue
            order = generator.permuted(np.broadcast_to(rows, (len(of_begin), len(rows))), axis=1)
            running = np.cumsum(values[order[:, :most]], axis=1)
            share = np.where(took > 0, counts[:, part], 0)
            sums = running.take(np.maximum(took, 1) - 1, axis=1)
            sums *= (share / np.maximum(took, 1))[:, None]
            of_begin += sums
            weight += share
        of_begin /= np.where(weight > 0, weight, np.nan)[:, None]
    return found.transpose(1, 0, 2)


def against(means: FloatArray, draws: FloatArray) -> Against:
    """How often a draw lies as far from the draws' mean as `means` do, in whichever measure is farther by its own deviation.

    means: (measures,). draws: (draws, measures), rows with NaN left out. p counts the means themselves as one more draw: it is
    never 0. A measure that never differs among the draws tells nothing, unless the means differ from it.
    """
    known = draws if np.isfinite(draws.sum()) else draws[np.isfinite(draws).all(axis=1)]
    mean, spread = known.mean(axis=0), known.std(axis=0)
    yard = np.where(spread > 1e-12, spread, 1e-12)
    far = float((np.abs(means - mean) / yard).max())
    fars = (np.abs(known - mean) / yard).max(axis=1)
    return Against(mean, spread, (1.0 + float((fars >= far * (1.0 - 1e-9)).sum())) / (len(known) + 1.0))


def holm(p: FloatArray) -> FloatArray:
    """Corrected p values, shape (n,): with at most the chance `level` any of them is at most `level` where nothing is so.

    Holm, S. (1979), Scandinavian Journal of Statistics 6(2), 65-70: valid however the tests depend on each other.
    """
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(steps, 1.0)
    return corrected
