"""The last price and where it stands between the highs and lows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk as made_walk
from reading_bars import date, made, walk

from levelhead.reading.extremes import extreme_rows_of
from levelhead.reading.read import read


def test_the_last_price_and_its_change():
    facts = read(made([100.0, 80.0, 82.0])).facts
    assert (facts["last"].value, str(facts["last"].date)) == (82.0, "2020-01-03")
    assert facts["change"].value == 2.0
    assert facts["change_pct"].value == pytest.approx(2.5)


def test_one_bar_has_a_price_and_no_change():
    reading = read(made([100.0]))
    assert "change" not in reading.facts
    assert "The change from the previous close needs 2 bars; there is 1." in reading.not_yet_known


def test_a_provisional_price_is_called_so():
    facts = read(made([100.0, 80.0]).with_last(90.0)).facts
    assert facts["last"].value == 90.0
    assert facts["last"].meaning == "last price, as it stood when the note was made"


def test_the_all_time_high_is_since_the_first_bar_and_dated_by_the_first_of_equals():
    bars = made([100.0, 120.0, 110.0, 120.0, 96.0])
    facts = read(bars).facts
    high = facts["all_time_high"]
    # highs are 0.5 above the greater of open and close: 120.5 on the second bar and, as its open, on the third
    assert (high.value, str(high.date)) == (120.5, "2020-01-02")
    assert high.meaning == "highest high since 2020-01-01, the first bar"
    assert (facts["all_time_low"].value, str(facts["all_time_low"].date)) == (95.5, "2020-01-07")


def test_drawdown_is_measured_from_the_high_and_distance_from_the_price():
    bars = made([99.5, 80.0], reach=0.5)  # high 100, price 80
    facts = read(bars).facts
    assert facts["drawdown_pct"].value == pytest.approx(20.0)
    assert facts["distance_to_all_time_high_pct"].value == pytest.approx(25.0)


def test_fifty_two_weeks_are_252_sessions():
    closes = np.full(253, 100.0)
    closes[0] = 500.0
    bars = made(closes)
    # the second bar opens at the first one's close and is the oldest of the last 252; one bar later it is gone
    assert read(bars).facts["high_52w"].value == 500.5
    later = read(made([*closes, 100.0])).facts
    assert later["high_52w"].value == 100.5
    assert later["all_time_high"].value == 500.5
    assert later["distance_to_high_52w_pct"].value == pytest.approx(0.5)
    assert later["low_52w"].value == 99.5


def test_fewer_than_252_bars_have_no_52_week_high():
    reading = read(walk(251))
    assert "high_52w" not in reading.facts
    assert "The 52-week range needs 252 bars; there are 251." in reading.not_yet_known
    assert "high_52w" in read(walk(252)).facts


def test_the_chart_holds_the_last_260_bars_and_none_where_nothing_is_known():
    bars = walk(230)
    peer = made(np.full(4, 7.0), symbol="P", dates=[bars.dates[0], bars.dates[1], bars.dates[3], bars.dates[200]])
    series = read(bars, peers={"P": peer}).series
    assert len(series.dates) == 230
    assert series.averages["sma_200"][:199] == (None,) * 199
    assert None not in series.averages["sma_200"][199:]
    assert series.rsi[:14] == (None,) * 14
    assert series.rsi_signal[26] is None
    assert series.rsi_signal[27] is not None
    assert [at for at, close in enumerate(series.peers["P"]) if close is not None] == [0, 1, 3, 200]
    longer = read(walk(700)).series
    rows = [longer.open, longer.high, longer.low, longer.close, longer.rsi, longer.rsi_signal, *longer.averages.values()]
    assert {len(row) for row in rows} == {260}
    assert longer.dates[-1] == walk(700).as_of
    assert longer.fan is None


def test_the_chart_ends_with_what_the_facts_say():
    reading = read(walk(700))
    for name in ("sma_20", "sma_50", "sma_100", "sma_200"):
        assert reading.series.averages[name][-1] == pytest.approx(reading.facts[name].value, rel=1e-12)
    assert reading.series.rsi[-1] == pytest.approx(reading.facts["rsi_14"].value, rel=1e-9)
    assert reading.series.rsi_signal[-1] == pytest.approx(reading.facts["rsi_14.signal"].value, rel=1e-12)
    assert reading.series.dates[-1] == date(str(reading.bars.dates[-1]))


@given(seed=st.integers(0, 10**6), count=st.integers(1, 300))
def test_the_rows_of_the_extremes_are_the_first_of_equals_and_know_no_later_bar(seed, count):
    bars = made_walk(seed, count, start=3.0)  # prices of a few points on a grid of 0.1 are often equal
    rows = extreme_rows_of(bars)
    for row in range(count):
        assert rows.highest[row] == bars.high[: row + 1].argmax()
        assert rows.lowest[row] == bars.low[: row + 1].argmin()
