"""A heading that lists its own levels, or tells the news, heads no report behind it."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "USD/JPY daily view\n\nDaily Pivots: (S1) 156.02; (P) 156.64; (R1) 157.07\n\nThe pair was rejected ahead "
            "of 158 on Friday and the intraday bias is turned neutral at first. Near term support is located at "
            "154.81. Spot 156.40.\n\n55 D EMA: 152.95.\n"
        ),
        (
            "I last 156.4|I ema_55 152.95|L support pivot 156.02|L pivot pivot 156.64|L resistance pivot 157.07|"
            "L support level 154.81"
        ),
    ),
    (
        (
            "Bund future: the supports are tested again\n\nThe contract quotes 127.42. It evolves beneath its "
            "20-day moving average (128.35). Resistance is at 128.05.\n"
        ),
        "I last 127.42|I sma_20 128.35|L resistance level 128.05",
    ),
    (
        "RTY supports\n2,350\n2,330\n2,290\n\nRTY last 2,380\n",
        "I last 2380|L support level 2350|L support level 2330|L support level 2290",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_what_follows_is_read_by_its_own_words(note):
    assert agrees(note) is True
