"""The swings that a chart marks: which bars, by which rule, and only those that were known by then."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from made_charts import chart, real_bars, walk

from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of


def zigzag(*corners, step=1.0):
    """Highs that run from corner to corner by `step` a bar; lows a point below, closes between."""
    heights = [float(corners[0])]
    for corner in corners[1:]:
        while heights[-1] != corner:
            heights.append(heights[-1] + step * np.sign(corner - heights[-1]))
    highs = np.array(heights)
    return chart(highs, highs - 1, highs - 0.5, highs - 0.5)


def marks(bars, **settings):
    return [(swing.row, swing.kind, swing.rule) for swing in read(bars, settings=Settings(**settings)).series.swings]


def test_the_corners_of_a_zigzag_are_swings_by_both_rules_and_the_last_one_when_it_is_known():
    # up 30 bars to 130, down 12 to 118, up 14 to 132, down 2. A bar's true range is 1.5, from the close before to its far end:
    # the last close of 129.5 is 2.5 below the high of row 56, less than two ATR; one bar more makes it 3.5
    two = [(30, "high", "both"), (42, "low", "both")]
    assert marks(zigzag(100, 130, 118, 132, 130)) == two
    assert marks(zigzag(100, 130, 118, 132, 129)) == [*two, (56, "high", "reversal")]
    assert marks(zigzag(100, 130, 118, 132, 127)) == [*two, (56, "high", "both")]  # five bars after it


def test_a_turn_that_bars_soon_pass_is_a_swing_by_reversal_alone():
    # a high of 130, eight points down within three bars, and 132 two bars later: five bars after row 30 do not stay below it
    highs = np.array([*np.arange(100.0, 131), 127, 124, 122, *np.arange(128.0, 150, 4)])
    bars = chart(highs, highs - 1, highs - 0.5, highs - 0.5)
    assert marks(bars)[:2] == [(30, "high", "reversal"), (33, "low", "both")]


def test_rows_are_those_of_the_chart_and_none_lies_before_it():
    bars = zigzag(100, 130, 118, 132, 130)
    assert len(bars) == 59
    assert marks(bars, chart_bars=20) == [(3, "low", "both")]  # its first row is row 39 of the bars
    assert marks(bars, chart_bars=17) == [(0, "low", "both")]
    assert marks(bars, chart_bars=16) == []


def test_every_named_swing_of_a_reading_is_marked_and_no_mark_is_unconfirmed():
    reading = read(walk(5, 400))
    dates = [str(day) for day in reading.series.dates]
    marked = {(dates[swing.row], swing.kind, rule) for swing in reading.series.swings for rule in rules(swing.rule)}
    for kind in ("high", "low"):
        for n in (1, 2):
            assert (str(reading.facts[f"swing_{kind}_{n}"].date), kind, "bars") in marked
            assert (str(reading.facts[f"reversal_{kind}_{n}"].date), kind, "reversal") in marked
    by_bars = [swing for swing in reading.series.swings if swing.rule != "reversal"]
    assert max(swing.row for swing in by_bars) <= len(dates) - 1 - 5
    known = {(str(swing.happened_on), swing.kind) for swing in reading.swings}
    assert {(dates[swing.row], swing.kind) for swing in by_bars} == {at for at in known if at[0] >= dates[0]}


def rules(rule):
    return ("bars", "reversal") if rule == "both" else (rule,)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_marks_of_a_day_are_the_same_from_its_bars_and_from_a_longer_series(seed):
    bars, settings = walk(seed, 500), Settings()
    whole = whole_of(bars, settings)
    for count in range(60, 500, 7):
        seen = bars.until(dt.date.fromisoformat(str(bars.dates[count - 1])))
        assert read(seen, whole=whole).series == read(seen).series


def test_the_marks_of_real_days_are_the_same_from_their_bars_and_from_the_whole(shared):
    bars = real_bars(shared)
    whole = whole_of(bars, Settings())
    for count in range(300, len(bars), 97):
        seen = bars.until(dt.date.fromisoformat(str(bars.dates[count - 1])))
        series = read(seen, whole=whole).series
        assert series == read(seen).series
        assert 20 <= len(series.swings) <= 80
