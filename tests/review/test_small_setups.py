"""Small notes with trades, each one way in which the trade says something, with what a trader takes from them."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "a trade in one line": (
        "Trade idea: Buy ES at 6,800 with a stop at 6,760, targets 6,860 and 6,900.",
        "T long 6800 6760 6860,6900",
    ),
    "a trade in labels": (
        "Gold trade setup\n\nDirection: Short\nEntry: 4,030\nStop loss: 4,075\nTake profit 1: 3,945\nTake profit 2: 3,850",
        "T short 4030 4075 3945,3850",
    ),
    "a trade in a sentence": (
        "Silver\n\nSilver last 52.85. We would sell rallies into 53.80–54.20 with a stop above 55.10 and a target of 51.40.",
        "T short 53.8-54.2 55.1 51.4|I last 52.85",
    ),
    "two trades under headings": (
        "Trade setups\n\nLong\nEntry 2,300–2,320\nStop 2,270\nTargets 2,400 / 2,440 / 2,480\n\nShort\nEntry below 2,250\nStop "
        "2,290\nTarget 2,180",
        "T long 2300-2320 2270 2400,2440,2480|T short 2250 2290 2180",
    ),
    "a trade with a ratio": (
        "Trade of the day: long RTY above 2,420, stop 2,395, target 2,455 (R:R 1.4).",
        "T long 2420 2395 2455",
    ),
    "a trade between slashes": (
        "Setup: short NQ. Entry 25,900 / Stop 26,020 / Targets 25,600 and 25,480.",
        "T short 25900 26020 25600,25480",
    ),
    "a trade as a table of fields": (
        "Trade plan\n\n| Field | Value |\n|---|---|\n| Side | Long |\n| Entry | 2,350 |\n| Stop | 2,330 |\n| Target | 2,400 |",
        "T long 2350 2330 2400",
    ),
    "a sell stop": (
        "CL trade setup\n\nSell stop at 63.80, protective stop 65.10, objective 61.50.",
        "T short 63.8 65.1 61.5",
    ),
    "a trade without commas": (
        "Gold signal: SELL 3,450 SL 3,470 TP1 3,420 TP2 3,390",
        "T short 3450 3470 3420,3390",
    ),
    "a trade told with arrows": (
        "NQ trade: Long 23,100 → 23,400 (stop 22,940)",
        "T long 23100 22940 23400",
    ),
    "a trade that buys dips": (
        "CL strategy\n\nWe buy dips to 64.50 for 67.20; stop 63.60.",
        "T long 64.5 63.6 67.2",
    ),
    "a trade by initials": (
        "BTC setup\nBuy: 108,500\nStop: 106,900\nT1: 112,000\nT2: 114,500",
        "T long 108500 106900 112000,114500",
    ),
    "trades in a table without a side column": (
        "Short ideas\n\n| Market | Entry | Stop | Target |\n|---|---|---|---|\n| ES | 6,900 | 6,940 | 6,800 |\n| NQ | 25,900 | "
        "26,050 | 25,400 |",
        "T short 6900 6940 6800|T short 25900 26050 25400",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOTES)
def test_a_small_note_with_trades_is_read_as_a_trader_reads_it(what):
    assert agrees(NOTES[what]) is True
