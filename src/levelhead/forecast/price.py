"""The price of a claim: how likely each of its outcomes is, with its error and its base rate."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from levelhead.claims.columns import columns_along, known_of, series_of
from levelhead.claims.form import Market
from levelhead.claims.judge import UNDECIDED, frictions_of, judge, sessions_of
from levelhead.claims.objections import check_standing
from levelhead.claims.rule import rule_of
from levelhead.claims.text import claim_text
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Chance, Claim, CloseAt, PricedClaim
from levelhead.domain.claim_tree import written_prices
from levelhead.domain.errors import BadClaim
from levelhead.forecast.base_rates import ATR_BARS, Pasts, Rate, base_rates
from levelhead.forecast.forecast import DEFAULTS, Forecast, make_forecast
from levelhead.forecast.pooling import pooled_claim
from levelhead.forecast.settings import Settings
from levelhead.forecast.shares import Estimated, share
from levelhead.kernels.ranges import atr


def price_claim(claim: Claim, forecast: Forecast, bars: Bars, *, name: str = "", pasts: Pasts | None = None) -> PricedClaim:
    """The chances of a claim's outcomes over the forecast's paths, base rates beside them.

    bars: up to the day of the forecast. Chances are conditional on the path being decided; the share left out is `undecided`. They
    are pooled where the forecast was given artefacts of the past or an option chain and the claim is of a kind that they know.
    pasts: of the bars, where several claims share them.

    Raises BadClaim where the claim outlasts the paths, is true already, or no path decides it.
    """
    check_horizon(claim, forecast)
    check_open(claim, forecast.start, bars)
    columns = columns_along(known_of(bars), forecast.paths)
    outcomes, codes = judge(claim, forecast.paths, forecast.start, frictions=frictions_of(bars.instrument), columns=columns)
    decided = codes != UNDECIDED
    if not decided.any():
        raise BadClaim(f"'{claim_text(claim)}': on every simulated path one bar reaches both prices; take them farther apart.")
    past = base_rates(claim, bars, pasts=pasts)
    counted = PricedClaim(
        name=name,
        claim=claim_text(claim),
        sessions=sessions_of(claim),
        rule=rule_of(claim),
        chances={name: chance(share(codes == i, decided), past.rates.get(name)) for i, name in enumerate(outcomes)},
        undecided=float(np.mean(~decided)),
        paths=len(codes),
    )
    return pooled_claim(claim, counted, forecast, bars)


def price_many(
    claims: Sequence[Claim], bars: Bars, *, settings: Settings = DEFAULTS, names: Sequence[str] | None = None
) -> list[PricedClaim]:
    """The prices of several claims made at the last bar, over the same paths. names: one for each claim. Raises BadClaim."""
    if not claims:
        return []
    labels = [""] * len(claims) if names is None else names
    forecast = make_forecast(bars, sessions=max(sessions_of(claim) for claim in claims), settings=settings)
    return [price_claim(claim, forecast, bars, name=label) for claim, label in zip(claims, labels, strict=True)]


def market_of(bars: Bars, forecast: Forecast | None = None) -> Market:
    """Where the market stands at the last bar, to freeze relative prices on; sigma is known with a forecast only."""
    average = float(atr(bars.high, bars.low, bars.close, ATR_BARS)[-1])
    sigma = None if forecast is None else bars.last * forecast.sigma
    return Market(last=bars.last, instrument=bars.instrument, atr=average if np.isfinite(average) else None, sigma=sigma)


def chance(estimated: Estimated, past: Rate | None) -> Chance:
    """A probability with its error, and its base rate where there is one."""
    if past is None:
        return Chance(probability=estimated.value, error=estimated.error)
    return Chance(
        probability=estimated.value,
        error=estimated.error,
        base_rate=past.value,
        base_count=past.count,
        windows=past.windows,
    )


def conditional(priced: PricedClaim) -> Chance | None:
    """How likely a claim with a condition is, where the condition comes true; None where it never does.

    Its error counts the paths on which it does; its base count the days. Without a condition, the chance of 'true'.
    """
    is_true, is_false = priced.chances["true"], priced.chances["false"]
    counted = is_true.probability + is_false.probability
    if counted == 0:
        return None
    probability = is_true.probability / counted
    count = counted * priced.paths * (1 - priced.undecided)
    past = None if is_true.base_rate is None or is_false.base_rate is None else is_true.base_rate + is_false.base_rate
    return Chance(
        probability=probability,
        error=math.sqrt(probability * (1 - probability) / count),
        base_rate=is_true.base_rate / past if past and is_true.base_rate is not None else None,
        base_count=round(is_true.base_count * past) if past else 0,
        windows=round(is_true.windows * past) if past else 0,
    )


def check_horizon(claim: Claim, forecast: Forecast) -> None:
    """Raises BadClaim where the claim outlasts the paths."""
    # later sessions may be known by their closes alone
    simulated = (forecast.paths.close if isinstance(claim, CloseAt) else forecast.paths.high).shape[1]
    if sessions_of(claim) > simulated:
        raise BadClaim(
            f"'{claim_text(claim)}' stands for {sessions_of(claim)} sessions, the forecast reaches {simulated}; "
            f"make it with sessions={sessions_of(claim)}."
        )


def check_open(claim: Claim, last: float, bars: Bars) -> None:
    """Raises BadClaim where a price cannot be, or the last one has settled the claim already, so that nothing is left to happen."""
    for price in written_prices(claim):
        if isinstance(price, float | int) and price <= 0 and not bars.instrument.may_be_negative:
            raise BadClaim(f"'{claim_text(claim)}': {bars.instrument.symbol} cannot trade at {price:,g}; give a price above 0.")
    known = known_of(bars)
    check_standing(
        claim,
        last,
        quoting=bars.instrument.quoting,
        value=lambda measure: float(series_of(measure, known)[-1]),
    )
