"""What stands in a permit's number, where an average stands, and what a joined name calls, is no more than that."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "WTI last 66.10. Support is at $64.40, the overnight low, followed by $63.10, the 50-day moving "
            "average, and the round number at $60.00.\n"
        ),
        "I last 66.1|I sma_50 63.1|L support extreme 64.4|L support average 63.1|L support round 60",
    ),
    (
        (
            "Lumber closed at 1,736.\n\nIndicator | Reading | Interpretation\n--- | --- | ---\nRSI 14 | 53.7 | back "
            "over the midline\n20-day MA | 1,703 | regained\n50-day MA | 1,770 | overhead\n"
        ),
        "I last 1736|I rsi_14 53.7|I sma_20 1703|I sma_50 1770",
    ),
    (
        (
            "USD/JPY spot 160.86. Resistance: 161.20 161.95. Support: 160.40.\n\nMerlion Commercial Bank. MCI (P) "
            "118/02/2024. Deposits are insured.\n"
        ),
        "I last 160.86|L resistance level 161.2|L resistance level 161.95|L support level 160.4",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_a_note_is_read_by_it_alone(note):
    assert agrees(note) is True
