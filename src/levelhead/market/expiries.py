"""Which days of a series are quarterly expiries, and which closes of them no trade can have printed."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import SessionTable, front_expiry
from levelhead.market.impossible import BoolArray

DateArray = NDArray[np.datetime64]

_ROUNDING = 1e-6  # of the price: feeds that keep four bytes a price miss the grid by a tenth of this
_ONE_DAY = dt.timedelta(days=1)


def expiries(instrument: Instrument, first: dt.date, last: dt.date, sessions: SessionTable | None) -> DateArray:
    """The last trade dates from `first` to `last`, both included, ascending; none where nothing expires."""
    found: list[dt.date] = []
    day = first
    while (front := front_expiry(instrument, day, sessions)) is not None and front.last_trade <= last:
        found.append(front.last_trade)
        day = front.last_trade + _ONE_DAY
    return np.array(found, dtype="datetime64[D]")


def is_expiry(bars: Bars, sessions: SessionTable | None) -> BoolArray:
    """Which bars are of an expiry, shape (n,)."""
    days = expiries(bars.instrument, bars.first, bars.as_of, sessions)
    return np.isin(bars.dates, days) if len(days) else np.zeros(len(bars), dtype=np.bool_)


def is_off_grid(bars: Bars) -> BoolArray:
    """Which closes lie between two ticks, shape (n,); none where no tick is known."""
    tick = bars.instrument.tick
    if tick is None:
        return np.zeros(len(bars), dtype=np.bool_)
    missed: BoolArray = np.abs(bars.close - np.round(bars.close / tick) * tick) > _ROUNDING * np.abs(bars.close)
    return missed
