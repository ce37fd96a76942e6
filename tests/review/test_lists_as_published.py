"""Lists of levels as desks, portals and robots put them: numbered sides of a set of pivots, ratios alone, names behind prices."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "Gold pivots today\n\nResistance 3: 4,210\nResistance 2: 4,155\nResistance 1: 4,120\nPivot: 4,085\nSupport "
            "1: 4,050\nSupport 2: 4,005\n\nGold last 4,078.\n"
        ),
        (
            "I last 4078|L resistance pivot 4120|L resistance pivot 4155|L resistance pivot 4210|"
            "L support pivot 4050|L support pivot 4005|L pivot pivot 4085"
        ),
    ),
    (
        (
            "Daily pivots – EUR/USD\nPivot Point 1.1620, 1st Resistance 1.1655, 2nd Resistance 1.1690, 1st Support "
            "1.1585, 2nd Support 1.1550. Last 1.1612.\n"
        ),
        (
            "I last 1.1612|L pivot pivot 1.162|L resistance pivot 1.1655|L resistance pivot 1.169|"
            "L support pivot 1.1585|L support pivot 1.155"
        ),
    ),
    (
        (
            "| Level | Price | Note |\n|---|---|---|\n| Resistance | 2,920 | 0.618 |\n| Resistance | 2,850 | 50% |\n| "
            "Support | 2,780 | 38.2% |\n| Support | 2,700 | round number |\n\nETH now 2,815\n"
        ),
        ("I last 2815|L resistance fibonacci 2920|L resistance fibonacci 2850|L support fibonacci 2780|L support round 2700"),
    ),
    (
        (
            "LTC daily. Price 91.40\n\nSupport: 88.20 (0.5 Fib), 84.60 (0.618), 80.00 (psych)\nResistance: 95.50 "
            "(0.382), 101.30 (prior high)\n"
        ),
        (
            "I last 91.4|L support fibonacci 88.2|L support fibonacci 84.6|L support round 80|"
            "L resistance fibonacci 95.5|L resistance extreme 101.3"
        ),
    ),
    (
        (
            "EUR/JPY: 179.60. R: 180.00 (figure), 180.45 (yesterday's high), 181.10. S: 179.05 (overnight low), "
            "178.60 (20d MA), 177.90 (kijun).\n"
        ),
        (
            "I last 179.6|I sma_20 178.6|L resistance round 180|L resistance extreme 180.45|"
            "L resistance level 181.1|L support extreme 179.05|L support average 178.6|L support level 177.9"
        ),
    ),
    (
        ("Corn (ZCH6) settled 441 1/4. Resistance: 444, 447 1/2 (Oct high), 452. Support: 438 3/4, 435 (20-day), 430 1/4 (gap).\n"),
        (
            "I last 441.25|I sma_20 435|L resistance level 444|L resistance extreme 447.5|L resistance level 452|"
            "L support level 438.75|L support average 435|L support gap 430.25"
        ),
    ),
    (
        (
            "Hello traders! AAPL closed at 272.10. My map for the week:\n▲ 277.00 – ATH, must clear\n▲ 274.50 – "
            "supply\n▼ 269.80 – 8 EMA\n▼ 265.20 – breakout shelf + 21 EMA\n▼ 260.00 – last earnings gap\n"
        ),
        (
            "I last 272.1|I all_time_high 277|I ema_8 269.8|I ema_21 265.2|L resistance extreme 277|"
            "L resistance level 274.5|L support average 269.8|L support average 265.2|L support gap 260"
        ),
    ),
    (
        (
            "BTC/USDT 4H. Price 91,250.\n\n- Resistance zone 92.5k–93.2k\n- Support zone 89.0k–89.6k\n- If 89k is "
            "lost, next demand 86.8k\n\nLiquidity sits above 93.5k.\n"
        ),
        "I last 91250|L resistance level 92500-93200|L support level 89000-89600|L support level 86800",
    ),
    (
        (
            "Natural gas futures were 3.85 at 9am. Nearby resistance: $3.91 and $4.00-$4.05. Nearby support: "
            "$3.78, $3.70 and the gap between $3.58 and $3.62.\n"
        ),
        (
            "I last 3.85|L resistance level 3.91|L resistance level 4-4.05|L support level 3.78|"
            "L support level 3.7|L support gap 3.58-3.62"
        ),
    ),
    (
        ("Soybeans – levels\nJan beans last 1124 1/2\n2nd res: 1145\n1st res: 1134 3/4\n1st sup: 1116\n2nd sup: 1107 1/2\n"),
        ("I last 1124.5|L resistance level 1145|L resistance level 1134.75|L support level 1116|L support level 1107.5"),
    ),
    (
        (
            "XAG/USD: 50.10\n\nImmediate resistance: $50.60\nNext: $51.20\nMajor: $52.50 (ATH)\n\nImmediate support: "
            "$49.50\nNext: $48.80\nMajor: $47.00\n"
        ),
        (
            "I last 50.1|I all_time_high 52.5|L resistance level 50.6|L resistance level 51.2|"
            "L resistance extreme 52.5|L support level 49.5|L support level 48.8|L support level 47"
        ),
    ),
    (
        (
            "DOW JONES\nPrior close 47,290. The bulls must defend 47,000; a break exposes 46,700. Overhead supply "
            "begins at 47,550 and the record of 48,040 caps.\n"
        ),
        (
            "I last 47290|I all_time_high 48040|L support level 47000|L resistance level 47550|"
            "L resistance extreme 48040|S down - - 46700"
        ),
    ),
    (
        (
            "EUR/CHF 0.9310. It has bounced three times from 0.9260, so that's our support. On the way up, the "
            "falling 55-day line at 0.9345 is the first hurdle, the September high at 0.9395 the second.\n"
        ),
        ("I last 0.931|I sma_55 0.9345|L support level 0.926|L resistance average 0.9345|L resistance extreme 0.9395"),
    ),
    (
        (
            "Palladium technicals\n\nSpot: $1,412\nTrend: up\nSupport zone: $1,360/1,370\nSecondary support: $1,325 "
            "(gap)\nResistance zone: $1,450/1,465\nSecondary resistance: $1,500\n"
        ),
        ("I last 1412|L support level 1360-1370|L support gap 1325|L resistance level 1450-1465|L resistance level 1500"),
    ),
    (
        (
            "Ten-year note futures (TYZ5) 112-25\nResistance at 113-00, 113-08 and 113-14+. Support at 112-18, "
            "112-11 (200-day) and 112-02, the 50% retracement of the July-October advance.\n"
        ),
        (
            "I last 112.78125|I sma_200 112.34375|L resistance level 113|L resistance level 113.25|"
            "L resistance level 113.453125|L support level 112.5625|L support average 112.34375|"
            "L support fibonacci 112.0625"
        ),
    ),
    (
        (
            "OANDA style pivot table\n\nPair | S3 | S2 | S1 | PP | R1 | R2 | R3\nEUR/USD | 1.1480 | 1.1515 | 1.1549 "
            "| 1.1583 | 1.1617 | 1.1651 | 1.1685\n"
        ),
        (
            "L support pivot 1.148|L support pivot 1.1515|L support pivot 1.1549|L pivot pivot 1.1583|"
            "L resistance pivot 1.1617|L resistance pivot 1.1651|L resistance pivot 1.1685"
        ),
    ),
    (
        (
            "Bitcoin (BTC) remains inside a falling channel. The upper boundary runs at $93,800 and acts as "
            "resistance. The lower boundary near $84,500 offers support. Price: $89,100.\n"
        ),
        "I last 89100|L resistance line 93800|L support line 84500",
    ),
    (
        (
            "Nifty 50 Outlook for Tomorrow\n\nNifty closed at 25,910. The index faced selling pressure near the "
            "26,050-26,100 zone and slipped back. Immediate support is placed at 25,800 followed by 25,700, while "
            "resistance is placed at 26,000 and 26,100. On the weekly options front, highest call OI is at 26,000 "
            "and the highest put OI at 25,800.\n"
        ),
        ("I last 25910|L support level 25800|L support level 25700|L resistance level 26000|L resistance level 26100"),
    ),
    (
        (
            "AUD/USD Technical Analysis\n\nThe Aussie holds near 0.6520. On the topside, the 0.6550 level caps "
            "gains for now, with a clean break opening the door for 0.6600. Initial support sits at the 50-day "
            "EMA at 0.6498, ahead of the 100-day EMA at 0.6475 and the October trough of 0.6440.\n"
        ),
        (
            "I last 0.652|I ema_50 0.6498|I ema_100 0.6475|L resistance level 0.655|L support average 0.6498|"
            "L support average 0.6475|L support extreme 0.644|S up - - 0.66"
        ),
    ),
    (
        (
            "Bund future (RXZ5): the market settled at 129.35. We have resistance at 129.62, 129.80 and 130.05 "
            "(trendline from the February top). Supports: 129.10, 128.84 (last Tuesday's low) and 128.40/45, a "
            "double bottom.\n"
        ),
        (
            "I last 129.35|L resistance level 129.62|L resistance level 129.8|L resistance line 130.05|"
            "L support level 129.1|L support extreme 128.84|L support level 128.4-128.45"
        ),
    ),
    (
        (
            "$ETH daily\n\n🎯 Key levels\n• 3,050 → major resistance (range high)\n• 2,920 → local resistance\n• 2,780 "
            "→ support / 0.618\n• 2,620 → last line of defence\n\nPrice now: 2,858\n"
        ),
        ("I last 2858|L resistance level 3050|L resistance level 2920|L support fibonacci 2780|L support level 2620"),
    ),
    (
        (
            "Gold Technical Levels | 14 Nov\n\nResistance 1: 4,120 | Resistance 2: 4,155 | Resistance 3: "
            "4,210\nSupport 1: 4,050 | Support 2: 4,005 | Support 3: 3,965\nPivot: 4,085\n\nSpot gold was last seen "
            "at 4,078.\n"
        ),
        (
            "I last 4078|L resistance pivot 4120|L resistance pivot 4155|L resistance pivot 4210|"
            "L support pivot 4050|L support pivot 4005|L support pivot 3965|L pivot pivot 4085"
        ),
    ),
    (
        (
            "Crude oil. March WTI is at 62.30. The bulls' next upside price objective is closing prices above "
            "solid technical resistance at 65.00. The bears' next near-term downside breakout objective is "
            "pushing prices below solid technical support at 60.00. First resistance is seen at this week's high "
            "of 63.15 and then at 64.00. First support is seen at 61.75 and then at 61.00.\n"
        ),
        (
            "I last 62.3|L resistance level 65|L support level 60|L resistance extreme 63.15|"
            "L resistance level 64|L support level 61.75|L support level 61"
        ),
    ),
    (
        (
            "Copper update: LME 3-month copper at $9,655. The metal could not hold above the 9,700 handle where "
            "the 100-dma comes in. Supports: 9,580, 9,520. Resistances: 9,700, 9,790.\n"
        ),
        ("I last 9655|I sma_100 9700|L support level 9580|L support level 9520|L resistance average 9700|L resistance level 9790"),
    ),
    (
        (
            "Weekly levels, ES\n\nWeekly R2: 6,985\nWeekly R1: 6,930\nWeekly pivot: 6,860\nWeekly S1: 6,805\nWeekly S2: "
            "6,735\n\nFriday close: 6,842.50\n"
        ),
        (
            "I last 6842.5|L resistance pivot 6985|L resistance pivot 6930|L pivot pivot 6860|"
            "L support pivot 6805|L support pivot 6735"
        ),
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_list_is_read_as_it_was_meant(note):
    assert agrees(note) is True
