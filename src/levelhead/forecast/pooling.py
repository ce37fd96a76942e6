"""Several forecasters of one split, pooled and calibrated by an artefact of the past."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.claim import PricedClaim, Split
from levelhead.domain.errors import BadSettings
from levelhead.forecast.analogues import analogues
from levelhead.forecast.artefact import Artefact, Artefacts
from levelhead.forecast.forecast import Forecast
from levelhead.kernels.closed_form import first_of

FloatArray = NDArray[np.float64]

OUTCOMES = ("up", "range", "down")
MEMBERS = ("paths", "analogues", "closed form")
START = (0.78, 0.2, 0.02)  # what a pool is before anything was fitted


def members_of(upper: float, lower: float, sessions: int, paths: FloatArray, forecast: Forecast, bars: Bars) -> FloatArray:
    """What each of MEMBERS says of up, range, down: shape (3, 3). paths: the share of simulated paths.

    analogues: past days of like volatility; where there are too few, the paths again. closed form: a driftless walk whose
    variance over the horizon is the forecast's.
    """
    variance = float(np.sum(forecast.term[:sessions] ** 2))
    exact = first_of(math.log(upper / forecast.start), math.log(forecast.start / lower), variance)
    alike = None
    if forecast.history is not None:
        finished = forecast.bars_used - (bars.provisional is not None)
        row = forecast.bars_used - 1
        alike = analogues(upper, lower, sessions, forecast.history, row, forecast.start, finished=finished)
    return np.array([paths, paths if alike is None else alike, exact])


def pooled_claim(
    claim: Split, priced: PricedClaim, forecast: Forecast, bars: Bars, artefacts: Artefacts, families: tuple[str, ...] = ()
) -> tuple[PricedClaim, Artefact | None]:
    """The priced claim with the pool's chances, and the artefact they are by; as it was where none ended before the day
    or a price moves along the path.

    The Monte Carlo error shrinks with the weight of the paths. Raises BadSettings where the artefact is of other members.
    """
    artefact = artefacts.at(bars.as_of, (bars.instrument.symbol, *families))
    if artefact is None or not (isinstance(claim.upper, float | int) and isinstance(claim.lower, float | int)):
        return priced, None
    paths = np.array([priced.chances[name].probability for name in OUTCOMES])
    said = members_of(claim.upper, claim.lower, claim.sessions, paths, forecast, bars)
    new = pooled_chances(said, artefact, bars.as_of)
    shrunk = artefact.weights[0]
    chances = {
        name: replace(priced.chances[name], probability=float(p), error=priced.chances[name].error * shrunk)
        for name, p in zip(OUTCOMES, new, strict=True)
    }
    return replace(priced, chances=chances), artefact


def pooled_chances(said: FloatArray, artefact: Artefact, as_of: dt.date) -> FloatArray:
    """The chances of OUTCOMES by the artefact. Raises BadSettings where it is of other members, BadDate where it is too late."""
    if artefact.members != MEMBERS or artefact.outcomes != OUTCOMES:
        raise BadSettings(
            f"The artefact of {artefact.family} pools {', '.join(artefact.members)}; this version pools {', '.join(MEMBERS)}. "
            "Fit it again."
        )
    return artefact.chances(said, as_of)
