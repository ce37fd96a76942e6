"""What a walk of known variance says of a note's statements and of the closes to come: closed forms, nothing simulated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.distribution import BANDS, GRID, GRID_AT, Distribution
from levelhead.kernels.closed_form import first_of, touches
from levelhead.kernels.closed_scores import crps_normal, crps_student, normal_share, student_share, unit_scale
from levelhead.kernels.student import reach
from levelhead.ledger.record import MOST_OUTCOMES, Record

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Law:
    """Of each row the log return over its horizon: mean 0, `variance`, NaN where none is known; both of shape (n,).

    freedom: degrees of a Student t, > 2; None of a normal distribution.
    """

    variance: FloatArray
    freedom: IntArray | None = None

    def share(self, z: FloatArray) -> FloatArray:
        """The chance of a return below z of its standard deviations."""
        return normal_share(z) if self.freedom is None else student_share(z / unit_scale(self.freedom), self.freedom)


def chances(record: Record, law: Law) -> FloatArray:
    """What the law says of each scenario, target and outlook: (n, 4), padded with NaN as `Record.said`; NaN for other kinds.

    Which price trades first, and whether one trades, is that of a Brownian motion of this variance, whatever its closes' tails.
    """
    said = np.full((len(record), MOST_OUTCOMES), np.nan)
    up, down = (np.log(record.prices[name] / record.prices["start"]) for name in ("upper", "lower"))
    usable = np.isfinite(law.variance)
    of_kind = {kind: usable & (record.kind == kind) for kind in ("scenario", "target", "outlook")}
    for row in np.flatnonzero(of_kind["scenario"] & (up > 0.0) & (down < 0.0)).tolist():
        said[row, :3] = first_of(up[row], -down[row], law.variance[row])
    distance = np.where(np.isfinite(up), np.maximum(up, 0.0), np.maximum(-down, 0.0))
    for row in np.flatnonzero(of_kind["target"] & np.isfinite(distance)).tolist():
        chance = touches(distance[row], law.variance[row]) if distance[row] > 0.0 else 1.0
        said[row, :2] = chance, 1.0 - chance
    rows = np.flatnonzero(of_kind["outlook"] & np.isfinite(up + down))
    if len(rows):
        said[rows, :3] = _outlook(up[rows], down[rows], _rows(law, rows))
    return said


def distribution(of: Distribution, law: Law) -> Distribution:
    """The law's own rows beside those `of` the notes: same days, horizons and closes; NaN (and in no band) where none is known."""
    spread = np.sqrt(law.variance)
    z = of.realised / spread
    usable = np.flatnonzero(np.isfinite(z))
    known = _rows(law, usable)
    score, place = np.full(len(of), np.nan), np.full(len(of), np.nan)
    score[usable] = _score(of.realised[usable], spread[usable], known)
    place[usable] = known.share(z[usable])
    half = _reaches(law) * spread[:, None]
    with np.errstate(invalid="ignore"):
        is_in = np.abs(of.realised[:, None]) <= half
    return Distribution(
        symbol=of.symbol,
        as_of=of.as_of,
        sessions=of.sessions,
        crps=score,
        pit=place,
        is_in=is_in,
        width=2.0 * half,
        sigma=spread,
        realised=of.realised,
        quantiles=_quantiles(spread) if law.freedom is None else np.full((len(of), GRID), np.nan),
    )


def _rows(law: Law, rows: IntArray) -> Law:
    return Law(variance=law.variance[rows], freedom=None if law.freedom is None else law.freedom[rows])


def _outlook(up: FloatArray, down: FloatArray, law: Law) -> FloatArray:
    spread = np.sqrt(law.variance)
    above, below = 1.0 - law.share(up / spread), law.share(down / spread)
    return np.column_stack([above, np.maximum(1.0 - above - below, 0.0), below])


def _score(error: FloatArray, spread: FloatArray, law: Law) -> FloatArray:
    return crps_normal(error, spread) if law.freedom is None else crps_student(error, spread, law.freedom)


def _reaches(law: Law) -> FloatArray:
    """How many standard deviations each central band reaches on either side: (n, 3), or (1, 3) where all rows are alike."""
    if law.freedom is None:
        return np.array([[NormalDist().inv_cdf(0.5 + band / 2.0) for band in BANDS]])
    distinct, place = np.unique(law.freedom, return_inverse=True)
    table = np.array([[reach(band, v) * math.sqrt((v - 2.0) / v) for band in BANDS] for v in distinct.tolist()])
    return table[place.ravel()]


def _quantiles(spread: FloatArray) -> FloatArray:
    unit = np.array([NormalDist().inv_cdf(at) for at in GRID_AT.tolist()])
    return np.outer(spread, unit)
