"""What a reading says of averages and range: values, sides, slopes and crosses by hand."""

import numpy as np
import pytest
from reading_bars import date, made, walk

from levelhead.reading.averages import direction
from levelhead.reading.read import read
from levelhead.reading.settings import Settings

RISING = made(np.arange(101.0, 401.0))  # closes 101 ... 400, one point a bar; high = close + 0.5, low = the close before - 0.5


def test_an_average_on_a_line_trails_it_by_half_its_bars():
    facts = read(RISING).facts
    # mean of 351 ... 400 and of 201 ... 400
    assert facts["sma_50"].value == 375.5
    assert facts["sma_200"].value == 300.5
    assert facts["sma_50.before"].value == 365.5
    assert (facts["sma_50"].windows[0].count, facts["sma_50"].windows[0].last) == (50, RISING.as_of)


def test_distances_are_level_minus_price():
    facts = read(RISING).facts
    # ATR(14): each bar spans 1 + 2 * 0.5 = 2
    assert facts["atr_14"].value == pytest.approx(2.0)
    assert facts["atr_14.pct"].value == pytest.approx(0.5)
    assert facts["sma_50.distance"].value == -24.5
    assert facts["sma_50.distance_pct"].value == pytest.approx(-6.125)  # 375.5 / 400 - 1
    assert facts["sma_50.distance_atr"].value == pytest.approx(-12.25)


def test_a_slope_is_the_change_over_ten_bars_in_atr():
    facts = read(RISING).facts
    assert facts["sma_50.slope_atr"].value == pytest.approx(5.0)  # 10 points, ATR 2
    assert facts["sma_50.slope"].value == "up"
    assert read(made(np.arange(401.0, 101.0, -1.0))).facts["sma_50.slope"].value == "down"


@pytest.mark.parametrize(("slope", "word"), [(0.1, "flat"), (-0.1, "flat"), (0.1001, "up"), (-0.1001, "down"), (0.0, "flat")])
def test_a_slope_within_a_tenth_of_an_atr_is_flat(slope, word):
    assert direction(slope, Settings().flat_atr) == word


def test_the_flip_is_the_close_that_would_stand_on_the_average():
    facts = read(RISING).facts
    assert facts["sma_50.flip"].value == 376.0  # mean of 352 ... 400
    following = made([*RISING.close, 376.0])
    assert read(following).facts["sma_50"].value == pytest.approx(376.0)
    assert read(following).facts["sma_50.side"].value == "at"


def test_the_side_carries_the_day_of_the_cross():
    bars = made([*np.full(30, 100.0), 101, 102, 103, 99, 98, 97])
    side = read(bars).facts["sma_20.side"]
    assert (side.value, side.date) == ("below", date(str(bars.dates[33])))


def test_a_side_that_never_changed_has_no_date():
    side = read(RISING).facts["sma_50.side"]
    assert (side.value, side.date) == ("above", None)


def test_bars_that_do_not_move_have_averages_but_nothing_in_atr():
    reading = read(made(np.full(300, 2431.7), reach=0.0))
    assert reading.facts["sma_200"].value == pytest.approx(2431.7, rel=1e-15)
    assert reading.facts["sma_200.side"].value == "at"
    assert reading.facts["sma_200.slope"].value == "flat"
    assert reading.facts["golden_cross"].value == "absent"
    assert not [name for name in reading.facts if name.endswith("_atr")]
    assert "ATR(14) is zero, the bars have not moved; distances in ATR are not known." in reading.not_yet_known
    assert "RSI(14) has no value: the closes have not moved." in reading.not_yet_known


def test_prices_below_zero_have_distances_in_points_alone():
    bars = made(np.linspace(20.0, -37.63, 260))
    facts = read(bars).facts
    assert facts["sma_50.distance"].value > 0
    of_distances = {"drawdown.regained_pct"}  # a share of the points fallen, whatever the prices are
    assert not [name for name in facts if name.endswith(("_pct", ".pct")) and name not in of_distances]


def crossing():
    """300 bars down, then 80 up: the 50-day falls below the 200-day from the start and comes back above it at the end."""
    return made(np.concatenate((np.linspace(400, 250, 300), np.linspace(252, 420, 80))))


def test_a_golden_cross_is_the_fifty_above_the_two_hundred_with_its_day():
    bars = crossing()
    fifty, two_hundred = ([bars.close[t + 1 - n : t + 1].mean() if t + 1 >= n else np.nan for t in range(380)] for n in (50, 200))
    day = next(t for t in range(300, 380) if fifty[t] > two_hundred[t])
    before = read(bars.until(date(str(bars.dates[day - 1])))).facts["golden_cross"]
    assert (before.value, before.date) == ("absent", None)
    after = read(bars).facts["golden_cross"]
    assert (after.value, str(after.date)) == ("present", str(bars.dates[day]))


def test_price_against_the_two_hundred_day_is_no_cross():
    bars = crossing()
    early = read(bars.until(date(str(bars.dates[330])))).facts
    assert early["sma_200.side"].value == "above"
    assert early["golden_cross"].value == "absent"


def test_one_bar_more_than_needed_is_enough_for_each_average():
    assert "sma_200" not in read(walk(199)).facts
    assert {"sma_200", "sma_200.flip", "sma_200.distance_atr", "golden_cross"} <= set(read(walk(200)).facts)
    assert "sma_200.slope" not in read(walk(209)).facts
    assert {"sma_200.slope", "sma_200.slope_atr", "sma_200.before"} <= set(read(walk(210)).facts)
