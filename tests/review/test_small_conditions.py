"""Small notes with conditions, odds and forecasts as many people say them, with what a trader takes from each."""

from __future__ import annotations

import pytest
from small_notes import agrees

from levelhead.review.shares import shares_in

NOTES = {
    "odds list heads": (
        "ES plan\n\nLast 6,400.\n\nPlan A (65%): hold 6,370, then 6,460.\nPlan B (35%): lose 6,370, then 6,310.",
        "S up .65 - 6460|S down .35 - 6310|I last 6400",
    ),
    "primary alternate": (
        "Copper count\n\nClose: 4.52\n\nPrimary count: wave 5 up to 4.78.\nAlt count: wave 4 extends to 4.31.",
        "S up - - 4.78|S down - - 4.31|I last 4.52",
    ),
    "upside downside lines": (
        "NQ brief\n\nLast: 23,450\nUpside: 23,800 (45%)\nDownside: 23,000 (30%)\nSideways: 23,250-23,600 (25%)",
        "S up .45 - 23800|S down .3 - 23000|S range .25 23250-23600 -|I last 23450",
    ),
    "unless": (
        "Crude\n\nWTI last 66.10. Unless 64.80 gives way, 68.50 is the draw. Below 64.80 the door is open to 62.90.",
        "S up - - 68.5|S down - - 62.9|I last 66.1",
    ),
    "arrows": (
        "BTC\n\nPrice: 61,200\n> 62,000 → 64,500\n< 60,400 → 58,000",
        "S up - - 64500|S down - - 58000|I last 61200",
    ),
    "if colon": (
        "RTY\n\nLast 2,210\nIf 2,225 breaks: 2,260\nIf 2,190 breaks: 2,155",
        "S up - - 2260|S down - - 2155|I last 2210",
    ),
    "bull trigger": (
        "DAX note\n\nLast: 24,050\nBull trigger: above 24,150, objective 24,400\nBear trigger: below 23,900, objective 23,600",
        "S up - - 24400|S down - - 23600|I last 24050",
    ),
    "table odds": (
        "SPX outlook\n\nLast: 6,400\n\n| Case | Odds | Trigger | Target |\n|---|---|---|---|\n| Bull | 50% | above 6,430 | "
        "6,500 |\n| Base | 30% | 6,350-6,430 holds | 6,350-6,430 |\n| Bear | 20% | below 6,350 | 6,270 |",
        "S up .5 - 6500|S range .3 6350-6430 -|S down .2 - 6270|I last 6400",
    ),
    "table other order": (
        "Silver\n\nLast: 38.20\n\n| Odds | Where to | What |\n|---|---|---|\n| 55% | 40.00 | rally resumes |\n| 45% | 36.80 | "
        "deeper dip |",
        "S up .55 - 40|S down .45 - 36.8|I last 38.2",
    ),
    "percent words": (
        "Ether\n\nETH trades at 4,420. I put sixty per cent on a push to 4,700 and forty per cent on a flush to 4,150.",
        "S up .6 - 4700|S down .4 - 4150|I last 4420",
    ),
    "range only": (
        "EURUSD\n\nSpot 1.1650. We expect 1.1600-1.1720 to contain the pair today.",
        "S range - 1.16-1.172 -|I last 1.165",
    ),
    "expected range": (
        "USDJPY daily\n\nSpot 148.20\nExpected range: 147.60 - 149.10",
        "S range - 147.6-149.1 -|I last 148.2",
    ),
    "likely trade between": (
        "Gold\n\nGold is at 3,350. The metal is likely to trade sideways between 3,320 and 3,390 this week.",
        "S range - 3320-3390 -|I last 3350",
    ),
    "otherwise": (
        "Bund\n\nBund future last 129.40. Through 129.80 we run to 130.50, otherwise back to 128.60.",
        "S up - - 130.5|S down - - 128.6|I last 129.4",
    ),
    "risk is": (
        "Aussie\n\nAUDUSD last 0.6550. The risk is a slide to 0.6480 if 0.6520 cracks.",
        "S down - - .648|I last .655",
    ),
    "clears next": (
        "Nikkei\n\nNikkei last 40,200. Once 40,500 is cleared, 41,200 comes into view. Failure at 39,800 exposes 39,000.",
        "S up - - 41200|S down - - 39000|I last 40200",
    ),
    "past": (
        "ES\n\nES last 6,400. Last week a break above 6,350 led to a rally to 6,420. In March the loss of 5,600 sent it to 4,830.",
        "I last 6400",
    ),
    "chance sentence": (
        "NVDA\n\nNVDA closed at 180.10. There is a one in three chance of 195 by earnings.",
        "S up .333333 - 195|I last 180.1",
    ),
    "60 40": (
        "Russell\n\nRTY last 2,300. I am 60/40 for 2,350 over 2,250.",
        "S up .6 - 2350|S down .4 - 2250|I last 2300",
    ),
    "bull bear dash": (
        "CL\n\nLast 70.00\nBull case - 73.50, needs 71.00 to go\nBear case - 66.80, needs 69.20 to go",
        "S up - - 73.5|S down - - 66.8|I last 70",
    ),
    "break up down": (
        "TSLA\n\nTSLA last 350. Break > 360 opens 380. Break < 340 opens 320.",
        "S up - - 380|S down - - 320|I last 350",
    ),
    "targets after above": (
        "XAUUSD\n\nPrice 3350\nAbove 3365: targets 3380, 3400\nBelow 3335: targets 3320, 3300",
        "S up - - 3380|S down - - 3320|I last 3350",
    ),
    "scenario numbered": (
        "SPY\n\nSPY last 640.\n1) Melt-up (40%): 660\n2) Grind (35%): 630-648\n3) Shakeout (25%): 615",
        "S up .4 - 660|S range .35 630-648 -|S down .25 - 615|I last 640",
    ),
    "base case up": (
        "Gold\n\nSpot 3,350. Our base case, 70%, has gold reaching 3,500 by year end. The risk case, 30%, is a fall to 3,150.",
        "S up .7 - 3500|S down .3 - 3150|I last 3350",
    ),
    "we look for": (
        "EURGBP\n\nSpot 0.8650. We look for a move to 0.8720 in the coming days; only a return below 0.8610 would negate this "
        "and target 0.8560.",
        "S up - - .872|S down - - .856|I last .865",
    ),
    "hold then": (
        "NQ\n\nLast 23,000\nHold 22,850 and we squeeze to 23,400\nLose 22,850 and we flush to 22,500",
        "S up - - 23400|S down - - 22500|I last 23000",
    ),
    "neutral between": (
        "ES\n\nLast 6,400\nBullish above 6,430, bearish below 6,360, neutral between.",
        "S up - - -|S down - - -|I last 6400",
    ),
    "odds column text": (
        "Corn\n\nLast: 412\nOdds of 425 this month: 35%\nOdds of 395 this month: 65%",
        "S up .35 - 425|S down .65 - 395|I last 412",
    ),
    "lean": (
        "Dow\n\nYM last 45,000. Lean long: 45,600 first (60%), though a poke down to 44,600 can't be excluded (40%).",
        "S up .6 - 45600|S down .4 - 44600|I last 45000",
    ),
    "odds in brackets front": (
        "Bitcoin\n\nBTC at 112,000. [55%] Rally to 118,000. [45%] Drop to 106,000.",
        "S up .55 - 118000|S down .45 - 106000|I last 112000",
    ),
    "should": (
        "Natgas\n\nNatgas settled at 3.10. Should 3.00 fail, expect 2.85. Should 3.22 clear, expect 3.40.",
        "S down - - 2.85|S up - - 3.4|I last 3.1",
    ),
    "as long as": (
        "Nasdaq\n\nNQ last 23,100. As long as 22,900 holds the path of least resistance is up toward 23,500.",
        "S up - - 23500|I last 23100",
    ),
    "capped": (
        "Cable\n\nGBPUSD last 1.3400. Expect consolidation inside 1.3350/1.3450 into Friday.",
        "S range - 1.335-1.345 -|I last 1.34",
    ),
    "percent after colon list": (
        "Brent\n\nBrent last 68.20\n\n- 71.50: 40%\n- 66.00-70.00: 35%\n- 63.80: 25%",
        "S up .4 - 71.5|S range .35 66-70 -|S down .25 - 63.8|I last 68.2",
    ),
    "prob column last": (
        "ZB outlook\n\nPrice 118.50\n\nScenario | Level | Prob\nRally | 120.00 | 45%\nRange | 117.00-119.50 | 30%\nSelloff | "
        "115.50 | 25%",
        "S up .45 - 120|S range .3 117-119.5 -|S down .25 - 115.5|I last 118.5",
    ),
    "html-ish colon": (
        "Bull: 2,350 (30%). Base: 2,250-2,310 (50%). Bear: 2,190 (20%).\nRTY last 2,280",
        "S up .3 - 2350|S range .5 2250-2310 -|S down .2 - 2190|I last 2280",
    ),
    "we assign": (
        "Gold closed at 3,340. We assign a 55 per cent probability to 3,450 being reached and a 45 per cent probability to 3,240.",
        "S up .55 - 3450|S down .45 - 3240|I last 3340",
    ),
    "chance that": (
        "ES settled 6,400. Chance that 6,480 trades before 6,320: 58%.",
        "S up .58 - 6480|I last 6400",
    ),
    "break sends": (
        "Cocoa last 8,200. A break of 8,000 sends it to 7,600. A move back over 8,450 would neutralise that and bring 8,800.",
        "S down - - 7600|S up - - 8800|I last 8200",
    ),
    "key is": (
        "EURJPY last 172.00. Key is 171.20: hold it and 173.50 is on; lose it and 169.80 follows.",
        "S up - - 173.5|S down - - 169.8|I last 172",
    ),
    "bulls need": (
        "SPX closed at 6,400. Bulls need a close above 6,430 to aim for 6,500. Bears need a close below 6,360 to aim for 6,290.",
        "S up - - 6500|S down - - 6290|I last 6400",
    ),
    "would open": (
        "USDCAD trades 1.3780. Below 1.3720 there is little until 1.3600, whereas above 1.3860 there is room to 1.4000.",
        "S down - - 1.36|S up - - 1.4|I last 1.378",
    ),
    "preference semicolon": (
        "Our preference: above 3,320 look for 3,380 and 3,410. Alternative: below 3,320 expect 3,290 and 3,265.",
        "S up - - 3380|S down - - 3290",
    ),
    "pivot pref": (
        "Pivot: 38.10\n\nOur Preference: Long positions above 38.10 with targets at 38.90 & 39.30 in extension.\n\nAlternative "
        "Scenario: Below 38.10 look for further downside with 37.70 & 37.30 as targets.",
        "S up - - 38.9|S down - - 37.7|L pivot pivot 38.1",
    ),
    "bias flips": (
        "ETH 4,400. Bias stays long while 4,320 holds, target 4,560.",
        "S up - - 4560|I last 4400",
    ),
    "most likely": (
        "Copper at 4.60. Most likely: 4.45 first. Less likely: straight to 4.80.",
        "S down - - 4.45|S up - - 4.8|I last 4.6",
    ),
    "timeframe list": (
        "AUDUSD last 0.6550\n\n1 week: up to 0.6620, probability 60%\n1 month: down to 0.6400, probability 55%",
        "S up .6 - .662|S down .55 - .64|I last .655",
    ),
    "tree": (
        "TSLA last 350\n\nIf > 362 -> 380 (40%)\nIf 335-362 -> chop (35%)\nIf < 335 -> 310 (25%)",
        "S up .4 - 380|S range .35 335-362 -|S down .25 - 310|I last 350",
    ),
    "poll": (
        "Poll of our desk on crude, last 66.00: 6 of 10 say 70.00 next, 4 of 10 say 62.00.",
        "S up .6 - 70|S down .4 - 62|I last 66",
    ),
    "expected move": (
        "SPX closed 6,400. The options market prices a 6,310-6,490 range for the week.",
        "S range - 6310-6490 -|I last 6400",
    ),
    "stay": (
        "Bund settled 129.40. Expect it to stay between 128.90 and 129.90 ahead of the ECB.",
        "S range - 128.9-129.9 -|I last 129.4",
    ),
    "negated": (
        "Gold is at 3,340. We do not expect a move to 3,500. A drop to 3,100 is off the table.",
        "I last 3340",
    ),
    "teaser": (
        "ES closed 6,400. Last month our subscribers caught the drop from 6,500 to 6,300 after the break of 6,450.",
        "I last 6400",
    ),
    "wave": (
        "Wave count\n\nSilver last 38.00. Preferred: wave (iii) to 42.00, 65%. Alternate: a triangle, back to 36.50, 35%.",
        "S up .65 - 42|S down .35 - 36.5|I last 38",
    ),
    "skew": (
        "Skew for the week: 60% up to 45,600, 40% down to 44,500. YM last 45,000.",
        "S up .6 - 45600|S down .4 - 44500|I last 45000",
    ),
    "first second": (
        "NDX closed 23,400. First scenario, 55%: rally through 23,600 to 24,100. Second scenario, 45%: rejection and a drop "
        "back to 22,900.",
        "S up .55 - 24100|S down .45 - 22900|I last 23400",
    ),
    "q and a": (
        "Q: Where next?\nA: 1.1800, I'd say 60%.\nQ: And if you are wrong?\nA: 1.1500, that's the 40%.\nEURUSD trades 1.1650.",
        "S up .6 - 1.18|S down .4 - 1.15|I last 1.165",
    ),
    "gap odds": (
        "Gap at 5,980 gets filled: 35%. New high above 6,150 first: 65%. ES last 6,080.",
        "S down .35 - 5980|S up .65 - 6150|I last 6080",
    ),
    "slash odds": (
        "RTY 2,300. Up to 2,360 / down to 2,240: 55/45.",
        "S up .55 - 2360|S down .45 - 2240|I last 2300",
    ),
    "yen": (
        "Nikkei closed 40,000. Assumed range for the week: 39,200 to 40,900.",
        "S range - 39200-40900 -|I last 40000",
    ),
    "once above": (
        "BTC 112,000. Once above 114,000, bulls can run it to 120,000. Under 109,500 and it's 104,000.",
        "S up - - 120000|S down - - 104000|I last 112000",
    ),
    "only below": (
        "Gold 3,340. Only below 3,300 would we turn cautious and look at 3,240.",
        "S down - - 3240|I last 3340",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_a_way_on_is_read_however_it_is_told(what):
    assert agrees(NOTES[what]) is True


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("seven in ten", 70, 70),
        ("3 chances out of 5", 60, 60),
        ("50 parts in 100", 50, 50),
        ("a one-in-four chance", 25, 25),
        ("sixty to seventy per cent", 60, 70),
        ("weight 0.35", 35, 35),
        ("hit: 6/10.", 60, 60),
        ("it is even money that", 50, 50),
    ],
)
def test_a_share_is_a_chance(text, low, high):
    [share] = shares_in(text)
    assert (share.low, share.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["in 2025 we saw 3 in 2024", "on 6/10 we bought", "better than even odds, 52%", "50/50", "3 in 0", "1.25 in June"]
)
def test_other_numbers_are_no_share(text):
    assert list(shares_in(text)) == []
