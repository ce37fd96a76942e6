"""The leg that a retracement or projection is measured on: its ends are no prices of the note."""

import pytest
from small_notes import agrees

NOTES = {
    "a projection from a third price": (
        "EUR/USD outlook\n\nAbove 1.1400 the aim is the 61.8% projection of 1.0176 to 1.1326 from 1.0780 at 1.1491.",
        "S up - - 1.1491",
    ),
    "a retracement as support": (
        "EUR/USD outlook\n\nSupport is the 38.2% retracement of 1.0176 to 1.1917 at 1.1252.",
        "L support fibonacci 1.1252",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_only_where_the_measure_ends_is_a_price_of_the_note(note):
    assert agrees(note) is True
