from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.zone_visits import visits
from levelhead.kernels.zones import _exact_sum, cut, merge


def runs_of(prices, weights=None, width=5.0, gap=2.0):
    return merge(prices, prices, weights or [1.0] * len(prices), width=width, gap=gap)


def test_prices_that_fit_into_one_zone_share_it():
    assert runs_of([100, 103, 105]) == [(0, 3)]


def test_prices_farther_apart_than_a_zone_is_wide_stand_in_two():
    assert runs_of([100, 106]) == [(0, 1), (1, 2)]


def test_a_chain_of_near_prices_is_not_swallowed_whole():
    # steps of 3 with zones at most 5 wide and 2 apart: pairs [100, 103] and [106, 109], 3 apart
    assert runs_of([100, 103, 106, 109]) == [(0, 2), (2, 4)]


def test_a_light_price_too_near_a_heavy_zone_is_left_out():
    # 106 lies 1 above the zone's top 105 and fits into no zone with all of it: 5^2 + nothing beats any other cut
    assert runs_of([100, 105, 106], [3.0, 2.0, 0.1]) == [(0, 2)]


def test_the_heavier_neighbour_wins_the_price_between():
    # 104 fits with 100 or with 108: 1 + 6 ** 2 beats 4 ** 2 + 3 ** 2
    assert runs_of([100, 104, 108], [1.0, 3.0, 3.0]) == [(0, 1), (1, 3)]


def test_a_grid_coarser_than_a_zone_leaves_a_price_between_its_lines_out():
    # 101 on a grid of 10 spans from 100 to 110, wider than 5
    assert merge([100.0], [110.0], [1.0], width=5.0, gap=2.0) == []


def test_no_prices_make_no_zones():
    assert runs_of([]) == []


def test_with_no_gap_asked_for_zones_may_touch_and_each_price_is_in_one():
    # 100 to 105 and 105 to 108 meet at 105, the top of one price and the bottom of the next
    assert merge([100.0, 105.0], [105.0, 108.0], [1.0, 1.0], width=5.0, gap=0.0) == [(0, 1), (1, 2)]
    assert runs_of([100, 103, 108, 114], gap=0.0) == [(0, 2), (2, 3), (3, 4)]


steps = st.lists(st.integers(1, 6), min_size=1, max_size=7)


@given(steps=steps, gap=st.sampled_from([0.0, 2.0]), data=st.data())
def test_the_cut_is_the_best_of_all_cuts(steps, gap, data):
    prices = np.cumsum(steps).astype(float).tolist()
    weights = data.draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=len(prices), max_size=len(prices)))
    runs = [(i, j) for i, j in combinations(range(len(prices) + 1), 2) if prices[j - 1] - prices[i] <= 5]

    def worth(chosen):
        return sum(sum(weights[i:j]) ** 2 for i, j in chosen)

    def is_allowed(chosen):
        return all(prices[b[0]] - prices[a[1] - 1] >= gap for a, b in pairwise(chosen))

    best = max(
        worth(chosen)
        for size in range(len(prices) + 1)
        for chosen in combinations(runs, size)
        if all(a[1] <= b[0] for a, b in pairwise(chosen)) and is_allowed(chosen)
    )
    found = runs_of(prices, weights, gap=gap)
    assert is_allowed(found)
    assert worth(found) == pytest.approx(best)


def test_a_visit_begins_where_the_bar_before_did_not_reach_the_zone():
    #                in, in, out, in, out, gap across, out
    high = np.array([12.0, 12, 9, 11, 9, 20, 9])
    low = np.array([8.0, 8, 7, 10, 7, 15, 7])
    # row 0 has no bar before it; row 1 stays inside; row 3 comes back; row 5 leaps from below 10 to above 11
    assert np.flatnonzero(visits(high, low, 10.0, 11.0)).tolist() == [3]


def test_a_bar_that_reaches_the_edge_exactly_visits():
    assert visits(np.array([9.0, 10.0]), np.array([8.0, 8.0]), 10.0, 11.0).tolist() == [False, True]


@given(bars=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1, max_size=40), data=st.data())
def test_no_row_of_the_visits_knows_the_future(bars, data):
    low = np.array([b[0] for b in bars], dtype=float)
    high = low + np.array([b[1] for b in bars])
    t = data.draw(st.integers(0, len(bars) - 1))
    assert_array_equal(visits(high, low, 8, 11)[: t + 1], visits(high[: t + 1], low[: t + 1], 8, 11))


