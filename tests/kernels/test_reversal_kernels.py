"""Swings by reversal and the sequences they make, none of them before it could be known."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk

from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.crosses import sessions_to_cross
from levelhead.kernels.ranges import atr
from levelhead.kernels.reversals import reversals, sequences, zigzag_of


def path(*turns):
    """High, low, close that run from turn to turn by one point a bar, half a point of range on either side; the ATR is 1."""
    steps = [turns[0]]
    for turn in turns[1:]:
        steps += [*np.arange(steps[-1], turn, np.sign(turn - steps[-1]))[1:], turn]
    close = np.array(steps, dtype=np.float64)
    return close + 0.5, close - 0.5, close, np.ones(len(close))


def found(*turns):
    high, low, close, yard = path(*turns)
    return reversals(high, low, close, yard, size=2.0), high, low


def test_a_high_is_known_when_the_close_has_come_back_by_two_ranges():
    # the high of 15.5 stands in row 5; a close of 14 lies 1.5 below it, the next of 13 in row 7 lies 2.5 below
    turns, _, _ = found(10, 15, 10)
    assert (turns.rows[0], turns.known[0], turns.heights[0], turns.sides[0]) == (5, 7, 15.5, 1)


def test_highs_and_lows_take_turns():
    turns, _, _ = found(10, 15, 11, 18, 12, 16)
    assert turns.heights.tolist() == [15.5, 10.5, 18.5, 11.5]
    assert turns.sides.tolist() == [1, -1, 1, -1]


def test_what_comes_back_by_less_is_no_swing():
    turns, _, _ = found(10, 15, 14, 20, 10)
    assert turns.heights.tolist() == [20.5]


def test_a_rising_sequence_begins_at_the_low_before_the_first_higher_high_and_is_known_when_both_are():
    # lows 5, 9, 13 (less half a point), highs 10 (after a fall from 14), 15, 20
    turns, high, low = found(14, 8, 14, 5, 15, 9, 20, 13, 22)
    (run,) = [run for run in sequences(turns, high, low) if run.direction == 1]
    rows = dict(zip(turns.heights.tolist(), zip(turns.rows.tolist(), turns.known.tolist(), strict=True), strict=True))
    assert run.began == rows[4.5][0]  # the low at 5
    assert run.known == rows[8.5][1]  # the high at 15 passes 14, the low at 9 stands above 5: both known with the latter
    assert run.ended is None
    assert run.turns_until(run.known) == 2


def test_a_bar_below_the_last_higher_low_ends_a_rising_sequence():
    turns, high, low = found(14, 8, 14, 5, 15, 9, 20, 13, 22, 12)
    (run,) = [run for run in sequences(turns, high, low) if run.direction == 1]
    assert run.ended == int(np.flatnonzero(low < 12.5)[-1])  # the last bar: a low of 11.5 below that of 12.5


def test_a_lower_high_ends_it_too():
    turns, high, low = found(14, 8, 14, 5, 15, 9, 20, 13, 18, 14)
    (run,) = [run for run in sequences(turns, high, low) if run.direction == 1]
    assert run.ended == int(turns.known[turns.heights == 18.5][0])


def test_the_mirror_of_a_rising_sequence_is_a_falling_one():
    high, low, close, yard = path(14, 8, 14, 5, 15, 9, 20, 13, 22, 12)
    up = sequences(reversals(high, low, close, yard, size=2.0), high, low)
    down = sequences(reversals(40 - low, 40 - high, 40 - close, yard, size=2.0), 40 - low, 40 - high)
    assert [(run.direction, run.began, run.known, run.ended) for run in up] == [
        (-run.direction, run.began, run.known, run.ended) for run in down
    ]


def slow_turns(high, low, close, yard, size):
    """Row, known row and side of each turn: the walk from bar to bar, as one would say it."""
    found, wanted, n = [], 0, len(close)
    begin = next((t for t in range(n) if not np.isnan(yard[t])), n)
    top = bottom = begin  # the highest high and the lowest low since the last turn
    for t in range(begin, n):
        if wanted >= 0:
            top = t if high[t] > high[top] else top
            if high[top] - close[t] >= size * yard[top] > 0:
                found.append((top, t, 1))
                wanted, bottom = -1, min(range(min(top + 1, t), t + 1), key=lambda row: (low[row], row))
                continue
        if wanted <= 0:
            bottom = t if low[t] < low[bottom] else bottom
            if close[t] - low[bottom] >= size * yard[bottom] > 0:
                found.append((bottom, t, -1))
                wanted, top = 1, max(range(min(bottom + 1, t), t + 1), key=lambda row: (high[row], -row))
    return found[1:] if found and found[0][0] == begin else found


@given(seed=st.integers(0, 10**6), count=st.integers(1, 300), size=st.sampled_from([0.5, 1.0, 1.5, 2.0, 4.5]))
def test_the_turns_are_those_of_a_walk_from_bar_to_bar(seed, count, size):
    bars = walk(seed, count)
    high, low, close = (np.round(column) for column in (bars.high, bars.low, bars.close))  # with many equal prices
    for compiled in (False, True):
        with compiled_kernels(compiled):
            turns = zigzag_of(high, low, close, atr(high, low, close, 14)).turns(size)
        quick = list(zip(turns.rows.tolist(), turns.known.tolist(), turns.sides.tolist(), strict=True))
        assert quick == slow_turns(high, low, close, atr(high, low, close, 14), size)
        assert turns.heights.tolist() == [(high if side > 0 else low)[row] for row, _, side in quick]


def state(prices, t):
    """What is known of swings and sequences at the close of row t."""
    high, low, close = prices
    turns = reversals(high, low, close, atr(high, low, close, 14))
    seen = turns.known <= t
    runs = [
        (run.direction, run.began, run.known, run.turns_until(t), None if run.ended is None or run.ended > t else run.ended)
        for run in sequences(turns, high, low)
        if run.known <= t
    ]
    return turns.rows[seen].tolist(), turns.heights[seen].tolist(), runs


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(0, 299))
def test_swings_and_sequences_known_by_a_day_stay_whatever_comes_after(seed, other, t):
    bars, future = walk(seed, 300), walk(other, 300)
    whole = bars.high, bars.low, bars.close
    changed = tuple(np.r_[a[: t + 1], b[t + 1 :]] for a, b in zip(whole, (future.high, future.low, future.close), strict=True))
    assert state(whole, t) == state(changed, t) == state(tuple(column[: t + 1] for column in whole), t)


@given(seed=st.integers(0, 10**6))
def test_a_sequence_ends_after_it_is_known_and_never_two_stand_at_once(seed):
    bars = walk(seed, 400)
    turns = reversals(bars.high, bars.low, bars.close, atr(bars.high, bars.low, bars.close, 14))
    runs = sequences(turns, bars.high, bars.low)
    for before, after in pairwise(runs):
        assert before.known < before.ended <= after.known
    assert all(run.began < run.known for run in runs)


def test_the_averages_cross_when_enough_low_closes_have_left_the_shorter_one():
    # means of 2 and 4 of 10, 10, 10, 4: 7 and 8.5. Two more closes at 4: (4 + 4) / 2 = 4 against (10 + 4 + 4 + 4) / 4 = 5.5
    assert sessions_to_cross(np.array([10.0, 10, 10, 4]), 2, 4) is None
    # of 4, 4, 10, 8: means 9 and 6.5; one more at 8: 8 and 7.5; two more: 8 and 8.5
    assert sessions_to_cross(np.array([4.0, 4, 10, 8]), 2, 4) == 2


@pytest.mark.parametrize("closes", [[5.0, 5, 5, 5], [6.0, 4, 5, 5]])
def test_averages_that_are_equal_have_no_cross_ahead(closes):
    assert sessions_to_cross(np.array(closes), 2, 4) is None


@given(closes=st.lists(st.integers(1, 200), min_size=20, max_size=60))
def test_the_cross_ahead_is_the_one_that_comes_when_the_price_does_stand_still(closes):
    series = [float(close) for close in closes]
    gaps = [np.mean((series + [series[-1]] * h)[-8:]) - np.mean((series + [series[-1]] * h)[-20:]) for h in range(20)]
    changes = [h for h in range(20) if abs(gaps[0]) > 1e-9 and gaps[h] * gaps[0] < 0 and abs(gaps[h]) > 1e-6]
    assert sessions_to_cross(np.array(series), 8, 20) == (changes[0] if changes else None)
