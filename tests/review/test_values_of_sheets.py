"""Values as desks, portals and robots print them: averages of days, oscillators of now, the market's own last price."""

import re

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

SCORED = re.compile(
    r"last|[se]ma_\d+|rsi_\d+|macd(?:\.signal|\.histogram)?|atr_\d+|all_time_high|(?:high|low)_52w|drawdown_pct|distance_to_\w+_pct"
)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (
            "DAILY TECHNICAL BRIEF – GOLD\nSpot: $2,031/oz (-0.4%)\n"
            "Spot slipped back towards the 50-DMA at $2,024 after failing at $2,044. The 21-DMA ($2,029) is flat. Daily "
            "RSI has come off to 51; it was 58 at the start of the week. Support $2,017, resistance $2,044.",
            ["last 2031", "rsi_14 51", "sma_21 2029", "sma_50 2024"],
        ),
        (
            "EUR/USD Price Forecast: Sellers return near 1.0900\n\n"
            "EUR/USD trades around 1.0862 in the European session on Wednesday. The pair holds above the 100-day "
            "Exponential Moving Average (EMA) at 1.0835, while the 14-day Relative Strength Index (RSI) stands near "
            "54.30 above the midline. The first support level is seen at 1.0835. Resistance: 1.0900.",
            ["ema_100 1.0835", "last 1.0862", "rsi_14 54.3"],
        ),
        (
            "$SPY closed 523.17, a hair under the ATH of 524.61. 20d 514.6, 50d 502.3. RSI 66. Vol 62M vs 50d avg 74M. "
            "Support 518, 514.6.",
            ["all_time_high 524.61", "last 523.17", "rsi_14 66", "sma_20 514.6", "sma_50 502.3"],
        ),
        (
            "Crude Oil (WTI) Technical Analysis\n\n"
            "WTI crude is trading at $78.12, having tested the 20 EMA on the 4-hour chart at $77.60 earlier in the "
            "session. The 200 EMA on the same chart comes in at $76.90. RSI is at 55. On the daily, the 200-day SMA at "
            "$78.90 remains resistance.",
            ["last 78.12", "sma_200 78.9"],
        ),
        (
            "Bitcoin [BTC] price watch: BTC was trading at $67,412 at press time, down 2.3% in 24 hours. Market cap "
            "stood at $1.33T and 24h volume at $31.2B. RSI fell to 48 from 61 on Monday, and MACD showed a bearish "
            "crossover. The 50-day EMA at $64,900 could act as support. Resistance: $69,000.",
            ["ema_50 64900", "last 67412", "rsi_14 48"],
        ),
        (
            "Tesla Inc. (NASDAQ: TSLA)\n"
            "Price: $177.83 | 52-week range: $138.80 - $299.29 | 50-DMA: $171.40 | 200-DMA: $205.20\n"
            "RSI (14): 52.6 | ATR (14): $6.85 | Beta 2.3 | Short interest 3.4%\n"
            "Support: $170.00. Resistance: $186.20.",
            ["atr_14 6.85", "high_52w 299.29", "last 177.83", "low_52w 138.8", "rsi_14 52.6", "sma_200 205.2", "sma_50 171.4"],
        ),
        (
            "Soybeans (July): 1,178 1/4, down 6 1/2. The 20-day sits at 1,186, the 50-day at 1,172. First support 1,165. "
            "Resistance 1,190.",
            ["last 1178.25", "sma_20 1186", "sma_50 1172"],
        ),
        (
            "Nasdaq 100 futures were last seen 0.6% lower at 18,240. The 21-day moving average, now 18,090, has not been "
            "broken on a closing basis since early January, when it stood at 16,600. Support 18,090.",
            ["last 18240", "sma_21 18090"],
        ),
        (
            "Good morning. ES futs 5,246 (-12), NQ 18,204 (-71), RTY 2,098 (-9). VIX 14.1. 10y 4.31%. DXY 104.4. \n"
            "\nES: resistance 5,264 / 5,280, support 5,232 / 5,208. RSI 58.",
            ["last 5246", "rsi_14 58"],
        ),
        (
            "JPMorgan (JPM): last close $198.48; the stock is 3.1% below its record of $204.79 and 8.4% above the 50-day "
            "average ($183.10). Support $195.",
            ["all_time_high 204.79", "distance_to_sma_50_pct 8.4", "drawdown_pct 3.1", "last 198.48", "sma_50 183.1"],
        ),
        (
            "The DAX settled at 18,477.09 on Thursday, its highest close ever. The futures are indicated at 18,512. The "
            "20-day line runs at 18,020, RSI(14) reads 74.2. Support 18,350.",
            ["last 18477.09", "last 18512", "rsi_14 74.2", "sma_20 18020"],
        ),
        (
            "Ether/USD\nLast: 3,541\n24h change: -1.8%\n24h high/low: 3,652 / 3,498\n200-day SMA: 2,412\n"
            "50-day SMA: 3,289\nRSI(14, daily): 55.4\nRSI(14, 4h): 43.1\nSupport: 3,410\nResistance: 3,680",
            ["last 3541", "rsi_14 55.4", "sma_200 2412", "sma_50 3289"],
        ),
        (
            "Russell 2000 futures: 2,114.30\n"
            "Above 5-day (2,098), above 20-day (2,069), above 50-day (2,021), above 200-day (1,897).\n"
            "Distance from 52w high (2,152.6): -1.8%\nSupport 2,098; resistance 2,130.",
            [
                "distance_to_high_52w_pct -1.8",
                "high_52w 2152.6",
                "last 2114.3",
                "sma_20 2069",
                "sma_200 1897",
                "sma_5 2098",
                "sma_50 2021",
            ],
        ),
        (
            "Cable (1.2641): the 200-day at 1.2588 held again. Momentum, RSI 49, is neutral. We like 1.2575 as support. "
            "Last month we were buyers at 1.2540.",
            ["last 1.2641", "rsi_14 49", "sma_200 1.2588"],
        ),
        (
            "USD/CHF daily outlook. USD/CHF's rise from 0.8332 resumed and hit 0.9071 last week. 55 D EMA (now at "
            "0.8838) should hold. 55 W EMA (now at 0.8905). Support 0.8982. Current price is 0.9046.",
            ["ema_55 0.8838", "last 0.9046"],
        ),
        (
            "Natural Gas (NG1!) $1.763\nEMA(9) 1.80 EMA(21) 1.86 SMA(50) 1.98 RSI(14) 38.7 ADX 22\nSupport 1.71; resistance 1.85",
            ["ema_21 1.86", "ema_9 1.8", "last 1.763", "rsi_14 38.7", "sma_50 1.98"],
        ),
        (
            "The 10-year note future (June) ended the day at 110'16, four ticks better. It's below the 50-day average of "
            "110'28+ and the 100-day of 111'05. RSI(14): 47. Support 110'02.",
            ["last 110.5", "rsi_14 47", "sma_100 111.15625", "sma_50 110.890625"],
        ),
        (
            "Gold set a fresh record high at $2,222 before easing to $2,181. Silver was last at $24.72, platinum at $908 "
            "and palladium at $1,001. Support for gold lies at $2,160.",
            ["all_time_high 2222", "last 2181"],
        ),
        (
            "Copper: $4.08/lb. Chinese stocks at the SHFE rose to 286,395 tonnes. The 14-day RSI, which was over 80 ten "
            "days ago, has normalised at 61. The 50-day MA has turned up ($3.86). Support $3.98.",
            ["last 4.08", "rsi_14 61", "sma_50 3.86"],
        ),
        (
            "### BTC Daily — 17 May 2024\n\nPrice: 66.9k (▲ 1.4%)\nRealised cap: 568B\nSTH cost basis: 59.8k\n"
            "200DMA: 52.6k\n100DMA: 62.1k\nRSI: 61\n\nKey support: 64.5k, 62.1k. Resistance: 68.2k, 71.3k.",
            ["last 66900", "rsi_14 61", "sma_100 62100", "sma_200 52600"],
        ),
        (
            "SILVER Technical Strategy: Spot silver (XAG/USD) jumped more than 6% on Friday to close above $31 for the "
            "first time since 2013. It was fetching $31.42 on Monday morning. The 14-day RSI, at 78, flags overbought "
            "conditions. Initial support comes in at $30.10.",
            ["last 31.42", "rsi_14 78"],
        ),
        (
            "Weekly Outlook: USD/JPY rebounded to 156.78 before ending the week at 155.65. The 20-day SMA (155.20) "
            "underpins. Weekly RSI at 68 leaves room; a daily RSI of 56 is neutral. Resistance 156.78; support 153.60.",
            ["last 155.65", "rsi_14 56", "sma_20 155.2"],
        ),
        (
            "Market Wrap. The Dow crossed 40,000 intraday for the first time and closed at 40,003.59; the S&P 500 added "
            "0.1% to 5,303.27 and the Nasdaq slipped to 16,685.97.\n\nDow technicals\n"
            "Support 39,500 and 38,900 (50-day average). Resistance 40,250. RSI 63.",
            ["last 40003.59", "rsi_14 63", "sma_50 38900"],
        ),
        (
            "WTI (CLM4) 79.26 +0.4 | 50d 82.40 | 100d 79.60 | 200d 80.10 | RSI 44.6 | COT net long 198k\n"
            "S: 78.40, 77.00 R: 80.10, 81.00",
            ["last 79.26", "rsi_14 44.6", "sma_100 79.6", "sma_200 80.1", "sma_50 82.4"],
        ),
        (
            "Dear reader, corn did what corn does in May. July futures closed Friday at 452-2/4, after a weekly high of "
            "475-6/4. The 100-day average is at 448; we haven't closed under it since April 22. RSI eased to 47.9. "
            "Support 448, 441. Resistance 460.",
            ["last 452.5", "rsi_14 47.9", "sma_100 448"],
        ),
        (
            "ASX 200: last 7,814 (prev. close 7,881). Above its 50-day (7,734) and 200-day (7,397). Support: 7,770. "
            "Resistance: 7,910 (record).",
            ["all_time_high 7910", "last 7814", "sma_200 7397", "sma_50 7734"],
        ),
        (
            "Platinum's 200-day average, $925, gave way to a 12% rally in two weeks. At $1,056 the metal stands 14% "
            "above it. RSI of 77. Resistance $1,068, support $1,020.",
            ["last 1056", "rsi_14 77", "sma_200 925"],
        ),
        (
            "Zoom: price 62.3, down 89% from its October 2020 peak of $588.84. The 50-day sits at 62.9. Support 60.",
            ["last 62.3", "sma_50 62.9"],
        ),
        (
            "US 10Y yield at 4.42%. ZN 109-05+. The contract closed under its 21-day (108-30) only once in May. First "
            "support 108-22. Resistance 109-18.",
            ["last 109.171875", "sma_21 108.9375"],
        ),
        (
            "Nikkei 225 futures (OSE, June): 38,790. N225 cash: 38,787.38. Yen 155.6. The 25-day line is at 38,360 and "
            "the 75-day at 38,620. Support 38,360, resistance 39,200.",
            ["last 38787.38", "last 38790", "sma_25 38360", "sma_75 38620"],
        ),
        (
            "Technical scoreboard\nSymbol  Last   20D    50D    200D   RSI\n"
            "ES      5321   5221   5213   4838   64\nNQ      18620  18130  18120  16680  66\n"
            "RTY     2103   2058   2056   1951   58",
            [
                "last 18620",
                "last 2103",
                "last 5321",
                "rsi_14 58",
                "rsi_14 64",
                "rsi_14 66",
                "sma_20 18130",
                "sma_20 2058",
                "sma_20 5221",
                "sma_200 16680",
                "sma_200 1951",
                "sma_200 4838",
                "sma_50 18120",
                "sma_50 2056",
                "sma_50 5213",
            ],
        ),
        (
            "Ripple: XRP/USD at $0.5196. XRP needs to reclaim the 50 EMA ($0.5289) and the 200 EMA ($0.5514) on the "
            "daily. Daily RSI 48, up from 39 on 1 May. Support $0.5050. Upside to $0.57 is a gain of 9.7% from here.",
            ["ema_200 0.5514", "ema_50 0.5289", "last 0.5196", "rsi_14 48"],
        ),
        (
            "The FTSE traded either side of 8,450 for most of Thursday and finished at 8,438.65. Shell was down 2.3% at "
            "£28.10. RSI(9) 70, RSI(14) 68. The 10-day exponential average has climbed to 8,380. Support 8,380.",
            ["ema_10 8380", "last 8438.65", "rsi_14 68", "rsi_9 70"],
        ),
        (
            "NVDA (924.79): 20dma 885, 50dma 887, 100dma 762. ATR 30. IV rank 62%. Implied move 8.6%. Earnings Wed. "
            "Support 885; resistance 974 (ATH 974).",
            ["all_time_high 974", "atr_14 30", "last 924.79", "sma_100 762", "sma_20 885", "sma_50 887"],
        ),
        (
            "Palladium 3-month LME... no: palladium (NYMEX June) $1,013.50, RSI 52, 50-day $1,001, 200-day $1,070. Support 985.",
            ["last 1013.5", "rsi_14 52", "sma_200 1070", "sma_50 1001"],
        ),
    ],
)
def test_the_values_of_a_sheet_are_read(words, values):
    found = read_note(text_of(words.encode(), name="a note")).indicators
    assert sorted(f"{i.name} {i.value.low:.9g}" for i in found if SCORED.fullmatch(i.name)) == values
