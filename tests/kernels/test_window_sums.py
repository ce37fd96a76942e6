"""Sums of windows are those of math.fsum, bit for bit, in whatever order they are asked for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.averages import latest_mean
from levelhead.kernels.window_sums import WindowSums

prices = st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=60)


def test_a_sum_is_rounded_once():
    # 1e16 + 1 + 1 - 1e16: added one after the other each 1 is lost
    sums = WindowSums(np.array([1e16, 1.0, 1.0, -1e16]))
    assert sums.sum(0, 4) == 2.0
    assert sums.sum(0, 3) == 10000000000000002.0
    assert sums.sum(2, 2) == 0.0
    assert sums.mean(3, 2) == 1.0


@given(values=prices, data=st.data())
def test_any_window_is_the_exact_sum_rounded(values, data):
    sums = WindowSums(np.array(values))
    for _ in range(5):
        first = data.draw(st.integers(0, len(values)))
        stop = data.draw(st.integers(first, len(values)))
        assert sums.sum(first, stop) == math.fsum(values[first:stop])


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1.0, 1e9, 1e17, 1e250])
def test_sizes_of_every_kind_make_no_difference(scale):
    values = np.random.default_rng(7).normal(size=40) * scale
    values[::7] *= 1e-12
    sums = WindowSums(values)
    assert all(sums.sum(a, b) == math.fsum(values[a:b].tolist()) for a in range(41) for b in range(a, 41))


@pytest.mark.parametrize("order", [range(20, 1500), range(1499, 19, -1), np.random.default_rng(3).integers(20, 1500, 900).tolist()])
def test_days_may_be_asked_for_in_any_order(order):
    closes = np.random.default_rng(1).lognormal(5, 1, 1500)
    sums = WindowSums(closes)
    for row in order:
        assert sums.mean(row, 20) == latest_mean(closes[:row], 20)


def test_a_sum_knows_nothing_of_what_comes_after():
    closes = np.random.default_rng(2).lognormal(5, 0.2, 300)
    rewritten = closes.copy()
    rewritten[200:] = 1e-7 * closes[200:]  # finer digits than any before
    one, other = WindowSums(closes), WindowSums(rewritten)
    assert all(one.sum(a, 200) == other.sum(a, 200) for a in range(200))
