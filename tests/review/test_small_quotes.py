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
        "I last 6412.5|I all_time_high 6480|I distance_to_all_time_high_pct 1.1",
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
)  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_small_note_with_quotes_is_read_as_a_trader_reads_it(note):
    assert agrees(note) is True
