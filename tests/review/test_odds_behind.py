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
    "the first case alone": (
        "Tin last 33,100. While it stays above 32,500 we look for 34,000. A close under 32,500 and we'd be talking about 31,600. "
        "We put the chances of the first outcome at 70%.",
        "I last 33100|S up .7 - 34000|S down - - 31600",
    ),
    "the upside after a fall": (
        "Yen last 146.40. If we break above 147, then 148.65. If we break below 144.20, 142.70 is next. I would say there is a 65% "
        "chance that we see the upside first.",
        "I last 146.4|S up .65 - 148.65|S down - - 142.7",
    ),
    "the rest in a sentence of its own": (
        "DAX last 22,680. Above 22,700 we look for 23,100. Below 22,400 we go to 21,900. I would give the bounce 55%. "
        "So 45 for the break.",
        "I last 22680|S up .55 - 23100|S down .45 - 21900",
    ),
    "even": (
        "RTY closed at 2,067. Hold 2,040 and we're back at 2,140. Under 2,095 we go to 1,995. They settled on 50/50.",
        "I last 2067|S up .5 - 2140|S down .5 - 1995",
    ),
    "a rate that is priced": (
        "Euro last 1.1700. Above 1.1750 look for 1.1800. Below 1.1650 look for 1.1610. A hold at 2% is priced at 97%.",
        "I last 1.17|S up - - 1.18|S down - - 1.161",
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


def test_a_split_that_we_get_it_is_of_the_way_told_last():
    note = "Tin last 31,520. If we can close over 31,800 we look for 32,750. I'd lean 60/40 that we get it this week."
    assert agrees((note, "I last 31520|S up .6 - 32750")) is True


def test_a_split_of_two_prices_behind_it_is_of_both():
    note = "The DAX trades at 24,000. I put it at 65/35 that we see 23,300 before we see 24,400."
    assert agrees((note, "I last 24000|S down .65 - 23300|S up .35 - 24400")) is True
