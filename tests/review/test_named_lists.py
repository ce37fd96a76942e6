"""Several names and as many prices in one line, and names of sessions without commas between them."""

import pytest
from small_notes import agrees

NOTES = {
    "rows of pivots that their first cell numbers": (
        "EUR/USD pivot points\n\nResistance (R1-R3) | 1.1712 | 1.1735 | 1.1760\nPivot | 1.1690\n"
        "Support (S1-S3) | 1.1668 | 1.1640 | 1.1618\n",
        "L resistance pivot 1.1712|L resistance pivot 1.1735|L resistance pivot 1.176|L pivot pivot 1.169|L support pivot 1.1668|"
        "L support pivot 1.164|L support pivot 1.1618",
    ),
    "a high, a low and a settlement by strokes": (
        "NQ levels\n\nLast 24,780\n\nPrior day high/low/settle: 24,897 / 24,488 / 24,712\n",
        "I last 24780|L resistance extreme 24897|L support extreme 24488",
    ),
    "their short names": (
        "NQ levels\n\nLast 24,780\n\nPDH/PDL: 24,897 / 24,488\n",
        "I last 24780|L resistance extreme 24897|L support extreme 24488",
    ),
    "the day's own figures give only its close": (
        "NQ\n\nHigh/Low/Close: 24,897/24,488/24,712\n",
        "I last 24712",
    ),
    "names of sessions one behind the other": (
        "ES daily\n\nLast 6,730\n\nONH 6,765.50 ONL 6,702.25.\n",
        "I last 6730|L resistance extreme 6765.5|L support extreme 6702.25",
    ),
    "a support behind the price whose loss leads there": (
        "GBP/JPY\n\nLast 205.64. If it falls below 205.00, the first support would be the November low at 203.94.\n",
        "I last 205.64|L support extreme 203.94",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_each_name_has_its_price(note):
    assert agrees(note) is True
