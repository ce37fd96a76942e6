"""Outlooks of currency pairs as portals write them, and robots' lists of supports and resistances in one line."""

import pytest
from small_notes import agrees

NOTES = {
    "a fall resumed, through a projection whose legs are no prices": (
        "GBP/USD outlook\n\nBelow 1.3009 will resume the fall from 1.3787 to 61.8% projection of 1.3787 to 1.3140 from 1.3368 "
        "at 1.2968.\n",
        "S down - - 1.2968",
    ),
    "a fall resumed, from where to where": (
        "GBP/USD outlook\n\nBelow 1.3009 will resume the fall from 1.3787 to 1.2968.\n",
        "S down - - 1.2968",
    ),
    "a bias for a price, and what a break there leads to": (
        "EUR/USD outlook\n\nInitial bias remains on the downside this week for 1.1390 support first. Decisive break there will "
        "target 38.2% retracement of 1.0176 to 1.1917 at 1.1252.\n",
        "L support level 1.139|S down - - 1.139|S down - - 1.1252",
    ),
    "a preference without a price of its own": (
        "DAX intraday\n\nOur preference: the upside prevails as long as 23,720 is support.\n"
        "Alternative scenario: below 23,720, expect 23,600.\n",
        "L support level 23720|S up - - -|S down - - 23600",
    ),
    "the price that an average caps is no level": (
        "Dow Jones\n\nThe US30 index is trading near 46,100 and remains capped by the 20-period EMA on the 4-hour chart.\n",
        "I last 46100",
    ),
    "why somebody is bullish is no way on": (
        "Silver\n\nSilver trades at $50.80 and keeps the bullish vibe as the price holds above the 100-day EMA at $43.60.\n",
        "I last 50.8|I ema_100 43.6",
    ),
    "the second of two ends": (
        "Bitcoin\n\nBTC trades at 89,450. If BTC recovers, it could extend the move toward $94,253, then $99,880.\n",
        "I last 89450|S up - - 94253",
    ),
    "a headline's price beside an average of another clause": (
        "Silver Price Forecast: XAG/USD slips below $51.00, bulls eye 20-day SMA\n\nSilver trades at $50.80.\n",
        "I last 50.8",
    ),
    "an average as where a rebound leads": (
        "GBP/USD outlook\n\nHowever, firm break of 1.3140 will turn bias back to the upside for stronger rebound to 55 D EMA "
        "(now at 1.3217).\n",
        "S up - - 1.3217|I ema_55 1.3217",
    ),
    "a bias turned neutral is no way on": (
        "EUR/USD outlook\n\nOn the upside, above 1.1655 minor resistance will turn intraday bias neutral first.\n",
        "L resistance level 1.1655",
    ),
    "where a correction ended is no target": (
        "EUR/USD outlook\n\nDecisive break of 1.1727 will argue that the correction has completed at 1.1390, and target a retest "
        "of 1.1917 high.\n",
        "S up - - 1.1917",
    ),
    "a support that holds, and where that leads": (
        "USD/JPY outlook\n\nFurther rise is expected as long as 153.60 support holds, towards 158.85.\n",
        "L support level 153.6|S up - - 158.85",
    ),
    "a list in one line with the last price in it": (
        "S&P 500 E-mini daily\n\nSupports and resistances: 6,830 / 6,800 / 6,770 / Last: 6,745 / 6,720 / 6,690\n",
        "I last 6745|L resistance level 6830|L resistance level 6800|L resistance level 6770|L support level 6720|"
        "L support level 6690",
    ),
    "a list in one line with the last price behind its number": (
        "DAX daily\n\n24,300 / 24,180 / 24,050 (last) / 23,900 / 23,760\n",
        "I last 24050|L resistance level 24300|L resistance level 24180|L support level 23900|L support level 23760",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_outlooks_are_read_as_their_readers_read_them(note):
    assert agrees(note) is True
