"""Rows without a header whose last cell is a sentence are read as the sentence, the label ahead of it."""

from small_notes import agrees

PREFERENCE = (
    "<table><tr><td>Our preference:</td><td>Long positions above 2470 with targets at 2508 &amp; 2521 in extension.</td></tr>"
    "<tr><td>Alternative scenario:</td><td>Below 2470 look for further downside with 2455 &amp; 2444 as targets.</td></tr></table>"
)
TIMES = "Outlook\n\n11:50  60% chance that the correction carries on to 5,724\n13:20  40% chance of a squeeze back to 6,000\n"

LETTERED = "H1 (50%)   hold 5,980, run to 6,040\nH2 (30%)   inside day, 5,980-6,020\nH3 (20%)   lose 5,980, flush to 5,940\n"
CASES = (
    "Cases for the quarter\nBase    (50%)    $158.00 to $184.00, time rather than price\nBull    (30%)    $196.00\n"
    "Bear    (20%)    $145.00\n"
)


def test_a_letter_and_its_chance_in_a_cell_begin_the_scenario():
    assert agrees((LETTERED, "S up 0.5 - 6040|S range 0.3 5980-6020 -|S down 0.2 - 5940")) is True


def test_a_chance_in_a_cell_between_is_kept():
    assert agrees((CASES, "S range 0.5 158-184 -|S up 0.3 - 196|S down 0.2 - 145")) is True


def test_half_a_sentence_with_its_chance_is_a_sentence():
    assert agrees(("CRUDE (CL)      last 73.77\nView  Lower, 70.80 (50%).\n", "I last 73.77|S down 0.5 - 70.8")) is True


def test_a_label_in_a_cell_of_its_own_begins_the_scenario():
    assert agrees((PREFERENCE, "S up - - 2508|S down - - 2455")) is True


def test_a_time_in_a_cell_of_its_own_is_nothing():
    assert agrees((TIMES, "S down 0.6 - 5724|S up 0.4 - 6000")) is True


CHANCES = "REST OF JULY\n   Most likely ....... a pause, 2,198 to 2,300\n   Decent chance ..... overshoot to 2,335\n"
CHANCES += "   Outside chance .... all of it unwinds to 2,143\n"
PERIODS = "Settlement ....... 50,250\nMoving average (25) .... 47,420\nMoving average (75) .... 44,015\n"


def test_rows_under_chances_in_words_are_scenarios():
    assert agrees((CHANCES, "S range - 2198-2300 -|S up - - 2335|S down - - 2143")) is True


def test_the_lengths_of_averages_are_no_chances():
    assert agrees((PERIODS, "I last 50250|I sma_25 47420|I sma_75 44015")) is True
