"""A row that names a side and lists its prices: each cell tells of its own price alone."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = [
    (
        "Euro, spot 1.0912\n\nResistance      1.0934    1.0951 (20-day SMA)    1.0998 (4 May high)\n"
        "Support         1.0880    1.0855 (2 May low)     1.0800 (round number)\n",
        "I last 1.0912|I sma_20 1.0951|L resistance level 1.0934|L resistance average 1.0951|L resistance extreme 1.0998|"
        "L support level 1.088|L support extreme 1.0855|L support round 1.08",
    ),
    (
        "Gold morning\nspot 3,350\n\n| Resistance | 3,362 | 3,377 (Tuesday's high) | 3,400 (round) |\n"
        "| Support | 3,330 (21-day average) | 3,311 | 3,290 gap |\n",
        "I last 3350|I sma_21 3330|L resistance level 3362|L resistance extreme 3377|L resistance round 3400|"
        "L support average 3330|L support level 3311|L support gap 3290",
    ),
    (
        "Crude closed at 71.20\n\nRes:    71.90    72.45 - Friday high    73.10\n"
        "Sup:    70.40 (50-day)    69.85    68.90 - trend line\n",
        "I last 71.2|I sma_50 70.4|L resistance level 71.9|L resistance extreme 72.45|L resistance level 73.1|"
        "L support average 70.4|L support level 69.85|L support line 68.9",
    ),
    (
        "Nasdaq 100, last 21,000\n\nLevels\nSupport | 20,900 | 20,780 20-day SMA | 20,500\n"
        "Resistance | 21,120 high of the week | 21,300 | 21,500 (ATH)\n",
        "I last 21000|I sma_20 20780|I all_time_high 21500|L support level 20900|L support average 20780|L support level 20500|"
        "L resistance extreme 21120|L resistance level 21300|L resistance extreme 21500",
    ),
]


@pytest.mark.parametrize("note", NOTES, ids=[text.split(",")[0][:20] for text, _ in NOTES])
def test_each_cell_of_a_list_tells_of_its_own_price(note):
    assert agrees(note) is True
