"""A note that was quoted in a mail, or has blank lines between its lines, is the note that was written."""

import pytest

from levelhead.review.as_written import settled, single_spaced, unquoted

SHEET = """\
Sugar No. 11, Thursday
Last 16.42

Resistance
16.70 Monday's high
17.05 the 50-day

Support
16.10 the low of May
15.80 round number"""


def spaced_once(text):
    return settled(single_spaced(text))[0]


def test_the_marks_of_a_quoted_mail_go_and_its_gaps_stay():
    quoted = "\n".join(f"> {line}" if line else ">" for line in SHEET.split("\n"))
    assert unquoted(quoted) == SHEET


def test_a_mail_quoted_in_a_quoted_mail_loses_both_marks():
    assert unquoted("Hi,\n\n>> Last 16.42\n>> Stop 16.10\n>> Target 17.05\n\nyours") == (
        "Hi,\n\nLast 16.42\nStop 16.10\nTarget 17.05\n\nyours"
    )


def test_a_quotation_below_an_answer_loses_its_marks_alone():
    assert unquoted("Agreed.\n\n> Last 16.42\n> Stop 16.10\n> Target 17.05") == "Agreed.\n\nLast 16.42\nStop 16.10\nTarget 17.05"


@pytest.mark.parametrize(
    "kept",
    [
        "Above:\n> 16.70 bullish\n> 17.05 very bullish\n> 18 a new year\nthat is all\nof it",
        "Bias up\n> watch 16.70\nBias down",
        "nothing is marked here",
    ],
)
def test_conditions_and_single_marks_stay(kept):
    assert unquoted(kept) == kept


def test_blank_lines_between_all_lines_go_and_wider_gaps_become_one():
    doubled = "\n".join(f"{line}\n" if line else "" for line in SHEET.split("\n"))
    assert spaced_once(doubled).strip() == SHEET


def test_paragraphs_stay_apart():
    prose = "Sugar fell.\n\nSupport is at 16.10.\n\nResistance is at 16.70.\n\nWe stay out."
    assert spaced_once(prose) == prose
    assert spaced_once(SHEET) == SHEET


def test_rows_parted_by_blank_lines_stand_together():
    rows = ["", "S1\tPivot\tR1", "ZC\t430\t441\t455", "ZS\t1,010\t1,022\t1,040", "ZW\t512\t520\t531"]
    assert spaced_once("\n\n".join(rows)).endswith("ZC\t430\t441\t455\nZS\t1,010\t1,022\t1,040\nZW\t512\t520\t531")
