"""A dated title and a heading right above rows are none of the rows; parts of a thread are lines of their own."""

from levelhead.review.read import read_note
from levelhead.review.source import text_of

SHEET = """\
METALS: LEVELS  -  Tuesday, 4 March 2025  -  noon
METAL     SPOT     SUP1     RES1
XAUUSD    2915.0   2890.0   2940.0
XAGUSD    31.90    31.40    32.30"""


def test_a_dated_title_above_the_names_of_columns_is_no_row():
    note = read_note(text_of(SHEET.encode()))
    assert {(x.side, x.price.low) for x in note.levels} == {
        ("support", 2890.0),
        ("resistance", 2940.0),
        ("support", 31.4),
        ("resistance", 32.3),
    }


def test_a_row_that_begins_with_a_day_is_a_row():
    days = "Day            Support   Resistance\n4 March 2025   2,890     2,940\n5 March 2025   2,900     2,950"
    rows = [b for b in text_of(days.encode()).blocks if b.kind == "row"]
    assert [len(b.cells) for b in rows] == [3, 3, 3]


def test_a_heading_of_markdown_with_a_bar_heads_the_table_below():
    blocks = text_of(b"## 2 | Levels\nSide | Price\nSupport | 2,890\nResistance | 2,940\n", name="a.md").blocks
    assert [b.kind for b in blocks] == ["heading", "row", "row", "row"]


def test_each_part_of_a_thread_is_a_line_of_its_own():
    thread = (
        "1/ gold 2,915 into the close and while above 2,890 i look for 2,950, as i said\n"
        "2/ the other case: a close below 2,890 and i want 2,860 instead"
    )
    assert [b.text[:2] for b in text_of(thread.encode()).blocks] == ["1/", "2/"]
