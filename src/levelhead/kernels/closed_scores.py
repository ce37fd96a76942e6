"""Continuous ranked probability scores of distributions with a formula, in the value's own unit; lower is better.

`error` is the value that came less the distribution's centre, `spread` its standard deviation, > 0; all of shape (n,).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.student import NEARLY_NORMAL

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def normal_share(z: FloatArray) -> FloatArray:
    """The standard normal's chance of lying below z, shape of z."""
    shares = [0.5 * math.erfc(-each / math.sqrt(2.0)) for each in np.ravel(z).tolist()]
    return np.reshape(np.array(shares), np.shape(z))


def student_share(z: FloatArray, freedom: IntArray) -> FloatArray:
    """The chance that Student's t of `freedom` degrees, 2 or more, lies below z, both of shape (n,).

    The finite sums of `student.within`, for all rows of the same degrees at once.
    """
    shares = np.empty(len(z))
    for v in np.unique(freedom).tolist():
        rows = freedom == v
        shares[rows] = 0.5 + np.copysign(0.5 * _within(np.abs(z[rows]), v), z[rows])
    return shares


def unit_scale(freedom: IntArray) -> FloatArray:
    """What Student's t of `freedom` > 2 degrees is multiplied with so that its standard deviation is 1."""
    scale: FloatArray = np.sqrt((freedom - 2.0) / freedom)
    return scale


def crps_normal(error: FloatArray, spread: FloatArray) -> FloatArray:
    """Of a normal distribution: spread (z (2 F(z) - 1) + 2 f(z) - 1 / sqrt(pi)), z = error / spread.

    Gneiting, T., Raftery, A. E., Westveld, A. H. and Goldman, T. (2005), Monthly Weather Review 133(5), 1098-1118, equation 5.
    """
    z = error / spread
    density = np.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi)
    score: FloatArray = spread * (z * (2.0 * normal_share(z) - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))
    return score


def crps_student(error: FloatArray, spread: FloatArray, freedom: IntArray) -> FloatArray:
    """Of a Student t distribution with `freedom` > 2 degrees, stretched to the standard deviation `spread`.

    Jordan, A., Krueger, F. and Lerch, S. (2019), Journal of Statistical Software 90(12), appendix A.2.
    """
    v = freedom.astype(np.float64)
    scale = spread * unit_scale(freedom)
    z = error / scale
    log_beta = _log_beta(v / 2.0)
    density = np.exp(-log_beta - 0.5 * (v + 1.0) * np.log1p(z**2 / v)) / np.sqrt(v)
    constant = 2.0 * np.sqrt(v) / (v - 1.0) * np.exp(_log_beta(v - 0.5) - 2.0 * log_beta)
    beside = 2.0 * student_share(z, freedom) - 1.0
    score: FloatArray = scale * (z * beside + 2.0 * density * (v + z**2) / (v - 1.0) - constant)
    return score


def _within(reach: FloatArray, freedom: int) -> FloatArray:
    if freedom > NEARLY_NORMAL:
        return 2.0 * normal_share(reach) - 1.0
    angle = np.arctan(reach / math.sqrt(freedom))
    squared, odd = np.cos(angle) ** 2, freedom % 2
    term = np.ones_like(angle)
    total = term.copy()
    for k in range(1, (freedom - odd) // 2):
        term = term * squared * ((2 * k - 1 + odd) / (2 * k + odd))
        total += term
    share: FloatArray = np.sin(angle) * total
    if odd:
        share = 2.0 / math.pi * (angle + np.cos(angle) * share)
    return share


def _log_beta(b: FloatArray) -> FloatArray:
    """Logarithm of the beta function of 1/2 and b."""
    return np.array([math.lgamma(0.5) + math.lgamma(x) - math.lgamma(x + 0.5) for x in b.tolist()])
