"""How good what was said turns out: proper scores, one value per row, lower is better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEAST = 1e-4  # a probability below this is scored as this: one 'never' that happens would outweigh every other row for ever


def brier(said: FloatArray, happened: IntArray) -> FloatArray:
    """Squared distance between what was said and what happened, summed over the outcomes: shape (n,).

    said: probabilities, shape (n, k), NaN where a row has fewer outcomes. happened: index of the outcome that came, shape (n,);
    negative where none did, and the score is NaN. Range [0, 2], 0 is perfect; always saying 1/2 of two outcomes costs 1/2.
    Brier, G. W. (1950), Monthly Weather Review 78(1), 1-3.
    """
    total = np.zeros(len(said))
    for k, chance in enumerate(said.T):  # a column at a time: no table of differences is made
        total += np.nan_to_num((chance - (happened == k)) ** 2)
    return _of_known(total, said, happened)


def log_score(said: FloatArray, happened: IntArray, *, least: float = LEAST) -> FloatArray:
    """Minus the natural logarithm of the probability of what came, held at `least` from below: shape (n,). Arguments as `brier`.

    Range [0, -log(least)]. Good, I. J. (1952), Journal of the Royal Statistical Society B 14(1), 107-114. Below `least` it is
    no longer proper; with least=0 a 'never' that happens costs infinity.
    """
    chance = said[np.arange(len(said)), np.maximum(happened, 0)]
    with np.errstate(divide="ignore"):
        return _of_known(-np.log(np.maximum(chance, least)), said, happened)


def ranked(said: FloatArray, happened: IntArray) -> FloatArray:
    """Ranked probability score: squared distance of the cumulated probabilities, for outcomes in an order (down, flat, up).

    Arguments as `brier`. Shape (n,). Range [0, k - 1]; of two outcomes it is half the Brier score here.
    Epstein, E. S. (1969), Journal of Applied Meteorology 8(6), 985-987; not divided
    by k - 1, as Murphy, A. H. (1971), ibid. 10(1), 155-156.
    """
    gaps = np.cumsum(np.nan_to_num(said), axis=1) - np.cumsum(_indicator(said, happened), axis=1)
    return _of_known(np.sum(np.where(np.isnan(said), 0.0, gaps**2), axis=1), said, happened)


def crps(samples: FloatArray, happened: FloatArray, *, is_fair: bool = False) -> FloatArray:
    """Continuous ranked probability score of samples (n, m) against the value that came (n,): shape (n,), in the value's unit.

    E|X - y| - E|X - X'|/2 of the samples as they are; `is_fair` takes them for m draws from the distribution that is judged
    (divides the second term by m - 1, for m). Gneiting, T. and Raftery, A. E. (2007), Journal of the American Statistical
    Association 102(477), 359-378; Ferro, C. A. T. (2014), Quarterly Journal of the Royal Meteorological Society
    140(683), 1917-1923.
    """
    m = samples.shape[1]
    ordered = np.sort(samples, axis=1)
    weights = (2.0 * np.arange(1, m + 1) - m - 1.0) / (m * (max(m - 1, 1) if is_fair else m))
    away: FloatArray = np.abs(samples - happened[:, None]).mean(axis=1)
    # a product of matrices would give a row other last digits among more rows
    score: FloatArray = away - (ordered * weights).sum(axis=1)
    return score


def pit(samples: FloatArray, happened: FloatArray, *, share: FloatArray | float = 0.5) -> FloatArray:
    """Where the value that came lies among the samples (n, m): shape (n,), range (0, 1); uniform when the samples are right.

    (below + share (equal + 1)) / (m + 1): with `share` drawn uniformly the result is exactly uniform, ties or not; 1/2, the middle,
    needs no draw. Czado, C., Gneiting, T. and Held, L. (2009), Biometrics 65(4), 1254-1261.
    """
    value = happened[:, None]
    below, equal = (samples < value).sum(axis=1), (samples == value).sum(axis=1)
    place: FloatArray = (below + share * (equal + 1.0)) / (samples.shape[1] + 1.0)
    place[np.isnan(happened)] = np.nan
    return place


def _indicator(said: FloatArray, happened: IntArray) -> FloatArray:
    """1 at the outcome that came, else 0: shape of said."""
    came: FloatArray = np.where(np.arange(said.shape[1]) == happened[:, None], 1.0, 0.0)
    return came


def _of_known(score: FloatArray, said: FloatArray, happened: IntArray) -> FloatArray:
    """NaN where nothing was said of what came, or nothing came."""
    chance = said[np.arange(len(said)), np.maximum(happened, 0)]
    known: FloatArray = np.where((happened < 0) | np.isnan(chance), np.nan, score)
    return known
