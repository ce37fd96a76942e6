"""Volume and volatility as a reading says them: by hand, absent where a volume is unknown, and a day is a slice."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from reading_bars import date, made, real, stretch, walk

from levelhead.kernels.window_sums import WindowSums
from levelhead.reading.occurrences import occurrences_of
from levelhead.reading.read import USUAL, read
from levelhead.reading.recompute import recompute
from levelhead.reading.whole import whole_of

OF_VOLUME = {
    "volume", "volume.usual", "volume.relative", "volume.up_down", "volume.selling_pressure", "volume.selling_pressure.before",
    "volume.selling_pressure.direction", "volume.distribution_days", "volume.accumulation_days",
}  # fmt: skip


def traded(bars, volume):
    return dataclasses.replace(bars, volume=np.asarray(volume, dtype=float))


def busy(n, *, seed=3):
    bars = walk(n, seed=seed)
    return traded(bars, np.random.default_rng(seed + 1).lognormal(10, 0.4, n))


def of_volume(bars):
    return {name for name in read(bars).facts if name.startswith("volume")}


def test_all_that_needs_a_volume_is_absent_where_it_is_unknown():
    assert of_volume(busy(100)) == OF_VOLUME
    assert of_volume(walk(100)) == set()
    assert of_volume(traded(walk(100), np.zeros(100))) == set()
    holed = busy(100).volume.copy()
    holed[95] = np.nan
    assert of_volume(traded(walk(100), holed)) == {"volume"}


def test_volume_against_the_twenty_bars_before():
    facts = read(traded(made(np.linspace(100, 120, 40)), [*np.full(39, 200.0), 500.0])).facts
    assert (facts["volume"].value, facts["volume.usual"].value, facts["volume.relative"].value) == (500.0, 200.0, 2.5)


def test_volume_of_rises_against_that_of_falls():
    # 60 bars, two up of 300 and one down of 100 in turn; of the last 50 bars, rows 10 to 59, 16 fell
    closes = 100 + np.cumsum(np.tile([1.0, 1.0, -1.0], 20))
    facts = read(traded(made(closes), np.tile([300.0, 300.0, 100.0], 20))).facts
    fell = sum(1 for row in range(10, 60) if row % 3 == 2)
    assert facts["volume.up_down"].value == pytest.approx((50 - fell) * 300 / (fell * 100))


def test_selling_pressure_is_where_bars_close_in_their_range():
    # each bar opens where the one before closed, one point lower a bar: high = close + 1.5, low = close - 0.5
    facts = read(traded(made(np.arange(200.0, 140.0, -1.0)), np.full(60, 10.0))).facts
    assert facts["volume.selling_pressure"].value == pytest.approx(75.0)
    assert facts["volume.selling_pressure.direction"].value == "steady"


def test_days_of_distribution_are_counted_with_their_dates():
    closes, volume = np.full(60, 100.0), np.full(60, 10.0)
    closes[50:], volume[50] = 99.0, 20.0  # a fall on more volume
    closes[55:], volume[55] = 101.0, 30.0  # a rise on more
    closes[58:] = 100.0  # a fall on the same volume is none
    bars = traded(made(closes), volume)
    facts = read(bars).facts
    assert list(facts["volume.distribution_days"].inputs) == [f"on_{str(bars.dates[50]).replace('-', '_')}"]
    assert (facts["volume.distribution_days"].value, facts["volume.accumulation_days"].value) == (1.0, 1.0)


def test_a_provisional_bar_has_no_volume_yet():
    bars = busy(100)
    half = read(bars.with_last(bars.last)).facts["volume"]
    assert (half.value, half.date) == (bars.volume[98], date(str(bars.dates[98])))


def test_a_wide_range_and_an_expansion():
    # ranges of 2 a bar; the last bar closes 2 away: true range 3
    facts = read(made([*np.arange(100.0, 140.0), 141.0])).facts
    assert facts["range.last"].value == pytest.approx(1.5)
    assert facts["range.kind"].value == "wide"
    # (4 * 2 + 3) / 5 against (19 * 2 + 3) / 20
    assert facts["range.course"].value == pytest.approx(2.2 / 2.05)
    assert facts["range.state"].value == "steady"


def test_the_narrowest_of_seven_and_a_contraction():
    bars = made([*(100 + np.cumsum(np.tile([4.0, -4.0], 20))), *(100 + np.array([0.5, 1.0, 1.4, 1.7, 1.9]))])
    facts = read(bars).facts
    assert facts["range.kind"].value == "narrowest of 7"
    assert facts["range.state"].value == "contraction"


def test_realised_volatility_of_a_zigzag():
    # log changes of plus and minus one per cent in turn: their deviation is 0.01
    closes = 100 * np.exp(np.cumsum(np.tile([0.01, -0.01], 20)))
    assert read(made(closes)).facts["volatility_20"].value == pytest.approx(np.sqrt(252))


def test_a_percentile_counts_the_last_year():
    rough = walk(300).close
    calm = np.full(30, rough[-1]) * np.exp(np.tile([0.0001, -0.0001], 15))
    facts = read(made([*rough, *calm], reach=0.01)).facts
    assert facts["volatility_20.percentile"].value < 10
    assert facts["atr_14.percentile"].value == pytest.approx(100 / 252)
    wild = read(made([*rough, *(rough[-1] * np.exp(np.tile([0.08, -0.08], 15)))])).facts
    assert wild["volatility_20.percentile"].value > 90


@pytest.mark.parametrize("n", [1, 2, 15, 21, 26, 34, 51, 60, 252, 300])
def test_every_number_recomputes(n):
    bars = busy(n)
    facts = read(bars).facts
    for name, fact in facts.items():
        if not isinstance(fact.value, str):
            assert recompute(name, facts, bars, {}) == pytest.approx(fact.value, rel=1e-9), name


def assert_a_day_is_a_slice(bars, counts):
    whole = whole_of(bars, USUAL)
    lines, events = whole.activity, occurrences_of(whole)
    for count in counts:
        early = whole_of(stretch(bars, slice(0, count)), USUAL)
        for field in dataclasses.fields(lines):
            ours, then = getattr(lines, field.name), getattr(early.activity, field.name)
            if isinstance(then, np.ndarray):
                assert_array_equal(ours[:count], then, err_msg=field.name)
            elif isinstance(then, WindowSums):
                assert [ours.sum(max(row - 20, 0), row) for row in range(count + 1)] == [
                    then.sum(max(row - 20, 0), row) for row in range(count + 1)
                ]
        assert {kind: [row for row in rows if row < count] for kind, rows in lines.days.items()} == early.activity.days
        for kind, found in occurrences_of(early).items():
            if kind.startswith(("volume.", "range.")):
                assert_array_equal(events[kind].until(count).known, found.known)
        assert dict(read(stretch(bars, slice(0, count)), whole=whole).facts) == dict(read(stretch(bars, slice(0, count))).facts)


def test_no_row_knows_a_later_one_of_real_bars(shared):
    assert_a_day_is_a_slice(real(shared / "data" / "iwm.csv", "IWM"), range(6, 2000, 150))


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(2, 330))
def test_no_row_knows_a_later_one_of_made_bars(seed, count):
    assert_a_day_is_a_slice(busy(340, seed=seed), [count])


def test_bars_of_another_volume_are_not_the_beginning():
    bars = busy(60)
    assert whole_of(bars, USUAL).begins_with(bars)
    assert not whole_of(bars, USUAL).begins_with(traded(bars, bars.volume + 1))
    assert whole_of(walk(60), USUAL).begins_with(walk(60))


def test_activity_has_its_occurrences():
    found = occurrences_of(whole_of(busy(2000), USUAL))
    for kind in ("volume.distribution", "volume.accumulation", "volume.heavy", "range.wide", "range.narrowest"):
        assert len(found[kind]) > 10, kind
