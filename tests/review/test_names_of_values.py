"""How averages and oscillators are named, in the ways that notes have for it."""

from __future__ import annotations

import pytest
from small_notes import read

from levelhead.review.spelled_numbers import spelled_number
from levelhead.review.tokens import tokens_of


def names(text):
    return [name for token in tokens_of(text) if token.kind in ("average", "oscillator") for name in token.names]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("fifty", 50),
        ("twenty-one", 21),
        ("a hundred", 100),
        ("two hundred and fifty", 250),
        ("one-hundred-twenty", 120),
        ("200", 200),
        ("stone", 0),
    ],
)
def test_a_number_in_words_is_its_number(words, number):
    assert spelled_number(words) == number


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the 40-day exp. avg sits at 1,318", ["ema_40"]),
        ("its 30-day exponential mean", ["ema_30"]),
        ("the 100-day simple at 0.91", ["sma_100"]),
        ("sma[50] = 2,509", ["sma_50"]),
        ("AVERAGE (200) 96.11", ["sma_200"]),
        ("moving average of 90 days: 4,120", ["sma_90"]),
        ("Exponential moving average (20) 412.5", ["ema_20"]),
        ("the sixty-day line at 3,480", ["sma_60"]),
        ("nine- and eighteen-day averages", ["sma_9", "sma_18"]),
        ("the 20- and 50-day at 2,300 and 2,250", ["sma_20", "sma_50"]),
        ("EMA RIBBON 8/21/55 at 10/11/12", ["ema_8", "ema_21", "ema_55"]),
        ("Both EMAs, the 13-day and the 34-day", ["ema_13", "ema_34"]),
        ("moving averages: 20: 6,412 / 200: 5,961", ["sma_20", "sma_200"]),
        ("close above the EMA (25,150) today", []),
        ("a 20-day range of 300 points", []),
    ],
)
def test_an_average_is_named_by_its_length_and_its_kind(text, named):
    assert names(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("RSI (14-day) 79.2", ["rsi_14"]),
        ("RSI over 9 days: 61", ["rsi_9"]),
        ("RSI, set to 21, shows 55", ["rsi_21"]),
        ("ATR, 10: 33.1", ["atr_10"]),
        ("ATR of 20 days 41.5", ["atr_20"]),
        ("fourteen-day RSI at 58", ["rsi_14"]),
        ("Relative strength index (9 periods)", ["rsi_9"]),
        ("RSI 61", ["rsi_14"]),
        ("MACD 12/26/9 turned up", ["macd"]),
    ],
)
def test_an_oscillator_is_named_with_its_length_in_any_place(text, named):
    assert names(text) == named


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Support: 2,302 (EMA50), 2,268 (SMA100)", [("ema_50", 2302.0), ("sma_100", 2268.0)]),
        ("ES: 5,255 the all-time high, 5,146 the eight-day exponential", [("all_time_high", 5255.0), ("ema_8", 5146.0)]),
        ("RSI slipped below 50 to 48.2", [("rsi_14", 48.2)]),
        ("The RSI peaked at 78 in July and is now 54.", [("rsi_14", 54.0)]),
        ("momentum (RSI-14) improved to 57", [("rsi_14", 57.0)]),
        ("Volume was 1.12m (20-day mean 1.31m). The put/call ratio's 10-day average is 0.87.", []),
        ("Resting on the 55-day EMA it holds: that average, 1.2928, is near. The pair 1.30.", [("ema_55", 1.2928), ("last", 1.3)]),
        ("RSI readings at famous tops: 82 in 1929, 79 in 1987.", []),
        ("EUR 1.1578 last. Averages: 1.1590 (20), 1.1655 (50).", [("last", 1.1578), ("sma_20", 1.159), ("sma_50", 1.1655)]),
        ("RTY 5,100: 4,921 for the 34-day EMA, 4,713 for the 144-day EMA.", [("last", 5100), ("ema_34", 4921), ("ema_144", 4713)]),
        ("RTY 2,411. MACD: −11.9, signal −7.2.", [("last", 2411), ("macd", -11.9), ("macd.signal", -7.2)]),
        ("ATR has widened from 61 a month ago to 94.5 today.", [("atr_14", 94.5)]),
        ("The MACD histogram shrank to 0.4.", [("macd.histogram", 0.4)]),
        ("Its all-time high 6,920 is a day old.", [("all_time_high", 6920)]),
        ("Ether, 37% beneath its $4,953 record.", [("drawdown_pct", 37), ("all_time_high", 4953)]),
        ("ES printed an all-time high of 6,953.75 and now trades 6,790.50.", [("all_time_high", 6953.75), ("last", 6790.5)]),
        ("ES: 214 stocks above their 200-day average, down from 233.", []),
        ("RSI has cooled from 71 to 58.", [("rsi_14", 58.0)]),
        ("ES: 20-day 5,255, 50-day 5,146", [("sma_20", 5255.0), ("sma_50", 5146.0)]),
        ("DAX: GD50 (the 50-day average) 23,995; GD200 (the 200-day) 23,520", [("sma_50", 23995.0), ("sma_200", 23520.0)]),
        ("EMA RIBBON 8/21/55 → 6,612/6,561/6,455", [("ema_8", 6612.0), ("ema_21", 6561.0), ("ema_55", 6455.0)]),
    ],
)
def test_a_number_belongs_to_the_name_that_stands_with_it(text, values):
    assert [(name, value) for what, name, value in (x for x in read(text) if x[0] == "I")] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("MACD 18.2\nSIGNAL 15.7\nHIST 2.5", [("macd", 18.2), ("macd.signal", 15.7), ("macd.histogram", 2.5)]),
        (
            "ES 5,900 | macd 9.4 | sig 11.0 | hist -1.6",
            [("last", 5900), ("macd", 9.4), ("macd.histogram", -1.6), ("macd.signal", 11.0)],
        ),
        ("| Period | SMA | EMA |\n|---|---|---|\n| 20 | 231.40 | 232.10 |", [("sma_20", 231.4), ("ema_20", 232.1)]),
        ("Price / 50 DMA / 200 DMA: 236.20 / 225.10 / 214.90", [("last", 236.2), ("sma_50", 225.1), ("sma_200", 214.9)]),
        ("Last Price 236.20\nPrev Close 231.90\n52 Wk High 260.10", [("last", 236.2), ("high_52w", 260.1)]),
        ("MACD histogram: minus 61.4. A buy signal at 70 is not due.", [("macd.histogram", -61.4)]),
        ("SMA 20 / 50    0.9341 / 0.9377\nRSI 14    51.8", [("rsi_14", 51.8), ("sma_20", 0.9341), ("sma_50", 0.9377)]),
        ("| | Gold | Silver |\n|---|---|---|\n| SMA 50 | 2,781.0 | 31.12 |", [("sma_50", 31.12), ("sma_50", 2781.0)]),
    ],
)
def test_values_in_cells_and_lines_of_their_own(text, values):
    assert sorted((name, value) for what, name, value in (x for x in read(text) if x[0] == "I")) == sorted(values)
