"""The heterogeneous autoregression fitted at every bar: what forecasts volatility unless something else is asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import Series, known_rows
from levelhead.forecast.beside import Beside, known_values
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import Measured, measured
from levelhead.kernels import har
from levelhead.kernels.paths import Scale, answering

FloatArray = NDArray[np.float64]

# What the fit is drawn towards where an implied volatility is known (benchmarks/har_prior.py prints them, for the VIX): its own
# weight, and what it takes from or adds to the others. A regressor follows itself, the surprises and the falls.
IMPLIED_WEIGHT = 0.14
IMPLIED_SHIFT = (0.0, -0.02, -0.05, -0.01, 0.0, -0.02, 0.07, -0.08, 0.0)
KNOWN_SPREAD = 0.5
MOTION = (0.978, 0.024, 0.043)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HarHistory:
    """A VolatilityHistory. level, columns, coefficients: the features and the fit of each row.

    motion: how each regressor moves on, shape (n, m, k + 2), as `kernels.har.respond` takes it. said: what is beside the bars,
    in words.
    """

    skipped: int
    log_variance: FloatArray
    level: FloatArray
    columns: FloatArray
    coefficients: FloatArray
    motion: FloatArray
    expected: FloatArray
    moves: FloatArray
    settings: Settings
    said: str = ""

    def __len__(self) -> int:
        return len(self.log_variance)

    def ahead(self, row: int, sessions: int) -> Scale:
        """As VolatilityHistory says."""
        response = har.respond(self.coefficients[row], self.columns[row], self.settings.spans, sessions, self.motion[row])
        highest = float(self.log_variance[: row + 1].max()) + 2.0 * math.log(self.settings.highest)
        return answering(self.level[row] + response.expected, response.to_surprise, response.to_fall, highest)

    def words(self, row: int) -> str:
        """As VolatilityHistory says."""
        spans = self.settings.spans
        named = ", ".join(str(span) for span in spans[:-1]) + f" and {spans[-1]}" if len(spans) > 1 else str(spans[0])
        return (
            f"a heterogeneous autoregression (HAR) of daily log variance, measured from range and overnight gap, on its "
            f"averages over {named} bars and on past falls{self.said}, fitted to {row + 1:,} bars"
        )


def har_history(bars: Bars, settings: Settings, beside: Beside) -> HarHistory:
    """Fits at every bar, on the bars up to it, the log variance of the next; costs about 20 ms for 6,500 bars.

    Where the last bar is provisional its range is not complete. It then counts as wide as the forecast expected it, or as it
    already is if that is more: the range of an unfinished session can raise the next forecast and cannot lower it. Its return
    counts as it stands. It is in no fit and no pool. Raises as `measured` does.
    """
    seen = measured(bars, settings)
    around = _Around.of(bars, seen.skipped, settings, beside)
    if bars.provisional is None:
        return _fit(seen, around, settings)
    finished = _fit(seen.without_last(), around.cut(len(seen.log_variance) - 1), settings)
    log_variance = seen.log_variance.copy()
    log_variance[-1] = max(log_variance[-1], finished.expected[-1])
    return _fit(replace(seen, log_variance=log_variance), around, settings, finished=finished)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Around:
    """What lies beside the bars, row by row. values: regressors, (n, m), NaN where unknown; implied: which are. prior: (n, k) or
    (k,), what the fit is drawn towards. raised: (n,) or 0, what donors know of the long-run level."""

    values: FloatArray
    implied: tuple[bool, ...]
    prior: FloatArray
    raised: FloatArray
    said: str

    @classmethod
    def of(cls, bars: Bars, skipped: int, settings: Settings, beside: Beside) -> _Around:
        rows = len(bars) - skipped
        columns = [known_values(bars, series)[skipped:] for series in beside.series]
        prior, raised = _borrowed(bars, skipped, settings, beside.donors)
        return cls(
            values=np.column_stack(columns) if columns else np.empty((rows, 0)),
            implied=tuple(series.kind == "implied" for series in beside.series),
            prior=prior,
            raised=raised,
            said=_said(beside.series, beside.donors),
        )

    def cut(self, rows: int) -> _Around:
        return replace(self, values=self.values[:rows], prior=self.prior[:rows], raised=self.raised[:rows])


def _borrowed(bars: Bars, skipped: int, settings: Settings, donors: tuple[Bars, ...]) -> tuple[FloatArray, FloatArray]:
    """The prior of each row, and what to add to its level: the donors' fits and long-run levels as they stood on its date."""
    count = len(bars) - skipped
    prior = np.tile(np.array(settings.weights), (count, 1))
    raised, number = np.zeros(count), np.zeros(count)
    weights = np.zeros_like(prior)
    for donor in donors:
        history = har_history(donor, settings, Beside())
        rows = known_rows(bars, donor.dates[history.skipped :])[skipped:]
        usable = rows + 1 >= settings.least_bars
        total = np.concatenate([[0.0], np.cumsum(history.log_variance)])
        begin = max(int(rows[0]), 0)
        since = (total[rows + 1] - total[begin]) / np.maximum(rows + 1 - begin, 1)
        weights += np.where(usable[:, None], history.coefficients[rows], 0.0)
        raised += np.where(usable, history.level[rows] - since, 0.0)
        number += usable
    held = number > 0
    prior[held] = weights[held] / number[held, None]
    raised[held] /= number[held]
    return prior, raised


