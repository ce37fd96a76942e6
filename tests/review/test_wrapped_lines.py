"""Sentences of paragraphs that are broken at a width go on in the next line."""

from levelhead.review.read import read_note
from levelhead.review.sentences import sentences
from levelhead.review.source import text_of

WRAPPED = """\
Corn settled at 441.25 on Friday. The contract is now trading well above its 20-day
average of 432.50 and the 14-day Relative Strength Index is at a level of 58.3. First
support lies at 430.00 and resistance is seen at the 455.75 that was the high in last
March."""


def parts(text):
    return [text[a:b] for a, b in sentences(text)]


def test_a_full_line_goes_on_in_the_next():
    assert len(parts(WRAPPED)) == 3


def test_values_of_a_wrapped_paragraph_are_read():
    note = read_note(text_of((WRAPPED + "\n").encode()))
    assert {(i.name, i.value.low) for i in note.indicators} >= {("last", 441.25), ("sma_20", 432.5), ("rsi_14", 58.3)}


def test_a_table_row_that_begins_with_a_heading_is_a_row():
    page = b"<table><tr><th>Spot</th><td>3,381.60</td></tr><tr><th>Support</th><td>3,350</td></tr></table>"
    assert [(i.name, i.value.low) for i in read_note(text_of(page, name="a.html")).indicators] == [("last", 3381.6)]


def test_the_frame_beside_an_oscillators_length_is_no_value():
    assert [(i.name, i.value.low) for i in read_note(text_of(b"RSI (14, daily): 42.6\n")).indicators] == [("rsi_14", 42.6)]
