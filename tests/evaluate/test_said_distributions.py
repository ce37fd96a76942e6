"""Simulated closes against the close that came: by hand, against scoringrules, and joined in any pieces."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import fields

import numpy as np
import pytest
import scoringrules
from numpy.testing import assert_array_equal

from levelhead.evaluate.distribution import Distribution, held_against, joined, judged, quantiles

DAY = dt.date(2024, 3, 1)


def one(closes, happened, horizons=(1,), start=100.0) -> Distribution:
    return judged(np.array(closes), start=start, happened=np.array(happened), horizons=horizons, symbol="MADE", as_of=DAY)


def test_four_closes_against_one_by_hand():
    # log returns -0.2, 0, 0.1, 0.3 against 0.1: E|x - y| = (0.3 + 0.1 + 0 + 0.2) / 4 = 0.15; the six pairs differ by
    # 0.2, 0.3, 0.5, 0.1, 0.3, 0.2, together 1.6, so E|x - x'| / 2 = 1.6 / 16 = 0.1; the score is 0.05.
    closes = [[100.0 * math.exp(x)] for x in (0.1, -0.2, 0.3, 0.0)]
    found = one(closes, [100.0 * math.exp(0.1)])
    assert found.crps == pytest.approx([0.05], abs=1e-12)
    assert found.realised == pytest.approx([0.1])
    # the mean is 0.05, the squares of the distances from it are 0.0625, 0.0025, 0.0025, 0.0625
    assert found.sigma == pytest.approx([math.sqrt(0.13 / 4)])


def test_bands_of_eleven_even_closes_by_hand():
    # 0, 1, ... 10 hundredths: the middle half runs from 2.5 to 7.5, four fifths from 1 to 9, 95 % from 0.25 to 9.75
    closes = [[100.0 * math.exp(k / 100)] for k in range(11)]
    assert one(closes, [100.0 * math.exp(0.08)]).width[0] == pytest.approx([0.05, 0.08, 0.095])
    for came, inside in (
        (0.05, [True, True, True]),
        (0.08, [False, True, True]),
        (0.095, [False, False, True]),
        (0.1, [False] * 3),
    ):
        assert one(closes, [100.0 * math.exp(came)]).is_in[0].tolist() == inside


def test_a_horizon_whose_close_has_not_come_has_no_row():
    closes = np.full((5, 12), 100.0) * np.linspace(0.9, 1.1, 5)[:, None]
    found = one(closes, np.full(7, 100.0), horizons=(1, 5, 10, 12, 40))
    assert found.sessions.tolist() == [1, 5]
    assert len(one(closes, np.empty(0), horizons=(1, 5))) == 0


def test_the_score_is_that_of_scoringrules_at_every_horizon():
    generator = np.random.default_rng(3)
    closes = 50.0 * np.exp(np.cumsum(generator.normal(0.0, 0.02, (300, 20)), axis=1))
    came = 50.0 * np.exp(np.cumsum(generator.normal(0.0, 0.02, 20)))
    found = one(closes, came, horizons=(1, 3, 20), start=50.0)
    samples = np.log(closes[:, [0, 2, 19]].T / 50.0)
    assert found.crps == pytest.approx(scoringrules.crps_ensemble(np.log(came[[0, 2, 19]] / 50.0), samples), rel=1e-9)
    assert_array_equal(quantiles(np.sort(samples, axis=1), np.array([0.5]))[:, 0], np.median(samples, axis=1))


def test_fifty_quantiles_stand_for_the_distribution_within_a_few_thousandths():
    generator = np.random.default_rng(4)
    closes = 100.0 * np.exp(generator.standard_t(4, (20_000, 1)) * 0.01)
    for came in (-0.03, 0.0, 0.002, 0.05):
        found = one(closes, [100.0 * math.exp(came)])
        assert held_against(found.quantiles, found).crps == pytest.approx(found.crps, rel=0.003)


def test_a_day_scored_twice_is_the_day_and_pieces_join_to_the_whole():
    closes = 100.0 * np.exp(np.random.default_rng(5).normal(0.0, 0.01, (50, 5)))
    whole = one(closes, closes[0], horizons=(1, 2, 5))
    parts = joined([whole.where(np.array([0])), joined([]), whole.where(np.array([False, True, True]))])
    for field in fields(Distribution):
        assert_array_equal(getattr(parts, field.name), getattr(whole, field.name))
