"""Sheets of desks: sides over items and columns of orders, axes of drawn charts, lines named by their trend."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "ETH 2,860\n\n🔴 Resistance\n$2,920 ... Monday's high\n$3,050 ... broken shelf\n🟢 Support\n$2,780 ... 4H "
            "demand\n$2,640 ... last Friday's low\n"
        ),
        ("I last 2860|L resistance extreme 2920|L resistance level 3050|L support level 2780|L support extreme 2640"),
    ),
    (
        (
            "NQ map, last 24,880\n\nUpside references\n  24,985   prior day high\n  25,210   \nDownside references\n  "
            "24,700   50-day moving average\n  24,480   swing low of March 30\n"
        ),
        (
            "I last 24880|I sma_50 24700|L resistance extreme 24985|L resistance level 25210|"
            "L support average 24700|L support extreme 24480"
        ),
    ),
    (
        ("Figure 1: S&P 500, daily\n\n 6000 |\n 5600 |\n 5200 |\n 4800 |\n\nThe index closed at 5,199.5. Support is at 5,119.\n"),
        "I last 5199.5|L support level 5119",
    ),
    (
        (
            "Bund 130.29 last. Trend resistance off the 13 June high comes in at 130.97; beneath 129.57 the "
            "late-May gap at 128.94 is support.\n"
        ),
        "I last 130.29|L resistance line 130.97|L support gap 128.94",
    ),
    (
        (
            "bids                       mid       offers\nEURUSD    1.1560, 1.1530-35, 1.1500       1.1588    "
            "1.1610, 1.1635-40, 1.1690-00\nGBPUSD    1.3125-30, 1.3085               1.3152    1.3180, 1.3215-20\n"
        ),
        (
            "I last 1.1588|I last 1.3152|L support level 1.156|L support level 1.153-1.1535|L support level 1.15|"
            "L resistance level 1.161|L resistance level 1.1635-1.164|L resistance level 1.169-1.17|"
            "L support level 1.3125-1.313|L support level 1.3085|L resistance level 1.318|"
            "L resistance level 1.3215-1.322"
        ),
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_sheet_is_read_as_its_desk_meant_it(note):
    assert agrees(note) is True
