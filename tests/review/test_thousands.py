"""Thousands parted as people part them: by thin blanks, plain blanks, apostrophes beside bonds in ticks, and behind a currency."""

import pytest
from small_notes import agrees

NOTES = {
    "thin blanks": (
        "RTY daily\n\nThe contract closed at 2\u202f402.5. RSI 55.\n\nSupport 2\u202f380, resistance 2\u202f440 – 2\u202f450.\n",
        "I last 2402.5|I rsi_14 55|L support level 2380|L resistance level 2440-2450",
    ),
    "plain blanks, beside decimals with a point": (
        "RTY daily\n\nLast 2 402.5\nRSI (14) 55.2\n\nSupport 2 380\nResistance 2 440\n\nSuite 1812, Chicago\n",
        "I last 2402.5|I rsi_14 55.2|L support level 2380|L resistance level 2440",
    ),
    "apostrophes, and a bond beside them that trades in thirty-seconds": (
        "Dow last 44'880. Support 44'700, resistance 45'020.\n\nTen-year note 111'20, support 111'125.\n",
        "I last 44880|L support level 44700|L resistance level 45020|I last 111.625|L support level 111.390625",
    ),
    "apostrophes behind a currency": (
        "Palm oil (FCPO) settled at RM4’562.\n\nSupport RM4’505, resistance RM4’600\n",
        "I last 4562|L support level 4505|L resistance level 4600",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_thousands_are_read_however_they_are_parted(note):
    assert agrees(note) is True
