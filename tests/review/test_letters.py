"""A note all in capitals, or all in small letters, is read as one that has both."""

import pytest

from levelhead.review.letters import in_usual_letters
from levelhead.review.read import read_note
from levelhead.review.source import text_of

NOTE = """\
Crude oil and the RSI, Friday 9 May 2025
CLM5 last US$61.02. RSI 48, ATR 1.9, 50-day MA 62.40.

Daily pivots: (S1) 59.80 (P) 60.70 (R1) 61.90
Immediate R: 62.40, next S: 58.10
Long 59.90, SL 58.90, TP 62.30
The Fed gives us nothing to do before the US CPI in May."""


def read(text):
    note = read_note(text_of(text.encode()))
    return (
        {(level.side, level.kind, level.price.low) for level in note.levels},
        {(value.name, value.value.low) for value in note.indicators},
        [(setup.side, setup.entry.low) for setup in note.setups],
    )


@pytest.mark.parametrize("dress", [str.lower, str.upper])
def test_it_reads_the_same(dress):
    assert read(dress(NOTE)) == read(NOTE)
    assert all(read(NOTE))


@pytest.mark.parametrize("dress", [str.lower, str.upper])
def test_names_codes_and_beginnings_get_their_capitals(dress):
    said = in_usual_letters(text_of(dress(NOTE).encode())).plain
    assert len(said) == len(NOTE)
    for words in ("RSI, Friday 9 May", "CLM5 last US$61.02. RSI 48, ATR 1.9", "(P) 60.70", "The Fed gives us nothing", "US CPI in"):
        assert words in said


def test_the_text_that_is_kept_has_the_letters_it_came_with():
    note = read_note(text_of(NOTE.upper().encode()))
    assert note.text.plain == NOTE.upper()
    assert all(0 <= i.span.start < i.span.end <= len(NOTE) for i in note.indicators)


def test_a_text_with_both_kinds_of_letters_stays():
    text = text_of(NOTE.encode())
    assert in_usual_letters(text) is text
