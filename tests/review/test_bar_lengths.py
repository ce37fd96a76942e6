"""An oscillator of weekly, monthly or shorter bars is not the daily one."""

from __future__ import annotations

import numpy as np
import pytest
from made_checks import bars_of, rising

from levelhead.kernels.momentum import rsi
from levelhead.review.check import check_note
from levelhead.review.read import read_note
from levelhead.review.source import text_of


def reading(words: str):
    return read_note(text_of(words.encode(), name="a note"))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The weekly RSI(14) reads 69.5.", "rsi_14w"),
        ("Weekly RSI: 69.5", "rsi_14w"),
        ("On the weekly chart, RSI stands at 69.5.", "rsi_14w"),
        ("RSI (weekly): 69.5", "rsi_14w"),
        ("RSI on the weekly chart is 69.5.", "rsi_14w"),
        ("Monthly RSI is 69.5", "rsi_14m"),
        ("The 4-hour RSI is 69.5", "rsi_14h"),
        ("Hourly RSI 69.5", "rsi_14h"),
        ("H4 RSI 69.5", "rsi_14h"),
        ("The RSI is 69.5", "rsi_14"),
        ("Daily RSI is 69.5", "rsi_14"),
        ("Into the weekly close, price is firm. RSI is 69.5.", "rsi_14"),
    ],
)
def test_the_bars_of_an_oscillator_are_those_its_words_name(words, name):
    assert [(i.name, i.value.low) for i in reading(words).indicators if i.name.startswith("rsi")] == [(name, 69.5)]


def test_swings_of_weekly_bars_are_not_judged_by_daily_ones():
    said = reading("The weekly swings make lower highs and lower lows. The daily swings make higher highs and higher lows.")
    assert [s.kind for s in said.statements] == ["higher highs and higher lows"]


def test_a_weekly_rsi_is_checked_on_the_closes_of_weeks():
    bars = bars_of(rising(400) + 15 * np.sin(np.arange(400) / 9))
    weeks = (bars.dates.astype("datetime64[D]").astype(int) + 3) // 7
    closes = bars.close[np.r_[np.flatnonzero(np.diff(weeks)), len(weeks) - 1]]
    right = f"{rsi(closes, 14)[-1]:.1f}"
    text = f"Weekly RSI: {right}. "
    assert [v.verdict for v in check_note(reading(text), bars) if v.rule == "RSI"] == ["right"]
    wrong = reading(f"Weekly RSI: {float(right) - 9:.1f}. ")
    [verdict] = [v for v in check_note(wrong, bars) if v.rule == "RSI"]
    assert verdict.verdict == "wrong"
    assert "weekly RSI(14)" in verdict.statement


def test_an_hourly_rsi_cannot_be_checked_by_days():
    [verdict] = [v for v in check_note(reading("Hourly RSI 71."), bars_of(rising(300))) if v.rule == "RSI"]
    assert verdict.verdict == "cannot be checked"


@pytest.mark.parametrize(
    "table",
    [
        "\tDaily\tWeekly\nRSI(14)\t58.4\t61.2\n20 SMA\t2,421\t2,401\n",
        "| Value | Daily | Weekly | 4H |\n|---|---|---|---|\n| RSI(14) | 58.4 | 61.2 | 49 |\n| 20 SMA | 2,421 | 2,401 | 2,450 |\n",
        "| TF | RSI | 20 SMA |\n|---|---|---|\n| Daily | 58.4 | 2,421 |\n| Weekly | 61 | 2,401 |\n",
    ],
)
def test_of_a_table_of_several_lengths_of_bars_the_daily_ones_are_taken(table):
    values = [(i.name, i.value.low) for i in reading(f"RTY technicals\n\n{table}").indicators]
    assert values == [("rsi_14", 58.4), ("sma_20", 2421.0)]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (
            "The hourly chart has the pair above its 100-hour SMA at 1.0850, with RSI at 61. "
            "On the daily chart, the 200-day SMA stands at 1.0722 and RSI is 67.",
            ["rsi_14h 61", "sma_200 1.0722", "rsi_14 67"],
        ),
        ("Looking at the 1H chart, we see the 200 EMA at 1.0842 while RSI hovers around 55.", ["ema_200h 1.0842", "rsi_14h 55"]),
        (
            "On the weekly timeframe it is capped by the 55-week EMA. In daily terms the 50-day EMA lies at 1.0802.",
            ["ema_50 1.0802"],
        ),
        ("RSI is at 55 on the 4-hour chart.", ["rsi_14h 55"]),
        (
            "The 20-period and 50-period averages on the 30-minute chart are at 1.0852 and 1.0841.",
            ["sma_20h 1.0852", "sma_50h 1.0841"],
        ),
        ("The RSI at 77.9 is the highest since April.", ["rsi_14 77.9"]),
        (
            "4-hour chart:\n\n20 EMA 1.0851, RSI 58\n\nDaily chart:\n\n20 EMA 1.0810, RSI 49",
            ["ema_20h 1.0851", "rsi_14h 58", "ema_20 1.0810", "rsi_14 49"],
        ),
        ("The 4-hour chart is firm. The 50-day SMA is 1.0790.", ["sma_50 1.0790"]),
    ],
)
def test_a_value_is_of_the_chart_that_is_spoken_of(words, values):
    found = reading(f"EUR/USD, 14 March 2025\n\nEUR/USD last 1.0868.\n\n{words}\n\nSupport 1.0830.").indicators
    expected = [(name, float(value)) for name, value in (v.split() for v in values)]
    assert [(i.name, i.value.low) for i in found if i.name != "last"] == expected


def test_averages_of_periods_are_of_the_bars_that_the_note_is_about():
    note = "USD/CHF\nTime frame: 30 minutes\n\nLast 0.8788. It is below its 20 and 50 period averages (at 0.8796, 0.8803)."
    assert {i.name for i in reading(note).indicators} == {"last", "sma_20h", "sma_50h"}
    days = note.replace("20 and 50 period", "20- and 50-day")
    assert {i.name for i in reading(days).indicators} == {"last", "sma_20", "sma_50"}
