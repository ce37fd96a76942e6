"""Which lines are told: at most three, the ones worth most, kept to until they end or are clearly beaten."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import real_bars, walk, with_future

from levelhead.kernels.channels import Channel
from levelhead.kernels.trendlines import Trendline
from levelhead.reading.line_choice import HALVING, MOST, NEWS
from levelhead.reading.lines import lines_of
from levelhead.reading.settings import Settings
from levelhead.reading.structure import swings_of
from levelhead.reading.told_lines import Told

ATR = np.full(1000, 4.0)


def line(known, height, *, span=80, touches=2, slope=0.5, slot=1, ended=None, ending="", side=1):
    """A line that begins at row 0, its touches known when it is drawn. Two of them eighty bars apart are worth log2(8) = 3."""
    touched = tuple(int(row) for row in np.linspace(0, span, touches))
    return Trendline(
        side=side,
        first=0,
        second=span,
        height=height,
        slope=slope,
        known=known,
        slot=slot,
        touched=touched,
        touch_known=(known,) * touches,
        violations=0,
        ended=ended,
        ending=ending,
    )


def channel(known, lower, *, touches=4, slope=0.5, ended=None, ending=""):
    """A channel twenty points wide. Four touches eighty bars apart are worth (4 - 2) * 3 = 6."""
    touched = tuple(int(row) for row in np.linspace(0, 80, touches))
    return Channel(
        first=0,
        second=80,
        lower=lower,
        width=20.0,
        slope=slope,
        known=known,
        touched=touched,
        touch_known=(known,) * touches,
        ended=ended,
        ending=ending,
    )


def told(row, lines, channels=()):
    """The heights of the lines told, of a channel its lower line's, with its mark."""
    kept, broken, found = Told(lines, channels, ATR).at(row)
    marks = [line.height for line in kept] + ([] if broken is None else [("broken", broken.height)])
    return marks + ([] if found is None else [("channel" if found[1] else "broken channel", found[0].lower)])


def test_three_lines_find_a_place():
    lines = [line(100, 100.0), line(110, 90.0, slot=2), line(120, 60.0, slot=3)]
    assert [told(row, lines) for row in (99, 100, 110, 120)] == [[], [100], [100, 90], [100, 90, 60]]


def test_a_channel_takes_two_places_and_the_better_of_two_lines_stands_beside_it():
    # 3 touches: 2 * 3 = 6; 2 touches: 3; the channel: 6; 6 + 6 against 6 + 3
    lines = [line(100, 60.0), line(100, 200.0, touches=3, slot=2)]
    assert told(100, lines, [channel(100, 100.0)]) == [200, ("channel", 100)]


def test_three_lines_that_are_worth_more_than_a_channel_leave_it_no_place():
    # 3 touches each: 6 + 6 + 6 against the channel's 6 + 6
    lines = [line(100, height, touches=3, slot=slot) for slot, height in enumerate((40.0, 60.0, 200.0), 1)]
    assert told(100, lines, [channel(100, 100.0)]) == [40, 60, 200]
    # of 8 touches, 6 * 3 = 18, and 18 + 6 against 18
    assert told(100, lines, [channel(100, 100.0, touches=8)]) == [40, ("channel", 100)]


@pytest.mark.parametrize("height", [100.0, 120.0])
def test_a_trendline_along_a_line_of_the_channel_is_that_line(height):
    # within 3 points, 0.75 of an ATR of 4
    lines = [line(100, height + 2.9), line(100, 60.0, slot=2)]
    assert told(100, lines, [channel(100, 100.0)]) == [60, ("channel", 100)]
    apart = [line(100, height + 3.1), line(100, 60.0, slot=2, touches=3)]
    assert told(100, apart, [channel(100, 100.0)]) == [60, ("channel", 100)]


def test_a_channel_is_worth_no_less_than_the_line_that_it_says():
    # the line alone, of 5 touches: 4 * 3 = 12; its channel, of 4, only 6
    assert told(100, [line(100, 100.0, touches=5)], [channel(100, 100.0)]) == [("channel", 100)]


