"""Values in the words of desks and letters: what was, what other bars and other trades say is none of them."""

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
            "RUSSELL 2000 — CHART OF THE DAY\n\n"
            "The small-cap gauge finished at 2,021.3, and that is the third close below its rising 200-day moving "
            "average (2,036.7). It's also the first time since last October. A fortnight ago the index was at 2,140. RSI "
            "is 38 and falling. Support: 1,990.",
            ["last 2021.3", "rsi_14 38", "sma_200 2036.7"],
        ),
        (
            "**Gold/XAUUSD** 1-hour\nPrice 2,344.60. Above EMA20 (2,341.20) and EMA50 (2,338.90). RSI 56.\n"
            "Support 2,338, 2,330. Resistance 2,352.",
            ["last 2344.6"],
        ),
        (
            "Gold – Daily chart. Price 2,344.60. EMA20 2,361.10, EMA50 2,318.40. RSI 51.\nSupport 2,318. Resistance 2,361.",
            ["ema_20 2361.1", "ema_50 2318.4", "last 2344.6", "rsi_14 51"],
        ),
        (
            "Our model is long from 5,212 with a stop at 5,178. ES settled at 5,266.75. On Monday it was 5,221. The "
            "20-day average is at 5,241. Support 5,241.",
            ["last 5266.75", "sma_20 5241"],
        ),
        (
            "What to watch in silver today: the metal is 2.4% above its 20-day average of $30.05 after yesterday's "
            "settlement at $30.77. It opened the month at $30.42. Support $30.05.",
            ["distance_to_sma_20_pct 2.4", "last 30.77", "sma_20 30.05"],
        ),
        (
            "ETF corner: IWM $203.10 (-0.6%), 50-day $202.70, 200-day $194.30. Average daily volume (30-day) 29.4 "
            "million shares. RSI 50.8. Support $200.",
            ["last 203.1", "rsi_14 50.8", "sma_200 194.3", "sma_50 202.7"],
        ),
        (
            "Bulls defended the 100-hour average at 1.0832 and EURUSD has since climbed back to 1.0874. The 200-hour "
            "average is at 1.0849. The 50-day is at 1.0786. Support 1.0832. Resistance 1.0895.",
            ["last 1.0874", "sma_50 1.0786"],
        ),
        (
            "USD/CAD technicals (New York close): 1.3689. MAs: 10d 1.3675; 21d 1.3666; 55d 1.3654; 200d 1.3571. 14d RSI "
            "52. 1m vol 5.1%. Support 1.3654; resistance 1.3735.",
            ["last 1.3689", "rsi_14 52", "sma_10 1.3675", "sma_200 1.3571", "sma_21 1.3666", "sma_55 1.3654"],
        ),
        (
            "Bitcoin dominance 54.7%; BTC 68,310; ETH 3,790; SOL 167. Fear & greed 73.\n\n"
            "BTC: above 20-day (66,900) and 50-day (65,200). RSI 56. Support 66,900; resistance 71,900.",
            ["last 68310", "rsi_14 56", "sma_20 66900", "sma_50 65200"],
        ),
        (
            "Lumber (July) 518.50. Open interest 8,412, volume 1,120. RSI 44.1. Moving averages: 20-day 521.40, 50-day "
            "548.70, 100-day 562.10. Support 505.",
            ["last 518.5", "rsi_14 44.1", "sma_100 562.1", "sma_20 521.4", "sma_50 548.7"],
        ),
        (
            "Meta: $467.05. From the 4 April record ($531.49) the stock fell 22% to its April low and has recovered two "
            "thirds of that. RSI 52. Support $460.",
            ["all_time_high 531.49", "last 467.05", "rsi_14 52"],
        ),
        (
            "Question: what's RSI saying? Answer: 61 on the daily, 66 on the weekly. ES is at 5,303. Support 5,280.",
            ["last 5303", "rsi_14 61"],
        ),
        (
            "Crude: $77.72, its lowest settlement since 12 March, when it was $77.56. The 50-day ($82.10) is about to "
            "cross below the 100-day ($81.90). RSI 37. Support $76.90.",
            ["last 77.72", "rsi_14 37", "sma_100 81.9", "sma_50 82.1"],
        ),
        (
            "YM 39,110 -230. Range 39,020/39,420. Pivot 39,183. ATR(5) 402, ATR(14) 371. Support 39,000. Resistance 39,300.",
            ["atr_14 371", "atr_5 402", "last 39110"],
        ),
        (
            "Wheat (CBOT Jul) at 697. Managed money is net short 25,100. The rally from 551 to 721 took 22 sessions. "
            "RSI(14) hit 82 and has dipped to 70. 20-day average 663. Support 680.",
            ["last 697", "rsi_14 70", "sma_20 663"],
        ),
        (
            "CAC 40 : 8,058 points. Moyenne mobile 20 jours... the 20-day moving average is 8,107; the 50-day 8,103. "
            "Support 8,010.",
            ["last 8058", "sma_20 8107", "sma_50 8103"],
        ),
        (
            "USDINR: 83.14 (prev 83.29). 50 DMA 83.31, 200 DMA 83.18. RSI 42. Support 83.00.",
            ["last 83.14", "rsi_14 42", "sma_200 83.18", "sma_50 83.31"],
        ),
        (
            "Natural gas has doubled from its 26 March low at $1.575 and is trading at $2.77. It stands 38% above its "
            "50-day average ($2.00), the most since 2022. RSI: 80. Support $2.60.",
            ["distance_to_sma_50_pct 38", "last 2.77", "rsi_14 80", "sma_50 2"],
        ),
        (
            "es 5308 here, nq 18,690. yest close 5321. overnite low 5297. 8 ema 5279, 21 ema 5226. rsi 65ish. resistance "
            "5325 / 5350",
            ["ema_21 5226", "ema_8 5279", "last 5308", "rsi_14 65"],
        ),
        (
            "[Signal] GBPJPY SELL\nPrice: 199.45\nEMA50: 199.10 | EMA200: 197.80 | RSI: 68.2 | ATR: 0.42\n"
            "Entry 199.40, SL 200.20, TP 198.00",
            ["atr_14 0.42", "ema_200 197.8", "ema_50 199.1", "last 199.45", "rsi_14 68.2"],
        ),
        (
            "The gold price (XAUUSD) is trading near $2,347, up 0.5% on the day, at the time of writing. On Monday it "
            "had reached a record high of $2,450. RSI is at 50.6. The 50-day EMA comes in at $2,301. Support $2,325.",
            ["all_time_high 2450", "ema_50 2301", "last 2347", "rsi_14 50.6"],
        ),
        (
            "Stock of the week: Costco (COST), $810. Up 22.6% year to date. P/E 50. The 20-day average ($784) is 6.1% "
            "above the 50-day ($739). RSI 74. Average target price of analysts: $806. Support $784.",
            ["last 810", "rsi_14 74", "sma_20 784", "sma_50 739"],
        ),
        (
            "USOIL. Last week's close: 77.72. This morning: 78.30. The week's range was 76.15–80.11. RSI(14) 44. 200-day "
            "moving average 79.80. First support 76.15.",
            ["last 78.3", "rsi_14 44", "sma_200 79.8"],
        ),
        (
            "Coffee (KC, July) leapt 5.1% to 231.40 cents. London robusta hit $4,070 a tonne. Arabica's RSI is 59; the "
            "20-day line (209) and the 50-day (210.3) have been recaptured. Support 222.",
            ["last 231.4", "rsi_14 59", "sma_20 209", "sma_50 210.3"],
        ),
        (
            "Bund future closes at 129.61, lowest since 11/2023. Yield 2.69%. 21d MA 130.58; 55d MA 131.37; 200d MA "
            "131.70. RSI 33. Support 129.30; 128.90.",
            ["last 129.61", "rsi_14 33", "sma_200 131.7", "sma_21 130.58", "sma_55 131.37"],
        ),
        (
            "Mexican peso: 17.01 per dollar. The move from 16.26 in April took the pair through the 50-day (16.85) and "
            "to within 0.6% of the 200-day (17.12). RSI 59. Resistance 17.12.",
            ["last 17.01", "rsi_14 59", "sma_200 17.12", "sma_50 16.85"],
        ),
        (
            "Tin on the LME fetched $33,200 last, after $36,050 the week before. Stocks fell to 4,875 tonnes. The 50-day "
            "moving average (now $31,900) has risen 18% since March. Support $32,500.",
            ["last 33200", "sma_50 31900"],
        ),
        (
            "| Indicator | Value | Signal |\n|---|---|---|\n| RSI(14) | 62.117 | Buy |\n"
            "| STOCH(9,6) | 71.4 | Buy |\n| MACD(12,26) | 18.3 | Buy |\n| ATR(14) | 12.6 | High volatility |\n"
            "| Bull/Bear Power | 23.1 | Buy |\n\n| Name | Simple | Exponential |\n|---|---|---|\n"
            "| MA5 | 2,352.1 | 2,351.7 |\n| MA20 | 2,340.8 | 2,343.0 |\n| MA200 | 2,298.4 | 2,301.9 |\n\n"
            "Gold last 2,354.90\nSupport 2,340",
            [
                "atr_14 12.6",
                "ema_20 2343",
                "ema_200 2301.9",
                "ema_5 2351.7",
                "last 2354.9",
                "macd 18.3",
                "rsi_14 62.117",
                "sma_20 2340.8",
                "sma_200 2298.4",
                "sma_5 2352.1",
            ],
        ),
        (
            "Trend check: price 4,287 > EMA20 4,251 > EMA50 4,180 > SMA200 3,950. RSI 61 (yday 59). Drawdown from ATH "
            "(4,398) 2.5%. Gold. Support 4,251.",
            ["all_time_high 4398", "drawdown_pct 2.5", "ema_20 4251", "ema_50 4180", "last 4287", "rsi_14 61", "sma_200 3950"],
        ),
        (
            "For the third week running the Hang Seng failed at 19,700. It closed on Friday at 18,608.94, 5.4% off the "
            "high. 20-day average 18,760, 250-day 17,560. RSI has retreated from 75 to 53. Support 18,300.",
            ["last 18608.94", "rsi_14 53", "sma_20 18760", "sma_250 17560"],
        ),
        (
            "Nikkei: Tokyo close 38,646.11, down 1.17%. The 25-day moving average stands at 38,264. In New York, Nikkei "
            "futures were at 38,870 as of 16:00 ET. USD/JPY 156.9. Support 38,000.",
            ["last 38646.11", "last 38870", "sma_25 38264"],
        ),
        (
            "With spot at 1.2738 cable trades 0.9% above its 100-day average and 1.5% above the 200-day. RSI 65. "
            "Resistance 1.2800.",
            ["distance_to_sma_100_pct 0.9", "distance_to_sma_200_pct 1.5", "last 1.2738", "rsi_14 65"],
        ),
    ],
)
def test_the_values_of_a_desk_are_read(words, values):
    found = read_note(text_of(words.encode(), name="a note")).indicators
    assert sorted(f"{i.name} {i.value.low:.9g}" for i in found if SCORED.fullmatch(i.name)) == values
