"""Where a condition begins or a way ends is no level by that alone."""

from __future__ import annotations

import pytest
from small_notes import read

NOTES = {
    "If bulls can't hold 6,070, look for 6,020. The September E-mini trades 6,132, resistance is at 6,166.": {
        ("resistance", 6166.0)
    },
    "Silver is at 28.85. It has to regain resistance at 29.30 for bulls to have a shot at 30.60, and failure to hold support "
    "at 28.20 puts 27.30 back in play.": {("resistance", 29.3), ("support", 28.2)},
    "Natural gas closed 2.324. Support is at 2.290. If the longs cannot hold 2.24 then 2.08 is where we would expect the next "
    "buyers.": {("support", 2.29)},
    "Bund 131.20. It needs to hold 130.80. If it doesn't, look for 130.05.": set(),
    "Iron ore: Singapore July US$105.60. If US$104 support can't hold, hello US$100.": {("support", 104.0)},
    "NZD 0.6105. 0.6085 supp held by exporters, below it 0.6050 is next.": {("support", 0.6085)},
    "Bear case (35 %): profit taking to 6,640/60, where the October congestion gives support. ES 6,700.": {("support", 6640.0)},
    "Bund 131.20. 130.80 must hold, it is the level of the week.": {("support", 130.8)},
}


@pytest.mark.parametrize("text", NOTES)
def test_only_what_is_called_a_level_is_one(text):
    assert {(x[1], x[3][0]) for x in read(text) if x[0] == "L"} == NOTES[text]
