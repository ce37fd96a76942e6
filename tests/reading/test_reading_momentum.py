"""What a reading says of RSI and MACD."""

import numpy as np
import pytest
from reading_bars import date, made, real, stretch, walk

from levelhead.reading.momentum import zone
from levelhead.reading.read import read

# The worked example of most textbooks: 100 * 3.34 / 4.74 at its fifteenth close, 66.250 at the next (test_kernel_momentum.py).
TEXTBOOK = [44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.10, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46.00]


def test_the_first_rsi_is_made_of_two_means():
    facts = read(made(TEXTBOOK[:15])).facts
    assert facts["rsi_14"].value == pytest.approx(70.464, abs=5e-4)
    assert facts["rsi_14.gain"].value == pytest.approx(3.34 / 14)
    assert facts["rsi_14.loss"].value == pytest.approx(1.40 / 14)
    assert facts["rsi_14.zone"].value == "overbought"


def test_each_later_rsi_moves_both_by_a_fourteenth():
    fact = read(made(TEXTBOOK)).facts
    assert fact["rsi_14"].value == pytest.approx(66.250, abs=5e-4)
    assert fact["rsi_14"].formula == "100 - 100 / (1 + rsi_14.gain / rsi_14.loss)"
    assert fact["rsi_14.loss"].formula == "(13 * before + max(first(closes) - last(closes), 0)) / 14"
    assert fact["rsi_14.loss"].inputs == {"before": pytest.approx(0.1)}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0, "oversold"),
        (29.99, "oversold"),
        (30, "bearish half"),
        (49.99, "bearish half"),
        (50, "bullish half"),
        (70, "bullish half"),
        (70.01, "overbought"),
    ],
)
def test_zones_end_at_thirty_fifty_and_seventy(value, word):
    assert zone(value) == word


def test_where_nothing_fell_rsi_is_100_and_its_formula_divides_by_no_zero():
    facts = read(made(np.arange(1.0, 40.0))).facts
    assert facts["rsi_14"].value == 100.0
    assert facts["rsi_14"].formula == "100 * rsi_14.gain / (rsi_14.gain + rsi_14.loss)"
    assert facts["rsi_14.direction"].value == "flat"
    assert "rsi_14.cross" not in facts  # it has never left its signal line


def test_the_direction_compares_with_five_bars_ago():
    closes = [*TEXTBOOK, *np.linspace(46, 50, 5)]
    facts = read(made(closes)).facts
    assert facts["rsi_14.before"].value == pytest.approx(66.250, abs=5e-4)
    assert facts["rsi_14.direction"].value == "rising"
    assert read(made([*TEXTBOOK, *np.linspace(46, 40, 5)])).facts["rsi_14.direction"].value == "falling"


def test_a_cross_of_the_signal_line_carries_its_day():
    # two up, one down, to 130; a rise to 132 puts RSI above the mean of its last 14 values, the fall to 122 below it for good
    bars = made([*(100 + np.cumsum(np.tile([2.0, -1.0], 30))), 132, 122, 112])
    cross = read(bars).facts["rsi_14.cross"]
    assert (cross.value, str(cross.date)) == ("below", str(bars.dates[61]))


def test_a_line_that_has_only_just_left_its_signal_has_crossed_nothing():
    cross = read(made([*np.linspace(100, 60, 60), 62, 64, 66])).facts["rsi_14.cross"]
    assert (cross.value, cross.date) == ("above", None)


def test_the_published_cross_of_november_2025(shared):
    bars = real(shared / "data" / "rty.csv", "RTY").until(date("2025-11-24")).with_last(2418.8)
    facts = read(bars).facts
    assert facts["rsi_14.cross"].value == "above"
    assert facts["rsi_14"].value > facts["rsi_14.signal"].value
    assert facts["rsi_14.cross"].date in {date("2025-11-21"), date("2025-11-24")}


def test_macd_on_a_line_is_seven_slopes_and_flat_against_its_signal():
    facts = read(made(3.0 * np.arange(120.0) + 50)).facts
    assert facts["macd"].value == pytest.approx(21.0)
    assert facts["macd.signal"].value == pytest.approx(21.0)
    assert facts["macd.histogram"].value == pytest.approx(0.0, abs=1e-9)
    assert "macd.side" not in facts


def test_macd_turns_with_the_price_and_says_when():
    # a fall that grows steeper keeps MACD below its signal; it turns up within a few bars of the price
    bars = made([*(300 - 0.01 * np.arange(100.0) ** 2), *np.linspace(203, 260, 20)])
    side = read(bars).facts["macd.side"]
    assert side.value == "above"
    assert date(str(bars.dates[99])) < side.date < date(str(bars.dates[104]))
    assert read(stretch(bars, slice(0, 100))).facts["macd.side"].value == "below"


def test_the_first_signal_of_macd_is_the_mean_of_nine_lines():
    facts = read(walk(34)).facts
    assert list(facts["macd.signal"].inputs) == [f"m{n}" for n in range(1, 10)]
    assert facts["macd.signal"].value == pytest.approx(np.mean(list(facts["macd.signal"].inputs.values())))
    assert facts["macd.signal"].inputs["m9"] == facts["macd"].value
