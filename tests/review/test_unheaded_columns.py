"""Columns without a heading stand before those that have one."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "Pivot numbers for today\n\n             Settle        S2         S1       Pivot       R1         R2\nES "
            " Sep     6,019.50    5,953.25   5,986.25   6,031.00   6,064.00   6,108.75\nNQ  Sep    21,843.50   "
            "21,535.25  21,689.25  21,916.25  22,070.25  22,297.25\n"
        ),
        (
            "I last 6019.5|I last 21843.5|L support pivot 5953.25|L support pivot 5986.25|L pivot pivot 6031|"
            "L resistance pivot 6064|L resistance pivot 6108.75|L support pivot 21535.25|L support pivot 21689.25|"
            "L pivot pivot 21916.25|L resistance pivot 22070.25|L resistance pivot 22297.25"
        ),
    ),
    (
        "ES 6,728.00 support 6,700 resistance 6,755.\n",
        "L support level 6700|L resistance level 6755",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_each_cell_stands_under_its_own_heading(note):
    assert agrees(note) is True
