"""Measures continued along paths are the numbers that the chart will show."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.along import atr_along, ema_along, in_force, rsi_along, sma_along
from levelhead.kernels.averages import ema, sma
from levelhead.kernels.momentum import rsi
from levelhead.kernels.paths import PathBars
from levelhead.kernels.ranges import atr

KNOWN = np.array([1.0, 2.0, 6.0])
PATH = np.array([[4.0, 8.0, 0.0, 1.0]])


def test_a_mean_of_three_along_a_path():
    # (2 + 6 + 4) / 3, (6 + 4 + 8) / 3, (4 + 8 + 0) / 3, (8 + 0 + 1) / 3, after (1 + 2 + 6) / 3
    start, along = sma_along(KNOWN, PATH, 3)
    assert start == 3.0
    assert_array_equal(along, [[4.0, 6.0, 4.0, 3.0]])


def test_what_stands_during_a_session_is_the_value_at_the_close_before():
    assert_array_equal(in_force(*sma_along(KNOWN, PATH, 3)), [[3.0, 4.0, 6.0, 4.0, 3.0]])


def test_an_exponential_mean_along_a_path():
    # weight 2 / (3 + 1); seeded with 3: 3 + (4 - 3) / 2 = 3.5, then 5.75, 2.875, 1.9375
    start, along = ema_along(KNOWN, PATH, 3)
    assert start == 3.0
    assert_array_equal(along, [[3.5, 5.75, 2.875, 1.9375]])


def test_an_index_along_a_path():
    # n = 2: gains 1 and 4, mean 2.5, no loss. Then a fall of 2: gain 1.25, loss 1; then a rise of 4: gain 2.625, loss 0.5
    _, along = rsi_along(KNOWN, PATH[:, :2], 2)
    assert_allclose(along, [[100 * 1.25 / 2.25, 100 * 2.625 / 3.125]])


def test_a_range_along_a_path():
    # n = 2 after true ranges of 2 and 5, mean 3.5; the bar from 3 to 7 after a close of 6: (3.5 + 4) / 2
    known = np.array([1.0, 2.0, 6.0])
    path = PathBars(*(np.array([[price]]) for price in (6.0, 7.0, 3.0, 4.0)))
    start, along = atr_along(known + 1, known - 1, known, path, 2)
    assert (start, along[0, 0]) == (3.5, 3.75)


def test_too_few_known_bars_give_nothing():
    for along in (sma_along, ema_along, rsi_along):
        assert np.isnan(along(KNOWN, PATH, 4)[0])


@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(1, 15), st.sampled_from(["sma", "ema", "rsi", "atr"]))
def test_along_a_path_each_measure_is_that_of_the_whole_series(seed, n, sessions, name):
    generator = np.random.Generator(np.random.Philox(seed))
    close = 100 * np.exp(np.cumsum(generator.standard_normal((2, n + 5 + sessions)) * 0.01, axis=1))
    close[:, : n + 5] = close[0, : n + 5]
    high, low = close * 1.01, close * 0.99
    known, path = close[0, : n + 5], close[:, n + 5 :]
    bars = PathBars(path, high[:, n + 5 :], low[:, n + 5 :], path)
    start, along = {
        "sma": lambda: sma_along(known, path, n),
        "ema": lambda: ema_along(known, path, n),
        "rsi": lambda: rsi_along(known, path, n),
        "atr": lambda: atr_along(high[0, : n + 5], low[0, : n + 5], known, bars, n),
    }[name]()
    for row in range(2):
        whole = {
            "sma": lambda row=row: sma(close[row], n),
            "ema": lambda row=row: ema(close[row], n),
            "rsi": lambda row=row: rsi(close[row], n),
            "atr": lambda row=row: atr(high[row], low[row], close[row], n),
        }[name]()
        assert start == pytest.approx(whole[n + 4], rel=1e-9)
        assert_allclose(along[row], whole[n + 5 :], rtol=1e-9)
