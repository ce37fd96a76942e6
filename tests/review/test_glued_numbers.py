"""R3 to R1 over S1 to S3, each run together with its price: the figure behind the letter numbers the side."""

import pytest
from small_notes import agrees

ROWS = "R32,540High\nR22,500Round number\nR12,470–2,478Last week's high\nS12,43020 EMA\nS22,401–2,40850 SMA\nS32,350Gap\n"
LEVELS = (
    "L resistance extreme 2540|L resistance round 2500|L resistance extreme 2470-2478|L support average 2430|"
    "L support average 2401-2408|L support gap 2350"
)
VALUES = (
    "I pivot.r3 2540|I pivot.r2 2500|I pivot.r1 2470|I pivot.s1 2430|I pivot.s2 2401|I pivot.s3 2350|I ema_20 2430|I sma_50 2401"
)
NOTES = {
    "alone": (f"RTY\n\n{ROWS}", f"{LEVELS}|{VALUES}"),
    "beside a price that is stated": (f"RTY\n\nCurrent price2,455.2\n\n{ROWS}", f"I last 2455.2|{LEVELS}|{VALUES}"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_numbered_sides_keep_their_numbers(note):
    assert agrees(note) is True
