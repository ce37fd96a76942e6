"""What a price is called by the words right about it, not by those of the next price, of a bar or of what is reckoned."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "First support is 2,387–2,392, last week's breakout area, followed by support at the 20-day average "
            "(2,366). Last 2,410.\n"
        ),
        "L support level 2387-2392|L support average 2366|I last 2410|I sma_20 2366",
    ),
    (
        ("Silver trades at 48.20. Support is seen at 47.30, the top of the old base, and then at the 50-day line (46.10).\n"),
        "I last 48.2|I sma_50 46.1|L support level 47.3|L support average 46.1",
    ),
    (
        (
            "EUR/USD is at 1.1620. Support comes in at 1.1575, where buyers stepped in on Tuesday, ahead of the "
            "200-day SMA (1.1510).\n"
        ),
        "I last 1.162|I sma_200 1.151|L support level 1.1575|L support average 1.151",
    ),
    (
        ("WTI last 60.10. Resistance at 61.40, the upper edge of the past fortnight's congestion, then the March high (62.85).\n"),
        "I last 60.1|L resistance level 61.4|L resistance extreme 62.85",
    ),
    (
        (
            "Bitcoin 97,300\n\nSupport:\n- $94K, range low since New Year\n- $91.2K, the low of the February "
            "flush\nResistance:\n- $102.5K, range high since mid-December\n"
        ),
        "I last 97300|L support extreme 94000|L support extreme 91200|L resistance extreme 102500",
    ),
    (
        ("Stock at $419.60. Support is $405, near the top of the earnings-day bar, and then the rising 50-day at $384.20.\n"),
        "I last 419.6|I sma_50 384.2|L support level 405|L support average 384.2",
    ),
    (
        ("Last 412.0. Support 404.5, the bottom of Tuesday's candle body. Resistance 418.2, the top of the gap-down bar.\n"),
        "I last 412|L support level 404.5|L resistance level 418.2",
    ),
    (
        (
            "Last 112-26\n\nRES 2: 114-10   1.618 proj of the Jul 15 - Aug 5 - 18 price swing\nRES 1: 114-02   "
            "Contract high, Oct 17\nSUP 1: 112-20   Low Oct 30\nSUP 2: 112-01   76.4% retrace of Sep 25 - Oct 17 "
            "bull leg\n"
        ),
        (
            "I last 112.8125|L resistance fibonacci 114.3125|L resistance extreme 114.0625|"
            "L support extreme 112.625|L support fibonacci 112.03125"
        ),
    ),
    (
        (
            "Gold last 3,187.2\n\n| Fib extension | Price | Tag |\n|---|---|---|\n| C = A | 3,146 | support |\n| C = "
            "1.272 x A | 3,064 | support |\n"
        ),
        "I last 3187.2|L support fibonacci 3146|L support fibonacci 3064",
    ),
    (
        (
            "Nikkei futures, last 48,020\n\n| Side | Price | Background |\n|---|---|---|\n| Resistance | "
            "49,000-49,200 | Target of the triangle |\n| Resistance | 48,600 | Projection of the flag |\n| Support "
            "| 47,500 | Gap bottom of 8 Oct |\n| Support | 46,980-47,000 | Monday's close |\n| Support | 45,800 | "
            "Gap top of 3 Oct |\n| Support | 44,900 | Low of the last 52 weeks |\n"
        ),
        (
            "I last 48020|I low_52w 44900|L resistance level 49000-49200|L resistance level 48600|"
            "L support gap 47500|L support level 46980-47000|L support gap 45800|L support extreme 44900"
        ),
    ),
    (
        "DAX last 23,900\n\nPivot:\n23,870\n\nResistances:\n23,990\n24,080\n",
        "I last 23900|L pivot pivot 23870|L resistance level 23990|L resistance level 24080",
    ),
    (
        (
            "Last close            93.40\n52-week high         105.47\n52-week low           66.66\n50-day average   "
            "     87.15\nRSI, 14 days          68\n\nSupport 1: 90.20    Support 2: 87.15 (50-day average)    "
            "Support 3: 84.00\nResistance 1: 95.50    Resistance 2: 98.00-99.00    Resistance 3: 101.20\n"
        ),
        (
            "I last 93.4|I high_52w 105.47|I low_52w 66.66|I sma_50 87.15|I rsi_14 68|L support level 90.2|"
            "L support average 87.15|L support level 84|L resistance level 95.5|L resistance level 98-99|"
            "L resistance level 101.2"
        ),
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_price_is_of_the_kind_that_its_own_words_say(note):
    assert agrees(note) is True
