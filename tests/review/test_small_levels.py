"""Small notes with levels, each one way in which the trade says something, with what a trader takes from them."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "a list with colons": (
        "ES levels\n\nLast 6,850.25\n\nResistance: 6,875, 6,900 and 6,925\nSupport: 6,820; 6,800 (round number); 6,775",
        "L resistance level 6875|L resistance level 6900|L resistance level 6925|L support level 6820|L support round 6800|"
        "L support level 6775|I last 6850.25",
    ),
    "prose with levels": (
        "E-mini Nasdaq-100 note\n\nThe contract settled at 25,730.50 on Friday. Initial support is seen at 25,600, followed by "
        "25,480 and then the 50-day moving average at 25,210. "
        "On the upside, 25,900 is the first barrier ahead of the record high at 26,399.",
        "L support level 25600|L support level 25480|L support average 25210|L resistance level 25900|"
        "L resistance extreme 26399|I last 25730.5|I sma_50 25210|I all_time_high 26399",
    ),
    "prose that turns a floor into a ceiling": (
        "Crude oil (CL) daily\n\nWTI trades at $66.05. The former support at $67.20 now acts as resistance. Buyers defended "
        "$64.70, and below it sits support at $62.60.",
        "L resistance level 67.2|L support level 64.7|L support level 62.6|I last 66.05",
    ),
    "open ends and rough prices": (
        "ES levels I watch\n\nES ~6,595 now.\n\n- Resistance ~6,655, then 6,720+\n- Support around 6,540, below that the 6,480 "
        "area",
        "L resistance level 6655|L resistance level 6720|L support level 6540|L support level 6480|I last 6595",
    ),
    "a ladder with a marker": (
        "NQ ladder\n\n26,150 - weekly supply\n26,000 - round number\n25,905 <-- last\n25,760 - gap\n25,630 - 50-day MA\n25,340 "
        "- December low",
        "L resistance level 26150|L resistance round 26000|L support gap 25760|L support average 25630|L support extreme 25340|"
        "I last 25905|I sma_50 25630",
    ),
    "sides as columns": (
        "Levels for Monday\n\n| Market | Support | Resistance |\n|---|---|---|\n| ES | 6,800 | 6,900 |\n| NQ | 25,400 | 26,100 |",
        "L support level 6800|L resistance level 6900|L support level 25400|L resistance level 26100",
    ),
    "pivots with a point": (
        "Daily pivots for ES: R3 6,925.50, R2 6,892.00, R1 6,867.25, PP 6,836.75, S1 6,812.00, S2 6,781.50",
        "L resistance pivot 6925.5|L resistance pivot 6892|L resistance pivot 6867.25|L pivot pivot 6836.75|"
        "L support pivot 6812|L support pivot 6781.5",
    ),
    "numbered supports are no pivots": (
        "Key levels\n\nLast 3,975\n\nR1 4,035\nR2 4,160\nS1 3,945\nS2 3,820",
        "L resistance level 4035|L resistance level 4160|L support level 3945|L support level 3820|I last 3975",
    ),
    "names and prices in one cell": (
        "| Resistance | Support |\n|---|---|\n| R1 $3,195 | S1 $3,143 |\n| R2 $3,224 | S2 $3,097 |",
        "L resistance level 3195|L support level 3143|L resistance level 3224|L support level 3097",
    ),
    "lines, gaps, retracements": (
        "Gold levels\n\nGold last $3,975.\n\n- $4,050 – descending trendline\n- $3,945 – 38.2% Fibonacci retracement\n- $3,900 "
        "– open gap\n- $3,820 – swing low of 2 October",
        "L resistance line 4050|L support fibonacci 3945|L support gap 3900|L support extreme 3820|I last 3975",
    ),
    "stated by level words in prose": (
        "BTC\n\nBTC trades near $93,020. Demand sits at $91,800 and the next floor at $90,150. Supply is stacked at "
        "$94,650–$95,200; a psychological cap waits at $100,000.",
        "L support level 91800|L support level 90150|L resistance level 94650-95200|L resistance round 100000|I last 93020",
    ),
    "an advert and a teaser": (
        "ES note\n\nSupport 6,800. Resistance 6,900.\n\nGet 50% off our premium plan, 12,000 traders can't be wrong!\nRead "
        "next: Gold bulls eye 4,200 after support at 4,050 holds.",
        "L support level 6800|L resistance level 6900",
    ),
    "cells one on each line, price first": (
        "Key levels\n\n6,920\nResistance\nAll-time high\n6,875\nResistance\nOctober shelf\n6,800\nSupport\nRound "
        "number\n6,720\nSupport\n50-day MA",
        "L resistance extreme 6920|L resistance level 6875|L support round 6800|L support average 6720|I all_time_high 6920|"
        "I sma_50 6720",
    ),
    "sides above lines of prices": (
        "BTC levels, spot $111,240\n\nResistances\n113,000\n115,600 (50-day SMA)\n117,400\n\nSupports\n108,500\n101,000 – "
        "200-day SMA",
        "L resistance level 113000|L resistance average 115600|L resistance level 117400|L support level 108500|"
        "L support average 101000|I sma_50 115600|I sma_200 101000|I last 111240",
    ),
    "a bank's prose": (
        "Gold: catching its breath\n\nGold has slipped back to $3,318 after failing for a third time at $3,450. First support "
        "is the 50-day average at $3,280, with a more important floor at $3,245, the June low. "
        "A break would bring $3,120 into view, which is where the spring rally began. Resistance lies at $3,365 ahead of $3,400.",
        "L support average 3280|L support extreme 3245|L resistance level 3365|L resistance level 3400|I last 3318|I sma_50 3280|"
        "S down - - 3120",
    ),
    "a strategist's prose": (
        "S&P 500 technical view\n\nThe index closed at 6,449. Momentum is fading: the 14-day RSI has dropped to 58. We would "
        "expect buyers at 6,380 and again at the 50-day (6,300). "
        "Upside looks capped at 6,500, a big round number.",
        "L support level 6380|L support average 6300|L resistance round 6500|I last 6449|I rsi_14 58|I sma_50 6300",
    ),
    "a note with pivots in parallel": (
        "ES floor pivots: S2/S1/P/R1/R2 = 6,781.50 / 6,812.00 / 6,836.75 / 6,867.25 / 6,892.00",
        "L support pivot 6781.5|L support pivot 6812|L pivot pivot 6836.75|L resistance pivot 6867.25|L resistance pivot 6892",
    ),
    "a heading that advertises in the middle": (
        "ES note\n\nSupport 6,800.\n\nSponsored\nTrade ES with 12,000 others at BrokerX, from $9.95.\n\nKey resistance\n\n6,900 "
        "and 6,925",
        "L support level 6800|L resistance level 6900|L resistance level 6925",
    ),
    "headlines of other notes": (
        "RTY note\n\nResistance 2,455, support 2,350.\n\nMore from the desk\n\nGold: support at 3,950 in danger\nCrude oil "
        "tests resistance at 61.20\nNatural gas: 4.40 is the level",
        "L resistance level 2455|L support level 2350",
    ),
    "two instruments in two paragraphs": (
        "Morning levels\n\nES (6,842): support at 6,812 and 6,781; resistance at 6,867 and 6,892.\n\nNQ (24,910): support at "
        "24,711 and 24,512; resistance at 25,067 and 25,223.",
        "L support level 6812|L support level 6781|L resistance level 6867|L resistance level 6892|L support level 24711|L "
        "support level 24512|L resistance level 25067|"
        "L resistance level 25223|I last 6842|I last 24910",
    ),
    "a market of small prices": (
        "Copper\n\nHG last 4.965. Resistance 5.02 and 5.10. Support 4.90, 4.82 (100-day average).",
        "L resistance level 5.02|L resistance level 5.1|L support level 4.9|L support average 4.82|I last 4.965|I sma_100 4.82",
    ),
    "a market of whole numbers": (
        "Ford (F) stock\n\nShares trade at $12. Support $11, resistance $13.",
        "L support level 11|L resistance level 13|I last 12",
    ),
    "index points with decimals": (
        "DAX wrap\n\nThe DAX ended the week at 24,370.40 points, 0.7% higher. The 200-day line stands at 22,870. Supports: "
        "24,170; 23,920. Resistances: 24,480; 24,640 (all-time high).",
        "L support level 24170|L support level 23920|L resistance level 24480|L resistance extreme 24640|I last 24370.4|I "
        "sma_200 22870|I all_time_high 24640",
    ),
    "bonds with apostrophes": (
        "Bund and bond\n\nZB 117’09. Support 116’20 and 115’28, resistance 117’17–117’22 (gap).",
        "L support level 116.625|L support level 115.875|L resistance gap 117.53125-117.6875|I last 117.28125",
    ),
    "descending zones in a line": (
        "Supports on SPX: 5725/15, 5690/80, 5640–25. Resistances: 5765/75, 5800/10.",
        "L support level 5715-5725|L support level 5680-5690|L support level 5625-5640|L resistance level 5765-5775|L "
        "resistance level 5800-5810",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOTES)
def test_a_small_note_with_levels_is_read_as_a_trader_reads_it(what):
    assert agrees(NOTES[what]) is True