@given(
    grid=st.lists(st.tuples(st.floats(0.01, 3.0), st.floats(0.0, 2.0), st.floats(0.0, 1.0)), max_size=40),
    width=st.floats(0.0, 6.0),
    gap=st.floats(0.0, 3.0),
)
def test_the_compiled_cut_is_the_plain_one(grid, width, gap):
    bottoms = np.cumsum([step for step, _, _ in grid])
    tops = np.maximum.accumulate(bottoms + [reach for _, reach, _ in grid])
    weights = [weight for _, _, weight in grid]
    found = []
    for wanted in (False, True):
        with compiled_kernels(wanted):
            found.append(merge(bottoms, tops, weights, width=width, gap=gap))
    assert found[0] == found[1]


def test_zones_of_levels_by_hand():
    # on a grid of 1, zones up to 2.1 wide and 1 apart: 100.4 and 102 share one from 100 to 102, 105.2 stands alone, as 105
    prices, weights = np.array([100.4, 102.0, 102.0, 105.2]), np.array([0.5, 0.3, 0.4, 0.8])
    none = np.zeros(4, dtype=bool)
    found = cut(
        prices,
        weights,
        np.array([7, 3, 3, -1]),
        none,
        np.array([False, True, False, False]),
        step=1.0,
        width=2.1,
        gap=1.0,
        share=0.2,
    )
    assert found.counted == [0.5, 0, 0.4, 0.8]  # one bar, row 3, made both levels at 102: the heavier counts
    assert list(zip(found.firsts, found.stops, strict=True)) == [(0, 3), (3, 4)]
    assert (found.lows, found.highs, found.oldest) == ([100, 105], [102, 105], [3, -1])
    assert [bool(mark) for mark in found.marked] == [True, False]
    assert (found.sums, found.most) == ([0.9, 0.8], [0.5, 0.8])


def test_a_brief_source_hardly_shapes_zones():
    # 103 fits with 101 or with 105; 105 is heavier unless it is brief
    prices, weights, rows, none = np.array([101.0, 103, 105]), np.array([0.5, 0.3, 0.6]), np.full(3, -1), np.zeros(3, dtype=bool)
    plain = cut(prices, weights, rows, none, none, step=1.0, width=2.1, gap=1.0, share=0.2)
    brief = cut(prices, weights, rows, np.array([False, False, True]), none, step=1.0, width=2.1, gap=1.0, share=0.2)
    assert (plain.lows, plain.highs) == ([101, 103], [101, 105])
    assert (brief.lows, brief.highs) == ([101, 105], [103, 105])


level = st.tuples(st.integers(1, 60), st.floats(0.0, 1.0), st.integers(-1, 3), st.booleans(), st.booleans())


@given(
    levels=st.lists(level, max_size=40),
    part=st.sampled_from([1.0, 3.0, 7.0]),
    step=st.sampled_from([0.01, 0.1, 0.25, 1.0, 5.0]),
    width=st.floats(0.01, 8.0),
    gap=st.floats(0.0, 3.0),
)
def test_the_compiled_zones_are_the_plain_ones(levels, part, step, width, gap):
    columns = list(zip(*sorted(levels), strict=True)) or [()] * 5
    prices, weights = np.array(columns[0], dtype=float) / part, np.array(columns[1], dtype=float)
    rows = np.array(columns[2], dtype=np.int64)
    is_brief, is_marked = (np.array(column, dtype=bool) for column in columns[3:])
    found = []
    for wanted in (False, True):
        with compiled_kernels(wanted):
            found.append(cut(prices, weights, rows, is_brief, is_marked, step=step, width=width, gap=gap, share=0.2))
    assert found[0] == found[1]


floats = st.floats(-1e300, 1e300) | st.sampled_from([1.0, 1e16, -1e16, 2.0**-53, 2.0**-106, 0.1])


@given(values=st.lists(floats, max_size=12))
def test_a_compiled_sum_is_rounded_once(values):
    try:
        expected = math.fsum(values)
    except OverflowError:
        return
    with compiled_kernels(True):
        assert _exact_sum(np.array(values, dtype=float)) == expected
