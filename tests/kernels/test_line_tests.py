"""Tests of a moving line: by hand, and without knowledge of later rows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal

from levelhead.kernels.line_tests import line_tests

AT_100 = np.full(12, 100.0)


def around(closes, reach=0.5):
    close = np.array(closes, dtype=float)
    return close + reach, close - reach, close


def test_a_bar_that_reaches_the_line_and_a_whole_bar_back_is_a_test_that_held():
    # accepted above at row 1; row 2's low of 99.8 reaches 100, row 3's low of 101.5 is off it
    tests = line_tests(*around([102, 103, 100.3, 102, 103]), AT_100[:5])
    assert_array_equal(tests.since, [-1, 1, 1, 1, 1])
    assert (tests.begun.tolist(), tests.ended.tolist(), tests.sides.tolist()) == ([2], [3], [1])
    assert tests.under_way.tolist() == [False, False, True, False, False]
    assert [len(tests.held_by(row)) for row in range(5)] == [0, 0, 0, 1, 1]


def test_one_close_beyond_is_still_a_test_two_in_a_row_have_lost_the_line():
    held = line_tests(*around([102, 103, 99, 102]), AT_100[:4])
    assert (held.begun.tolist(), held.ended.tolist()) == ([2], [3])
    lost = line_tests(*around([102, 103, 99, 98, 102, 103]), AT_100[:6])
    assert lost.ended.size == 0
    assert_array_equal(lost.side, [0, 1, 1, -1, -1, 1])
    assert_array_equal(lost.since, [-1, 1, 1, 3, 3, 5])


def test_resistance_is_the_mirror_of_support():
    closes = np.array([102, 103, 100.3, 102, 99, 98, 97, 99.9, 96, 95.0])
    ours, mirrored = line_tests(*around(closes), AT_100[:10]), line_tests(*around(200 - closes), AT_100[:10])
    assert_array_equal(ours.begun, mirrored.begun)
    assert_array_equal(ours.sides, -mirrored.sides)
    assert ours.sides.tolist() == [1, -1]
    assert len(ours.held_by(9)) == 1  # the test from above belongs to the side that was lost


def test_bars_that_stay_on_the_line_are_one_test():
    tests = line_tests(*around([102, 103, 100.3, 100.2, 100.4, 102]), AT_100[:6])
    assert (tests.begun.tolist(), tests.ended.tolist()) == ([2], [5])
    assert tests.under_way.tolist() == [False, False, True, True, True, False]


@given(hnp.arrays(np.float64, st.integers(3, 60), elements=st.floats(97, 103)), st.data())
def test_no_row_knows_a_later_one(closes, data):
    line = np.full(len(closes), 100.0)
    row = data.draw(st.integers(1, len(closes) - 1))
    whole, early = line_tests(*around(closes), line), line_tests(*around(closes[: row + 1]), line[: row + 1])
    for name in ("side", "since", "under_way"):
        assert_array_equal(getattr(whole, name)[: row + 1], getattr(early, name))
    known = int(np.searchsorted(whole.ended, row, side="right"))
    for name in ("begun", "ended", "sides"):
        assert_array_equal(getattr(whole, name)[:known], getattr(early, name))
    assert_array_equal(whole.held_by(row), early.held_by(row))


@given(hnp.arrays(np.float64, st.integers(3, 60), elements=st.floats(97, 103)))
def test_the_tests_are_those_that_a_walk_through_the_bars_counts(closes):
    line = np.full(len(closes), 100.0)
    high, low, close = around(closes)
    side, begun, held = 0, None, []
    for t in range(len(close)):
        before = side
        if t and close[t] > 100 and close[t - 1] > 100:
            side = 1
        if t and close[t] < 100 and close[t - 1] < 100:
            side = -1
        if side != before:
            begun = None
        off = low[t] > 100 if side == 1 else high[t] < 100
        was_off = t and (low[t - 1] > 100 if before == 1 else high[t - 1] < 100)
        if begun is not None and off:
            held.append((begun, t, side))
            begun = None
        elif begun is None and before and side == before and was_off and not off:
            begun = t
    tests = line_tests(high, low, close, line)
    assert list(zip(tests.begun.tolist(), tests.ended.tolist(), tests.sides.tolist(), strict=True)) == held
    assert bool(tests.under_way[-1]) == (begun is not None)
