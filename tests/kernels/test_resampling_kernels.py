"""Runs of rows as one bar, and which longer bar a shorter one may know: by hand, then as laws."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from levelhead.kernels.resampling import Columns, aggregate, last_completed, starts_of

NAN = np.nan
THREE = Columns(
    open=np.array([10.0, 11.0, 12.0]),
    high=np.array([12.0, 15.0, 13.0]),
    low=np.array([9.0, 10.5, 7.0]),
    close=np.array([11.0, 12.0, 8.0]),
    volume=np.array([5.0, NAN, 7.0]),
)


def test_three_bars_make_one_of_the_first_open_the_extremes_and_the_last_close():
    one = aggregate(THREE, np.array([0]), unknown_is_none=True)
    assert [column[0] for column in one] == [10.0, 15.0, 7.0, 8.0, 12.0]


def test_a_volume_nobody_knows_leaves_the_sum_unknown_unless_it_means_no_trade():
    assert np.isnan(aggregate(THREE, np.array([0]), unknown_is_none=False).volume[0])
    assert_array_equal(aggregate(THREE, np.array([0, 1, 2]), unknown_is_none=True).volume, [5.0, NAN, 7.0])


def test_a_run_begins_where_the_key_changes_though_the_key_has_been_there_before():
    assert_array_equal(starts_of(np.array([4, 4, 7, 7, 7, 4])), [0, 2, 5])


def test_a_bar_that_ends_with_the_shorter_one_is_known_at_its_close_and_one_that_ends_later_is_not():
    assert_array_equal(last_completed(np.array([59, 60, 61, 120]), np.array([60, 120])), [-1, 0, 0, 1])


keys = st.lists(st.integers(0, 3), min_size=1, max_size=40).map(lambda steps: np.cumsum(np.array(steps)))


@given(keys=keys, data=st.data())
def test_volume_and_extremes_are_conserved(keys, data):
    n = len(keys)
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    low, volume = rng.uniform(1, 10, n), rng.integers(1, 100, n).astype(float)
    high = low + rng.uniform(0, 5, n)
    made = aggregate(Columns(low, high, low, high, volume), starts_of(keys), unknown_is_none=True)
    assert made.volume.sum() == volume.sum()
    assert (made.high.max(), made.low.min()) == (high.max(), low.min())
    assert len(made.open) == len(np.unique(keys))


@given(keys=keys, data=st.data())
def test_the_finished_runs_of_a_prefix_are_those_of_the_whole(keys, data):
    t = data.draw(st.integers(1, len(keys)))
    price = np.arange(len(keys), dtype=float)
    columns = Columns(price, price + 1, price - 1, price, price)
    whole = aggregate(columns, starts_of(keys), unknown_is_none=True)
    part = aggregate(Columns(*(c[:t] for c in columns)), starts_of(keys[:t]), unknown_is_none=True)
    finished = len(part.open) - 1
    for a, b in zip(part, whole, strict=True):
        assert_array_equal(a[:finished], b[:finished])


ends = st.lists(st.integers(0, 1000), min_size=1, max_size=30, unique=True).map(sorted).map(np.array)


@given(lower=ends, higher=ends)
def test_no_bar_knows_one_that_ends_later_and_each_knows_the_last_that_has_ended(lower, higher):
    for end, i in zip(lower, last_completed(lower, higher), strict=True):
        assert i == sum(other <= end for other in higher) - 1
