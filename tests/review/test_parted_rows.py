"""Pages whose tables come one cell a line, parted by empty lines, and cheat sheets one label and one price a line."""

import pytest
from small_notes import agrees

NOTES = {
    "a heading and rows of seven lines, parted by empty ones": (
        "Index summary\n\nInstrument\nLast\nSupport 2\nSupport 1\nResistance 1\nResistance 2\nTrend\n\n"
        "DAX\n24,287.5\n24,010.0\n24,145.0\n24,420.0\n24,555.0\nNeutral\n\n"
        "FTSE 100\n9,662.0\n9,535.0\n9,594.0\n9,712.0\n9,770.0\nBullish\n\n"
        "The trend is that of the 20-day average.\n",
        "I last 24287.5|L support level 24010|L support level 24145|L resistance level 24420|L resistance level 24555|"
        "I last 9662|L support level 9535|L support level 9594|L resistance level 9712|L resistance level 9770",
    ),
    "labels above their prices under a heading of two sides, the point among them": (
        "RTYU25\n\nSupport and Resistance\n\n2nd Resistance Point\n2,413.1\n1st Resistance Point\n2,388.2\nLast Price\n2,363.4\n"
        "Pivot Point\n2,352.7\n1st Support Level\n2,327.8\n2nd Support Level\n2,292.3\n"
        "52-Week High\n2,497.1\nFibonacci 61.8%\n2,192.6\n",
        "L resistance pivot 2413.1|L resistance pivot 2388.2|I last 2363.4|L pivot pivot 2352.7|L support pivot 2327.8|"
        "L support pivot 2292.3|L resistance extreme 2497.1|I high_52w 2497.1|L support fibonacci 2192.6",
    ),
    "a column called by the length of its trend": (
        "FX grid\n\nPair;Spot;Sup 1;Res 1;Trend (1-5d)\nEURUSD;1.1648;1.1615;1.1690;Up\nGBPUSD;1.3441;1.3392;1.3480;Down\n",
        "I last 1.1648|L support level 1.1615|L resistance level 1.169|I last 1.3441|"
        "L support level 1.3392|L resistance level 1.348",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_rows_are_parted_where_the_page_parts_them(note):
    assert agrees(note) is True