def test_of_two_lines_that_are_one_to_the_eye_the_better_is_told():
    # their slopes lie 0.07 apart: a gap of 7 points after 100 bars, 3.5 on average, against 3
    assert told(100, [line(100, 100.0), line(100, 100.0, slope=0.55, touches=3, slot=2)]) == [100]
    assert told(100, [line(100, 100.0), line(100, 100.0, slope=0.57, slot=2)]) == [100, 100]
    better = Told([line(100, 100.0), line(100, 100.0, slope=0.55, touches=3, slot=2)], (), ATR).at(100)
    assert [kept.slope for kept in better.kept] == [0.55]


def test_what_is_told_gives_way_only_to_what_is_half_as_good_again():
    # beside the channel stands a line worth 3; one drawn later is worth log2(span / 10)
    first = line(100, 60.0)
    for span, stands in ((10 * 2**4.4, 60), (10 * 2**4.6, 200)):  # 4.5 is half as good again
        second = line(300, 200.0, span=math.ceil(span), slot=2)
        assert told(300, [first, second], [channel(100, 100.0)]) == [stands, ("channel", 100)]


def test_a_line_that_broke_is_told_for_two_months_if_it_was_told_before():
    broken = line(100, 60.0, ended=200, ending="broken")
    assert [told(row, [broken]) for row in (199, 200)] == [[60], [("broken", 60)]]
    assert [told(row, [broken]) for row in (200 + NEWS - 1, 200 + NEWS)] == [[("broken", 60)], []]
    unseen = [line(100, 40.0, touches=3, ended=200, ending="broken"), line(100, 60.0, slot=2, ended=200, ending="broken")]
    assert told(200, unseen, [channel(100, 100.0)]) == [("broken", 40), ("channel", 100)]


def test_a_line_that_is_forgotten_or_outrun_is_not_told_any_more():
    assert told(200, [line(100, 60.0, ended=200, ending="stale")]) == []
    assert told(200, [line(100, 60.0, ended=200, ending="outrun")]) == []


def test_a_break_counts_half_after_a_month():
    # a line of 3 that broke beside the channel, 4.5 as it is told; one of 3 in its place only when the break is old, at 2.25
    lines = [line(100, 60.0, ended=200, ending="broken"), line(205, 200.0, slot=2)]
    assert told(200 + HALVING - 1, lines, [channel(100, 100.0)]) == [("broken", 60), ("channel", 100)]
    assert told(200 + HALVING, lines, [channel(100, 100.0)]) == [200, ("channel", 100)]


def test_a_line_that_broke_gives_way_to_one_along_it_that_holds():
    lines = [line(100, 100.0, touches=6, ended=200, ending="broken"), line(205, 101.0, slot=2)]
    assert told(204, lines) == [("broken", 100)]
    assert told(205, lines) == [101]


def test_a_channel_that_broke_is_told_if_it_was_and_gives_way_to_a_new_one():
    broken = channel(100, 100.0, ended=200, ending="broken down")
    assert told(200, [], [broken]) == told(200 + NEWS - 1, [], [broken]) == [("broken channel", 100)]
    assert told(200 + NEWS, [], [broken]) == []
    assert told(230, [], [broken, channel(230, 300.0)]) == [("channel", 300)]


def test_a_trendline_that_holds_says_more_than_the_channel_that_broke_along_it():
    along = line(150, 101.0)
    assert told(200, [along], [channel(100, 100.0, ended=200, ending="broken down")]) == [101, ("broken channel", 100)]


class ToldFromTheFirst(Told):
    """The same choice, walked from the first line on."""

    def _begins_anew(self, row):
        return False


