"""Paths of bars: what may come, drawn from an instrument's own past bars in short blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

TOGETHER = 768  # paths worked on at once: their numbers stay in the processor's cache, and little memory is asked for
SMALL = 262_144  # multiplications up to which OpenBLAS works in one thread; its threads wait on each other on a busy machine


class PathBars(NamedTuple):
    """Simulated bars, float64 prices, each array of shape (paths, sessions); bar j of row i follows its bar j - 1.

    Where only the closes of later sessions are wanted, open, high and low hold the earlier ones alone.
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


Scale = Callable[[IntArray, Pool], FloatArray]  # rows drawn (sessions, paths) and their pool: each bar's standard deviation


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
    return walk(rows, pool, start=start, scale=answering(log_variance, to_surprise, to_fall, highest))


def walk(rows: IntArray, pool: Pool, *, start: float, scale: Scale, whole: int | None = None) -> Simulation:
    """Price paths of the bars drawn, each scaled by its own standard deviation and put behind the close before.

    scale: how volatility moves along the paths, such as `answering` or `kernels.garch.clustering` return it. whole: how many
    sessions have a whole bar; the later ones have a close alone, which is cheaper. All of them, where it is None.
    """
    sessions, paths = rows.shape
    bars = sessions if whole is None else min(whole, sessions)
    edges, closes = np.empty((3, bars, paths)), np.empty((sessions, paths))
    variance = np.zeros(sessions)
    for begin in range(0, paths, TOGETHER):
        some, columns = rows[:, begin : begin + TOGETHER], slice(begin, begin + TOGETHER)
        scaled = scale(some, pool)
        variance += np.einsum("ij,ij->i", scaled, scaled)
        _put_in_a_row(some, pool, scaled, start, edges[:, :, columns], closes[:, columns])
    return Simulation(PathBars(*(column.T for column in (*edges, closes))), variance / paths)


def answering(log_variance: FloatArray, to_surprise: FloatArray, to_fall: FloatArray, highest: float) -> Scale:
    """Volatility whose logarithm is linear in the shocks of the bars drawn, as `simulate` says."""
    sessions = len(log_variance)
    carried = np.stack([carry(to_surprise), carry(to_fall)], axis=2).reshape(sessions, 2 * sessions)
    return lambda rows, pool: _scale(rows, pool, carried, log_variance, highest)


def _scale(rows: IntArray, pool: Pool, carried: FloatArray, log_variance: FloatArray, highest: float) -> FloatArray:
    """The standard deviation of every simulated bar."""
    sessions, paths = rows.shape
    shocks = np.stack([_taken(pool.surprise, rows), _taken(pool.fall, rows)], axis=1).reshape(2 * sessions, paths)
    scale = np.empty((sessions, paths))
    begin = 0
    while begin < sessions:
        end = _end_of_band(begin, sessions, paths)
        np.matmul(carried[begin:end, : 2 * end], shocks[: 2 * end], out=scale[begin:end])
        begin = end
    scale += log_variance[:, None]
    np.minimum(scale, highest, out=scale)
    scale *= 0.5
    return np.exp(scale, out=scale)


def _end_of_band(begin: int, sessions: int, paths: int) -> int:
    """How many sessions to multiply out together: later ones look back on more, and no product is to be large."""
    end = min(begin + 2, sessions)
    while end < sessions and (end + 1 - begin) * 2 * (end + 1) * paths <= SMALL:
        end += 1
    return end


def _put_in_a_row(rows: IntArray, pool: Pool, scale: FloatArray, start: float, edges: FloatArray, closes: FloatArray) -> None:
    """Writes the drawn bars, scaled and each behind the close before it; edges: open, high and low, shape (3, bars, paths)."""
    close = _taken(pool.close, rows)
    close *= scale
    for session in range(1, len(close)):
        close[session] += close[session - 1]
    bars = edges.shape[1]
    for column, drawn in zip(edges, pool[:3], strict=True):
        logs = _taken(drawn, rows[:bars])
        logs *= scale[:bars]
        logs[1:] += close[: bars - 1]
        np.exp(logs, out=column)
    edges *= start
    np.exp(close, out=closes)
    closes *= start


def _taken(column: FloatArray, rows: IntArray) -> FloatArray:
    # 'clip' spares the check of every row; they lie within the pool already
    return np.take(column, rows, mode="clip")
