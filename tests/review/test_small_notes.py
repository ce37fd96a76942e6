"""Small notes, each one way in which the trade says something, with what a trader takes from them."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

# level: 'L side kind low[-high]'; scenario: 'S direction chance zone target' ('-' for none); setup: 'T side entry stop targets';
# value: 'I name value'.
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
    "a trade in one line": (
        "Trade idea: Buy ES at 6,800 with a stop at 6,760, targets 6,860 and 6,900.",
        "T long 6800 6760 6860,6900",
    ),
    "a trade in labels": (
        "Gold trade setup\n\nDirection: Short\nEntry: 4,030\nStop loss: 4,075\nTake profit 1: 3,945\nTake profit 2: 3,850",
        "T short 4030 4075 3945,3850",
    ),
    "a trade in a sentence": (
        "Silver\n\nSilver last 52.85. We would sell rallies into 53.80–54.20 with a stop above 55.10 and a target of 51.40.",
        "T short 53.8-54.2 55.1 51.4|I last 52.85",
    ),
    "two trades under headings": (
        "Trade setups\n\nLong\nEntry 2,300–2,320\nStop 2,270\nTargets 2,400 / 2,440 / 2,480\n\nShort\nEntry below 2,250\nStop "
        "2,290\nTarget 2,180",
        "T long 2300-2320 2270 2400,2440,2480|T short 2250 2290 2180",
    ),
    "values in a row": (
        "ES readings\n\nClose 6,021.75 | RSI(14) 55.8 | ATR(14) 74.5 | 20 EMA 5,990 | 50 SMA 5,978 | 200 SMA 5,702",
        "I last 6021.75|I rsi_14 55.8|I atr_14 74.5|I ema_20 5990|I sma_50 5978|I sma_200 5702",
    ),
    "values in prose": (
        "NQ check\n\nThe Nasdaq-100 future finished Thursday at 24,910. RSI is at 58.9 and MACD at 112.4 with its signal line "
        "at 98.2. The 14-day ATR reads 310 points. "
        "Price sits above the 20-day EMA at 24,780 and the 50-day SMA of 24,410.",
        "I last 24910|I rsi_14 58.9|I macd 112.4|I macd.signal 98.2|I atr_14 310|I ema_20 24780|I sma_50 24410",
    ),
    "values in a table": (
        "CL\n\n| Indicator | Value |\n|---|---|\n| Last price | 58.85 |\n| RSI (14) | 45.1 |\n| MACD | -0.42 |\n| MACD signal |"
        " -0.31 |\n| MACD histogram | -0.11 |\n| 50-day SMA | 59.60 |\n| 52-week high | 78.40 |\n| 52-week low | 55.12 |",
        "I last 58.85|I rsi_14 45.1|I macd -0.42|I macd.signal -0.31|I macd.histogram -0.11|I sma_50 59.6|I high_52w 78.4|"
        "I low_52w 55.12",
    ),
    "averages in one breath": (
        "RTY averages\n\nThe 50-day and 200-day moving averages stand at 2,278 and 2,190 respectively; RTY last 2,393.",
        "I sma_50 2278|I sma_200 2190|I last 2393",
    ),
    "distance and drawdown": (
        "SPX\n\nThe index closed at 5,312.75, down 13.8% from its record high of 6,166.50.",
        "I last 5312.75|I drawdown_pct 13.8|I all_time_high 6166.5",
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
    "preference and alternative": (
        "DAX intraday\n\nOur preference: long positions above 24,290 with targets at 24,480 & 24,560 in "
        "extension.\nAlternative scenario: below 24,290 look for further downside with 24,170 & 24,060 as targets.",
        "S up - - 24480|S down - - 24170",
    ),
    "bullish above, bearish below": (
        "ZN comment\n\nTYZ5 settled at 112-08. Bullish above 112-20, bearish below 111-28.",
        "S up - - -|S down - - -|I last 112.25",
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
    "nothing to find": (
        "Market holiday\n\nUS markets are closed on Monday, 20 January 2025. Trading resumes at 18:00 ET. In 2024 the index "
        "rose 23%.",
        "",
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
    "a trade with a ratio": (
        "Trade of the day: long RTY above 2,420, stop 2,395, target 2,455 (R:R 1.4).",
        "T long 2420 2395 2455",
    ),
    "a trade between slashes": (
        "Setup: short NQ. Entry 25,900 / Stop 26,020 / Targets 25,600 and 25,480.",
        "T short 25900 26020 25600,25480",
    ),
    "a trade as a table of fields": (
        "Trade plan\n\n| Field | Value |\n|---|---|\n| Side | Long |\n| Entry | 2,350 |\n| Stop | 2,330 |\n| Target | 2,400 |",
        "T long 2350 2330 2400",
    ),
    "a sell stop": (
        "CL trade setup\n\nSell stop at 63.80, protective stop 65.10, objective 61.50.",
        "T short 63.8 65.1 61.5",
    ),
    "averages in short forms": (
        "RTY averages\n\nMA50: 2,278\n21-EMA 2,345.6\n200-DMA = 2,190\nSMA(100) 2,231\nprice 2,393.0",
        "I sma_50 2278|I ema_21 2345.6|I sma_200 2190|I sma_100 2231|I last 2393",
    ),
    "averages in a list of three": (
        "ES: 20/50/200-day SMA 6,412 / 6,350 / 6,012",
        "I sma_20 6412|I sma_50 6350|I sma_200 6012",
    ),
    "a yearly range": (
        "TSLA shares closed at 401.99. 52-week range: 212.11 – 488.54. ATH 488.54.",
        "I last 401.99|I low_52w 212.11|I high_52w 488.54|I all_time_high 488.54",
    ),
    "values by column": (
        "| Market | Last | RSI | 50-day | 200-day |\n|---|---|---|---|---|\n| ES | 6,842.25 | 58 | 6,700 | 6,120 |\n| NQ |"
        " 24,910.5 | 61 | 24,300 | 21,900 |",
        "I last 6842.25|I rsi_14 58|I sma_50 6700|I sma_200 6120|I last 24910.5|I rsi_14 61|I sma_50 24300|I sma_200 21900",
    ),
    "cells one on each line, price first": (
        "Key levels\n\n6,920\nResistance\nAll-time high\n6,875\nResistance\nOctober shelf\n6,800\nSupport\nRound "
        "number\n6,720\nSupport\n50-day MA",
        "L resistance extreme 6920|L resistance level 6875|L support round 6800|L support average 6720|I all_time_high 6920|"
        "I sma_50 6720",
    ),
    "cells one on each line, with chances": (
        "ES last 6,842\n\nScenario\nProbability\nTarget\nBull\n45%\n6,920\nRange\n35%\n6,800–6,875\nBear\n20%\n6,720",
        "S up .45 - 6920|S range .35 6800-6875 -|S down .2 - 6720|I last 6842",
    ),
    "sides above lines of prices": (
        "BTC levels, spot $111,240\n\nResistances\n113,000\n115,600 (50-day SMA)\n117,400\n\nSupports\n108,500\n101,000 – "
        "200-day SMA",
        "L resistance level 113000|L resistance average 115600|L resistance level 117400|L support level 108500|"
        "L support average 101000|I sma_50 115600|I sma_200 101000|I last 111240",
    ),
}  # fmt: skip


def shown(price):
    return f"{price.low:g}" if price.low == price.high else f"{price.low:g}-{price.high:g}"


def number(text):
    return float(text) if text != "-" else None


def zone(text):
    low, _, high = text.partition("-") if not text.startswith("-") or text == "-" else (text, "", "")
    return (float(low), float(high or low))


def expected(line):
    what, *rest = line.split()
    if what == "L":
        return ("L", rest[0], rest[1], zone(rest[2]))
    if what == "I":
        return ("I", rest[0], float(rest[1]))
    if what == "S":
        return ("S", rest[0], number(rest[1]), None if rest[2] == "-" else zone(rest[2]), None if rest[3] == "-" else zone(rest[3]))
    return ("T", rest[0], zone(rest[1]), float(rest[2]), tuple(zone(t) for t in rest[3].split(",")))


def pair(price):
    return None if price is None else (price.low, price.high)


def read(text):
    note = read_note(text_of(text.encode()))
    found = [("L", x.side, x.kind, pair(x.price)) for x in note.levels]
    found += [("S", x.direction, x.probability[0] if x.probability else None, pair(x.zone), pair(x.target)) for x in note.scenarios]
    found += [("T", x.side, pair(x.entry), x.stop.low if x.stop else None, tuple(pair(t) for t in x.targets)) for x in note.setups]
    return found + [("I", x.name, x.value.low) for x in note.indicators]


@pytest.mark.parametrize("what", NOTES)
def test_a_small_note_is_read_as_a_trader_reads_it(what):
    text, lines = NOTES[what]
    assert sorted(read(text), key=str) == sorted((expected(line) for line in lines.split("|") if line), key=str)