@st.composite
def lives(draw, make, heights):
    """Lines or channels in the order in which they were drawn, each of which may be broken, stale or still there."""
    known, found = 0, []
    for slot in range(draw(st.integers(0, 12))):
        known += draw(st.integers(0, 40))
        ending = draw(st.sampled_from(["broken", "stale", ""]))
        found.append(
            make(
                known,
                draw(st.sampled_from(heights)),
                touches=draw(st.integers(2, 6)),
                ended=known + draw(st.integers(0, 90)) if ending else None,
                ending=ending,
                **({"slot": slot} if make is line else {}),
            )
        )
    return found


@given(lines=lives(line, [60.0, 62.0, 100.0, 119.0, 200.0]), channels=lives(channel, [40.0, 98.0, 100.0]), data=st.data())
def test_wherever_the_choice_begins_anew_it_tells_what_it_would_have_told(lines, channels, data):
    first, anew = ToldFromTheFirst(lines, channels, ATR), Told(lines, channels, ATR)
    for row in data.draw(st.lists(st.integers(0, 600), max_size=8)):  # in any order, before the rest is walked
        assert anew.at(row) == first.at(row)
    assert list(anew.changes()) == list(first.changes())


def lines_in(bars):
    return lines_of(bars, swings_of(bars, Settings()))


def count(told):
    return len(told.kept) + (told.broken is not None) + 2 * (told.channel is not None)


def is_right(lines):
    """At most three on every row, none after its end, and each change at the beginning or the end of something."""
    changes = list(lines.told.changes())
    assert all(a < b and before != now for (a, before), (b, now) in pairwise(changes))
    for row, now in changes:
        assert 0 <= count(now) <= MOST
        assert all(line.known <= row and (line.ended is None or line.ended > row) for line in now.kept)
        assert now.broken is None or (now.broken.ending == "broken" and 0 <= row - now.broken.ended < NEWS)
        assert len(lines.drawn_at(row)) <= MOST


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(20, 399))
def test_at_most_three_are_told_and_no_later_bar_changes_what_was(seed, other, t):
    bars = walk(seed, 400)
    lines = lines_in(bars)
    is_right(lines)
    for later in (bars.until(bars.dates[t].astype(object)), with_future(bars, t, other)):
        again = lines_in(later)
        for row in range(t + 1):
            assert again.drawn_at(row) == lines.drawn_at(row)


@pytest.mark.parametrize("name", ["rty_tv.csv", "es_tv.csv", "spy.csv", "vix.csv"])
def test_on_real_bars_at_most_three_are_told_and_the_set_changes_once_in_three_weeks(shared, name):
    bars = real_bars(shared, name)
    lines = lines_in(bars)
    is_right(lines)
    days = [{(drawn.first, drawn.slope) for drawn in lines.drawn_at(row)} for row in range(300, len(bars))]
    changed = np.mean([before != now for before, now in pairwise(days)])
    assert 0 < changed < 1 / 15


@pytest.mark.parametrize("name", ["rty_tv.csv", "spy.csv", "vix.csv"])
def test_on_real_bars_the_choice_begins_anew_once_in_a_year_and_tells_the_same(shared, name):
    bars = real_bars(shared, name)
    lines = lines_in(bars)
    first = ToldFromTheFirst(lines.trendlines, lines.channels, lines.atr)
    assert list(lines.told.changes()) == list(first.changes())
    rows = range(len(bars) - 1, -1, -1)
    again = lines_in(bars).told
    assert [again.at(row) for row in rows] == [first.at(row) for row in rows]
    begins = {again._begin(row) for row in rows}
    assert len(begins) > len(bars) / 300


@pytest.mark.parametrize("name", ["rty_tv.csv", "spy.csv"])
def test_on_real_bars_a_rewritten_future_moves_no_line_of_the_past(shared, name):
    bars = real_bars(shared, name)
    lines, at = lines_in(bars), range(300, len(bars), 97)
    for t in at:
        again = lines_in(with_future(bars, t, t))
        assert again.drawn_at(t) == lines.drawn_at(t)
        assert again.drawn_at(t - 40) == lines.drawn_at(t - 40)
