"""Small notes with tables, ladders and sheets of several markets, with what a trader takes from them."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = (
    (
        "symbol,last,sup1,sup2,res1,res2\nES,6842.25,6815.00,6790.50,6868.75,6891.00\n"
        "NQ,24812.50,24650.00,24480.25,24990.00,25140.75",
        "I last 6842.25|I last 24812.5|L support level 6815|L support level 6790.5|"
        "L resistance level 6868.75|L resistance level 6891|L support level 24650|L support level 24480.25|"
        "L resistance level 24990|L resistance level 25140.75",
    ),
    (
        "RTY levels export\ntype;price;comment\nresistance;2455;Aug high\nresistance;2430;20-day MA\n"
        "support;2400;round number\nsupport;2371;gap",
        "L resistance extreme 2455|L resistance average 2430|L support round 2400|L support gap 2371|I sma_20 2430",
    ),
    (
        "Instrument\tLast\tSupport 1\tSupport 2\tResistance 1\tResistance 2\nEURUSD\t1.1715\t1.1690\t1.1655\t1.1745\t"
        "1.1780\nUSDJPY\t152.40\t151.60\t150.90\t153.00\t153.75",
        "I last 1.1715|I last 152.4|L support level 1.169|L support level 1.1655|L resistance level 1.1745|"
        "L resistance level 1.178|L support level 151.6|L support level 150.9|L resistance level 153|"
        "L resistance level 153.75",
    ),
    (
        "NQ zones\n\n| Side | From | To | Remark |\n|---|---|---|---|\n| Resistance | 24,900 | 24,940 | supply |\n"
        "| Support | 24,600 | 24,640 | demand |",
        "L resistance level 24900-24940|L support level 24600-24640",
    ),
    (
        "Side\tLow\tHigh\tNote\nSupport\t2,371\t2,380\tgap\nResistance\t2,455\t2,460\tAugust high",
        "L support gap 2371-2380|L resistance extreme 2455-2460",
    ),
    (
        "| Market | Close | 1st Sup | 2nd Sup | 1st Res | 2nd Res |\n|---|---|---|---|---|---|\n| Gold | "
        "3,988.0 | 3,950.0 | 3,920.0 | 4,020.0 | 4,050.0 |\n| WTI | 62.75 | 61.90 | 61.20 | 63.60 | 64.40 |",
        "I last 3988|I last 62.75|L support level 3950|L support level 3920|L resistance level 4020|"
        "L resistance level 4050|L support level 61.9|L support level 61.2|L resistance level 63.6|"
        "L resistance level 64.4",
    ),
    (
        "Weekly pivots\n\n| Contract | R2 | R1 | Pivot | S1 | S2 |\n|---|---|---|---|---|---|\n| ES | 6,930 | "
        "6,890 | 6,850 | 6,810 | 6,770 |",
        "L resistance pivot 6930|L resistance pivot 6890|L pivot pivot 6850|L support pivot 6810|L support pivot 6770",
    ),
    (
        "ES     Sup: 6815 6790 6755     Res: 6868 6891 6925\nNQ     Sup: 24650 24480        Res: 24990 25140",
        "L support level 6815|L support level 6790|L support level 6755|L resistance level 6868|"
        "L resistance level 6891|L resistance level 6925|L support level 24650|L support level 24480|"
        "L resistance level 24990|L resistance level 25140",
    ),
    (
        "| Indicator | ES | NQ |\n|---|---|---|\n| Last | 6,842 | 24,812 |\n| 50-day | 6,705 | 24,210 |\n| "
        "200-day | 6,310 | 22,480 |\n| RSI | 58 | 55 |",
        "I last 6842|I last 24812|I sma_50 6705|I sma_50 24210|I sma_200 6310|I sma_200 22480|I rsi_14 58|I rsi_14 55",
    ),
    (
        "| Ticker | Price | 50DMA | 200DMA | RSI(14) |\n|---|---|---|---|---|\n| AAPL | 228.10 | 221.40 | "
        "215.80 | 61.2 |\n| TSLA | 412.00 | 380.10 | 331.70 | 57.9 |",
        "I last 228.1|I last 412|I sma_50 221.4|I sma_50 380.1|I sma_200 215.8|I sma_200 331.7|I rsi_14 61.2|I rsi_14 57.9",
    ),
    (
        "Treasury bonds (ZB) 117-09. Support 116-20, 115-28. Resistance 117-17 to 117-22 and 118-04+.",
        "L support level 116.625|L support level 115.875|L resistance level 117.53125-117.6875|"
        "L resistance level 118.140625|I last 117.28125",
    ),
    (
        "10-yr note: last 112-165. S1 112-08, S2 111-305; R1 112-24, R2 113-01.",
        "I last 112.515625|L support level 112.25|L support level 111.953125|L resistance level 112.75|"
        "L resistance level 113.03125",
    ),
    (
        "DAX (Schluss 24.120): Unterstützung / Support 23.950 und 23.810, Widerstand / Resistance 24.300 und "
        "24.480. Last 24.120,50, range 24.080,25.",
        "L support level 23950|L support level 23810|L resistance level 24300|L resistance level 24480|I last 24120.5",
    ),
    (
        "BTC/USDT\nPrice: 115300\nSupport: 113k, 110.5k\nResistance: 118k, 121.5k",
        "I last 115300|L support level 113000|L support level 110500|L resistance level 118000|L resistance level 121500",
    ),
    (
        "STI Technicals: Close 4,412.30; Support 4,390 | 4,365; Resistance 4,430 | 4,455",
        "I last 4412.3|L support level 4390|L support level 4365|L resistance level 4430|L resistance level 4455",
    ),
    (
        "Palm oil 3rd month: closed at RM4,310. Support RM4,270, RM4,230; resistance RM4,350, RM4,400.",
        "I last 4310|L support level 4270|L support level 4230|L resistance level 4350|L resistance level 4400",
    ),
    (
        "Resistance levels\n25,020\n25,110/25,090\n25,310–280\n\nSupport levels\n24,790\n24,650/620\n24,480–24,440",
        "L resistance level 25020|L resistance level 25090-25110|L resistance level 25280-25310|"
        "L support level 24790|L support level 24620-24650|L support level 24440-24480",
    ),
    (
        "level_type\tprice_low\tprice_high\tnote\nresistance\t2455\t2460\tAug high\nsupport\t2371\t2380\tgap",
        "L resistance extreme 2455-2460|L support gap 2371-2380",
    ),
    (
        "sym\tprev_close\tpivot\tr1\tr2\ts1\ts2\nES\t6842.25\t6835.50\t6868.75\t6891.00\t6815.00\t6790.50",
        "I last 6842.25|L pivot pivot 6835.5|L resistance pivot 6868.75|L resistance pivot 6891|"
        "L support pivot 6815|L support pivot 6790.5",
    ),
    (
        "EUR/USD\nResistance: 1.1745 – 1.1780 – 1.1825\nSupport: 1.1690 – 1.1655 – 1.1610\n\nGBP/USD\nResistance: "
        "1.3455 – 1.3500\nSupport: 1.3370 – 1.3330",
        "L resistance level 1.1745|L resistance level 1.178|L resistance level 1.1825|L support level 1.169|"
        "L support level 1.1655|L support level 1.161|L resistance level 1.3455-1.35|"
        "L support level 1.333-1.337",
    ),
    (
        "BTC 115.3k. ETH 4,120. SOL 212.\nBTC: sup 112k, res 118.5k\nETH: sup 3,980, res 4,350\nSOL: sup 198, res 225",
        "I last 115300|I last 4120|I last 212|L support level 112000|L resistance level 118500|"
        "L support level 3980|L resistance level 4350|L support level 198|L resistance level 225",
    ),
    (
        "DAX: 24.120 Punkte. Support: 23.950, 23.810. Resistance: 24.300, 24.480. Stop 23.780,50; risk 0,8 %.",
        "I last 24120|L support level 23950|L support level 23810|L resistance level 24300|L resistance level 24480",
    ),
    (
        "Ladder\n\n2,749 ATH\n2,705\n2,671 ← price\n2,648 20-day\n2,600 big figure\n2,579 50-day",
        "L resistance extreme 2749|L resistance level 2705|L support average 2648|L support round 2600|"
        "L support average 2579|I last 2671|I sma_20 2648|I sma_50 2579|I all_time_high 2749",
    ),
    (
        "Weekly map. Gold finished the week at 4,012.40. Up here: 4,050, then 4,120 (record). Down there: 3,980, then 3,900 (gap).",
        "I last 4012.4|I all_time_high 4120|L resistance level 4050|L resistance extreme 4120|"
        "L support level 3980|L support gap 3900",
    ),
    (
        "The 30-year bond contract (ZB) settled at 117-09, up 11 ticks. Dealers cite bids at 116-20 and "
        "115-28 and offers at 117-17 and 118-04.",
        "I last 117.28125|L support level 116.625|L support level 115.875|L resistance level 117.53125|L resistance level 118.125",
    ),
    (
        "Tens last 112-16+. Topside 112-24, 113-00; downside 112-08, 111-30.",
        "I last 112.515625|L resistance level 112.75|L resistance level 113|L support level 112.25|L support level 111.9375",
    ),
    (
        "Gold @ 3988 | R: 4020, 4050 | S: 3950, 3920",
        "I last 3988|L resistance level 4020|L resistance level 4050|L support level 3950|L support level 3920",
    ),
    (
        "<h2>Supports</h2><ul><li>24,650</li><li>24,480 "
        "(50-day)</li></ul><h2>Resistances</h2><ul><li>24,990</li><li>25,140 (record)</li></ul>",
        "L support level 24650|L support average 24480|L resistance level 24990|L resistance extreme 25140|"
        "I sma_50 24480|I all_time_high 25140",
    ),
    (
        "Copper closed $4.86/lb. First resistance $4.92, second $5.01, third $5.10. First support $4.78, "
        "second $4.70, third $4.61.",
        "I last 4.86|L resistance level 4.92|L resistance level 5.01|L resistance level 5.1|"
        "L support level 4.78|L support level 4.7|L support level 4.61",
    ),
    (
        "AAPL 228.10 +1.2%\nsupport 224 then 220\nresistance 232 then 236",
        "I last 228.1|L support level 224|L support level 220|L resistance level 232|L resistance level 236",
    ),
    (
        "SPX. Close 6701. 50dma 6612, 100dma 6488, 200dma 6120. Rsi 58.",
        "I last 6701|I sma_50 6612|I sma_100 6488|I sma_200 6120|I rsi_14 58",
    ),
    (
        "ES ladder\n```\n6925 |\n6900 | prior high\n6875 |\n6850 | <-- LAST\n6825 |\n6800 | 20d ma\n```",
        "I last 6850|I sma_20 6800|L resistance level 6925|L resistance extreme 6900|L resistance level 6875|"
        "L support level 6825|L support average 6800",
    ),
    (
        "Price ladder, Gold\n▲ 4,120 record high\n▲ 4,050\n■ 3,988 now\n▼ 3,950\n▼ 3,900 gap",
        "I last 3988|I all_time_high 4120|L resistance extreme 4120|L resistance level 4050|"
        "L support level 3950|L support gap 3900",
    ),
    (
        "118,400 weekly high\n115,900 range top\n113,250 <- here\n111,000 200-day\n108,600 July low\n\nBTC only.",
        "I last 113250|I sma_200 111000|L resistance extreme 118400|L resistance level 115900|"
        "L support average 111000|L support extreme 108600",
    ),
    (
        "1.1825  2025 high\n1.1780\n1.1745\n1.1715 *spot*\n1.1690\n1.1655  50-dma\n\nEUR/USD",
        "I last 1.1715|I sma_50 1.1655|L resistance extreme 1.1825|L resistance level 1.178|"
        "L resistance level 1.1745|L support level 1.169|L support average 1.1655",
    ),
    (
        "ZB map\n118-04 Oct high\n117-22\n117-17\n117-09 last\n116-20\n115-28 100-day",
        "I last 117.28125|I sma_100 115.875|L resistance extreme 118.125|L resistance level 117.6875|"
        "L resistance level 117.53125|L support level 116.625|L support average 115.875",
    ),
    (
        "ZN Dec\nR3 113-08\nR2 113-00+\nR1 112-24\nS1 112-08\nS2 111-305\nS3 111-16",
        "L resistance level 113.25|L resistance level 113.015625|L resistance level 112.75|"
        "L support level 112.25|L support level 111.953125|L support level 111.5",
    ),
    (
        "Bund: last 128.74, Support 128.30/20, resistance 129.05/15. Bobl support 117.40, resistance 117.90.",
        "I last 128.74|L support level 128.2-128.3|L resistance level 129.05-129.15|L support level 117.4|L resistance level 117.9",
    ),
    (
        "US bonds 117'09. Support: 116'20 (50-day), 115'28. Resistance: 117'17, 118'04.",
        "I last 117.28125|I sma_50 116.625|L support average 116.625|L support level 115.875|"
        "L resistance level 117.53125|L resistance level 118.125",
    ),
    (
        "EUR/USD: 1.1715\nR: 1.1745/60, 1.1780\nS: 1.1690, 1.1655/50\n\nUSD/JPY: 152.40\nR: 153.00, 153.75\nS: 151.60/40, 150.90",
        "I last 1.1715|I last 152.4|L resistance level 1.1745-1.176|L resistance level 1.178|"
        "L support level 1.169|L support level 1.165-1.1655|L resistance level 153|L resistance level 153.75|"
        "L support level 151.4-151.6|L support level 150.9",
    ),
    (
        "Pair | Spot | Support | Resistance\nEUR/USD | 1.1715 | 1.1690, 1.1655 | 1.1745, 1.1780\nGBP/USD | "
        "1.3412 | 1.3370, 1.3330 | 1.3455, 1.3500",
        "I last 1.1715|I last 1.3412|L support level 1.169|L support level 1.1655|L resistance level 1.1745|"
        "L resistance level 1.178|L support level 1.337|L support level 1.333|L resistance level 1.3455|"
        "L resistance level 1.35",
    ),
    (
        "| Pair | S3 | S2 | S1 | Last | R1 | R2 | R3 |\n|---|---|---|---|---|---|---|---|\n| EURUSD | 1.1610 | "
        "1.1655 | 1.1690 | 1.1715 | 1.1745 | 1.1780 | 1.1825 |\n| USDJPY | 150.10 | 150.90 | 151.60 | 152.40 "
        "| 153.00 | 153.75 | 154.60 |",
        "I last 1.1715|I last 152.4|L support level 1.161|L support level 1.1655|L support level 1.169|"
        "L resistance level 1.1745|L resistance level 1.178|L resistance level 1.1825|L support level 150.1|"
        "L support level 150.9|L support level 151.6|L resistance level 153|L resistance level 153.75|"
        "L resistance level 154.6",
    ),
    (
        "Der DAX schloss bei 24.120,50 Punkten. DAX closed at 24.120,50. Resistances are 24.300 and 24.480. "
        "Supports are 23.950 and 23.810.",
        "I last 24120.5|L resistance level 24300|L resistance level 24480|L support level 23950|L support level 23810",
    ),
    (
        "DAX 24.120\nResistance: 24.300 / 24.480\nSupport: 23.950 / 23.810",
        "I last 24120|L resistance level 24300|L resistance level 24480|L support level 23950|L support level 23810",
    ),
    (
        "BTC\nPrice 115.3K\nSupport\n112K\n110.5K\nResistance\n118K\n121.5K",
        "I last 115300|L support level 112000|L support level 110500|L resistance level 118000|L resistance level 121500",
    ),
    (
        "FX levels\n\nPair      Spot     Supp1    Supp2    Res1     Res2\nEUR/USD   1.1715   1.1690   1.1655   "
        "1.1745   1.1780\nUSD/JPY   152.40   151.60   150.90   153.00   153.75",
        "I last 1.1715|I last 152.4|L support level 1.169|L support level 1.1655|L resistance level 1.1745|"
        "L resistance level 1.178|L support level 151.6|L support level 150.9|L resistance level 153|"
        "L resistance level 153.75",
    ),
    (
        "<table><tr><td>Market</td><td>S1</td><td>R1</td></tr><tr><td>Gold</td><td><b>3,950</b></td><td><b>4,020</b></td></tr><tr><td>Silver</td><td>47.20</td><td>49.00</td></tr><tr><td>Crude</td><td>61.90</td><td>63.60</td></tr></table>",
        "L support level 3950|L resistance level 4020|L support level 47.2|L resistance level 49|"
        "L support level 61.9|L resistance level 63.6",
    ),
    (
        "| Asset | Last | Support | Resistance | Trend |\n|:--|--:|--:|--:|:--|\n| BTC | 115,300 | 112,000 | "
        "118,500 | ↑ |\n| ETH | 4,120 | 3,980 | 4,350 | ↑ |\n| SOL | 212 | 198 | 225 | → |\n| XRP | 2.85 | 2.70 "
        "| 3.05 | ↓ |",
        "I last 115300|I last 4120|I last 212|I last 2.85|L support level 112000|L resistance level 118500|"
        "L support level 3980|L resistance level 4350|L support level 198|L resistance level 225|"
        "L support level 2.7|L resistance level 3.05",
    ),
    (
        "Soybeans Nov\nClose 1042 1/2\n1st support 1035\n2nd support 1027 3/4\n1st resistance 1050\n2nd "
        "resistance 1062 1/4\n\nCorn Dec\nClose 421\n1st support 417 1/4\n1st resistance 426 1/2",
        "I last 1042.5|I last 421|L support level 1035|L support level 1027.75|L resistance level 1050|"
        "L resistance level 1062.25|L support level 417.25|L resistance level 426.5",
    ),
    (
        "|| **R1** | **R2** | **S1** | **S2** |\n|---|---|---|---|---|\n| **ES** | 6,868 | 6,891 | 6,815 | "
        "6,790 |\n| **NQ** | 24,990 | 25,140 | 24,650 | 24,480 |",
        "L resistance level 6868|L resistance level 6891|L support level 6815|L support level 6790|"
        "L resistance level 24990|L resistance level 25140|L support level 24650|L support level 24480",
    ),
    (
        "Morning note\n\n*ES*: we hold above 6,815 and meet sellers at 6,868.\n*NQ*: support 24,650, resistance "
        "24,990.\n*RTY*: support 2,398, resistance 2,432.",
        "L resistance level 6868|L support level 24650|L resistance level 24990|L support level 2398|L resistance level 2432",
    ),
    (
        "S&P 500 (6,701): the index stays above 6,655 support; 6,725 is first resistance.\nNasdaq 100 "
        "(24,820): 24,650 support, 25,020 resistance.\nGold (3,988): $3,950 support, $4,020 resistance.",
        "I last 6701|I last 24820|I last 3988|L support level 6655|L resistance level 6725|"
        "L support level 24650|L resistance level 25020|L support level 3950|L resistance level 4020",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=[text[:32] for text, _ in NOTES])
def test_a_table_or_ladder_is_read_by_what_its_columns_and_rows_mean(note):
    assert agrees(note) is True
