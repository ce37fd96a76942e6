"""Two events with a price each, on either side of the last price, are two ways on."""

import pytest
from small_notes import agrees, read

NOTES = {
    "a number to come": (
        "TY last 113-02. Weak payrolls (below 50k, say): 114-10. A strong number: 112-04, quickly.",
        "S up - - 114.3125|S down - - 112.125|I last 113.0625",
    ),
    "a report": (
        "Soybeans closed at 1,124. Friendly report: 1,150. Unfriendly report: 1,090.",
        "S up - - 1150|S down - - 1090|I last 1124",
    ),
    "what cannot be ruled out": (
        "The S&P closed at 6,834. In the near term, a pullback to 6,700 cannot be ruled out.",
        "S down - - 6700|I last 6834",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_may_happen_leads_to_its_price(note):
    assert agrees(note) is True


def test_prices_that_are_only_printed_are_no_ways_on():
    assert [item for item in read("ES closed at 6,834. Session high: 6,852. Overnight low: 6,812.") if item[0] == "S"] == []
