"""How sure a mean is when its rows are not independent: windows overlap, and rows share days."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.student import reach, within

FloatArray = NDArray[np.float64]

DRAWS = 2000
LEVEL = 0.9
MOST_BLOCKS = 120  # more of them sharpen nothing and cost time; blocks are lengthened instead


class Interval(NamedTuple):
    """A mean (or ratio of sums), the ends of its interval and its standard error; NaN where there are fewer than two blocks."""

    mean: float
    low: float
    high: float
    error: float


class Compared(NamedTuple):
    """Mean difference of two scores (negative: the first is better), its standard error, t statistic and two-sided p value."""

    mean: float
    error: float
    statistic: float
    p_value: float


class Daily(NamedTuple):
    """Rows that share a day as one: ascending days, sums of each column (days, columns), rows of each day."""

    days: NDArray[np.datetime64]
    sums: FloatArray
    rows: FloatArray


def daily(values: FloatArray, days: NDArray[np.datetime64]) -> Daily:
    """Sums of `values`, shape (n,) or (n, columns), over rows that share a day."""
    columns = values if values.ndim == 2 else values[:, None]
    distinct, place = np.unique(days, return_inverse=True)
    sums = [np.bincount(place.ravel(), weights=column, minlength=len(distinct)) for column in columns.T]
    rows = np.bincount(place.ravel(), minlength=len(distinct)).astype(np.float64)
    return Daily(distinct, np.column_stack(sums) if sums else np.empty((len(distinct), 0)), rows)


def day_means(values: FloatArray, days: NDArray[np.datetime64]) -> tuple[NDArray[np.datetime64], FloatArray]:
    """The mean of the values of each day, and the days ascending."""
    parts = daily(values, days)
    return parts.days, parts.sums[:, 0] / parts.rows


def block_bootstrap(values: FloatArray, block: int, draws: int = DRAWS, seed: int = 0, level: float = LEVEL) -> Interval:
    """The mean of a dependent series (n,) with its interval, resampling circular blocks of `block` rows.

    Politis, D. N. and Romano, J. P. (1992), in LePage and Billard, Exploring the Limits of Bootstrap, 263-270. The percentiles are
    widened for few blocks, as Hesterberg, T. C. (2015), The American Statistician 69(4), 371-386 widens them for few rows.
    Let `block` be at least twice the rows that one window overlaps (`block_length`): shorter ones see too little of the dependence.
    """
    return ratio_bootstrap(values, np.ones(len(values)), block, draws=draws, seed=seed, level=level)


def ratio_bootstrap(
    above: FloatArray, below: FloatArray, block: int, *, draws: int = DRAWS, seed: int = 0, level: float = LEVEL
) -> Interval:
    """Sum of `above` over sum of `below`, both (n,), as `block_bootstrap`: a mean of days of unequal rows, or a skill's ratio."""
    n = len(above)
    if n == 0 or not below.sum():
        return Interval(math.nan, math.nan, math.nan, math.nan)
    mean = float(above.sum() / below.sum())
    length = min(max(block, -(-n // MOST_BLOCKS)), n)
    if n < 2 * length:
        return Interval(mean, math.nan, math.nan, math.nan)
    sums = block_sums(np.column_stack([above, below]), length, draws=draws, seed=seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = sums[:, 0] / sums[:, 1]
    ratios = ratios[np.isfinite(ratios)]
    low, high = np.quantile(ratios, widened(level, n / length))
    return Interval(mean, float(low), float(high), float(ratios.std(ddof=1)))


def block_sums(columns: FloatArray, block: int, *, draws: int = DRAWS, seed: int = 0) -> FloatArray:
    """Sums over resampled rows of columns (n, k), `draws` times: shape (draws, k). Blocks of `block` rows, the end joined to the
    start."""
    n = len(columns)
    running = np.concatenate([np.zeros((1, columns.shape[1])), np.cumsum(np.concatenate([columns, columns[: block - 1]]), axis=0)])
    of_block = running[block:] - running[:-block]
    starts = np.random.Generator(np.random.PCG64(seed)).integers(0, n, size=(draws, round(n / block)))
    return np.column_stack([of_block[:, k][starts].sum(axis=1) for k in range(columns.shape[1])])


def widened(level: float, blocks: float) -> tuple[float, float]:
    """The two quantiles that cover `level` when only so many blocks were resampled: Student's t in place of the normal."""
    far = math.sqrt(blocks / (blocks - 1.0)) * reach(level, max(int(blocks) - 1, 1))
    tail = 0.5 * math.erfc(far / math.sqrt(2.0))
    return tail, 1.0 - tail


def block_length(days: NDArray[np.datetime64], sessions: int) -> int:
    """Rows of a block for windows of `sessions` bars that begin after these ascending distinct days: twice what one overlaps."""
    if len(days) == 0:
        return 1
    at = weekdays_of(days)
    overlapped = np.searchsorted(at, at + weekdays(sessions)) - np.arange(len(at))
    typical = int(np.quantile(overlapped, 0.75))
    return 1 if typical <= 1 else 2 * typical


def weekdays(sessions: int) -> int:
    """Weekdays that hold so many sessions: of 261 in a year ten or so are holidays."""
    return round(sessions * 261 / 251)


def weekdays_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Each day's place in the count of weekdays."""
    return np.busday_count(np.datetime64("1970-01-05"), days.astype("datetime64[D]")).astype(np.int64)


def diebold_mariano(a: FloatArray, b: FloatArray, horizon: int) -> Compared:
    """Whether score a is lower than score b on average, rows in time order, windows overlapping `horizon` rows.

    Diebold, F. X. and Mariano, R. S. (1995), Journal of Business & Economic Statistics 13(3), 253-263 (autocovariances up to
    horizon - 1), with the small-sample factor and Student's t of Harvey, D., Leybourne, S. and Newbold, P. (1997), International
    Journal of Forecasting 13(2), 281-291. Where their estimate of the variance is not positive, Bartlett's weights are used.
    """
    gap = np.asarray(a - b, dtype=np.float64)
    n = len(gap)
    lags = min(max(horizon, 1), n - 1) if n > 1 else 0
    mean = float(gap.mean()) if n else math.nan
    if n < 2:
        return Compared(mean, math.nan, math.nan, math.nan)
    away = gap - mean
    covariances = np.array([away[lag:] @ away[: n - lag] / n for lag in range(lags)])
    variance = covariances[0] + 2.0 * covariances[1:].sum()
    if variance <= 0.0:
        variance = covariances[0] + 2.0 * ((1.0 - np.arange(1, lags) / lags) @ covariances[1:])
    factor = (n + 1.0 - 2.0 * lags + lags * (lags - 1.0) / n) / n
    if variance <= 0.0 or factor <= 0.0:
        return Compared(mean, 0.0 if not away.any() else math.nan, math.nan, math.nan if gap.any() else 1.0)
    error = math.sqrt(variance / n / factor)
    statistic = mean / error
    return Compared(mean, error, statistic, 1.0 - within(statistic, n - 1))
