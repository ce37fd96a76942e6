"""The bands of 50, 80 and 95 % hold as many closes as they should, walk-forward, on made GARCH markets."""

from __future__ import annotations

import numpy as np
import pytest
from made_verdicts import garch_market

from levelhead.domain.sessions import as_date
from levelhead.evaluate.closes import of_horizon
from levelhead.evaluate.distribution import joined, judged
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.settings import Settings

HORIZONS = (1, 5, 12)
FEW = Settings(paths=600)


@pytest.fixture(scope="module")
def closes():
    parts = []
    for seed in (71, 72, 73):
        bars, _ = garch_market(2400, seed, alpha=0.08, beta=0.89, symbol=f"M{seed}")
        rows = range(600, 2388, 6)
        made = forecasts_for(bars, [as_date(bars.dates[row]) for row in rows], sessions=12, settings=FEW)
        parts += [
            judged(
                forecast.paths.close,
                start=forecast.start,
                happened=bars.close[row + 1 : row + 13],
                horizons=HORIZONS,
                symbol=bars.instrument.symbol,
                as_of=as_date(bars.dates[row]),
            )
            for row, forecast in zip(rows, made, strict=True)
        ]
    told = joined(parts)
    return [of_horizon(sessions, told, (), {}) for sessions in HORIZONS]


def test_every_band_holds_what_it_should_within_sampling_error(closes):
    # nine intervals of 95 %: two or more miss in 7 of 100 worlds; these three are fixed by their seeds
    missed = [(each["sessions"], band["band"], band["share"]) for each in closes for band in each["bands"] if not band["is_within"]]
    assert len(missed) <= 1, missed


def test_no_band_is_off_by_more_than_four_points(closes):
    # 894 rows, at horizon 12 some 447 of them apart: one standard error of a half is 1.7 to 2.4 points
    for each in closes:
        for band in each["bands"]:
            assert band["share"]["mean"] == pytest.approx(band["band"], abs=0.045), (each["sessions"], band)


def test_places_are_even_within_what_such_records_show(closes):
    inside = [
        low <= share <= high
        for each in closes
        for low, share, high in zip(each["pit"]["low"], each["pit"]["shares"], each["pit"]["high"], strict=True)
    ]
    # thirty steps of 90 %: 27 are expected inside; fewer than 23 once in fifty times
    assert np.sum(inside) >= 23
    for each in closes:
        # uniform: 1/2, and the root of 1/12
        assert each["pit"]["mean"] == pytest.approx(0.5, abs=0.05)
        assert each["pit"]["spread"] == pytest.approx(0.2887, abs=0.02)


def test_what_was_said_of_the_spread_is_what_came(closes):
    for each in closes:
        assert each["sigma_said"] == pytest.approx(each["sigma_happened"], rel=0.1)
