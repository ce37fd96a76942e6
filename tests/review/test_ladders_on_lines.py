"""Ladders in tables and on one line with the last price among them, and sides that go on from one sentence to the next."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = (
    (
        "NQ now 24,860\nPDH 25,146 | PDL 24,641\nONH 25,005 / ONL 24,690",
        "L resistance extreme 25146|L support extreme 24641|L resistance extreme 25005|L support extreme 24690|I last 24860",
    ),
    # position against the last price on the line decides
    (
        "Platinum intraday\n\nSupports and resistances: 1,062.0 ** 1,055.5 * 1,048.2 Last 1,040.0 ** 1,031.5 *",
        "L resistance level 1062|L resistance level 1055.5|L support level 1040|L support level 1031.5",
    ),
    # an average between the rows of a ladder is one of its levels
    (
        "WTI\n\n| Price | Turning point |\n|---|---|\n| 69.40 | 1-Month High |\n| 65.80 | Pivot Point 2nd Resistance |\n"
        "| 64.70 | 40-Day Moving Average |\n| 64.50 | Pivot Point |\n| 64.30 | LAST |\n| 63.20 | Pivot Point 2nd Support |\n"
        "| 61.30 | 1-Month Low |",
        "L resistance extreme 69.4|L resistance pivot 65.8|L resistance average 64.7|L pivot pivot 64.5|L support pivot 63.2|"
        "L support extreme 61.3|I last 64.3|I sma_40 64.7",
    ),
    # another level without a price of its own leaves the one before it what it is
    (
        "Palm oil trades above its 50-day SMA at 4,168. Support is pegged at 4,225, and then at the 50-day SMA.",
        "L support level 4225|L support average 4168|I sma_50 4168",
    ),
    # a target that comes within reach is no level, though it lies above the resistance
    (
        "Resistance is at 2,750. Above it, the 2,800 mark would come within reach.",
        "L resistance level 2750|S up - - 2800",
    ),
    (
        "The 2,600 mark is resistance. So is the shelf at 2,490, which was support for weeks.",
        "L resistance level 2600|L resistance level 2490",
    ),
)  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=[text[:24] for text, _ in NOTES])
def test_a_place_in_a_list_tells_what_a_price_is(note):
    assert agrees(note) is True
