"""Drawdowns, consolidations, breakouts and acceptance: bars made by hand first, then what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk, with_future
from numpy.testing import assert_array_equal

from levelhead.kernels.breakouts import Breakouts, breakouts
from levelhead.kernels.consolidations import NARROW, Consolidation, consolidations
from levelhead.kernels.crosses import accepted_side, rows_in_a_row
from levelhead.kernels.drawdowns import drawdowns, highest_rows
from levelhead.kernels.ranges import atr
from levelhead.kernels.reversals import reversals


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_a_drawdown_runs_from_the_highest_high_to_the_lowest_low_after_it():
    found = drawdowns(array(5, 9, 7, 8, 6, 9), array(4, 8, 5, 6, 5, 7), 6)
    assert found.top.tolist() == [0, 1, 1, 1, 1, 1]  # the first of two equal highs
    assert found.bottom.tolist() == [0, 1, 2, 2, 2, 2]


def test_a_high_that_leaves_the_window_gives_way_to_the_next():
    assert highest_rows(array(9, 1, 3, 2, 1), 3).tolist() == [0, 0, 0, 2, 2]
    assert drawdowns(array(9, 1, 3, 2, 1), array(8, 0, 2, 1, 0), 3).bottom.tolist() == [0, 1, 1, 3, 4]


@given(seed=st.integers(0, 10**6), span=st.integers(1, 60))
def test_a_drawdown_is_what_a_slow_search_finds(seed, span):
    bars = walk(seed, 100)
    found = drawdowns(bars.high, bars.low, span)
    for t in range(100):
        first = max(t + 1 - span, 0)
        top = max(range(first, t + 1), key=lambda i: (bars.high[i], -i))
        assert found.top[t] == top
        assert found.bottom[t] == (top if top == t else min(range(top + 1, t + 1), key=lambda i: (bars.low[i], i)))


def test_price_is_accepted_by_the_second_row_in_a_row():
    sides = np.array([0, 1, 1, -1, 1, 0, -1, -1, -1], dtype=np.int8)
    assert accepted_side(sides).tolist() == [0, 0, 1, 0, 0, 0, 0, -1, -1]
    assert rows_in_a_row(sides).tolist() == [0, 1, 2, 1, 1, 0, 1, 2, 3]


# Thirty bars between 100 and 104 that close at 102, of ATR 4: twenty of them may cover 0.6 * 4 * sqrt(20) = 10.7 points.
QUIET = [(104.0, 100.0, 102.0)] * 30


def ranges_of(*bars: tuple[float, float, float]) -> tuple[Consolidation, ...]:
    high, low, close = np.array([*QUIET, *bars]).T
    return consolidations(high, low, close, np.full(len(high), 4.0))


def test_twenty_bars_that_cover_little_ground_are_a_consolidation():
    assert pytest.approx(0.6) == NARROW
    (found,) = ranges_of()
    assert (found.begun, found.known) == (0, 19)
    assert (found.tops[0].price, found.bottoms[0].price) == (104, 100)
    assert found.ended is None


def test_a_trend_is_no_consolidation():
    rising = np.arange(60.0)
    assert consolidations(rising + 102, rising + 98, rising + 100, np.full(60, 4.0)) == ()  # 23 points in twenty bars


def test_a_close_beyond_its_edge_ends_it_when_none_comes_back_within_five_bars():
    beyond = [(108.0, 103.0, 106.0)] * 6
    (found,) = ranges_of(*beyond)
    assert [(each.broken, each.direction, each.failed) for each in found.breaks] == [(30, 1, None)]
    assert found.ended == 30


def test_a_high_beyond_its_edge_is_no_break():
    (found,) = ranges_of((109.0, 101.0, 104.0))
    assert found.breaks == ()


def test_a_break_that_comes_back_has_failed_and_the_edge_is_moved_to_its_extreme():
    (found,) = ranges_of((108.0, 103.0, 106.0), (107.0, 102.0, 105.0), (105.0, 101.0, 103.0), (104.0, 100.0, 102.0))
    assert [(each.broken, each.direction, each.failed) for each in found.breaks] == [(30, 1, 32)]
    assert [(edge.known, edge.price) for edge in found.tops] == [(19, 104), (32, 108)]
    assert found.ended is None


@pytest.mark.parametrize(("extreme", "failed", "ended"), [(121.4, 31, None), (121.5, None, 30)])
def test_a_break_that_stretches_the_range_to_more_than_twice_what_it_may_be_ends_it_though_price_comes_back(extreme, failed, ended):
    # twenty bars of ATR 4 may cover 0.6 * 4 * sqrt(20) = 10.73 points, twice which, from 100, is 121.47
    (found,) = ranges_of((extreme, 103.0, 106.0), (104.0, 101.0, 103.0))
    assert [(each.broken, each.direction, each.failed) for each in found.breaks] == [(30, 1, failed)]
    assert found.ended == ended


def test_a_break_that_falls_through_the_other_edge_ends_the_range_there():
    (found,) = ranges_of((108.0, 103.0, 106.0), (106.0, 96.0, 97.0), *[(98.0, 94.0, 96.0)] * 6)
    assert [(each.broken, each.direction, each.failed) for each in found.breaks] == [(30, 1, 31), (31, -1, None)]
    assert found.ended == 31


def said_of(found: tuple[Consolidation, ...], t: int) -> list[tuple[object, ...]]:
    """What the ranges say of row t, with nothing that was known later."""
    return [
        (
            each.begun,
            each.known,
            [edge for edge in each.tops if edge.known <= t],
            [edge for edge in each.bottoms if edge.known <= t],
            [
                (b.broken, b.direction, b.failed if b.failed is not None and b.failed <= t else None)
                for b in each.breaks
                if b.broken <= t
            ],
        )
        for each in found
        if each.known <= t
    ]


def consolidated(bars):
    return consolidations(bars.high, bars.low, bars.close, atr(bars.high, bars.low, bars.close, 14))


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(30, 299))
def test_no_consolidation_knows_the_future(seed, other, t):
    bars = walk(seed, 300)
    early = bars.until(bars.dates[t].astype(object))
    then = said_of(consolidated(early), t)
    assert said_of(consolidated(bars), t) == then
    assert said_of(consolidated(with_future(bars, t, other)), t) == then


# A swing high at 110 in row 0, known in row 2; every bar is four points high, of ATR 4: near is 1 point, away 2.
def broken_by(*closes: float, side: int = 1) -> Breakouts:
    close = array(*[100.0] * 10, *closes)
    high, low = close + 2, close - 2
    if side < 0:
        high, low, close = 220 - low, 220 - high, 220 - close
    sides, rows = np.array([side], dtype=np.int8), np.array([0])
    return breakouts(array(110), rows, rows + 2, sides, high, low, close, np.full(len(close), 4.0))


def only(found: Breakouts) -> tuple[int, ...]:
    assert len(found) == 1
    return tuple(int(rows[0]) for rows in (found.broken, found.failed, found.retested, found.held))


@pytest.mark.parametrize("side", [1, -1])
class TestOfALevel:
    def test_the_first_close_beyond_breaks_it(self, side):
        assert only(broken_by(109, 110, 111, 112, side=side)) == (12, -1, -1, -1)  # a close at the level is not beyond

    def test_a_close_back_within_ten_bars_is_a_failure(self, side):
        assert only(broken_by(111, *[112] * 9, 110, side=side)) == (10, 20, -1, -1)

    def test_a_close_back_after_more_is_none(self, side):
        assert only(broken_by(111, *[112] * 10, 110, side=side)) == (10, -1, -1, -1)

    def test_a_retest_comes_back_to_it_and_leaves_again(self, side):
        # the bar of 114 stays clear (112 > 111), that of 112 comes to 110, that of 111.5 is not yet away, that of 113 is
        assert only(broken_by(111, 114, 112, 111.5, 113, side=side)) == (10, -1, 12, 12)
        assert only(broken_by(111, 114, 111, 111.5, 113, side=side)) == (10, -1, 12, 14)

    def test_a_level_that_price_never_left_is_not_retested(self, side):
        assert only(broken_by(111, 112, 112.5, 115, side=side)) == (10, -1, -1, -1)

    def test_a_level_whose_break_failed_may_break_again(self, side):
        found = broken_by(111, 109, 108, 113, side=side)
        assert found.broken.tolist() == [10, 13]
        assert found.failed.tolist() == [11, -1]

    def test_a_level_that_has_not_stood_for_ten_bars_is_not_looked_at(self, side):
        young = array(*[100.0] * 5, 111, 112, 113)
        high, low, close = (young + 2, young - 2, young) if side > 0 else (222 - young, 218 - young, 220 - young)
        rows = np.array([0])
        assert len(breakouts(array(110), rows, rows + 2, np.array([side], dtype=np.int8), high, low, close, np.full(8, 4.0))) == 0


def events_of(bars, t):
    yard = atr(bars.high, bars.low, bars.close, 14)
    turns = reversals(bars.high, bars.low, bars.close, yard)
    found = breakouts(turns.heights, turns.rows, turns.known, turns.sides, bars.high, bars.low, bars.close, yard)
    return sorted(
        (
            int(turns.rows[level]),
            *(int(row) if row <= t else -1 for row in (broken, failed)),
            *((int(r), int(h)) if 0 <= h <= t else ()),
        )
        for level, broken, failed, r, h in zip(
            *(getattr(found, name) for name in ("level", "broken", "failed", "retested", "held")), strict=True
        )
        if broken <= t
    )


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(30, 299))
def test_no_breakout_knows_the_future(seed, other, t):
    bars = walk(seed, 300)
    then = events_of(bars.until(bars.dates[t].astype(object)), t)
    assert events_of(bars, t) == then
    assert events_of(with_future(bars, t, other), t) == then


@given(seed=st.integers(0, 10**6), t=st.integers(1, 99), span=st.integers(1, 60))
def test_no_drawdown_knows_the_future(seed, t, span):
    bars = walk(seed, 100)
    full, early = drawdowns(bars.high, bars.low, span), drawdowns(bars.high[: t + 1], bars.low[: t + 1], span)
    assert_array_equal(full.top[: t + 1], early.top)
    assert_array_equal(full.bottom[: t + 1], early.bottom)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60), st.integers(1, 25))
def test_the_highest_row_is_the_one_that_a_look_at_every_bar_of_the_window_finds(heights, span):
    windows = [(max(0, t - span + 1), heights[max(0, t - span + 1) : t + 1]) for t in range(len(heights))]
    assert highest_rows(np.array(heights, dtype=np.float64), span).tolist() == [
        begin + window.index(max(window)) for begin, window in windows
    ]


def slow_breaks(height, made, known, high, low, close, yard):
    """Broken, failed, retested and held of one swing high, said bar by bar."""
    found, t = [], known
    while (t := t + 1) < min(made + 253, len(close)):
        if close[t] <= height:
            continue
        failed = retested = held = -1
        is_clear = False
        for row in range(t + 1, min(t + 30, len(close))):
            if close[row] <= height:
                failed = row if row - t <= 10 else -1
                break
            if retested < 0 and is_clear and row - t <= 20 and low[row] - height <= 0.25 * yard[t]:
                retested = row
            is_clear = is_clear or low[row] - height > 0.25 * yard[t]
            if held < 0 <= retested and close[row] - height >= 0.5 * yard[t]:
                held = row
        if t - made >= 10:
            found.append((t, failed, retested, held))
        if failed < 0:
            break
        t = failed
    return found


@given(seed=st.integers(0, 10**6), count=st.integers(40, 300))
def test_the_breakouts_of_swing_highs_are_those_of_a_walk_from_bar_to_bar(seed, count):
    bars = walk(seed, count)
    yard = atr(bars.high, bars.low, bars.close, 14)
    turns = reversals(bars.high, bars.low, bars.close, yard)
    found = breakouts(turns.heights, turns.rows, turns.known, turns.sides, bars.high, bars.low, bars.close, yard)
    assert (np.diff(found.broken) >= 0).all()
    for at in np.flatnonzero(turns.sides == 1):
        own = found.level == at
        columns = (found.broken, found.failed, found.retested, found.held)
        slow = slow_breaks(turns.heights[at], turns.rows[at], turns.known[at], bars.high, bars.low, bars.close, yard)
        assert list(zip(*(column[own].tolist() for column in columns), strict=True)) == slow
