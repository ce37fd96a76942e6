from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Split
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.forecast.base_rates import base_rates
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.settings import Settings

RTY = Instrument(symbol="RTY", name="RTY", short_name="RTY", kind="future", tick=0.1, decimals=1, months="HMUZ")
FEW = replace(Settings(), paths=500)
EVERY = 60


def rolled(n: int = 700, gap: float = 0.03, seed: int = 4) -> Bars:
    """A walk of 1 % a day, spliced every 60 bars with a gap of 3 %, three daily standard deviations."""
    rng = np.random.default_rng(seed)
    walk = 2000 * np.exp(np.cumsum(rng.normal(0, 0.01, n)))
    dates = np.datetime64("2022-01-03") + np.arange(n)
    days = list(range(EVERY, n, EVERY))
    factor = np.exp(gap * np.searchsorted(np.array(days), np.arange(n), side="right"))
    close = walk * factor
    open_ = np.concatenate([walk[:1], walk[:-1]]) * factor
    rolls = tuple(
        Roll(
            date=dates[day].item(),
            from_contract="A",
            to_contract="B",
            gap=float(close[day - 1] * (np.exp(gap) - 1)),
            factor=float(np.exp(gap)),
            estimated=False,
            method="made",
        )
        for day in days
    )
    wide = np.abs(rng.normal(0, 0.004, (2, n)))
    return Bars(
        instrument=RTY,
        time=dates.astype("datetime64[us]"),
        open=open_,
        high=np.maximum(open_, close) * (1 + wide[0]),
        low=np.minimum(open_, close) * (1 - wide[1]),
        close=close,
        volume=np.full(n, np.nan),
        row=np.arange(n),
        rolls=rolls,
        frame="as traded",
    )


def test_the_gap_of_a_roll_is_no_return_of_the_forecast():
    bars = rolled()
    known, whole = make_forecast(bars, sessions=12, settings=FEW), make_forecast(back_adjusted(bars), sessions=12, settings=FEW)
    ignored = make_forecast(replace(bars, rolls=()), sessions=12, settings=FEW)
    assert known.sigma == pytest.approx(whole.sigma, rel=1e-9)
    assert known.start == bars.last
    # a gap of three standard deviations every 60 bars: variance up by 9 / 60 and more after a roll
    assert ignored.sigma > 1.02 * known.sigma


def test_base_rates_of_rolled_bars_are_those_of_the_back_adjusted_series():
    bars = rolled()
    claim = Split(upper=bars.last * 1.03, lower=bars.last * 0.97, sessions=12)
    known, whole = base_rates(claim, bars), base_rates(claim, back_adjusted(bars))
    ignored = base_rates(claim, replace(bars, rolls=()))
    assert known == whole
    # every gap is upwards, so that a past with gaps says too often that the upper price came first
    assert ignored.rates["up"].value > known.rates["up"].value + 0.03


def test_forecasts_of_many_days_share_one_history_to_the_last_bit_with_rolls_too():
    bars = rolled()
    days = [bars.dates[at].item() for at in (450, 479, 480, 481, 600)]
    for day, one in zip(days, forecasts_for(bars, days, sessions=5, settings=FEW), strict=True):
        alone = make_forecast(bars.until(day), sessions=5, settings=FEW)
        assert one.sigma == alone.sigma
        assert_array_equal(one.paths.close, alone.paths.close)


def test_paths_begin_at_the_price_of_the_contract_that_is_quoted():
    bars = rolled()
    forecast = make_forecast(bars, sessions=5, settings=FEW)
    assert_allclose(np.median(forecast.paths.close[:, 0]), bars.last, rtol=0.01)


def test_a_forecast_is_the_same_in_whatever_frame_its_bars_come():
    # adding the gaps to old prices made every return of the past another one: 3 % a roll, ten rolls back a quarter less
    bars = rolled()
    traded, by_difference, by_ratio = (
        make_forecast(each, sessions=5, settings=FEW).sigma
        for each in (bars, back_adjusted(bars, "difference"), back_adjusted(bars, "ratio"))
    )
    assert by_difference == pytest.approx(traded, rel=1e-9)
    assert by_ratio == pytest.approx(traded, rel=1e-9)
