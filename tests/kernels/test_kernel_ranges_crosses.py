"""True range, ATR, crosses and relative returns: by hand, and without knowledge of later rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.crosses import cross_rows, held_side, last_cross, sessions_to_cross, side
from levelhead.kernels.momentum import wilder
from levelhead.kernels.ranges import atr, true_range
from levelhead.kernels.relative import common_rows, deviation, return_gap

NAN = np.nan


def test_a_gap_belongs_to_the_true_range():
    # second bar opens above the close before it: 15 - 10; third below: 14 - 9; fourth inside: 12 - 10
    high, low, close = np.array([[11, 15, 12, 12], [9, 13, 9, 10], [10, 14, 11, 11.0]])
    assert_array_equal(true_range(high, low, close), [NAN, 5.0, 5.0, 2.0])


def test_atr_is_seeded_with_the_mean_of_the_first_n_true_ranges():
    # true ranges 5, 5, 2: seed (5 + 5) / 2 = 5; (5 + 2) / 2 = 3.5
    high, low, close = np.array([[11, 15, 12, 12], [9, 13, 9, 10], [10, 14, 11, 11.0]])
    assert_allclose(atr(high, low, close, 2), [NAN, NAN, 5.0, 3.5])


@st.composite
def bars(draw):
    n = draw(st.integers(1, 60))
    close = draw(hnp.arrays(np.float64, n, elements=st.floats(1, 1e4)))
    above, below = (draw(hnp.arrays(np.float64, n, elements=st.floats(0, 100))) for _ in range(2))
    return close + above, close - below, close


@given(bars())
def test_atr_is_wilder_smoothing_of_the_true_range(given_bars):
    ranges = true_range(*given_bars)
    assert_allclose(atr(*given_bars, 14)[1:], wilder(ranges[1:], 14), rtol=1e-9, atol=1e-9)


@given(bars(), st.data())
def test_no_range_knows_the_future(given_bars, data):
    t = data.draw(st.integers(0, len(given_bars[0]) - 1))
    earlier = [column[: t + 1] for column in given_bars]
    rewritten = [np.where(np.arange(len(column)) > t, column + 1000.0, column) for column in given_bars]
    for other in (earlier, rewritten):
        assert_array_equal(true_range(*given_bars)[: t + 1], true_range(*other)[: t + 1])
        assert_array_equal(atr(*given_bars, 14)[: t + 1], atr(*other, 14)[: t + 1])


def sides(line, other):
    line = np.array(line, dtype=np.float64)
    return side(line, np.array(other, dtype=np.float64), np.full(len(line), 100.0))


def test_a_line_is_above_below_or_at_another():
    assert_array_equal(sides([1, 2, 3, NAN], [2, 2, 2, 2]), [-1, 0, 1, 0])


def test_lines_that_differ_by_rounding_are_equal():
    assert_array_equal(sides([100.00000000001, 100.0001], [100, 100]), [0, 1])


def test_touching_a_line_and_turning_back_is_no_cross():
    touched = sides([3, 2, 3, 3], [2, 2, 2, 2])
    assert_array_equal(held_side(touched), [1, 1, 1, 1])
    assert last_cross(touched) is None


def test_a_cross_through_equality_happens_where_the_other_side_is_reached():
    assert last_cross(sides([3, 2, 2, 1, 1], [2, 2, 2, 2, 2])) == 3


def test_the_last_of_several_crosses_counts():
    assert last_cross(sides([1, 3, 1, 3, 3], [2, 2, 2, 2, 2])) == 3


def test_the_first_known_side_is_no_cross():
    assert last_cross(sides([NAN, NAN, 3, 3], [2, 2, 2, 2])) is None
    assert last_cross(sides([NAN], [2])) is None


def plain_last_cross(values):
    """The same, as one reads it: walk along and remember the side."""
    before, found = 0, None
    for row, value in enumerate(values):
        if value != 0:
            if before not in (0, value):
                found = row
            before = value
    return found


@given(hnp.arrays(np.int8, st.integers(1, 40), elements=st.integers(-1, 1)))
def test_the_last_cross_is_the_one_a_walk_finds(values):
    assert last_cross(values) == plain_last_cross(values)


@given(hnp.arrays(np.float64, st.integers(1, 40), elements=st.floats(-3, 3)), st.data())
def test_no_side_knows_the_future(line, data):
    t = data.draw(st.integers(0, len(line) - 1))
    other, scale = np.zeros(len(line)), np.ones(len(line))
    earlier = side(line[: t + 1], other[: t + 1], scale[: t + 1])
    assert_array_equal(side(line, other, scale)[: t + 1], earlier)
    assert_array_equal(held_side(side(line, other, scale))[: t + 1], held_side(earlier))


def test_only_dates_that_both_have_are_compared():
    ours = np.array(["2025-01-02", "2025-01-03", "2025-01-06"], dtype="datetime64[D]")
    theirs = np.array(["2025-01-01", "2025-01-02", "2025-01-06", "2025-01-07"], dtype="datetime64[D]")
    rows, peers = common_rows(ours, theirs)
    assert_array_equal(rows, [0, 2])
    assert_array_equal(peers, [1, 2])


def test_a_return_gap_is_the_difference_of_two_returns():
    # 110 / 100 - 52 / 50 = 0.10 - 0.04
    assert_allclose(return_gap(np.array([100.0, 110.0]), np.array([50.0, 52.0]), 1), [NAN, 0.06])
    assert np.isnan(return_gap(np.array([100.0, 110.0]), np.array([50.0, 52.0]), 2)).all()


def test_the_deviation_is_about_no_difference_at_all():
    assert deviation(np.array([0.03, -0.04])) == pytest.approx(np.sqrt(0.00125))


@given(hnp.arrays(np.float64, st.integers(1, 40), elements=st.floats(1, 1e4)), st.integers(1, 20), st.data())
def test_no_return_gap_knows_the_future(closes, span, data):
    t = data.draw(st.integers(0, len(closes) - 1))
    peers = closes[::-1].copy()
    assert_array_equal(return_gap(closes, peers, span)[: t + 1], return_gap(closes[: t + 1], peers[: t + 1], span))


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=40))
def test_each_row_knows_the_last_cross_that_one_finds_by_looking_back(signs):
    sides = np.array(signs, dtype=np.int8)
    rows = cross_rows(held_side(sides))
    for t, row in enumerate(rows.tolist()):
        before = last_cross(sides[: t + 1])
        assert row == (-1 if before is None else before)


@given(
    closes=st.lists(st.integers(1, 30) | st.floats(0.5, 30.0), min_size=20, max_size=40),
    fast=st.integers(1, 19),
    still=st.booleans(),
)
def test_the_compiled_cross_ahead_is_the_plain_one(closes, fast, still):
    series = np.array(closes if not still else [*closes, *closes[-1:] * 20], dtype=float)
    found = []
    for wanted in (False, True):
        with compiled_kernels(wanted):
            found.append(sessions_to_cross(series, fast, 20))
    assert found[0] == found[1]
