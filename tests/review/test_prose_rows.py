"""Rows without a header whose last cell is a sentence are read as the sentence, the label ahead of it."""

from small_notes import agrees

PREFERENCE = (
    "<table><tr><td>Our preference:</td><td>Long positions above 2470 with targets at 2508 &amp; 2521 in extension.</td></tr>"
    "<tr><td>Alternative scenario:</td><td>Below 2470 look for further downside with 2455 &amp; 2444 as targets.</td></tr></table>"
)
TIMES = "Outlook\n\n11:50  60% chance that the correction carries on to 5,724\n13:20  40% chance of a squeeze back to 6,000\n"


def test_a_label_in_a_cell_of_its_own_begins_the_scenario():
    assert agrees((PREFERENCE, "S up - - 2508|S down - - 2455")) is True


def test_a_time_in_a_cell_of_its_own_is_nothing():
    assert agrees((TIMES, "S down 0.6 - 5724|S up 0.4 - 6000")) is True
