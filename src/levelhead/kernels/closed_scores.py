"""Continuous ranked probability scores of distributions with a formula, in the value's own unit; lower is better.

Arrays in, arrays out; `error` is the value that came less the distribution's centre, `spread` its standard deviation, > 0.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def crps_normal(error: FloatArray, spread: FloatArray) -> FloatArray:
    """Of a normal distribution: spread (z (2 F(z) - 1) + 2 f(z) - 1 / sqrt(pi)), z = error / spread.

    Gneiting, T., Raftery, A. E., Westveld, A. H. and Goldman, T. (2005), Monthly Weather Review 133(5), 1098-1118, equation 5.
    """
    from scipy.special import ndtr

    z = error / spread
    density = np.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi)
    score: FloatArray = spread * (z * (2.0 * ndtr(z) - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))
    return score


def crps_student(error: FloatArray, spread: FloatArray, freedom: FloatArray) -> FloatArray:
    """Of a Student t distribution with `freedom` > 2 degrees, stretched to the standard deviation `spread`.

    Jordan, A., Krueger, F. and Lerch, S. (2019), Journal of Statistical Software 90(12), appendix A.2.
    """
    from scipy.special import betaln, stdtr

    v = freedom
    scale = spread * np.sqrt((v - 2.0) / v)
    z = error / scale
    log_beta = betaln(0.5, v / 2.0)
    density = np.exp(-log_beta - 0.5 * (v + 1.0) * np.log1p(z**2 / v)) / np.sqrt(v)
    constant = 2.0 * np.sqrt(v) / (v - 1.0) * np.exp(betaln(0.5, v - 0.5) - 2.0 * log_beta)
    score: FloatArray = scale * (z * (2.0 * stdtr(v, z) - 1.0) + 2.0 * density * (v + z**2) / (v - 1.0) - constant)
    return score
