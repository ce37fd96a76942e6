"""The lowest price of a stretch, and the first bar at or below a price, against a look at every bar."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.lows import lows_of


def column(*prices):
    return np.array(prices, dtype=np.float64)


def rows(*values):
    return np.array(values, dtype=np.int64)


def test_the_first_later_bar_at_a_price_is_found_and_none_where_there_is_none():
    lows = lows_of(column(9, 7, 8, 6, 7))
    # 7 in row 1 comes after row 0; after row 1 row 3 is the first at or below 7; none is below 6
    assert lows.first_at_or_below(rows(0, 1, 0, 4), column(7, 7, 5.9, 9)).tolist() == [1, 3, 5, 5]


def test_the_lowest_price_of_a_stretch_has_both_its_ends():
    assert lows_of(column(9, 7, 8, 6, 7)).lowest(rows(0, 1, 0, 3), rows(0, 2, 2, 4)).tolist() == [9, 7, 7, 6]


def test_the_highest_price_is_the_lowest_of_the_negated_ones():
    assert (-lows_of(-column(9, 7, 8, 6, 7)).lowest(rows(1, 3), rows(4, 4))).tolist() == [8, 7]


@given(prices=st.lists(st.integers(1, 30), min_size=1, max_size=80), data=st.data())
def test_the_first_price_at_or_below_a_limit_is_the_one_that_is_found_by_looking(prices, data):
    after = data.draw(st.lists(st.integers(0, len(prices) - 1), max_size=20))
    limits = data.draw(st.lists(st.integers(0, 31), min_size=len(after), max_size=len(after)))
    slow = [next((r for r in range(a + 1, len(prices)) if prices[r] <= x), len(prices)) for a, x in zip(after, limits, strict=True)]
    assert lows_of(column(*prices)).first_at_or_below(rows(*after), column(*limits)).tolist() == slow


@given(prices=st.lists(st.integers(1, 30), min_size=1, max_size=80), data=st.data())
def test_the_lowest_price_of_a_stretch_is_the_one_that_is_found_by_looking(prices, data):
    ends = st.integers(0, len(prices) - 1)
    stretches = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=20))]
    first, last = (rows(*column_) for column_ in zip(*stretches, strict=True))
    assert lows_of(column(*prices)).lowest(first, last).tolist() == [min(prices[a : b + 1]) for a, b in stretches]


@given(prices=st.lists(st.integers(1, 30), min_size=1, max_size=80), longest=st.integers(1, 40), data=st.data())
def test_lows_of_short_stretches_are_those_of_all_as_far_as_they_reach(prices, longest, data):
    first = data.draw(st.integers(0, len(prices) - 1))
    last = data.draw(st.integers(first, min(first + longest, len(prices)) - 1))
    short = lows_of(column(*prices), longest)
    lowest = short.lowest(rows(first), rows(last))
    assert lowest.tolist() == [min(prices[first : last + 1])]
    assert short.first_at_or_below(rows(first - 1), lowest).tolist() == [prices.index(lowest[0], first)]
