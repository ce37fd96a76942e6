"""Tables copied one cell a line: the lines of a row repeat the kinds of the row before, whatever the columns are called."""

import pytest
from small_notes import agrees

from levelhead.review.row_kinds import kind
from levelhead.review.source import text_of

NOTES = {
    "columns of unknown names": (
        "RTY, 2,210.4\n\nHaunt\nLeaning\nBecause\n2,240\nCeiling\nhigh of May\n"
        "2,185\nFloor\nopen of the week\n2,150\nFloor\nlow of May\n",
        "I last 2210.4|L resistance extreme 2240|L support level 2185|L support extreme 2150",
    ),
    "a corner without a name": (
        "Gold 2,405\n\nPrice\nNote\nRes\n2,431\nJune high\nRes\n2,418\nyesterday's high\nSup\n2,390\n20-day SMA\n",
        "I last 2405|L resistance extreme 2431|L resistance extreme 2418|L support average 2390|I sma_20 2390",
    ),
    "last cells missing": (
        "ES 5,310\n\nSide\nZone\nRemark\nResistance\n5,360\nApril high\nResistance\n5,335–5,340\n"
        "Support\n5,280\n50-day SMA\nSupport\n5,240\nround\n",
        "I last 5310|L resistance extreme 5360|L resistance level 5335-5340|"
        "L support average 5280|L support round 5240|I sma_50 5280",
    ),
    "markets with six numbers each": (
        "Ticker\nLast\nSupp. 1\nSupp. 2\nRes. 1\nRes. 2\n"
        "KO\n62.40\n61.80\n61.10\n63.00\n63.90\nPEP\n171.20\n169.50\n168.00\n173.10\n175.00\n",
        "I last 62.4|L support level 61.8|L support level 61.1|L resistance level 63|L resistance level 63.9|"
        "I last 171.2|L support level 169.5|L support level 168|L resistance level 173.1|L resistance level 175",
    ),
    "values under a heading": (
        "Field\nValue\nClose\n4.512\n20-day SMA\n4.420\nRSI (14)\n58.3\n",
        "I last 4.512|I sma_20 4.42|I rsi_14 58.3",
    ),
    "tickets with their names above": (
        "Crude Oil 71.20\n\n"
        "Idea A\nIdea B\nDirection\nLong\nShort\nEntry\n70.50\n72.80\nStop\n69.40\n73.90\nTarget\n73.00\n70.10\n",
        "T long 70.5 69.4 73|T short 72.8 73.9 70.1|I last 71.2",
    ),
    "cells between semicolons": (
        "Field;Value\nClose;4,512.50\nSMA 20;4,420\nRSI (14);58.3\n",
        "I last 4512.5|I sma_20 4420|I rsi_14 58.3",
    ),
    "rows between empty lines, a row of which is short": (
        "Zone\nRole\nWhy\n\n1,402\nResistance\nSpring high\n\n1,371\nSupport\n\n1,355\nSupport\n200-day SMA\n",
        "L resistance extreme 1402|L support level 1371|L support average 1355|I sma_200 1355",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_row_repeats_the_kinds_of_the_row_before(note):
    assert agrees(note) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,350–2,360", "n"),
        ("45%", "%"),
        (".35", "%"),
        ("3", "i"),
        ("Supp. 2", "d"),
        ("SMA 20", "w"),
        ("55% (60% on CPI)", "m"),
        ("–", "g"),
    ],
)
def test_what_a_line_of_a_table_is(text, expected):
    assert kind(text) == expected


def test_a_side_over_its_prices_is_no_table():
    blocks = text_of(b"Levels\n\nResistance\n2,350\n2,380\nSupport\n2,300\n2,280\n", name="n.txt").blocks
    assert not any(block.is_header for block in blocks)
