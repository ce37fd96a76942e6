"""Claims as text become prices: one forecast for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from levelhead.domain.bars import Bars
from levelhead.domain.claim import PricedClaim, Split

if TYPE_CHECKING:
    from levelhead.forecast.artefact import Artefact, Artefacts
    from levelhead.forecast.beside import Beside
    from levelhead.forecast.settings import Settings


class Prices(NamedTuple):
    """Priced claims, and by what: the forecast's model in words, and for each claim the artefact that pooled it, or None."""

    claims: list[PricedClaim]
    model: str
    artefacts: list[Artefact | None]


def priced(claims: Sequence[str], bars: Bars, *, settings: Settings | None = None) -> list[PricedClaim]:
    """Each claim priced on the same paths, drawn from `bars` alone.

    Relative prices ('+2 ATR'), named levels and dates are frozen at their last bar.

    Raises BadClaim where a claim cannot be understood, NotYetKnown where there are too few bars to forecast.
    """
    return prices(claims, bars, settings=settings).claims


def prices(
    claims: Sequence[str],
    bars: Bars,
    *,
    settings: Settings | None = None,
    beside: Beside | None = None,
    artefacts: Artefacts | None = None,
) -> Prices:
    """The same, with what may be known beside the bars, and splits pooled and calibrated where artefacts of the past are given."""
    from levelhead.claims.form import longest, resolve
    from levelhead.claims.parse import parse_form
    from levelhead.desk.bar_words import of_bars
    from levelhead.doors.standing import standing_market
    from levelhead.forecast.artefact import Artefacts
    from levelhead.forecast.beside import NOTHING
    from levelhead.forecast.forecast import make_forecast
    from levelhead.forecast.pooling import pooled_claim
    from levelhead.forecast.price import price_claim
    from levelhead.forecast.settings import Settings

    forms = [parse_form(text) for text in claims]
    if not forms:
        return Prices([], "", [])
    undated = standing_market(bars)
    sessions = max(longest(form, undated) for form in forms)
    forecast = make_forecast(bars, sessions=sessions, settings=settings or Settings(), beside=beside or NOTHING)
    market = standing_market(bars, forecast)
    known, told, by = artefacts or Artefacts(), [], []
    for form in forms:
        claim = resolve(form, market)
        one, artefact = price_claim(claim, forecast, bars), None
        if isinstance(claim, Split):
            one, artefact = pooled_claim(claim, one, forecast, bars, known, (bars.instrument.kind,))
        told.append(of_bars(one, bars.timeframe))
        by.append(artefact)
    return Prices(told, forecast.model, by)
