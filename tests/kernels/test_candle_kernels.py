"""Candles: TA-Lib's as TA-Lib finds them, our own by hand, none of them with a look at the next bar."""

import numpy as np
import pytest
import talib
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk
from numpy.testing import assert_array_equal

from levelhead.kernels import talib_library
from levelhead.kernels.candles import (
    day_ranges,
    in_context,
    short_trend,
    talib_patterns,
    two_day_engulfing,
    without_contradictions,
)

NAMES = talib.get_function_groups()["Pattern Recognition"]
# As TA-Lib's own documentation gives them.
PENETRATION = dict.fromkeys(
    ("CDLABANDONEDBABY", "CDLEVENINGDOJISTAR", "CDLEVENINGSTAR", "CDLMORNINGDOJISTAR", "CDLMORNINGSTAR"), 0.3
) | {"CDLDARKCLOUDCOVER": 0.5, "CDLMATHOLD": 0.5}


def ohlc(bars):
    return bars.open, bars.high, bars.low, bars.close


def column(*prices):
    return np.array(prices, dtype=np.float64)


def test_the_61_patterns_are_those_that_talib_finds_itself():
    prices = ohlc(walk(11, 3000))
    ours = talib_patterns(NAMES, *prices, penetration=PENETRATION)
    theirs = np.stack([np.sign(getattr(talib, name)(*prices)) for name in NAMES])
    assert len(NAMES) == 61
    assert np.count_nonzero(ours) > 3000
    assert_array_equal(ours, theirs)


def test_where_the_c_functions_are_hidden_the_python_package_finds_the_same_candles(monkeypatch):
    prices = ohlc(walk(12, 500))
    by_c = talib_patterns(NAMES, *prices, penetration=PENETRATION)
    monkeypatch.setattr(talib_library, "_library", lambda: None)
    assert_array_equal(by_c, talib_patterns(NAMES, *prices, penetration=PENETRATION))


def test_candle_settings_that_another_part_of_the_process_changed_do_not_change_ours():
    prices = ohlc(walk(13, 500))
    before = talib_patterns(["CDLDOJI"], *prices, penetration={})
    try:
        talib._ta_lib._ta_set_candle_settings(talib._ta_lib.CandleSettingType.BodyDoji, 0, 10, 5.0)
        assert np.count_nonzero(talib.CDLDOJI(*prices)) > np.count_nonzero(before)
        assert_array_equal(talib_patterns(["CDLDOJI"], *prices, penetration={}), before)
    finally:
        talib._ta_lib._ta_restore_candle_default_settings(talib._ta_lib.CandleSettingType.AllCandleSettings)


def test_candles_of_columns_of_different_length_are_refused():
    open_, high, low, close = ohlc(walk(14, 30))
    with pytest.raises(ValueError, match=r"candles: the columns have lengths \[30, 30, 29, 30\]"):
        talib_patterns(["CDLDOJI"], open_, high, low[1:], close, penetration={})


def test_two_rising_bars_that_contain_the_falling_bar_before_them_engulf_it():
    # the falling bar spans 90 to 110; the two after it rise, and together span 89 to 111
    open_, close = column(108, 92, 100), column(94, 99, 109)
    high, low = column(110, 100, 111), column(90, 89, 98)
    assert_array_equal(two_day_engulfing(open_, high, low, close), [0, 0, 1])


@pytest.mark.parametrize(
    ("high", "low", "close"),
    [
        ((110, 100, 109), (90, 89, 98), (94, 99, 108)),  # the joint range ends at 109, below 110
        ((110, 100, 111), (88, 89, 98), (94, 99, 109)),  # it begins at 89, above 88
        ((110, 100, 111), (90, 89, 98), (94, 91, 109)),  # the middle bar falls
        ((110, 100, 111), (90, 89, 98), (94, 99, 100)),  # the last bar does not rise
    ],
)
def test_what_lacks_one_part_of_a_two_day_engulfing_is_none(high, low, close):
    assert_array_equal(two_day_engulfing(column(108, 92, 100), column(*high), column(*low), column(*close)), [0, 0, 0])


def test_the_mirror_of_a_two_day_engulfing_is_bearish():
    open_, close = column(92, 108, 100), column(106, 101, 91)
    high, low = column(110, 111, 102), column(90, 100, 89)
    assert_array_equal(two_day_engulfing(open_, high, low, close), [0, 0, -1])


def test_the_trend_before_a_candle_needs_the_close_and_its_ten_bar_mean_to_agree():
    # ten bars' mean of a straight line rises and lies below it; first known in row 14, where the mean of five bars ago is
    rising = np.arange(100.0, 130.0)
    assert_array_equal(short_trend(rising), [0] * 14 + [1] * 16)
    assert_array_equal(short_trend(rising[::-1].copy()), [0] * 14 + [-1] * 16)
    turned = rising.copy()
    turned[-1] = 100.0  # one close far below: the mean still rose, the close is not above it
    assert short_trend(turned)[-1] == 0


def test_a_pattern_counts_only_after_the_trend_it_needs():
    signs = np.array([0, 0, 1, -1, 1, -1], dtype=np.int8)
    trend = np.array([-1, -1, 1, 1, 1, 1], dtype=np.int8)
    # bullish after a decline, bearish after an advance; the trend is that of the bar before the pattern's first of two
    assert_array_equal(in_context(signs, trend, 2, bullish=-1, bearish=1), [0, 0, 1, 0, 0, -1])
    assert_array_equal(in_context(signs, trend, 2, bullish=0, bearish=0), signs)


def test_of_two_opposite_patterns_on_one_bar_the_longer_stays_and_of_two_as_long_neither():
    signs = np.array([[1, 1, 1, 0], [-1, 0, -1, -1], [0, 0, -1, -1]], dtype=np.int8)
    # lengths 3, 2, 3: in column 0 the first is longer; in column 2 the first and the last are as long
    assert_array_equal(without_contradictions(signs, (3, 2, 3)), [[1, 1, 0, 0], [0, 0, 0, -1], [0, 0, 0, -1]])


def test_an_inside_bar_lies_within_the_one_before_and_an_outside_bar_passes_both_its_ends():
    high = column(10, 9, 9, 11, 11, 12)
    low = column(5, 6, 6, 4, 3, 4)
    # row 2 has the range of row 1 and is inside; row 4 passes one end only
    assert_array_equal(day_ranges(high, low), [0, -1, -1, 1, 0, 0])


@given(seed=st.integers(0, 10**6), count=st.integers(1, 120), more=st.integers(0, 10**6))
def test_no_candle_knows_the_next_bar(seed, count, more):
    whole, other = walk(seed, 160), walk(more, 160)
    rewritten = [np.r_[a[:count], b[count:]] for a, b in zip(ohlc(whole), ohlc(other), strict=True)]
    beginning = [prices[:count] for prices in ohlc(whole)]
    for found in (
        lambda prices: talib_patterns(NAMES, *prices, penetration=PENETRATION),
        lambda prices: two_day_engulfing(*prices),
        lambda prices: day_ranges(prices[1], prices[2]),
        lambda prices: short_trend(prices[3]),
    ):
        assert_array_equal(found(rewritten)[..., :count], found(beginning))
