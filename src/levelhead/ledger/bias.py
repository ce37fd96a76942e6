"""What became of a bias: its sign and size against the instrument's own drift.

The log return over the horizon, less as many times the mean log return of the instrument's past up to the note's day, in standard
deviations of the horizon. Within a quarter of one nothing has happened: a neutral bias is right, any other neither.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import previous_closes
from levelhead.domain.bars import Bars
from levelhead.kernels.paths import FloatArray

NEUTRAL = 0.25  # standard deviations of the horizon
YEAR = 252  # bars that make up a standard deviation where a note says none
RIGHT, WRONG, NEITHER = 0, 1, 2


class Past(NamedTuple):
    """Log returns of an instrument up to each bar: their mean, and the standard deviation of the last year of them, shape (n,)."""

    drift: FloatArray
    sigma: FloatArray


def past_of(bars: Bars) -> Past:
    """The past of every bar; row t knows bars up to t alone. The gaps of rolls are left out, and returns of prices not above zero.

    NaN where fewer than two returns are known.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        returns = np.log(bars.close / previous_closes(bars))
    is_known = np.isfinite(returns)
    returns = np.where(is_known, returns, 0.0)
    count, sums, squares = np.cumsum(is_known), np.cumsum(returns), np.cumsum(returns**2)
    first = np.maximum(np.arange(len(returns)) - YEAR, 0)
    recent = np.maximum(count - count[first], 1)
    variance = np.maximum((squares - squares[first]) / recent - ((sums - sums[first]) / recent) ** 2, 0.0)
    is_enough = count > 1
    drift = np.where(is_enough, sums / np.maximum(count, 1), np.nan)
    return Past(drift, np.where(is_enough, np.sqrt(variance), np.nan))


def moves(start: FloatArray, close: FloatArray, drift: FloatArray, sigma: FloatArray, sessions: int) -> FloatArray:
    """The return from start to close less the drift, in sigma: shape of start; NaN where it cannot be told.

    drift: a session's. sigma: the horizon's.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        found: FloatArray = (np.log(close / start) - sessions * drift) / sigma
    return np.where(np.isfinite(found), found, np.nan)


def bias_outcomes(lean: FloatArray, move: FloatArray) -> NDArray[np.int64]:
    """The code of each bias, shape (biases,): RIGHT, WRONG or NEITHER."""
    is_still = np.abs(move) <= NEUTRAL
    is_right = np.where(lean == 0, is_still, lean * move > 0)
    return np.where(is_still & (lean != 0), NEITHER, np.where(is_right, RIGHT, WRONG))


def bias_of_move(lean: float, move: float) -> str:
    """The same for one bias, in words."""
    if abs(move) <= NEUTRAL:
        return "right" if lean == 0 else "neither"
    return "wrong" if lean == 0 or (lean > 0) != (move > 0) else "right"
