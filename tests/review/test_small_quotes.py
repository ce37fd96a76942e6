"""Small notes with quotes: last prices by their shape, averages in words, tables without a heading of their own."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = (
    (
        "Morning ruler\n\n            Close     20-day    50-day    200-day   RSI\nES          6307.25   6242.5    6041.0 "
        "   5916.75   64.8\nNQ          23098.50  22790     21958     20981     66.2",
        "I last 6307.25|I sma_20 6242.5|I sma_50 6041|I sma_200 5916.75|I rsi_14 64.8|I last 23098.5|I sma_20 22790|I "
        "sma_50 21958|I sma_200 20981|I rsi_14 66.2",
    ),
    (
        "Averages\n\nMarket    Last     50 DMA   200 DMA  ATR\nGold      3,312.4  3,290    2,980    48.2\nSilver    36.85  "
        "  34.20    32.10    0.92",
        "I last 3312.4|I sma_50 3290|I sma_200 2980|I atr_14 48.2|I last 36.85|I sma_50 34.2|I sma_200 32.1|I atr_14 "
        "0.92",
    ),
    (
        "FX lines\n\nEURUSD 1.1702   R: 1.1735 1.1780   S: 1.1660 1.1614\nGBPUSD 1.3531   R: 1.3560 1.3595   S: 1.3490 "
        "1.3432",
        "I last 1.1702|I last 1.3531|L resistance level 1.1735|L resistance level 1.178|L support level 1.166|L "
        "support level 1.1614|L resistance level 1.356|L resistance level 1.3595|L support level 1.349|L support level "
        "1.3432",
    ),
    (
        "Crude\n\nWTI August settled at 65.24. The 200 day sits at 68.31, the fifty-day at 62.97. RSI = 46.",
        "I last 65.24|I sma_200 68.31|I sma_50 62.97|I rsi_14 46",
    ),
    (
        "Gold\n\nGold (Dec) 3,412.5. Its twenty-day is 3,391, the two-hundred-day 3,107.",
        "I last 3412.5|I sma_20 3391|I sma_200 3107",
    ),
    (
        "Gold\n\nGold last printed 3,442.6. Moving averages: 20/50/200 at 3,391/3,368/3,107.",
        "I last 3442.6|I sma_20 3391|I sma_50 3368|I sma_200 3107",
    ),
    (
        "ES\n\nES settled 6,307.25. MAs (20/50/200): 6,242 / 6,041 / 5,916.",
        "I last 6307.25|I sma_20 6242|I sma_50 6041|I sma_200 5916",
    ),
    (
        "NQ 28-Oct-2025 spot on the screen 25,930\n\n26,420 resistance\n25,540 support",
        "I last 25930|L resistance level 26420|L support level 25540",
    ),
    (
        "rty 2181 now\nsup 2150, res 2210",
        "I last 2181|L support level 2150|L resistance level 2210",
    ),
    (
        "Copper\n\nCOMEX Sep 5.6140/lb. 50-d SMA 5.0560, 200-d SMA 4.6115.",
        "I last 5.614|I sma_50 5.056|I sma_200 4.6115",
    ),
    (
        "Bonds\n\nBond (Sep) closed 113'12. 20 DMA 113'28, 50 DMA 113'02, 200 DMA 115'20.",
        "I last 113.375|I sma_20 113.875|I sma_50 113.0625|I sma_200 115.625",
    ),
    (
        "Microsoft finished at 478.56, which is 13.8% off the all-time high of 555.45. 50d 507.9, 200d 472.3. RSI = 38.",
        "I last 478.56|I drawdown_pct 13.8|I all_time_high 555.45|I sma_50 507.9|I sma_200 472.3|I rsi_14 38",
    ),
    (
        "BTC $91.2k rn. sup 89k, res 95k",
        "I last 91200|L support level 89000|L resistance level 95000",
    ),
    (
        "Desk quotes: ES 6,412.50 (+0.3%), NQ 23,410 (+0.5%), RTY 2,281.4 (-0.2%).",
        "I last 6412.5|I last 23410|I last 2281.4",
    ),
    (
        "| | ES | NQ |\n|---|---|---|\n| Last | 6,412.50 | 23,410 |\n| 50-day | 6,250 | 22,700 |\n| RSI | 61 | 63 |",
        "I last 6412.5|I last 23410|I sma_50 6250|I sma_50 22700|I rsi_14 61|I rsi_14 63",
    ),
    (
        "ES: the market closed the week at 6,412.50, sitting 1.1% below its record of 6,480 set on 28 July.",
        "I last 6412.5|I all_time_high 6480|I drawdown_pct 1.1",
    ),
    (
        "Tesla's shares went out at 321.20 on Friday. The fifty-day average (312.4) is rising, the 200-day (298.1) "
        "flat. RSI 58, MACD 2.1.",
        "I last 321.2|I sma_50 312.4|I sma_200 298.1|I rsi_14 58|I macd 2.1",
    ),
    (
        "DAX: 24,120 at the close. 20 EMA = 24,050; 50 EMA = 23,800; RSI(14) = 57; ATR(14) = 280.",
        "I last 24120|I ema_20 24050|I ema_50 23800|I rsi_14 57|I atr_14 280",
    ),
    (
        "With the contract at 4,512, the 21-day exponential average (4,488) is the first thing bulls need.  RTY is not "
        "in play. RSI stands at 55.",
        "I last 4512|I ema_21 4488|I rsi_14 55",
    ),
    (
        "Nikkei cash, closed 50,883.68. Nikkei futures (Dec, OSE), last 50,950.",
        "I last 50883.68|I last 50950",
    ),
    (
        "Ether's 14-day RSI has fallen to 38 from 61; the price, 3,020, is under both the 50-day (3,412) and the "
        "200-day (3,205).",
        "I rsi_14 38|I last 3020|I sma_50 3412|I sma_200 3205",
    ),
    (
        "Dashboard 4 March 2025\n\nSymbol   Px        MA20      MA50      MA200     ATR14\nES       5,778.25  5,990     "
        "6,010     5,812     92.5\nNQ       20,352    21,400    21,520    20,230    410",
        "I last 5778.25|I sma_20 5990|I sma_50 6010|I sma_200 5812|I atr_14 92.5|I last 20352|I sma_20 21400|I sma_50 "
        "21520|I sma_200 20230|I atr_14 410",
    ),
    (
        "EMAs 9/21/50: 6,402 / 6,377 / 6,250. ES last traded 6,412.50.",
        "I ema_9 6402|I ema_21 6377|I ema_50 6250|I last 6412.5",
    ),
    (
        "RTY 2,318.60 -12.40 (-0.53%). 50-day 2,196, 200-day 2,178.",
        "I last 2318.6|I sma_50 2196|I sma_200 2178",
    ),
    (
        "NVDA $181.20 after the close. 20d avg $176.40, 50d avg $170.10. It is 6.2% off its record of $193.20.",
        "I last 181.2|I sma_20 176.4|I sma_50 170.1|I drawdown_pct 6.2|I all_time_high 193.2",
    ),
    (
        "Crude finished the session on 61.42, its lowest settlement since May. The 50-day is up at 64.10 and the "
        "200-day higher still at 68.80. RSI at 34.",
        "I last 61.42|I sma_50 64.1|I sma_200 68.8|I rsi_14 34",
    ),
    (
        "Bitcoin, last: $104,300. The 200-day average ($109,900) was lost on Tuesday. RSI (14): 36. ATR (14): $3,150.",
        "I last 104300|I sma_200 109900|I rsi_14 36|I atr_14 3150",
    ),
    (
        "GBPUSD sits at 1.3402 this morning. 50-DMA 1.3455, 100-DMA 1.3420, 200-DMA 1.3210.",
        "I last 1.3402|I sma_50 1.3455|I sma_100 1.342|I sma_200 1.321",
    ),
    (
        "Gold outlook. Gold last 3,312.\n\nScenario A (50%) - upside: 3,390.\nScenario B (30%) - sideways: 3,250 to "
        "3,340.\nScenario C (20%) - downside: 3,170.",
        "I last 3312|S up 0.5 - 3390|S range 0.3 3250-3340 -|S down 0.2 - 3170",
    ),
    (
        "ES last 6,412. My odds: six in ten for 6,520, three in ten that we stay in 6,330-6,450, one in ten for 6,210.",
        "I last 6412|S up 0.6 - 6520|S range 0.3 6330-6450 -|S down 0.1 - 6210",
    ),
    (
        "Silver last 36.85. I give 65% to a run at 38.40 and 35% to a drop to 35.10.",
        "I last 36.85|S up 0.65 - 38.4|S down 0.35 - 35.1",
    ),
    (
        "| Path | Weight | Where |\n|---|---|---|\n| Squeeze | 40% | 2,420 |\n| Nothing | 40% | 2,280-2,350 |\n| Flush | "
        "20% | 2,190 |\n\nRTY last 2,318.6",
        "I last 2318.6|S up 0.4 - 2420|S range 0.4 2280-2350 -|S down 0.2 - 2190",
    ),
    (
        "NQ last 23,410. Base case, 55 percent: a drift to 23,800. Risk case, 45 percent: back to 22,900.",
        "I last 23410|S up 0.55 - 23800|S down 0.45 - 22900",
    ),
    (
        "Cable trades 1.3402. Over 1.3455 we would target 1.3560; under 1.3330, 1.3210.",
        "I last 1.3402|S up - - 1.356|S down - - 1.321",
    ),
    (
        "WTI Jan 58.85\nUpside 60.70 (45%)\nMiddle 57.40-59.90 (35%)\nDownside 55.80 (20%)",
        "I last 58.85|S up 0.45 - 60.7|S range 0.35 57.4-59.9 -|S down 0.2 - 55.8",
    ),
    (
        "ES close 6,412. A daily close over 6,450 should bring 6,520. A break of 6,330 would expose 6,250.",
        "I last 6412|S up - - 6520|S down - - 6250",
    ),
    (
        "Tesla last 321. Chance of 350 before expiry: 30%. Chance of 300: 45%.",
        "I last 321|S up 0.3 - 350|S down 0.45 - 300",
    ),
    (
        "Copper last 5.55. We think the metal goes to 5.90 by year end.",
        "I last 5.55|S up - - 5.9",
    ),
    (
        "Ether last 3,020\n- bull (40%): 3,400\n- chop (35%): 2,850–3,150\n- bear (25%): 2,600",
        "I last 3020|S up 0.4 - 3400|S range 0.35 2850-3150 -|S down 0.25 - 2600",
    ),
)  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_small_note_with_quotes_is_read_as_a_trader_reads_it(note):
    assert agrees(note) is True
