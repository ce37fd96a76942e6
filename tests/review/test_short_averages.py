"""In a column of lengths five days are an average; alone they are a stretch of time."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def values(words):
    found = read_note(text_of(words.encode(), name="a note")).indicators
    return {i.name: i.value.low for i in found if i.name != "last"}


TABLES = {
    "spaces": "RTY last 2,212.4\n\nAverages\n5-day      2,243.1\n20-day     2,198.0\n50-day     2,156.3\n\nSupport 2,190\n",
    "pipes": (
        "RTY last 2,212.4\n\n| Period | Moving average | Price change |\n|---|---|---|\n| 5-Day | 2,243.1 | -30.7 |\n"
        "| 20-Day | 2,198.0 | +14.4 |\n| 50-Day | 2,156.3 | +56.1 |\n\nSupport 2,190\n"
    ),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_length_among_lengths_is_an_average(table):
    assert values(table) == {"sma_5": 2243.1, "sma_20": 2198.0, "sma_50": 2156.3}


def test_exponential_averages_are_called_so_by_their_heading():
    table = TABLES["spaces"].replace("Averages", "Exponential averages")
    assert values(table) == {"ema_5": 2243.1, "ema_20": 2198.0, "ema_50": 2156.3}


def test_a_column_of_other_things_by_days_is_none_of_averages():
    assert values(TABLES["spaces"].replace("Averages", "Historical volatility").replace("2,", "")) == {}
    alone = "RTY last 2,212.4\n\nMoves\n5-day      2,243.1\n2-week     2,198.0\n\nSupport 2,190\n"
    assert values(alone) == {}


def test_a_reading_before_an_average_is_no_length_of_its_list():
    assert values("Gold $3,372\n\nRSI 55, 20-day average $3,308\n\nSupport $3,340\n") == {"rsi_14": 55.0, "sma_20": 3308.0}


def test_days_before_an_oscillator_are_its_length():
    table = "RTY last 2,212.4\n\n14-day relative strength     43.85%\n9-day average true range    36.2\n\nSupport 2,190\n"
    assert values(table) == {"rsi_14": 43.85, "atr_9": 36.2}


def test_what_an_average_or_the_price_has_changed_is_no_last_price():
    note = "Nikkei 225\n\n5-day MA 46,610 +3.0%\nSettlement price    48,010    change +1,640 (+3.54%)\n\nSupport 47,200\n"
    found = read_note(text_of(note.encode(), name="a note")).indicators
    assert [(i.name, i.value.low) for i in found] == [("sma_5", 46610.0), ("last", 48010.0)]
