"""A MACD's line, its signal and their difference, and averages of other bars beside them."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

NOTE = "RTY daily note, 14 March 2025\n\nThe Russell 2000 future last traded at 2,056.4. {}\n\nSupport 2,020, resistance 2,100."


def values(words):
    found = read_note(text_of(NOTE.format(words).encode(), name="a note")).indicators
    return [f"{i.name} {i.value.low:g}" for i in found if i.name != "last"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MACD (12, 26, 9) has crossed down at 17.6 versus 19.1 for the signal line.", ["macd 17.6", "macd.signal 19.1"]),
        ("The MACD histogram has shrunk to 1.4 from 3.2.", ["macd.histogram 1.4"]),
        ("The MACD (12/26/9) reads minus 14.2, its signal minus 11.9.", ["macd -14.2", "macd.signal -11.9"]),
        ("MACD -14.2 / -11.9 / -2.3", ["macd -14.2", "macd.signal -11.9", "macd.histogram -2.3"]),
        ("MACD 12.4 > signal 9.8", ["macd 12.4", "macd.signal 9.8"]),
        ("MACD crossed above zero on Tuesday.", []),
    ],
)
def test_a_macd_has_three_values(words, expected):
    assert values(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("In the long term picture, 55 M EMA (now at 2,031) was tested in June.", []),
        ("Support is the 200-day M.A., 2,040.", ["sma_200 2040"]),
        ("Two closes in a row under the 200-day, or a VIX north of 22.", []),
        ("Moving averages      21 day  2,035     55 day  2,047", ["sma_21 2035", "sma_55 2047"]),
    ],
)
def test_a_number_beside_an_average_is_not_always_its_value(words, expected):
    assert values(words) == expected


def test_the_price_of_a_former_note_is_no_last_price():
    note = "USD/JPY\n\nOur update from last Thursday (04 Jul, spot at 161.55) still stands. Support 159.80, resistance 161.95."
    assert not [i for i in read_note(text_of(note.encode(), name="a note")).indicators if i.name == "last"]
