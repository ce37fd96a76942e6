"""Volatility from closes alone: RiskMetrics' average, and the asymmetric GARCH that `arch` fits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, MissingPart
from levelhead.forecast.beside import Beside
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import measured
from levelhead.kernels.garch import clustering, variances
from levelhead.kernels.paths import Scale

FloatArray = NDArray[np.float64]

DECAY = 0.94  # RiskMetrics Technical Document (1996), table 5.8
FIRST_BARS = 20  # the variance before the first bar is their mean squared return, known from the last of them on
REFIT = 63  # bars between two fits of the GARCH
FIT_BARS = 2000  # the latest bars a fit sees
USUAL = (0.02, 0.03, 0.1, 0.9)  # omega as a share of the mean variance, alpha, gamma, beta: until a fit is possible


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GarchHistory:
    """A VolatilityHistory of a recursion on squared returns. parameters: omega, alpha, gamma, beta of each row, (n, 4)."""

    skipped: int
    log_variance: FloatArray
    parameters: FloatArray
    expected: FloatArray
    moves: FloatArray
    settings: Settings
    said: str

    def __len__(self) -> int:
        return len(self.log_variance)

    def ahead(self, row: int, sessions: int) -> Scale:
        """As VolatilityHistory says."""
        highest = float(self.log_variance[: row + 1].max()) + 2.0 * math.log(self.settings.highest)
        return clustering(self.parameters[row], math.exp(self.expected[row]), highest)

    def words(self, row: int) -> str:
        """As VolatilityHistory says."""
        return f"{self.said}, from {row + 1:,} bars"


def ewma_history(bars: Bars, settings: Settings, beside: Beside) -> GarchHistory:
    """The exponentially weighted mean of squared close-to-close returns, each weighing 0.94 of its successor.

    J. P. Morgan (1996), RiskMetrics Technical Document, 4th edition, section 5.2. Raises as `measured` does.
    """
    _alone("ewma", beside)
    seen = measured(bars, settings)
    parameters = np.tile([0.0, 1.0 - DECAY, 0.0, DECAY], (len(seen.log_variance), 1))
    said = f"an exponentially weighted mean of squared returns (RiskMetrics, {DECAY:g} a bar)"
    return _history(bars, settings, seen.skipped, seen.log_variance, seen.moves, parameters, said)


def gjr_history(bars: Bars, settings: Settings, beside: Beside) -> GarchHistory:
    """GJR-GARCH(1,1) with Student t errors, refitted by `arch` every 63 bars on the latest 2,000 before.

    Glosten, Jagannathan and Runkle (1993), Journal of Finance 48(5), 1779-1801. About 30 ms a fit. Raises as `measured` does, and
    MissingPart where arch is not installed.
    """
    _alone("gjr_garch", beside)
    seen = measured(bars, settings)
    count = len(seen.log_variance) - (bars.provisional is not None)
    returns = seen.moves[:count, 3]
    parameters = np.empty((len(seen.log_variance), 4))
    latest = np.array(USUAL)
    latest[0] *= float(np.mean(seen.moves[1 : FIRST_BARS + 1, 3] ** 2))
    parameters[: settings.least_bars] = latest
    for row in range(settings.least_bars, len(parameters), REFIT):
        if row <= count:
            latest = _fitted(returns[max(1, row - FIT_BARS) : row], latest)
        parameters[row : row + REFIT] = latest
    said = f"a GJR-GARCH(1,1) with Student t errors, refitted every {REFIT} bars on the latest {FIT_BARS:,}"
    return _history(bars, settings, seen.skipped, seen.log_variance, seen.moves, parameters, said)


def _fitted(returns: FloatArray, before: FloatArray) -> FloatArray:
    """omega, alpha, gamma, beta of a maximum likelihood fit; those `before` where it finds none or one that explodes."""
    try:
        from arch import arch_model
    except ImportError:
        raise MissingPart("The volatility model 'gjr_garch' needs the library arch: pip install 'levelhead[sample]'.") from None
    scale = 1.0 / float(returns.std()) if returns.any() else 1.0
    result = arch_model(returns * scale, mean="Zero", p=1, o=1, q=1, dist="t", rescale=False).fit(disp="off", show_warning=False)
    omega, alpha, gamma, beta = (float(result.params[name]) for name in ("omega", "alpha[1]", "gamma[1]", "beta[1]"))
    if result.convergence_flag != 0 or not alpha + gamma / 2.0 + beta < 1.0:
        return before
    return np.array([omega / scale**2, alpha, gamma, beta])


def _history(
    bars: Bars,
    settings: Settings,
    skipped: int,
    log_variance: FloatArray,
    moves: FloatArray,
    parameters: FloatArray,
    said: str,
) -> GarchHistory:
    returns = moves[:, 3].copy()
    first = float(np.mean(moves[1 : FIRST_BARS + 1, 3] ** 2)) or float(np.exp(log_variance[0]))
    variance = variances(returns, parameters, first)
    if bars.provisional is not None:
        # what an unfinished session has not moved yet says nothing: it counts as a usual one, or more if it moved more
        returns[-1] = math.copysign(max(abs(returns[-1]), math.sqrt(variance[-2])), returns[-1])
        variance = variances(returns, parameters, first)
    return GarchHistory(
        skipped=skipped,
        log_variance=log_variance,
        parameters=parameters,
        expected=np.log(variance),
        moves=moves,
        settings=settings,
        said=said,
    )


def _alone(name: str, beside: Beside) -> None:
    if beside.series or beside.donors:
        raise BadSettings(
            f"The volatility model {name!r} uses no implied volatility, yields or donors; leave them out, or take the model 'har'."
        )
