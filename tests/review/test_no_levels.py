"""Prices that are no levels though a word of the trade stands near: ends of moves, beginnings of lines, where the market is."""

from __future__ import annotations

import pytest
from small_notes import agrees

from levelhead.review.kinds import turned
from levelhead.review.senses import means_side

NOTES = (
    # a move is measured from its low to its high; the level is where the ratio lies
    (
        "Silver now 48.20. The next support is near 47.10 and the 38.2% Fib retracement of the recent wave from the 44.60 swing "
        "low to the 48.65 high.",
        "L support level 47.1|I last 48.2",
    ),
    # a line begins at a low and is a level where it runs now
    (
        "Aussie levels\n\n- 0.6480: rising trendline off the April low (0.5914), support\n- 0.6565: resistance",
        "L support line 0.648|L resistance level 0.6565",
    ),
    ("Last week's low of 3,997 is support, last week's high of 4,133 resistance, and we sit at 4,065.",
     "L support extreme 3997|L resistance extreme 4133|I last 4065"),
    # '12.28' is a day, though a low was made on it; a bottom of something is no turning point
    (
        "ES last 3,865.25\n\nKey levels\n3,868.50 Bottom of Single Prints\n3,804.50 Poor Low 12.28\n3,790.25 VPOC 12.21",
        "L resistance level 3868.5|L support extreme 3804.5|L support level 3790.25|I last 3865.25",
    ),
    # a line of values under a list of levels goes on with none
    (
        "ES last 5,662.50\nR1 5,689.5   R2 5,715.3\nS1 5,645.4   S2 5,627.1\nSMA20 5,666.0  SMA50 5,618.5",
        "L resistance level 5689.5|L resistance level 5715.3|L support level 5645.4|L support level 5627.1|I last 5662.5|"
        "I sma_20 5666|I sma_50 5618.5",
    ),
    # an average that lies beside a level is not that level
    ("Spot: 111.5K\n- Key support: 108K (200-day MA at 108.4K just above it)\n- Next support: 104K",
     "L support level 108000|L support level 104000|I last 111500|I sma_200 108400"),
    ("Support is at 204.50. Then I have the 50-day average, 203.10, and I would not call it support.",
     "L support level 204.5|I sma_50 203.1"),
    ("Copper. On the way up, resistance waits at 4.95 and 5.01.", "L resistance level 4.95|L resistance level 5.01"),
    # of an entry no more is said than that somebody sells there
    ("Fade strength in cable: offers 1.3125/35, stop 1.3175, take profit 1.3050.", "T short 1.3125-1.3135 1.3175 1.305"),
    ("With platinum at 1,052, support at the 50-day average runs in at 1,031.", "L support average 1031|I last 1052|I sma_50 1031"),
)  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=[text[:40] for text, _ in NOTES])
def test_a_price_that_bounds_a_move_or_is_the_market_s_is_no_level(note):
    assert agrees(note) is True


@pytest.mark.parametrize(
    ("before", "word", "behind", "is_side"),
    [
        ("The weekly chart ", "offers", " little by way of direction", False),
        ("There are ", "offers", " at 1.0925", True),
        ("all of which ", "supports", " the bearish outlook", False),
        ("2,350 ", "supports", " the market", True),
        ("weak oil ", "demand", " in China", False),
        ("fresh ", "demand", " at 61.20", True),
        ("a glut of ", "supply", " growth", False),
        ("overhead ", "supply", " at 36.20", True),
        ("bonuses on ", "Wall", " Street", False),
        ("the put ", "wall", " at 5,750", True),
        ("the debt ", "ceiling", " is back", False),
        ("the Fed ", "pivot", " everyone wanted", False),
        ("the daily ", "pivot", " at 5,768", True),
    ],
)
def test_a_word_for_a_side_may_mean_something_else(before, word, behind, is_side):
    text = before + word + behind
    assert means_side(text, len(before), len(before) + len(word)) is is_side


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("main support near 1,288 (the recent resistance area)", ["recent resistance"]),
        ("the former floor is resistance", ["former floor"]),
        ("it used to be support, it is resistance", ["used to be support"]),
        ("resistance at 1,288", []),
    ],
)
def test_a_side_of_the_past_is_told_from_one_of_now(text, past):
    assert [text[a:b] for a, b in turned(text)] == past
