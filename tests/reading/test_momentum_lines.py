"""RSI's recovery and midline, divergences, ADX, Bollinger bands and rates of change, as a reading says them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from reading_bars import date, made, real, stretch, walk

from levelhead.reading.divergences import divergences_of
from levelhead.reading.momentum_lines import spells
from levelhead.reading.occurrences import occurrences_of
from levelhead.reading.panel import panel_of
from levelhead.reading.read import USUAL, read
from levelhead.reading.structure import Swings
from levelhead.reading.whole import whole_of

SINKING = [*(100 + np.cumsum(np.tile([1.0, -1.0], 20))), *np.linspace(99, 80, 12)]


def swings(kind, heights, rows, k=5):
    rows, heights = np.array(rows), np.array(heights, dtype=np.float64)
    return Swings(
        rows=rows,
        known=rows + k,
        prices=heights,
        heights=heights,
        are_highs=np.full(len(rows), kind == "high"),
        stamp=made(np.full(200, 1.0)).stamp,
    )


def test_spells_have_a_begin_an_extreme_and_an_end():
    index = np.array([np.nan, 40, 29, 25, 28, 31, 20, 22.0])
    assert spells(index, 30.0, 1) == [(2, 3, 5), (6, 6, 8)]
    assert spells(100 - index, 70.0, -1) == [(2, 3, 5), (6, 6, 8)]


def test_oversold_and_then_recovered_with_the_day_and_the_low():
    facts = read(made(SINKING)).facts
    assert (facts["rsi_14.recovery"].value, facts["rsi_14.recovery"].date) == ("oversold", None)
    bars = made([*SINKING, 90, 91])
    facts = read(bars).facts
    index = panel_of(bars).rsi
    back = int(np.flatnonzero(index < 30)[-1]) + 1
    assert back == len(SINKING)  # the jump to 90
    assert (facts["rsi_14.recovery"].value, facts["rsi_14.recovery"].date) == ("recovered", date(str(bars.dates[back])))
    low = facts["rsi_14.oversold_low"]
    assert (low.value, low.date, low.known_on) == (
        pytest.approx(np.nanmin(index)),
        date(str(bars.dates[back - 1])),
        date(str(bars.dates[back])),
    )


def test_a_provisional_bar_recovers_nothing():
    bars = made([*SINKING, 90]).with_last(90.0)
    assert read(bars).facts["rsi_14"].value > 30
    assert read(bars).facts["rsi_14.recovery"].value == "oversold"


def test_what_was_never_oversold_says_so():
    assert read(made(np.arange(100.0, 160.0))).facts["rsi_14.recovery"].value == "not oversold"


def test_the_midline_carries_the_day_of_its_cross():
    bars = made([*SINKING, 110, 111])
    midline = read(bars).facts["rsi_14.midline"]
    assert (midline.value, midline.date) == ("above", date(str(bars.dates[len(SINKING)])))


@pytest.mark.parametrize(
    ("kind", "heights", "index", "said"),
    [
        ("low", (100, 90), (25, 35), ("regular", 1)),
        ("low", (90, 100), (35, 25), ("hidden", 1)),
        ("high", (100, 110), (75, 65), ("regular", -1)),
        ("high", (110, 100), (65, 75), ("hidden", -1)),
    ],
)
def test_price_and_rsi_that_disagree_between_two_swings(kind, heights, index, said):
    rsi = np.full(60, 50.0)
    rsi[[20, 40]] = index
    two = swings(kind, heights, (20, 40))
    (found,) = divergences_of(two, rsi).known_in(44, 45)
    assert (found.kind, found.side) == said
    assert (found.earlier, found.later, found.rsi) == (*two, index)
    assert len(divergences_of(two, 50 - (rsi - 50))) == 0  # RSI the other way agrees with price


def test_swings_too_near_too_far_or_of_equal_rsi_diverge_in_nothing():
    rsi = np.full(120, 50.0)
    rsi[[20, 24, 85, 40]] = (25, 35, 35, 25.5)
    for later in (24, 85, 40):
        assert len(divergences_of(swings("low", (100, 90), (20, later)), rsi)) == 0


def test_a_divergence_is_known_with_its_second_swing_and_fails_beyond_it():
    # two lows, the second lower after a slow fall: RSI is higher there
    closes = [*(100 + np.cumsum(np.tile([1.0, -0.9], 20))), *np.linspace(100, 80, 6), *np.linspace(82, 92, 10)]
    closes += [*np.linspace(91, 79, 20), *np.linspace(80, 86, 6)]
    bars = made(closes)
    low = 40 + 6 + 10 + 19
    told = [read(stretch(bars, slice(0, n))).facts for n in (low + 5, low + 6)]
    assert told[0]["divergence.regular"].value == "none"
    fact = told[1]["divergence.regular"]
    assert (fact.value, fact.date, fact.known_on) == ("bullish", date(str(bars.dates[low])), date(str(bars.dates[low + 5])))
    assert fact.inputs["rsi"] > fact.inputs["rsi_before"]
    assert told[1]["divergence.regular.status"].value == "stands"
    broken = made([*closes, 75.0])
    assert read(broken).facts["divergence.regular.status"].value == "failed"
    assert read(broken.with_last(75.0)).facts["divergence.regular.status"].value == "stands"


def test_adx_of_a_steady_rise_is_a_hundred():
    facts = read(made(np.arange(100.0, 160.0))).facts
    # highs one point up, true range 2: 100 * 1 / 2
    assert facts["di_plus_14"].value == pytest.approx(50.0)
    assert facts["di_minus_14"].value == 0.0
    assert facts["adx_14"].value == pytest.approx(100.0)
    assert (facts["adx_14.zone"].value, facts["di_14.side"].value) == ("trending", "up")


def test_rates_of_change_count_bars():
    facts = read(made(np.arange(100.0, 161.0))).facts
    assert facts["roc_10"].value == pytest.approx(100 * 10 / 150)
    assert facts["roc_60"].value == pytest.approx(60.0)


def test_bands_of_twenty_closes():
    facts = read(made(np.arange(1.0, 21.0))).facts
    # population variance of 1 ... 20 is 399 / 12
    spread = np.sqrt(399 / 12)
    assert facts["bollinger.upper"].value == pytest.approx(10.5 + 2 * spread)
    assert facts["bollinger.lower"].value == pytest.approx(10.5 - 2 * spread)
    assert facts["bollinger.position"].value == pytest.approx(9.5 / (4 * spread) + 0.5)
    assert facts["bollinger.width"].value == pytest.approx(400 * spread / 10.5)


def test_a_squeeze_is_the_narrowest_width_of_half_a_year():
    wide = 100 + 5 * np.sin(np.arange(260) / 3)
    bars = made([*wide, *np.tile([100.1, 99.9], 10)])
    facts = read(bars).facts
    assert facts["bollinger.squeeze"].value == "present"
    assert facts["bollinger.width_percentile"].value == pytest.approx(100 / 252)
    loose = made([*wide, *np.tile([109.0, 91.0], 10)])
    assert read(loose).facts["bollinger.squeeze"].value == "none"
    assert read(loose).facts["bollinger.width_percentile"].value > 99


def lines_of(bars):
    lines = whole_of(bars, USUAL).momentum
    move = lines.directional
    return [lines.midline.held, lines.midline.cross, lines.crossing.cross, lines.width, lines.squeezed, move.adx, move.range]


def assert_a_day_is_a_slice(bars, counts):
    whole, events = lines_of(bars), occurrences_of(whole_of(bars, USUAL))
    for count in counts:
        early = stretch(bars, slice(0, count))
        for ours, theirs in zip(whole, lines_of(early), strict=True):
            assert_array_equal(ours[:count], theirs)
        for kind, found in occurrences_of(whole_of(early, USUAL)).items():
            for field in dataclasses.fields(found)[1:]:
                assert_array_equal(getattr(events[kind].until(count), field.name), getattr(found, field.name), err_msg=kind)


def test_no_row_knows_a_later_one_of_real_bars(shared):
    assert_a_day_is_a_slice(real(shared / "data" / "rty_tv.csv", "RTY"), range(6, 2100, 50))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 330))
def test_no_row_knows_a_later_one_of_made_bars(seed, count):
    assert_a_day_is_a_slice(walk(340, seed=seed), [count])


def test_momentum_has_its_occurrences():
    found = occurrences_of(whole_of(walk(3000), USUAL))
    for kind in (
        "rsi.recovered",
        "rsi.fell_back",
        "rsi.midline",
        "di.crossed",
        "squeeze",
        "divergence.regular",
        "divergence.hidden",
    ):
        assert len(found[kind]) > 10, kind
        assert (found[kind].happened <= found[kind].known).all()
    assert (found["divergence.regular"].known - found["divergence.regular"].happened == USUAL.swing_bars).all()
