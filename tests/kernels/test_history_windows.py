"""The past as paths."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from levelhead.kernels.paths import PathBars
from levelhead.kernels.windows import at_same_distance, history_windows, windows_apart


def columns(n):
    closes = np.arange(n, dtype=np.float64)
    return PathBars(closes - 0.5, closes + 1, closes - 1, closes)


def test_a_window_holds_the_bars_after_its_start_day():
    windows = history_windows(columns(6), 3, first_start=1)
    # starts 1 and 2; the window of 3 would need bar 6
    assert windows.close.tolist() == [[2, 3, 4], [3, 4, 5]]
    assert windows.high.tolist() == [[3, 4, 5], [4, 5, 6]]


def test_too_few_bars_have_no_windows():
    assert history_windows(columns(3), 3).close.shape == (0, 3)
    assert history_windows(columns(4), 3).close.shape == (1, 3)
    assert history_windows(columns(2), 9, first_start=5).close.shape == (0, 9)


def test_windows_are_views():
    bars = columns(50)
    assert np.shares_memory(history_windows(bars, 5).low, bars.low)


def test_windows_that_do_not_overlap_are_counted_greedily():
    # 14 covers bars 15 to 17, so 17 may start next, then 20, 23 and 26
    assert windows_apart(np.array([14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26]), 3) == 5
    assert windows_apart(np.array([3, 100]), 12) == 2
    assert windows_apart(np.array([], dtype=np.int64), 12) == 0


def test_the_same_distance_is_counted_in_yardsticks():
    # 110 lies 2 yardsticks of 5 above 100; 2 yardsticks of 3 above 50 is 56
    assert at_same_distance(110.0, 100.0, 5.0, np.array([50.0]), np.array([3.0])).tolist() == [56.0]


@given(n=st.integers(1, 40), sessions=st.integers(1, 12), first=st.integers(0, 5))
def test_no_window_reaches_beyond_the_last_bar_and_none_is_missing(n, sessions, first):
    windows = history_windows(columns(n), sessions, first_start=first)
    expected = [list(range(start + 1, start + 1 + sessions)) for start in range(first, n) if start + sessions < n]
    assert windows.close.tolist() == expected


@given(n=st.integers(2, 40), sessions=st.integers(1, 6), data=st.data())
def test_windows_of_a_prefix_are_a_prefix_of_the_windows(n, sessions, data):
    t = data.draw(st.integers(1, n))
    prefix = history_windows(PathBars(*(column[:t] for column in columns(n))), sessions)
    whole = history_windows(columns(n), sessions)
    assert_array_equal(prefix.close, whole.close[: len(prefix.close)])


@given(st.lists(st.integers(0, 120), min_size=1, unique=True).map(sorted), st.integers(1, 30))
def test_windows_apart_are_what_one_counts_by_hand(starts, sessions):
    counted, free_from = 0, starts[0]
    for start in starts:
        if start >= free_from:
            counted, free_from = counted + 1, start + sessions
    assert windows_apart(np.array(starts), sessions) == counted
