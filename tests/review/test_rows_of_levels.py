"""Rows that list levels in unusual dress: by directions, profiles, groups of lines, under a heading that speaks of trades."""

import pytest
from small_notes import agrees

NOTES = {
    "one side for all cells, one of which says what its price is": (
        "RTY 2,366.9\n\n🟥 2,382 | 2,401 | 2,435 (Nov '24 shelf)\nSupport 2,348 | 2,321-2,326 | 2,290 (50MA)",
        "L resistance level 2382|L resistance level 2401|L resistance level 2435|L support level 2348|L support level 2321-2326|"
        "L support average 2290|I last 2366.9|I sma_50 2290",
    ),
    "directions before the prices of each market": (
        "Levels by hand\n\n   ES    up 6335, 6376     down 6280, 6224\n   NQ    up 23240, 23510   down 22905, 22630\n",
        "L resistance level 6335|L resistance level 6376|L support level 6280|L support level 6224|L resistance level 23240|"
        "L resistance level 23510|L support level 22905|L support level 22630",
    ),
    "groups of lines whose last one may be missing": (
        "Nickel notes\n\nZone\nRole\nStory\n\n15,820\nResistance\nApril shelf\n\n15,640\nResistance\n\n15,210\nSupport\nMay gap\n",
        "L resistance level 15820|L resistance level 15640|L support gap 15210",
    ),
    "a table of levels under a title that speaks of a trade": (
        "Oats: the trade of the month\n\n"
        "| Type | Price | Note |\n|---|---|---|\n| Resistance | 388 | July high |\n| Support | 361 | |\n",
        "L resistance extreme 388|L support level 361",
    ),
    "the ends of zones in columns of their own": (
        "sym;type;px_lo;px_hi;remark\nHO;RES;2.41;2.45;shelf\nHO;SUP;2.28;2.30;\nHO;SUP;2.215;2.215;SMA50\n",
        "L resistance level 2.41-2.45|L support level 2.28-2.3|L support average 2.215|I sma_50 2.215",
    ),
    "columns called by a direction": (
        "Rapeseed levels\n\n"
        "Level            Upside       Downside\nFirst            482.50       471.25\nSecond           489.00       466.00\n",
        "L resistance level 482.5|L support level 471.25|L resistance level 489|L support level 466",
    ),
    "small letters, prices one behind the other": (
        "price: 2,680\nr: 2,750 > 2,850 > 3,020\ns: 2,600 > 2,520 > 2,380 (wick low)\n",
        "I last 2680|L resistance level 2750|L resistance level 2850|L resistance level 3020|L support level 2600|"
        "L support level 2520|L support extreme 2380",
    ),
    "prices that step down and why each matters, the market among them": (
        "Tin today\n\n| Price | Significance |\n|---|---|\n| 28,900 | May high |\n| 28,450 | half the fall |\n"
        "| 28,210 | CURRENT |\n| 28,000 | whole thousand |\n| 27,640 | gap of 3 June |\n",
        "L resistance extreme 28900|L resistance level 28450|L support level 28000|L support gap 27640|I last 28210",
    ),
    "the kind of a level as a cell": (
        "Tin levels\n\n"
        "| Price | S/R | Source | Strength |\n|---|---|---|---|\n| 28,900 | R | May high | 3 |\n| 28,000 | S | round | 1 |\n",
        "L resistance extreme 28900|L support round 28000",
    ),
    "a ladder around a price in brackets": (
        "Rungs\n\n 5,425   ath\n 5,310\n 5,245   Wed high\n>5,188<  now\n 5,095\n",
        "I last 5188|I all_time_high 5425|L resistance extreme 5425|L resistance level 5310|L resistance extreme 5245|"
        "L support level 5095",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_rows_of_levels_are_read_in_whatever_dress(note):
    assert agrees(note) is True
