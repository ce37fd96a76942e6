"""Bare lists of levels: sides over numbers, prices in columns, letters in brackets, signs before prices."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "ES Technical Map\nLast trade: 6,742.00\n\nResistance   6,752  6,768  6,785  6,810\nSupport      6,731  "
            "6,715  6,700  6,672\n"
        ),
        (
            "I last 6742|L resistance level 6752|L resistance level 6768|L resistance level 6785|"
            "L resistance level 6810|L support level 6731|L support level 6715|L support level 6700|"
            "L support level 6672"
        ),
    ),
    (
        (
            "Contract: GCZ5   Last: 4,078.2\nShort-term resistance 4,100 4,132; support 4,046 3,998\nLong-term "
            "resistance 4,250 4,398; support 3,887 3,750\n"
        ),
        (
            "I last 4078.2|L resistance level 4100|L resistance level 4132|L support level 4046|"
            "L support level 3998|L resistance level 4250|L resistance level 4398|L support level 3887|"
            "L support level 3750"
        ),
    ),
    (
        (
            "LEVELS (spot 1.1590)\n1.1728 61.8% Sep/Nov\n1.1669 3 Nov high\n1.1640 21dma\n1.1540 week low\n1.1469 Nov "
            "low\n1.1392 Aug low\n"
        ),
        (
            "I last 1.159|I sma_21 1.164|L resistance fibonacci 1.1728|L resistance extreme 1.1669|"
            "L resistance average 1.164|L support extreme 1.154|L support extreme 1.1469|L support extreme 1.1392"
        ),
    ),
    (
        (
            "Dollar-yen: intraday resistance 154.90-95, 155.20, 155.50 (option barrier). Intraday support "
            "154.20-25, 153.90, 153.60. Now 154.60.\n"
        ),
        (
            "I last 154.6|L resistance level 154.9-154.95|L resistance level 155.2|L resistance level 155.5|"
            "L support level 154.2-154.25|L support level 153.9|L support level 153.6"
        ),
    ),
    (
        "CHF/JPY 191.40: Buy zones 190.60 and 189.80. Sell zones 192.10 and 193.00. Bias: up.\n",
        ("I last 191.4|L support level 190.6|L support level 189.8|L resistance level 192.1|L resistance level 193"),
    ),
    (
        (
            "Wheat, Dec: close 527 1/2. Nearby floor 521, the contract low from 14 October at 492 1/4 far "
            "beneath. Nearby ceiling 535, then the 100-day at 541 3/4.\n"
        ),
        (
            "I last 527.5|I sma_100 541.75|L support level 521|L support extreme 492.25|L resistance level 535|"
            "L resistance average 541.75"
        ),
    ),
    (
        (
            "Dear subscribers, the S&P (6,712) is glued to 6,700. I count three floors: 6,690, 6,650 and 6,600; "
            "and two ceilings: 6,755 and 6,800.\n"
        ),
        (
            "I last 6712|L support level 6690|L support level 6650|L support level 6600|L resistance level 6755|"
            "L resistance level 6800"
        ),
    ),
    (
        (
            "TTF gas front month 30.85 EUR/MWh. Chart support: 30.00 (psychological), 29.20 (contract low). Chart "
            "resistance: 31.60 (20-day avg), 32.50 (gap), 33.40.\n"
        ),
        (
            "I last 30.85|I sma_20 31.6|L support round 30|L support extreme 29.2|L resistance average 31.6|"
            "L resistance gap 32.5|L resistance level 33.4"
        ),
    ),
    (
        (
            "*Levels for Monday*\nShort-term traders: R 23,620 / 23,710; S 23,440 / 23,350\nSwing traders: R 23,980 "
            "(Nov high); S 23,050 (Nov low)\nDAX Friday close 23,512\n"
        ),
        (
            "I last 23512|L resistance level 23620|L resistance level 23710|L support level 23440|"
            "L support level 23350|L resistance extreme 23980|L support extreme 23050"
        ),
    ),
    (
        "Market: NQ\nLast trade: 24,880\nSupport: 24,700\nResistance: 25,050\n",
        "I last 24880|L support level 24700|L resistance level 25050",
    ),
    (
        "Latest trade 4.62 (copper)\nSupports      4.55   4.48   4.40\nResistances   4.70   4.78   4.98\n",
        (
            "I last 4.62|L support level 4.55|L support level 4.48|L support level 4.4|L resistance level 4.7|"
            "L resistance level 4.78|L resistance level 4.98"
        ),
    ),
    (
        (
            "Crude watch\n\nPrice: 58.90\n\nAbove:\n59.85 – 20-day\n61.20 – range top\n62.59 – Oct high\n\nBelow:\n57.90 – "
            "last week's low\n56.80 – range bottom\n55.00 – 2025 low\n"
        ),
        (
            "I last 58.9|I sma_20 59.85|L resistance average 59.85|L resistance level 61.2|"
            "L resistance extreme 62.59|L support extreme 57.9|L support level 56.8|L support extreme 55"
        ),
    ),
    (
        (
            "SUPPORTS\n1st: 2,455\n2nd: 2,430\n3rd: 2,402 (200-day EMA)\n\nRESISTANCES\n1st: 2,505\n2nd: 2,531 (Nov. 6 "
            "high)\n\nRTY settled 2,476.8\n"
        ),
        (
            "I last 2476.8|I ema_200 2402|L support level 2455|L support level 2430|L support average 2402|"
            "L resistance level 2505|L resistance extreme 2531"
        ),
    ),
    (
        "Heating oil 2.4120. Key levels: 2.4550 (R), 2.4380 (R), 2.3950 (S), 2.3600 (S).\n",
        ("I last 2.412|L resistance level 2.455|L resistance level 2.438|L support level 2.395|L support level 2.36"),
    ),
    (
        (
            "Chart notes | SPX 6,712\n+ 6,920 ATH\n+ 6,800 round\n+ 6,755 Nov 50% retrace\n- 6,650 shelf\n- 6,612 "
            "100dma\n- 6,550 Oct 10 low\n"
        ),
        (
            "I last 6712|I all_time_high 6920|I sma_100 6612|L resistance extreme 6920|L resistance round 6800|"
            "L resistance fibonacci 6755|L support level 6650|L support average 6612|L support extreme 6550"
        ),
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_bare_list_is_read_as_its_head_says(note):
    assert agrees(note) is True
