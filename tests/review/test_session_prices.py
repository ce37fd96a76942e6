"""Prices that sessions left behind are levels where a note lists them, whatever heads the list."""

import pytest
from small_notes import agrees

NOTES = {
    "short names in lines": (
        "ES prep\n\nLast 6,842.25\npdH 6,880.50\npdL 6,829.00\nyVAH 6,868.00\nyPOC 6,840.50\n",
        "I last 6842.25|L resistance extreme 6880.5|L support extreme 6829|L resistance level 6868|L support level 6840.5",
    ),
    "names written out": (
        "CL morning sheet\nTrading at 58.90\nPrior Week High 61.20\nPrior Week Low 57.44\nMonthly Open 60.05\nNaked POC 57.90\n",
        "I last 58.9|L resistance extreme 61.2|L support extreme 57.44|L resistance level 60.05|L support level 57.9",
    ),
    "a pair with its letters beside the prices": (
        "Gold futures\n\nlast 4,012.30\nprev day H 4,043.1 / L 3,998.6\nRSI 54\n",
        "I last 4012.3|I rsi_14 54|L resistance extreme 4043.1|L support extreme 3998.6",
    ),
    "the day's own high and low among its values are none": (
        "Gold futures\n\nLast 4,012.30\nHigh 4,043.10\nLow 3,998.60\nOpen 4,005.00\n",
        "I last 4012.3",
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_prices_of_sessions_in_a_list_are_levels(name):
    assert agrees(NOTES[name]) is True
