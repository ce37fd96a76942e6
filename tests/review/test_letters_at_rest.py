"""Rules and brackets in a note all in capitals, and markup whose lines begin with a bracket."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


@pytest.mark.parametrize("line", ["*" * 200, "_" * 400, "*_" * 200, "(" * 400, "\"'" * 300, "a." + " " * 20_000 + "1"])
def test_a_line_of_signs_in_a_note_in_capitals_is_passed_over(line):
    note = read_note(
        text_of(f"RTY DAILY NOTE\n\nTHE CONTRACT CLOSED AT 2,402.5.\n\n{line}\n\nSUPPORT 2,380, RESISTANCE 2,440.\n".encode())
    )
    assert [x.price.low for x in note.levels] == [2380, 2440]


def test_a_page_whose_lines_begin_with_brackets_is_no_quotation():
    page = "<html\n><body\n><table\n><tr\n><td\n>Support</td\n><td\n>2,350</td\n></tr\n></table\n></body\n></html\n"
    note = read_note(text_of(page.encode()))
    assert [(x.side, x.price.low) for x in note.levels] == [("support", 2350)]
