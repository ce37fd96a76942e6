"""Pages of figures pasted as text: a label on one line and its value on the next, or the other way round."""

import pytest
from small_notes import agrees

NOTES = {
    "labels over values": (
        "Gold (GC)\n\nPrice\n2,946.80\n+12.40 (+0.42%)\nTrend\nBullish\nRSI (14)\n64.1\n50-day MA\n2,845.10\nATR(14)\n38.6\n",
        "I last 2946.8|I rsi_14 64.1|I sma_50 2845.1|I atr_14 38.6",
    ),
    "values over labels": (
        "Corn desk\n\n452.25\nLast price\n57.3\nRSI (14)\n441.50\nSMA 50\n428.75\nSMA 200\n\nNothing else today.",
        "I last 452.25|I rsi_14 57.3|I sma_50 441.5|I sma_200 428.75",
    ),
    "a side over several prices is no label of one": (
        "Platinum\n\nLast\n981.40\n50-day SMA\n968.20\n200-day SMA\n944.10\n"
        "Support\n972.00\n961.50\nResistance\n990.00\n1,004.00\n",
        "I last 981.4|I sma_50 968.2|I sma_200 944.1|L support level 972|L support level 961.5|L resistance level 990|"
        "L resistance level 1004",
    ),
    "the low of a year that lies far from the price": (
        "| Lumen Systems | |\n|---|---|\n| Last | 131.29 |\n| 52-week high | 153.13 |\n"
        "| 52-week low | 66.25 |\n| 50-day MA | 137.90 |",
        "I last 131.29|I high_52w 153.13|I low_52w 66.25|I sma_50 137.9",
    ),
    "ways, shares of one and prices, one a line": (
        "Wheat odds card\n\nBull\n0.45\n612\nBase\n0.30\n565 - 590\nBear\n0.25\n548\n",
        "S up .45 - 612|S range .3 565-590 -|S down .25 - 548",
    ),
    "one label over one value": (
        "E-mini S&P 500 (ES) Technical Note\n\nThe pullback goes on.\n\nCurrent Price\n5,010.25\n\nKey Levels\n\n"
        "Resistance 5,170\nSupport 4,985\n",
        "I last 5010.25|L resistance level 5170|L support level 4985",
    ),
    "a title above labels over values names no column": (
        "Market snapshot\n\nClosing Price\n2,168.4\n14-Day RSI\n36.9\n50-Day SMA\n2,271\n\nLevels\n\nType\nZone\nRationale\n\n"
        "Resistance\n2,190\nOvernight high\nSupport\n2,100\nRound number\n",
        "I last 2168.4|I rsi_14 36.9|I sma_50 2271|L resistance extreme 2190|L support round 2100",
    ),
    "labels over values behind a table of three columns": (
        "Level\nPrice\nComment\n\nResistance 1\n$48.55\nChannel top\nSupport 1\n$46.90\nMonday's low\n\nLast\n47.97\nRSI\n74.8\n"
        "ATR (14)\n1.08\n\nNext signal at 22:00.\n",
        "L resistance line 48.55|L support extreme 46.9|I last 47.97|I rsi_14 74.8|I atr_14 1.08",
    ),
    "one value over a list of a side": (
        "Natural gas\n\nSpot price\n$3.083\n\nSupport\n2.98\n2.90\n\nResistance\n3.22\n",
        "I last 3.083|L support level 2.98|L support level 2.9|L resistance level 3.22",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_figures_under_their_labels_are_read_line_by_line(note):
    assert agrees(note) is True
