"""Black's formula against known values, its inversion, and chances read off a smile."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.options import black, chance_above, implied_deviation, normal


def test_the_normal_distribution_at_known_points():
    assert normal(0.0) == 0.5
    assert normal(1.0) == pytest.approx(0.8413447, abs=1e-7)
    assert normal(-1.96) == pytest.approx(0.0249979, abs=1e-7)


def test_an_option_at_the_money():
    # call = put = 2 N(s / 2) - 1; with s = 0.2, N(0.1) = 0.5398278
    assert black(0.0, 0.2, is_call=True) == pytest.approx(0.0796557, abs=1e-7)
    assert black(0.0, 0.2, is_call=False) == pytest.approx(0.0796557, abs=1e-7)


def test_a_textbook_option_on_a_future():
    # Hull, Options, Futures and Other Derivatives, example 18.6: F = K = 20, four months, volatility 25 %, interest 9 %: put 1.12.
    # Ours is not discounted by exp(0.09 x 4 / 12) = 1.0304545
    price = 20 * black(0.0, 0.25 * math.sqrt(4 / 12), is_call=False) / 1.0304545
    assert price == pytest.approx(1.12, abs=0.005)


@given(away=st.floats(-0.5, 0.5), deviation=st.floats(0.02, 1.0))
def test_call_less_put_is_forward_less_strike(away, deviation):
    both = black(away, deviation, is_call=True) - black(away, deviation, is_call=False)
    assert both == pytest.approx(1 - math.exp(away), abs=1e-12)


@given(away=st.floats(-0.3, 0.3), deviation=st.floats(0.1, 1.0), is_call=st.booleans())
def test_the_deviation_comes_back_from_the_price(away, deviation, is_call):
    price = black(away, deviation, is_call=is_call)
    found = implied_deviation(price, away, is_call=is_call)
    assert found is not None
    assert black(away, found, is_call=is_call) == pytest.approx(price, abs=1e-12)


def test_a_price_that_no_deviation_explains_has_none():
    assert implied_deviation(0.0999, math.log(0.9), is_call=True) is None  # worth 0.1 if it ended now
    assert implied_deviation(1.0, 0.0, is_call=True) is None
    assert implied_deviation(0.0, 0.1, is_call=True) is None


@given(away=st.floats(-0.5, 0.5), deviation=st.floats(0.05, 0.8))
def test_a_flat_smile_gives_the_normal_tail(away, deviation):
    exact = normal(-away / deviation - 0.5 * deviation)
    assert chance_above(away, lambda _: deviation) == pytest.approx(exact, abs=1e-6)


def test_a_falling_smile_makes_ending_above_likelier():
    # dC/dK = -N(d2) + vega ds/dK: at the money vega = phi(0.1) = 0.396953; a slope of -0.5 adds 0.1984763
    flat = chance_above(0.0, lambda _: 0.2)
    sloped = chance_above(0.0, lambda away: 0.2 - 0.5 * away)
    assert sloped - flat == pytest.approx(0.1984763, abs=1e-5)


def test_chances_stay_within_bounds():
    assert chance_above(0.0, lambda away: 0.2 + 5 * away) == 0.0
    assert chance_above(0.0, lambda away: max(0.2 - 5 * away, 0.01)) == 1.0
