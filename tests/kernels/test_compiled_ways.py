"""Both ways of a kernel give the same to the bit, on prices that lie on a coarse grid, and on thousands of real ones."""

from __future__ import annotations

from dataclasses import astuple, is_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import real_bars, walk

from levelhead.kernels.averages import sma
from levelhead.kernels.bands import band_width, deviation
from levelhead.kernels.breakouts import breakouts
from levelhead.kernels.candles import in_contexts
from levelhead.kernels.channels import channels
from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.consolidations import consolidations
from levelhead.kernels.crosses import cross_rows, held_side, rows_in_a_row, side
from levelhead.kernels.directional import wilder_sum
from levelhead.kernels.drawdowns import drawdowns, highest_rows
from levelhead.kernels.line_tests import line_tests
from levelhead.kernels.lines import Turns, closes_below, line_pairs, pairs_of, touches
from levelhead.kernels.lows import first_above
from levelhead.kernels.momentum import gain_and_loss, rsi
from levelhead.kernels.ranges import atr
from levelhead.kernels.reversals import reversals, sequences
from levelhead.kernels.swings import swing_highs, swing_lows
from levelhead.kernels.trendlines import trendlines

pytest.importorskip("numba")
counts, seeds = st.integers(1, 500), st.integers(0, 10**6)


def coarse(seed, count):
    """High, low, close and ATR of a walk on a grid so coarse that many prices are equal."""
    bars = walk(seed, count, start=100.0)
    high, low, close = (np.round(2 * column) / 2 for column in (bars.high, bars.low, bars.close))
    return high, low, close, atr(high, low, close, 14)


def bits(found):
    if isinstance(found, np.ndarray):
        return found.dtype.str, found.shape, found.tobytes()
    if isinstance(found, tuple | list):
        return tuple(bits(each) for each in found)
    return bits(astuple(found)) if is_dataclass(found) else repr(found)


def both_ways(kernel, *arguments):
    found = []
    for compiled in (False, True):
        with compiled_kernels(compiled):
            found.append(bits(kernel(*arguments)))
    return found


def same(kernel, *arguments):
    plain, compiled = both_ways(kernel, *arguments)
    return plain == compiled


@given(seed=seeds, count=counts, n=st.integers(1, 300))
def test_averages_and_deviations(seed, count, n):
    close = walk(seed, count).close
    assert same(sma, close, n)
    assert same(deviation, close, n)
    assert same(band_width, close, n)


@given(seed=seeds, count=st.integers(20, 500), n=st.integers(1, 30))
def test_smoothing(seed, count, n):
    _, _, close, _ = coarse(seed, count)
    assert same(gain_and_loss, close, n)
    assert same(wilder_sum, close, n)
    assert same(rsi, close, max(n, 2))


@given(seed=seeds, count=st.integers(1, 60))
def test_candles_in_their_trend(seed, count):
    rng = np.random.default_rng(seed)
    signs, trend = rng.integers(-1, 2, (6, count)).astype(np.int8), rng.integers(-1, 2, count).astype(np.int8)
    bars, names = np.array([1, 1, 2, 3, 4, 5]), np.array([2, 1, -1, 0, 0, 0])
    needed = np.array([0, 1, -1, 0, 1, -1])
    assert same(in_contexts, signs, trend, bars, names, needed, -needed)


@pytest.mark.parametrize("count", [1023, 1024, 1025, 2047, 2049, 3000])
def test_averages_of_more_rows_than_are_worked_on_at_a_time(count):
    close = walk(count, count).close
    assert all(same(kernel, close, n) for kernel in (sma, deviation) for n in (1, 2, 20, 200, 1024))


@given(seed=seeds, count=counts)
def test_sides_and_crosses(seed, count):
    _, _, close, _ = coarse(seed, count)
    for other in (sma(close, 5), np.full(count, 100.0)):
        assert same(side, close, other, close)
        sides = side(close, other, close)
        assert same(held_side, sides)
        assert same(rows_in_a_row, sides)
        assert same(cross_rows, held_side(sides))


@given(seed=seeds, count=counts)
def test_tests_of_a_line_and_first_passes(seed, count):
    high, low, close, _ = coarse(seed, count)
    assert same(line_tests, high, low, close, np.round(sma(close, 5)))
    assert same(first_above, high, np.arange(count)[::3])


@given(seed=seeds, count=counts, span=st.integers(1, 60))
def test_drawdowns(seed, count, span):
    high, low, _, _ = coarse(seed, count)
    assert same(highest_rows, high, span)
    assert same(drawdowns, high, low, span)


@given(seed=seeds, count=counts)
def test_breakouts_and_consolidations(seed, count):
    high, low, close, yard = coarse(seed, count)
    turns = reversals(high, low, close, yard, size=1.0)
    assert same(breakouts, turns.heights, turns.rows, turns.known, turns.sides, high, low, close, yard)
    assert same(consolidations, high, low, close, yard)
    assert same(sequences, turns, high, low)


def of_lines(high, low, close, yard):
    """Pairs of turns, what touches them, and all lines and channels that they make."""
    sides = []
    for column, known, sign in ((low, swing_lows(low, 2), 1), (high, swing_highs(high, 2), -1)):
        rows = np.flatnonzero(known) - 2
        turns = Turns(rows=rows, known=rows + 2, heights=column[rows])
        sides.append((turns, sign))
    lows, highs = (pairs_of(turns, yard, sign) for turns, sign in sides)
    return lows, highs, trendlines(lows, highs, close, yard), channels(lows, highs, close, yard)


@given(seed=seeds, count=counts)
def test_lines(seed, count):
    high, low, close, yard = coarse(seed, count)
    assert same(of_lines, high, low, close, yard)
    rows = np.flatnonzero(swing_lows(low, 2)) - 2
    slack = np.full(len(rows), 0.5)
    assert same(line_pairs, rows, low[rows], slack, 3, 40)
    first, second = line_pairs(rows, low[rows], slack, 3, 40)
    assert same(touches, first, second, rows, low[rows], slack)
    assert all(same(closes_below, close, float(low[0]), slope) for slope in (-0.1, 0.0, 0.1))


def test_thousands_of_real_bars(shared):
    for name in ("iwm.csv", "rty_tv.csv"):
        bars = real_bars(shared, name)
        high, low, close = bars.high, bars.low, bars.close
        yard = atr(high, low, close, 14)
        assert same(of_lines, high, low, close, yard)
        assert same(consolidations, high, low, close, yard)
        assert same(line_tests, high, low, close, sma(close, 50))
        assert same(first_above, high, np.arange(len(high)))
        assert all(same(kernel, close, n) for kernel in (sma, deviation) for n in (20, 50, 200))
        assert all(same(drawdowns, one, other, span) for one, other in ((high, low), (-low, -high)) for span in (63, 252))
        for size in (1.0, 2.0, 4.0):
            assert same(reversals_of, high, low, close, yard, size)
            turns = reversals(high, low, close, yard, size=size)
            assert same(breakouts, turns.heights, turns.rows, turns.known, turns.sides, high, low, close, yard)


def reversals_of(high, low, close, yard, size):
    return reversals(high, low, close, yard, size=size)
