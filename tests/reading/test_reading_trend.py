"""Perspective, drawdown, pullbacks, ranges, breaks and averages accepted, as a note reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart
from trend_charts import RISING, facts_of, found_in, path, rising

from levelhead.reading.perspective import primary_trend


def test_a_market_at_a_fresh_high_trends_up():
    bars = rising()
    fact = facts_of(bars)["trend.perspective"]
    assert fact.value == "trending up"
    assert fact.date == bars.dates[199].astype(object)  # the bar that the 200-day average needs


def test_a_market_that_makes_no_new_high_for_five_bars_consolidates_near_the_highs():
    # up and down between 1,498 and 1,500, less than 3 ATR from the high of 1,501; the 6th and 7th bars after it settle it
    still = [1498.0, 1500.0] * 7
    assert facts_of(rising(*still[:6]))["trend.perspective"].value == "trending up"
    fact = facts_of(rising(*still[:7]))["trend.perspective"]
    assert fact.value == "consolidating near the highs"
    assert fact.date < fact.known_on


def test_near_is_no_more_than_a_quarter_of_the_years_range():
    # ten points up and down in forty bars: the year spans 108 to 99, 4.3 ATR, and nothing lies 3 ATR from its high for long
    close = 103.5 + 3.5 * np.sin(np.arange(420) * 2 * np.pi / 40)
    bars = chart(close + 1, close - 1, close)
    trends, words = found_in(bars), set()
    high, low = bars.high.max(), bars.low.min()
    for t in range(320, 420):
        word = facts_of(bars.until(bars.dates[t].astype(object)), trends)["trend.perspective"].value
        words.add(word)
        nearest = min(high - close[t - 1 : t + 1].max(), close[t - 1 : t + 1].min() - low)
        assert "near the" not in word or nearest <= (high - low) / 3
    assert words >= {"consolidating near the highs", "consolidating near the lows"}
    assert len(words) > 2


def test_a_fall_of_forty_points_below_the_50_day_corrects_and_the_way_back_repairs():
    # the 50-day stands about 50 points below the price of a market that rises by two points a day
    fallen = facts_of(rising(1430.0))
    assert fallen["trend.perspective"].value == "correcting"
    assert facts_of(rising(1430.0, 1485.0))["trend.perspective"].value == "repairing"  # 55 of 70 points and back above it


def test_a_market_at_a_fresh_low_trends_down():
    bars = path(*RISING[::-1])
    assert facts_of(bars)["trend.perspective"].value == "trending down"


def test_a_perspective_is_known_with_the_second_close_and_a_provisional_price_is_none():
    bars = rising(*[1498.0, 1500.0] * 7)
    rows = range(255, len(bars))
    words = [facts_of(bars.until(bars.dates[t].astype(object)))["trend.perspective"].value for t in rows]
    first = words.index("consolidating near the highs") + rows[0]
    held = bars.until(bars.dates[first].astype(object))
    assert facts_of(held)["trend.perspective"].known_on == held.as_of
    assert facts_of(held)["trend.perspective"].date == bars.dates[first - 1].astype(object)
    assert facts_of(held.with_last(held.last))["trend.perspective"].value == "trending up"


def test_a_drawdown_says_how_deep_it_is_and_how_much_is_regained():
    # from the high of 1,501 to the low of 1,429: 72 points; the close of 1,465 has taken back 36 of them
    bars = rising(1430.0, 1465.0)
    facts = facts_of(bars)
    assert facts["drawdown.high"].value == 1501
    assert facts["drawdown.low"].value == 1429
    assert facts["drawdown.depth_pct"].value == pytest.approx(100 * 72 / 1501)
    assert facts["drawdown.regained_pct"].value == pytest.approx(50)
    assert facts["drawdown.regained_pct"].date == facts["drawdown.low"].date == bars.dates[285].astype(object)
    assert facts["drawdown.sessions"].value == len(bars) - 1 - 285


def test_a_fall_of_less_than_three_atr_is_no_drawdown():
    assert "drawdown.low" not in facts_of(rising(1496.0))  # 1,501 to 1,495: two true ranges of 3


LEG = (1080.0, 980.0, 1500.0)
"""Fifty bars down and 260 up."""


def test_a_pullback_is_measured_against_its_leg_in_depth_and_in_speed():
    # a leg of 522 points in 260 bars, 979 to 1,501; back by 42 to 1,459 in 20 bars
    bars = path(*LEG, 1460.0)
    facts = facts_of(bars)
    assert facts["pullback.side"].value == "down"
    assert facts["pullback.start"].value == 1501
    assert facts["pullback.end"].value == 1459
    assert facts["pullback.leg"].value == 979
    assert facts["pullback.share_pct"].value == pytest.approx(100 * 42 / 522)
    assert facts["pullback.leg_speed"].value == pytest.approx(facts["pullback.depth_atr"].value / 42 * 522 / 260)
    assert facts["pullback.depth_pct"].value == pytest.approx(100 * 42 / 1501)
    assert facts["pullback.speed"].value == pytest.approx(facts["pullback.depth_atr"].value / 20)
    assert facts["pullback"].value == "shallow"  # 8 per cent of the leg, and as fast as it
    assert facts["pullback"].date == bars.dates[310].astype(object)


def test_a_fast_pullback_is_impulsive():
    facts = facts_of(path(1180.0, 980.0, *np.linspace(980, 1500, 261)[1:], 1490.0, 1480.0, 1470.0, 1460.0, step=10.0))
    assert facts["pullback"].value == "impulsive"
    assert facts["pullback.speed"].value > 3 * facts["pullback.leg_speed"].value


def test_a_pullback_that_is_regained_is_over():
    assert "pullback" in facts_of(path(*LEG, 1460.0, 1480.0))
    assert "pullback" not in facts_of(path(*LEG, 1460.0, 1494.0))  # 35 of 42 points


def quiet(*bars):
    """Forty bars from 100 to 104 that close at 102, so that ATR(14) is 4, then `bars` as high, low, close."""
    high, low, close = np.array([(104, 100, 102)] * 40 + list(bars), dtype=np.float64).T
    return chart(high, low, close, close)


def test_a_consolidation_has_edges_an_age_and_a_width():
    facts = facts_of(quiet())
    assert facts["consolidation"].value == "holding"
    assert (facts["consolidation.low"].value, facts["consolidation.high"].value) == (100, 104)
    assert facts["consolidation.width_atr"].value == pytest.approx(1)
    assert facts["consolidation.width_pct"].value == pytest.approx(4)
    # the ATR is known at the 15th bar, twenty bars are there at the 20th
    assert facts["consolidation"].date == dt.date(2020, 1, 1)
    assert facts["consolidation"].known_on == dt.date(2020, 1, 28)
    assert facts["consolidation.sessions"].value == 40


def test_a_range_that_is_left_is_told_for_ten_bars_and_its_age_ends_before_the_break():
    facts = facts_of(quiet((110, 104, 108)))
    assert facts["consolidation"].value == "broken up"
    assert facts["consolidation.left.status"].value == "first close"
    assert facts["consolidation.sessions"].value == 40
    on = [(110, 104, 108)]
    assert facts_of(quiet(*on * 2))["consolidation.left.status"].value == "accepted"
    assert "consolidation" in facts_of(quiet(*on * 10))
    assert facts_of(quiet(*on * 11)).get("consolidation") is None


def test_a_break_that_comes_back_within_five_bars_has_failed_and_the_range_holds():
    facts = facts_of(quiet((110, 104, 108), (108, 102, 103)))
    assert facts["consolidation"].value == "holding"
    assert facts["consolidation.high"].value == 110
    assert facts["consolidation.left"].value == "up"
    assert facts["consolidation.left.status"].value == "failed"
    assert facts["consolidation.left"].date == dt.date(2020, 2, 26)
    assert facts["consolidation.left.status"].date == dt.date(2020, 2, 27)


def test_a_provisional_price_breaks_no_range():
    assert facts_of(quiet((110, 104, 108)).with_last(108.0))["consolidation"].value == "holding"


SWINGING = (160, 100, 140, 90, 150, 110, 140)
"""The last confirmed swing high stands at 151: the close of 150 and its reach."""


def test_a_breakout_is_told_with_its_swing_and_its_closes():
    bars = path(*SWINGING, 152, 154)
    facts = facts_of(bars)
    assert facts["breakout"].value == "up"
    assert facts["breakout.level"].value == 151
    assert facts["breakout.level"].date < facts["breakout.level"].known_on < facts["breakout"].date
    assert facts["breakout"].date == bars.dates[-2].astype(object)
    assert facts["breakout.closes"].value == 2
    assert facts["breakout.status"].value == "accepted"
    assert facts_of(path(*SWINGING, 152))["breakout.status"].value == "first close"


def test_a_breakout_that_closes_back_has_failed():
    facts = facts_of(path(*SWINGING, 154, 150))
    assert facts["breakout.status"].value == "failed"
    assert facts["breakout.closes"].value == 3  # 152, 154 and 152 on the way back
    assert facts["breakout.status"].date == path(*SWINGING, 154, 150).as_of


def test_a_breakout_that_comes_back_and_leaves_is_retested():
    facts = facts_of(path(*SWINGING, 158, 152, 156))
    assert facts["breakout.status"].value == "retested"
    assert facts["breakout.status"].date < facts["breakout.status"].known_on


def test_a_provisional_price_breaks_no_swing():
    bars = path(*SWINGING, 152)
    assert facts_of(bars)["breakout"].date == bars.as_of
    held = facts_of(bars.with_last(152.0)).get("breakout")
    assert held is None or held.date < bars.as_of


def test_a_break_that_a_provisional_price_has_come_back_through_is_not_told_as_one():
    bars = path(*SWINGING, 158, 160)
    assert facts_of(bars.with_last(160.0))["breakout.level"].value == 151
    held = facts_of(bars.with_last(149.0)).get("breakout.level")
    assert held is None or held.value < 149


def test_the_third_close_above_the_20_day_average_is_counted_and_the_second_reclaims_it():
    falling = list(np.linspace(200, 140, 31))
    lost = facts_of(path(*falling))
    assert lost["sma_20.accepted"].value == "below"  # it was never above: nothing was lost
    # the 20-day stands at 159 after the fall: closes of 165, 166 and 167 are above it
    bars = path(*falling, 165, 166, 167, step=100.0)
    assert [facts_of(bars.until(day.astype(object)))["sma_20.closes"].value for day in bars.dates[-3:]] == [1, 2, 3]
    facts = facts_of(bars)
    assert facts["sma_20.accepted"].value == "reclaimed"
    assert facts["sma_20.accepted"].date == bars.dates[-3].astype(object)
    assert facts["sma_20.accepted"].known_on == bars.dates[-2].astype(object)
    assert facts_of(bars.until(bars.dates[-3].astype(object)))["sma_20.accepted"].value == "below"


def test_a_provisional_price_is_no_close_beyond_an_average():
    falling = list(np.linspace(200, 140, 31))
    bars = path(*falling, 165, 166, step=100.0)
    assert facts_of(bars.with_last(166.0))["sma_20.closes"].value == 1
    assert facts_of(bars.with_last(166.0))["sma_20.accepted"].value == "below"
    assert "sma_20.closes" not in facts_of(path(*falling, 165, step=100.0).with_last(165.0))


def test_five_votes_make_the_primary_trend():
    words = {"sma_200.side": "above", "golden_cross": "present", "sma_200.slope": "flat", "sma_50.side": "below"}
    assert primary_trend(lambda name: words.get(name, "")) == "mixed"  # +1 +1 0 -1
    assert primary_trend(lambda name: (words | {"structure": "higher highs and higher lows"}).get(name, "")) == "bullish"


def test_a_market_that_never_moves_has_a_trend_and_nothing_else():
    facts = facts_of(chart(np.full(300, 100.0), np.full(300, 100.0), np.full(300, 100.0)))
    assert {name.partition(".")[0] for name in facts} == {"trend"}


def test_a_pullback_without_a_new_end_for_a_month_is_none():
    # the end is the low of 1,459; then up and down between 1,460 and 1,462
    still = [1462.0, 1460.5] * 11
    assert "pullback" in facts_of(path(*LEG, 1460.0, *still[:21]))
    assert "pullback" not in facts_of(path(*LEG, 1460.0, *still))


def test_a_pullback_deeper_than_its_leg_is_none():
    # back from 1,501 to 1,299, the leg began at 1,329
    there = facts_of(path(*LEG[:2], 1400.0, 1330.0, 1500.0, 1340.0, step=3.0))
    assert there["pullback.leg"].value == 1329
    gone = facts_of(path(*LEG[:2], 1400.0, 1330.0, 1500.0, 1300.0, step=3.0))
    assert "pullback" not in gone


def test_of_prices_that_are_not_positive_no_share_is_told():
    plain = path(*LEG, 1460.0)
    lower = replace(plain, **{name: getattr(plain, name) - 1400 for name in ("open", "high", "low", "close")})
    facts = facts_of(lower)
    assert facts["pullback.share_pct"].value == pytest.approx(100 * 42 / 522)
    assert "pullback.depth_pct" not in facts
