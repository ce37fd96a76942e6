"""The title of the whole, the numbered headings of its parts, and the market's own line in a ladder."""

import pytest
from small_notes import agrees

LEVELS = "L resistance level 2690|L resistance average 2655|L support extreme 2571"
TABLE = (
    "RTY 2,602.5 before the open\n\n| | Where | Why |\n|---|---|---|\n| res | 2,690 | October shelf |\n| res | 2,655 | 50dma |\n"
    "| supp | 2,571 | o/n low |\n"
)
NOTES = {
    "a title that speaks of plans, names the market and has no headings below it": (
        f"# RTY game plan, Wednesday\n\n{TABLE}",
        f"I last 2602.5|I sma_50 2655|{LEVELS}",
    ),
    "a title with a day that speaks of trades": (
        f"Trade plan for 4 March 2026\n\n{TABLE}",
        f"I last 2602.5|I sma_50 2655|{LEVELS}",
    ),
    "numbered headings of parts, indented, each over its own rows": (
        "HARBOUR PROP\nWEEKLY TRADE PLAN: RTY\n\n1. Where we are\n   The contract closed on Friday at 2,029.6.\n\n"
        "2. Numbers\n   20-day EMA       1,968\n   50-day SMA       1,982\n\n"
        "3. Marks\n   R-a   2,110-2,125      April base, now resistance\n   S-a   1,950            support\n\n"
        "4. Trades\n   Long:   entry 2,053, stop 2,027, targets 2,108 and 2,165\n\n"
        "5. House rules\n   - Daily loss limit 4,000 per seat.\n",
        "I last 2029.6|I ema_20 1968|I sma_50 1982|L resistance level 2110-2125|L support level 1950|T long 2053 2027 2108,2165",
    ),
    "a ladder of bare prices around the market's own line": (
        "CRUDE (WTI, Oct), pit notes\n\n66.40\n65.10\n64.25\n--- last 63.38 ---\n62.90\n62.15\n61.45\n",
        "I last 63.38|L resistance level 66.4|L resistance level 65.1|L resistance level 64.25|L support level 62.9|"
        "L support level 62.15|L support level 61.45",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_parts_are_read_as_they_are_headed(note):
    assert agrees(note) is True
