"""What became of touched levels: bar by bar, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from levelhead.kernels.level_tests import Paths, level_tests, paths_after


def outcome(closes, *, near=1.0, width=0.5, fresh=3, horizons=(4,), reach=0.2):
    """One level over a path whose bars reach `reach` beyond their close on either side."""
    path = np.array([closes], dtype=np.float64)
    paths = Paths(high=path + reach, low=path - reach, close=path)
    found = level_tests(paths, np.array([0]), np.array([near]), np.array([width]), fresh, horizons)
    return int(found.touch[0]), found.broken[0].tolist(), found.reclaimed[0].tolist()


def test_a_resistance_from_1_to_1_5_that_turns_price_back_has_held():
    assert outcome([0.5, 0.9, 0.4, 0.2, 0.0, -0.5, -0.4, 0.0]) == (1, [False], [False])


def test_two_closes_in_a_row_above_it_break_it_one_does_not():
    assert outcome([0.5, 0.9, 1.6, 1.2, 1.6, 1.3, 0.9, 0.9]) == (1, [False], [False])
    assert outcome([0.5, 0.9, 1.6, 1.7, 1.2, 1.2, 1.2, 1.2]) == (1, [True], [False])


def test_two_closes_back_below_it_reclaim_it():
    assert outcome([0.9, 1.6, 1.7, 0.9, 0.8, 0.5, 0.5, 0.5]) == (0, [True], [True])
    assert outcome([0.9, 1.6, 1.7, 0.9, 1.2, 0.8, 0.5, 0.5]) == (0, [True], [False])


def test_what_comes_after_the_horizon_does_not_count():
    closes = [0.9, 0.9, 0.9, 0.9, 1.6, 1.7, 1.7, 1.7]
    assert outcome(closes, horizons=(4, 5)) == (0, [False, True], [False, False])


def test_a_support_is_the_mirror_of_a_resistance():
    assert outcome([-0.5, -0.9, -1.6, -1.7, -0.9, -0.8, 0.0, 0.0], near=-1.0) == (1, [True], [True])


def test_a_level_that_price_leaps_across_is_not_touched():
    # the second bar trades from 1.8 to 2.2, all of it beyond 1.5; that it comes back later is no touch from below
    assert outcome([0.5, 2.0, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2]) == (-1, [False], [False])


def test_a_level_that_is_not_reached_while_its_ladder_is_fresh_is_not_touched():
    assert outcome([0.5, 0.5, 0.5, 0.9, 0.9, 0.9, 0.9, 0.9])[0] == -1


@given(
    seed=st.integers(0, 10_000),
    near=st.floats(-2, 2).filter(lambda near: abs(near) > 0.1),
    width=st.floats(0, 1),
    later=st.integers(0, 7),
)
def test_what_is_said_of_a_horizon_depends_on_its_bars_alone(seed, near, width, later):
    walk = np.random.Generator(np.random.PCG64(seed)).normal(size=(1, 8)).cumsum(axis=1)
    rewritten = walk.copy()
    rewritten[:, later:] = 7.0 - rewritten[:, later:]
    found = [
        level_tests(Paths(p + 0.3, p - 0.3, p), np.array([0]), np.array([near]), np.array([width]), 3, (1, 2, 3, 4))
        for p in (walk, rewritten)
    ]
    before, after = found
    touch = int(before.touch[0])
    if touch >= 0 and touch < later:
        kept = max(later - 1 - touch, 0)  # horizons whose bars were left as they were
        assert_array_equal(before.touch, after.touch)
        assert_array_equal(before.broken[0, :kept], after.broken[0, :kept])
        assert_array_equal(before.reclaimed[0, :kept], after.reclaimed[0, :kept])


def test_paths_are_measured_from_the_close_in_the_days_own_yardstick():
    close = np.array([10.0, 12.0, 11.0, 14.0])
    paths = paths_after(close + 1, close - 1, close, np.array([1]), np.array([0.0, 2.0, 0.0, 0.0]), 2)
    assert paths.close[0] == pytest.approx([-0.5, 1.0])
    assert paths.high[0] == pytest.approx([0.0, 1.5])
    assert paths.low[0] == pytest.approx([-1.0, 0.5])
