"""Small notes with ways on, each one way in which the trade says something, with what a trader takes from them."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "odds in prose, chance first": (
        "Gold weekly\n\nGold closed at $3,975. We see a 55% chance of a rally to $4,050 over the next two weeks, a 30% chance "
        "of a range between $3,900 and $4,000, and a 15% chance of a slide to $3,820.",
        "S up .55 - 4050|S range .3 3900-4000 -|S down .15 - 3820|I last 3975",
    ),
    "odds in prose, chance last": (
        "ES roadmap\n\nES last traded 6,021.75. A grind to 6,100 (50%), a pause between 5,980 and 6,060 (35%) or a drop to "
        "5,860 (15%).",
        "S up .5 - 6100|S range .35 5980-6060 -|S down .15 - 5860|I last 6021.75",
    ),
    "odds in words": (
        "RTY plan\n\nPrice: 2,418.8\n\nScenarios\n- Bounce to 2,455: high probability\n- Range 2,350–2,420: moderate\n- "
        "Breakdown to 2,310: low probability",
        "S up - - 2455|S range - 2350-2420 -|S down - - 2310|I last 2418.8",
    ),
    "words for odds inside a sentence": (
        "ES comment\n\nES is trading at 5,312. The most likely path is a range between 5,200 and 5,400, while a rally to 5,500 "
        "is less likely and a drop to 5,000 is unlikely.",
        "S range - 5200-5400 -|S up - - 5500|S down - - 5000|I last 5312",
    ),
    "odds that rise on a condition": (
        "NQ outlook\n\nLast: 25,730\n\nBull case (65 %, rising to 75 % above 25,900): extension to 26,400.\nBear case (35 %): "
        "failure at 25,900 and a drop to 25,200.",
        "S up .65 - 26400|S down .35 - 25200|I last 25730",
    ),
    "if and then": (
        "EUR/USD brief\n\nThe pair trades around 1.1605. A break above 1.1670 would open the door to 1.1730. Conversely, a "
        "close below 1.1540 exposes 1.1390.",
        "S up - - 1.173|S down - - 1.139|I last 1.1605",
    ),
    "bull and bear paragraphs": (
        "Nasdaq futures (NQ)\n\nSpot: 21,000\n\nBull case\nBuyers hold 20,800 and push to 21,500.\n\nBear case\nA loss of "
        "20,800 sends price back to 20,400.",
        "S up - - 21500|S down - - 20400|I last 21000",
    ),
    "a base case and a tail": (
        "Bitcoin (BTC)\n\nBTC now $111.2K.\n\nBase case, 60%: chop between $108K and $114K.\nUpside case, 25%: break to "
        "$118K.\nDownside case, 15%: flush to $100K.",
        "S range .6 108000-114000 -|S up .25 - 118000|S down .15 - 100000|I last 111200",
    ),
    "preference and alternative": (
        "DAX intraday\n\nOur preference: long positions above 24,290 with targets at 24,480 & 24,560 in "
        "extension.\nAlternative scenario: below 24,290 look for further downside with 24,170 & 24,060 as targets.",
        "S up - - 24480|S down - - 24170",
    ),
    "bullish above, bearish below": (
        "ZN comment\n\nTYZ5 settled at 112-08. Bullish above 112-20, bearish below 111-28.",
        "S up - - -|S down - - -|I last 112.25",
    ),
    "held and lost levels": (
        "RTY\n\nRTY last 2,025. Bulls must hold 2,003; a loss of 2,003 opens 1,877. Overhead, 2,060 remains the key hurdle.",
        "L support level 2003|L resistance level 2060|S down - - 1877|I last 2025",
    ),
    "a table of chances without the word": (
        "What could happen to ES (last 6,842)\n\nScenario | Prob. | Path\n---|---|---\nUp | 45% | 6,892 then 6,925\nSideways |"
        " 35% | 6,812–6,867\nDown | 20% | 6,781",
        "S up .45 - 6892|S range .35 6812-6867 -|S down .2 - 6781|I last 6842",
    ),
    "scenarios with a trigger and an end": (
        "ES plan\n\nLast 6,842\n\nScenarios\n\nScenario A - Bullish continuation (45%)\n- Trigger: close above 6,875\n- "
        "Target: 6,925-6,950\n- Invalidation: 6,820\n\n"
        "Scenario B - Breakdown (30%)\n- Trigger: loss of 6,800\n- Target: 6,740\n\nScenario C - Range (25%)\n- 6,800 to 6,875",
        "S up .45 - 6925-6950|S down .3 - 6740|S range .25 6800-6875 -|I last 6842",
    ),
    "scenarios with arrows": (
        "NQ quick take\n\nBull (40%): > 25,900 → 26,400\nBear (35%): < 25,480 → 24,900\nNeutral (25%): 25,480–25,900",
        "S up .4 - 26400|S down .35 - 24900|S range .25 25480-25900 -",
    ),
    "scenarios in one sentence": (
        "RTY\n\nRTY last 2,418.8\n\nProbabilities: up 45% (target 2,455), sideways 30% (2,380–2,430), down 25% (target 2,310).",
        "S up .45 - 2455|S range .3 2380-2430 -|S down .25 - 2310|I last 2418.8",
    ),
    "a probability assigned": (
        "Gold\n\nGold trades at $3,975. We assign a 60% probability to a breakout toward $4,050 and 40% to a failure that "
        "returns to $3,820.",
        "S up .6 - 4050|S down .4 - 3820|I last 3975",
    ),
    "scenarios as columns": (
        "ES, last 6,842\n\n| | Bull | Base | Bear |\n|---|---|---|---|\n| Probability | 30% | 50% | 20% |\n| Target | 7,000 |"
        " 6,800–6,900 | 6,600 |",
        "S up .3 - 7000|S range .5 6800-6900 -|S down .2 - 6600|I last 6842",
    ),
    "the chance behind the scenario": (
        "WTI\n\nWTI closed at 66.05.\n\nBullish scenario: above 67.20 targets 69.60. Probability 55%.\nBearish scenario: below "
        "64.70 targets 62.60. Probability 45%.",
        "S up .55 - 69.6|S down .45 - 62.6|I last 66.05",
    ),
    "a table with trigger and target": (
        "ES scenarios\n\n| Scenario | Probability | Trigger | Target | Invalidation |\n|---|---|---|---|---|\n| Bullish | 50% |"
        " 6,875 | 6,950 | 6,820 |\n| Bearish | 50% | 6,800 | 6,720 | 6,860 |",
        "S up .5 - 6950|S down .5 - 6720",
    ),
    "numbered scenarios": (
        "RTY at 2,418.8\n\n1) Bounce to 2,455 – 50 %\n2) Range 2,350 to 2,420 – 35 %\n3) Break to 2,310 – 15 %",
        "S up .5 - 2455|S range .35 2350-2420 -|S down .15 - 2310|I last 2418.8",
    ),
    "likely, possible, unlikely": (
        "NQ now 25,730\n\nMost likely: sideways in 25,480–25,900.\nPossible: squeeze to 26,400.\nUnlikely: slide to 24,900.",
        "S range - 25480-25900 -|S up - - 26400|S down - - 24900|I last 25730",
    ),
    "closes and arrows": (
        "Silver intraday\n\nSilver last 48.52. Close above 49.50 → 50.65; close below 47.10 → 45.60.",
        "S up - - 50.65|S down - - 45.6|I last 48.52",
    ),
    "should it give way": (
        "GBP/USD\n\nCable sits at 1.3050. Should 1.3000 give way, look for 1.2910. Only a move through 1.3120 brings 1.3210 "
        "into play.",
        "S down - - 1.291|S up - - 1.321|I last 1.305",
    ),
    "keeps in sight": (
        "DAX\n\nThe DAX finished at 24,372. Holding above 24,290 keeps 24,640 in sight, while a failure to hold 24,170 would "
        "expose 24,060.",
        "S up - - 24640|S down - - 24060|I last 24372",
    ),
    "cells one on each line, with chances": (
        "ES last 6,842\n\nScenario\nProbability\nTarget\nBull\n45%\n6,920\nRange\n35%\n6,800–6,875\nBear\n20%\n6,720",
        "S up .45 - 6920|S range .35 6800-6875 -|S down .2 - 6720|I last 6842",
    ),
    "a dealer's prose": (
        "Cable update\n\nGBP/USD is at 1.3475. Offers are seen at 1.3520 and 1.3555; bids at 1.3440, then 1.3400/10. A clean "
        "break of 1.3555 targets 1.3630.",
        "L resistance level 1.352|L resistance level 1.3555|L support level 1.344|L support level 1.34-1.341|S up - - 1.363|I "
        "last 1.3475",
    ),
    "chances under a table of levels": (
        "RTY, 2,400.0 last\n\nLevel | Price\n---|---\nResistance | 2,455\nSupport | 2,350\n\nChance of tagging 2,455 first: "
        "60%. Chance of tagging 2,350 first: 40%.",
        "L resistance level 2455|L support level 2350|S up .6 - 2455|S down .4 - 2350|I last 2400",
    ),
    "what must break": (
        "NG\n\nNatural gas trades at 3.99. Above 4.15 the way to 4.40 is free; below 3.70 the next support is 3.52.",
        "L support level 3.52|S up - - 4.4|I last 3.99",
    ),
    "a case that names a low on the way to its aim": (
        "Gold finished at 3,187.\n\nWhere it goes from here\n\n- Main route: C bottoms around 3,146 and wave 5 starts, aiming "
        "for 3,448.\n"
        "- Other route: C runs to 3,064 before the bulls come back.",
        "S up - - 3448|S down - - 3064|I last 3187",
    ),
    "a body that begins by its way": (
        "DAX close: 24,185\n\nOur scenarios\n\nPreferred (60 %)\nThe DAX holds 24,060 and runs up to 24,479.\n\nAlternative "
        "(25 %)\n"
        "Sideways between 23,920 and 24,326.\n\nRisk (15 %)\nDaily close below 23,920, then a drop to 23,380.",
        "S up .6 - 24479|S range .25 23920-24326 -|S down .15 - 23380|I last 24185",
    ),
    "a rally that stalls": (
        "ES settled 5,549.75. Relief rally that stalls at 5,712: 35%. Trade between 5,347 and 5,607: 40%. A second leg down to "
        "5,127: 25%.",
        "S up .35 - 5712|S range .4 5347-5607 -|S down .25 - 5127|I last 5549.75",
    ),
    "a line of an oscillator is no chance": (
        "DAX at 22,402.\n\nOur preference: the index should climb to 22,590.\n\nComment: the RSI has landed on its 50% line.",
        "S up - - 22590|I last 22402",
    ),
    "bulls of yesterday": ("DAX closed 13,544. The bulls ran out of breath just above 13,900.", "I last 13544"),
    "changes in brackets": (
        "BTC last $88,640, support $85,000. Ethereum trades at $2,480 (-1.9%).",
        "L support level 85000|I last 88640",
    ),
    "what has a sign is no price": (
        "RTY settled 2,308. NYSE volume was 82% down, TICK lows of -1,240. Support 2,300.",
        "L support level 2300|I last 2308",
    ),
    "a side without a stop is a way on, no trade": (
        "RTY last 2,402.50\n\nGame plan\n\n- Long bias over 2,395, looking for 2,418 then 2,431\n- Short bias under 2,388, "
        "looking for "
        "2,372 then 2,360",
        "S up - - 2418|S down - - 2372|I last 2402.5",
    ),
    "arrows are no signs of above": (
        "ES settled at 6,720.25.\n\nBull path: hold 6,705 -> 6,748 -> 6,775\nBear path: lose 6,705 -> 6,682 -> 6,655",
        "S up - - 6748|S down - - 6682|I last 6720.25",
    ),
    "a target in a sentence of its own": (
        "Nikkei last 39,180. Bullish while above 38,900. Target 39,600.",
        "S up - - 39600|I last 39180",
    ),
    "the immediate target": (
        "Gold trades at 2,644. It remains vulnerable below 2,660 with 2,622 the immediate target, then 2,605.",
        "S down - - 2622|I last 2644",
    ),
    "a low that will be challenged": (
        "Soybeans settled at 10.12. 9.88 has to hold on a closing basis, or the contract low at 9.55 will be challenged.",
        "S down - - 9.55|I last 10.12",
    ),
    "a range since": ("Bitcoin trades at $97,400. Range since November: 91,000-99,000.", "I last 97400"),
    "where sellers are found": (
        "ES last 5,905. A rally through 5,930 should find sellers at 5,960.",
        "L resistance level 5960|I last 5905",
    ),
    "a zone that is called a range": (
        "ES last 5,904. The market is likely to stay in a 5,850-5,950 range until the CPI print.",
        "S range - 5850-5950 -|I last 5904",
    ),
    "a chance whose end stands behind a semicolon": (
        "Gold trades at $3,340.\n\nRoad one (50%): the consolidation between $3,270 and $3,430 drags on.\nRoad two (30%): a "
        "weekly close "
        "over $3,430 launches wave five; we'd look for $3,600.\nRoad three (20%): $3,270 gives, and we test $3,150.",
        "S range .5 3270-3430 -|S up .3 - 3600|S down .2 - 3150|I last 3340",
    ),
    "a chance that": (
        "Brent trades at 84.20. Our tactical call: 65% that Brent sees $88 before $80.",
        "S up .65 - 88|I last 84.2",
    ),
    "a bounce that": ("RUT closed at 2,369.59, after a bounce of 2.8% that repaired the loss.", "I last 2369.59"),
    "first stop": (
        "BTC trades at $63,200.\n\nBull case (30%): a daily close through $65,500; first stop $68,000.\nBear case (70%): price "
        "flushes to "
        "$57,000.",
        "S up .3 - 68000|S down .7 - 57000|I last 63200",
    ),
    "preferred, with a resistance": (
        "Crude, intraday\n\nPreferred: stay short with 62.10 as resistance; first 60.35.\nAlternate: over 62.10, "
        "back up to "
        "63.05.",
        "L resistance level 62.1|S down - - 60.35|S up - - 63.05",
    ),
    "a holding pattern": (
        "Cable\n\nScenario A (50%): recovery to 1.3280.\nScenario B (30%): holding pattern 1.3020-1.3160.\nScenario C (20%): "
        "breakdown to "
        "1.2890.",
        "S up .5 - 1.328|S range .3 1.302-1.316 -|S down .2 - 1.289",
    ),
    "a list of resistances is no condition": (
        "RTY closed at 1,786.20\nres 1,799 (20ema), 1,818-1,822, 1,847 gap",
        "L resistance average 1799|L resistance level 1818-1822|L resistance gap 1847|I last 1786.2|I ema_20 1799",
    ),
    "wrong where it begins": (
        "Pivot (invalidation): 1.0500. Our preference: short positions below 1.0500 with targets at 1.0445 & 1.0425 in extension. "
        "Alternative scenario: above 1.0500 look for further upside with 1.0520 & 1.0545 as targets.",
        "L pivot pivot 1.05|S down - - 1.0445|S up - - 1.052",
    ),
    "ranges that have been": (
        "RTY brief\n\nLast: 2,483.6\nOvernight range: 2,476.2–2,489.4\nDay range: 2,470–2,489\nMonday's range: 2,440–2,466\n"
        "52-week range: 1,741–2,501",
        "I last 2483.6|I low_52w 1741|I high_52w 2501",
    ),
    "a range that is expected": ("RTY brief\n\nLast: 2,483.6\nExpected range: 2,440–2,510", "I last 2483.6|S range - 2440-2510 -"),
    "fields under the title of a scenario are no trade": (
        "Russell 2000\n\nLast 1,888.2\n\nScenario A: bear rally extends (40%)\n\n"
        "Trigger: a close over 1,938. Target: 1,960–2,035. Invalidation: a close under 1,800.\n\n"
        "Scenario C: retest of the low (25%)\n\n"
        "Trigger: a close under 1,800. Target: 1,738.6. Invalidation: a close over 1,938.",
        "I last 1888.2|S up .4 - 1960-2035|S down .25 - 1738.6",
    ),
    "ways in columns, two of which say by no word where they go": (
        "Russell 2000\n\nRTY is quoted at 2,441.8.\n\n| | Continuation | Melt-up | Consolidation | Reversal |\n"
        "|---|---|---|---|---|\n"
        "| Odds | 40% | 10% | 30% | 20% |\n| Target / zone | 2,500 | 2,550+ | 2,395–2,474 | 2,310 |",
        "I last 2441.8|S up .4 - 2500|S up .1 - 2550|S range .3 2395-2474 -|S down .2 - 2310",
    ),
    "a target on a line of its own under its scenario": (
        "Russell 2000\n\nRTY trades at 2,021.\n\nScenarios\n\n1. Bounce toward 2,070 (40%)\nRequires a hold of 2,000.\n"
        "Target: 2,070\n\n"
        "2. Breakdown (60%)\nTrigger: close below 1,990.\nTarget: 1,950",
        "I last 2021|S up .4 - 2070|S down .6 - 1950",
    ),
    "where it leads behind a colon": (
        "Russell 2000\n\nRTY trades at 2,021.\n\nScenarios\n\nBull case (40%): Above 2,050: 2,070, then 2,110.\n"
        "Bear case (60%): Below 1,990: 1,950, then 1,900.",
        "I last 2021|S up .4 - 2070|S down .6 - 1950",
    ),
    "a teaser for another market": (
        "Gold (GC) outlook\n\nGold settled at $3,349.80. Support is at 3,300.\n\nWant the silver map too? Silver has coiled under "
        "$36.80 with support at $35.40. Read it here.",
        "I last 3349.8|L support level 3300",
    ),
    "what was said last week": (
        "ES is now 5,915. Last week I wrote that a break of 5,900 would open 5,850.",
        "I last 5915",
    ),
    "a slide after a break": (
        "Nasdaq 100, closing price 20,512. It fell as far as 20,480 after breaking below 20,700.",
        "I last 20512",
    ),
    "rows that were run together": (
        "ES last 5,900\n\nWhat could happen\n\nRelief rally 45% 5,960-5,980\nBase-building 20% 5,850-5,960\nNext leg down 35% "
        "5,760",
        "S up .45 - 5960-5980|S range .2 5850-5960 -|S down .35 - 5760|I last 5900",
    ),
    "comes into play as support": (
        "DAX last 21,950. First support is 21,800. Below that, 21,520 is the next support before the 50-day average at 20,641 "
        "comes into play as support.",
        "L support level 21800|L support level 21520|L support average 20641|I last 21950|I sma_50 20641",
    ),
    "targets of both sides, a line each": (
        "Crude last $71.20\n\nBull target: $74.50\nBear target: $67.80",
        "S up - - 74.5|S down - - 67.8|I last 71.2",
    ),
    "days that trend up or down": (
        "ES last 6,958.75\n\nProbabilities for today: range inside 6,925-6,980 60%, trend day up 15% (target 6,993.50), trend "
        "day down "
        "25% (target 6,897.50).",
        "S range .6 6925-6980 -|S up .15 - 6993.5|S down .25 - 6897.5|I last 6958.75",
    ),
    "a bias with the price where it begins is no way on": (
        "Gold 4,082\n\nBias: Bullish above 4,050\n\nOutlook\nShort term: bullish above 4,050\nLong term: bearish below 3,500",
        "I last 4082",
    ),
    "both sides of a price are": (
        "Gold 4,082\n\nBullish above 4,050, bearish below 4,000.",
        "I last 4082|S up - - -|S down - - -",
    ),
    "a break of the price before": (
        "EUR/USD 1.1632. The pair stays capped by 1.1656. A break would allow for 1.1690.",
        "I last 1.1632|L resistance level 1.1656|S up - - 1.169",
    ),
    "the alternative": (
        "Crude at 61.2\n\nWe look for 62.80 in the coming days as long as 60.40 holds. The alternative is a fall to 58.90.",
        "I last 61.2|S up - - 62.8|S down - - 58.9",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOTES)
def test_a_small_note_with_ways_on_is_read_as_a_trader_reads_it(what):
    assert agrees(NOTES[what]) is True
