"""Values in letters and on boards: the reading of now beside those of before, and what lies how far from the record."""

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
            "What happened: Gold fell for a third day, losing $21 to $2,334 as the dollar firmed.\n"
            "Where we are: below the 20-day ($2,352), above the 50-day ($2,318).\n"
            "Momentum: RSI(14) 48, down from 66 two weeks ago.\nSupport $2,318. Resistance $2,352.",
            ["last 2334", "rsi_14 48", "sma_20 2352", "sma_50 2318"],
        ),
        (
            "S&P Futures 5,290.25 +10.50 / 10YR 4.48% / VIX 13.2 / WTI $78.9\n\nSUPPORT 5,262\nRESISTANCE 5,322\n"
            "RSI (9) 54; RSI (14) 57",
            ["last 5290.25", "rsi_14 57", "rsi_9 54"],
        ),
        (
            "Bitcoin: the realised price of short-term holders is $63,900 and the 200-day moving average $57,300. Spot: "
            "$69,120. Funding 0.011%. RSI cooled to 56 on Thursday. Support: $66,800.",
            ["last 69120", "rsi_14 56", "sma_200 57300"],
        ),
        (
            "The US Dollar Index is at 104.61. Its 50-, 100- and 200-day SMAs are bunched at 105.10, 104.35 and 104.42. "
            "RSI at 44. Support 104.35.",
            ["last 104.61", "rsi_14 44", "sma_100 104.35", "sma_200 104.42", "sma_50 105.1"],
        ),
        (
            "HANG SENG: closed 18,477 (-344). MA10 19,090; MA20 18,930; MA50 17,690; MA250 17,540. 14-day RSI: 47.39. "
            "Turnover HK$135bn. Support 18,300.",
            ["last 18477", "rsi_14 47.39", "sma_10 19090", "sma_20 18930", "sma_250 17540", "sma_50 17690"],
        ),
        (
            "Uranium play Cameco closed at C$75.40, 24% above where it started the year and 3% below the 52-week high of "
            "C$77.63. The 50-day is C$68.9. Support C$72.",
            ["distance_to_high_52w_pct 3", "high_52w 77.63", "last 75.4", "sma_50 68.9"],
        ),
        (
            "Heating oil (July) 2.3650. 20 dma 2.4420, 50 dma 2.5170. RSI 36.7; it hasn't been under 30 since December. "
            "Seasonals turn up around 12 June. Support 2.3300.",
            ["last 2.365", "rsi_14 36.7", "sma_20 2.442", "sma_50 2.517"],
        ),
        (
            "In May 2023 the 50-day crossed above the 200-day at 1,961 and the index rallied to 2,003. Today the two "
            "stand at 2,064 and 1,957. RTY is at 2,074. Support 2,064.",
            ["last 2074"],
        ),
        (
            "Alphabet finished Friday at $172.50, 3.5% off its all-time high of $178.77. It's 8.4% above the 50-day "
            "average and 22% above the 200-day. RSI 54. Support $170.",
            [
                "all_time_high 178.77",
                "distance_to_sma_200_pct 22",
                "distance_to_sma_50_pct 8.4",
                "drawdown_pct 3.5",
                "last 172.5",
                "rsi_14 54",
            ],
        ),
        (
            "USD/ZAR 18.80 after the vote count. Moving averages to watch: 50-day 18.63, 100-day 18.79, 200-day 18.77. "
            "The RSI, which stood at 34 two weeks ago, is 55 now. Support 18.63.",
            ["last 18.8", "rsi_14 55", "sma_100 18.79", "sma_200 18.77", "sma_50 18.63"],
        ),
        (
            "The May low of 37,617 is 1.9% below Friday's Nikkei close (38,487.90). The 75-day average, 38,700, caps. "
            "RSI 49. Support 37,617.",
            ["last 38487.9", "rsi_14 49", "sma_75 38700"],
        ),
        (
            '"Bears need to take out 5,191 (50-day) first," says our chartist; the ES last traded at 5,277 and its RSI '
            "is 53.7. Her 3-month target is 5,500. Support 5,191.",
            ["last 5277", "rsi_14 53.7", "sma_50 5191"],
        ),
        (
            "Sugar #11 (Jul) settled Friday at 18.30, a week ago 18.53, a year ago 24.74. 50-day average 19.86. RSI 35. "
            "Support 17.95.",
            ["last 18.3", "rsi_14 35", "sma_50 19.86"],
        ),
        (
            "10-yr Bund yield 2.66%. FGBLM4 129.33. MA(20): 130.66. MA(50): 131.25. RSI(14): 35. Support: 128.90. "
            "Resistance: 130.10.",
            ["last 129.33", "rsi_14 35", "sma_20 130.66", "sma_50 131.25"],
        ),
        (
            "AMD $166.90 after Computex. RSI 58, MACD +1.9 vs signal +1.1. Above 50-day ($162.7), below 100-day "
            "($171.4). 52wk hi $227.30 / lo $93.12. Support $160.",
            [
                "high_52w 227.3",
                "last 166.9",
                "low_52w 93.12",
                "macd 1.9",
                "macd.signal 1.1",
                "rsi_14 58",
                "sma_100 171.4",
                "sma_50 162.7",
            ],
        ),
        (
            "Dow Jones Industrial Average (DJIA)\nLast: 38,686.32\nChange: +574.84 (+1.51%)\n"
            "52 Week High: 40,077.40\n52 Week Low: 32,327.20\n50 Day Average: 38,935\n200 Day Average: 36,990\n"
            "Relative Strength Index: 48.85\nAverage True Range: 380\nSupport: 38,100\nResistance: 39,100",
            ["atr_14 380", "high_52w 40077.4", "last 38686.32", "low_52w 32327.2", "rsi_14 48.85", "sma_200 36990", "sma_50 38935"],
        ),
        (
            "<h3>EUR/JPY</h3><p>Spot 170.12. The cross has been above its 21-day average (169.10) for a month. The "
            "14-day RSI diverges: 63.2 now against 71.8 at the April peak. Support: 169.10, 168.40.</p>",
            ["last 170.12", "rsi_14 63.2", "sma_21 169.1"],
        ),
        (
            "Salesforce gapped down 19.7% on Thursday, to $218.01, and ended the week at $234.44. It was at $318.71 in "
            "March, an all-time high. The 200-day average stands at $251. RSI 33. Resistance $251, support $212.",
            ["all_time_high 318.71", "last 234.44", "rsi_14 33", "sma_200 251"],
        ),
        (
            "Theme: range. 1.0790/1.0895 has contained EUR/USD since mid-May; we are at 1.0848. DMAs: 21d 1.0822, 55d "
            "1.0774, 200d 1.0788. One-month implied vol 5.2%. RSI 58. Support 1.0790.",
            ["last 1.0848", "rsi_14 58", "sma_200 1.0788", "sma_21 1.0822", "sma_55 1.0774"],
        ),
        (
            "HG copper ($4.60) has corrected 11.5% from the 20 May record high of $5.199. The 50-day ($4.53) is the last "
            "line for the bulls. RSI 47. Support $4.53.",
            ["all_time_high 5.199", "drawdown_pct 11.5", "last 4.6", "rsi_14 47", "sma_50 4.53"],
        ),
        (
            "CL1 closed below the 200-day for the first time since February. Price action: 76.99, -1.2% d/d, -1.0% w/w. "
            "RSI 41 (prev. week 45). 200d 79.5. Support 76.15.",
            ["last 76.99", "rsi_14 41", "sma_200 79.5"],
        ),
    ],
)
def test_the_values_of_a_letter_are_read(words, values):
    found = read_note(text_of(words.encode(), name="a note")).indicators
    assert sorted(f"{i.name} {i.value.low:.9g}" for i in found if SCORED.fullmatch(i.name)) == values
