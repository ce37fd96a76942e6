"""Rows whose cells were run together: each cell ends where the cells of the other rows say."""

import pytest
from small_notes import agrees

from levelhead.review.glued_names import headings
from levelhead.review.glued_rows import Prices, parted

ROWS = {
    "price, side and remark": (
        ["2,240Rhigh of May", "2,185Sopen of the week", "2,150S200-day MA"],
        3,
        Prices(2200, 0),
        [["2,240", "R", "high of May"], ["2,185", "S", "open of the week"], ["2,150", "S", "200-day MA"]],
    ),
    "lengths of averages before their values": (
        ["close3,498.70", "SMA203,447.3", "SMA2003,196.1", "RSI1464.9"],
        2,
        Prices(3450, 1),
        [["close", "3,498.70"], ["SMA20", "3,447.3"], ["SMA200", "3,196.1"], ["RSI14", "64.9"]],
    ),
    "rows that are counted": (
        ["1153.10ResistanceMay high", "2140.50Support50-day SMA", "3133.00Support"],
        4,
        Prices(145, 2),
        [["1", "153.10", "Resistance", "May high"], ["2", "140.50", "Support", "50-day SMA"], ["3", "133.00", "Support", ""]],
    ),
    "a chance behind a price": (
        ["Rise to 1,51045%banks lead", "Range 1,470–1,51030%no data", "Fall to 1,45025%oil"],
        3,
        Prices(1490, 0),
        [["Rise to 1,510", "45%", "banks lead"], ["Range 1,470–1,510", "30%", "no data"], ["Fall to 1,450", "25%", "oil"]],
    ),
}


@pytest.mark.parametrize(("lines", "width", "style", "expected"), ROWS.values(), ids=ROWS)
def test_a_cell_ends_where_the_other_rows_say(lines, width, style, expected):
    found = parted(lines, width, style)
    assert found is not None
    assert [[line[c[0] : c[1]] if c else "" for c in row] for line, row in zip(lines, found.rows, strict=True)] == expected


def test_names_of_columns_are_parted():
    assert headings("lvlrolesource")[3][1] == ((0, 3), (3, 7), (7, 13))


NOTES = {
    "markets with six numbers each": (
        "TickerLastSupp. 1Supp. 2Res. 1Res. 2\nKO62.4061.8061.1063.0063.90\nPEP171.20169.50168.00173.10175.00\n",
        "I last 62.4|L support level 61.8|L support level 61.1|L resistance level 63|L resistance level 63.9|"
        "I last 171.2|L support level 169.5|L support level 168|L resistance level 173.1|L resistance level 175",
    ),
    "two sides beside one another": (
        "Silver, $51.20\n\nSupportsResistances\nS1 $50.40R1 $52.10\nS2 $49.80R2 $52.90\n",
        "I last 51.2|L support level 50.4|L support level 49.8|L resistance level 52.1|L resistance level 52.9",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_table_that_was_run_together_reads_as_one(note):
    assert agrees(note) is True
