"""Several forecasters of one claim, pooled and calibrated by an artefact of the past; an option chain may be one of them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.claims.outcomes import outcomes_of
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Claim, CloseAt, Member, PricedClaim, Split, Touch
from levelhead.domain.errors import BadSettings
from levelhead.domain.instrument import Instrument
from levelhead.forecast.analogues import analogues
from levelhead.forecast.artefact import Artefact
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.option_chain import OPTIONS, OPTIONS_WEIGHT, implied_chances
from levelhead.kernels.closed_form import ends_beyond, first_of, touches

FloatArray = NDArray[np.float64]
Simple = Split | Touch | CloseAt

KINDS = ("split", "touch", "close")  # of claims that are pooled; the others are the share of paths
MEMBERS = ("paths", "analogues", "closed form")
START = (0.78, 0.2, 0.02)  # what a pool is before anything was fitted


class Pool(NamedTuple):
    """By what a claim is pooled: an artefact of the past, and what an option chain says of its outcomes; either may be None."""

    artefact: Artefact | None
    options: FloatArray | None


def kind_of(claim: Claim) -> str | None:
    """The kind of a claim that can be pooled; None of any other, such as one whose prices move along the path."""
    if isinstance(claim, Split):
        return "split" if _are_prices(claim.upper, claim.lower) else None
    if isinstance(claim, Touch):
        return "touch" if _are_prices(claim.price) else None
    return "close" if isinstance(claim, CloseAt) and _are_prices(claim.price) else None


def outcomes_of_kind(kind: str) -> tuple[str, ...]:
    """The outcomes of a kind, in the order of an artefact's."""
    return ("up", "range", "down") if kind == "split" else ("true", "false")


def families_of(instrument: Instrument) -> tuple[str, ...]:
    """What an instrument may borrow from, narrowest first: its own record, then that of its class."""
    return (instrument.symbol, instrument.kind)


def members_of(claim: Simple, paths: FloatArray, forecast: Forecast, bars: Bars) -> FloatArray:
    """What each of MEMBERS says of the claim's outcomes: shape (3, outcomes). paths: the share of simulated paths.

    analogues: past days of like volatility; where there are too few, the paths again. closed form: a driftless walk whose
    variance over the horizon is the forecast's.
    """
    alike = None
    if forecast.history is not None:
        finished = forecast.bars_used - (bars.provisional is not None)
        alike = analogues(claim, forecast.history, forecast.bars_used - 1, forecast.start, finished=finished)
    return np.array([paths, paths if alike is None else alike, _exactly(claim, forecast)])


def pool_for(claim: Claim, forecast: Forecast, bars: Bars) -> Pool:
    """By what a claim is pooled on the day of the forecast.

    Raises BadSettings where the artefact is of other members.
    """
    kind = kind_of(claim)
    if kind is None:
        return Pool(None, None)
    artefact = forecast.beside.artefacts.at(bars.as_of, families_of(bars.instrument), kind=kind)
    chain = forecast.beside.chain_on(bars.as_of)
    assert isinstance(claim, Split | Touch | CloseAt)
    return Pool(artefact, None if chain is None else implied_chances(claim, chain, bars.as_of, forecast.start))


def pooled_claim(claim: Claim, priced: PricedClaim, forecast: Forecast, bars: Bars) -> PricedClaim:
    """The priced claim with the pool's chances and their members; as it was where there is nothing to pool it by.

    The Monte Carlo error shrinks with the weight of the paths, the only member that is simulated.
    """
    pool = pool_for(claim, forecast, bars)
    if pool.artefact is None and pool.options is None:
        return priced
    assert isinstance(claim, Split | Touch | CloseAt)
    names = outcomes_of(claim)
    paths = np.array([priced.chances[name].probability for name in names])
    said, weights, chances = _pooled(claim, paths, pool, forecast, bars)
    told = {
        name: replace(
            priced.chances[name],
            probability=float(chances[at]),
            error=priced.chances[name].error * weights[0][1],
            members=tuple(
                Member(name=member, weight=weight, probability=float(said[row][at])) for row, (member, weight) in enumerate(weights)
            ),
        )
        for at, name in enumerate(names)
    }
    return replace(priced, chances=told)


