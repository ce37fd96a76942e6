"""Notes on yields, whose prices carry a per cent sign, and conditions that begin with a word like 'while'."""

import pytest
from small_notes import agrees

NOTES = {
    "a yield's levels and ways on": (
        "US 10-YEAR YIELD, DAILY CHART\n\nLast 4.132% (-1.8 bp). The 10-year yield is back under its 50-day average at 4.161% and "
        "the RSI has slipped to 44.\n\nResistance: 4.161% (50-day), 4.205%, 4.285 % (200-day average)\n"
        "Support: 4.085%, 4.002% (October low)\n\nScenarios\n- Lower yields (50%): a break of 4.085% opens 4.002%.\n"
        "- Range (30%): 4.085-4.205%.\n- Higher yields (20%): a close over 4.205% targets 4.285%.\n",
        "I last 4.132|I rsi_14 44|I sma_50 4.161|I sma_200 4.285|L resistance average 4.161|L resistance level 4.205|"
        "L resistance average 4.285|L support level 4.085|L support extreme 4.002|S down .5 - 4.002|S range .3 4.085-4.205 -|"
        "S up .2 - 4.285",
    ),
    "yields in passing beside an index are no prices": (
        "RTY closed at 2,402.5. Support 2,380, resistance 2,440.\n\nThe 10-year yield fell to 4.13% from 4.17%, the 2-year "
        "yield to 3.58%, mortgages to 6.21%.\n",
        "I last 2402.5|L support level 2380|L resistance level 2440",
    ),
    "a condition that begins with while": (
        "DAX daily\n\nLast 24,100\n\nWhile above 23,900, look for 24,300.\n",
        "I last 24100|S up - - 24300",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_per_cents_that_are_prices_and_conditions_that_are_no_levels(note):
    assert agrees(note) is True
