"""From what was said and what happened to what should have been said: maps of a probability onto itself."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEAST = 1e-4  # probabilities nearer to 0 or 1 are held there: a logarithm is taken
STEPS = 50
ROUNDS = 1000
SETTLED = 1e-9


class Steps(NamedTuple):
    """A map that never falls: at `said`, ascending, `meant`; between them straight lines, beyond them the ends. Shape (k,)."""

    said: FloatArray
    meant: FloatArray


def isotonic(said: FloatArray, happened: FloatArray) -> Steps:
    """The never falling map of least squared error, ties pooled: equal probabilities are one point, weighing their number.

    said: probabilities, shape (n,). happened: 0 or 1. Pool adjacent violators: Ayer, M., Brunk, H. D., Ewing, G. M., Reid, W. T.
    and Silverman, E. (1955), Annals of Mathematical Statistics 26(4), 641-647. Without pooling ties, rounded probabilities
    show an error that is not there (Dimitriadis, T., Gneiting, T. and Jordan, A. I. (2021), PNAS 118(8)).
    """
    points, place, counts = np.unique(said, return_inverse=True, return_counts=True)
    sums: NDArray[Any] = np.bincount(place.ravel(), weights=happened, minlength=len(points))
    return never_falling(points, sums, counts)


def never_falling(points: FloatArray, sums: NDArray[Any], counts: NDArray[np.int64]) -> Steps:
    """The same of rows counted already: at each of the ascending points, how many there were and what came of them in sum."""
    blocks: list[list[float]] = []  # first point, last point, sum, count
    for point, total, count in zip(points.tolist(), sums.tolist(), counts.tolist(), strict=True):
        blocks.append([point, point, total, float(count)])
        while len(blocks) > 1 and blocks[-2][2] * blocks[-1][3] >= blocks[-1][2] * blocks[-2][3]:
            _, last, more, further = blocks.pop()
            blocks[-1][1] = last
            blocks[-1][2] += more
            blocks[-1][3] += further
    ends = [(edge, block[2] / block[3]) for block in blocks for edge in dict.fromkeys(block[:2])]
    return Steps(*(np.array(column) for column in zip(*ends, strict=True)))


def never_falling_rows(sums: FloatArray, counts: NDArray[Any]) -> FloatArray:
    """`never_falling` at the points themselves, for many rows at once: sums (rows, k), counts (k,), above 0; shape (rows, k).

    By the largest of the smallest means: at i the maximum over a <= i of the minimum over b >= i of the mean from a to b. Barlow,
    R. E., Bartholomew, D. J., Bremner, J. M. and Brunk, H. D. (1972), Statistical Inference under Order Restrictions, 1.4.
    """
    k = len(counts)
    total = np.concatenate([np.zeros((len(sums), 1)), np.cumsum(sums, axis=1)], axis=1)
    number = np.concatenate([[0.0], np.cumsum(counts)])
    outside = np.arange(k)[:, None] > np.arange(k)  # from a to a b before it
    weight = number[None, 1:] - number[:-1, None]
    means = (total[:, None, 1:] - total[:, :-1, None]) / np.where(outside, 1.0, weight)
    means[:, outside] = np.inf
    smallest = np.minimum.accumulate(means[:, :, ::-1], axis=2)[:, :, ::-1]
    smallest[:, outside] = -np.inf
    fitted: FloatArray = smallest.max(axis=1)
    return fitted


def stepped(said: FloatArray, steps: Steps) -> FloatArray:
    """The map applied."""
    return np.interp(said, steps.said, steps.meant)


def beta_fit(said: FloatArray, happened: FloatArray, *, ridge: float) -> FloatArray:
    """a, b, c of logit(meant) = a log(said) - b log(1 - said) + c, drawn towards 1, 1, 0, which changes nothing.

    Logistic regression by Newton steps, minus log likelihood plus ridge/2 times the squared distance to (1, 1, 0). Kull, M.,
    Silva Filho, T. and Flach, P. (2017), AISTATS, PMLR 54, 623-631; with a = b it is Platt's map of the log odds.
    """
    p = np.clip(said, LEAST, 1.0 - LEAST)
    columns = np.column_stack([np.log(p), -np.log1p(-p), np.ones(len(p))])
    start = np.array([1.0, 1.0, 0.0])
    fitted = start.copy()
    for _ in range(STEPS):
        meant = 1.0 / (1.0 + np.exp(-columns @ fitted))
        slope = columns.T @ (meant - happened) + ridge * (fitted - start)
        curve = (columns * (meant * (1.0 - meant))[:, None]).T @ columns + ridge * np.eye(3)
        step = np.linalg.solve(curve, slope)
        fitted -= step
        if float(np.abs(step).max()) < SETTLED:
            break
    return fitted


def beta_mapped(said: FloatArray, fitted: FloatArray) -> FloatArray:
    """The map of `beta_fit` applied."""
    p = np.clip(said, LEAST, 1.0 - LEAST)
    meant: FloatArray = 1.0 / (1.0 + np.exp(-(fitted[0] * np.log(p) - fitted[1] * np.log1p(-p) + fitted[2])))
    return meant


def linear_weights(said: FloatArray, happened: NDArray[np.int64], start: FloatArray, *, prior: float) -> FloatArray:
    """Weights, summing to 1, of a linear pool: shape (members,).

    said: (n, members, outcomes). happened: the outcome that came, (n,). start: weights believed in beforehand, worth `prior`
    cases. Expectation maximisation of the log score (Dempster, A. P., Laird, N. M. and Rubin, D. B. (1977), Journal of the
    Royal Statistical Society B 39(1), 1-38; of forecasts: Raftery, A. E. et al. (2005), Monthly Weather Review 133(5), 1155-1174).
    """
    chance = np.clip(said[np.arange(len(happened)), :, happened], LEAST, 1.0)
    weights = start.copy()
    for _ in range(ROUNDS):
        mixed = chance * weights
        share = (mixed / mixed.sum(axis=1, keepdims=True)).sum(axis=0)
        new: FloatArray = (share + prior * start) / (len(happened) + prior)
        if float(np.abs(new - weights).max()) < SETTLED:
            return new
        weights = new
    return weights


def pooled(said: FloatArray, weights: FloatArray) -> FloatArray:
    """The linear pool: shape (n, outcomes) of said (n, members, outcomes).

    Stone, M. (1961), Annals of Mathematical Statistics 32(4), 1339-1342.
    """
    mixed: FloatArray = np.einsum("m,nmk->nk", weights, said)
    return mixed
