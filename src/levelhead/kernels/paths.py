"""Paths of bars: what may come, drawn from an instrument's own past bars in short blocks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class PathBars(NamedTuple):
    """Simulated bars, float64 prices, each array of shape (paths, sessions); bar j of row i follows its bar j - 1.

    In memory the paths of one session lie side by side (column-major): work session by session, across all paths at once.
    """

    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray


class Pool(NamedTuple):
    """Past bars to draw from, oldest first, each array of shape (bars,).

    open, high, low, close: logarithms over the previous close, in standard deviations forecast for that very day. surprise:
    log variance of the bar less its forecast, mean 0. fall: the close turned in sign, within bounds; what a bar adds to later
    variance beside its surprise.
    """

    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    surprise: FloatArray
    fall: FloatArray


class Simulation(NamedTuple):
    """bars: the paths. variance: mean over the paths of the variance each session was drawn with, shape (sessions,)."""

    bars: PathBars
    variance: FloatArray


def draw_rows(generator: np.random.Generator, *, size: int, paths: int, sessions: int, block: int) -> IntArray:
    """Which past bar each simulated bar is: rows of the pool, shape (sessions, paths).

    Blocks of `block` consecutive bars, the newest followed by the oldest (the circular block bootstrap: Politis, D. N. and
    Romano, J. P. (1992), in Exploring the Limits of Bootstrap, 263-270). The starts of one block position are spread evenly
    over the past and dealt to the paths at random, so every past bar is used equally often, give or take one: paths agree
    with the past's mean and scale better than independent draws would. Fewer sessions draw the same first rows.
    """
    count = -(-sessions // block)
    rows = np.empty((count, block, paths), dtype=np.int64)
    spread = np.arange(paths)
    for position in range(count):
        even = (spread + generator.random()) * (size / paths)
        rows[position, 0] = generator.permutation(even.astype(np.int64))
    for step in range(1, block):
        rows[:, step] = rows[:, 0] + step
    rows %= size
    return rows.reshape(count * block, paths)[:sessions]


def carry(response: FloatArray) -> FloatArray:
    """The matrix that adds up what earlier bars of a path do to later variance: entry (k, j) = response[k - j - 1] for j < k."""
    sessions = len(response)
    lag = np.arange(sessions)[:, None] - np.arange(sessions)[None, :] - 1
    carried: FloatArray = np.where(lag >= 0, response[np.maximum(lag, 0)], 0.0)
    return carried


def simulate(
    rows: IntArray,
    pool: Pool,
    *,
    start: float,
    log_variance: FloatArray,
    to_surprise: FloatArray,
    to_fall: FloatArray,
    highest: float,
) -> Simulation:
    """Price paths whose volatility answers to the bars drawn.

    Session k of a path is drawn with log variance

        log_variance[k] + sum over earlier sessions j of to_surprise[k-j-1] surprise[j] + to_fall[k-j-1] fall[j],

    at most `highest`; for all paths at once that is one matrix product, since a heterogeneous autoregression in logarithms is
    linear in its shocks. The bar is the drawn one scaled by it, put behind the close before: low <= open, close <= high holds
    because it held in the past. rows: (sessions, paths), rows of the pool. start: the price before the first bar.
    log_variance, to_surprise, to_fall: (sessions,).
    """
    sessions, paths = rows.shape
    shocks = np.empty((2 * sessions, paths))
    np.take(pool.surprise, rows, out=shocks[:sessions], mode="clip")
    np.take(pool.fall, rows, out=shocks[sessions:], mode="clip")
    scale = np.hstack([carry(to_surprise), carry(to_fall)]) @ shocks
    scale += log_variance[:, None]
    np.minimum(scale, highest, out=scale)
    scale *= 0.5
    np.exp(scale, out=scale)
    variance = np.einsum("ij,ij->i", scale, scale) / paths
    work = shocks[:sessions]
    close = np.take(pool.close, rows, mode="clip")
    close *= scale
    np.cumsum(close, axis=0, out=close)
    before = np.vstack([np.zeros((1, paths)), close[:-1]])
    drawn = [_put_behind(before, np.take(column, rows, out=work, mode="clip"), scale, start) for column in pool[:3]]
    np.exp(close, out=close)
    close *= start
    return Simulation(PathBars(*(column.T for column in (*drawn, close))), variance)


def _put_behind(before: FloatArray, drawn: FloatArray, scale: FloatArray, start: float) -> FloatArray:
    prices = drawn * scale
    prices += before
    np.exp(prices, out=prices)
    prices *= start
    return prices
