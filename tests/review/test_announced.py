"""Ways on that are announced as such: each sentence or item behind the words with its price."""

import pytest
from small_notes import agrees

NOTES = {
    "in a sentence": (
        "WTI closed at $74.10. Scenarios, short: escalation in the Strait, $85. Muddle through, $70.40-$75.50. Ceasefire, $67.90.",
        "S up - - 85|S range - 70.4-75.5 -|S down - - 67.9|I last 74.1",
    ),
    "in items": (
        "NQ closed at 22,053.75.\n\nHypos:\n1. Gap and go, accept over weekly value and trade up to 22,180.\n"
        "2. Liquidation that never gets going: rotate 21,985.50 to 22,080.\n3. Open back in range, travel to 21,905.\n",
        "S up - - 22180|S range - 21985.5-22080 -|S down - - 21905|I last 22053.75",
    ),
    "one of them with its chance": (
        "Beans closed at 1125. What could happen from here: more cargoes lift us back to 1169.50."
        " No further purchases, call it a 40% chance, and the market goes to look for that gap at 1080.50.",
        "S up - - 1169.5|S down 0.4 - 1080.5|I last 1125",
    ),
    "in one sentence": (
        "WTI closed at 74.10. Three scenarios: a) a deal, $66; b) no deal, no war, $70 to $76; c) war, $82.",
        "S down - - 66|S range - 70-76 -|S up - - 82|I last 74.1",
    ),
    "levels are none": (
        "Paths and levels. Support is 1,080 and 1,060. Resistance is 1,120.",
        "L support level 1080|L support level 1060|L resistance level 1120",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_is_announced_as_a_scenario_is_one(note):
    assert agrees(note) is True
