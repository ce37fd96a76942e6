"""Ways on set beside one another by name, chances as bare numbers that make a whole, and ways without a price."""

import pytest
from small_notes import agrees

NOTES = {
    "two scenarios in a sentence": (
        "Copper. Bullish scenario 4.72; bearish scenario 4.31. Last 4.52.",
        "S up - - 4.72|S down - - 4.31|I last 4.52",
    ),
    "three roads": (
        "There are three ways on for silver. The high road ends at $41.50. The middle road is $36.00 to $38.20. The low road "
        "leads to $33.10.",
        "S up - - 41.5|S range - 36-38.2 -|S down - - 33.1",
    ),
    "questions": (
        "Soybean oil. Breaks higher? 54.20. Breaks lower? 49.80.",
        "S up - - 54.2|S down - - 49.8",
    ),
    "the way behind its price": (
        "Cable by Friday: 1.2520 (down), 1.2600-1.2680 (sideways) or 1.2790 (up).",
        "S down - - 1.252|S range - 1.26-1.268 -|S up - - 1.279",
    ),
    "bare numbers in brackets": (
        "A squeeze (55) runs to 6,240, a fade (45) runs to 6,080. ES closed at 6,150.",
        "S up .55 - 6240|S down .45 - 6080|I last 6150",
    ),
    "numbers behind a letter": (
        "UP (P 30): 2,410\nFLAT (P 45): 2,290 to 2,350\nDOWN (P 25): 2,205",
        "S up .3 - 2410|S range .45 2290-2350 -|S down .25 - 2205",
    ),
    "ways alone": (
        "Odds for next week: 50% higher, 30% sideways, 20% lower.",
        "S up .5 - -|S range .3 - -|S down .2 - -",
    ),
    "one price rather than another": (
        "Wheat trades at 548. I lean three to one towards 575 rather than 520.",
        "S up .75 - 575|S down .25 - 520|I last 548",
    ),
    "a revised chance": (
        "Up 50% (40%), target 7,120; down 50% (60%), target 6,640. Last week's in brackets.",
        "S up .5 - 7120|S down .5 - 6640",
    ),
    "a survey": ("NAAIM: 60% bulls, 40% bears. ES closed at 6,402.", "I last 6402"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_ways_are_told_apart_by_their_names(note):
    assert agrees(note) is True


APART = {
    "fractions": (
        "Odds are against a breakout, perhaps a quarter. More likely (three quarters) silver slips from $38.10 back to $36.60.",
        "S down .75 - 36.6",
    ),
    "a split over": (
        "Lumber closed at 582. A breakdown to 540 has our vote, 58 to 42 over a rebound to 625.",
        "S down .58 - 540|S up .42 - 625|I last 582",
    ),
    "equal odds": (
        "ES closed at 6,118. One tape argues for 5,950; the other argues for 6,240. Equal odds.",
        "S down .5 - 5950|S up .5 - 6240|I last 6118",
    ),
    "possessives": (
        "Kospi: bulls' scenario 3,420 / bears' scenario 3,080 / no-news scenario 3,190-3,310.",
        "S up - - 3420|S down - - 3080|S range - 3190-3310 -",
    ),
    "a share for each": (
        "A third each for 1.0710 (down), 1.0790-1.0860 (unchanged) and 1.0980 (up).",
        "S down .333333 - 1.071|S range .333333 1.079-1.086 -|S up .333333 - 1.098",
    ),
    "a raised chance": (
        "We have moved our bull case up from 30% to 35% and it still targets 6,900. Bear case remains 65%, at 6,250.",
        "S up .35 - 6900|S down .65 - 6250",
    ),
    "signs for above and below": ("Brent: bullish > 66.40, bearish < 64.10.", "S up - - -|S down - - -"),
    "a list of odds below": (
        "Bull: the index reclaims its average.\nBase: it goes nowhere.\nBear: it loses the shelf.\nOdds 25 / 45 / 30.",
        "S up .25 - -|S range .45 - -|S down .3 - -",
    ),
    "a split for one party": (
        "70/30 for the bears. Upside scenario 2,412, downside scenario 2,266. RTY closed at 2,340.",
        "S up .3 - 2412|S down .7 - 2266|I last 2340",
    ),
    "a ratio for a named path": (
        "Path A leads north to 46,200, path B leads south to 44,100. I'd take B at 3-to-1.",
        "S up .25 - 46200|S down .75 - 44100",
    ),
    "decimals at the end of lines": (
        "ES closed at 6,557.50.\n- up to 6,725 first: 0.41\n- down to 6,430 first: 0.37\n- neither, between 6,430 and 6,725: 0.22",
        "S up .41 - 6725|S down .37 - 6430|S range .22 6430-6725 -|I last 6557.5",
    ),
    "lines that name a way": (
        "ES closed at 6,912.\nBull (likely): 7,050 by the end of January\nBear (unlikely): back to 6,785",
        "S up - - 7050|S down - - 6785|I last 6912",
    ),
    "a range that is expected": (
        "The options market's expected range for NVDA this week runs from $168.20 up to $191.80.",
        "S range - 168.2-191.8 -",
    ),
    "a range that was": (
        "Yesterday's range in NVDA ran from $168.20 up to $191.80, the widest this month. NVDA closed at $180.10.",
        "I last 180.1",
    ),
}


@pytest.mark.parametrize("note", APART.values(), ids=APART)
def test_chances_and_ranges_stand_apart_from_their_ways(note):
    assert agrees(note) is True
