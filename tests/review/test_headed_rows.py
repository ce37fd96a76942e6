"""Rows and lines of names over as many numbers, and tables that change what they speak of."""

import pytest
from small_notes import agrees

NOTES = {
    "pivots in columns without a label": (
        "Soy oil daily pivots\n\nPP     R1     R2     S1     S2\n48.10  48.75  49.30  47.45  46.80\n",
        "L pivot pivot 48.1|L resistance pivot 48.75|L resistance pivot 49.3|L support pivot 47.45|L support pivot 46.8",
    ),
    "pivots in a line, parted by single blanks": (
        "Pivot points, cocoa\nS2 S1 P R1 R2\n8,640 8,790 8,905 9,055 9,170\n",
        "L support pivot 8640|L support pivot 8790|L pivot pivot 8905|L resistance pivot 9055|L resistance pivot 9170",
    ),
    "a line for each market": (
        "Floor levels\n\nSymbol S1 P R1\nES 5,668 5,700 5,733\nNQ 19,850 20,010 20,200\n",
        "L support pivot 5668|L pivot pivot 5700|L resistance pivot 5733|L support pivot 19850|L pivot pivot 20010|"
        "L resistance pivot 20200",
    ),
    "a table of levels behind one of scenarios": (
        "Tin, last 28,400.\n\n| Case | Odds | Target |\n|---|---|---|\n| Up | 60% | 29,300 |\n| Down | 40% | 27,500 |\n\n"
        "Where it lies\n\n| Level | Price | Type |\n|---|---|---|\n| Resistance | 28,900 | May high |\n"
        "| Support | 27,900 | Round number |\n",
        "I last 28400|S up .6 - 29300|S down .4 - 27500|L resistance extreme 28900|L support round 27900",
    ),
    "several tables in one, and a source that begins with the word price": (
        "Lead desk                     Close 2,040\n\n Level      Type          Comment\n 2,085      Resistance    price cluster\n"
        " 1,990      Support       price shelf\n\n Scenario   Probability   Target / range\n Bullish    35%           2,084\n"
        " Neutral    40%           1,995 - 2,080\n Bearish    25%           1,960\n",
        "I last 2040|L resistance level 2085|L support level 1990|S up .35 - 2084|S range .4 1995-2080 -|S down .25 - 1960",
    ),
    "an average beside a numbered support is both": (
        "Zinc\n\n| Level | Price | Type |\n|---|---|---|\n| R1 | 2,905 | |\n| S1 | 2,780 | 50-day SMA |\n",
        "L resistance level 2905|L support average 2780|I sma_50 2780|I pivot.r1 2905|I pivot.s1 2780",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_row_or_line_of_names_heads_the_numbers_below_it(note):
    assert agrees(note) is True
