"""Paths whose later sessions are known by their closes alone: the same paths, and nothing is asked of bars that are not there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_prices import walk
from numpy.testing import assert_array_equal

from levelhead.claims.parse import parse_claim
from levelhead.domain.errors import BadClaim
from levelhead.forecast.forecast import QUANTILES, make_forecast, quantiles
from levelhead.forecast.plan_price import PlanPricer
from levelhead.forecast.price import price_claim
from levelhead.forecast.settings import Settings

BARS = walk(np.full(400, 0.01), 3)
FEW = Settings(paths=501)
ALL = make_forecast(BARS, settings=FEW)
SHORT = make_forecast(BARS, settings=FEW, whole=15)
LAST = BARS.last


def test_the_paths_are_the_same():
    assert_array_equal(SHORT.paths.close, ALL.paths.close)
    for name in ("open", "high", "low"):
        assert_array_equal(getattr(SHORT.paths, name), getattr(ALL.paths, name)[:, :15])
    assert (SHORT.term == ALL.term).all()


def test_a_claim_about_a_close_reaches_as_far_as_the_closes_and_any_other_as_far_as_the_bars():
    far = parse_claim(f"close above {LAST:.2f} at 65 sessions")
    assert price_claim(far, SHORT, BARS) == price_claim(far, ALL, BARS)
    near = parse_claim(f"first of {LAST * 1.03:.2f} | {LAST * 0.97:.2f} within 15 sessions")
    assert price_claim(near, SHORT, BARS) == price_claim(near, ALL, BARS)
    for text in (
        f"touch {LAST * 1.05:.2f} within 16 sessions",
        f"first of {LAST * 1.03:.2f} | {LAST * 0.97:.2f} within 16 sessions",
        f"long limit {LAST * 0.98:.2f} stop {LAST * 0.95:.2f} target {LAST:.2f} fill within 5 exit within 16",
    ):
        with pytest.raises(BadClaim, match="the forecast reaches 15"):
            price_claim(parse_claim(text), SHORT, BARS)


def test_plans_that_outlast_the_bars_or_are_never_filled_are_expected_to_bring_nothing_known():
    plans = [
        parse_claim(f"long limit {LAST * 0.99:.2f} stop {LAST * 0.96:.2f} target {LAST * 1.02:.2f} fill within 5 exit within {n}")
        for n in (15, 16)
    ]
    never = parse_claim(f"long limit {LAST * 0.5:.2f} stop {LAST * 0.4:.2f} target {LAST:.2f} fill within 5 exit within 10")
    pricer = PlanPricer(SHORT, BARS)
    near, far, unfilled = pricer.expect_all([*plans, never])
    assert near == pricer.expect(plans[0])
    assert near.filled > 50
    assert far is None
    assert unfilled is None


@given(share=st.sampled_from(sorted(QUANTILES)), sessions=st.integers(1, 15))
def test_a_quantile_is_that_of_numpy_to_the_last_bit(share, sessions):
    expected = np.quantile(ALL.paths.close[:, :sessions], QUANTILES[share], axis=0)
    assert quantiles(ALL, sessions)[share] == tuple(expected.tolist())
