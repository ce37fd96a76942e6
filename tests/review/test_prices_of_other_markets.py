"""Beside the market that a note is about, other markets and other figures have prices that are none of its own."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


@pytest.mark.parametrize(
    ("words", "prices"),
    [
        (
            (
                "Copper, 12 June. LME three-month copper slipped 1.2% to $9,640 a tonne. COMEX July settled at $4.8120 per lb. "
                "Support for July at $4.75, resistance $4.92."
            ),
            [4.812],
        ),
        (
            (
                "COMEX copper for July delivery was last at $4.8120 per lb, after an all-time high of $5.1985 on Monday. LME "
                "three-month copper slid 1.9% to $10,420 a tonne. Support $4.70, resistance $4.95."
            ),
            [4.812],
        ),
        (
            "AUDUSD steady at 0.6510. Iron ore US$95.6. Copper $9,550. Gold $3,340. Support at 0.6480; resistance at 0.6550.",
            [0.651],
        ),
        (
            "Crude oil WTI August $67.20. Brent $69.90, spread $2.70. Henry Hub at 3.21. Support for WTI is at 66.00.",
            [67.2],
        ),
        (
            (
                "Silver fell 2.1% to $32.14 on Tuesday. Gold was down 0.8% at $3,312. The gold/silver ratio is at 103. The "
                "dollar index rose to 99.8. Support for silver is $31.80, then $31.20."
            ),
            [32.14],
        ),
        (
            (
                "CALENDAR\n08:30 Retail sales, exp. 0.3, prior -0.1\n09:45 Chicago PMI, May exp. 45.0, prior 44.6\n10:00 "
                "Consumer confidence, exp. 87.1, prev. 86.0\n\nRTY 2,081. Support 2,060, resistance 2,110."
            ),
            [2081.0],
        ),
        (
            (
                "Silver 32.90. Support 32.20, resistance 33.40.\n\n14:45  Chicago PMI, May        exp. 45.0, prior 44.6\n15:00  "
                "ISM manufacturing exp 49.3, last 48.7"
            ),
            [32.9],
        ),
        (
            "ES daily. Our short from 5,640 was closed at 5,588, plus 52 points. ES last 5,571. Support 5,550, resistance 5,600.",
            [5571.0],
        ),
        (
            "EUR/USD is at 1.1702. The ECB left rates at 2.00%. Bund yields are at 2.71%. The VIX closed at 16.4. Support 1.1660.",
            [1.1702],
        ),
        (
            (
                "VIX 18.4, MOVE 88, DXY 97.9, 10-year 4.28%. The S&P 500 future trades at 6,312. Support sits at 6,280 and "
                "resistance at 6,350."
            ),
            [6312.0],
        ),
        (
            (
                "The S&P 500 closed at 6,297 yesterday; the Nasdaq 100 at 23,110; the Russell 2000 at 2,241. We look at the "
                "Russell. Support 2,210. Resistance 2,265."
            ),
            [2241.0],
        ),
        (
            "RTY at 2,241 vs 2,198 a week ago. Support 2,210. Resistance 2,265.",
            [2241.0],
        ),
        (
            "Gold: open 3,341, high 3,366, low 3,331, close 3,358. Support 3,340; resistance 3,375.",
            [3358.0],
        ),
        (
            (
                "Ether traded as high as $4,210 on Thursday before closing at $4,092. Bitcoin dominance is down to 58.2%. "
                "Support $4,000; resistance $4,200."
            ),
            [4092.0],
        ),
        (
            "Dow futures up 120 points at 44,612. Boeing +2.1% at $228.40 premarket. Support 44,300.",
            [44612.0],
        ),
        (
            (
                "Market snapshot: S&P 500 6,297.4 (+0.5%), Nasdaq 20,884 (+0.7%), Dow 44,484 (+0.5%), Gold 3,339, WTI 66.9, BTC "
                "119,400.\n\nNATURAL GAS (Aug) 3.542\nSupport 3.480 / 3.410\nResistance 3.610 / 3.680"
            ),
            [3.542],
        ),
        (
            "Wheat (Sep) settled at 541 1/4, down 3 1/2. Corn gave up 4 cents to 402. Support for wheat is 535, resistance 552.",
            [541.25],
        ),
        (
            (
                "Nvidia (NVDA) ended at $172.41; AMD rose 4% to $166.80 in sympathy. NVDA support: $168, $164. Resistance: "
                "$174.25 (record)."
            ),
            [172.41],
        ),
        (
            "USD/JPY is trading at 147.40, Nikkei futures at 39,650. We see USD/JPY support at 146.80 and resistance at 148.20.",
            [147.4],
        ),
        (
            "Volume on Friday was 182,400 contracts; open interest stands at 438,115. RTY settled 2,196.8. Support 2,180.",
            [2196.8],
        ),
        (
            "Total open interest now 1,284,500. CFTC net short 412,000. ZN 110-24. Support 110-12, resistance 111-02.",
            [110.75],
        ),
        (
            (
                "Bitcoin at $83,400. Market cap $1.65 trillion. Hashrate at 842 EH/s. Support $80,000, resistance $86,500. ETF "
                "AUM now $94.2 billion."
            ),
            [83400.0],
        ),
        (
            (
                "TSLA closed Monday at $248.09. The average price target of 42 analysts stands at $312. Support: $240; "
                "resistance: $255."
            ),
            [248.09],
        ),
        (
            "Gold spot 3,312, futures 3,326. Support 3,290.",
            [3312.0, 3326.0],
        ),
        (
            "Apple (AAPL) last $211.18. Our long from $203 was sold at $213.40 for a 5% gain. Support $208. Resistance $214.65.",
            [211.18],
        ),
        (
            "RTY (Sept) 2,241 now; a month ago it was 2,112. Support 2,210.",
            [2241.0],
        ),
        (
            "Cotton Dec 68.42. Certified stocks 21,500 bales. Polyester in China at 6,820 yuan. Support 67.80; resistance 69.10.",
            [68.42],
        ),
        (
            (
                "The pound trades at $1.3489. UK CPI printed 3.4% and gilts yield 4.62%. FTSE 100 closed at 9,022. Cable support "
                "1.3430, resistance 1.3560."
            ),
            [1.3489],
        ),
        (
            (
                "Brent crude for September fell 1.2% to $68.71 a barrel, while WTI dropped 1.1% to $66.52. Gasoil was at $715. "
                "Brent support: $67.90; resistance: $70.10."
            ),
            [68.71],
        ),
    ],
)
def test_last_prices_are_those_of_the_market_the_note_is_about(words, prices):
    found = read_note(text_of(words.encode(), name="a note")).indicators
    assert sorted(i.value.low for i in found if i.name == "last") == prices


def test_so_many_millions_are_the_value_of_no_average():
    words = "IWM closed at $235.62. 31.2M shares against a 50-day average of 36.8M. The 50-day SMA is $220.41. Support $231."
    found = read_note(text_of(words.encode(), name="a note")).indicators
    assert [(i.name, i.value.low) for i in found] == [("last", 235.62), ("sma_50", 220.41)]


def test_a_trade_that_was_closed_is_no_last_price():
    words = (
        "DAX. Closing price on Friday 13,544. Last week's long from 13,620 was closed at 13,850, plus 230 points. Support 13,440."
    )
    found = read_note(text_of(words.encode(), name="a note")).indicators
    assert [(i.name, i.value.low) for i in found] == [("last", 13544.0)]
