"""Small notes of many parts: ways on as lists and grids, levels under bullets, per cents that are no chances."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "nested paths": (
        "Gold 3,301\n\n- Path up (60%)\n  - goes to 3,365\n  - wrong if 3,240 breaks\n- Path down (40%)\n  - goes to 3,190\n",
        "S up .6 - 3365|S down .4 - 3190|I last 3301",
    ),
    "arrows": (
        "ES Mar prints 5,912.\nRally 45% → 6,010\nChop 35% → 5,850-5,950\nSlide 20% → 5,760",
        "S up .45 - 6010|S range .35 5850-5950 -|S down .2 - 5760|I last 5912",
    ),
    "first of two": (
        "Russell (Sep) closed at 2,120.4.\nAlternative scenario: above 2,138, 2,166 and 2,189 come into view.",
        "S up - - 2166|I last 2120.4",
    ),
    "raised on a condition": (
        "Dec NQ 25,994.\n\nPaths into year-end\n1. Up, 55% (65% if Monday closes above the high): 26,900-27,000.\n"
        "2. Range, 25%: 25,200 to 26,400.\n3. Down, 20%: 24,560.",
        "S up .55 - 26900-27000|S range .25 25200-26400 -|S down .2 - 24560|I last 25994",
    ),
    "lettered": (
        "USD/MXN closed at 18.598\n\nSCENARIOS (4-6 weeks)\na) carry wins, 50%: 18.31\nb) range, 30%: 18.46-18.67\n"
        "c) dollar squeeze, 20%: 18.85\n\nBase rates for a), b), c) in the past 12 years: 44%, 33%, 23%.",
        "S down .5 - 18.31|S range .3 18.46-18.67 -|S up .2 - 18.85|I last 18.598",
    ),
    "within weeks is no range": (
        "EURUSD 1.1702\nMost likely: it reverts to 1.1640 within two weeks.\nLess likely: a squeeze to 1.1810.",
        "S down - - 1.164|S up - - 1.181|I last 1.1702",
    ),
    "fork table": (
        "Coin   Spot      Bull (odds)      Bear (odds)\nBTC    94,350    99,500 (60%)     88,800 (40%)\n"
        "ETH    1,794     2,010 (45%)      1,610 (55%)\n",
        "S up .6 - 99500|S down .4 - 88800|S up .45 - 2010|S down .55 - 1610|I last 94350|I last 1794",
    ),
    "past shares": (
        "ES 5,900 last. Support 5,850.\n\nSeasons\nIn May the S&P has changed by 1.2% on average, up in 61% of 74 cases, base "
        "rate 58%; the error is 4%.",
        "L support level 5850|I last 5900",
    ),
    "a hit rate": (
        "DAX last 24,050. Resistance 24,300.\nOur April calls hit 53% of the time, a 1.5% gain on average; the error is 4%.",
        "L resistance level 24300|I last 24050",
    ),
    "bullets two deep": (
        "Silver, last 33.10\n- resistance\n  - 33.60\n  - 34.20 (May high)\n- support\n  - 32.70\n  - 32.10\n",
        "L resistance level 33.6|L resistance extreme 34.2|L support level 32.7|L support level 32.1|I last 33.1",
    ),
    "levels along a path": (
        "Copper last 4.512\n\nLevels for the path you are on\n\n  4.780   R   January high\n  4.620   R\n  4.430   S\n"
        "  4.310   S   200-day SMA\n",
        "L resistance extreme 4.78|L resistance level 4.62|L support level 4.43|L support average 4.31|I last 4.512|I sma_200 4.31",
    ),
    "through the last price": (
        "YM trades at 42,905\n\n43,390   March high\n43,120\n42,980\n-- 42,905 --\n42,760\n42,540   unfilled gap\n",
        "L resistance extreme 43390|L resistance level 43120|L resistance level 42980|L support level 42760|L support gap 42540|"
        "I last 42905",
    ),
    "retracements": (
        "Gold settled 4,009.8.\n38.2% 3,998 support\n61.8% 3,762 support",
        "L support fibonacci 3998|L support fibonacci 3762|I last 4009.8",
    ),
    "the far end": (
        "Hang Seng future 27,310 last (+1.5%)\nPlan: long 26,860-26,940, stop 26,540-26,600, target 27,500",
        "T long 26860-26940 26540 27500|I last 27310",
    ),
    "a closed trade": (
        "E-mini Russell, last 2,454.2\n\nLong from 2,466 stopped at 2,455 (-1R); short from 2,487 never filled.",
        "I last 2454.2",
    ),
    "rows of markets": (
        "Metals\n\nGold (April)                 3,041.2\n  First support              2,993\n  First resistance           3,065\n",
        "L support level 2993|L resistance level 3065|I last 3041.2",
    ),
    "reference prices": (
        "What the options think\n\nReference prices: ES 6,642.50 / NQ 24,690 / RTY 2,352.8\n",
        "I last 6642.5|I last 24690|I last 2352.8",
    ),
    "last so many": (
        "Wheat, last 538.25. The last 15 Julys were poor. The last 20 sessions closed lower 11 times.",
        "I last 538.25",
    ),
    "said at a time": (
        "0:40  Bitcoin is trading at 116,800.\n7:30  He draws support at 114,900, and below that at 112,400.\n"
        "9:10  Resistance, he says, is only 120,250.\n",
        "L support level 114900|L support level 112400|L resistance level 120250|I last 116800",
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_a_small_note_of_many_parts_is_read(name):
    assert agrees(NOTES[name]) is True
