"""Where the market is now, told by a word, a mark or a place of its own; and what is only the last of its kind."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "the low of last Friday is a level": (
        "ES globex\nLast 6,044.50\n\nAbove\n6,052.25  overnight high\n6,100  round number\n\nBelow\n"
        "6,036  last session's low\n5,963.50  last Friday's low\n",
        "I last 6044.5|L resistance extreme 6052.25|L resistance round 6100|L support extreme 6036|L support extreme 5963.5",
    ),
    "the high of last Wednesday is a level": (
        "CL last 73.77\nRes 75.20\nRes 76.57  last Wednesday's high\nSupp 72.40  last month's low\n",
        "I last 73.77|L resistance level 75.2|L resistance extreme 76.57|L support extreme 72.4",
    ),
    "a mark beside the price, and last night beside another": (
        "NQ\n24,810 resistance\n24,655 <- last\n24,500 support\n24,390 last night's low, support\n",
        "I last 24655|L resistance level 24810|L support level 24500|L support extreme 24390",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_is_last_is_told_from_what_was(note):
    assert agrees(note) is True
