"""Tables as portals and brokers print them: ladders in two columns, sets of pivots by market, averages in two kinds."""

from __future__ import annotations

import pytest
from small_notes import agrees, read

NOTES = (
    (  # the price stands in the first column or in the second, whichever side it is on
        "Silver Jul '25 (SIN25)\n\nSupport/Resistance\tPrice\tKey Turning Points\n"
        "\t38.905\tPrice 3 Standard Deviations Resistance\n"
        "\t37.310\tPivot Point 2nd Resistance Point\n37.065\t\t52-Week High\n\t36.640\tLast\n36.480\t\tPivot Point\n"
        "\t36.155\tPivot Point 1st Support Point\n35.046\t\t38.2% Retracement From 4 Week High",
        "I last 36.64|I high_52w 37.065|L resistance level 38.905|L resistance pivot 37.31|L resistance extreme 37.065|"
        "L pivot pivot 36.48|L support pivot 36.155|L support fibonacci 35.046",
    ),
    (
        "MORNING COMMENT\n\nDAILY PIVOT NUMBERS\n\n| CONTRACT | 2ND SUP | 1ST SUP | PIVOT | 1ST RES | 2ND RES |\n"
        "|---|---|---|---|---|---|\n"
        "| CRUDE OIL CLG25 | 75.85 | 76.70 | 77.85 | 78.70 | 79.85 |",
        "L support pivot 75.85|L support pivot 76.7|L pivot pivot 77.85|L resistance pivot 78.7|L resistance pivot 79.85",
    ),
    (
        "MORNING COMMENT\n\nDAILY STATISTICS\n\n| CONTRACT | CLOSE | 9 DAY RSI | 14 DAY RSI | 9 DAY M AVG | 18 DAY M AVG |\n"
        "|---|---|---|---|---|---|\n| CRUDE OIL CLG25 | 77.50 | 74.62 | 70.41 | 75.19 | 72.63 |",
        "I last 77.5|I rsi_9 74.62|I rsi_14 70.41|I sma_9 75.19|I sma_18 72.63",
    ),
    (
        "Crude Oil (CLJ4)\n\nLast 77.91\n\nMoving Averages\nPeriod\tSimple\tExponential\nMA10\t78.44\t78.29\n\tSell\tSell\n"
        "MA50\t75.93\t76.58\n\tBuy\tBuy",
        "I last 77.91|I sma_10 78.44|I ema_10 78.29|I sma_50 75.93|I ema_50 76.58",
    ),
    (
        "S&P 500\n\nClose: 4,502.88\n\nMoving averages      21 day  4,335     55 day  4,347     200 day  4,258",
        "I last 4502.88|I sma_21 4335|I sma_55 4347|I sma_200 4258",
    ),
    (
        "COPPER  HGK4    last 4.0890\n\nMomentum overbought (RSI-14 @ 69.2).\n\nSupp: 4.0510 | 3.9425 (38.2% ret.)\n"
        "Res: 4.1745 | 4.3030 (all-time hi)",
        "I last 4.089|I rsi_14 69.2|I all_time_high 4.303|L support level 4.051|L support fibonacci 3.9425|"
        "L resistance level 4.1745|L resistance extreme 4.303",
    ),
    (
        "Spot desk\n\n                bids                       mid       offers\n"
        "EURUSD    1.1560, 1.1530-35, 1.1500       1.1588    1.1610, 1.1635-40\n"
        "GBPUSD    1.3125-30, 1.3085               1.3152    1.3180, 1.3215-20",
        "I last 1.1588|I last 1.3152|L support level 1.156|L support level 1.153-1.1535|L support level 1.15|"
        "L resistance level 1.161|L resistance level 1.1635-1.164|L support level 1.3125-1.313|L support level 1.3085|"
        "L resistance level 1.318|L resistance level 1.3215-1.322",
    ),
    (  # the end of a zone may carry over
        "USD/SGD now 1.3552 | offers 1.3570, 1.3590-00 | bids 1.3535-40, 1.3500",
        "I last 1.3552|L resistance level 1.357|L resistance level 1.359-1.36|L support level 1.3535-1.354|L support level 1.35",
    ),
    (
        "Russell fund (IWM)\n\n218.34\n+1.92\n(+0.89%)\nClose as of 07/11/2024\n\nOptions\n\nMoving averages\n\nPeriod\n"
        "Moving Average\nPrice Change\n10-Day\n208.61\n+15.27\n20-Day\n204.02\n+17.88\n\nRelative strength\n\nPeriod\nRSI\n"
        "9-Day\n76.41%\n14-Day\n70.83%\n20-Day\n66.95%\n\nTrue range\n\nPeriod\nATR\n14-Day\n3.27\n\n"
        "52-week range\n161.67 - 218.56",
        "I last 218.34|I sma_10 208.61|I sma_20 204.02|I rsi_9 76.41|I rsi_14 70.83|I rsi_20 66.95|I atr_14 3.27|"
        "I low_52w 161.67|I high_52w 218.56",
    ),
    (
        "Gold\nLast 3,398.60   -18.70 (-0.55%)\n\nNameValueAction\nRSI(14)56.112Buy\nSTOCH(9,6)48.37Neutral\n"
        "ATR(14)57.3429Less Volatility\n"
        "\nMoving Averages\nSummary: Buy   Buy: (10)  Sell: (2)\nPeriod\tSimple\tExponential\nMA5\t3,403.94 Sell\t3,401.18 Sell\n"
        "MA50\t3,318.75 Buy\t3,300.91 Buy",
        "I last 3398.6|I rsi_14 56.112|I atr_14 57.3429|I sma_5 3403.94|I ema_5 3401.18|I sma_50 3318.75|I ema_50 3300.91",
    ),
    (  # a wide blank within the name of a row
        "Pivot numbers for today\n\n             Settle        S2         S1       Pivot       R1         R2\n"
        "ES  Sep     6,019.50    5,953.25   5,986.25   6,031.00   6,064.00   6,108.75\n"
        "NQ  Sep    21,843.50   21,535.25  21,689.25  21,916.25  22,070.25  22,297.25",
        "I last 6019.5|I last 21843.5|L support pivot 5953.25|L support pivot 5986.25|L pivot pivot 6031|L resistance pivot 6064|"
        "L resistance pivot 6108.75|L support pivot 21535.25|L support pivot 21689.25|L pivot pivot 21916.25|"
        "L resistance pivot 22070.25|L resistance pivot 22297.25",
    ),
    (  # names of columns in two lines
        "Commodity sheet\n\n                       Support   Support             Resistance  Resistance\n"
        "                          2         1       Last         1           2       Bias\n\n"
        "Brent (Oct)             66.80     67.95     68.61      69.90       71.15     neutral\n"
        "WTI (Sep)               64.30     65.60     66.12      67.45       68.80     neutral\n"
        "Gasoil (Aug)           686.00    698.50    711.25     722.00      738.75     up",
        "I last 68.61|I last 66.12|I last 711.25|L support level 66.8|L support level 67.95|L resistance level 69.9|"
        "L resistance level 71.15|L support level 64.3|L support level 65.6|L resistance level 67.45|L resistance level 68.8|"
        "L support level 686|L support level 698.5|L resistance level 722|L resistance level 738.75",
    ),
    (  # the bars that a page offers are none that it shows, but for the one that is chosen
        "USD/CAD Technical Analysis\n1.3947   +0.0021   +0.15%\n\nTime frame: 30 Min | Hourly | 5 Hours | [Daily] | Weekly\n\n"
        "Moving Averages\nPeriod\tSimple\tExponential\nMA20\t1.3918 Buy\t1.3921 Buy\nMA50\t1.3856 Buy\t1.3878 Buy",
        "I last 1.3947|I sma_20 1.3918|I ema_20 1.3921|I sma_50 1.3856|I ema_50 1.3878",
    ),
    (
        "Fund (IWM)\n\nLast 243.62 +1.08 (+0.45%)\n\n1 min\t5 min\t15 min\t[Hourly]\tDaily\tWeekly\n\nTechnical Indicators\n"
        "Symbol\tValue\tAction\nRSI(14)\t57.318\tBuy\nATR(14)\t0.9871\tHigh Volatility",
        "I last 243.62|I rsi_14h 57.318|I atr_14h 0.9871",
    ),
    (
        "BTC at $87.2K\n\n🟢 Support\n$85.3K ... 4H demand\n$80.6K ... last Friday's low\n$74.5K ... April low",
        "I last 87200|L support level 85300|L support extreme 80600|L support extreme 74500",
    ),
    (
        "RTY map\n\nLast 2,495\n\nUpside references\n  2,521.4  prior day high\n  2,538.5  50-day moving average\n  2,560\n"
        "Downside references\n  2,468.3  prior day low\n  2,402.5  swing low of March 30",
        "I last 2495|I sma_50 2538.5|L resistance extreme 2521.4|L resistance average 2538.5|L resistance level 2560|"
        "L support extreme 2468.3|L support extreme 2402.5",
    ),
    (  # the marks on the axis of a chart that was left out
        "Weekly book\n\nFigure 1: S&P 500, daily\n\n 6000 |\n 5600 |     [no chart]\n 5200 |\n\nThe index closed at 5,199.5.",
        "I last 5199.5",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=[text[:32] for text, _ in NOTES])
def test_tables_of_portals_are_read_as_their_columns_say(note):
    assert agrees(note) is True


def test_the_lengths_of_a_formula_do_not_make_commas_decimals():
    said = read("EUR/USD 1.0842\n\nName\tValue\nRSI(14)\t48.215\nSTOCH(9,6)\t41.2\nMACD(12,26)\t-0.001\nATR(14)\t0.0057")
    assert ("I", "rsi_14", 48.215) in said
    assert ("I", "atr_14", 0.0057) in said
    assert not any(item[0] == "I" and item[2] in (12.26, 9.6, 48215.0) for item in said)


def test_a_price_at_which_an_oscillator_would_stand_is_no_reading_of_it():
    said = read("Gold last 2,049.6\n\nPrice\tKey Turning Points\n2,105.3\t14 Day RSI at 80%\n2,088.5\t52-Week High\n2,049.6\tLast")
    assert not any(item[:2] == ("I", "rsi_14") for item in said)
