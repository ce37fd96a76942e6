"""Volume by price and anchored averages, by hand and against the versions one can read."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.profile import nodes, point_of_control, profile, profile_slow, value_area, vwap_sums


def rows(high, low, volume, step=1.0):
    return profile(np.array(high, dtype=float), np.array(low, dtype=float), np.array(volume, dtype=float), step)


def test_a_bar_spreads_its_volume_evenly_over_its_range():
    # 300 from 10 to 13 is 100 a point; 90 from 11.5 to 12 is all in the row of 11; a bar without range gives 50 to the row of 12
    found = rows([13, 12, 12], [10, 11.5, 12], [300, 90, 50])
    assert found.first == 10
    assert found.volume.tolist() == [100, 190, 150, 0]


def test_a_row_is_met_in_part_by_a_bar_that_begins_within_it():
    # 80 from 10.5 to 14.5 is 20 a point: half a row at either end
    assert rows([14.5], [10.5], [80]).volume.tolist() == [10, 20, 20, 20, 10]


def test_the_middle_of_a_row_is_a_price():
    found = rows([2010.0], [2000.0], [1], step=2.5)
    assert found.middle(0) == 2001.25


bars = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 60), st.integers(0, 1000)), min_size=1, max_size=30)


@given(bars=bars, step=st.sampled_from([0.25, 0.5, 1.0, 2.5, 10.0]))
def test_the_profile_is_the_one_that_is_read_and_loses_no_volume(bars, step):
    low, reach, volume = (np.array(column, dtype=float) / 4 for column in zip(*bars, strict=True))
    fast, slow = profile(low + reach, low, volume, step), profile_slow(low + reach, low, volume, step)
    assert fast.first == slow.first
    assert_allclose(fast.volume, slow.volume, atol=1e-7)
    assert math.isclose(fast.volume.sum(), volume.sum(), abs_tol=1e-6)


def test_the_value_area_grows_by_two_rows_on_the_side_with_more_volume():
    # 100 in all, 70 wanted. From 30: above 20 + 10, below 15 + 5 -> above: 60; then above 5 + 5, below 20 -> below: 80
    volume = np.array([2, 3, 5, 15, 30, 20, 10, 5, 5, 5], dtype=float)
    assert point_of_control(volume) == 4
    assert value_area(volume) == (2, 6)


def test_where_both_sides_are_alike_the_value_area_grows_upwards():
    assert value_area(np.array([10.0, 10, 60, 10, 10]), share=0.75) == (2, 4)


def test_a_value_area_of_everything_is_the_whole_profile():
    assert value_area(np.array([1.0, 5, 1]), share=1.0) == (0, 2)


def test_of_two_fullest_rows_the_one_nearer_the_middle_is_the_point_of_control():
    assert point_of_control(np.array([9.0, 1, 1, 9, 1, 1])) == 3


@given(volume=st.lists(st.integers(0, 50), min_size=1, max_size=40).filter(any))
def test_a_value_area_holds_its_share_and_no_smaller_end_would(volume):
    traded = np.array(volume, dtype=float)
    low, high = value_area(traded)
    assert low <= point_of_control(traded) <= high
    assert traded[low : high + 1].sum() >= 0.7 * traded.sum() * (1 - 1e-12)


@given(bars=bars, step=st.floats(0.05, 12.0), reach=st.integers(1, 5), share=st.floats(0.0, 1.0))
def test_a_compiled_profile_has_the_same_bits(bars, step, reach, share):
    low, height, volume = (np.array(column, dtype=float) / 7 for column in zip(*bars, strict=True))
    found = []
    for wanted in (False, True):
        with compiled_kernels(wanted):
            rows = profile(low + height, low, volume, step)
            control = point_of_control(rows.volume)
            area = value_area(rows.volume, share), value_area(rows.volume, share, control=control)
            found.append((rows.first, rows.volume.tolist(), control, area, nodes(rows.volume, reach)))
    assert found[0] == found[1]


@given(volume=st.lists(st.integers(0, 9), min_size=1, max_size=40), reach=st.integers(1, 5))
def test_compiled_nodes_are_the_same_among_many_equals(volume, reach):
    found = []
    for wanted in (False, True):
        with compiled_kernels(wanted):
            found.append((nodes(np.array(volume, dtype=float), reach), point_of_control(np.array(volume, dtype=float))))
    assert found[0] == found[1]


def test_nodes_stand_out_from_their_neighbours():
    # mean 5: 9 and 10 are high nodes (from 6.25 on), 1 is a low one (up to 3.75) with fuller rows on both sides; the ends are none
    volume = np.array([2, 6, 9, 6, 3, 1, 3, 8, 10, 4, 3], dtype=float)
    assert nodes(volume, 2) == ([2, 8], [5])


def test_a_vwap_is_money_over_volume():
    # typical prices 11, 14, 17 with volume 100, 300, 0 (unknown): (1100 + 4200) / 400
    money, traded = vwap_sums(
        *(np.array(column, dtype=float) for column in ([12, 15, 18], [10, 13, 16], [11, 14, 17])), np.array([100, 300, np.nan])
    )
    assert money[3] / traded[3] == pytest.approx(13.25)
    assert (money[2] - money[1]) / (traded[2] - traded[1]) == pytest.approx(14)


@given(volume=st.lists(st.integers(0, 50), min_size=2, max_size=40), cut=st.integers(1, 39))
def test_no_running_sum_knows_the_future(volume, cut):
    traded = np.array(volume, dtype=float)
    whole, part = (
        vwap_sums(traded + 2, traded, traded + 1, traded),
        vwap_sums(*(c[:cut] for c in (traded + 2, traded, traded + 1, traded))),
    )
    for all_of_it, beginning in zip(whole, part, strict=True):
        assert all_of_it[: len(beginning)].tolist() == beginning.tolist()
