"""Exact first-touch chances of a driftless walk: by hand, by another series, and by walking."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.closed_form import first_of, touches

distances = st.floats(0.001, 1.0)
variances = st.floats(1e-6, 10.0)


def test_a_price_one_standard_deviation_away_is_touched_with_twice_the_normal_tail():
    # 2 * (1 - 0.8413447461) = 0.3173105079
    assert touches(0.1, 0.01) == pytest.approx(0.3173105079)


def test_a_price_at_hand_is_touched_and_nothing_is_without_time():
    assert touches(1e-12, 1.0) == pytest.approx(1.0)
    assert touches(0.1, 0.0) == 0.0
    assert first_of(0.1, 0.1, 0.0) == (0.0, 1.0, 0.0)


def test_with_much_time_it_is_the_gambler_s_ruin():
    # 3 up against 1 down: the nearer one first in 3 of 4 cases
    chance = first_of(0.03, 0.01, 1.0)
    assert (chance.up, chance.neither, chance.down) == pytest.approx((0.25, 0.0, 0.75), abs=1e-12)


def test_with_the_other_price_out_of_reach_it_is_a_single_touch():
    chance = first_of(0.1, 5.0, 0.01)
    assert chance.up == pytest.approx(0.3173105079)
    assert chance.down == pytest.approx(0.0, abs=1e-12)


def test_equal_distances_of_one_standard_deviation():
    # The walk stays within 1 until time 1 with probability 4/pi (e^(-pi^2/8) - e^(-9 pi^2/8)/3 + ...):
    # 1.2732395447 (0.2912131... - 0.00000502...) = 0.3707774
    chance = first_of(1.0, 1.0, 1.0)
    assert chance.neither == pytest.approx(
        4 / math.pi * (math.exp(-(math.pi**2) / 8) - math.exp(-9 * math.pi**2 / 8) / 3), abs=1e-13
    )
    assert chance.up == chance.down


@given(up=distances, down=distances, variance=variances)
def test_swapping_the_prices_swaps_the_chances(up, down, variance):
    one, other = first_of(up, down, variance), first_of(down, up, variance)
    assert (one.up, one.down) == (other.down, other.up)
    assert sum(one) == pytest.approx(1.0, abs=1e-12)


@given(up=distances, down=distances, time=st.floats(0.02, 20.0))
def test_images_agree_with_the_sine_series(up, down, time):
    # The heat equation on an interval of width 1 (Cox, D. R. and Miller, H. D. (1965), The Theory of Stochastic Processes, 5.7)
    width = up + down
    variance = time * width**2
    k = np.arange(1, 80)
    terms = 2 / (k * np.pi) * np.sin(k * np.pi * down / width) * np.exp(-((k * np.pi) ** 2) * time / 2)
    above = down / width + float(np.sum((-1.0) ** k * terms))
    neither = float(np.sum((1 - (-1.0) ** k) * terms))
    chance = first_of(up, down, variance)
    assert chance.up == pytest.approx(above, abs=1e-10)
    assert chance.neither == pytest.approx(neither, abs=1e-10)


@given(up=distances, down=distances, variance=variances)
def test_a_third_price_can_only_take_chances_away(up, down, variance):
    assert first_of(up, down, variance).up <= touches(up, variance) + 1e-12


@pytest.mark.parametrize(("up", "down"), [(1.0, 1.0), (0.7, 1.4)])
def test_a_walk_of_many_small_steps_agrees(up, down):
    # Watched 1,000 times only, a walk touches a price as a continuous one touches the price 0.5826 steps further away
    # (Broadie, M., Glasserman, P. and Kou, S. (1997), Mathematical Finance 7(4), 325-349).
    steps, paths = 1000, 8000
    walk = np.cumsum(np.random.default_rng(21).normal(0, math.sqrt(1 / steps), (steps, paths)), axis=0)
    above, below = walk >= up, walk <= -down
    first_up = np.where(above.any(axis=0), above.argmax(axis=0), steps)
    first_down = np.where(below.any(axis=0), below.argmax(axis=0), steps)
    further = 0.5826 / math.sqrt(steps)
    exact = first_of(up + further, down + further, 1.0)
    for seen, chance in ((first_up < first_down, exact.up), (first_down < first_up, exact.down)):
        assert abs(seen.mean() - chance) < 4 * math.sqrt(chance * (1 - chance) / paths)
