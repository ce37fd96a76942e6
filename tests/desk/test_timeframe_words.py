"""What longer bars say: of each average its side, and of no bars but their own."""

from __future__ import annotations

import datetime as dt

from levelhead.desk.bar_words import of_bars
from levelhead.desk.draft import Draft
from levelhead.desk.timeframe_words import timeframe_section
from levelhead.domain.fact import Fact

DAY = dt.date(2024, 8, 30)


def told(frame, timeframe="1d", **words):
    own = f"timeframe.{frame}"
    found = {name.replace("__", "."): word for name, word in words.items()}
    return timeframe_section(
        Draft({f"{own}.{name}": Fact(value=word, unit="word", meaning="", formula="", date=DAY) for name, word in found.items()}),
        timeframe,
    )


def test_the_average_that_a_trend_hangs_on_is_told_beside_those_that_point_the_other_way():
    sides = {"sma_20__side": "above", "sma_50__side": "above", "sma_200__side": "below"}
    slopes = {"sma_20__slope": "up", "sma_50__slope": "up", "sma_200__slope": "down"}
    assert told("weekly", trend="bearish", **sides, **slopes).paragraphs == (
        "On weekly bars, completed up to {timeframe.weekly.trend@date}, the trend is bearish: price closed above its rising 20-week"
        " and 50-week averages, but below its falling 200-week average.",
    )


def test_averages_on_one_side_are_told_together_wherever_they_stand():
    sides = {"sma_20__side": "above", "sma_50__side": "below", "sma_200__side": "above"}
    slopes = {"sma_20__slope": "down", "sma_50__slope": "down", "sma_200__slope": "up"}
    (text,) = told("monthly", trend="mixed", **sides, **slopes).paragraphs
    assert "price closed above its falling 20-month and rising 200-month averages, but below its falling 50-month average." in text


def test_beside_hourly_bars_the_daily_ones_stay_daily():
    section = told("daily", "1h", trend="bullish", sma_20__side="above", sma_20__slope="up", rsi_14="51.4")
    (text,) = of_bars(section, "1h").paragraphs
    assert text.startswith("On daily bars, completed up to ")
    assert "20-day average" in text
    assert "the daily RSI(14)" in text
    facts = {"timeframe.daily.sma_20.side": "daily bars: side of the 20-day average", "trend": "of daily bars"}
    assert of_bars(facts, "1h") == {**facts, "trend": "of 1-hour bars"}
