from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_charts import prices
from numpy.testing import assert_array_equal

from levelhead.kernels.swings import bars_until_passed, standing, swing_highs, swing_highs_slow, swing_lows


def rows_of(known):
    return np.flatnonzero(known).tolist()


def test_a_peak_with_two_lower_bars_on_either_side_is_known_two_bars_later():
    # peak 9 in row 2; rows 0, 1 and 3, 4 lie below it; row 4 confirms it
    assert rows_of(swing_highs(np.array([1.0, 3, 9, 4, 2, 1]), 2)) == [4]


def test_a_trough_is_the_mirror_of_a_peak():
    assert rows_of(swing_lows(np.array([9.0, 7, 1, 6, 8, 9]), 2)) == [4]


def test_a_peak_passed_by_a_neighbour_within_k_is_no_swing():
    # row 2 (9) is passed by row 4 (10); row 4 is the swing, known in row 6
    assert rows_of(swing_highs(np.array([1.0, 3, 9, 4, 10, 2, 1]), 2)) == [6]


def test_of_equal_peaks_within_k_the_first_is_the_swing():
    assert rows_of(swing_highs(np.array([1.0, 2, 9, 9, 2, 1, 1, 1]), 2)) == [4]


def test_equal_peaks_farther_apart_than_k_are_two_swings():
    assert rows_of(swing_highs(np.array([1.0, 2, 9, 2, 1, 9, 2, 1]), 2)) == [4, 7]


def test_a_peak_needs_k_bars_before_it_too():
    assert rows_of(swing_highs(np.array([1.0, 9, 2, 1, 0, 0, 0]), 2)) == []


def test_a_flat_chart_has_no_swings():
    assert rows_of(swing_highs(np.full(40, 5.0), 5)) == []
    assert rows_of(swing_lows(np.full(40, 5.0), 5)) == []


def test_too_few_bars_have_no_swings():
    assert rows_of(swing_highs(np.arange(10.0), 5)) == []


@given(x=prices, k=st.integers(1, 6))
def test_the_fast_version_says_what_the_readable_one_says(x, k):
    high = np.array(x)
    assert_array_equal(swing_highs(high, k), swing_highs_slow(high, k))


@given(x=prices, k=st.integers(1, 6), data=st.data())
def test_no_row_of_the_swings_knows_the_future(x, k, data):
    high = np.array(x)
    t = data.draw(st.integers(0, len(x) - 1))
    rewritten = high.copy()
    rewritten[t + 1 :] = data.draw(st.lists(st.integers(1, 30).map(float), min_size=len(x) - t - 1, max_size=len(x) - t - 1))
    assert_array_equal(swing_highs(high, k)[: t + 1], swing_highs(rewritten, k)[: t + 1])
    assert_array_equal(swing_lows(high, k)[: t + 1], swing_lows(rewritten[: t + 1], k))


@given(x=prices, k=st.integers(1, 6))
def test_no_bar_within_k_passes_a_swing_high(x, k):
    high = np.array(x)
    for t in np.flatnonzero(swing_highs(high, k)):
        assert high[t - 2 * k : t + 1].max() == high[t - k]
        assert (high[t - 2 * k : t - k] < high[t - k]).all()


def test_bars_until_passed_counts_to_the_first_higher_bar_on_either_side():
    #                      passed  ok  ok  here ok  equal passed
    assert bars_until_passed(np.array([8.0, 3, 4, 7, 2, 7, 9, 1]), 3) == (2, 2)


def test_a_high_that_nothing_passes_stands_to_both_ends():
    assert bars_until_passed(np.array([1.0, 2, 7, 2]), 2) == (2, 1)


@given(high=st.lists(st.integers(1, 9).map(float), min_size=1, max_size=30).map(np.array), data=st.data(), most=st.integers(1, 12))
def test_how_far_a_high_stands_out_is_what_one_counts_on_either_side(high, data, most):
    at = data.draw(st.integers(0, len(high) - 1))
    before, after = bars_until_passed(high, at)
    assert standing(high, at, most) == (min(before, after, most), at + after == len(high) - 1)
