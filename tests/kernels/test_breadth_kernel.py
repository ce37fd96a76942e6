"""Breadth: counted by hand on few symbols, and day by day without knowing the days that follow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.breadth import Breadth, breadth_of

START = np.datetime64("2020-01-01")


def counted(closes: dict[int, dict[int, float]], *, highs: dict[int, dict[int, float]] | None = None) -> Breadth:
    """Of closes by symbol and day; highs and lows are the closes unless given."""
    rows = [(symbol, day, close) for symbol, by_day in sorted(closes.items()) for day, close in sorted(by_day.items())]
    symbol, day, close = (np.array(column) for column in zip(*rows, strict=True))
    high = np.array([(highs or closes)[s][d] for s, d, _ in rows], dtype=float)
    return breadth_of(symbol, START + day, high, close.astype(float), close.astype(float))


def straight(first: float, step: float, count: int, start: int = 0) -> dict[int, float]:
    return {start + at: first + step * at for at in range(count)}


def test_one_that_rises_stands_above_its_averages_and_one_that_falls_below():
    found = counted({0: straight(100, 1, 260), 1: straight(900, -1, 260), 2: straight(100, 1, 60, start=200)})
    assert (found.symbols[-1], found.symbols[100]) == (3, 2)
    assert (found.known_50[-1], found.above_50[-1]) == (3, 2)
    assert (found.known_200[-1], found.above_200[-1]) == (2, 1)
    assert (found.advances[-1], found.declines[-1]) == (2, 1)
    assert (found.known_year[-1], found.highs[-1], found.lows[-1]) == (2, 1, 1)


@pytest.mark.parametrize(("row", "known"), [(48, 0), (49, 2)])
def test_the_fiftieth_close_is_the_first_with_an_average(row, known):
    assert counted({0: straight(100, 1, 80), 1: straight(100, 1, 80)}).known_50[row] == known


def test_an_equal_high_is_no_new_high_and_an_unchanged_close_no_advance():
    flat = dict.fromkeys(range(260), 100.0)
    found = counted({0: flat, 1: flat})
    assert (found.known_year[-1], found.highs[-1], found.lows[-1]) == (2, 0, 0)
    assert (found.advances[-1], found.declines[-1], found.above_50[-1]) == (0, 0, 0)


def test_a_new_high_is_above_all_of_the_251_bars_before_and_none_earlier():
    closes = dict.fromkeys(range(300), 100.0)
    closes[40], closes[291], closes[292] = 150.0, 149.0, 148.9  # 251 bars after the day of 150 it still counts, then no more
    assert counted({0: closes}).highs[291] == 0
    assert counted({0: {**closes, 291: 100.0, 292: 149.0}}).highs[292] == 1


def test_a_day_that_few_symbols_have_a_row_for_is_no_session():
    closes = {symbol: straight(100, 1, 60) for symbol in range(10)}
    for symbol in range(1, 10):
        del closes[symbol][30]  # a holiday of which one symbol has a row
    found = counted(closes)
    assert len(found.days) == 59
    assert START + 30 not in found.days


def test_a_symbol_without_a_bar_for_more_than_thirty_days_has_ended_until_it_comes_back():
    back = straight(50, 1, 10) | straight(50, 1, 20, start=60)
    found = counted({0: straight(100, 1, 80), 1: straight(100, 1, 80), 2: straight(100, 1, 20), 3: back})
    ended = dict(zip((found.days - START).astype(int).tolist(), found.ended.tolist(), strict=True))
    assert [ended[day] for day in (39, 40, 49, 50, 59, 60, 79)] == [0, 1, 1, 2, 2, 1, 1]
    assert found.advances[60] == 2  # its close of fifty days before is none to advance from


@given(data=st.data())
def test_no_day_knows_the_days_that_follow(data):
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    count, symbols = 330, 6
    closes = np.exp(np.cumsum(rng.normal(0, 0.02, (symbols, count)), axis=1)) * 50
    there = rng.random((symbols, count)) > data.draw(st.sampled_from([0.0, 0.02, 0.3]))
    there[3, data.draw(st.integers(1, count - 1)) :] = False
    there[0] = True
    high, low = closes * 1.01, closes * 0.99
    day = data.draw(st.integers(1, count - 1))

    def of(kept, high, close):
        symbol, at = np.nonzero(kept)
        return breadth_of(symbol, START + at, high[kept], low[kept], close[kept])

    whole = of(there, high, closes)
    seen = there.copy()
    seen[:, day + 1 :] = False
    rewritten, other = closes.copy(), there.copy()
    rewritten[:, day + 1 :] *= rng.lognormal(0, 0.5, (symbols, count - day - 1))
    other[1:, day + 1 :] = rng.random((symbols - 1, count - day - 1)) > 0.5
    highs = np.where(np.arange(count) <= day, high, rewritten * 1.01)
    for future in (of(seen, high, closes), of(other, highs, rewritten)):
        rows = int((whole.days <= START + day).sum())
        assert rows == int((future.days <= START + day).sum())
        for name in Breadth.__slots__:
            np.testing.assert_array_equal(getattr(whole, name)[:rows], getattr(future, name)[:rows])
