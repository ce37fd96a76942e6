"""Where the market stands when a claim is made at the last bar: what its relative prices, named levels and dates are frozen on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from levelhead.domain.bars import Bars

if TYPE_CHECKING:
    from levelhead.claims.form import Market
    from levelhead.forecast.forecast import Forecast


def standing_market(bars: Bars, forecast: Forecast | None = None) -> Market:
    """The market at the last bar, with every price among the facts by its name, highs and lows since a date, and sessions by date.

    The facts are read when the first level is asked for, about 50 ms. On other than daily bars a date is no count of bars.
    """
    from levelhead.forecast.price import market_of

    return replace(
        market_of(bars, forecast),
        level=_levels(bars),
        extreme=lambda side, since: _extreme(bars, side, since),
        sessions_by=(lambda day: _sessions_by(bars, day)) if bars.timeframe == "1d" else None,
    )


def _levels(bars: Bars) -> Callable[[str], float | None]:
    @cache
    def prices() -> dict[str, float]:
        from levelhead.market.sessions import session_table
        from levelhead.reading.read import read

        facts = read(bars, sessions=session_table(bars.instrument.calendar)).facts
        return {name: float(fact.value) for name, fact in facts.items() if fact.unit == "price" and not isinstance(fact.value, str)}

    return lambda name: prices().get(name)


def _extreme(bars: Bars, side: Literal["high", "low"], since: dt.date) -> float | None:
    if not bars.first <= since <= bars.as_of:
        return None
    row = int(np.searchsorted(bars.dates, np.datetime64(since)))
    return float(bars.high[row:].max() if side == "high" else bars.low[row:].min())


def _sessions_by(bars: Bars, day: dt.date) -> int:
    """Sessions after the last bar, up to and with `day`: by the session table, or where it does not reach by weekdays."""
    from levelhead.market.sessions import session_table

    table, morrow = session_table(bars.instrument.calendar), bars.as_of + dt.timedelta(days=1)
    if table is not None and table.covers(bars.as_of) and table.covers(day):
        return len(table.between(morrow, day)) if day >= morrow else 0
    return int(np.busday_count(morrow, np.datetime64(day) + 1)) if day >= morrow else 0  # dates of Python end in 9999
