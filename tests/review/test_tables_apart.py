"""Where one table ends and the next begins, and exports of two columns."""

import pytest
from small_notes import agrees

NOTES = {
    "two tables of equal width one behind the other": (
        "Rubber 171.\n\n"
        "| Horizon | Support | Resistance |\n|---|---|---|\n| Day | 169 | 174 |\n| Week | 165 | 178 |\n\n"
        "| Outcome by month end | % | Where |\n|---|---|---|\n| Up | 45 | 177 |\n"
        "| Sideways | 30 | 166-177 |\n| Down | 25 | 163 |\n",
        "L support level 169|L resistance level 174|L support level 165|L resistance level 178|S up .45 - 177|S range .3 166-177 -|"
        "S down .25 - 163|I last 171",
    ),
    "the range of a year beside its name": (
        "Levels\n\nSupport:          192.50     187.20\nResistance:       199.80     204.10\n52-week range:    140.53 - 207.05\n",
        "L support level 192.5|L support level 187.2|L resistance level 199.8|L resistance level 204.1|"
        "I low_52w 140.53|I high_52w 207.05",
    ),
    "names and numbers parted by a comma": (
        "Weekly technicals, palladium\n\nItem,Value\nLast,1184.5\nSMA 20,1142.3\nRSI 14,61.7\nResistance 1,1215\nSupport 1,1140\n",
        "I last 1184.5|I sma_20 1142.3|I rsi_14 61.7|L resistance level 1215|L support level 1140",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_each_table_is_read_by_its_own_heading(note):
    assert agrees(note) is True
