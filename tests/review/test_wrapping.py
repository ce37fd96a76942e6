"""Lines that a mail or a PDF broke at a width are whole again, and places are still counted in the lines that were given."""

import textwrap

import pytest

from levelhead.review.document import Lines
from levelhead.review.source import text_of
from levelhead.review.text import Span

LETTER = (
    "Dear reader, cotton has had a dull fortnight. December settled at 66.42 on Thursday, below the 50-day average of "
    "67.10 and above the low of July at 65.35. We sell rallies into 67.60 and think that a close below 65.35 leads to 63.90."
)
LIST = "Cotton at a glance\nR2 68.40 the high of June\nR1 67.60 the gap\nS1 65.35 the low of July\nS2 63.90 the low of 2024"


@pytest.mark.parametrize("width", [60, 72, 80, 96])
def test_a_paragraph_broken_at_any_width_is_one_line(width):
    broken = textwrap.fill(LETTER, width, break_on_hyphens=False)
    assert text_of(f"{broken}\n\n{LIST}".encode()).plain == f"{LETTER}\n\n{LIST}"


def test_items_of_a_list_go_on_under_their_bullets():
    items = "- the 50-day average at 67.10, which has turned the market back on\n  three days\n- the low of July, 65.35"
    assert text_of(items.encode()).plain == items.replace("\n  three", " three")


def test_a_paragraph_broken_twice_is_whole():
    twice = (
        "Cotton has had a dull fortnight and December settled at 66.42 on\nThursday,\n"
        "below the 50-day average of 67.10 and above the low of July at\n65.35, which\n"
        "we think will hold; a rally into 67.60 we would sell with a stop\nat 68.40."
    )
    assert text_of(twice.encode()).plain == twice.replace("\n", " ")


def test_lines_broken_by_hand_need_not_be_equally_long():
    by_hand = (
        "Cotton has had a dull fortnight, and it settled at 66.42 on\n"
        "Thursday, which is below the 50-day average of 67.10 and not far\n"
        "above the low of July at 65.35. We sell rallies into\n"
        "67.60 and think that a close below that low leads down to 63.90."
    )
    assert text_of(by_hand.encode()).plain == by_hand.replace("\n", " ")


@pytest.mark.parametrize(
    "kept",
    [
        LIST,
        "Long above 67.60, target 68.40\nshort below 65.35, target 63.90\nflat in between",
        "ZC last 441: resistance 448 and 455, support 436 and 430, nothing else\nZS last 1,022: resistance 1,040, support 1,010",
    ],
)
def test_lists_are_left_as_they_are(kept):
    assert text_of(kept.encode()).plain == kept


def test_the_line_of_a_place_is_that_of_the_text_as_it_was_given():
    broken = textwrap.fill(LETTER, 60, break_on_hyphens=False)
    text = text_of(f"{broken}\n\n{LIST}".encode())
    at = text.plain.index("R1 67.60")
    assert Lines(text).place(Span(start=at, end=at + 2)).line == broken.count("\n") + 5
    word = text.plain.index("sell rallies")
    row = next(n for n, line in enumerate(broken.split("\n"), 1) if "sell" in line)
    assert Lines(text).place(Span(start=word, end=word + 4)).line == row


def test_a_line_after_blank_ones_that_were_taken_out_is_counted_from_the_top():
    text = text_of(b"Cotton\n\nLast 66.42\n\nSupport 65.35\n\n\nResistance 67.60\n")
    assert text.plain == "Cotton\nLast 66.42\nSupport 65.35\n\nResistance 67.60\n"
    at = text.plain.index("Resistance")
    assert Lines(text).place(Span(start=at, end=at + 1)).line == 8


def test_a_blank_line_taken_out_behind_a_line_that_goes_on_is_counted():
    broken = "Cotton has had a dull fortnight, and it settled at 66.42 on the\nThursday that nobody liked."
    text = text_of(f"Cotton\n\n{broken}\n\nSupport 65.35\n\n\nResistance 67.60\n".replace("the\n", "the\n\n").encode())
    at = text.plain.index("Resistance")
    assert "on the Thursday" in text.plain
    assert Lines(text).place(Span(start=at, end=at + 1)).line == 10
