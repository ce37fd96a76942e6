"""Claims as text become prices: one forecast for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from levelhead.domain.bars import Bars
from levelhead.domain.claim import PricedClaim

if TYPE_CHECKING:
    from levelhead.forecast.settings import Settings


def priced(claims: Sequence[str], bars: Bars, *, settings: Settings | None = None) -> list[PricedClaim]:
    """Each claim priced on the same paths, drawn from `bars` alone; relative prices ('+2 ATR') stand on their last bar.

    Raises BadClaim where a claim cannot be understood, NotYetKnown where there are too few bars to forecast.
    """
    from levelhead.claims.form import resolve
    from levelhead.claims.parse import parse_form
    from levelhead.desk.bar_words import of_bars
    from levelhead.forecast.forecast import make_forecast
    from levelhead.forecast.price import market_of, price_claim
    from levelhead.forecast.settings import Settings

    forms = [parse_form(text) for text in claims]
    if not forms:
        return []
    sessions = max(max(form.sessions) for form in forms)
    forecast = make_forecast(bars, sessions=sessions, settings=settings or Settings())
    market = market_of(bars, forecast)
    return [of_bars(price_claim(resolve(form, market), forecast, bars), bars.timeframe) for form in forms]
