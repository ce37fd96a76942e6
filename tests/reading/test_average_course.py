"""Exponential averages, bends, tests, where averages will be, and the ladder of flips: by hand, and by reading the next bar."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from reading_bars import date, made, real, stretch, walk

from levelhead.reading.flips import flip_ladder
from levelhead.reading.occurrences import occurrences_of
from levelhead.reading.read import USUAL, read
from levelhead.reading.whole import whole_of

RISING = made(np.arange(101.0, 401.0))


def following(bars, close):
    return made([*bars.close, close])


def test_an_exponential_average_begins_with_the_simple_one():
    facts = read(made(np.arange(1.0, 21.0))).facts
    assert facts["ema_20"].value == 10.5
    assert facts["ema_20"].formula == "mean(closes)"
    # 10.5 + (21 - 10.5) * 2 / 21 = 11.5
    assert read(made(np.arange(1.0, 22.0))).facts["ema_20"].value == pytest.approx(11.5)


def test_an_exponential_average_on_a_line_trails_it_like_the_simple_one():
    facts = read(RISING).facts
    assert facts["ema_50"].value == pytest.approx(375.5)
    assert facts["ema_50.distance"].value == pytest.approx(-24.5)
    assert (facts["ema_50.side"].value, facts["ema_50.side"].date) == ("above", None)
    assert facts["ema_50.slope_atr"].value == pytest.approx(5.0)
    assert facts["ema_50.slope"].value == "up"


def test_an_average_in_five_sessions_is_what_five_more_closes_at_the_last_price_make_it():
    facts = read(RISING).facts
    # 356 ... 400 are 45 closes with mean 378, then five of 400: (45 * 378 + 2000) / 50
    assert facts["sma_50.in_5"].value == pytest.approx(380.2)
    bars = walk(300)
    still = made([*bars.close, *[bars.last] * 12])
    assert read(bars).facts["sma_200.in_12"].value == pytest.approx(read(still).facts["sma_200"].value, rel=1e-12)


def test_an_average_flattens_before_it_turns_and_the_turn_has_its_day():
    up, down = np.linspace(100, 200, 120), np.linspace(200, 120, 60)
    said = [read(made(np.concatenate((up, down[1 : 1 + n])))).facts["sma_20.turn"] for n in range(40)]
    words = [fact.value for fact in said]
    assert list(dict.fromkeys(words)) == ["rising", "rising, flattening", "flat", "turned down", "falling"]
    first = words.index("turned down")
    dates = made(np.concatenate((up, down))).dates
    assert said[first].date == date(str(dates[119 + first]))
    assert {fact.date for fact in said[first:]} == {said[first].date}


def test_tests_of_the_fifty_day_average_are_counted_from_the_day_price_was_put_above_it():
    bars = made(np.r_[np.full(60, 100.0), 103, 104, 105, 106, 100.6, 105, 106, 100.8, 107, 108])
    facts = read(bars).facts
    assert facts["sma_50.tests_held"].value == 2.0
    assert facts["sma_50.tests_held"].date == date(str(bars.dates[61]))  # the second close above
    assert list(facts["sma_50.tests_held"].inputs) == [f"held_{str(bars.dates[row]).replace('-', '_')}" for row in (64, 67)]
    support = facts["sma_50.support"]
    assert (support.value, support.date, support.known_on) == ("support", date(str(bars.dates[67])), date(str(bars.dates[69])))


def test_a_provisional_bar_completes_no_test():
    closes = np.r_[np.full(60, 100.0), 103, 104, 105, 106, 100.5, 105, 106]
    assert read(made(closes, reach=0.1)).facts["sma_50.tests_held"].value == 1.0
    half = read(made(closes, reach=0.1).with_last(106.0)).facts
    assert half["sma_50.tests_held"].value == 0.0
    assert half["sma_50.support"].value == "untested"


@pytest.mark.parametrize("seed", range(6))
def test_each_flip_is_the_close_after_which_the_signal_stands_on_its_line(seed):
    bars = walk(320, seed=seed)
    facts = read(bars).facts
    after = {name: read(following(bars, facts[name].value)).facts for _, name, _ in flip_ladder(facts)}
    for n in (20, 50, 100, 200):
        assert after[f"sma_{n}.flip"][f"sma_{n}"].value == pytest.approx(facts[f"sma_{n}.flip"].value)
        assert after[f"ema_{n}.flip"][f"ema_{n}"].value == pytest.approx(facts[f"ema_{n}.flip"].value)
    for line in (30, 50, 70):
        if f"rsi_14.flip_{line}" in after:
            assert after[f"rsi_14.flip_{line}"]["rsi_14"].value == pytest.approx(line)
    there = after["rsi_14.flip_signal"]
    assert there["rsi_14"].value == pytest.approx(there["rsi_14.signal"].value)
    assert after["macd.flip"]["macd.histogram"].value == pytest.approx(0.0, abs=1e-8)
    assert after["macd.flip_zero"]["macd"].value == pytest.approx(0.0, abs=1e-8)
    if "golden_cross.flip" in after:
        there = after["golden_cross.flip"]
        assert there["sma_50"].value == pytest.approx(there["sma_200"].value)


def test_the_nearest_flips_stand_on_either_side_of_the_price():
    facts = read(walk(320)).facts
    ladder = flip_ladder(facts)
    assert [price for price, _, _ in ladder] == sorted((price for price, _, _ in ladder), reverse=True)
    last = facts["last"].value
    assert facts["flip.above"].value == min(price for price, _, _ in ladder if price > last)
    assert facts["flip.below"].value == max(price for price, _, _ in ladder if price < last)
    assert facts["flip.above.of"].value in {signal for _, _, signal in ladder}


def test_a_flip_at_no_possible_price_is_absent():
    # 200 bars up, golden by far: no positive close brings the 50-day down to the 200-day in one session
    assert "golden_cross.flip" not in read(RISING).facts


def lines_of(bars):
    lines = whole_of(bars, USUAL).averages
    return [
        *lines.emas.values(),
        *lines.slopes.values(),
        *(column for n in lines.turns for column in (lines.turns[n].held, lines.turns[n].cross)),
        *(column for n in lines.tests for column in (lines.tests[n].side, lines.tests[n].since, lines.tests[n].under_way)),
    ]


def assert_no_row_knows_a_later_one(bars, rows):
    whole = lines_of(bars)
    for row in rows:
        for ours, early in zip(whole, lines_of(stretch(bars, slice(0, row + 1))), strict=True):
            assert_array_equal(ours[: row + 1], early)


def test_no_row_knows_a_later_one_of_real_bars(shared):
    assert_no_row_knows_a_later_one(real(shared / "data" / "rty_tv.csv", "RTY"), range(5, 2100, 30))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 330))
def test_no_row_knows_a_later_one_of_made_bars(seed, count):
    bars = walk(340, seed=seed)
    assert_no_row_knows_a_later_one(bars, [count - 1])


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 330))
def test_occurrences_known_by_a_day_are_those_of_the_bars_up_to_it(seed, count):
    bars = walk(340, seed=seed)
    whole = occurrences_of(whole_of(bars, USUAL))
    early = occurrences_of(whole_of(stretch(bars, slice(0, count)), USUAL))
    assert {"sma_50.held", "sma_200.turned"} <= set(whole)
    for kind, found in whole.items():
        for field in dataclasses.fields(found)[1:]:
            assert_array_equal(getattr(found.until(count), field.name), getattr(early[kind], field.name), err_msg=kind)
        assert (found.happened <= found.known).all()
