"""Placebo worlds: bars made from an instrument's own in which nothing, or no direction, can be known beforehand.

Every world keeps the dates, the first price and the instrument, and a bar stays a bar: low <= open, close <= high. The mean log
return is taken out of each, so that being long pays nothing. What must vanish in which is said by `placebo`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import as_traded, previous_closes
from levelhead.domain.bars import Bars

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

BLOCK = 20  # bars that stay together in the bootstrapped world
STEPS = 64  # moves within a day of the random walk; the extremes between two moves are drawn exactly


class Shapes(NamedTuple):
    """Bars as logarithms over the close before, each of shape (n,)."""

    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray


def shapes_of(bars: Bars) -> Shapes:
    """The bars after the first, rolls' gaps taken out, each shifted so that closes have mean 0."""
    traded = as_traded(bars)
    before = previous_closes(traded)[1:]
    columns = [np.log(column[1:] / before) for column in (traded.open, traded.high, traded.low, traded.close)]
    return Shapes(*(column - columns[3].mean() for column in columns))


def shuffled(shapes: Shapes, generator: np.random.Generator) -> Shapes:
    """The same days in another order: no clusters of volatility, no trend, no memory of any kind."""
    return _rows(shapes, generator.permutation(len(shapes.close)))


def bootstrapped(shapes: Shapes, generator: np.random.Generator) -> Shapes:
    """Blocks of 20 days drawn with replacement: volatility clusters within a block, and nothing reaches from one into the next."""
    n = len(shapes.close)
    starts = generator.integers(0, n, -(-n // BLOCK))
    return _rows(shapes, (starts[:, None] + np.arange(BLOCK)).reshape(-1)[:n] % n)


def mirrored(shapes: Shapes, generator: np.random.Generator) -> Shapes:
    """Every day in its place, turned upside down with chance one half: volatility as it was, direction by the coin."""
    turned = generator.random(len(shapes.close)) < 0.5
    return Shapes(
        open=np.where(turned, -shapes.open, shapes.open),
        high=np.where(turned, -shapes.low, shapes.high),
        low=np.where(turned, -shapes.high, shapes.low),
        close=np.where(turned, -shapes.close, shapes.close),
    )


def random_walk(shapes: Shapes, generator: np.random.Generator) -> Shapes:
    """A Brownian motion of constant volatility, that of the closes, watched all day; a day opens where the last one closed."""
    n = len(shapes.close)
    sigma = float(np.sqrt(np.mean(shapes.close**2)))
    moves = generator.normal(0.0, sigma / np.sqrt(STEPS), (n, STEPS))
    after = np.cumsum(moves, axis=1)
    start = after - moves
    # the highest point of a Brownian bridge: (a + b + sqrt((b - a)^2 - 2 v log U)) / 2
    reach = [np.sqrt(moves**2 - 2.0 * sigma**2 / STEPS * np.log1p(-generator.random((n, STEPS)))) for _ in range(2)]
    return Shapes(
        open=np.zeros(n),
        high=np.maximum(((start + after + reach[0]) / 2.0).max(axis=1), 0.0),
        low=np.minimum(((start + after - reach[1]) / 2.0).min(axis=1), 0.0),
        close=after[:, -1],
    )


WORLDS: Mapping[str, Callable[[Shapes, np.random.Generator], Shapes]] = {
    "random_walk": random_walk,
    "shuffled": shuffled,
    "bootstrapped": bootstrapped,
    "mirrored": mirrored,
}


def world_of(bars: Bars, name: str, *, seed: int = 0) -> Bars:
    """The bars of the placebo world of that name; the same bars and seed, the same world. Volumes go with no day in particular."""
    generator = np.random.Generator(np.random.PCG64([seed, list(WORLDS).index(name)]))
    made = WORLDS[name](shapes_of(bars), generator)
    before = np.concatenate([[0.0], np.cumsum(made.close)[:-1]])
    first = as_traded(bars)
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(first, name)[:1], first.close[0] * np.exp(before + getattr(made, name))])
        for name in Shapes._fields
    }
    columns["high"] = np.maximum.reduce([columns["high"], columns["open"], columns["close"]])
    columns["low"] = np.minimum.reduce([columns["low"], columns["open"], columns["close"]])
    return replace(first, **columns, rolls=(), adjustment="none", frame="as given", feed=f"{bars.feed} ({name})", provisional=None)


def _rows(shapes: Shapes, rows: IntArray) -> Shapes:
    return Shapes(*(column[rows] for column in shapes))
