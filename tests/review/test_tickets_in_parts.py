"""Trades told in parts: profits in several clips, a side in the heading, fields a line each."""

import pytest
from small_notes import agrees

NOTES = {
    "one off and one more": (
        "Buy 3 coffee at 384.50, stop at 371.00, take one off at 398, one at 410, and leave one on.",
        "T long 384.5 371 398,410",
    ),
    "sell half, sell the balance": (
        "Accumulate gold on weakness at 3,985 to 4,000. Exit if 3,930 trades. Sell half at 4,110; sell the balance at 4,240.",
        "T long 3985-4000 3930 4110,4240",
    ),
    "the side in the heading": (
        "GBPJPY LONG IDEA\n\nZone 203.10/203.35\n\nProtective stop 202.60\n\n1st objective 204.50\n\n2nd objective 205.40",
        "T long 203.1-203.35 202.6 204.5,205.4",
    ),
    "a short end of a zone": ("Go long on dips to 1.1800/10, S/L 1.1760, T/P 1.1900.", "T long 1.18-1.181 1.176 1.19"),
    "is a buy": ("A pullback into 6,640-6,655 is a buy for 6,740, out on a print under 6,612.", "T long 6640-6655 6612 6740"),
    "first and second in brackets": (
        "Crude last 66.20. Sell at 67.00 | Stop 69.10 | Take profit 63.40 (first) and 60.20 (second)",
        "T short 67 69.1 63.4,60.2|I last 66.2",
    ),
    "locked in is over": (
        "ES is trading 5,902. I locked in half of the short at 5,955, another 15% at 5,921, and left a runner with the stop "
        "over 5,990.",
        "I last 5902",
    ),
    "a teaser before a trade": (
        "BTC trades at $88,640.\n\nAlso read: Can ether defend its lows? Three charts to watch\n\nTrade of the day: short BTC "
        "at $90,800, "
        "stop $93,100, take profit at $86,200.",
        "T short 90800 93100 86200|I last 88640",
    ),
    "what would be expected behind a trade": (
        "SOL trades at $171.\n\nTrade plan\n\nEntry: $160-$165\nStop: $149\nTarget: $187\n\nIf $152 is lost on a closing basis, we "
        "expect $141.",
        "T long 160-165 149 187|S down - - 141|I last 171",
    ),
    "a trigger of a market in the heading": (
        "LONG SETUP: NVDA\n- Trigger: break of $141.20\n- Invalidation: close under $134.50\n- Upside objectives: $148 / $153",
        "T long 141.2 134.5 148,153",
    ),
    "bids resting": (
        "Gold trades at 4,075. Trade idea: bids resting 4,062-4,068, invalidation 4,049, objective 4,110.",
        "T long 4062-4068 4049 4110|I last 4075",
    ),
    "two orders parted by a stroke": (
        "GBPUSD trades at 1.2710. Pending orders: BUY LIMIT 1.2640 (SL 1.2605, TP 1.2720) / SELL LIMIT 1.2785 (SL 1.2820, TP "
        "1.2700).",
        "T long 1.264 1.2605 1.272|T short 1.2785 1.282 1.27|I last 1.271",
    ),
    "sold at two prices": (
        "NQ last 21,210. Buy 21,140-21,160, stop 21,095, sell 21,260, 21,310.",
        "T long 21140-21160 21095 21260,21310|I last 21210",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_trade_in_parts_is_one_trade(note):
    assert agrees(note) is True
