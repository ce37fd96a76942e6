"""Which price trades first: each rule on a path made by hand, then the law that fast and readable agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from levelhead.kernels.first_touch import (
    DOWN,
    NEITHER,
    UNDECIDED,
    UP,
    close_beyond,
    first_touch,
    first_touch_of_path,
    touch,
    touch_of_path,
)
from levelhead.kernels.paths import PathBars


def path(*bars):
    """One path of (open, high, low, close) bars."""
    return PathBars(*(np.array([column], dtype=np.float64) for column in zip(*bars, strict=True)))


QUIET = (100, 101, 99, 100)


@pytest.mark.parametrize(
    ("bars", "verdict"),
    [
        ([QUIET, QUIET], NEITHER),
        ([QUIET, (100, 105, 99, 104)], UP),
        ([QUIET, (100, 101, 95, 96)], DOWN),
        ([(100, 105, 99, 104), (104, 104, 90, 91)], UP),
        ([(100, 101, 95, 96), (96, 110, 96, 110)], DOWN),
        ([(100, 105, 95, 100), QUIET], UNDECIDED),
        ([(106, 107, 94, 95)], UP),  # opens beyond the upper price: it traded first, whatever came after
        ([(94, 106, 93, 105)], DOWN),
        ([(105, 106, 95, 95)], UP),  # opens on it
        ([(95, 106, 95, 105)], DOWN),
        ([(105, 105, 105, 105)], UP),
        ([QUIET, (100, 105, 95, 105)], UNDECIDED),  # the close does not say which extreme came first
        ([(100, 104.9, 95.1, 100)], NEITHER),
    ],
)
def test_the_first_price_to_trade_of_105_and_95(bars, verdict):
    assert first_touch(path(*bars), 105.0, 95.0).tolist() == [verdict]
    assert first_touch_of_path(*zip(*((o, h, lo) for o, h, lo, _ in bars), strict=True), 105.0, 95.0) == verdict


def test_each_path_may_have_its_own_prices():
    paths = PathBars(*(np.repeat(column, 3, axis=0) for column in path((100, 105, 95, 100))))
    verdicts = first_touch(paths, np.array([105.0, 105.0, 106.0]), np.array([94.0, 95.0, 95.0]))
    assert verdicts.tolist() == [UP, UNDECIDED, DOWN]


def test_a_price_that_is_not_known_is_never_reached():
    assert first_touch(path((100, 105, 95, 100)), np.array([np.nan]), np.array([95.0])).tolist() == [DOWN]


def test_a_touch_from_below_needs_a_high_and_from_above_a_low():
    rising = path((100, 103, 99, 102), (106, 107, 105, 106))
    assert touch(rising, 105.0, 100.0).tolist() == [True]
    assert touch(rising, 104.0, 100.0).tolist() == [True]  # the gap over 104 reached it
    assert touch(rising, 98.0, 100.0).tolist() == [False]
    assert touch(rising, 99.0, 100.0).tolist() == [True]
    assert touch(rising, 108.0, 100.0).tolist() == [False]
    assert touch(rising, 100.0, 100.0).tolist() == [True]
    assert touch(rising, np.array([107.5]), np.array([110.0])).tolist() == [True]


def test_a_close_on_the_price_is_neither_above_nor_below():
    paths = path((100, 103, 99, 102), (106, 107, 105, 106))
    assert close_beyond(paths, 102.0, 1, above=True).tolist() == [False]
    assert close_beyond(paths, 102.0, 1, above=False).tolist() == [False]
    assert close_beyond(paths, 105.9, 2, above=True).tolist() == [True]
    assert close_beyond(paths, 106.1, 2, above=False).tolist() == [True]


# Prices on a coarse grid, so that equal prices, gaps and bars that do both are common.
STEPS = st.integers(-4, 4)


@st.composite
def coarse_paths(draw, most_sessions=6):
    rows, sessions = draw(st.integers(1, 5)), draw(st.integers(1, most_sessions))
    numbers = draw(st.lists(st.integers(-6, 6), min_size=rows * sessions * 4, max_size=rows * sessions * 4))
    four = np.array(numbers, dtype=np.float64).reshape(4, rows, sessions) + 100
    open_, close = four[0], four[3]
    bars = PathBars(open_, four.max(axis=0), four.min(axis=0), close)
    return PathBars(*(np.asfortranarray(column) for column in bars)) if draw(st.booleans()) else bars


@given(paths=coarse_paths(), upper=st.integers(0, 6), lower=st.integers(-6, -1), each=st.booleans())
def test_the_fast_verdict_is_the_readable_one(paths, upper, lower, each):
    rows = len(paths.open)
    uppers, lowers = 100.0 + upper + np.arange(rows) % 2, 100.0 + lower - np.arange(rows) % 3
    if not each:
        uppers[:], lowers[:] = uppers[0], lowers[0]
    fast = first_touch(paths, uppers, lowers) if each else first_touch(paths, uppers[0], lowers[0])
    assert fast.dtype == np.int8
    assert fast.tolist() == [
        first_touch_of_path(paths.open[i], paths.high[i], paths.low[i], uppers[i], lowers[i]) for i in range(rows)
    ]


@given(paths=coarse_paths(), price=STEPS, start=STEPS)
def test_the_fast_touch_is_the_readable_one(paths, price, start):
    expected = [touch_of_path(paths.high[i], paths.low[i], 100 + price, 100 + start) for i in range(len(paths.open))]
    assert touch(paths, 100.0 + price, 100.0 + start).tolist() == expected


@given(paths=coarse_paths())
def test_a_mirrored_market_gives_the_mirrored_verdict(paths):
    mirrored = PathBars(-paths.open, -paths.low, -paths.high, -paths.close)
    there, here = first_touch(mirrored, -97.0, -103.0), first_touch(paths, 103.0, 97.0)
    assert_array_equal(there, np.where(np.abs(here) == 1, -here, here))


@given(paths=coarse_paths())
def test_one_price_trades_first_only_if_it_trades(paths):
    verdicts = first_touch(paths, 103.0, 97.0)
    assert_array_equal((paths.high >= 103).any(axis=1) | (paths.low <= 97).any(axis=1), verdicts != NEITHER)


@given(paths=coarse_paths(), data=st.data())
def test_a_verdict_once_given_is_not_changed_by_later_bars(paths, data):
    seen = data.draw(st.integers(1, paths.open.shape[1]))
    early = first_touch(PathBars(*(column[:, :seen] for column in paths)), 103.0, 97.0)
    assert_array_equal(early, np.where(early == NEITHER, NEITHER, first_touch(paths, 103.0, 97.0)))
