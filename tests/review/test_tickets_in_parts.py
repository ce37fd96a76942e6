"""Trades told in parts: profits in several clips, a side in the heading, fields a line each."""

import pytest
from small_notes import agrees

NOTES = {
    "one off and one more": (
        "Buy 3 coffee at 384.50, stop at 371.00, take one off at 398, one at 410, and leave one on.",
        "T long 384.5 371 398,410",
    ),
    "sell half, sell the balance": (
        "Accumulate gold on weakness at 3,985 to 4,000. Exit if 3,930 trades. Sell half at 4,110; sell the balance at 4,240.",
        "T long 3985-4000 3930 4110,4240",
    ),
    "the side in the heading": (
        "GBPJPY LONG IDEA\n\nZone 203.10/203.35\n\nProtective stop 202.60\n\n1st objective 204.50\n\n2nd objective 205.40",
        "T long 203.1-203.35 202.6 204.5,205.4",
    ),
    "a short end of a zone": ("Go long on dips to 1.1800/10, S/L 1.1760, T/P 1.1900.", "T long 1.18-1.181 1.176 1.19"),
    "is a buy": ("A pullback into 6,640-6,655 is a buy for 6,740, out on a print under 6,612.", "T long 6640-6655 6612 6740"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_trade_in_parts_is_one_trade(note):
    assert agrees(note) is True