def pooled_shares(claim: Simple, shares: FloatArray, forecast: Forecast, bars: Bars) -> FloatArray:
    """The chances of the claim's outcomes where its share of the paths is known: pooled, or as they are."""
    pool = pool_for(claim, forecast, bars)
    if pool.artefact is None and pool.options is None:
        return shares
    return _pooled(claim, shares, pool, forecast, bars)[2]


def pooled_chances(said: FloatArray, artefact: Artefact, as_of: dt.date) -> FloatArray:
    """The chances by the artefact. Raises BadSettings where it is of other members, BadDate where it is too late."""
    if artefact.members != MEMBERS or artefact.outcomes != outcomes_of_kind(artefact.kind):
        raise BadSettings(
            f"The artefact of {artefact.family} pools {', '.join(artefact.members)}; this version pools {', '.join(MEMBERS)}. "
            "Fit it again with levelhead fit."
        )
    return artefact.chances(said, as_of)


def pool_words(claim: str, pool: Pool) -> str:
    """By what a claim was pooled, a sentence for a person."""
    weights = {} if pool.artefact is None else dict(zip(pool.artefact.members, pool.artefact.weights, strict=True))
    if pool.options is not None:
        weights = {name: weight * (1 - OPTIONS_WEIGHT) for name, weight in (weights or {"paths": 1.0}).items()}
        weights[OPTIONS] = OPTIONS_WEIGHT
    told = ", ".join(f"{name} {100 * weight:.3g}%" for name, weight in weights.items())
    if pool.artefact is None:
        if pool.options is None:
            return f"Uncalibrated: no record of how {claim} came out ended before this day."
        return f"Pooled ({told}); the weight of the option chain is given beforehand. Otherwise uncalibrated."
    by = pool.artefact
    learned = f"{by.count:,} settled forecasts of {by.family}, {by.first} to {by.last}"
    return f"Pooled ({told}) as learned from {learned} ({by.digest[:15]})."


def _pooled(
    claim: Simple, paths: FloatArray, pool: Pool, forecast: Forecast, bars: Bars
) -> tuple[FloatArray, list[tuple[str, float]], FloatArray]:
    """What each member says, (members, outcomes); its name and weight; the pool's chances."""
    if pool.artefact is None:
        said, weights, chances = paths[None], [("paths", 1.0)], paths
    else:
        said = members_of(claim, paths, forecast, bars)
        weights = list(zip(MEMBERS, pool.artefact.weights, strict=True))
        chances = pooled_chances(said, pool.artefact, bars.as_of)
    if pool.options is None:
        return said, weights, chances
    weights = [*((name, weight * (1 - OPTIONS_WEIGHT)) for name, weight in weights), (OPTIONS, OPTIONS_WEIGHT)]
    return np.vstack([said, pool.options]), weights, (1 - OPTIONS_WEIGHT) * chances + OPTIONS_WEIGHT * pool.options


def _are_prices(*prices: object) -> bool:
    return all(isinstance(price, float | int) and price > 0 for price in prices)


def _exactly(claim: Simple, forecast: Forecast) -> FloatArray:
    sessions = claim.sessions
    variance = float(np.sum(forecast.term[:sessions] ** 2))
    if isinstance(claim, Split):
        upper, lower = float(claim.upper), float(claim.lower)  # type: ignore[arg-type]
        return np.array(first_of(math.log(upper / forecast.start), math.log(forecast.start / lower), variance))
    away = math.log(claim.price / forecast.start)
    if isinstance(claim, Touch):
        chance = touches(abs(away), variance)
    else:
        chance = ends_beyond(away if claim.side == "above" else -away, variance)
    return np.array([chance, 1.0 - chance])
