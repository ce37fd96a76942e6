"""Shorter bars by session: which sessions they show whole, and what moves them to the longer bars' prices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.finer import by_session

DAYS = np.array(["2025-06-02", "2025-06-03", "2025-06-04", "2025-06-05"], dtype="datetime64[D]")
HIGH, LOW = np.array([110.0, 112.0, 111.0, 115.0]), np.array([100.0, 102.0, 105.0, 105.0])


def shown(days, high, low, volume, step=0.25):
    return by_session(
        np.array(days, dtype="datetime64[D]"), np.array(high), np.array(low), np.array(volume), DAYS, HIGH, LOW, step=step
    )


def test_a_session_with_the_days_range_is_whole_and_its_contract_is_told_by_the_move():
    # the first day as it is, the second 50 points higher: (112 + 102 - 162 - 152) / 2 = -50
    days = ["2025-06-02"] * 2 + ["2025-06-03"] * 2
    found = shown(days, [110.0, 105.0, 162.0, 155.0], [101.0, 100.0, 153.0, 152.0], [5.0, 6.0, 7.0, 8.0])
    assert found.is_whole.tolist() == [True, True]
    assert found.moves.tolist() == [0.0, -50.0]
    assert found.rows.tolist() == [0, 1]


def test_a_session_cut_short_without_volume_or_of_a_day_without_a_bar_is_not_whole():
    # of the first day half the range; of the second no volume; the last is a holiday to the daily bars
    days = ["2025-06-02"] * 2 + ["2025-06-03"] * 2 + ["2025-06-06"] * 2
    found = shown(days, [105.0, 104, 112, 111, 9, 9], [101.0, 100, 103, 102, 5, 5], [1.0, 1, np.nan, np.nan, 1, 1])
    assert found.is_alike.tolist() == [False, True, False]
    assert not found.is_whole.any()
    assert found.rows.tolist() == [0, 1, -1]


def test_a_tenth_of_the_range_and_two_ticks_may_be_missing():
    # ten points: one and two quarters, 8.5 are enough, 8.25 are not
    for top, is_alike in ((108.5, True), (108.25, False)):
        assert shown(["2025-06-02"], [top], [100.0], [1.0]).is_alike.tolist() == [is_alike]


def test_a_session_with_less_than_half_of_the_usual_bars_is_not_whole():
    days = np.repeat(DAYS, [6, 6, 2, 3]).astype(str).tolist()
    high = np.repeat(HIGH, [6, 6, 2, 3])
    low = np.repeat(LOW, [6, 6, 2, 3])
    assert shown(days, high, low, np.ones(17)).is_whole.tolist() == [True, True, False, True]


@given(
    counts=st.lists(st.integers(1, 5), min_size=4, max_size=4),
    cut=st.integers(1, 3),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_session_knows_a_later_one(counts, cut, seed):
    rng = np.random.default_rng(seed)
    days = np.repeat(DAYS, counts)
    high = np.repeat(HIGH, counts) - rng.integers(0, 3, sum(counts))
    low = np.repeat(LOW, counts) + rng.integers(0, 3, sum(counts))
    volume = rng.integers(0, 3, sum(counts)).astype(np.float64)
    whole = by_session(days, high, low, volume, DAYS, HIGH, LOW, step=0.25)
    stop = sum(counts[:cut])
    part = by_session(days[:stop], high[:stop], low[:stop], volume[:stop], DAYS[:cut], HIGH[:cut], LOW[:cut], step=0.25)
    for name in ("rows", "counts", "is_whole", "moves", "is_alike", "ranges"):
        np.testing.assert_array_equal(getattr(whole, name)[:cut], getattr(part, name))


@pytest.mark.parametrize("points", [-40.0, 0.5, 3000.0])
def test_a_series_adjusted_by_any_difference_is_the_same(points):
    days = np.repeat(DAYS, 2)
    high, low = np.repeat(HIGH, 2), np.repeat(LOW, 2)
    plain = by_session(days, high, low, np.ones(8), DAYS, HIGH, LOW, step=0.25)
    moved = by_session(days, high + points, low + points, np.ones(8), DAYS, HIGH, LOW, step=0.25)
    assert moved.is_whole.tolist() == plain.is_whole.tolist()
    assert (moved.moves + points).tolist() == plain.moves.tolist()
