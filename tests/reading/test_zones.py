from __future__ import annotations

import datetime as dt
import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk, with_future

from levelhead.domain.instrument import Instrument
from levelhead.reading.level_source import Source, Weighed
from levelhead.reading.level_table import table_of
from levelhead.reading.levels import levels_of
from levelhead.reading.read import read
from levelhead.reading.rounding import nice_step_from, roundness
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of
from levelhead.reading.zones import chosen, founder_of, merged, strength_of

USUAL = Settings()
FLAT = chart([100.5] * 300, [99.5] * 300, [100.0] * 300)
WEIGHTS = {"sma_50": 0.8, "sma_100": 0.6, "sma_200": 0.9, "all_time_high": 1.0}


def source(name, kind="average", row=-1):
    return Source(kind=kind, name=name, key=name, label=name, row=row)


def ladder(bars=FLAT, atr=4.0, rows=None, **prices):
    weighed = [Weighed(price, WEIGHTS[name], source(name, row=(rows or {}).get(name, -1))) for name, price in prices.items()]
    return chosen(bars, merged(bars, table_of(weighed), atr, USUAL), atr, USUAL)


def named_after(*levels):
    table = table_of(levels)
    founder = founder_of(table, range(len(levels)), table.ranks.tolist())
    return next(level for level in levels if level.source is founder)


def zone_of(zones, name):
    return next((zone for zone in zones if any(level.source == name for level in zone.levels)), None)


def weighed_of(bars):
    whole = whole_of(bars, USUAL)
    return levels_of(bars, whole.levels, whole.panel, None, USUAL), float(whole.panel.atr[-1])


def assert_lawful(zones, atr, bars):
    step = bars.instrument.step
    for zone in zones:
        assert zone.high - zone.low <= 0.5 * atr
        assert 0 <= zone.strength <= 1
        for edge in (zone.low, zone.high):
            assert edge == bars.instrument.on_grid(edge)
        for level in zone.levels:
            assert zone.low - 0.5 * step - 1e-6 <= level.price <= zone.high + 0.5 * step + 1e-6
    for below, above in pairwise(zones):
        assert above.low - below.high >= 0.25 * atr - 1e-9 * atr
    assert len(zones) <= 14


def test_two_levels_within_half_an_atr_make_one_zone():
    # ATR 4: a zone is at most 2 wide; 106.0 and 107.9 share it, 113.0 stands alone
    zones = ladder(sma_50=106.0, sma_100=107.9, sma_200=113.0)
    zone = zone_of(zones, "sma_50")
    assert (zone.low, zone.high) == (106.0, 107.9)
    assert [level.source for level in zone.levels] == ["sma_50", "sma_100"]
    assert zone_of(zones, "sma_200").low == 113.0


def test_edges_are_rounded_outwards_to_the_tick():
    zone = zone_of(ladder(sma_50=106.43, sma_100=106.71), "sma_50")
    assert (zone.low, zone.high) == (106.4, 106.8)


def test_a_single_level_is_its_nearest_price_and_not_a_zone_of_one_tick():
    zone = zone_of(ladder(sma_50=106.43), "sma_50")
    assert (zone.low, zone.high) == (106.4, 106.4)


def test_without_a_known_atr_there_are_no_zones():
    assert read(chart([101.0] * 10, [99.0] * 10, [100.0] * 10)).zones == ()


def test_a_level_farther_than_twelve_atr_is_left_out_but_the_all_time_high_stays():
    # ATR 2 on flat days from 1 to -1 around 100: 24 points away is the end; one day long ago traded at 170
    high = np.full(300, 101.0)
    high[10] = 170.0
    high[290] = 126.0
    names = {level.source.name for level in weighed_of(chart(high, np.full(300, 99.0), np.full(300, 100.0)))[0]}
    assert {"all_time_high", "high_52w"} <= names
    assert "round_150" not in names
    assert "round_110" in names


