"""Chances in sentences: to which price each belongs, and which per cents are none."""

import pytest
from small_notes import agrees

NOTES = {
    "a word for chance is enough": (
        "Oil settled at 59.85. I'd put the odds of seeing 62 at about 55%, and 35% go to a dip into 58.",
        "S up 0.55 - 62|S down 0.35 - 58|I last 59.85",
    ),
    "a split of one sentence": (
        "The RTY settled at 2,388. I'm 65/35 for higher here: 2,440 or else 2,340. More on Monday.",
        "S up 0.65 - 2440|S down 0.35 - 2340|I last 2388",
    ),
    "a close beyond a price": (
        "Probability of closing above 6,850 on Friday: 42%. Probability of closing below 6,800: 31%.",
        "S up 0.42 - 6850|S down 0.31 - 6800",
    ),
    "what is quoted ends with its quote": (
        'Dow: "I would bet 15% on 44,800 and 85% on 42,700." The Dow closed at 43,650.',
        "S up 0.15 - 44800|S down 0.85 - 42700|I last 43650",
    ),
    "the goal, not the support on the way": (
        "ES settled at 5,324.25.\n\nPreferred count (65%). The usual goal, 1.618 times wave i, is 5,460. Pullbacks must stay above"
        " 5,260.\n\nAlternate count (35%). The advance ran too far. A drop would come next, with 4,980 its goal.",
        "S up 0.65 - 5460|S down 0.35 - 4980|L support level 5260|I last 5324.25",
    ),
    "words about the past do not turn a price": (
        "NQ settled at 19,480.\n\nBase case, 55%: the bounce rolls over and we make a new low at 18,450. Alternative case, 45%: NQ"
        " gets back to 20,400.",
        "S down 0.55 - 18450|S up 0.45 - 20400|I last 19480",
    ),
    "parts of a position": (
        "Buy 50% at 41.20 and 50% at 40.60, stop 39.70, target 43.50.",
        "T long 40.6-41.2 39.7 43.5",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_chance_belongs_to_its_price(note):
    assert agrees(note) is True
