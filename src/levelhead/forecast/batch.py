"""Forecasts of many days of one history, its volatility computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from levelhead.domain.bars import Bars
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import DEFAULTS, Forecast, forecast_at
from levelhead.forecast.models import volatility_history
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import VolatilityHistory


def forecasts_for(
    bars: Bars, dates: Iterable[dt.date], *, sessions: int = 65, settings: Settings = DEFAULTS, beside: Beside = NOTHING
) -> Iterator[Forecast]:
    """For each date, in the order given, the forecast that `make_forecast(bars.until(date))` makes, to the last bit.

    The volatility of the whole history is fitted once, bar by bar and each on its own past, so that a date costs its paths:
    about 7 ms for 10,000 of 21 sessions. Raises as make_forecast does, at the date concerned; BadDate for one before the
    first bar.
    """
    history: VolatilityHistory | None = None
    if not (bars.low <= 0).any():
        history = volatility_history(bars, settings, beside)
    for date in dates:
        seen = bars.until(date)
        # below zero there are no logarithms: each day's history begins where that day's could
        known = volatility_history(seen, settings, beside) if history is None else history
        yield forecast_at(seen, known, sessions=sessions, settings=settings, beside=beside)