def test_touches_are_separate_visits_within_the_look_back():
    # 300 bars around 100; five reach 110: rows 10 (before the look-back of 252 bars), 100, 101 (the same visit), 200, 299
    high = np.full(300, 100.5)
    high[[10, 100, 101, 200, 299]] = 110.0
    bars = chart(high, np.full(300, 99.5), np.full(300, 100.0))
    zone = zone_of(ladder(bars, sma_50=110.0), "sma_50")
    assert zone.touches == tuple(bars.dates[row].astype(object) for row in (100, 200, 299))


def test_age_counts_sessions_since_the_oldest_dated_level():
    zone = zone_of(ladder(rows={"all_time_high": 199}, all_time_high=110.0, sma_50=110.2), "all_time_high")
    assert zone.age == 100  # rows 199 to 299
    assert zone_of(ladder(sma_50=106.0), "sma_50").age is None


def test_strength_by_hand():
    # 0.8 + 0.08 * 2 + 0.2 * 126 / 252 = 1.06; 1 - exp(-0.53)
    assert strength_of([Weighed(1.0, 0.8, source("sma_50"))], 2, 126) == pytest.approx(1 - math.exp(-0.53))


def test_one_bars_extreme_counts_once_under_all_its_names():
    names = [
        Weighed(9.0, weight, source(name, "extreme", row=7))
        for name, weight in (("all_time_high", 1.0), ("high_52w", 0.8), ("swing_high_2024_11_25", 0.6))
    ]
    assert strength_of(names, 0, 0) == strength_of(names[:1], 0, 0)


@given(touches=st.integers(0, 30), age=st.integers(0, 3000))
def test_more_touches_and_more_age_never_weaken_a_zone(touches, age):
    average = Weighed(1.0, 0.8, source("sma_50"))
    assert strength_of([average], touches, age) <= strength_of([average], touches + 1, age)
    assert strength_of([average], touches, age) <= strength_of([average], touches, age + 1) < 1


def test_a_zone_is_named_after_its_heaviest_level_that_lasts():
    swing, average = Weighed(9.0, 0.5, source("high_2024_11_25", "swing", row=3)), Weighed(9.1, 0.8, source("sma_50"))
    pivot = Weighed(9.2, 0.9, source("pivot_month_2025_02_traditional_p", "pivot"))
    assert named_after(swing, average, pivot) is average  # 0.8 against 0.5, and a pivot that is another in a month at half of 0.9
    assert named_after(swing, pivot) is swing


def test_of_two_equals_the_older_gives_its_name():
    younger, older = (Weighed(9.0, 0.5, source(f"high_{row}", "swing", row=row)) for row in (20, 3))
    assert named_after(younger, older) is older


def test_zones_that_need_no_gap_may_stand_side_by_side():
    settings = Settings(zone_gap_atr=0)
    names = {"sma_50": 100.1, "sma_100": 101.9, "sma_200": 102.0}
    weighed = [Weighed(price, WEIGHTS[name], source(name)) for name, price in names.items()]
    found = chosen(FLAT, merged(FLAT, table_of(weighed), 4.0, settings), 4.0, settings)
    # all three fit into a zone of 2 points; of zones of one point there are two, 1.8 apart
    assert [(zone.low, zone.high) for zone in found] == [(100.1, 102.0)]
    narrow = Settings(zone_gap_atr=0, zone_atr=0.25)
    found = chosen(FLAT, merged(FLAT, table_of(weighed), 4.0, narrow), 4.0, narrow)
    assert [(zone.low, zone.high) for zone in found] == [(100.1, 100.1), (101.9, 102.0)]


@pytest.mark.parametrize(
    ("atr", "step"), [(0.9, 1.0), (1.0, 1.0), (1.1, 2.0), (2.2, 2.5), (3.0, 5.0), (5.1, 10.0), (47.0, 50.0), (0.03, 0.05)]
)
def test_the_nice_step_is_the_smallest_one_not_below_the_atr(atr, step):
    assert nice_step_from(atr) == step


@pytest.mark.parametrize(
    ("price", "size"), [(2500, 500), (2450, 50), (2400, 100), (2000, 1000), (2250, 50), (1.25, 0.05), (0.7, 0.1)]
)
def test_roundness_is_the_largest_one_or_five_that_divides_a_price(price, size):
    assert roundness(price) == pytest.approx(size)


