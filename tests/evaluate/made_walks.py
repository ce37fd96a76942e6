"""Markets, settings and comparisons that the tests of walks share."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

import numpy as np
from made_charts import walk as random_walk
from made_note import RTY
from numpy.testing import assert_array_equal

from levelhead.desk.settings import Settings
from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.evaluate.distribution import Distribution
from levelhead.evaluate.walk import Walked
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.ledger.record import COLUMNS

QUICK = Settings(forecast=ForecastSettings(paths=400))
COUNT = 420


def market(seed: int = 5, bars: int = COUNT) -> Bars:
    return replace(random_walk(seed, bars), instrument=RTY)


def peer(seed: int = 105, bars: int = COUNT) -> Bars:
    return replace(random_walk(seed, bars, start=5000.0), instrument=Instrument.unknown("ES"))


def rolled(bars: Bars) -> Bars:
    """The same bars as a continuous future with three rolls, the last known two sessions late."""
    days = [bars.dates[row].item() for row in (120, 250, 330)]
    gaps = ((4.0, 1.002), (-2.5, 0.999), (6.0, 1.003))
    known = (None, None, bars.dates[332].item())
    return replace(
        bars,
        rolls=tuple(
            Roll(date=day, from_contract="A", to_contract="B", gap=gap, factor=factor, estimated=True, method="made", known_on=seen)
            for day, (gap, factor), seen in zip(days, gaps, known, strict=True)
        ),
    )


def with_another_future(bars: Bars, day: dt.date) -> Bars:
    """The same up to `day`; after it everything is 7 % higher and twice as wild."""
    later = bars.dates > np.datetime64(day)
    close = np.where(later, bars.close * 1.07, bars.close)
    spread = np.where(later, 2.0, 1.0)
    high = np.where(later, close + spread * (bars.high - bars.close) + 1.0, bars.high)
    low = np.where(later, close - spread * (bars.close - bars.low) - 1.0, bars.low)
    opened = np.where(later, np.clip(bars.open * 1.05, low, high), bars.open)
    return replace(bars, open=opened, high=high, low=low, close=close)


def assert_same(one: Walked, other: Walked) -> None:
    assert (one.notes, one.silent) == (other.notes, other.silent)
    for name in COLUMNS:
        assert_array_equal(getattr(one.record, name), getattr(other.record, name), err_msg=name)
    assert one.record.prices.keys() == other.record.prices.keys()
    for name, column in one.record.prices.items():
        assert_array_equal(column, other.record.prices[name], err_msg=name)
    for field in fields(Distribution):
        assert_array_equal(getattr(one.distribution, field.name), getattr(other.distribution, field.name), err_msg=field.name)
