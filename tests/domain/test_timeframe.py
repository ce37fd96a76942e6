"""Timeframes: their names, their order, and which is made of which."""

from __future__ import annotations

import itertools

import pytest

from levelhead.domain.errors import BadSettings
from levelhead.domain.timeframe import TIMEFRAMES, timeframe_of


@pytest.mark.parametrize("name", TIMEFRAMES)
def test_a_name_that_is_read_is_printed_again(name):
    assert str(timeframe_of(name)) == name


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("60m", "1h"),
        ("240m", "4h"),
        ("90m", "90m"),
        ("5min", "5m"),
        ("1H", "1h"),
        ("D", "1d"),
        ("weekly", "1w"),
        ("1wk", "1w"),
        ("1Mo", "1mo"),
    ],
)
def test_other_names_of_the_same(other, name):
    assert str(timeframe_of(other)) == name


@pytest.mark.parametrize("text", ["", "0m", "7m", "5h", "24h", "1440m", "2d", "1y", "5", "m5", "99999m"])
def test_what_is_no_timeframe_is_refused_with_those_there_are(text):
    with pytest.raises(BadSettings, match=r"is no timeframe; give one of 1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w, 1mo, or minutes"):
        timeframe_of(text)


def test_they_are_ordered_from_the_shortest_to_the_longest():
    frames = [timeframe_of(name) for name in TIMEFRAMES]
    longest_first = frames[::-1]
    assert sorted(longest_first) == frames
    assert all(a < b for a, b in itertools.pairwise(frames))


def test_a_bar_is_made_of_whole_bars_that_divide_it():
    assert timeframe_of("5m").divides(timeframe_of("15m"))
    assert not timeframe_of("10m").divides(timeframe_of("15m"))
    assert timeframe_of("4h").divides(timeframe_of("1d"))
    assert timeframe_of("1d").divides(timeframe_of("1mo"))
    assert not timeframe_of("1w").divides(timeframe_of("1mo"))  # a month ends within a week
    assert not timeframe_of("1d").divides(timeframe_of("4h"))
    for name in TIMEFRAMES:
        assert timeframe_of(name).divides(timeframe_of(name))


def test_what_a_bar_is_called():
    assert [timeframe_of(name).noun for name in ("5m", "4h", "1d", "1w", "1mo")] == ["bar", "bar", "day", "week", "month"]
    assert [timeframe_of(name).adjective for name in ("5m", "4h", "1d", "1w", "1mo")] == [
        "5-minute",
        "4-hour",
        "daily",
        "weekly",
        "monthly",
    ]
