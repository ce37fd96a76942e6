"""Prices of other markets in a list beside the note, and the cents and eighths of grains."""

import pytest
from small_notes import agrees

NOTES = {
    "a strip of quotes above a note": (
        "GBP/USD 1.3388   USD/JPY 155.62\n\nEuro forecast\n\n"
        "The euro (EURUSD) trades at 1.1735. Support: 1.1633. Resistance: 1.1830.",
        "I last 1.1735|L support level 1.1633|L resistance level 1.183",
    ),
    "items of quotes below a note": (
        "Tesla: levels\n\nTSLA closed at 214.20. Resistance 221.50.\n\n- AAPL 227.50\n- NVDA 118.10\n- MSFT 408.40\n",
        "I last 214.2|L resistance level 221.5",
    ),
    "markets that the note speaks of keep their price": (
        "ES 6,412.50 (+0.3%), NQ 23,410 (+0.5%)\n\nES: support 6,380.\nNQ: resistance 23,600.",
        "I last 6412.5|I last 23410|L support level 6380|L resistance level 23600",
    ),
    "a note that is nothing but quotes": ("ES 6,412.50 (+0.3%), NQ 23,410 (+0.5%)", "I last 6412.5|I last 23410"),
    "cents and eighths": (
        "Wheat note\n\nWheat settled at 521-6.\nSupport 515-0, 506-4. Resistance 530-2.",
        "I last 521.75|L support level 515|L support level 506.5|L resistance level 530.25",
    ),
    "a range of cents": ("Wheat note\n\nWheat settled at 521. Support 515-7.", "I last 521|L support level 515-517"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_stands_beside_a_note_is_not_taken_for_its_own(note):
    assert agrees(note) is True
