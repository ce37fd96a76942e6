"""A stretch of time is no average, and what is said to lie beyond a range is not in it."""

from __future__ import annotations

import pytest

from levelhead.review.averages import AVERAGE, average_names
from levelhead.review.read import read_note
from levelhead.review.source import text_of


def averages(text):
    return [name for found in AVERAGE.finditer(text) for name in average_names(text, found)]


@pytest.mark.parametrize(
    "text",
    [
        "It trades under its average; over 12 sessions the chance is even.",
        "The average falls by half a point per ten sessions and lies higher.",
        "The averages have closed up within 20 days, with more to come.",
    ],
)
def test_a_stretch_of_time_beside_an_average_is_none(text):
    assert averages(text) == []


@pytest.mark.parametrize("text", ["Price sits on the 20-day average.", "Of the averages it holds the 20-day, a good sign."])
def test_the_length_of_an_average_still_names_it(text):
    assert averages(text) == ["sma_20"]


def scenarios(text):
    return [(s.direction, s.zone and (s.zone.low, s.zone.high)) for s in read_note(text_of(text.encode())).scenarios]


def test_consolidation_above_a_range_is_not_a_range():
    assert scenarios("RTY closed at 2,036. MACD turns up if the price consolidates above 2,050–2,100.") == []


def test_consolidation_between_two_prices_is_one():
    assert scenarios("RTY closed at 2,076. We stay neutral between 2,050–2,100.") == [("range", (2050, 2100))]
