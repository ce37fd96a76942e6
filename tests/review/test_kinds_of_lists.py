"""What stands under a heading that names one kind of level is of that kind; letters and lights say sides."""

from __future__ import annotations

import pytest
from small_notes import agrees

from levelhead.review.kinds_of_lists import kind_of_list


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Open gaps in the Nasdaq future", "gap"),
        ("Fib map of the spring leg:", "fibonacci"),
        ("Retracements worth knowing", "fibonacci"),
        ("Round numbers", "round"),
        ("Prior highs and lows", "extreme"),
        ("Gaps and trend lines", "level"),  # two kinds: each says which it is
        ("Key levels", "level"),
        ("Gaps, averages, pivots", "level"),
    ],
)
def test_a_heading_names_the_kind_of_its_list_when_it_names_one(title, kind):
    assert kind_of_list(title) == kind


NOTES = (
    (
        "Open gaps\n\n- 24,310-24,360, support\n- 25,105-25,140, resistance",
        "L support gap 24310-24360|L resistance gap 25105-25140",
    ),
    (
        "Silver settled 48.35.\n\nFib map of the spring leg:\n38.2% 46.10 support\n50% 44.85 support\n",
        "L support fibonacci 46.1|L support fibonacci 44.85|I last 48.35",
    ),
    (
        "BTC levels\n🔴 98,400\n🔴 96,200\n🟢 91,000 - 91,500",
        "L resistance level 98400|L resistance level 96200|L support level 91000-91500",
    ),
    ("Zones:\n[R] 98.9k–99.6k\n[S] 93.1k–93.8k", "L resistance level 98900-99600|L support level 93100-93800"),
    (
        "Palm oil\nNearby R: RM4,600    Next R: RM4,668\nNearby S: RM4,505",
        "L resistance level 4600|L resistance level 4668|L support level 4505",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=[text[:24] for text, _ in NOTES])
def test_a_list_says_kind_and_side_of_its_prices(note):
    assert agrees(note) is True
