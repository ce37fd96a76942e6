"""An average that a sentence calls support or resistance is a level, wherever its value stands."""

from __future__ import annotations

import pytest
from small_notes import read


def levels(text):
    return sorted((side, kind, low) for what, side, kind, (low, _) in (x for x in read(text) if x[0] == "L"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The 50-day (2,291) and the 200-day (2,214) averages are support; RTY 2,318.", [("support", 2214), ("support", 2291)]),
        ("RTY 2,318 last. 20 SMA 2,300, 50 EMA 2,280. Support: 50 EMA.", [("support", 2280)]),
        ("Cattle 358 last hug the 10-day average of 357. Nearest support is that average.", [("support", 357)]),
        ("ES 5,900. EMA(20) = 5,950, EMA(50) = 5,990; each is resistance.", [("resistance", 5950), ("resistance", 5990)]),
        ("The 200-day (2,178) is the only support left on our page; RTY closed at 2,189.", [("support", 2178)]),
        ("The 100-day average, 2,400, has turned into resistance. RTY 2,318.", [("resistance", 2400)]),
        ("It lost its 50-day (1,209), and what was support is resistance.", [("resistance", 1209)]),
        ("RTY 5,000. At 4,941 waits the hundred-day, support at every dip.", [("support", 4941)]),
        (
            "ES 5,700. Neither the 20-day (5,798) nor the 50-day (5,842) was touched. They are resistance.",
            [("resistance", 5798), ("resistance", 5842)],
        ),
    ],
)
def test_the_average_is_a_level_of_that_side(text, found):
    assert levels(text) == [(side, "average", price) for side, price in found]


@pytest.mark.parametrize(
    "text",
    [
        "The 50-day average (2,291) is no longer support.",
        "The 50-day average is at 2,291. There is no support here.",
        "RSI is above its average; support is thin.",
    ],
)
def test_where_the_sentence_denies_it_there_is_no_level(text):
    assert levels(text) == []
