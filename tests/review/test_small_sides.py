"""Small notes with the many ways in which a price gets its side, with what a trader takes from them."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = (
    (
        "ES note\n\nThe contract settled at 6,850.25. Supply sits at 6,875; beyond that 6,900 caps. Dips ought "
        "to find bids in the 6,812/20 pocket, and 6,790 is the floor.",
        "L resistance level 6875|L resistance level 6900|L support level 6812-6820|L support level 6790|I last 6850.25",
    ),
    (
        "Corn\n\nDec corn settled at 402 1/4. First line of defense is 399 1/2 (contract low), overhead supply is 408 3/4.",
        "L support extreme 399.5|L resistance level 408.75|I last 402.25",
    ),
    (
        "NQ\n\nprev settle 24810\nres 24900 / 25020 / 25110\nsup 24720 / 24650 / 24500-24540",
        "I last 24810|L resistance level 24900|L resistance level 25020|L resistance level 25110|"
        "L support level 24720|L support level 24650|L support level 24500-24540",
    ),
    (
        "Gold: we see sellers lined up at $3,420 and $3,450, while buyers should emerge at $3,350 and, "
        "failing that, at $3,310, the low of June. Gold was last at $3,388.",
        "L resistance level 3420|L resistance level 3450|L support level 3350|L support extreme 3310|I last 3388",
    ),
    (
        "Crude oil. WTI is at $61.20. To the upside, watch $62.40 and $63.80. To the downside, watch $60.10 and $58.90.",
        "L resistance level 62.4|L resistance level 63.8|L support level 60.1|L support level 58.9|I last 61.2",
    ),
    (
        "DAX\n\nLast: 24,120\n\nAbove: 24,200, 24,350 (record high), 24,500\nBelow: 24,000, 23,880 (50-day), 23,700",
        "L resistance level 24200|L resistance extreme 24350|L resistance level 24500|L support level 24000|"
        "L support average 23880|L support level 23700|I last 24120|I sma_50 23880|I all_time_high 24350",
    ),
    (
        "RTY 2,418\n\nOverhead: 2,435 / 2,460\nUnderneath: 2,400 / 2,371",
        "I last 2418|L resistance level 2435|L resistance level 2460|L support level 2400|L support level 2371",
    ),
    (
        "The S&P 500 (6,690) found support at its 50-day average (6,640) for the third time. Resistance at 6,750 is formidable.",
        "I last 6690|L support average 6640|L resistance level 6750|I sma_50 6640",
    ),
    (
        "Silver\n\nSilver trades $48.10. Bulls must defend $47.20; a loss of that opens $46.00. Bears must hold $49.40.",
        "I last 48.1|L support level 47.2|L resistance level 49.4|S down - - 46",
    ),
    (
        "EURUSD levels for today\n\n1.1745 R3\n1.1720 R2\n1.1700 R1\n1.1675 Pivot\n1.1655 S1\n1.1630 S2\n1.1610 S3\n\nSpot 1.1682",
        "L resistance pivot 1.1745|L resistance pivot 1.172|L resistance pivot 1.17|L pivot pivot 1.1675|"
        "L support pivot 1.1655|L support pivot 1.163|L support pivot 1.161|I last 1.1682",
    ),
    (
        "Copper\n\nKey levels\n- Upside: 4.92, 5.01, 5.10\n- Downside: 4.78, 4.70, 4.61\n\nLast 4.85",
        "L resistance level 4.92|L resistance level 5.01|L resistance level 5.1|L support level 4.78|"
        "L support level 4.7|L support level 4.61|I last 4.85",
    ),
    (
        "Apple (AAPL)\n\nShares closed at $228.10. The stock has a floor near $220 and a ceiling near $236.",
        "I last 228.1|L support level 220|L resistance level 236",
    ),
    (
        "Natural gas\n\nNG is at 3.42. Chart support comes in at 3.31, with the 200-day moving average just "
        "below at 3.25. Chart resistance: 3.55, then 3.70.",
        "I last 3.42|L support level 3.31|L support average 3.25|L resistance level 3.55|L resistance level 3.7|I sma_200 3.25",
    ),
    (
        "USD/JPY: spot 152.40. Topside barriers at 153.00 and 153.75. Downside protected by 151.60 and 150.90.",
        "I last 152.4|L resistance level 153|L resistance level 153.75|L support level 151.6|L support level 150.9",
    ),
    (
        "Wheat\n\nMarch wheat finished at 548 3/4. Resistance: 555, 562 1/2. Support: 541 1/4, 535.",
        "I last 548.75|L resistance level 555|L resistance level 562.5|L support level 541.25|L support level 535",
    ),
    (
        "ZN\n\nTens at 112-16. Support 112-08, 111-30+. Resistance 112-24, 113-00.",
        "I last 112.5|L support level 112.25|L support level 111.953125|L resistance level 112.75|L resistance level 113",
    ),
    (
        "Gold weekly\n\nGold closed at 4,012. The next hurdles are 4,050, 4,085 and the record at 4,120; on "
        "the way down the market has cushions at 3,980, 3,945 and 3,900.",
        "I last 4012|L resistance level 4050|L resistance level 4085|L resistance extreme 4120|"
        "L support level 3980|L support level 3945|L support level 3900|I all_time_high 4120",
    ),
    (
        "Trade\n\nES long from 6,820 with a stop at 6,795 and a target of 6,870.",
        "T long 6820 6795 6870",
    ),
    (
        "We went short NQ at 24,950; stop 25,060, first objective 24,700, second 24,520.",
        "T short 24950 25060 24700,24520",
    ),
    (
        "Trade of the day: buy gold 3,980-3,985, SL 3,960, TP 4,020/4,050",
        "T long 3980-3985 3960 4020,4050",
    ),
    (
        "RTY plan\n\n- Side: long\n- Entry: 2,402\n- Stop: 2,385\n- Target: 2,440",
        "T long 2402 2385 2440",
    ),
    (
        "Setup: sell EURUSD on a bounce to 1.1740, stop above 1.1785, targeting 1.1650 and 1.1600.",
        "T short 1.174 1.1785 1.165,1.16",
    ),
    (
        "CL trade idea\nSell stop 60.80, protective stop 61.90, objective 58.50",
        "T short 60.8 61.9 58.5",
    ),
    (
        "I'm a buyer of silver at 47.30, I'm wrong under 46.60 and I'd take profits at 49.00.",
        "T long 47.3 46.6 49",
    ),
    (
        "| Direction | Instrument | Entry | SL | TP |\n|---|---|---|---|---|\n| BUY | XAUUSD | 3980 | 3962 | "
        "4015 |\n| SELL | EURUSD | 1.1740 | 1.1775 | 1.1660 |",
        "T long 3980 3962 4015|T short 1.174 1.1775 1.166",
    ),
    (
        "Long NQ 24,600 // stop 24,480 // tgt 24,900, 25,050",
        "T long 24600 24480 24900,25050",
    ),
    (
        "Enter long above 2,455 (buy stop), initial stop 2,431, scale out at 2,490 and 2,520. RTY.",
        "T long 2455 2431 2490,2520",
    ),
    (
        "Levels (ES)\n6925 R\n6900 R\n6875 R\n6850 last\n6825 S\n6800 S",
        "L resistance level 6925|L resistance level 6900|L resistance level 6875|L support level 6825|"
        "L support level 6800|I last 6850",
    ),
    (
        "RTY\nResistance\n2,455 - Aug high\n2,430 - 20 DMA\nSupport\n2,400 - round number\n2,371 - gap fill",
        "L resistance extreme 2455|L resistance average 2430|L support round 2400|L support gap 2371|I sma_20 2430",
    ),
    (
        "NQ\n\nR3: 25,310\nR2: 25,180\nR1: 25,020\nS1: 24,790\nS2: 24,650\nS3: 24,480",
        "L resistance level 25310|L resistance level 25180|L resistance level 25020|L support level 24790|"
        "L support level 24650|L support level 24480",
    ),
    (
        "GC pivots: PP 3,980; R1 4,010; R2 4,035; S1 3,955; S2 3,925",
        "L pivot pivot 3980|L resistance pivot 4010|L resistance pivot 4035|L support pivot 3955|L support pivot 3925",
    ),
    (
        "Crude: resistance seen around $62.50-63.00, major resistance near $65. Support starts at $60 "
        "(psychological) and extends down to $58.80.",
        "L resistance level 62.5-63|L resistance level 65|L support round 60|L support level 58.8",
    ),
    (
        "SPX is trading at 6,712. Our key pivot is 6,690. Above that the bulls are in charge. Resistance "
        "levels: 6,735, 6,760, 6,800. Support levels: 6,665, 6,640, 6,600.",
        "L pivot pivot 6690|L resistance level 6735|L resistance level 6760|L resistance level 6800|"
        "L support level 6665|L support level 6640|L support level 6600|I last 6712",
    ),
    (
        "AUD/USD\n\nImmediate resistance 0.6620 followed by 0.6655 (Sept peak). Immediate support 0.6570 "
        "followed by 0.6535 (100DMA).\nSpot ref 0.6598",
        "L resistance level 0.662|L resistance extreme 0.6655|L support level 0.657|L support average 0.6535|"
        "I last 0.6598|I sma_100 0.6535",
    ),
    (
        "| Support | Resistance |\n|---|---|\n| 24,650 | 24,900 |\n| 24,500 | 25,050 |\n| 24,320 | 25,200 |",
        "L support level 24650|L support level 24500|L support level 24320|L resistance level 24900|"
        "L resistance level 25050|L resistance level 25200",
    ),
    (
        "Instrument\tS2\tS1\tR1\tR2\nGold\t3,940\t3,962\t4,011\t4,036\nSilver\t47.10\t47.62\t48.90\t49.55",
        "L support level 3940|L support level 3962|L resistance level 4011|L resistance level 4036|"
        "L support level 47.1|L support level 47.62|L resistance level 48.9|L resistance level 49.55",
    ),
    (
        "Market: ES Dec\nLast: 6,842.25\nSupport 1: 6,815.00\nSupport 2: 6,790.50\nResist 1: 6,868.75\nResist 2: "
        "6,891.00\n20-day: 6,801.50\nRSI: 58.4",
        "L support level 6815|L support level 6790.5|L resistance level 6868.75|L resistance level 6891|"
        "I last 6842.25|I sma_20 6801.5|I rsi_14 58.4",
    ),
    (
        "Copper futures hold above the 50-day moving average, currently at 4.78, and RSI of 55 leaves room. "
        "The 200-day sits far below at 4.52. Last trade 4.86.",
        "I last 4.86|I sma_50 4.78|I sma_200 4.52|I rsi_14 55",
    ),
    (
        "Bitcoin's 200DMA ($101,200) has been reclaimed; the 50DMA at $108,900 is next. BTC changes hands at $104,300.",
        "I last 104300|I sma_200 101200|I sma_50 108900",
    ),
    (
        "The MACD line (-12.4) crossed its signal (-15.1). ATR(14): 48.2. 14-day RSI: 44.9. ES 6,720.50",
        "I macd -12.4|I macd.signal -15.1|I atr_14 48.2|I rsi_14 44.9|I last 6720.5",
    ),
    (
        "RTY sits 4.2% below its record high of 2,749. The 52-week range is 1,732 to 2,749. RTY at 2,633.",
        "I last 2633|I all_time_high 2749|I drawdown_pct 4.2|I low_52w 1732|I high_52w 2749",
    ),
    (
        "Tesla closed at $412, down 16% from its peak.",
        "I last 412|I drawdown_pct 16",
    ),
    (
        "20 EMA 6,790\n50 SMA 6,705\n100 SMA 6,580\n200 SMA 6,310\nRSI 61\nES close 6,842",
        "I ema_20 6790|I sma_50 6705|I sma_100 6580|I sma_200 6310|I rsi_14 61|I last 6842",
    ),
    (
        "Averages: 5-day 6,830; 20-day 6,790; 50-day 6,705.",
        "I sma_5 6830|I sma_20 6790|I sma_50 6705",
    ),
    (
        "Gold: the metal's next ceiling is the $4,000 handle (round number). A second ceiling waits at "
        "$4,060. Floors: $3,920; $3,870.",
        "L resistance round 4000|L resistance level 4060|L support level 3920|L support level 3870",
    ),
    (
        "Wheat bulls have the next upside price objective at $5.60; bears' next downside objective is $5.20. "
        "First resistance is seen at $5.48 1/2 and then at $5.55. First support is seen at $5.38 and then at "
        "$5.31 1/4.",
        "L resistance level 5.485|L resistance level 5.55|L support level 5.38|L support level 5.3125",
    ),
    (
        "Live levels\n\n🔴 R2 118,400\n🔴 R1 115,900\n⚪ now 113,250\n🟢 S1 111,000\n🟢 S2 108,600",
        "L resistance level 118400|L resistance level 115900|L support level 111000|L support level 108600|I last 113250",
    ),
    (
        "USDCAD trades 1.3985, supported by the 50 day moving average (1.3940) and an ascending trendline at "
        "1.3915. On topside, 1.4025 and 1.4080 (Nov high).",
        "I last 1.3985|I sma_50 1.394|L support average 1.394|L support line 1.3915|"
        "L resistance level 1.4025|L resistance extreme 1.408",
    ),
    (
        "Day trading levels for Thursday:\nLong-term pivot: 6,688\nUpper: 6,744 / 6,772 / 6,801\nLower: 6,660 / 6,633 / 6,604",
        "L pivot pivot 6688|L resistance level 6744|L resistance level 6772|L resistance level 6801|"
        "L support level 6660|L support level 6633|L support level 6604",
    ),
    (
        "Hang Seng settled 25,904. Near-term S/R: 25,600/26,200. Medium-term S/R: 25,000/26,800.",
        "I last 25904|L support level 25600|L resistance level 26200|L support level 25000|L resistance level 26800",
    ),
    (
        "FTSE 100: 9,412. Watch 9,450 as resistance, 9,360 as support.",
        "I last 9412|L resistance level 9450|L support level 9360",
    ),
    (
        "The index must not lose 9,300, which is the key support. A ceiling has formed at 9,480. FTSE at 9,412.",
        "I last 9412|L support level 9300|L resistance level 9480",
    ),
    (
        "Setups\n\n| | Setup 1 |\n|---|---|\n| Side | Long |\n| Entry | 6,820 |\n| Stop | 6,795 |\n| Target | 6,870 "
        "|\n\nES last 6,840",
        "T long 6820 6795 6870|I last 6840",
    ),
    (
        "Gold technical view\n\nPrice: 3,988\nTrend: up\nSupport zone: 3,940-3,950\nResistance zone: 4,020-4,035\n"
        "Invalidation: below 3,900",
        "I last 3988|L support level 3940-3950|L resistance level 4020-4035",
    ),
    (
        "Key levels for NQ are 24,600 on the downside and 25,000 on the upside. NQ last 24,820.",
        "L support level 24600|L resistance level 25000|I last 24820",
    ),
    (
        "Oil bulls face resistance from the 200-day moving average at 64.10 and from the April gap at 65.20-65.60. WTI 62.75.",
        "L resistance average 64.1|L resistance gap 65.2-65.6|I sma_200 64.1|I last 62.75",
    ),
    (
        "The yellow metal is trading at $3,988 with support from the rising trendline at $3,950 and the 21-day EMA at $3,931.",
        "I last 3988|L support line 3950|L support average 3931|I ema_21 3931",
    ),
    (
        "Between 24,500 and 24,550 lies a thick band of support. 24,900 has capped every rally since Monday. NQ 24,720.",
        "L support level 24500-24550|L resistance level 24900|I last 24720",
    ),
    (
        "What matters: 2,371 (the 200-day), 2,400 (round number) and 2,455 (August high). RTY settled at 2,418.",
        "I sma_200 2371|I last 2418",
    ),
    (
        "ES: Settled 6,842. Nearest support is at 6,815 with 6,790 below that. Nearest resistance is at "
        "6,868 with 6,900 above that.",
        "I last 6842|L support level 6815|L support level 6790|L resistance level 6868|L resistance level 6900",
    ),
    (
        "6,815 is support.\n6,868 is resistance.\nES 6,842 last.",
        "L support level 6815|L resistance level 6868|I last 6842",
    ),
    (
        "Support can be found at the May high of 2,135, the 50-day MA of 2,110 and the round 2,100 level. RTY now 2,160.",
        "L support extreme 2135|L support average 2110|L support round 2100|I sma_50 2110|I last 2160",
    ),
    (
        "Resistance is layered: 117,400, 119,000, 121,500. Support is thin until 112,000 (CME gap). BTC trades 115,300.",
        "L resistance level 117400|L resistance level 119000|L resistance level 121500|L support gap 112000|I last 115300",
    ),
    (
        "Soybeans\nClose 1042'4\nResistance 1050'0, 1062'2\nSupport 1035'0, 1027'6",
        "I last 1042.5|L resistance level 1050|L resistance level 1062.25|L support level 1035|L support level 1027.75",
    ),
    (
        "DAX-Analyse in English: Der index closed at 24.120,50. Resistance: 24.300 and 24.480,00. Support: 23.950 and 23.810,50.",
        "I last 24120.5|L resistance level 24300|L resistance level 24480|L support level 23950|L support level 23810.5",
    ),
    (
        "CHF desk: SMI last 12'140. Resistance 12'250 / 12'380. Support 12'020 / 11'900.",
        "I last 12140|L resistance level 12250|L resistance level 12380|L support level 12020|L support level 11900",
    ),
    (
        "Resistances in order: 1.1745, 1.1780 and 1.1825 (this year's high). Supports in order: 1.1690, "
        "1.1655 and 1.1610 (50dma). EURUSD spot 1.1715.",
        "L resistance level 1.1745|L resistance level 1.178|L resistance extreme 1.1825|"
        "L support level 1.169|L support level 1.1655|L support average 1.161|I sma_50 1.161|I last 1.1715",
    ),
    (
        "Level watch:\n\n117.40 - topside line of the channel\n116.20 - last week's high\n115.05 - spot\n114.30 - "
        "38.2% retracement of the rally\n113.10 - 100 day average",
        "L resistance line 117.4|L resistance extreme 116.2|L support fibonacci 114.3|"
        "L support average 113.1|I last 115.05|I sma_100 113.1",
    ),
    (
        "S&P 500 at 6,701.2 (−0.3%). Above: 6,725; 6,750; 6,788 ATH. Below: 6,680; 6,655; 6,612 (50d).",
        "I last 6701.2|L resistance level 6725|L resistance level 6750|L resistance extreme 6788|"
        "L support level 6680|L support level 6655|L support average 6612|I sma_50 6612|I all_time_high 6788",
    ),
    (
        "The 50-day (6,612) remains the dip buyer's friend, and the 20-day (6,668) has flattened. SPX at 6,701.",
        "I sma_50 6612|I sma_20 6668|I last 6701",
    ),
    (
        "RSI has slipped to 44 from 61 and MACD at -8.1 sits under its signal at -3.4; 14-day ATR has risen to 71.",
        "I rsi_14 44|I macd -8.1|I macd.signal -3.4|I atr_14 71",
    ),
    (
        "Cheat sheet RTY\n\n2,749.00 | 52-Week High\n2,455.20 | Pivot Point 2nd Resistance\n2,436.10 | Pivot "
        "Point 1st Resistance\n2,418.00 | Last Price\n2,415.30 | Pivot Point\n2,396.40 | Pivot Point 1st "
        "Support\n2,371.80 | Pivot Point 2nd Support",
        "I last 2418|I high_52w 2749|L resistance extreme 2749|L resistance pivot 2455.2|"
        "L resistance pivot 2436.1|L pivot pivot 2415.3|L support pivot 2396.4|L support pivot 2371.8",
    ),
    (
        "FKLI Mar: Spt 1585/80, 1570. Rst 1600/05, 1615. Close 1592.5",
        "I last 1592.5|L support level 1580-1585|L support level 1570|L resistance level 1600-1605|L resistance level 1615",
    ),
    (
        "Corn: first supp 399 1/2, 2nd supp 392; first resis 408 3/4, 2nd resis 414.",
        "L support level 399.5|L support level 392|L resistance level 408.75|L resistance level 414",
    ),
    (
        "<p><b>Gold</b><br>Last: 3,988<br>Support: 3,950; 3,920<br>Resistance: 4,020; "
        "4,050</p><p><b>Silver</b><br>Last: 48.10<br>Support: 47.20; 46.50<br>Resistance: 49.00; 49.55</p>",
        "I last 3988|I last 48.1|L support level 3950|L support level 3920|L resistance level 4020|"
        "L resistance level 4050|L support level 47.2|L support level 46.5|L resistance level 49|"
        "L resistance level 49.55",
    ),
    (
        "Support: 113-112.5k, 110k. Resistance: 118-118.5k, 121k. BTC at 115.3k",
        "I last 115300|L support level 112500-113000|L support level 110000|L resistance level 118000-118500|"
        "L resistance level 121000",
    ),
    (
        "SILVER\n\nPrevious close\n48.10\nSupport 1\n47.20\nSupport 2\n46.50\nResistance 1\n49.00\nResistance 2\n49.55",
        "I last 48.1|L support level 47.2|L support level 46.5|L resistance level 49|L resistance level 49.55",
    ),
    (
        "Tesla (TSLA)\n\nClose: $412.00\n\n* Key support: $398, the 50-day average\n* Next support: $380\n* Key "
        "resistance: $428, last month's high\n* Next resistance: $445",
        "I last 412|I sma_50 398|L support average 398|L support level 380|L resistance extreme 428|L resistance level 445",
    ),
    (
        "Market profile ES: POC 6,838; VAH 6,855; VAL 6,821; settle 6,842. Resistance VAH, support VAL.",
        "I last 6842",
    ),
    (
        "RTY futures (Dec) 2,418.0 +0.4%\nPivot 2,411 | R1 2,432 | R2 2,449 | S1 2,398 | S2 2,381",
        "I last 2418|L pivot pivot 2411|L resistance pivot 2432|L resistance pivot 2449|L support pivot 2398|L support pivot 2381",
    ),
    (
        "Gold 3,988 USD/oz. Supporting levels: 3,950 and 3,920 USD/oz. Resisting levels: 4,020 and 4,050 USD/oz.",
        "I last 3988|L support level 3950|L support level 3920|L resistance level 4020|L resistance level 4050",
    ),
    (
        "Technical levels to keep in mind are 6,815 (support), 6,790 (strong support), 6,868 (resistance) "
        "and 6,900 (strong resistance). The S&P future last traded at 6,842.",
        "I last 6842|L support level 6815|L support level 6790|L resistance level 6868|L resistance level 6900",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=[text[:32] for text, _ in NOTES])
def test_a_price_gets_the_side_that_the_words_around_it_give(note):
    assert agrees(note) is True
