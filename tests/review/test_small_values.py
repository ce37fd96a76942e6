"""Small notes with values, each one way in which the trade says something, with what a trader takes from them."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "values in a row": (
        "ES readings\n\nClose 6,021.75 | RSI(14) 55.8 | ATR(14) 74.5 | 20 EMA 5,990 | 50 SMA 5,978 | 200 SMA 5,702",
        "I last 6021.75|I rsi_14 55.8|I atr_14 74.5|I ema_20 5990|I sma_50 5978|I sma_200 5702",
    ),
    "values in prose": (
        "NQ check\n\nThe Nasdaq-100 future finished Thursday at 24,910. RSI is at 58.9 and MACD at 112.4 with its signal line "
        "at 98.2. The 14-day ATR reads 310 points. "
        "Price sits above the 20-day EMA at 24,780 and the 50-day SMA of 24,410.",
        "I last 24910|I rsi_14 58.9|I macd 112.4|I macd.signal 98.2|I atr_14 310|I ema_20 24780|I sma_50 24410",
    ),
    "values in a table": (
        "CL\n\n| Indicator | Value |\n|---|---|\n| Last price | 58.85 |\n| RSI (14) | 45.1 |\n| MACD | -0.42 |\n| MACD signal |"
        " -0.31 |\n| MACD histogram | -0.11 |\n| 50-day SMA | 59.60 |\n| 52-week high | 78.40 |\n| 52-week low | 55.12 |",
        "I last 58.85|I rsi_14 45.1|I macd -0.42|I macd.signal -0.31|I macd.histogram -0.11|I sma_50 59.6|I high_52w 78.4|"
        "I low_52w 55.12",
    ),
    "averages in one breath": (
        "RTY averages\n\nThe 50-day and 200-day moving averages stand at 2,278 and 2,190 respectively; RTY last 2,393.",
        "I sma_50 2278|I sma_200 2190|I last 2393",
    ),
    "distance and drawdown": (
        "SPX\n\nThe index closed at 5,312.75, down 13.8% from its record high of 6,166.50.",
        "I last 5312.75|I drawdown_pct 13.8|I all_time_high 6166.5",
    ),
    "nothing to find": (
        "Market holiday\n\nUS markets are closed on Monday, 20 January 2025. Trading resumes at 18:00 ET. In 2024 the index "
        "rose 23%.",
        "",
    ),
    "averages in short forms": (
        "RTY averages\n\nMA50: 2,278\n21-EMA 2,345.6\n200-DMA = 2,190\nSMA(100) 2,231\nprice 2,393.0",
        "I sma_50 2278|I ema_21 2345.6|I sma_200 2190|I sma_100 2231|I last 2393",
    ),
    "averages in a list of three": (
        "ES: 20/50/200-day SMA 6,412 / 6,350 / 6,012",
        "I sma_20 6412|I sma_50 6350|I sma_200 6012",
    ),
    "a yearly range": (
        "TSLA shares closed at 401.99. 52-week range: 212.11 – 488.54. ATH 488.54.",
        "I last 401.99|I low_52w 212.11|I high_52w 488.54|I all_time_high 488.54",
    ),
    "values by column": (
        "| Market | Last | RSI | 50-day | 200-day |\n|---|---|---|---|---|\n| ES | 6,842.25 | 58 | 6,700 | 6,120 |\n| NQ |"
        " 24,910.5 | 61 | 24,300 | 21,900 |",
        "I last 6842.25|I rsi_14 58|I sma_50 6700|I sma_200 6120|I last 24910.5|I rsi_14 61|I sma_50 24300|I sma_200 21900",
    ),
    "a blogger's prose": (
        "NQ thoughts\n\nNQ at 23,180. As long as 22,950 holds I stay long. Lose that and it's 22,700, where the 50-day MA sits. "
        "On the other side 23,400 is the wall.",
        "L resistance level 23400|S down - - 22700|I last 23180|I sma_50 22700",
    ),
    "a table of simple and exponential averages": (
        "ES averages\n\n| Period | Simple | Exponential |\n|---|---|---|\n| MA20 | 6,410.25 | 6,421.50 |\n| MA50 | 6,300.00 | "
        "6,318.75 |",
        "I sma_20 6410.25|I ema_20 6421.5|I sma_50 6300|I ema_50 6318.75",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOTES)
def test_a_small_note_with_values_is_read_as_a_trader_reads_it(what):
    assert agrees(NOTES[what]) is True