def _fit(seen: Measured, around: _Around, settings: Settings, *, finished: HarHistory | None = None) -> HarHistory:
    level, own = har.features(seen.log_variance, seen.moves[:, 3], settings.spans, raised=around.raised)
    is_known = np.asarray(np.isfinite(around.values).all(axis=1))
    columns = har.beside(own, np.where(is_known[:, None], around.values, 0.0))
    if finished is None:
        coefficients, motion = _fitted(seen, level, columns, is_known, around, settings)
    else:
        rows = [*range(len(finished)), -1]
        coefficients, motion = finished.coefficients[rows], finished.motion[rows]
    expected = level + np.einsum("ij,ij->i", columns, coefficients)
    return HarHistory(
        skipped=seen.skipped,
        log_variance=seen.log_variance,
        level=level,
        columns=columns,
        coefficients=coefficients,
        motion=motion,
        expected=expected,
        moves=seen.moves,
        settings=settings,
        said=around.said,
    )


def _fitted(
    seen: Measured, level: FloatArray, columns: FloatArray, is_known: NDArray[np.bool_], around: _Around, settings: Settings
) -> tuple[FloatArray, FloatArray]:
    """Coefficients and motion of each row. A row whose regressors are unknown has the fit without them, padded with zeros."""
    targets = np.zeros(len(level))
    targets[1:] = seen.log_variance[1:] - level[:-1]
    penalty = settings.prior_bars * np.array(settings.spreads)
    count, own = len(around.implied), len(penalty)
    alone = [*range(own - 1), own - 1 + count]
    coefficients = np.zeros_like(columns)
    motion = np.zeros((len(level), count, columns.shape[1] + 2))
    coefficients[:, alone] = har.fit_recursively(
        columns[:, alone], targets, prior=around.prior, penalty=penalty, first=settings.warm_up
    )
    if not (count and is_known.any()):
        return coefficients, motion
    known = columns * is_known[:, None]
    prior = har.beside(around.prior, np.zeros((len(level), count)))
    if any(around.implied):
        prior[:, alone] += np.array(IMPLIED_SHIFT) if len(IMPLIED_SHIFT) == own else 0.0
        prior[:, own - 1 + around.implied.index(True)] = IMPLIED_WEIGHT
    spread = np.concatenate([penalty[:-1], np.full(count, settings.prior_bars * KNOWN_SPREAD), penalty[-1:]])
    with_them = har.fit_recursively(known, targets, prior=prior, penalty=spread, first=settings.warm_up)
    coefficients[is_known] = with_them[is_known]
    expected = level + np.einsum("ij,ij->i", columns, coefficients)
    shocks = np.zeros((len(level), 2))
    shocks[:-1, 0] = seen.log_variance[1:] - expected[:-1]
    shocks[:-1, 1] = np.clip(-seen.moves[1:, 3] / np.exp(0.5 * expected[:-1]), -har.FALL_LIMIT, har.FALL_LIMIT)
    follows = is_known & np.append(is_known[1:], False)
    moving = np.hstack([columns, shocks]) * follows[:, None]
    for number in range(count):
        start = np.zeros(columns.shape[1] + 2)
        start[[own - 1 + number, -2, -1]] = MOTION
        motion[:, number] = har.fit_recursively(
            moving,
            columns[:, own - 1 + number],
            prior=start,
            penalty=np.append(spread, settings.prior_bars * np.array([0.6, 1.5])),
            first=settings.warm_up,
        )
    return coefficients, motion


def _said(series: tuple[Series, ...], donors: tuple[Bars, ...]) -> str:
    kinds = {"implied": "the implied volatility of", "yield": "the volatility of the yield"}
    names = " and ".join(f"{kinds[each.kind]} {each.name}" for each in series)
    lent = ", ".join(donor.instrument.symbol for donor in donors)
    return (f", on {names}" if names else "") + (f", drawn towards the fits and the long-run level of {lent}" if lent else "")
