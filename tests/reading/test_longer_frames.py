"""What weekly and monthly bars say beside the daily ones: completed bars only, by the rules of the note's own."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from made_charts import chart, walk

from levelhead.doors.face import compose_note
from levelhead.market.resampling import longer_bars, resample
from levelhead.reading.context import Context
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute


def rising(count: int):
    closes = 1000 * 1.001 ** np.arange(count) * (1 + 0.01 * np.sin(np.arange(count) / 5))
    return chart(closes * 1.004, closes * 0.996, closes, closes, first="2015-01-01")


def facts_of(bars):
    return read(bars, context=Context(longer=longer_bars(bars))).facts


def test_daily_bars_are_looked_at_with_weeks_and_months_intraday_ones_with_days_and_weeks_weekly_ones_alone():
    bars = walk(1, 600)
    assert [b.timeframe for b in longer_bars(bars)] == ["1w", "1mo"]
    assert longer_bars(resample(bars, "1w")) == ()


def test_the_week_under_way_says_nothing():
    bars = walk(1, 603)  # ends on a Wednesday
    assert bars.as_of.weekday() == 2
    weekly, _ = longer_bars(bars)
    assert weekly.as_of == bars.as_of - dt.timedelta(days=5)
    facts = facts_of(bars)
    assert {facts[name].date for name in facts if name.startswith("timeframe.weekly.")} == {weekly.as_of}


def test_the_words_of_the_weeks_are_those_of_a_reading_of_the_weeks():
    bars = walk(2, 1500)
    weekly, monthly = longer_bars(bars)
    facts = facts_of(bars)
    for name, longer in (("weekly", weekly), ("monthly", monthly)):
        alone = read(longer).facts
        assert facts[f"timeframe.{name}.trend"].value == alone["trend.primary"].value
        for part in ("sma_20.side", "sma_20.slope", "macd.side", "structure", "rsi_14"):
            assert facts[f"timeframe.{name}.{part}"].value == alone[part].value


def test_all_agree_on_a_market_that_only_rises():
    facts = facts_of(rising(1800))
    assert facts["timeframe.agreement"].value == "bullish"


def test_they_do_not_agree_on_a_daily_fall_within_a_long_rise():
    closes = np.r_[rising(1800).close, rising(1800).close[-1] * 0.994 ** np.arange(1, 40)]
    facts = facts_of(chart(closes * 1.004, closes * 0.996, closes, closes, first="2015-01-01"))
    assert facts["timeframe.monthly.trend"].value == "bullish"
    assert facts["timeframe.agreement"].value == "none"


def test_later_bars_change_nothing_and_every_number_recomputes():
    bars = walk(3, 1200)
    later = walk(4, 1500)
    columns = [np.r_[getattr(bars, c), getattr(later, c)[1200:]] for c in ("high", "low", "close", "open")]
    joined = chart(*columns, first="2018-01-01")
    one, two = facts_of(bars), facts_of(joined.until(bars.as_of))
    names = [name for name in one if name.startswith("timeframe.")]
    assert len(names) > 10
    assert [one[name] for name in names] == [two[name] for name in names]
    for name in names:
        if not isinstance(one[name].value, str):
            assert recompute(name, one, bars, {}) == pytest.approx(one[name].value, rel=1e-9)


def test_a_note_tells_the_longer_timeframes_in_a_paragraph():
    section = next(s for s in json.loads(compose_note(rising(1800)).to_json())["sections"] if s["name"] == "timeframes")
    [paragraph] = section["paragraphs"]
    assert "the weekly RSI(14) reads {timeframe.weekly.rsi_14}" in paragraph
    assert paragraph.endswith("The daily, weekly and monthly trends agree: bullish.")
