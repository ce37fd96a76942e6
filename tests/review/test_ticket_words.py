"""Trades in the words that desks, robots and chats have for entry, stop and target."""

import pytest
from small_notes import read

TRADES = {
    "a buy stop with its limit": (
        "Buy stop 4,512, limit 4,515. Protective stop 4,488. Objective 4,560.",
        [("long", (4512, 4515), 4488, [4560])],
    ),
    "scaled in": (
        "Buy half at 61.40 and half at 60.80, stop for all 59.90, first scale 63.00, runner 65.20.",
        [("long", (60.8, 61.4), 59.9, [63, 65.2])],
    ),
    "right and wrong": (
        "Get short Bund on a rally into 131.20-131.40. Wrong over 131.90. Right at 129.80.",
        [("short", (131.2, 131.4), 131.9, [129.8])],
    ),
    "pain and pay": ("The picture: short Deere $412, pain point $421, pay day $385.", [("short", (412, 412), 421, [385])]),
    "targets in the plural": (
        "SELL COPPER BELOW 4.520, STOPLOSS 4.560, TARGETS 4.470-4.430.",
        [("short", (4.52, 4.52), 4.56, [4.47, 4.43])],
    ),
    "entry behind its price": (
        "We would use 0.6510–0.6525 to initiate Aussie longs, risking 0.6480 for 0.6610.",
        [("long", (0.651, 0.6525), 0.648, [0.661])],
    ),
    "two robots in a line": (
        "Alpha BUY GBPUSD@1.3122 SL@1.3090 TP@1.3190; Beta SELL USDCAD@1.3975 SL@1.4010 TP@1.3905.",
        [("long", (1.3122, 1.3122), 1.309, [1.319]), ("short", (1.3975, 1.3975), 1.401, [1.3905])],
    ),
    "a stop told as a distance": (
        "Buy Deere on a pullback to $402. Initial stop 2 ATR below entry. Price target $441.",
        [("long", (402, 402), None, [441])],
    ),
    "a trade that was not made": ("If only we had bought 1.0910 with a stop at 1.0880! It would have paid 140 pips.", []),
    "a trade that is over": ("The long from 1.0870 with a stop at 1.0830 was closed at 1.0955 overnight.", []),
}


@pytest.mark.parametrize(("text", "trades"), TRADES.values(), ids=TRADES)
def test_a_trade_is_read_in_whatever_words(text, trades):
    found = [x[1:] for x in read(text) if x[0] == "T"]
    assert [(side, entry, stop, [low for low, _ in targets]) for side, entry, stop, targets in found] == trades


FIELDS = {
    "action, price": (
        "SIGNAL #12\nPair: XAUUSD\nAction: BUY LIMIT\nPrice: 3418.50\nSL: 3406.00\nTP: 3442.00\nRisk: 1%",
        [("long", (3418.5, 3418.5), 3406, [3442])],
    ),
    "a limit that takes profit": (
        "Ticket\nSide ........ SELL\nInstrument .. MES\nEntry ....... 6,455.25\nStop ........ 6,466.00\nLimit ....... 6,434.00",
        [("short", (6455.25, 6455.25), 6466, [6434])],
    ),
    "entry one and two": (
        "BTC PERP | LONG | Entry 1: 61,300 | Entry 2: 60,500 | SL 58,900 | TP1 63,900",
        [("long", (60500, 61300), 58900, [63900])],
    ),
    "in clips, out where it prints": (
        "Sell oil in two clips, 66.90 and 67.50; if 68.40 prints we are out; cover both at 63.80.",
        [("short", (66.9, 67.5), 68.4, [63.8])],
    ),
    "there": (
        "If ES reclaims 6,205, long there, stop 6,193, scale out 6,222 (75%) and 6,240 (25%).",
        [("long", (6205, 6205), 6193, [6222, 6240])],
    ),
    "closed": ("1) Short WTI 64.80, stop 65.40, closed 65.35 (-55)", []),
}


@pytest.mark.parametrize(("text", "trades"), FIELDS.values(), ids=FIELDS)
def test_a_trade_is_read_from_its_fields(text, trades):
    found = [x[1:] for x in read(text) if x[0] == "T"]
    assert [(side, entry, stop, [low for low, _ in targets]) for side, entry, stop, targets in found] == trades