def test_of_round_numbers_only_the_rounder_ones_are_levels():
    # ATR 4: the step is 5; 105 is 5 round (1.25 ATR), 110 is 10 round (2.5 ATR), 100 is 100 round
    weights = {level.source.name: level.weight for level in weighed_of(chart([102.0] * 300, [98.0] * 300, [100.0] * 300))[0]}
    assert {"round_90", "round_100", "round_110"} <= weights.keys()
    assert not {"round_95", "round_105"} & weights.keys()
    assert weights["round_100"] > weights["round_110"]


def test_labels_and_sources_are_those_of_the_trade(shared):
    reading = read(real_bars(shared).until(dt.date(2025, 3, 13)).with_last(2025.7))
    said = {level.source: level.label for zone in reading.zones for level in zone.levels}
    assert said["sma_50"] == "50-day average"
    assert said["pivot_month_traditional.s2"] == "monthly pivot S2"
    assert said["all_time_high"] == "all-time high of 25 November 2024"
    assert said["prior_month.low"] == "low of February 2025"
    assert said["round_2500"] == "round number 2,500"
    assert said["swing_low_2024_08_05"] == "swing low of 5 August 2024"
    pivot = zone_of(reading.zones, "pivot_month_traditional.s2")
    assert pivot.low <= 2003.5 <= pivot.high
    assert all(source in reading.facts for source in said if not source.startswith(("swing_", "round_")))


def test_a_tick_wider_than_a_zone_leaves_out_what_stands_between_the_ticks():
    coarse = Instrument(symbol="X", name="X", short_name="X", kind="future", tick=5.0, decimals=0)
    bars = chart([100.5] * 300, [99.5] * 300, [100.0] * 300, instrument=coarse)
    zones = ladder(bars, atr=4.0, sma_50=107.0, sma_200=110.0)
    assert zone_of(zones, "sma_50") is None
    assert (zone_of(zones, "sma_200").low, zone_of(zones, "sma_200").high) == (110.0, 110.0)


@given(seed=st.integers(0, 10**6), count=st.integers(20, 500))
def test_zones_are_narrow_apart_on_the_grid_and_hold_their_levels(seed, count):
    bars = walk(seed, count)
    reading = read(bars)
    assert_lawful(reading.zones, reading.facts["atr_14"].value, bars)


@given(seed=st.integers(0, 10**6), shuffle=st.integers(0, 10**6))
def test_the_order_in_which_levels_are_found_makes_no_difference(seed, shuffle):
    bars = walk(seed, 300)
    levels, atr = weighed_of(bars)
    mixed = list(levels)
    random.Random(shuffle).shuffle(mixed)
    as_found = chosen(bars, merged(bars, levels, atr, USUAL), atr, USUAL)
    assert chosen(bars, merged(bars, table_of(mixed), atr, USUAL), atr, USUAL) == as_found


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(30, 290))
def test_the_zones_of_a_day_do_not_know_the_days_after_it(seed, other, t):
    bars = walk(seed, 300)
    day = bars.dates[t].astype(object)
    assert read(with_future(bars, t, other).until(day)).zones == read(bars.until(day)).zones


def test_what_is_found_once_gives_the_zones_of_every_day_on_over_2000_real_days(shared):
    bars = real_bars(shared)
    whole = whole_of(bars, USUAL)
    for t in range(30, len(bars)):
        then = bars.until(bars.dates[t].astype(object))
        zones = read(then, whole=whole).zones
        assert_lawful(zones, float(whole.panel.atr[t]), then)
        if t % 16 == 0:
            assert zones == read(then).zones


def test_real_ladders_have_three_zones_on_either_side_where_there_are_any(shared):
    bars = real_bars(shared)
    for t in range(400, len(bars), 40):
        then = bars.until(bars.dates[t].astype(object))
        zones = read(then).zones
        assert sum(zone.low > then.last for zone in zones) >= 3
        assert sum(zone.high < then.last for zone in zones) >= 3
