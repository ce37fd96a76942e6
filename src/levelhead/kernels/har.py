"""Heterogeneous autoregression: tomorrow's log variance from averages of the past over a day, a week, a month, a quarter.

Corsi, F. (2009), Journal of Financial Econometrics 7(2), 174-196; with fading instead of plain averages as in Bollerslev, T.,
Hood, B., Huss, J. and Pedersen, L. H. (2018), Review of Financial Studies 31(7), 2729-2773, which makes the forecast a short
recursion that can be carried along a path; and with averages of past falls, after which markets move more (Corsi, F. and
Reno, R. (2012), Journal of Business & Economic Statistics 30(3), 368-380).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.volatility import fading_mean, running_mean

FloatArray = NDArray[np.float64]

FALL_SPAN = 10
FALL_LIMIT = 4.0
CHUNK = 2048  # rows of the fit held at once: a file of millions of rows is fitted in bounded memory


class Features(NamedTuple):
    """What the forecast of the next bar is made of; row t knows bars up to t.

    level: running mean of the log variance, shape (n,). columns: for each span the fading mean of the log variance less the
    level, then for each span the fading mean of falls, then whatever else was known, then 1; shape (n, 2 spans + known + 1).
    """

    level: FloatArray
    columns: FloatArray


class Response(NamedTuple):
    """How log variance moves over the sessions to come, each array of shape (sessions,), less the level.

    expected: its forecast if every coming bar is as expected. to_surprise, to_fall: what one unit of a bar's surprise in log
    variance, or of its fall in standard deviations, adds to it 1, 2, ... sessions later.
    """

    expected: FloatArray
    to_surprise: FloatArray
    to_fall: FloatArray


def falls(returns: FloatArray, log_variance: FloatArray) -> FloatArray:
    """Log returns with their sign turned, in units of the usual daily move known the day before, within -4 and 4.

    A fall of two usual days is 2, a rise of one is -1. Row 0 has no return before it: 0 where returns[0] is 0.
    """
    usual = np.exp(0.5 * fading_mean(log_variance, FALL_SPAN))
    usual[1:] = usual[:-1].copy()
    return np.clip(-returns / usual, -FALL_LIMIT, FALL_LIMIT)


def features(
    log_variance: FloatArray, returns: FloatArray, spans: tuple[int, ...], *, raised: FloatArray | float = 0.0
) -> Features:
    """The features of every bar. log_variance, returns: shape (n,); returns[t] = log(close[t] / close[t-1]), returns[0] = 0.

    raised: what is known of the long run beyond the bars' own mean, in log variance; added to the level.
    """
    level = running_mean(log_variance) + raised
    fall = falls(returns, log_variance)
    moved = [fading_mean(log_variance, span) - level for span in spans]
    fell = [fading_mean(fall, span) for span in spans]
    return Features(level, np.column_stack([*moved, *fell, np.ones(len(level))]))


def beside(columns: FloatArray, known: FloatArray) -> FloatArray:
    """The columns with further ones, shape (n, m), put before the constant."""
    return np.column_stack([columns[:, :-1], known, columns[:, -1]])


def fit_recursively(columns: FloatArray, targets: FloatArray, *, prior: FloatArray, penalty: FloatArray, first: int) -> FloatArray:
    """Least squares refitted at every bar, drawn towards `prior`: coefficients of shape (n, k).

    Row t minimises sum over s in [first, t-1] of (targets[s+1] - columns[s] . b)^2 + sum over j of penalty[j] (b[j] - prior[j])^2:
    what was known at s against what came at s + 1 <= t. Until such a pair exists it is the prior. columns: (n, k). targets:
    (n,), targets[0] unused. prior: (k,), or (n, k), a prior for each row. penalty: (k,), > 0. Sums are taken bar by bar, so a
    longer history changes no row.
    """
    n = len(columns)
    fitted = np.tile(prior, (n, 1)) if prior.ndim == 1 else prior.copy()
    moved = penalty * (fitted - fitted[0])
    square, product = np.diag(penalty), penalty * fitted[0]
    for begin in range(first, n - 1, CHUNK):
        known, came = columns[begin : min(begin + CHUNK, n - 1)], targets[begin + 1 : begin + CHUNK + 1]
        squares = np.cumsum(np.concatenate([square[None], known[:, :, None] * known[:, None, :]]), axis=0)
        products = np.cumsum(np.concatenate([product[None], known * came[:, None]]), axis=0)
        drawn = products[1:] + moved[begin + 1 : begin + CHUNK + 1]
        fitted[begin + 1 : begin + CHUNK + 1] = np.linalg.solve(squares[1:], drawn[:, :, None])[:, :, 0]
        square, product = squares[-1], products[-1]
    return fitted


def respond(
    coefficients: FloatArray, latest: FloatArray, spans: tuple[int, ...], sessions: int, motion: FloatArray | None = None
) -> Response:
    """How a fitted row answers over `sessions` bars. coefficients, latest: one row of the fit and of `columns`, shape (k,).

    The fading means follow mean' = mean + a (value - mean), a = 2 / (span + 1). What else was known follows its own fit,
    `motion`, shape (known, k + 2): its next value from the columns, then from the coming bar's surprise and fall. Together a
    linear recursion of few numbers, run here three times side by side, from the state as it is and from a unit of either shock.
    """
    count = len(spans)
    pace = 2.0 / (np.array(spans) + 1.0)
    weights, constant = coefficients[:-1], float(coefficients[-1])
    known = len(weights) - 2 * count
    moves = np.zeros((known, len(weights) + 3)) if motion is None else motion
    step = np.diag(np.concatenate([1.0 - pace, 1.0 - pace, np.zeros(known)]))
    step[:count] += pace[:, None] * weights
    step[2 * count :] = moves[:, :-3]
    still = np.zeros(count)
    to_moves, to_falls = np.concatenate([pace, still, moves[:, -2]]), np.concatenate([still, pace, moves[:, -1]])
    drift = np.concatenate([constant * pace, still, moves[:, -3]])
    state = np.column_stack([latest[:-1], to_moves, to_falls])
    rows = np.empty((sessions, 3))
    for j in range(sessions):
        rows[j] = weights @ state
        state = step @ state
        state[:, 0] += drift
    rows[:, 0] += constant
    return Response(*np.ascontiguousarray(rows.T))
