"""Headings that name a side in other words, and tables that tell what a level is in the row below it or out of order."""

from __future__ import annotations

import pytest
from small_notes import agrees

from levelhead.review.headings import side_of

HEADS = {
    "Walls above": "resistance", "Cushions below": "support", "Underfoot": "support", "Upstairs": "resistance",
    "Where sellers wait": "resistance", "Where I expect buyers": "support", "Obstacles on the way up": "resistance",
    "What lies below": "support", "Lines above the market": "resistance", "Safety net": "support",
    "FLOOR PIVOTS FOR TODAY": "", "Tags: RTY, small caps": "", "Bulls in control": "", "The bulls": "", "Trend: up": "",
    "Put wall and call wall": "", "Higher timeframe": "", "Up next": "",
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_a_short_heading_sets_the_side_its_words_name(head):
    assert side_of(head) == HEADS[head]


NOTES = {
    "walls and cushions": (
        "# Ether\nEther closed at 2,480.\n\n### Walls above\n\n| Price | Note |\n|---|---|\n| 2,560 | rejection of Monday |\n"
        "| 2,700 | big round number |\n\n### Cushions below\n\n| Price | Note |\n|---|---|\n| 2,410 | breakout base |\n"
        "| 2,333 | 50-day SMA |\n",
        "I last 2480|I sma_50 2333|L resistance level 2560|L resistance round 2700|L support level 2410|L support average 2333",
    ),
    "what a level is stands below it": (
        "# Euro, 1.1700\n| | S2 | S1 | R1 | R2 |\n|---|---|---|---|---|\n| Level | 1.1556 | 1.1680 | 1.1789 | 1.1830 |\n"
        "| Nature | July low | – | 61.8% Fibonacci | last week's high |\n",
        "I last 1.17|L support extreme 1.1556|L support level 1.168|L resistance fibonacci 1.1789|L resistance extreme 1.183",
    ),
    "a row out of its order": (
        "Gold 3,320 now\n| Where | What |\n|---|---|\n| 3,390 | May high |\n| 3,370 | POC of the week |\n| 3,355 | gap |\n"
        "| 3,300 | VAL |\n| 3,310 | overnight low |\n| 3,250 | swing low |\n",
        "I last 3320|L resistance extreme 3390|L resistance level 3370|L resistance gap 3355|L support level 3300|"
        "L support extreme 3310|L support extreme 3250",
    ),
    "a side of today and one of before": (
        "RTY 2,286\nFloors\n   2,252     Tuesday's opening drive\n   2,143     spring lid, now support\n"
        "   2,079     former cap turned floor\nCeilings\n   2,300   old support, resistance today\n"
        "   2,335   broken floor, a lid since June\n",
        "I last 2286|L support level 2252|L support level 2143|L support level 2079|L resistance level 2300|"
        "L resistance level 2335",
    ),
    "a pattern of several highs": (
        "Copper closed at 4.52. Support is seen at 4.40, the double bottom of May. Resistance is at 4.70, a triple top.\n",
        "I last 4.52|L support level 4.4|L resistance level 4.7",
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_such_a_note_is_read_whole(name):
    assert agrees(NOTES[name]) is True
