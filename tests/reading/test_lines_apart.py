"""Which lines a chart draws: of those that run along each other, one."""

from __future__ import annotations

import pytest

from levelhead.reading.lines import Drawn
from levelhead.reading.series import apart

SHOWN = slice(100, 200)
ATR = 4.0


def line(name, height=100.0, slope=0.5, first=100, broken=None):
    return Drawn(name=name, first=first, height=height, slope=slope, broken=broken)


def names(*drawn):
    return [kept.name for kept in apart(drawn, SHOWN, ATR)]


def test_of_two_parallels_within_three_quarters_of_an_atr_the_first_is_drawn():
    assert names(line("line_1"), line("line_2", 102.9)) == ["line_1"]  # 2.9 of 3 points
    assert names(line("line_1"), line("line_2", 103.1)) == ["line_1", "line_2"]


def test_two_lines_from_one_swing_are_one_while_their_mean_gap_is_small():
    # 99 bars on, slopes 0.05 apart: gap 4.95, mean 2.475; slopes 0.07 apart: gap 6.93, mean 3.465
    assert names(line("line_1"), line("line_2", slope=0.55)) == ["line_1"]
    assert names(line("line_1"), line("line_2", slope=0.57)) == ["line_1", "line_2"]


def test_lines_that_cross_are_measured_on_both_sides_of_the_crossing():
    # gaps of -5 and 4.9: the mean of |gap| is (25 + 24.01) / (2 x 9.9) = 2.475; twice as steep, 4.95
    assert names(line("line_1"), line("line_2", 95.0, slope=0.6)) == ["line_1"]
    assert names(line("line_1"), line("line_2", 90.0, slope=0.7)) == ["line_1", "line_2"]


def test_what_lies_before_the_chart_does_not_count():
    # together from row 100 on, a hundred bars earlier 20 points apart
    steep = line("line_2", 100 - 70.0, slope=0.7, first=0)
    assert names(line("line_1", 100 - 50.0, first=0), steep) == ["line_1", "line_2"]  # 19.8 apart at the end
    near = line("line_2", 100 - 52.0, slope=0.52, first=0)
    assert names(line("line_1", 100 - 50.0, first=0), near) == ["line_1"]


def test_a_line_that_broke_gives_way_to_one_that_holds_wherever_it_stands_in_the_list():
    assert names(line("line_broken", 101, broken=150), line("line_1")) == ["line_1"]
    assert names(line("line_broken", 101, broken=150), line("line_1"), line("line_2", 120)) == ["line_1", "line_2"]


def test_a_channel_that_holds_keeps_both_lines_and_is_worth_more_than_a_trendline():
    channel = (line("channel.lower"), line("channel.upper", 102))
    assert names(line("line_1", 101), *channel) == ["channel.lower", "channel.upper"]


def test_a_line_of_a_broken_channel_gives_way_to_a_trendline_that_holds():
    channel = (line("channel.lower", broken=180), line("channel.upper", 130, broken=180))
    assert names(line("line_1", 101), *channel) == ["line_1", "channel.upper"]


@pytest.mark.parametrize("broken", [99, 100])
def test_lines_that_share_no_bars_of_the_chart_do_not_run_along_each_other(broken):
    assert names(line("line_broken", first=50, height=75, broken=broken), line("line_1")) == ["line_broken", "line_1"]
