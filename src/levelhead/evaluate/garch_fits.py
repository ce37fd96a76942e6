"""GJR-GARCH(1,1) with Student t errors, fitted once a year on the returns before it: what a diligent desk has without us."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import MissingPart
from levelhead.evaluate.returns import Returns
from levelhead.kernels.garch import variances

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FIT_BARS = 2500  # the latest returns a fit sees
LEAST_BARS = 500  # with fewer before it a year has no fit
LEAST_FREEDOM = 3  # a variance exists
HEAVIEST = 0.5  # what freedom beyond 4 is held at from below, where the fourth moment is asked for


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """Row t, known at bar t: variance of the next return, shape (n,), NaN before the first fit; parameters omega, alpha, gamma,
    beta, (n, 4); freedom of the errors' t, (n,)."""

    variance: FloatArray
    parameters: FloatArray
    freedom: FloatArray

    def over(self, rows: IntArray, sessions: IntArray) -> tuple[FloatArray, IntArray]:
        """Variance of the sum of the next `sessions` returns after each row, and the degrees of its t.

        E v[k+1] = omega + (alpha + gamma / 2 + beta) E v[k], summed. The sum of h errors is taken for a t of the same
        excess kurtosis: 4 + h (freedom - 4) degrees, rounded; one error keeps its own. rows -1 give NaN.
        """
        omega, alpha, gamma, beta = self.parameters[rows].T
        staying = np.minimum(alpha + gamma / 2.0 + beta, 1.0 - 1e-9)
        level = omega / (1.0 - staying)
        carried = (1.0 - staying**sessions) / (1.0 - staying)
        total = np.where(rows >= 0, sessions * level + (self.variance[rows] - level) * carried, np.nan)
        own = np.nan_to_num(self.freedom[rows], nan=8.0)
        freedom = np.where(sessions == 1, own, 4.0 + sessions * np.maximum(own - 4.0, HEAVIEST))
        return total, np.maximum(np.round(np.minimum(freedom, 1e5)), LEAST_FREEDOM).astype(np.int64)


def fitted(returns: Returns) -> Fitted:
    """The fits of every year that has at least 500 returns before it. Raises MissingPart where `arch` is not installed.

    A fit that does not settle leaves last year's in force; about 40 ms a year.
    """
    n = len(returns)
    parameters, freedom = np.full((n, 4), np.nan), np.full(n, np.nan)
    years = returns.days.astype("datetime64[Y]")
    starts = np.flatnonzero(np.r_[True, years[1:] != years[:-1]])
    latest: tuple[FloatArray, float] | None = None
    for begin, end in zip(starts.tolist(), [*starts[1:].tolist(), n], strict=True):
        if begin > LEAST_BARS:
            latest = _fit(returns.log[max(1, begin - FIT_BARS) : begin]) or latest
        if latest is not None:
            parameters[begin:end], freedom[begin:end] = latest
    return Fitted(variance=_forecasts(returns.log, parameters), parameters=parameters, freedom=freedom)


def _forecasts(log: FloatArray, parameters: FloatArray) -> FloatArray:
    forecast = np.full(len(log), np.nan)
    known = np.flatnonzero(np.isfinite(parameters[:, 0]))
    if len(known):
        first = int(known[0])
        forecast[first:] = variances(log[first:], parameters[first:], float(np.mean(log[1:first] ** 2)))
    return forecast


def _fit(log: FloatArray) -> tuple[FloatArray, float] | None:
    try:
        from arch import arch_model
    except ImportError:
        raise MissingPart("The baseline 'gjr_garch' needs the library arch: pip install 'levelhead[sample]'.") from None
    if not log.any():
        return None
    scale = 1.0 / float(log.std())
    result = arch_model(log * scale, mean="Zero", p=1, o=1, q=1, dist="t", rescale=False).fit(disp="off", show_warning=False)
    omega, alpha, gamma, beta, freedom = (float(result.params[k]) for k in ("omega", "alpha[1]", "gamma[1]", "beta[1]", "nu"))
    if result.convergence_flag != 0 or not alpha + gamma / 2.0 + beta < 1.0 or not math.isfinite(freedom):
        return None
    return np.array([omega / scale**2, alpha, gamma, beta]), freedom
