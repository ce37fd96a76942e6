"""Tables whose bars became single blanks, and ladders that a page keeps as they were typed."""

from __future__ import annotations

import pytest
from small_notes import agrees, read

from levelhead.review.document import Lines
from levelhead.review.lost_bars import with_tabs
from levelhead.review.source import text_of
from levelhead.review.text import Span

NOTES = (
    (
        "RTY last 1,688.7\n\nWhere it matters\nLevel Type Note\n1,858 Resistance 50-day MA\n1,743–1,754 Resistance June 13 gap\n"
        "1,640.3 Support 52-week low\n1,560s Support Breakout area from November 2020",
        "I last 1688.7|I sma_50 1858|I low_52w 1640.3|L resistance average 1858|L resistance gap 1743-1754|"
        "L support extreme 1640.3|L support level 1560-1569",
    ),
    (
        "RTY last 1,688.7\n\nWhat could happen\nScenario Probability Range or Target\nRelief rally 45% 1,743–1,754\n"
        "Base-building 20% 1,640–1,743\nNext leg down 35% 1,600",
        "I last 1688.7|S up 0.45 - 1743-1754|S range 0.2 1640-1743 -|S down 0.35 - 1600",
    ),
    (
        "RTY last 1,688.7\n\nSetup Entry Stop Target\nLong dip 1,672 1,638 1,743\nShort rally 1,748 1,788 1,670",
        "I last 1688.7|T long 1672 1638 1743|T short 1748 1788 1670",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=[text[18:40] for text, _ in NOTES])
def test_single_blanks_between_cells_are_found_by_the_names_above_them(note):
    assert agrees(note) is True


@pytest.mark.parametrize(
    "text",
    [
        "Target price reached\nGold rose 2% to 3,350 on Friday\nSilver rose 3% to 36.10 as well",
        "Level headed analysts\nThe price was 3,350 and it fell\nThe price is 3,340 now",
        "Bias short term\nbearish\nneutral",
    ],
)
def test_sentences_under_a_short_line_are_left_as_they_are(text):
    assert with_tabs(text) == text


def test_no_character_moves():
    text = NOTES[0][0]
    assert len(with_tabs(text)) == len(text)
    assert with_tabs(text).replace("\t", " ") == text


def test_lines_that_a_page_keeps_as_typed_stay_lines():
    page = (
        "<html><body><h4>RTY ladder</h4><pre>\n 2,712/18       measured objective\n 2,681          all-time high (Jan 12)\n"
        " 2,652.4   &lt;-- last\n 2,618          breakout level\n</pre>"
        "<p>RSI(14) 66.2.</p></body></html>"
    )
    said = read(page)
    assert ("L", "resistance", "level", (2712.0, 2718.0)) in said
    assert ("L", "resistance", "extreme", (2681.0, 2681.0)) in said
    assert ("L", "support", "level", (2618.0, 2618.0)) in said
    assert ("I", "last", 2652.4) in said
    assert ("I", "rsi_14", 66.2) in said


def test_a_row_that_a_width_broke_is_cut_where_it_was_and_its_lines_are_counted():
    text = text_of(
        b"Scenario Probability Target\nRelief rally towards the average of fifty days from the\n45% 1,743-1,754\n"
        b"Slow decline towards the averages of last years and the\n30% 1,700-1,710\nThe end comes here\n"
    )
    at = text.plain.index("The end")
    assert "from the\t45%\t1,743-1,754\n" in text.plain
    assert Lines(text).place(Span(start=at, end=at + 3)).line == 6
