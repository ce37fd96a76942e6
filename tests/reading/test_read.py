"""The whole reading: what is known from how many bars, and that no day knows a later one."""

import dataclasses
import itertools

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from reading_bars import date, made, real, stretch, walk

from levelhead.domain.errors import BadSettings
from levelhead.reading.panel import panel_of
from levelhead.reading.read import read
from levelhead.reading.settings import Settings


def test_two_bars_have_a_price_and_extremes_and_name_the_rest():
    reading = read(walk(2))
    assert {"last", "change", "change_pct", "all_time_high", "all_time_low", "drawdown_pct"} <= set(reading.facts)
    assert reading.not_yet_known[:4] == tuple(f"The {n}-day average needs {n} bars; there are 2." for n in (20, 50, 100, 200))
    for sentence in (
        "ATR(14) needs 15 bars; there are 2.",
        "RSI(14) needs 15 bars; there are 2.",
        "MACD needs 34 bars; there are 2.",
        "The 52-week range needs 252 bars; there are 2.",
        "A note asks for 450 bars of history; there are 2.",
    ):
        assert sentence in reading.not_yet_known


@pytest.mark.parametrize("count", [1, 2, 14, 15])
def test_a_price_taken_on_few_bars_is_a_reading_too(count):
    bars = walk(count)
    reading = read(bars.with_last(bars.last + 1))
    assert reading.facts["last"].value == pytest.approx(bars.last + 1)
    assert len(reading.series.close) == count


def test_ten_bars_know_no_indicator():
    assert not {"atr_14", "rsi_14", "macd", "sma_20"} & set(read(walk(10)).facts)


def test_twenty_bars_know_the_first_average_and_say_what_has_not_settled():
    reading = read(walk(20))
    assert {"sma_20", "sma_20.distance_atr", "atr_14", "rsi_14", "rsi_14.direction"} <= set(reading.facts)
    assert not {"sma_20.slope", "rsi_14.signal", "macd", "sma_50"} & set(reading.facts)
    for sentence in (
        "The slope of the 20-day average needs 30 bars; there are 20.",
        "The signal line of RSI(14) needs 28 bars; there are 20.",
        "RSI(14) has had only 20 bars to settle; 250 are wanted.",
        "ATR(14) has had only 20 bars to settle; 250 are wanted.",
    ):
        assert sentence in reading.not_yet_known


def test_a_hundred_bars_lack_only_the_two_hundred_day_average_and_the_year():
    reading = read(walk(100))
    assert {"sma_100", "macd", "macd.signal", "rsi_14.signal"} <= set(reading.facts)
    assert {
        "The slope of the 100-day average needs 110 bars; there are 100.",
        "The 200-day average needs 200 bars; there are 100.",
    } <= set(reading.not_yet_known)


def test_what_is_known_grows_with_the_bars():
    known = [set(read(walk(n)).facts) for n in (1, 2, 15, 20, 34, 60, 110, 210, 260)]
    lasting = ("sma_", "rsi_14", "macd", "atr_", "all_time", "high_52w", "low_52w", "last", "change")
    for fewer, more in itertools.pairwise(known):
        assert {name for name in fewer if name.startswith(lasting)} - {"rsi_14.cross", "macd.side", "rsi_14.oversold_low"} <= more


def test_a_note_asks_for_450_bars_and_is_content_with_them():
    assert "A note asks for 450 bars of history; there are 449." in read(walk(449)).not_yet_known
    assert not [sentence for sentence in read(walk(450)).not_yet_known if sentence.startswith("A note asks")]


def test_a_long_history_lacks_nothing(shared):
    bars = real(shared / "data" / "rty_tv.csv", "RTY")
    assert read(bars, peers={"ES": real(shared / "data" / "es_tv.csv", "ES")}).not_yet_known == ()


def rewritten(bars, row):
    """The same bars up to `row`, and a different story after it."""
    after = np.arange(len(bars)) > row
    return dataclasses.replace(
        bars, **{name: np.where(after, 17.0, getattr(bars, name)) for name in ("open", "high", "low", "close")}
    )


def assert_no_day_knows_a_later_one(bars, rows):
    whole = panel_of(bars)
    for row in rows:
        early = panel_of(stretch(bars, slice(0, row + 1)))
        other = panel_of(rewritten(bars, row))
        for panel in (early, other):
            for ours, theirs in zip(arrays(whole), arrays(panel), strict=True):
                assert_array_equal(ours[: row + 1], theirs[: row + 1])


def arrays(panel):
    lines = panel.macd
    return [
        *panel.averages.values(), panel.rsi, panel.rsi_signal, panel.gain, panel.loss, panel.true_range, panel.atr,
        lines.fast, lines.slow, lines.line, lines.signal, lines.histogram,
    ]  # fmt: skip


def test_no_row_of_the_panel_knows_the_future_of_real_bars(shared):
    bars = real(shared / "data" / "rty_tv.csv", "RTY")
    assert_no_day_knows_a_later_one(bars, range(5, len(bars), 10))  # 210 days


def test_no_row_of_the_panel_knows_the_future_of_made_bars():
    assert_no_day_knows_a_later_one(walk(400), range(0, 400, 7))


def assert_same(reading, other):
    assert dict(reading.facts) == dict(other.facts)
    assert list(reading.facts) == list(other.facts)
    assert reading.zones == other.zones
    assert reading.swings == other.swings
    assert reading.series == other.series
    assert reading.not_yet_known == other.not_yet_known


def test_the_reading_of_a_day_is_the_same_from_all_the_bars_and_from_those_up_to_it(shared):
    folder = shared / "data"
    bars = stretch(real(folder / "rty_tv.csv", "RTY"), slice(1500, 2105))
    peer = stretch(real(folder / "es_tv.csv", "ES"), slice(2000, None))
    for row in range(5, len(bars), 3):  # 200 days
        day = date(str(bars.dates[row]))
        prefix = read(stretch(bars, slice(0, row + 1)), peers={"ES": peer.until(day)})
        assert_same(read(rewritten(bars, row).until(day), peers={"ES": peer}), prefix)


def test_a_reading_leaves_the_bars_as_they_were():
    bars = walk(300)
    before = bars.digest()
    read(bars, peers={"P": bars})
    assert bars.digest() == before


def test_the_same_bars_give_the_same_reading():
    assert_same(read(walk(300)), read(walk(300)))


def test_facts_cannot_be_changed():
    with pytest.raises(TypeError, match="does not support item assignment"):
        read(walk(20)).facts["last"] = None


def test_prices_of_any_size_are_read():
    for scale in (1e-6, 1.0, 1e6):
        facts = read(made(walk(300).close * scale, reach=0.5 * scale)).facts
        assert facts["rsi_14"].value == pytest.approx(read(made(walk(300).close, reach=0.5)).facts["rsi_14"].value, rel=1e-6)
        assert facts["sma_50"].value == pytest.approx(walk(300).close[-50:].mean() * scale)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"slope_bars": 0}, "reading.slope_bars is 0; it is a count and must be at least 1"),
        ({"flat_atr": -0.1}, "reading.flat_atr is -0.1; it is a width and must not be negative"),
        ({"pace_sigma": float("nan")}, "reading.pace_sigma is nan"),
    ],
)
def test_settings_are_checked_at_birth(wrong, words):
    with pytest.raises(BadSettings, match=words):
        Settings(**wrong)


def test_a_setting_changes_what_is_read():
    closes = walk(300)
    assert read(closes, settings=Settings(flat_atr=1e6)).facts["sma_50.slope"].value == "flat"
    assert len(read(closes, settings=Settings(chart_bars=30)).series.dates) == 30
