"""Whether what was said came as often as it was said: the reliability diagram's data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.calibration import never_falling, stepped
from levelhead.kernels.inference import block_length
from levelhead.ledger.scored import OUTCOMES, Group, Keys, Scores, horizon_of, summed, windows_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

STEP = 0.01  # probabilities are told apart to one per cent
DRAWS = 200
BAND = (0.05, 0.95)
SURE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityPoint:
    """All statements that said `said`: how many, how often it happened, and how often by the curve.

    low, high: where the curve would lie in nine of ten records of this size if what was said were right.
    """

    said: float
    count: int
    happened: float
    curve: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The reliability of one outcome's probabilities.

    error: mean distance, weighted by count, of the curve from what was said. bound: what that error stays below in 95 of 100
    records of this size of someone who is perfectly calibrated.
    """

    group: Group
    outcome: str
    count: int
    windows: int
    error: float
    bound: float
    points: tuple[ReliabilityPoint, ...]


def reliabilities(scores: Scores, keys: Keys, kind: str, *, seed: int = 0) -> tuple[Reliability, ...]:
    """One for each outcome of the kind; of two outcomes the first alone, since the other is its mirror.

    Of claims only those with two outcomes are in it: the others have no outcomes in common.
    """
    names = OUTCOMES[kind]
    of_kind = scores.count == len(names)
    rows, said, happened = scores.rows[of_kind], scores.said[of_kind], scores.happened[of_kind]
    if not len(rows):
        return ()
    horizon = horizon_of(keys.sessions[rows])
    days, place = keys.by_day(rows)
    block = place // block_length(days, horizon)
    windows = windows_of(days, horizon)
    return tuple(
        reliability(
            said[:, k],
            (happened == k).astype(np.float64),
            block,
            group=Group(kind=kind),
            outcome=name,
            windows=windows,
            seed=seed,
        )
        for k, name in enumerate(names[:1] if len(names) == 2 else names)
    )


def reliability(
    said: FloatArray, happened: FloatArray, block: IntArray, *, group: Group, outcome: str, windows: int, seed: int = 0
) -> Reliability:
    """The reliability of probabilities `said` (n,) of what `happened` (0 or 1), rows of one `block` of days belonging together.

    The curve is isotonic with ties pooled (`kernels.calibration`). The band and the bound: what came at each probability is what
    was said, plus the residuals about the curve, those of one block keeping together and changing sign together (wild bootstrap:
    Wu, C. F. J. (1986), Annals of Statistics 14(4), 1261-1295; by clusters: Cameron, A. C., Gelbach, J. B. and Miller, D. L.
    (2008), Review of Economics and Statistics 90(3), 414-427).
    """
    place = np.rint(said / STEP).astype(np.int64)
    places = np.flatnonzero(np.bincount(place))
    at = np.searchsorted(places, place)
    counts = np.bincount(at)
    points = summed(said, at, len(places)) / counts
    came = summed(happened, at, len(places))
    curve = stepped(points, never_falling(points, came, counts))
    blocks = int(block.max()) + 1
    table = summed(happened - curve[at], at * blocks + block, len(places) * blocks)
    signs = np.random.Generator(np.random.PCG64(seed)).choice([-1.0, 1.0], size=(blocks, DRAWS))
    drawn = (points * counts)[:, None] + table.reshape(len(places), blocks) @ signs
    curves = np.array([stepped(points, never_falling(points, sums, counts)) for sums in drawn.T])
    errors = np.abs(curves - points) @ counts / len(said)
    low, high = np.clip(np.quantile(curves, BAND, axis=0), 0.0, 1.0)
    return Reliability(
        group=group,
        outcome=outcome,
        count=len(said),
        windows=windows,
        error=float(np.abs(curve - points) @ counts / len(said)),
        bound=float(np.quantile(errors, SURE)),
        points=tuple(
            ReliabilityPoint(said=s, count=n, happened=c / n, curve=v, low=a, high=b)
            for s, n, c, v, a, b in zip(*(x.tolist() for x in (points, counts, came, curve, low, high)), strict=True)
        ),
    )
