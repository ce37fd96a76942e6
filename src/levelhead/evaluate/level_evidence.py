"""How often levels of each kind were held, broken and reclaimed once touched, against random levels at the same distance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.evidence import LEAST_CASES, Measure, Tried
from levelhead.evaluate.event_evidence import BOOTSTRAPS, HORIZONS, corrected
from levelhead.evaluate.ladders import STEP, Ladders
from levelhead.evaluate.sign_names import level_name
from levelhead.kernels.inference import ratio_bootstrap
from levelhead.kernels.level_tests import Tested, level_tests
from levelhead.kernels.placebo import Against, against, apart

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

AHEAD = STEP + max(HORIZONS)  # closed bars that a ladder needs after it
DRAWS = 600
AWAY = 12  # ladders: no placebo is nearer to its own day, 60 sessions
MEASURES = ("held", "broken", "reclaimed")


class Counted(NamedTuple):
    """Touches of each kind, (kinds,), and the shares of each measure among them, (kinds, horizons, measures)."""

    touches: FloatArray
    shares: FloatArray


def level_evidence(ladders: Ladders, *, seed: int, draws: int = DRAWS) -> tuple[tuple[Tried, ...], int]:
    """Every kind of level at both horizons, corrected together, and how many draws there were.

    The placebo moves all ladders to other days, each by the same number of them, so that the same levels, as far from the price in
    ATR(14) and as wide, follow each other as they did, and only what they know of the price is gone.
    """
    days = len(ladders.rows)
    moved = placebo_shifts(days, draws, seed)
    if not len(ladders.start) or not len(moved):
        return (), 0
    own = counted(ladders, 0)
    placebo = [counted(ladders, shift).shares for shift in moved.tolist()]
    drawn = np.stack(placebo)
    tested = level_tests(ladders.paths, ladders.start, ladders.near, ladders.width, STEP, HORIZONS)
    found = [
        _one(ladders, tested, kind, horizon, own, drawn[:, kind, horizon], seed)
        for kind in range(len(ladders.kinds))
        for horizon in range(len(HORIZONS))
    ]
    return corrected(found), len(moved)


def placebo_shifts(days: int, draws: int, seed: int) -> IntArray:
    """By how many ladders the placebo moves them: each shift once, none nearer than 12 either way round, at most `draws`."""
    shifts = np.arange(AWAY, days - AWAY + 1)
    generator = np.random.Generator(np.random.PCG64(seed))
    return np.sort(generator.permutation(shifts)[:draws]).astype(np.int64)


def counted(ladders: Ladders, shift: int) -> Counted:
    """What became of the levels, each on the day `shift` ladders after its own, the last followed by the first."""
    start = (ladders.start + shift) % len(ladders.rows)
    reach = np.where(
        ladders.near > 0, ladders.paths.high[:, :STEP].max(axis=1)[start], -ladders.paths.low[:, :STEP].min(axis=1)[start]
    )
    near = np.flatnonzero(reach >= np.abs(ladders.near))  # no other is touched
    tested = level_tests(ladders.paths, start[near], ladders.near[near], ladders.width[near], STEP, HORIZONS)
    holds = ladders.holds[near] * (tested.touch >= 0)[:, None]
    touches = holds.sum(axis=0)
    with np.errstate(invalid="ignore"):
        shares = np.stack([(holds.T @ each) / touches[:, None] for each in outcomes(tested)], axis=2)
    return Counted(touches, shares)


def outcomes(tested: Tested) -> tuple[NDArray[np.bool_], ...]:
    """Held, broken, reclaimed, each (levels, horizons): one of them is true of every touched level."""
    return ~tested.broken, tested.broken & ~tested.reclaimed, tested.reclaimed


def _one(ladders: Ladders, tested: Tested, kind: int, horizon: int, own: Counted, draws: FloatArray, seed: int) -> Tried:
    sessions, touches = HORIZONS[horizon], int(own.touches[kind])
    rows = np.flatnonzero((ladders.holds[:, kind] > 0) & (tested.touch >= 0))
    touched = np.unique(ladders.rows[ladders.start[rows]] + 1 + tested.touch[rows])
    independent = len(apart(touched, sessions))
    compared = against(own.shares[kind, horizon], draws) if independent >= LEAST_CASES else None
    measures = () if compared is None else _measures(ladders, tested, rows, horizon, own.shares[kind, horizon], compared, seed)
    return Tried(
        family="level",
        kind=ladders.kinds[kind],
        side="",
        called=level_name(ladders.kinds[kind]),
        sessions=sessions,
        happened=int(ladders.holds[:, kind].sum()),
        cases=touches,
        independent=independent,
        days=len(ladders.rows),
        measures=measures,
        p=None if compared is None else compared.p,
        corrected=None,
    )


def _measures(
    ladders: Ladders, tested: Tested, rows: IntArray, horizon: int, shares: FloatArray, compared: Against, seed: int
) -> tuple[Measure, ...]:
    """The intervals are by resampling blocks of ladders, twice as long as a window reaches."""
    of_day, count = ladders.start[rows], len(ladders.rows)
    touches = np.bincount(of_day, minlength=count).astype(np.float64)
    found = []
    for i, each in enumerate(outcomes(tested)):
        came = np.bincount(of_day, weights=each[rows, horizon], minlength=count).astype(np.float64)
        around = ratio_bootstrap(came, touches, 2 * -(-AHEAD // STEP), draws=BOOTSTRAPS, seed=seed)
        known = bool(np.isfinite(around.low))
        found.append(
            Measure(
                name=MEASURES[i],
                value=float(shares[i]),
                low=max(around.low, 0.0) if known else None,
                high=min(around.high, 1.0) if known else None,
                base=None,
                placebo=float(compared.mean[i]),
                spread=float(compared.spread[i]),
            )
        )
    return tuple(found)
