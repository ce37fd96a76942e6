"""Gaps: prices nobody traded at, until somebody did."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk
from numpy.testing import assert_array_equal

from levelhead.kernels.gaps import gaps
from levelhead.kernels.ranges import atr


def column(*prices):
    return np.array(prices, dtype=np.float64)


def test_a_bar_that_trades_above_the_one_before_leaves_a_gap_until_a_later_bar_reaches_its_bottom():
    # row 1 trades from 12 on, row 0 up to 10; row 2 reaches down to 11 only, row 3 to 10
    high, low = column(10, 14, 15, 13), column(9, 12, 11, 10)
    found = gaps(high, low, column(1, 1, 1, 1))
    assert (found.rows.tolist(), found.direction.tolist()) == ([1], [1])
    assert (found.bottom.tolist(), found.top.tolist(), found.filled.tolist()) == ([10], [12], [3])


def test_a_gap_down_is_filled_from_below():
    high, low = column(10, 6, 7, 9.5), column(9, 5, 6, 7)
    found = gaps(high, low, column(1, 1, 1, 1))
    assert (found.rows.tolist(), found.direction.tolist()) == ([1], [-1])
    assert (found.bottom.tolist(), found.top.tolist(), found.filled.tolist()) == ([6], [9], [3])


def test_a_gap_that_was_never_filled_is_filled_in_no_row():
    assert gaps(column(10, 14, 15), column(9, 12, 11), column(1, 1, 1)).filled.tolist() == [3]


def test_a_gap_of_less_than_a_tenth_of_the_range_is_none():
    assert len(gaps(column(10, 14), column(9, 10.4), column(4, 4))) == 1
    assert len(gaps(column(10, 14), column(9, 10.39), column(4, 4))) == 0
    assert len(gaps(column(10, 14), column(9, 12), column(np.nan, 4))) == 0


def jumping(seed, count):
    """High and low of a walk that gaps on most days."""
    bars = walk(seed, count)
    jump = np.random.default_rng(seed).normal(0, 25, count).cumsum()
    return bars.high + jump + 3000, bars.low + jump + 3000, bars.close + jump + 3000


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(20, 199))
def test_gaps_known_by_a_day_stay_whatever_comes_after(seed, other, t):
    whole, future = jumping(seed, 200), jumping(other, 200)
    changed = tuple(np.r_[a[: t + 1], b[t + 1 :]] for a, b in zip(whole, future, strict=True))
    early = gaps_at(tuple(column_[: t + 1] for column_ in whole), t)
    assert gaps_at(whole, t) == gaps_at(changed, t) == early


def gaps_at(prices, t):
    high, low, close = prices
    found = gaps(high, low, atr(high, low, close, 14))
    seen = found.rows <= t
    filled = np.where(found.filled[seen] <= t, found.filled[seen], -1)
    return [found.rows[seen].tolist(), found.bottom[seen].tolist(), found.top[seen].tolist(), filled.tolist()]


def test_a_gap_lies_between_the_ranges_of_two_bars():
    high, low, close = jumping(5, 400)
    found = gaps(high, low, atr(high, low, close, 14))
    assert len(found) > 50
    up = found.direction > 0
    assert_array_equal(found.bottom[up], high[found.rows[up] - 1])
    assert_array_equal(found.top[up], low[found.rows[up]])
    assert (found.bottom < found.top).all()
