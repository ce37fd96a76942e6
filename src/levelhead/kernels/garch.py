"""Variance as a recursion on squared returns: RiskMetrics' average and the asymmetric GARCH of Glosten, Jagannathan and Runkle.

    v[t+1] = omega + (alpha + gamma [r[t] < 0]) r[t]^2 + beta v[t]

Bollerslev, T. (1986), Journal of Econometrics 31(3), 307-327; Glosten, L. R., Jagannathan, R. and Runkle, D. E. (1993), Journal of
Finance 48(5), 1779-1801. With omega = gamma = 0 and alpha = 1 - beta it is the exponentially weighted average of J. P. Morgan
(1996), RiskMetrics Technical Document, section 5.2, whose beta for daily returns is 0.94.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.paths import IntArray, Pool, Scale

FloatArray = NDArray[np.float64]
OMEGA, ALPHA, GAMMA, BETA = range(4)


def variances(returns: FloatArray, parameters: FloatArray, first: float) -> FloatArray:
    """The variance forecast at each bar for the next, shape (n,): row t knows returns up to t.

    returns: (n,). parameters: omega, alpha, gamma, beta of each row, shape (n, 4): row t's carry row t's return. first: the
    variance believed in before the first bar, > 0.
    """
    variance, forecasts = first, []
    for r, (omega, alpha, gamma, beta) in zip(returns.tolist(), parameters.tolist(), strict=True):
        variance = omega + (alpha + gamma * (r < 0.0)) * r * r + beta * variance
        forecasts.append(variance)
    return np.array(forecasts)


def clustering(parameters: FloatArray, variance: float, highest: float) -> Scale:
    """The same recursion along simulated paths, from the forecast `variance` of their first bar.

    parameters: omega, alpha, gamma, beta. highest: bound of the log variance. For `kernels.paths.walk`.
    """
    omega, alpha, gamma, beta = parameters.tolist()
    bound = math.exp(highest)

    def scale(rows: IntArray, pool: Pool) -> FloatArray:
        squared = pool.close**2
        news = (alpha + gamma * (pool.close < 0.0)) * squared + beta
        grown = np.empty(rows.shape)
        grown[0] = min(variance, bound)
        for session in range(1, len(rows)):
            np.multiply(grown[session - 1], news[rows[session - 1]], out=grown[session])
            grown[session] += omega
            np.minimum(grown[session], bound, out=grown[session])
        return np.sqrt(grown, out=grown)

    return scale
