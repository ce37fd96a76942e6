"""Paths drawn from past bars: which bars, in what order, and how volatility moves with them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.closed_form import first_of
from levelhead.kernels.paths import Pool, carry, draw_rows, simulate


def generator(seed):
    return np.random.Generator(np.random.Philox(key=seed))


def a_pool(count, seed, steps=50):
    """Bars of random walks of unit variance."""
    walk = np.cumsum(np.random.default_rng(seed).normal(0, math.sqrt(1 / steps), (count, steps)), axis=1)
    opens, highs, lows, closes = walk[:, 0], walk.max(axis=1), walk.min(axis=1), walk[:, -1]
    spread = closes.std()
    surprise = np.random.default_rng(seed + 1).normal(size=count)
    columns = [(c - closes.mean()) / spread for c in (opens, highs, lows, closes)]
    return Pool(*columns, surprise, np.clip(-closes, -4, 4))


def test_blocks_are_consecutive_past_bars_and_the_newest_is_followed_by_the_oldest():
    rows = draw_rows(generator(1), size=10, paths=200, sessions=6, block=3)
    assert rows.shape == (6, 200)
    assert_array_equal(rows[1], (rows[0] + 1) % 10)
    assert_array_equal(rows[2], (rows[0] + 2) % 10)
    assert_array_equal(rows[4], (rows[3] + 1) % 10)


def test_every_past_bar_is_used_equally_often_give_or_take_one():
    rows = draw_rows(generator(2), size=7, paths=100, sessions=5, block=2)
    for session in rows:
        assert set(np.bincount(session, minlength=7)) <= {14, 15}  # 100 / 7 = 14.3


def test_blocks_follow_each_other_at_random():
    rows = draw_rows(generator(3), size=500, paths=20_000, sessions=8, block=4)
    seen = np.corrcoef(rows[0], rows[4])[0, 1]
    assert abs(seen) < 4 / math.sqrt(20_000)


def test_fewer_sessions_draw_the_same_first_bars():
    long = draw_rows(generator(4), size=50, paths=30, sessions=11, block=4)
    short = draw_rows(generator(4), size=50, paths=30, sessions=6, block=4)
    assert_array_equal(long[:6], short)


def test_what_earlier_bars_do_to_later_variance_as_a_matrix():
    assert_array_equal(carry(np.array([0.5, 0.2, 0.1])), [[0, 0, 0], [0.5, 0, 0], [0.2, 0.5, 0]])


def still(sessions):
    return {"to_surprise": np.zeros(sessions), "to_fall": np.zeros(sessions), "highest": 9.0}


def test_one_path_of_two_bars_by_hand():
    # Standard deviation 0.01 on the first day. The bar drawn is a surprise of 2 and a fall of 1; the response is 0.5 to the
    # one and 0.386294 to the other, so the second day's log variance is up by 1.386294 = log 4: standard deviation 0.02.
    pool = Pool(*(np.array([x]) for x in (-0.5, 0.5, -2.0, -1.0, 2.0, 1.0)))
    simulation = simulate(
        np.zeros((2, 1), dtype=np.int64),
        pool,
        start=100.0,
        log_variance=np.log([0.0001, 0.0001]),
        to_surprise=np.array([0.5, 0.0]),
        to_fall=np.array([math.log(4) - 1, 0.0]),
        highest=9.0,
    )
    bars = simulation.bars
    assert_allclose(bars.open[0], 100 * np.exp([-0.005, -0.02]))
    assert_allclose(bars.high[0], 100 * np.exp([0.005, 0.0]))
    assert_allclose(bars.low[0], 100 * np.exp([-0.02, -0.05]))
    assert_allclose(bars.close[0], 100 * np.exp([-0.01, -0.03]))
    assert_allclose(simulation.variance, [0.0001, 0.0004])


def test_no_session_is_more_volatile_than_the_highest_allowed():
    simulation = simulate(
        np.zeros((2, 3), dtype=np.int64),
        a_pool(5, 7),
        start=1.0,
        log_variance=np.log([0.0001, 0.04]),
        to_surprise=np.zeros(2),
        to_fall=np.zeros(2),
        highest=math.log(0.0009),
    )
    assert_allclose(simulation.variance, [0.0001, 0.0009])


@given(seed=st.integers(0, 2**64), sessions=st.integers(1, 9), block=st.integers(1, 5), volatility=st.floats(-14, -4))
def test_a_simulated_bar_is_a_bar_and_follows_its_predecessor(seed, sessions, block, volatility):
    pool = a_pool(23, 8)
    rows = draw_rows(generator(seed), size=23, paths=40, sessions=sessions, block=block)
    answer = np.linspace(0.4, 0.1, sessions)
    made = simulate(
        rows, pool, start=55.0, log_variance=np.full(sessions, volatility), to_surprise=answer, to_fall=answer, highest=0.0
    )
    bars = made.bars
    assert all(column.shape == (40, sessions) for column in bars)
    assert (bars.low <= np.minimum(bars.open, bars.close)).all()
    assert (bars.high >= np.maximum(bars.open, bars.close)).all()
    before = np.hstack([np.full((40, 1), 55.0), bars.close[:, :-1]])
    # one scale serves all four prices of a bar: their logs over the close before stand in the proportions of the bar drawn
    assert_allclose(np.log(bars.open / before) * pool.high[rows.T], np.log(bars.high / before) * pool.open[rows.T], atol=1e-9)


def test_the_same_draw_makes_the_same_bytes():
    def once():
        rows = draw_rows(generator(12), size=100, paths=500, sessions=7, block=4)
        made = simulate(rows, a_pool(100, 9), start=10.0, log_variance=np.full(7, -9.0), **still(7))
        return [column.tobytes() for column in made.bars]

    assert once() == once()


def test_bars_of_random_walks_touch_prices_as_often_as_the_closed_form_says():
    # 3,000 sessions of 400 steps, sigma 0.01, 9 sessions: standard deviation 0.03. Ranges fall short of continuous ones by
    # 0.5826 sqrt(1/400) = 0.0291 daily sigmas at either end. Error: that of 20,000 paths, and of a pool that is a sample.
    paths = 20_000
    pool = a_pool(3000, 10, steps=400)
    rows = draw_rows(generator(13), size=3000, paths=paths, sessions=9, block=1)
    bars = simulate(rows, pool, start=100.0, log_variance=np.full(9, math.log(0.0001)), **still(9)).bars
    up, down = 0.03, 0.02
    above, below = bars.high >= 100 * math.exp(up), bars.low <= 100 * math.exp(-down)
    first_up = np.where(above.any(axis=1), above.argmax(axis=1), 9)
    first_down = np.where(below.any(axis=1), below.argmax(axis=1), 9)
    exact = first_of(up + 0.000291, down + 0.000291, 0.0009)
    both = (first_up == first_down) & (first_up < 9)
    assert both.mean() < 0.001
    assert (first_up < first_down).mean() == pytest.approx(exact.up, abs=0.014)
    assert (first_down < first_up).mean() == pytest.approx(exact.down, abs=0.014)
