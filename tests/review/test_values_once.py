"""A value is given once, as a number rather than a zone; what only looks like one is none."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = {
    "the zone around it": (
        "TSLA closed at $305.30. 50-day SMA: $322.7.\n\nResistance $322-$323 (50-day).",
        "I last 305.3|I sma_50 322.7|L resistance average 322-323",
    ),
    "a rank is no value": (
        "| Rank | Zone | Type | Derived from |\n|---|---|---|---|\n| 1 | 153.13 | Resistance | 52-week high |\n"
        "| 5 | 126.60 | Support | SMA 200 |\n| 6 | 120.40 | Support | |\n\nClose 135.13. MACD 5.81. ATR 4.27.",
        "I last 135.13|I macd 5.81|I atr_14 4.27|I high_52w 153.13|I sma_200 126.6|L resistance extreme 153.13|"
        "L support average 126.6|L support level 120.4",
    ),
    "so many points behind an ATR, whatever leads there": (
        "RTY closed at 2,394.80. Average true range (14) is runnin' 43.5 points. Support 2,365.",
        "I last 2394.8|I atr_14 43.5|L support level 2365",
    ),
    "a record that was touched": (
        "ES settled at 6,594.80, up 0.2%, after touching 6,603.50 shortly before noon, an all-time high.",
        "I last 6594.8|I all_time_high 6603.5",
    ),
    "a record of so much": (
        "Gold closed at 2,447.10. Prices touched a record of $2,483.60 on July 17.",
        "I last 2447.1|I all_time_high 2483.6",
    ),
    "twenty days of anything else": ("RTY last 2,470.80. Twenty-day outcome model (n = 2,611).", "I last 2470.8"),
    "an average with points between its letters": (
        "Copper last 5.1210. Support 4.8900, then 4.7350, which is the 200-day M.A.",
        "I last 5.121|L support level 4.89|L support average 4.735|I sma_200 4.735",
    ),
    "readings between tables of other things": (
        "| Name | Odds | Zone |\n|---|---|---|\n| Bull | 60% | 24,900 |\n| Bear | 40% | 23,805 |\n| RSI(14) | 57.1 | |\n",
        "I rsi_14 57.1|S up .6 - 24900|S down .4 - 23805",
    ),
    "a price before a list of days is none of them": (
        "Weekend\n\nSOL 168, 200d ma at 181 is the resistance. Support 159.",
        "I last 168|I sma_200 181|L resistance average 181|L support level 159",
    ),
    "an average of a number of times, of anything else": (
        "NG last 4.875. Storage -120 last week vs. -191 avg, Lower 48 GWDDs +38 to normal. Support 4.60.",
        "I last 4.875|L support level 4.6",
    ),
    "the button of a saved page heads nothing": (
        "Russell note\n\nShare this\n\nWhere RTY stands\n\nFront-month RTY: 2,094.3\n\nSupport 2,035. Resistance 2,121.",
        "I last 2094.3|L support level 2035|L resistance level 2121",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_value_is_read_once_and_from_what_names_it(note):
    assert agrees(note) is True
