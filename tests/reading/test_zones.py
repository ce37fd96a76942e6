from __future__ import annotations

import datetime as dt
import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, price_fact, real_bars, walk, with_future

from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Level
from levelhead.reading.levels import nice_step_from, roundness, zones_of
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.structure import swings_of
from levelhead.reading.zones import Weighed, strength_of

USUAL = Settings()
FLAT = chart([100.5] * 300, [99.5] * 300, [100.0] * 300)


def ladder(bars=FLAT, atr=4.0, swings=(), **prices):
    facts = {name: price_fact(price) for name, price in {"atr_14": atr, **prices}.items()}
    return zones_of(bars, facts, swings, USUAL)


def zone_of(zones, source):
    return next((zone for zone in zones if any(level.source == source for level in zone.levels)), None)


def all_facts(bars):
    return dict(read(bars).facts)


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
    assert zones_of(FLAT, {"sma_50": price_fact(106.0)}, (), USUAL) == ()


def test_a_level_farther_than_twelve_atr_is_left_out_but_the_all_time_high_stays():
    zones = ladder(sma_200=149.0, all_time_high=170.0)
    assert zone_of(zones, "sma_200") is None
    assert zone_of(zones, "all_time_high").low == 170.0


def test_touches_are_separate_visits_within_the_look_back():
    # 300 bars around 100; five reach 110: rows 10 (before the look-back of 252 bars), 100, 101 (the same visit), 200, 299
    high = np.full(300, 100.5)
    high[[10, 100, 101, 200, 299]] = 110.0
    bars = chart(high, np.full(300, 99.5), np.full(300, 100.0))
    zone = zone_of(ladder(bars, sma_50=110.0), "sma_50")
    assert zone.touches == tuple(bars.dates[row].astype(object) for row in (100, 200, 299))


def test_age_counts_sessions_since_the_oldest_dated_level():
    day = FLAT.dates[199].astype(object)
    facts = {"atr_14": price_fact(4.0), "all_time_high": price_fact(110.0, day), "sma_50": price_fact(110.2)}
    zone = zone_of(zones_of(FLAT, facts, (), USUAL), "all_time_high")
    assert zone.age == 100  # rows 199 to 299
    assert zone_of(ladder(sma_50=106.0), "sma_50").age is None


def test_strength_by_hand():
    # 0.8 + 0.08 * 2 + 0.2 * 126 / 252 = 1.06; 1 - exp(-0.53)
    average = Weighed(level=Level(price=1.0, kind="average", source="sma_50", label="50-day average"), weight=0.8)
    assert strength_of([average], 2, 126) == pytest.approx(1 - math.exp(-0.53))


def test_one_bars_extreme_counts_once_under_all_its_names():
    day = dt.date(2024, 11, 25)
    names = [
        Weighed(level=Level(price=9.0, kind="extreme", source=source, label=source, happened_on=day), weight=weight)
        for source, weight in (("all_time_high", 1.0), ("high_52w", 0.8), ("swing_high_2024_11_25", 0.6))
    ]
    assert strength_of(names, 0, 0) == strength_of(names[:1], 0, 0)


@given(touches=st.integers(0, 30), age=st.integers(0, 3000))
def test_more_touches_and_more_age_never_weaken_a_zone(touches, age):
    average = Weighed(level=Level(price=1.0, kind="average", source="sma_50", label="50-day average"), weight=0.8)
    assert strength_of([average], touches, age) <= strength_of([average], touches + 1, age)
    assert strength_of([average], touches, age) <= strength_of([average], touches, age + 1) < 1


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
    # ATR 4: the step is 5; 105 is 5 round (1.25 ATR), 110 is 10 round (2.5 ATR), 100 stands highest
    sources = {level.source for zone in ladder() for level in zone.levels}
    assert sources >= {"round_90", "round_100", "round_110"}
    assert not sources & {"round_95", "round_105"}
    assert zone_of(ladder(), "round_100").strength > zone_of(ladder(), "round_110").strength


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


