"""What a sentence says of a level between its name and its price, and behind it: clauses, predicates, other subjects."""

from __future__ import annotations

import pytest
from small_notes import agrees

from levelhead.review.asides import asides

NOTES = (
    ("Resistance is where the autumn rally ended, at 2,622.", "L resistance extreme 2622"),
    # of rallies in general no one high is said
    ("Resistance is at 2,640, where rallies died all summer.", "L resistance level 2640"),
    (
        "The supports lie at 60.00, a round mark, 58.85, where the highs of spring are located, and 54.47, the top of May.",
        "L support round 60|L support extreme 58.85|L support extreme 54.47",
    ),
    ("A first support is 154.70, and a second support we see at 153.60.", "L support level 154.7|L support level 153.6"),
    (
        "We would look to 3,973, the 38.2% retracement of the rally since spring, as the support that bulls must keep.",
        "L support fibonacci 3973",
    ),
    ("3,973, 61.8% of this year's rise, is the next support.", "L support fibonacci 3973"),
    # of two things said behind a price the first is its own
    (
        "There is support at 2,288, Thursday's low, and the 200-day average should also offer support.",
        "L support extreme 2288",
    ),
    (
        "There is support at 5,610, where we spent last week; the 50-day average (5,582) has been support twice.",
        "L support level 5610|L support average 5582|I sma_50 5582",
    ),
    ("The chart has a gap, 19,975 to 20,040, left in July, and she says that gap is resistance as well.",
     "L resistance gap 19975-20040"),
    ("The area around 43,500 had capped all of October, so that is now support.", "L support level 43500"),
    ("The main support sits at 90,000, below which the price might accelerate toward 88,500.",
     "L support level 90000|S down - - 88500"),
    (
        "Next resistance is 153.28; the 61.8% retracement at 151.62 has flipped to support.",
        "L resistance level 153.28|L support fibonacci 151.62",
    ),
    ("The 4,040-4,035 area now seems to protect the immediate downside.", "L support level 4035-4040"),
)  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=[text[:32] for text, _ in NOTES])
def test_what_is_told_on_the_way_leaves_a_price_its_side_and_kind(note):
    assert agrees(note) is True


def test_an_aside_ends_at_its_comma_and_not_at_that_of_a_number():
    told = "resistance is where the rally ended, at 2,622"
    assert [told[a:b] for a, b in asides(told)] == ["where the rally ended"]
    assert asides("support at 90,000, below which it may go toward 88,500") == ()
