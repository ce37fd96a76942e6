"""Sides that a longer sentence gives its price, and sides that another subject in it has."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "Brent settled at $72.70. The $75 level above is a large, round, psychologically significant figure "
            "and should be massive resistance.\n"
        ),
        "I last 72.7|L resistance round 75",
    ),
    (
        (
            "The pair trades at 1.1620. The 1.1650 area overhead has been tested four times this month and "
            "continues to be a significant resistance barrier.\n"
        ),
        "I last 1.162|L resistance level 1.165",
    ),
    (
        (
            "Gold is at 2,650. The $2,600 level underneath is a large, round, psychologically significant figure, "
            "and I think it will be supported by quite a few buyers.\n"
        ),
        "I last 2650|L support round 2600",
    ),
    (
        (
            "DAX is at 21,280, in the lower half of the 21,100-21,550 breakdown zone, which we regard as the "
            "first serious resistance.\n"
        ),
        "I last 21280|L resistance level 21100-21550",
    ),
    (
        ("Copper last 4.62. Below the market lies the 4.48-4.52 congestion band, which we see as good support.\n"),
        "I last 4.62|L support level 4.48-4.52",
    ),
    (
        ("EUR/GBP is at 0.8420. Sellers defend the 0.8450/60 option cluster, which in our view remains the main resistance.\n"),
        "I last 0.842|L resistance level 0.845-0.846",
    ),
    (
        ("SPX closed at 6,791. Call wall 6,900 is resistance. Odds: 30% that the call wall rolls up and we see 6,950.\n"),
        "I last 6791|L resistance level 6900|S up 0.3 - 6950",
    ),
    (
        (
            "Bitcoin is at $88,640. Support sits at $85,000-$86,000, the November breakout area, and beneath that "
            "at the 200-day EMA at $82.1K.\n"
        ),
        "I last 88640|I ema_200 82100|L support level 85000-86000|L support average 82100",
    ),
    (
        ("Silver last 48.20. Resistance is found at 48.85, the top of last week's spike bar, and above that at 49.50.\n"),
        "I last 48.2|L resistance level 48.85|L resistance level 49.5",
    ),
    (
        "NatGas last 3.42. There is support at 3.31, scene of Monday's reversal, and again at 3.18.\n",
        "I last 3.42|L support level 3.31|L support level 3.18",
    ),
    (
        (
            "DAX 13,544\n\nBarriers on top: 13,795 (high of the week before), 13,948, 14,220 (38.2% of the fall "
            "since January).\nSafety nets: 13,440 (lower channel line), 13,250, 12,950, and 12,390 as the year's "
            "low.\n"
        ),
        (
            "I last 13544|L resistance extreme 13795|L resistance level 13948|L resistance fibonacci 14220|"
            "L support line 13440|L support level 13250|L support level 12950|L support extreme 12390"
        ),
    ),
    (
        (
            "WTI settled at $59.50.\n• Further support: $57.20, then $55.76, last week's low... and December's "
            "$54.98 low.\n• Resistance: $60.00 (round)... $61.45 (200-day average)... $62.40.\n"
        ),
        (
            "I last 59.5|I sma_200 61.45|L support level 57.2|L support extreme 55.76|L support extreme 54.98|"
            "L resistance round 60|L resistance average 61.45|L resistance level 62.4"
        ),
    ),
    (
        (
            "Spot 1.2275.\n- Intermediate support 1.2225, then 1.2100 (round figure) and 1.2037, the October 2023 "
            "low.\n\nStrategy: short at 1.2340, stop loss 1.2435, target 1.2110, second target 1.2045.\n"
        ),
        ("I last 1.2275|L support level 1.2225|L support round 1.21|L support extreme 1.2037|T short 1.234 1.2435 1.211,1.2045"),
    ),
    (
        ("RTY 2,476.8 last\n\nAlso on my chart: single prints 2,438.5 to 2,443.0 from 11/26, and the Nov 12 swing high 2,507.4.\n"),
        "I last 2476.8|L support level 2438.5-2443|L resistance extreme 2507.4",
    ),
    (
        (
            "USD/JPY is at 148.25 and has spent all of July on one side of the 100-day moving average (145.10) "
            "and on the other of the 200-day (149.60). Resistance at 150.00. Support 147.50 and 145.85. Below "
            "those, 144.10 is support too.\n"
        ),
        (
            "I last 148.25|I sma_100 145.1|I sma_200 149.6|L resistance level 150|L support level 147.5|"
            "L support level 145.85|L support level 144.1"
        ),
    ),
    (
        (
            "The pair is at 1.3385. It stays above the key 100-day Exponential Moving Average, which stands at "
            "1.3312. The first upside barrier is 1.3456; the initial support level emerges at 1.3355.\n"
        ),
        "I last 1.3385|I ema_100 1.3312|L resistance level 1.3456|L support level 1.3355",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_price_has_the_side_that_its_own_clause_gives(note):
    assert agrees(note) is True
