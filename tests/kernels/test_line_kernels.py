"""Lines through turning points: which hold, what touches them, when they end; and never with a look ahead."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk

from levelhead.kernels.channels import channels
from levelhead.kernels.line_lives import MOST, MOST_ON_A_SIDE
from levelhead.kernels.lines import Turns, closes_below, line_pairs, pairs_of, touches
from levelhead.kernels.ranges import atr
from levelhead.kernels.swings import swing_highs, swing_lows
from levelhead.kernels.trendlines import trendlines

K = 5


def column(*values):
    return np.array(values, dtype=np.float64)


def turns_of(values, known):
    at = np.flatnonzero(known)
    return Turns(rows=at - K, known=at, heights=values[at - K])


def drawn(high, low, close):
    """Trendlines and channels of bars of shape (n,)."""
    yard = atr(high, low, close, 14)
    lows = pairs_of(turns_of(low, swing_lows(low, K)), yard, 1)
    highs = pairs_of(turns_of(high, swing_highs(high, K)), yard, -1)
    return trendlines(lows, highs, close, yard), channels(lows, highs, close, yard)


def zigzag(turns, slope, *, leg=10, reach=1.0):
    """High, low, close of bars that run straight from turn to turn, `leg` bars each, on top of a rise of `slope` a bar."""
    path = np.concatenate([np.linspace(a, b, leg, endpoint=False) for a, b in pairwise(turns)] + [[turns[-1]]])
    middle = path + slope * np.arange(len(path))
    return middle + reach, middle - reach, middle


def held(pair_count, heights, rows, slack):
    """The pairs as one would say it."""
    found = []
    for j in range(pair_count):
        for i in range(j):
            line = heights[i] + (heights[j] - heights[i]) / (rows[j] - rows[i]) * (rows[i + 1 : j] - rows[i])
            if (heights[i + 1 : j] >= line - slack[i + 1 : j] - 1e-9).all():
                found.append((i, j))
    return found


def test_a_line_holds_where_no_turning_point_between_lies_below_it():
    # from 10 at row 0 to 14 at row 20 the line stands at 12 in row 10; there 11.9 pierces it, within a slack of 0.1
    rows, heights = np.array([0, 10, 20]), column(10, 11.9, 14)
    assert list(zip(*line_pairs(rows, heights, np.zeros(3), shortest=1, longest=99), strict=True)) == [(0, 1), (1, 2)]
    assert list(zip(*line_pairs(rows, heights, np.full(3, 0.1), shortest=1, longest=99), strict=True)) == [(0, 1), (0, 2), (1, 2)]


def test_points_too_near_or_too_far_apart_make_no_line():
    rows, heights = np.array([0, 10, 40]), column(1, 1, 1)
    assert list(zip(*line_pairs(rows, heights, np.zeros(3), shortest=20, longest=35), strict=True)) == [(1, 2)]


@given(
    heights=st.lists(st.integers(1, 40), min_size=0, max_size=12),
    steps=st.lists(st.integers(1, 9), min_size=12, max_size=12),
    slack=st.sampled_from([0.0, 1.0, 3.0]),
)
def test_the_quick_way_to_find_lines_is_the_slow_one(heights, steps, slack):
    rows = np.cumsum(steps[: len(heights)]).astype(np.int64)
    first, second = line_pairs(
        rows, np.array(heights, dtype=np.float64), np.full(len(rows), slack + 1e-12), shortest=1, longest=999
    )
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == held(len(rows), heights, rows, np.full(len(rows), slack))


def test_a_turning_point_within_reach_touches_the_line():
    # line 10 to 18 over rows 0 to 20: 14 in row 10, 16 in row 15
    rows, heights = np.array([0, 10, 15, 20]), column(10, 14.5, 17, 18)
    count, slope = touches(np.array([0]), np.array([3]), rows, heights, np.full(4, 0.5))
    assert (count.tolist(), slope.tolist()) == ([3], [0.4])


def test_two_closes_in_a_row_below_a_line_make_it_none_and_single_ones_are_counted():
    # the line: 10, 10.5, 11, 11.5, 12
    assert closes_below(column(10, 11, 10.9, 11.5, 11.9), 10.0, 0.5) == 2
    assert closes_below(column(10, 11, 10.9, 11.4, 12.5), 10.0, 0.5) is None
    assert closes_below(column(10, 10.5, 11), 10.0, 0.5) == 0


RISING = (40, 60, 0, 20, 0, 20, 0, 20, 0, 20, 0, 20)
"""After a fall lows on one line from row 20 on, highs on a parallel to it 22 points above."""


def test_lows_on_a_straight_line_make_one_trendline_and_a_channel():
    lines, found = drawn(*zigzag(RISING, 0.5))
    (line,) = [line for line in lines if line.side == 1]
    assert line.slope == pytest.approx(0.5)
    assert line.at(100) == pytest.approx(-1 + 0.5 * 100)  # the low of a bar in row 100 that stands at 0 + 50
    assert line.touches_until(line.known) == 3
    (channel,) = found
    assert (channel.slope, channel.width) == (pytest.approx(0.5), pytest.approx(22))
    assert channel.lower_at(100) == pytest.approx(49)
    assert channel.upper_at(100) == pytest.approx(71)


def test_a_line_is_drawn_when_its_second_point_is_known_and_not_before():
    high, low, close = zigzag(RISING, 0.5)
    (line,) = [line for line in drawn(high, low, close)[0] if line.side == 1]
    assert line.known == line.second + K
    assert [each for each in drawn(*(c[: line.known] for c in (high, low, close)))[0] if each.side == 1] == []
    assert len([each for each in drawn(*(c[: line.known + 1] for c in (high, low, close)))[0] if each.side == 1]) == 1


def test_two_closes_in_a_row_below_break_a_line_and_one_does_not():
    high, low, close = zigzag(RISING, 0.5)
    tail = np.array([51.0, 44.0, 58.0, 43.0, 43.0, 60.0])  # the line stands near 54 to 57 there
    rows = np.arange(len(close), len(close) + len(tail))
    tail[[0, 2, 5]] += 10
    joined = [np.r_[column_, tail + more] for column_, more in ((high, 1.0), (low, -1.0), (close, 0.0))]
    (line,) = [line for line in drawn(*joined)[0] if line.side == 1]
    assert (line.ending, line.ended) == ("broken", rows[4])


def test_the_mirror_of_a_chart_has_the_mirrored_lines():
    high, low, close = (c + 500 for c in zigzag(RISING, 0.5))
    up, over = drawn(high, low, close)
    down, under = drawn(1000 - low, 1000 - high, 1000 - close)
    assert [(line.side, line.first, line.second, line.ended) for line in up] == [
        (-line.side, line.first, line.second, line.ended) for line in down
    ]
    assert [(c.first, c.second, c.ended) for c in over] == [(c.first, c.second, c.ended) for c in under]
    assert [c.width for c in over] == pytest.approx([c.width for c in under])


def test_a_channel_is_left_upwards_by_two_closes_above_it():
    high, low, close = zigzag(RISING, 0.5)
    tail = np.array([90.0, 95.0, 96.0])
    joined = [np.r_[column_, tail + more] for column_, more in ((high, 1.0), (low, -1.0), (close, 0.0))]
    (channel,) = drawn(*joined)[1]
    assert (channel.ending, channel.ended) == ("broken up", len(close) + 1)


def test_a_level_range_is_no_channel():
    assert drawn(*zigzag(RISING, 0.0))[1] == ()


def state(found, t):
    """What is known of lines at the close of row t."""
    return [
        (line.first, line.second, line.known, line.touches_until(t), None if line.ended is None or line.ended > t else line.ended)
        for line in found
        if line.known <= t
    ]


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(0, 399))
def test_lines_known_by_a_day_stay_whatever_comes_after(seed, other, t):
    whole, future = walk(seed, 400), walk(other, 400)
    prices = [getattr(whole, name) for name in ("high", "low", "close")]
    rewritten = [np.r_[p[: t + 1], getattr(future, n)[t + 1 :]] for p, n in zip(prices, ("high", "low", "close"), strict=True)]
    for then, full, changed in zip(drawn(*(p[: t + 1] for p in prices)), drawn(*prices), drawn(*rewritten), strict=True):
        assert state(full, t) == state(then, t) == state(changed, t)


@given(seed=st.integers(0, 10**6))
def test_there_are_never_more_than_three_lines_nor_two_in_one_slot(seed):
    bars = walk(seed, 600)
    lines, found = drawn(bars.high, bars.low, bars.close)
    for t in range(0, 600, 7):
        kept = [line for line in lines if line.known <= t and (line.ended is None or line.ended > t)]
        assert len({line.slot for line in kept}) == len(kept) <= MOST
        assert max([sum(line.side == side for line in kept) for side in (1, -1)]) <= MOST_ON_A_SIDE
        assert sum(c.known <= t and (c.ended is None or c.ended > t) for c in found) <= 1


@given(seed=st.integers(0, 10**6), factor=st.sampled_from([0.5, 2.0, 4.0]))
def test_lines_do_not_depend_on_the_unit_of_price(seed, factor):
    bars = walk(seed, 400)
    prices = bars.high, bars.low, bars.close
    for ours, scaled in zip(drawn(*prices), drawn(*(factor * p for p in prices)), strict=True):
        assert [(a.first, a.second, a.ended) for a in ours] == [(b.first, b.second, b.ended) for b in scaled]
