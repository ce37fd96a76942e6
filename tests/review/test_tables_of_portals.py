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
