"""Where the words right around a price make it the market's last one."""

from __future__ import annotations

import pytest
from small_notes import read


def lasts(text):
    return [value for what, name, value in (x for x in read(text) if x[0] == "I") if name == "last"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Lean hogs, 82.150 at settlement, sit on the 18-day average of 81.675.", 82.15),
        ("The metal, $5,012 the ounce at the fix, is well bid.", 5012),
        ("As to EURGBP (0.8731 mid-market), the 21-day exponential runs at 0.8718.", 0.8731),
        ("Netflix—$1,187.60 as we type—lost its 50-day ($1,209).", 1187.6),
        ("Plan for the DAX (24,030): nothing before Thursday.", 24030),
        ("The yen pair (146.60) goes nowhere.", 146.6),
        ("Small caps 2,283.", 2283),
        ("No view today. Comex 4.58.", 4.58),
        ("Both of them cap Apple at $221.90 (close).", 221.9),
        ("Tape, weekend edition: Dow 46,247.29.", 46247.29),
        ("Meta ended the week at $621.71.", 621.71),
        ("Tin rounded off the week at 28,310.", 28310),
        ("The S&P 500 ended Tuesday's session 0.4% higher at 6,021.63.", 6021.63),
        ("Nasdaq 100 futures were up 0.6% at 24,310 in early trade.", 24310),
        ("Tesla dropped 4% on the day to settle at $248.10.", 248.1),
        ("EUR/USD trades around the 1.0850 mark in Asia.", 1.085),
        ("WTI changes hands near 68.40 dollars a barrel.", 68.4),
        ("Amazon closed Friday's session $1.20 lower at $198.40.", 198.4),
        ("$10.42 is where it trades.", 10.42),
        ("Closing price on 14 March: 5,638.94", 5638.94),
        ("The 10-day line is flat, with soybean oil at 52.34.", 52.34),
        ("USD/SGD (1.2951) rests on the 55-day EMA.", 1.2951),
        ("BTC/USDT perp 104,250.5", 104250.5),
        ("That, for the Russell at 2,398, is a lot.", 2398),
        ("At 6,204.95 the S&P 500 ended the quarter.", 6204.95),
        ("Lean hogs gave up a cent to 81.20, their close.", 81.2),
        ("Cardano changes hands for $0.6412.", 0.6412),
        ("The pound bought $1.3389 at noon.", 1.3389),
        ("The tape at 15:59 showed 5,781.25 in the March ES.", 5781.25),
        ("The last print in the December S&P, 5,998.25, is a record.", 5998.25),
        ("RUSSELL 2000 FUTURE | 2,203.4 | RSI14 57", 2203.4),
        ("Gold's price at the time of writing: $3,685.", 3685),
    ],
)
def test_it_is_the_last_price(text, last):
    assert lasts(text) == [last]


@pytest.mark.parametrize(
    "text",
    [
        "Support for the index (2,350) is firm.",
        "We want a settle above 2,350 at the close.",
        "The 2,410 high of the day (2,410) stands.",
        "Our stop is 2,350 (close).",
        "We closed the long at 5,910.",
        "Open interest rose to 412,300.",
        "The contract trades 4.50 above fair value.",
        "ZF: 107-08 S. 107-19 R.",
        "Bitcoin: $95K is the cushion, $99.5K the lid.",
        "The long from 1.0870 was closed at 1.0955.",
        "Silver at $100? Three analysts answer.",
        "Bitcoin at $19,000 was silly.",
        "It could conquer the mark of 24,000 points.",
        "5,310 (last week's high)",
        "Margins: GC $11,500.",
        "Brent-WTI $3.60.",
        "We were filled at 2,350 at the close.",
    ],
)
def test_it_is_not(text):
    assert lasts(text) == []
