"""Small notes with odds in many layouts, and notes whose per cents are none."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "german 1": (
        "Bankhaus, Technische Analyse\n\nDAX: last quotation 24.226 points.\nBreaks the index the 24.480 points, so beckons "
        "24.900. Under 24.000 threatens a fall until 23.650.",
        "S up - - 24900|S down - - 23650|I last 24226",
    ),
    "german 2": (
        "Bankhaus, Technische Analyse\n\nEUR/USD: last quotation 1,1632 USD.\nWe see with 55 % the way to 1,1729 USD, with "
        "45 % the way to 1,1491 USD.",
        "S up .55 - 1.1729|S down .45 - 1.1491|I last 1.1632",
    ),
    "jp range": (
        "Hinode Shoken Co., Ltd. Morning Technical Memo 2025/8/6\nNikkei 225 Futures (Sep): previous session close 40,610 "
        "yen.\nAssumed range of today: from 40,120 yen to 41,050 yen.",
        "S range - 40120-41050 -|I last 40610",
    ),
    "jp strategy": (
        "Gold: present price 3,350 dollars.\nStrategy: buying on decline at 3,320 to 3,325 dollars. Loss cut at 3,305 "
        "dollars. Profit taking at 3,380 dollars.",
        "T long 3320-3325 3305 3380|I last 3350",
    ),
    "aussie if": (
        "Arvo wrap. Aussie: AUDUSD 0.6685.\nIf the jobs number is soft we're off to 0.6620; a strong one gets us 0.6760.",
        "S down - - .662|S up - - .676|I last .6685",
    ),
    "greeks": (
        "GREEKS -- SPX, ref: 6,851\n\nOdds into Friday: 55 in 100 that we pin 6,800-6,900; 30 in 100 that we squeeze to "
        "6,950; 15 in 100 that we break to 6,700.",
        "S range .55 6800-6900 -|S up .3 - 6950|S down .15 - 6700|I last 6851",
    ),
    "count": (
        "# The Count\n\n**Silver** (closed 48.20)\n\nPrimary tally (*65%*): wave ⑤ has 52.00 in its sights.\nAlternate tally "
        "(*35%*): the top is in, first stop 44.10.",
        "S up .65 - 52|S down .35 - 44.1|I last 48.2",
    ),
    "count remaining": (
        "The Count\n\n**Bitcoin** closed 112,000\n\nThe primary tally counts an impulse toward 125,000, and I give it three "
        "in four. The alternate tally, one in four, takes price back to 98,000.",
        "S up .75 - 125000|S down .25 - 98000|I last 112000",
    ),
    "skew": (
        "NORDHAVEN BANK\nGBP/USD (spot ref 1.3420): Our skew is 60/40 in favour of 1.3520 over 1.3330.",
        "S up .6 - 1.352|S down .4 - 1.333|I last 1.342",
    ),
    "nordhaven": (
        "NORDHAVEN BANK\nUSD/JPY (spot ref 152.41): we attach 60% to a push through to 154.80 and 40% to a retracement to "
        "150.90 by month-end.",
        "S up .6 - 154.8|S down .4 - 150.9|I last 152.41",
    ),
    "flows": (
        "FLOWS MONITOR\nCTA model | NQ | reference 23,400\nModel paths, one week\n  base      -> 23,000-23,800, weight "
        "0.55\n  squeeze   -> 24,300, weight 0.25\n  unwind    -> 22,400, weight 0.20",
        "S range .55 23000-23800 -|S up .25 - 24300|S down .2 - 22400|I last 23400",
    ),
    "annot": (
        '[annotations read off chart: GOLD, daily]\n(a) tag "LAST 4,010"\n(b) arrow up "4,200 (60%)"\n(c) arrow dn "3,850 (40%)"',
        "S up .6 - 4200|S down .4 - 3850|I last 4010",
    ),
    "transcript": (
        "TRANSCRIPT\n...okay gold is trading at 4,010. I'd say sixty percent we see 4,100 first, forty percent we go down "
        "and test 3,900. Like and subscribe.",
        "S up .6 - 4100|S down .4 - 3900|I last 4010",
    ),
    "lantern": (
        "YM settled at 42,560.\nWe see 45% odds of 43,310 next week; 55% goes to 41,750.",
        "S up .45 - 43310|S down .55 - 41750|I last 42560",
    ),
    "quillon": (
        "The Russell 2000 future ended the month at 2,504.8.\n\nWhat may happen\n  a rise to 2,640 ........ 45 parts in "
        "100\n  stagnation, 2,456-2,566  35 parts in 100\n  a decline to 2,305 ..... 20 parts in 100",
        "S up .45 - 2640|S range .35 2456-2566 -|S down .2 - 2305|I last 2504.8",
    ),
    "night owl": (
        "NQ trading 17,300.\n\nNext 1-3 sessions: a bounce to 18,000 is slightly favoured.\nNext 4-6 weeks: a return to "
        "16,000 is quite possible.",
        "S up - - 18000|S down - - 16000|I last 17300",
    ),
    "measured": (
        "AMD finished at $160.20. Measured move: $184, to which we give a 55% likelihood by quarter end.",
        "S up .55 - 184|I last 160.2",
    ),
    "barrels": (
        "August WTI went home at **$65.52**. I'm leaning higher: to $69.00, a two-in-three proposition. The other third goes "
        "to $62.00.",
        "S up .666667 - 69|S down .333333 - 62|I last 65.52",
    ),
    "tide": (
        "RTY 2,537.0 ... long above 2,548.0 ... short below 2,521.0",
        "S up - - -|S down - - -|I last 2537",
    ),
    "email if": (
        "mark 2,281.\n\nIf CPI is hot: 2,240, call it 60%.\nIf not: 2,330, the other 40%.",
        "S down .6 - 2240|S up .4 - 2330|I last 2281",
    ),
    "grid words": (
        "ES grid      mark 6,480\n\n            UP       SIDEWAYS       DOWN\nodds        30%      45%            "
        "25%\ntarget      6,580    6,420-6,530    6,340",
        "S up .3 - 6580|S range .45 6420-6530 -|S down .25 - 6340|I last 6480",
    ),
    "if then table": (
        "Map\n\nLast 6,400\n\n| If | Then | % |\n|---|---|---|\n| holds 6,370 | 6,450 | 60 |\n| loses 6,370 | 6,310 | 40 |",
        "S up .6 - 6450|S down .4 - 6310|I last 6400",
    ),
    "path table": (
        "| Path | How likely | Destination |\n|---|---|---|\n| Up | 6/10 | 2,350 |\n| Down | 4/10 | 2,230 |\n\nRTY last 2,290",
        "S up .6 - 2350|S down .4 - 2230|I last 2290",
    ),
    "target first table": (
        "| Target | Chance |\n|---|---|\n| 4,150 | 45% |\n| 3,950–4,080 | 35% |\n| 3,850 | 20% |\n\nGold last 4,010",
        "S up .45 - 4150|S range .35 3950-4080 -|S down .2 - 3850|I last 4010",
    ),
    "words table": (
        "| View | Likelihood | Objective |\n|---|---|---|\n| Bullish | High | 1.1800 |\n| Bearish | Low | 1.1480 |\n\nEURUSD "
        "last 1.1650",
        "S up - - 1.18|S down - - 1.148|I last 1.165",
    ),
    "bullets heads": (
        "Scenarios for gold (last 4,010):\n* Bullish (50%)\n  - break 4,050, run to 4,150\n* Neutral (30%)\n  - 3,960 to "
        "4,050\n* Bearish (20%)\n  - lose 3,960, slide to 3,880",
        "S up .5 - 4150|S range .3 3960-4050 -|S down .2 - 3880|I last 4010",
    ),
    "emoji lines": (
        "BTC 112,000\n🟢 Bull (55%): 118,000\n🔴 Bear (30%): 105,000\n⚪ Chop (15%): 109,000-114,000",
        "S up .55 - 118000|S down .3 - 105000|S range .15 109000-114000 -|I last 112000",
    ),
    "dash lines": (
        "Crude last 66.00\nUp - 45% - 69.00\nFlat - 30% - 64.50/67.50\nDown - 25% - 62.80",
        "S up .45 - 69|S range .3 64.5-67.5 -|S down .25 - 62.8|I last 66",
    ),
    "csv": (
        "scenario,probability,low,high\nrange,0.5,6350,6450\n\nES last 6,400",
        "S range .5 6350-6450 -|I last 6400",
    ),
    "html table": (
        "<html><body><p>SPX closed at "
        "6,400</p><table><tr><th>Scenario</th><th>Weight</th><th>Level</th></tr><tr><td>Breakout</td><td>45%</td><td>6,500</td></tr><tr><td>Balance</td><td>35%</td><td>6,340–6,430</td></tr><tr><td>Breakdown</td><td>20%</td><td>6,250</td></tr></table></body></html>",
        "S up .45 - 6500|S range .35 6340-6430 -|S down .2 - 6250|I last 6400",
    ),
    "prob first lines": (
        "ZN 112.50\n60%: 113.25\n40%: 111.75",
        "S up .6 - 113.25|S down .4 - 111.75|I last 112.5",
    ),
    "p equals": (
        "NKD last 40,000. P(41,000 before 39,000) = 55%.",
        "S up .55 - 41000|I last 40000",
    ),
    "range bracket": (
        "Cable last 1.3400. Range day [1.3350-1.3450] 65%, break up to 1.3520 20%, break down to 1.3280 15%.",
        "S range .65 1.335-1.345 -|S up .2 - 1.352|S down .15 - 1.328|I last 1.34",
    ),
    "between odds": (
        "I see a 50% chance that silver stays between 37.00 and 39.00, 30% for a break to 40.50 and 20% for a drop to 35.80. "
        "Silver last 38.00",
        "S range .5 37-39 -|S up .3 - 40.5|S down .2 - 35.8|I last 38",
    ),
    "approx": (
        "ES last 6,400. Roughly 60% odds of ~6,480 and about 40% odds of ~6,330.",
        "S up .6 - 6480|S down .4 - 6330|I last 6400",
    ),
    "remaining": (
        "YM last 45,000. 70% we see 45,600, remaining 30% 44,400.",
        "S up .7 - 45600|S down .3 - 44400|I last 45000",
    ),
    "range pct": (
        "TSLA closed at 350.00. We see a 55–65% chance of 380.00.",
        "S up .55 - 380|I last 350",
    ),
    "vol crush": (
        "VIX last 18.00. Chance of 15.00: 65%. Chance of 24.00: 35%.",
        "S down .65 - 15|S up .35 - 24|I last 18",
    ),
    "bold md": (
        "**Last:** 2,280\n\n**Bull (45%)** — reclaim 2,300, then **2,350**\n\n**Bear (55%)** — lose 2,250, then **2,190**",
        "S up .45 - 2350|S down .55 - 2190|I last 2280",
    ),
    "arrows odds": (
        "DAX 24,000\n↑ 24,500 (40%)\n→ 23,800-24,200 (35%)\n↓ 23,400 (25%)",
        "S up .4 - 24500|S range .35 23800-24200 -|S down .25 - 23400|I last 24000",
    ),
    "three sent": (
        "Gold last 4,010. The bulls have the better hand: 55% for 4,120. A pause inside 3,960-4,050 gets 25%. The bears get "
        "the last 20% and 3,880.",
        "S up .55 - 4120|S range .25 3960-4050 -|S down .2 - 3880|I last 4010",
    ),
    "history": (
        "RTY closed at 2,280. On Tuesday the index broke 2,300, ran to 2,325 and reversed to close at 2,290. Since then a "
        "drop below 2,270 has been bought twice.",
        "I last 2280",
    ),
    "advert": (
        "ES last 6,400.\n\nJoin 12,000 traders who follow our signals: 87% winners, long 6,100 stop 6,080 target 6,200 last week!",
        "I last 6400",
    ),
    "fib": (
        "Silver last 38.00. The 38.2% retracement lies at 36.50 and the 61.8% retracement at 35.20.",
        "I last 38",
    ),
    "yield": (
        "ZN last 112.50. CPI rose 3.1% and the odds of a cut in September went to 85% from 60%.",
        "I last 112.5",
    ),
    "options": (
        "NVDA closed at 180.00. 45% of open interest sits at the 180.00 strike, 55% elsewhere.",
        "I last 180",
    ),
    "ranges past": (
        "EURUSD trades 1.1650. Last week's range was 1.1600-1.1720.",
        "I last 1.165",
    ),
    "atr": (
        "NQ last 23,000. Expected daily range is 280 points.",
        "I last 23000",
    ),
    "survey": (
        "AAII: 35% bulls, 40% bears, 25% neutral. SPX closed at 6,400 after testing 6,350.",
        "I last 6400",
    ),
    "retail": (
        "GBPUSD last 1.3400. 62% of retail traders are short, 38% long, at an average of 1.3350.",
        "I last 1.34",
    ),
    "account": (
        "Risk 1% of the account per trade. CL last 66.00.",
        "I last 66",
    ),
    "performance": (
        "Gold last 3,350. Our June trade, long 3,250 with a stop at 3,220 and target 3,340, was closed at target.",
        "I last 3350",
    ),
    "rejection there": (
        "EURUSD last 1.1650. Technically, a clean move through 1.1700 paves the way for 1.1780, but rejection"
        " there would drag the pair back to 1.1590.",
        "S up - - 1.178|S down - - 1.159|I last 1.165",
    ),
    "our call": (
        "Gold last 4,010. Our call: 4,150 within the month. We would drop it on a close under 3,950.",
        "S up - - 4150|I last 4010",
    ),
    "bears and bulls": (
        "ES last 6,400. I give the bears 35% (6,300) and the bulls 65% (6,500).",
        "S down .35 - 6300|S up .65 - 6500|I last 6400",
    ),
    "questions": (
        "ETH last 4,400. Chance of tagging 4,700 this week? Maybe 55%. Chance of 4,100 first? 45%.",
        "S up .55 - 4700|S down .45 - 4100|I last 4400",
    ),
    "as long as it is not broken": (
        "YM settled at 45,000. Expect a test of 45,400 as long as 44,700 is not broken.",
        "S up - - 45400|I last 45000",
    ),
    "under and over": (
        "Crude settled at 66.00. The path lower to 63.50 opens up under 65.00; the path higher to 69.00 opens up over 67.20.",
        "S down - - 63.5|S up - - 69|I last 66",
    ),
    "no break no trade": (
        "CL last 66.00. No break, no trade: between 65.00 and 67.20 we see rotation.",
        "S range - 65-67.2 -|I last 66",
    ),
    "targets of breaks": (
        "NG last 3.10. Breakout target on a push past 3.25 is 3.55. Breakdown target on a slip under 2.95 is 2.70.",
        "S up - - 3.55|S down - - 2.7|I last 3.1",
    ),
    "an event": (
        "USDJPY last 148.20. If the Fed surprises, 150.00. If it does not, 146.50.",
        "S up - - 150|S down - - 146.5|I last 148.2",
    ),
    "north of": (
        "Silver last 38.00. A daily settlement north of 38.90 confirms the flag and projects to 41.20.",
        "S up - - 41.2|I last 38",
    ),
    "losing on a close": (
        "Copper last 4.50. Losing 4.42 on a closing basis would confirm a double top with a measured objective of 4.20.",
        "S down - - 4.2|I last 4.5",
    ),
    "base and tails": (
        "RTY last 2,290. Base: 2,250-2,320 chop (50%). Tails: 2,360 (25%) and 2,200 (25%).",
        "S range .5 2250-2320 -|S up .25 - 2360|S down .25 - 2200|I last 2290",
    ),
    "hold equals": (
        "BTC last 112,000. Hold 110k = 118k. Lose 110k = 104k.",
        "S up - - 118000|S down - - 104000|I last 112000",
    ),
    "upside risk": (
        "ZN last 112.50. Upside risk to 113.50 on weak payrolls, downside risk to 111.50 on strong.",
        "S up - - 113.5|S down - - 111.5|I last 112.5",
    ),
    "next stop": (
        "SPY last 640. Next stop 655 if bulls keep 636. Next stop 622 if they don't.",
        "S up - - 655|S down - - 622|I last 640",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_odds_are_read_in_whatever_layout(what):
    assert agrees(NOTES[what]) is True