def test_on_a_months_last_session_next_months_pivots_stand_in_the_ladder():
    zones = ladder(**{"pivot_month_traditional.r1": 106.0, "pivot_month_next_traditional.p": 111.0})
    assert zone_of(zones, "pivot_month_traditional.r1") is None
    assert zone_of(zones, "pivot_month_next_traditional.p").levels[-1].label == "next month's pivot P"


def test_a_tick_wider_than_a_zone_leaves_out_what_stands_between_the_ticks():
    coarse = Instrument(symbol="X", name="X", short_name="X", kind="future", tick=5.0, decimals=0)
    bars = chart([100.5] * 300, [99.5] * 300, [100.0] * 300, instrument=coarse)
    zones = ladder(bars, atr=4.0, sma_50=107.0, sma_200=110.0)
    assert zone_of(zones, "sma_50") is None
    assert (zone_of(zones, "sma_200").low, zone_of(zones, "sma_200").high) == (110.0, 110.0)


@given(seed=st.integers(0, 10**6), count=st.integers(20, 500))
def test_zones_are_narrow_apart_on_the_grid_and_hold_their_levels(seed, count):
    bars = walk(seed, count)
    facts = all_facts(bars)
    zones = zones_of(bars, facts, swings_of(bars, USUAL), USUAL)
    assert_lawful(zones, facts["atr_14"].value, bars)


@given(seed=st.integers(0, 10**6), shuffle=st.integers(0, 10**6))
def test_the_order_of_facts_and_swings_makes_no_difference(seed, shuffle):
    bars = walk(seed, 300)
    facts, swings = all_facts(bars), list(swings_of(bars, USUAL))
    mixed = list(facts.items())
    rng = random.Random(shuffle)
    rng.shuffle(mixed)
    shuffled = swings.copy()
    rng.shuffle(shuffled)
    assert zones_of(bars, dict(mixed), shuffled, USUAL) == zones_of(bars, facts, swings, USUAL)


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(30, 290))
def test_the_zones_of_a_day_do_not_know_the_days_after_it(seed, other, t):
    bars = walk(seed, 300)
    day = bars.dates[t].astype(object)
    assert read(with_future(bars, t, other).until(day)).zones == read(bars.until(day)).zones


def test_swings_of_all_the_history_give_the_zones_of_a_day_on_over_200_real_days(shared):
    bars = real_bars(shared)
    known = swings_of(bars, USUAL)
    for t in range(300, len(bars), 8):
        then = bars.until(bars.dates[t].astype(object))
        reading = read(then)
        by_then = [swing for swing in known if swing.known_index <= t]
        assert zones_of(then, reading.facts, by_then, USUAL) == reading.zones
        assert_lawful(reading.zones, reading.facts["atr_14"].value, then)


def test_real_ladders_have_three_zones_on_either_side_where_there_are_any(shared):
    bars = real_bars(shared)
    for t in range(400, len(bars), 40):
        then = bars.until(bars.dates[t].astype(object))
        zones = read(then).zones
        assert sum(zone.low > then.last for zone in zones) >= 3
        assert sum(zone.high < then.last for zone in zones) >= 3


@pytest.mark.parametrize("part", ["high", "low"])
def test_when_a_week_is_over_its_range_stands_for_the_week_before(part):
    both = {f"prior_week.{part}": price_fact(106.0), f"this_week.{part}": price_fact(104.0), "atr_14": price_fact(10.0)}
    on_friday = [level.label for zone in zones_of(FLAT, both, (), USUAL) for level in zone.levels]
    assert f"this week's {part}" in on_friday
    assert f"last week's {part}" not in on_friday
    on_monday = {name: fact for name, fact in both.items() if not name.startswith("this")}
    assert f"last week's {part}" in [level.label for zone in zones_of(FLAT, on_monday, (), USUAL) for level in zone.levels]
