"""Chances and conditions of one note: a chance finds the condition it speaks of, and what no chance speaks of stands by itself."""

import pytest
from small_notes import agrees, read

BESIDE = {
    "chances of ways behind the conditions": (
        "Gold closed at 2,650. Above 2,675 the way to 2,710 is open. Below 2,630 we would see 2,600. Upside 55%, downside 45%.",
        "I last 2650|S up .55 - 2710|S down .45 - 2600",
    ),
    "a chance of one way, the other a condition alone": (
        "ES last 6,000. The odds favour a bounce (60%) to 6,080. Should it fail, we look for 5,900.",
        "I last 6000|S up .6 - 6080|S down - - 5900",
    ),
    "a chance in a line of its own": (
        "ES last 6,000. Above 6,040 we aim for 6,090. Failing that, back to 5,950.\n\nProbability of the bullish case: 60 percent.",
        "I last 6000|S up .6 - 6090|S down - - 5950",
    ),
    "what is left over is a range with its own prices": (
        "Cable last 1.2700. A close over 1.2760 opens 1.2850. Conversely, a drop through 1.2640 exposes 1.2550.\n\n"
        "We make the upside a 50% chance, the downside 30%, and leave 20% for staying in 1.2640-1.2760.",
        "I last 1.27|S up .5 - 1.285|S down .3 - 1.255|S range .2 1.264-1.276 -",
    ),
    "another market's condition": (
        "# Gold\nGold closed at 2,650. 60% for 2,700, 40% for 2,600.\n\n# Silver\nSilver closed at 31.20. "
        "Above 31.80 look for 32.60.",
        "I last 2650|S up .6 - 2700|S down .4 - 2600|I last 31.2|S up - - 32.6",
    ),
    "another market's range": (
        "# Gold\nGold closed at 2,650. 60% for 2,700, 40% for 2,600.\n\n# Copper\nCopper closed at 4.52. We expect a range of 4.40 "
        "to 4.60 this week.",
        "I last 2650|S up .6 - 2700|S down .4 - 2600|I last 4.52|S range - 4.4-4.6 -",
    ),
    "a condition where the chances are a whole": (
        "Gold closed at 2,650. 60% for 2,700, 40% for 2,600. Above 2,700 the next stop is 2,735.",
        "I last 2650|S up .6 - 2700|S down .4 - 2600",
    ),
}
HEADED = {
    "readings": (
        "## First reading (70%)\n\nWave 5 goes to 6,400.\n\n## Second reading (30%)\n\n"
        "Wave 4 is not done and falls to 6,050 first.",
        "S up .7 - 6400|S down .3 - 6050",
    ),
    "ideas": (
        "MAIN IDEA - 60%\n\nThe dollar firms and EURUSD slips to 1.0720.\n\nTHE OTHER IDEA - 40%\n\n"
        "A squeeze carries it to 1.0990.",
        "S down .6 - 1.072|S up .4 - 1.099",
    ),
    "a heading with a share that makes up no whole": ("## Breadth at 70%\n\nThe market fell to 6,400.\n\n## Volume", "I last 6400"),
}


@pytest.mark.parametrize("note", BESIDE.values(), ids=BESIDE)
def test_chances_and_conditions_of_a_market_are_brought_together(note):
    assert agrees(note) is True


@pytest.mark.parametrize("note", HEADED.values(), ids=HEADED)
def test_headings_whose_chances_make_a_whole_head_scenarios_whatever_they_are_called(note):
    assert agrees(note) is True


MARKETS = (
    "COCOA closed at 8,018 dollars in New York, and nobody can say where that is going to end. If you want my odds: 50% that "
    "it goes to 8,600 by summer.\nThe other 50% is that 6,400 is seen before lunch some day, and without much of a warning.\n\n"
    "The S&P 500 trades at 5,180. Two quiet weeks, and I am told that it is a top. I have been told so before.",
    [("S", "up", 0.5, None, (8600, 8600)), ("S", "down", 0.5, None, (6400, 6400))],
)
MENTIONED = (
    "S&P closed at 6,920. In the base case (85%) it reaches 7,150. In the adverse case (15%) we target 6,520. A probability of 15% "
    "is not negligible.",
    "I last 6920|S up .85 - 7150|S down .15 - 6520",
)


def test_a_way_goes_by_the_last_price_of_its_own_market():
    text, ways = MARKETS
    assert [x for x in read(text) if x[0] == "S"] == ways


def test_a_chance_that_is_only_mentioned_again_is_no_scenario():
    assert agrees(MENTIONED) is True
