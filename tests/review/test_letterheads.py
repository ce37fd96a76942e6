"""The paper a note is printed on says nothing of what stands in it."""

import pytest

from levelhead.review.letterheads import is_letterhead, is_mail_field
from levelhead.review.read import read_note
from levelhead.review.source import text_of


@pytest.mark.parametrize(
    "line",
    [
        "Subject: Closing comments - natural gas",
        "From: J. Doe <j@mill.example>",
        "Cc: all sales",
        "Meridian Securities - Equity Strategy Memo",
        "HARBOUR CLEARING / FLOOR SHEET / 3 MARCH",
        "The Long and Short Letter, volume 12",
    ],
)
def test_a_line_that_names_a_paper_is_a_letterhead(line):
    assert is_letterhead(line)


@pytest.mark.parametrize("line", ["Trade plan", "Key levels for the desk", "Support", "Long setup of our house", "Base case"])
def test_a_line_that_announces_what_follows_is_none(line):
    assert not is_letterhead(line)


def test_to_and_date_are_mail_only_with_an_address():
    assert not is_mail_field("To: 4,210")
    assert is_mail_field("To: desk <desk@mill.example>")


def test_a_mail_about_comments_is_read():
    note = read_note(
        text_of(
            b"From: Ann <ann@mill.example>\nSubject: Noon comments - corn\n\n"
            b"Corn is trading 431.50. Support is 426, resistance 438.\n"
        )
    )
    assert {(x.side, x.price.low) for x in note.levels} == {("support", 426), ("resistance", 438)}


def test_a_strategy_memo_lists_levels_and_no_setups():
    note = read_note(
        text_of(
            b"Meridian Securities - FX strategy memo\n\nEUR/CHF 0.9412\n\n"
            b"| | Level |\n|---|---|\n| R1 | 0.9450 |\n| S1 | 0.9380 |\n",
            name="a.md",
        )
    )
    assert {(x.side, x.price.low) for x in note.levels} == {("resistance", 0.945), ("support", 0.938)}
    assert not note.setups
