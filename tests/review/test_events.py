"""What follows from an event that is no price, and conditions told in passives, subjunctives and signs."""

import pytest
from small_notes import agrees

NOTES = {
    "two events": (
        "TY (112-04 last). If payrolls miss, 113-00; if they beat, 111-08.",
        "S up - - 113|S down - - 111.25|I last 112.125",
    ),
    "a truce or a war": (
        "The Dow closed at 41,600. A tariff truce would take it to 43,000 and a tariff war 39,800.",
        "S up - - 43000|S down - - 39800|I last 41600",
    ),
    "the opposite sentence": (
        "If Apple stays over $221, we can get to $232. If it doesn't, $213 is where I'd look next.",
        "S up - - 232|S down - - 213",
    ),
    "passives": (
        "If 24,500 gives way, the index may slide to 24,320; if 24,750 is crossed, 24,900 comes into play.",
        "S down - - 24320|S up - - 24900",
    ),
    "subjunctives": (
        "Should 148.20 be overcome, then dollar/yen could stretch to 149.30."
        " Should 147.10 be breached, then a pullback to 146.20 is likely.",
        "S up - - 149.3|S down - - 146.2",
    ),
    "signs": ("IF daily close > 1.0985 THEN 1.1060. IF daily close < 1.0890 THEN 1.0815.", "S up - - 1.106|S down - - 1.0815"),
    "rejection there": (
        "ES closed at 6,036. Acceptance over 6,041 sends us to 6,072. Rejection there and we rotate all the way back to 6,008.",
        "S up - - 6072|S down - - 6008|I last 6036",
    ),
    "an offer": ("Silver closed at 38.10. If you join in time, the course costs $36.", "I last 38.1"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_follows_is_where_a_scenario_leads(note):
    assert agrees(note) is True
