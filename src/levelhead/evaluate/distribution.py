"""What a day's simulated closes were worth: their distribution at each horizon, held against the close that came.

Everything is measured on the log return from the last price, so that instruments and years compare.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.scores import crps, pit

FloatArray = NDArray[np.float64]

BANDS = (0.5, 0.8, 0.95)
ENDS = np.array([[0.5 - band / 2.0 for band in BANDS], [0.5 + band / 2.0 for band in BANDS]])  # chance below each end
GRID = 50  # a distribution kept as so many of its quantiles has a score too high by one or two thousandths
GRID_AT: FloatArray = (np.arange(GRID) + 0.5) / np.float64(GRID)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distribution:
    """One row per day and horizon whose close is known; columns of shape (n,), or (n, 3) for the bands of 50, 80 and 95 %.

    symbol, as_of, sessions: which. crps: continuous ranked probability score of the log return, lower is better, in log units.
    pit: where among the simulated closes the one that came lies, 0 to 1; uniform where the forecast is right. is_in: whether it
    lay in each central band; width: how wide that band was (sharpness), in log units. sigma: standard deviation said of the log
    return; realised: the log return that came. quantiles: the distribution said, (n, 50), at 1, 3, ... 99 %.
    """

    symbol: NDArray[np.str_]
    as_of: NDArray[np.datetime64]
    sessions: NDArray[np.int64]
    crps: FloatArray
    pit: FloatArray
    is_in: NDArray[np.bool_]
    width: FloatArray
    sigma: FloatArray
    realised: FloatArray
    quantiles: FloatArray

    def __len__(self) -> int:
        return len(self.as_of)

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Distribution:
        """The rows of a mask, or of row numbers in that order."""
        return Distribution(**{field.name: getattr(self, field.name)[chosen] for field in fields(Distribution)})


def judged(
    closes: FloatArray, *, start: float, happened: FloatArray, horizons: Sequence[int], symbol: str, as_of: dt.date
) -> Distribution:
    """The rows of one day.

    closes: simulated closes, shape (paths, sessions). start: the last price. happened: the closes that came, shape (m,); a horizon
    beyond m, or beyond the simulated sessions, is not known yet and has no row.
    """
    known = [n for n in horizons if n <= min(len(happened), closes.shape[1])]
    columns = np.array(known, dtype=np.int64) - 1
    return scored(
        np.sort(np.log(closes[:, columns].T / start), axis=1),
        symbol=np.full(len(known), symbol),
        as_of=np.full(len(known), np.datetime64(as_of, "D")),
        sessions=columns + 1,
        realised=np.log(happened[columns] / start),
    )


def scored(
    ascending: FloatArray,
    *,
    symbol: NDArray[np.str_],
    as_of: NDArray[np.datetime64],
    sessions: NDArray[np.int64],
    realised: FloatArray,
) -> Distribution:
    """The rows of distributions given as ascending samples of the log return, (n, m); a row of NaN says nothing."""
    low, high = (quantiles(ascending, ends) for ends in ENDS)
    known = np.isfinite(ascending[:, 0])
    return Distribution(
        symbol=symbol,
        as_of=as_of,
        sessions=sessions,
        crps=crps(ascending, realised),
        pit=np.where(known, pit(ascending, realised), np.nan),
        is_in=(low <= realised[:, None]) & (realised[:, None] <= high),
        width=high - low,
        sigma=ascending.std(axis=1),
        realised=realised,
        quantiles=quantiles(ascending, GRID_AT),
    )


def held_against(ascending: FloatArray, of: Distribution) -> Distribution:
    """Other distributions, as `scored` takes them, held against the same closes as the rows `of`."""
    return scored(ascending, symbol=of.symbol, as_of=of.as_of, sessions=of.sessions, realised=of.realised)


def joined(parts: Sequence[Distribution]) -> Distribution:
    """The rows of the parts, in their order; none of no part."""
    return Distribution(
        **{field.name: np.concatenate([getattr(part, field.name) for part in (_EMPTY, *parts)]) for field in fields(Distribution)}
    )


def quantiles(ascending: FloatArray, at: FloatArray) -> FloatArray:
    """Quantiles of ascending samples (n, m), straight between them: shape (n, k)."""
    place = at * (ascending.shape[1] - 1)
    under, over = np.floor(place).astype(np.int64), np.ceil(place).astype(np.int64)
    low = ascending[:, under]
    between: FloatArray = low + (place - under) * (ascending[:, over] - low)
    return between


_EMPTY = Distribution(
    symbol=np.empty(0, dtype=np.str_),
    as_of=np.empty(0, dtype="datetime64[D]"),
    sessions=np.empty(0, dtype=np.int64),
    crps=np.empty(0),
    pit=np.empty(0),
    is_in=np.empty((0, len(BANDS)), dtype=np.bool_),
    width=np.empty((0, len(BANDS))),
    sigma=np.empty(0),
    realised=np.empty(0),
    quantiles=np.empty((0, GRID)),
)
