"""How much a market moved on a day, by hand and on made random walks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.volatility import (
    daily_variance,
    fading_mean,
    garman_klass,
    overnight,
    parkinson,
    rogers_satchell,
    running_mean,
)

E = math.e


def bar(*values):
    return tuple(np.array([float(v)]) for v in values)


def test_parkinson_of_a_range_of_one_log_unit():
    # high / low = e: 1^2 / (4 * 0.693147) = 0.360674
    assert parkinson(*bar(E, 1))[0] == pytest.approx(0.3606737602)


def test_garman_klass_takes_the_body_off_the_range():
    # range log e = 1, body log(e^0.5) = 0.5: 0.5 * 1 - 0.386294 * 0.25 = 0.4034264
    assert garman_klass(*bar(1, E, 1, math.exp(0.5)))[0] == pytest.approx(0.4034264097)


def test_garman_klass_without_a_body_is_half_the_squared_range():
    assert garman_klass(*bar(2, 2 * E, 2, 2))[0] == pytest.approx(0.5)


def test_rogers_satchell_by_hand():
    # open 1, high e, low e^-1, close e^0.5: (0.5)(1) + (-1.5)(-1) = 2
    assert rogers_satchell(*bar(1, E, 1 / E, math.exp(0.5)))[0] == pytest.approx(2.0)


def test_rogers_satchell_sees_nothing_in_a_day_that_only_trends():
    assert rogers_satchell(*bar(1, E, 1, E))[0] == pytest.approx(0.0)


def test_the_overnight_gap_is_from_the_previous_close_and_the_first_bar_has_none():
    gaps = overnight(np.array([5.0, 3.0 * E]), np.array([3.0, 9.0]))
    assert_allclose(gaps, [0.0, 1.0])


def test_a_day_is_its_gap_and_its_session():
    # second bar: gap log(e^0.1) squared = 0.01, range log(e^0.2): 0.04 / 2.7725887 = 0.0144270
    opens, highs = np.array([1.0, math.exp(0.1)]), np.array([1.1, math.exp(0.3)])
    lows, closes = np.array([0.9, math.exp(0.1)]), np.array([1.0, math.exp(0.2)])
    assert daily_variance(opens, highs, lows, closes)[1] == pytest.approx(0.01 + 0.0144269504)


def test_a_day_that_stood_still_takes_the_mean_before_it():
    # sessions of log range 0.02 at the same close: 0.0004 / 2.7725887 = 0.000144270, then one flat bar
    flat = np.full(4, 100.0)
    highs = np.array([100 * math.exp(0.02)] * 3 + [100.0])
    measured = daily_variance(flat, highs, flat, flat)
    assert_allclose(measured, [0.000144269504] * 4, rtol=1e-9)


def test_a_tiny_day_is_held_at_two_per_cent_of_the_mean_before_it():
    flat = np.full(2, 100.0)
    highs = np.array([100 * math.exp(0.02), 100 * math.exp(0.0001)])
    measured = daily_variance(flat, highs, flat, flat)
    assert measured[1] == pytest.approx(0.02 * 0.000144269504)


def test_before_anything_moved_the_variance_is_zero():
    flat = np.full(3, 7.0)
    assert_array_equal(daily_variance(flat, flat, flat, flat), np.zeros(3))


def sessions_of_a_random_walk(count, steps, sigma, seed):
    walk = np.cumsum(np.random.default_rng(seed).normal(0, sigma / math.sqrt(steps), (count, steps)), axis=1)
    walk = np.hstack([np.zeros((count, 1)), walk])
    return tuple(np.exp(x) for x in (walk[:, 0], walk.max(axis=1), walk.min(axis=1), walk[:, -1]))


@pytest.mark.parametrize(
    ("measure", "relative_variance"), [("parkinson", 0.407), ("garman_klass", 0.27), ("rogers_satchell", 0.331)]
)
def test_each_measure_is_right_on_average_over_a_random_walk(measure, relative_variance):
    # sigma = 0.02; a walk of 2,000 steps falls short of its continuous range by about 0.5826 sqrt(1 / 2000) at either end,
    # that is up to 3.3 % of the variance. relative_variance: variance of the measure over sigma^4, from the three papers.
    opens, highs, lows, closes = sessions_of_a_random_walk(4000, 2000, 0.02, 11)
    measured = {
        "parkinson": lambda: parkinson(highs, lows),
        "garman_klass": lambda: garman_klass(opens, highs, lows, closes),
        "rogers_satchell": lambda: rogers_satchell(opens, highs, lows, closes),
    }[measure]()
    error = 4 * math.sqrt(relative_variance / 4000)
    assert 1 - 0.045 - error < measured.mean() / 0.0004 < 1 + error
    assert measured.var() / 0.0004**2 == pytest.approx(relative_variance, rel=0.2)


def test_a_fading_mean_by_hand():
    # span 3: each value weighs (3 - 1) / (3 + 1) = 1/2 of its successor. Row 1: (8 + 0.5 * 4) / 1.5 = 6.6667
    assert_allclose(fading_mean(np.array([4.0, 8.0, 0.0]), 3), [4.0, 10 / 1.5, (0 + 4 + 1) / 1.75])


def test_a_fading_mean_over_one_bar_is_the_bar():
    assert_array_equal(fading_mean(np.array([4.0, 8.0]), 1), [4.0, 8.0])


def test_a_running_mean_by_hand():
    assert_allclose(running_mean(np.array([1.0, 2.0, 6.0])), [1.0, 1.5, 3.0])


steps = st.lists(st.tuples(*[st.floats(-0.1, 0.1)] * 4), min_size=2, max_size=40)


def bars_from(moves):
    previous, rows = 0.0, []
    for gap, a, b, c in moves:
        opened = previous + gap
        closed = opened + c
        rows.append((opened, max(opened, closed) + abs(a), min(opened, closed) - abs(b), closed))
        previous = closed
    return tuple(np.exp(np.array(rows)).T.copy())


@given(moves=steps, data=st.data())
def test_no_row_of_a_day_s_variance_knows_the_future(moves, data):
    cut = data.draw(st.integers(1, len(moves)))
    whole, prefix = bars_from(moves), bars_from(moves[:cut])
    assert_array_equal(daily_variance(*whole)[:cut], daily_variance(*prefix))
    for span in (1, 5, 22):
        assert_array_equal(fading_mean(whole[3], span)[:cut], fading_mean(prefix[3], span))
    assert_array_equal(running_mean(whole[3])[:cut], running_mean(prefix[3]))


@given(moves=steps)
def test_measures_of_a_bar_that_can_be_are_never_negative(moves):
    opens, highs, lows, closes = bars_from(moves)
    for measured in (
        parkinson(highs, lows),
        garman_klass(opens, highs, lows, closes),
        rogers_satchell(opens, highs, lows, closes),
        daily_variance(opens, highs, lows, closes),
    ):
        assert (measured >= -1e-15).all()
