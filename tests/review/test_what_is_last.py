"""Where the market is now, told by a word, a mark or a place of its own; and what is only the last of its kind."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "the low of last Friday is a level": (
        "ES globex\nLast 6,044.50\n\nAbove\n6,052.25  overnight high\n6,100  round number\n\nBelow\n"
        "6,036  last session's low\n5,963.50  last Friday's low\n",
        "I last 6044.5|L resistance extreme 6052.25|L resistance round 6100|L support extreme 6036|L support extreme 5963.5",
    ),
    "the high of last Wednesday is a level": (
        "CL last 73.77\nRes 75.20\nRes 76.57  last Wednesday's high\nSupp 72.40  last month's low\n",
        "I last 73.77|L resistance level 75.2|L resistance extreme 76.57|L support extreme 72.4",
    ),
    "a mark beside the price, and last night beside another": (
        "NQ\n24,810 resistance\n24,655 <- last\n24,500 support\n24,390 last night's low, support\n",
        "I last 24655|L resistance level 24810|L support level 24500|L support extreme 24390",
    ),
    "marks alone set a price off in a ladder": (
        "YM day levels\n\n46,780 weekly open\n46,425 res\n>> 46,238 <<\n46,090 supp\n45,645 supp\n",
        "I last 46238|L resistance level 46780|L resistance level 46425|L support level 46090|L support level 45645",
    ),
    "brackets do": (
        "NQ\n\n24,910 R\n24,780 R\n[ 24,655 ]\n24,540 S\n24,390 S\n",
        "I last 24655|L resistance level 24910|L resistance level 24780|L support level 24540|L support level 24390",
    ),
    "a price that opens the note and is called last": (
        "Gold, noon\n\n3,310 last, up 12. Support 3,285. Resistance 3,340.",
        "I last 3310|L support level 3285|L resistance level 3340",
    ),
    "where options expire is no last price": (
        "EURUSD last 1.1424. Support 1.1392.\n\nOption expiries NY cut: EURUSD 1.1450 (EUR 1.8bn), USDJPY 150.00 ($2.2bn).",
        "I last 1.1424|L support level 1.1392",
    ),
    "a table of pivots alone has none": (
        "Floor pivots\n\n            R1         Pivot      S1\nES          6,157.00   6,132.50   6,115.25\n"
        "NQ          22,233.75  22,111.25  22,005.50\n",
        "L resistance pivot 6157|L pivot pivot 6132.5|L support pivot 6115.25|L resistance pivot 22233.75|L pivot pivot 22111.25|"
        "L support pivot 22005.5",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_is_last_is_told_from_what_was(note):
    assert agrees(note) is True
