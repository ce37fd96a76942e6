"""Chances that stand behind the ways they belong to, in a clause or a sentence of their own."""

import pytest
from small_notes import agrees

BEHIND = {
    "in the same sentence": (
        "Silver last 31.20. A break of 31.80 targets 32.60, and we put that at 65% over the next two weeks. Otherwise 30.40.",
        "I last 31.2|S up .65 - 32.6|S down - - 30.4",
    ),
    "a tail": (
        "ES last 6,000. A fall to 5,900 is possible if yields rise, but it is a tail risk, 10% at most.",
        "I last 6000|S down .1 - 5900",
    ),
    "the first and the second": (
        "Bund 131.20. If 131.60 goes, 132.40 follows. If 130.80 goes, 130.10 follows. We give the first 40% and the second 60%.",
        "I last 131.2|S up .4 - 132.4|S down .6 - 130.1",
    ),
    "each": (
        "Bund last 131.20. If 131.60 goes, 132.40 follows. If 130.80 goes, 130.10 follows. Even odds, 45% each, with 10% for "
        "neither.",
        "I last 131.2|S up .45 - 132.4|S down .45 - 130.1",
    ),
    "the rest has prices of its own": (
        "Ether last 3,900. A close over 4,050 gets us to 4,250. But if 3,700 breaks we expect 3,450. We give the two 40% and 35% "
        "and keep 25% for boredom between 3,700 and 4,050.",
        "I last 3900|S up .4 - 4250|S down .35 - 3450|S range .25 3700-4050 -",
    ),
    "a split with a lean": (
        "NQ last 23,471. A close through 23,560 points to 23,830. If 23,305 goes, 23,018 is next. We lean to the downside, 60/40.",
        "I last 23471|S up .4 - 23830|S down .6 - 23018",
    ),
    "a rate of success": (
        "NQ last 23,471. Above 23,560 the target is 23,830. Below 23,305 it is 23,018. My setups have a 70% type hit rate, so 3 in "
        "10 fail.",
        "I last 23471|S up - - 23830|S down - - 23018",
    ),
}
REFERRED = {
    "it is": (
        "The DAX trades at 24,190. Resistance is 24,310, and if it's taken out we look at 24,480.",
        "I last 24190|L resistance level 24310|S up - - 24480",
    ),
    "they are": (
        "The DAX trades at 24,190. Supports at 24,080 and 24,050; once they're gone, 23,900.",
        "I last 24190|L support level 24080|L support level 24050|S down - - 23900",
    ),
}
SIBLINGS = (
    "ES last 6,000.\nMost likely: drift up to 6,040.\nPossible: sideways 5,980-6,020.\nLong shot: flush to 5,940.",
    "I last 6000|S up - - 6040|S range - 5980-6020 -|S down - - 5940",
)
HOLDINGS = (
    "## Compare with my holdings:\n| fund | fee |\n|---|---|\n| A | 0.2% |\n| B | 0.3% |\n\n## What I think happens\n\n"
    "I'd say 60% for a grind up to $228.50 and 40% for a dip to $213.10.",
    "S up .6 - 228.5|S down .4 - 213.1",
)


@pytest.mark.parametrize("note", BEHIND.values(), ids=BEHIND)
def test_a_chance_behind_is_that_of_the_way_told_before(note):
    assert agrees(note) is True


@pytest.mark.parametrize("note", REFERRED.values(), ids=REFERRED)
def test_a_clause_about_it_is_a_condition_of_the_price_before(note):
    assert agrees(note) is True


def test_a_line_among_named_ways_is_one_whatever_it_is_called():
    assert agrees(SIBLINGS) is True


def test_a_heading_ends_what_a_line_over_a_table_dismissed():
    assert agrees(HOLDINGS) is True
