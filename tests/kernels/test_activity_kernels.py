"""Volume and ranges against those before: by hand, and without knowledge of later rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal

from levelhead.kernels.activity import distribution, is_narrowest, range_in_atr, relative_volume, sold_share

NAN = np.nan


def test_relative_volume_is_against_the_bars_before():
    # 30 against the mean of 10 and 20; 9 against that of 20 and 30
    assert relative_volume(np.array([10.0, 20.0, 30.0, 9.0]), 2)[2:] == pytest.approx([2.0, 0.36])


def test_relative_volume_is_unknown_where_a_volume_is():
    assert_array_equal(np.isnan(relative_volume(np.array([10.0, NAN, 30.0, 10.0, 20.0]), 2)), [True, True, True, True, False])


def test_distribution_needs_a_fall_of_a_fifth_of_a_per_cent_on_more_volume():
    change = np.array([NAN, -0.002, -0.0019, 0.01, -0.01, -0.01])
    volume = np.array([10.0, 11.0, 12.0, 13.0, 12.0, NAN])
    assert distribution(change, volume).tolist() == [0, -1, 0, 1, 0, 0]


def test_the_share_sold_is_one_on_the_low_and_a_half_without_a_range():
    high, low, close = np.array([10.0, 10.0, 10.0, 5.0]), np.array([8.0, 8.0, 8.0, 5.0]), np.array([8.0, 10.0, 9.5, 5.0])
    assert sold_share(high, low, close).tolist() == [1.0, 0.0, 0.25, 0.5]


def test_a_range_is_measured_in_the_atr_before_it():
    assert_array_equal(range_in_atr(np.array([NAN, 3.0, 4.0]), np.array([2.0, 0.0, 5.0])), [NAN, 1.5, NAN])


def test_the_narrowest_of_three_is_narrower_than_both_before():
    high = np.array([3.0, 2.0, 1.0, 1.0, 0.5])
    assert is_narrowest(high, np.zeros(5), 3).tolist() == [False, False, True, False, True]


@given(hnp.arrays(np.float64, st.integers(2, 60), elements=st.floats(1, 1e6)), st.data())
def test_no_row_knows_a_later_one(values, data):
    count = data.draw(st.integers(1, len(values)))
    holed = np.where(values > 9e5, NAN, values)
    for kernel in (
        lambda v, w: relative_volume(w, 5),
        lambda v, w: distribution(np.sin(v), w),
        lambda v, w: range_in_atr(v, v[::1]),
        lambda v, w: is_narrowest(v, np.zeros(len(v)), 7),
    ):
        assert_array_equal(kernel(values, holed)[:count], kernel(values[:count], holed[:count]))
