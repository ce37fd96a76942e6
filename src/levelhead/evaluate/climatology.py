"""The closes that followed every earlier day, at the same distance in ATR(14): what anyone could say who only kept the bars."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.distribution import Distribution, held_against, joined, quantiles
from levelhead.evaluate.returns import Returns

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEAST_WINDOWS = 100  # fewer earlier windows, overlapping ones counted, are no distribution
KEPT_AT: FloatArray = (np.arange(200) + 0.5) / np.float64(200)  # its score is too high by one part in twenty thousand


def past_distribution(of: Distribution, returns: Returns) -> Distribution:
    """Rows beside those `of` one instrument's notes: the distribution of returns over as many sessions after each earlier day,
    in windows that end by the note's day, each in units of its own start day's ATR(14); NaN with fewer than 100 of them.
    """
    rows = returns.rows(of.as_of)
    parts, places = [], []
    for sessions in np.unique(of.sessions).tolist():
        chosen = np.flatnonzero(of.sessions == sessions)
        chosen = chosen[np.argsort(rows[chosen], kind="stable")]
        parts.append(held_against(_samples(rows[chosen], returns, sessions), of.where(chosen)))
        places.append(chosen)
    order = np.argsort(np.concatenate(places), kind="stable") if places else np.empty(0, dtype=np.int64)
    return joined(parts).where(order)


def _samples(rows: IntArray, returns: Returns, sessions: int) -> FloatArray:
    """Two hundred quantiles for each of the ascending rows. The past of a day is that of the day before and a few windows more."""
    moved = (returns.level[sessions:] - returns.level[:-sessions]) / returns.yard[: len(returns) - sessions]
    samples = np.full((len(rows), len(KEPT_AT)), np.nan)
    known: FloatArray = np.empty(0)
    seen = 0
    for place, row in enumerate(rows.tolist()):
        ended = max(row + 1 - sessions, seen)
        fresh = moved[seen:ended]
        fresh = np.sort(fresh[np.isfinite(fresh)])
        known = np.insert(known, np.searchsorted(known, fresh), fresh)
        seen = ended
        if len(known) >= LEAST_WINDOWS:
            samples[place] = quantiles(known[None, :], KEPT_AT)[0] * returns.yard[row]
    return samples
