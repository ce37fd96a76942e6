"""Claims as text become prices: one forecast for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from levelhead.domain.bars import Bars
from levelhead.domain.claim import PricedClaim

if TYPE_CHECKING:
    from levelhead.forecast.beside import Beside
    from levelhead.forecast.pooling import Pool
    from levelhead.forecast.settings import Settings


class Prices(NamedTuple):
    """Priced claims, and by what: the forecast's model in words, and for each claim what it was pooled by."""

    claims: list[PricedClaim]
    model: str
    pools: list[Pool]


def priced(
    claims: Sequence[str], bars: Bars, *, settings: Settings | None = None, beside: Beside | None = None
) -> list[PricedClaim]:
    """Each claim priced on the same paths, drawn from `bars`, and pooled by the package's own artefacts unless `beside` is given.

    Relative prices ('+2 ATR'), named levels and dates are frozen at their last bar.

    Raises BadClaim where a claim cannot be understood, NotYetKnown where there are too few bars to forecast.
    """
    from levelhead.doors.shipped import usual_beside

    return prices(claims, bars, settings=settings, beside=usual_beside() if beside is None else beside).claims


def prices(
    claims: Sequence[str],
    bars: Bars,
    *,
    settings: Settings | None = None,
    beside: Beside | None = None,
) -> Prices:
    """The same, with what may be known beside the bars; claims are pooled where artefacts of the past or a chain are among it."""
    from levelhead.claims.form import longest, resolve
    from levelhead.claims.parse import parse_form
    from levelhead.desk.bar_words import of_bars
    from levelhead.doors.standing import standing_market
    from levelhead.forecast.beside import NOTHING
    from levelhead.forecast.forecast import make_forecast
    from levelhead.forecast.pooling import pool_for
    from levelhead.forecast.price import price_claim
    from levelhead.forecast.settings import Settings

    forms = [parse_form(text) for text in claims]
    if not forms:
        return Prices([], "", [])
    undated = standing_market(bars)
    sessions = max(longest(form, undated) for form in forms)
    forecast = make_forecast(bars, sessions=sessions, settings=settings or Settings(), beside=beside or NOTHING)
    market = standing_market(bars, forecast)
    told, by = [], []
    for form in forms:
        claim = resolve(form, market)
        told.append(of_bars(price_claim(claim, forecast, bars), bars.timeframe))
        by.append(pool_for(claim, forecast, bars))
    return Prices(told, forecast.model, by)
