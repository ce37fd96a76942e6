"""Small notes with one trade each, told as many people tell them: side, entry, stop and targets."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "bank style": (
        "EURUSD\n\nSpot 1.1650\n\nWe buy EURUSD at 1.1620, stop 1.1580, target 1.1720.",
        "T long 1.162-1.162 1.158 1.172|I last 1.165",
    ),
    "order first": (
        "Gold\n\nGold last 3,350\nLimit buy 3,320 / SL 3,295 / TP 3,380, 3,420",
        "T long 3320 3295 3380,3420|I last 3350",
    ),
    "signal": (
        "GBPJPY SELL 199.50\nSL: 200.10\nTP1: 198.80\nTP2: 198.00",
        "T short 199.5 200.1 198.8,198",
    ),
    "short prose": (
        "NQ last 23,000. I'm short from 23,050 with a stop over 23,180, looking for 22,800 and then 22,600.",
        "T short 23050 23180 22800,22600|I last 23000",
    ),
    "risk to make": (
        "CL last 70.10. Long 69.80 risking to 69.20 for 71.50.",
        "T long 69.8 69.2 71.5|I last 70.1",
    ),
    "wrong below": (
        "ES last 6,400. We buy at 6,380. Wrong below 6,362. First objective 6,425, second 6,450.",
        "T long 6380 6362 6425,6450|I last 6400",
    ),
    "stop first": (
        "RTY last 2,210. With a stop at 2,188 we go long at 2,200 and aim for 2,235.",
        "T long 2200 2188 2235|I last 2210",
    ),
    "key value": (
        "Trade of the day\nInstrument: GBPUSD\nDirection: Short\nEntry: 1.3450\nStop: 1.3490\nTarget 1: 1.3390\nTarget 2: 1.3340",
        "T short 1.345 1.349 1.339,1.334",
    ),
    "table": (
        "Ideas\n\n| Market | Side | In | Out if wrong | Take |\n|---|---|---|---|---|\n| Gold | Buy | 3,320 | 3,290 | 3,390 "
        "|\n| Silver | Sell | 38.60 | 39.20 | 37.20 |",
        "T long 3320 3290 3390|T short 38.6 39.2 37.2",
    ),
    "table usual": (
        "Setups\n\n| Side | Entry | Stop | T1 | T2 |\n|---|---|---|---|---|\n| Long | 2,200 | 2,185 | 2,225 | 2,240 |\n| Short "
        "| 2,250 | 2,262 | 2,225 | 2,205 |",
        "T long 2200 2185 2225,2240|T short 2250 2262 2225,2205",
    ),
    "fade": (
        "ES last 6,400. Fade 6,430-6,435, stop 6,444, cover 6,405.",
        "T short 6430-6435 6444 6405|I last 6400",
    ),
    "breakout": (
        "BTC last 112,000. Buy stop at 113,200, protective stop 111,400, targets 116,000 and 118,500.",
        "T long 113200 111400 116000,118500|I last 112000",
    ),
    "r multiple": (
        "Short 45,200, stop 45,380 (180 pts risk), T1 44,900, T2 44,600, R:R 1.7",
        "T short 45200 45380 44900,44600",
    ),
    "chat": (
        "im long nq 23010, sl 22950, tp 23100",
        "T long 23010 22950 23100",
    ),
    "add and stop": (
        "Copper closed at 4.52. Buy dips to 4.45-4.47 with stops under 4.40 and a profit target of 4.65.",
        "T long 4.45-4.47 4.4 4.65|I last 4.52",
    ),
    "emoji": (
        "🟢 LONG BTC\n📍 Entry 111,500 - 112,000\n🛑 110,200\n🎯 113,800\n🎯 115,500",
        "T long 111500-112000 110200 113800,115500",
    ),
    "no stop": (
        "Gold last 3,350. We like buying 3,320 for 3,400.",
        "I last 3350",
    ),
    "invalidation": (
        "ETH long idea\nEntry zone: 4,300–4,340\nInvalidation: daily close below 4,220\nTargets: 4,480 / 4,600 / 4,750",
        "T long 4300-4340 4220 4480,4600,4750",
    ),
    "take profit words": (
        "USDJPY. Sell rallies at 148.80, cut loss at 149.30, take profit at 147.90.",
        "T short 148.8 149.3 147.9",
    ),
    "sold earlier": (
        "Sold 1.3520, stop at 1.3565, objective 1.3430.",
        "T short 1.352 1.3565 1.343",
    ),
    "sentence apart": (
        "Our plan for the week is simple. We enter long on a pullback to 6,350. The stop goes to 6,318. We take half off at "
        "6,410 and the remainder at 6,460.",
        "T long 6350 6318 6410,6460",
    ),
    "json": (
        '{"symbol": "ES", "side": "short", "entry": 6440, "stop": 6458, "targets": [6405, 6380]}',
        "T short 6440 6458 6405,6380",
    ),
    "pipe": (
        "ESZ5 | LONG | 6,385 | SL 6,370 | TP 6,420",
        "T long 6385 6370 6420",
    ),
    "at sign": (
        "Long @ 2,195; stop @ 2,180; targets @ 2,220 & 2,240.",
        "T long 2195 2180 2220,2240",
    ),
    "units": (
        "Buy NVDA between $176 and $178, stop-loss $169, target $195.",
        "T long 176-178 169 195",
    ),
    "vip": (
        "🔥 GOLD VIP 🔥\nXAUUSD BUY NOW 3342\nSL: 3334 ❌\nTP1: 3348 ✅\nTP2: 3355 ✅",
        "T long 3342 3334 3348,3355",
    ),
    "alpha": (
        "#BTC/USDT 🔴 SHORT (cross 5x)\n📥 Entry : 112400 / 113000\n🎯 Targets : 110800 • 109500 • 107200\n🛑 Stop : 114600",
        "T short 112400-113000 114600 110800,109500,107200",
    ),
    "india": (
        "NIFTY 50 (CMP 25,219.90)\nRecommendation: Sell on rise NIFTY AUG FUT in the range of 25,340-25,370, SL 25,480 "
        "(closing basis), TGT 25,150/25,000.",
        "T short 25340-25370 25480 25150,25000|I last 25219.9",
    ),
    "desk order": (
        "Working order for the morning - we are sellers of Dec gold at 4,060, protective buy stop 4,095, taking half off at "
        "4,010 and the rest at 3,980.",
        "T short 4060 4095 4010,3980",
    ),
    "call": (
        "0745 call // ES\nprev settle 6,452\ntrade: buy 6,430, out 6,414, take 6,465 & 6,480",
        "T long 6430 6414 6465,6480|I last 6452",
    ),
    "playbook": (
        "EURUSD @ 1.1526\n\nTODAY     buy 1.1490-1.1500 | stop 1.1470 | aim 1.1545\nNEXT WK   sell 1.1640 | stop 1.1690 | "
        "aim 1.1560, 1.1500",
        "T long 1.149-1.15 1.147 1.1545|T short 1.164 1.169 1.156,1.15|I last 1.1526",
    ),
    "checklist": (
        "- [x] Order: sell limit 4.72\n- [x] Stop-loss: 4.785\n- [x] Objective 1: 4.60\n- [x] Objective 2: 4.50",
        "T short 4.72 4.785 4.6,4.5",
    ),
    "bullets": (
        "• idea\n    ▪ go short 1.1010\n    ▪ s/l 1.1055\n    ▪ t/p 1.0905",
        "T short 1.101 1.1055 1.0905",
    ),
    "transcript": (
        "So I'd get short at 62.30, my stop is 63.10, first target 60.90, second target 60.00. That's it, that's the trade.",
        "T short 62.3 63.1 60.9,60",
    ),
    "ticket": (
        "| | Ticket A |\n|---|---|\n| Direction | Short |\n| Entry | 6,818.00 |\n| Stop | 6,841.00 |\n| Target | 6,765.00 |",
        "T short 6818 6841 6765",
    ),
    "yaml": (
        "signal:\n  side: sell\n  entry: 108000\n  stop_loss: 109200\n  take_profit: [106500, 105000]",
        "T short 108000 109200 106500,105000",
    ),
    "meridian": (
        "1️⃣ GBPUSD 🔺 Buy stop @ 1.3455 | 🚫 1.3410 | 🎯 1.3520 | 🎯 1.3580",
        "T long 1.3455 1.341 1.352,1.358",
    ),
    "impl": (
        "Implementation\n  Sell 2,290 with a stop at 2,312 and objectives of 2,250 and 2,215.",
        "T short 2290 2312 2250,2215",
    ),
    "a plan in chat": (
        "dutch_pete: plan = short 2548, stop 2559, tp 2530 / 2518",
        "T short 2548 2559 2530,2518",
    ),
    "monk": (
        "**My plan**\nEntry: $0.62 to $0.64\nInvalidation: $0.58\nTake profits: $0.70, then $0.78, moon bag to $0.95",
        "T long .62-.64 .58 .7,.78,.95",
    ),
    "prose two": (
        "We bought the dip at 2,250 and keep the stop at 2,228; half comes off at 2,285, the rest rides to 2,310.",
        "T long 2250 2228 2285,2310",
    ),
    "limit list": (
        "Orders\n1. Buy limit 38.20, stop 37.60, target 39.40\n2. Sell limit 40.10, stop 40.75, target 38.90",
        "T long 38.2 37.6 39.4|T short 40.1 40.75 38.9",
    ),
    "columns": (
        "Symbol,Side,Entry,Stop,Target\nES,Long,6400,6380,6450",
        "T long 6400 6380 6450",
    ),
    "vs": (
        "Long RTY 2,280 vs 2,262 for 2,310 / 2,335.",
        "T long 2280 2262 2310,2335",
    ),
    "trail": (
        "Short oil from 66.20 (stop 67.10, moved down from 67.90; targets 64.50 and 63.20).",
        "T short 66.2 67.1 64.5,63.2",
    ),
    "told: risk first": (
        "Trade idea: GBPUSD. Risk 40 pips from 1.3420 with stop 1.3380. Buy 1.3420, target 1.3500.",
        "T long 1.342 1.338 1.35",
    ),
    "told: pullback": (
        "ES last 6,400. On a pullback to 6,370 we are buyers; we are wrong under 6,352 and look for 6,430.",
        "T long 6370 6352 6430|I last 6400",
    ),
    "told: conditional breakout": (
        "RTY last 2,280. Plan: go long on a 15-min close above 2,292, stop 2,279, target 2,318.",
        "T long 2292 2279 2318|I last 2280",
    ),
    "told: short below": (
        "NQ last 23,000. Sell the break of 22,900, stop above 23,020, target 22,650.",
        "T short 22900 23020 22650|I last 23000",
    ),
    "told: bullet order": (
        "Trade: Short Brent\n- Entry 68.80/69.20\n- Stop 70.10\n- Target 66.00\n- R/R 2.6",
        "T short 68.8-69.2 70.1 66",
    ),
    "told: table rr": (
        "| Market | Direction | Entry | Stop loss | Take profit 1 | Take profit 2 | R/R |\n|---|---|---|---|--"
        "-|---|---|\n| EURUSD | Buy | 1.1600 | 1.1560 | 1.1660 | 1.1720 | 1.5 |",
        "T long 1.16 1.156 1.166,1.172",
    ),
    "told: vertical table": (
        "| Field | Value |\n|---|---|\n| Side | Buy |\n| Entry | 38.20 |\n| Stop | 37.40 |\n| Target | 40.00 |",
        "T long 38.2 37.4 40",
    ),
    "told: no dots": (
        "LONG GOLD 3340 SL 3328 TP 3365",
        "T long 3340 3328 3365",
    ),
    "told: spanish style": (
        "Gold. Enter long: 3,340. Exit if wrong: 3,325. Exit if right: 3,380.",
        "T long 3340 3325 3380",
    ),
    "told: two sentences": (
        "Sell EURJPY at market, 172.40. Stops belong above 173.20. First target is 171.00; the second is 170.20.",
        "T short 172.4 173.2 171,170.2",
    ),
    "told: protect": (
        "Long silver from 37.90, protecting at 37.20, aiming for 39.00 and 39.80.",
        "T long 37.9 37.2 39,39.8",
    ),
    "told: handles": (
        "Buy 6,370, give it 15 handles (6,355), take 6,400.",
        "T long 6370 6355 6400",
    ),
    "told: bracket": (
        "Idea: short USDJPY (entry 148.60, stop 149.20, target 147.20)",
        "T short 148.6 149.2 147.2",
    ),
    "told: numbers named": (
        "Entry price: 2,350.00\nStop price: 2,335.00\nTarget price: 2,380.00\nSide: LONG",
        "T long 2350 2335 2380",
    ),
    "told: semicolon": (
        "Strategy: Long; Entry: 1.1620; Stop loss: 1.1580; Target: 1.1700",
        "T long 1.162 1.158 1.17",
    ),
    "told: offer": (
        "We'd offer 6,440 with a stop at 6,456 and a bid to cover at 6,405.",
        "T short 6440 6456 6405",
    ),
    "told: arrow": (
        "LONG RTY 2,280 → 2,310 → 2,330 ✋ 2,265",
        "T long 2280 2265 2310,2330",
    ),
    "told: twitter": (
        "$NVDA long over 182, stop 178, PT 190/195",
        "T long 182 178 190,195",
    ),
    "told: hedged": (
        "Gold last 3,340. If you must: buy 3,310, sell it at 3,360, get out at 3,295.",
        "T long 3310 3295 3360|I last 3340",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_a_trade_is_read_however_it_is_told(what):
    assert agrees(NOTES[what]) is True
