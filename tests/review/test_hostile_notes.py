"""Anything gives a reading, however much of it there is and whatever it is made of."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead.review.read import MOST_CHARACTERS, read_note
from levelhead.review.source import text_of

A_MILLION = 1_000_000
MUCH = MOST_CHARACTERS + 20_000
MOST_MEMORY = 400_000_000
REPEATED = [
    "1",
    "1,",
    "2,350-",
    "2,350/",
    "(",
    "support at 2,350, ",
    "Support 2,350\n",
    "Support2,350Low\n",
    "Resistance 12,485–2,500\n",
    "50% to 2,350, ",
    "50 and ",
    "50-day and ",
    "|a",
    "| 2,350 | support |\n",
    "RSI (14",
    "bullish above ",
    "if above 2,350 then ",
    "last price ",
    "117’17 ",
    "a@",
    "Level\nPrice\n2,350\n",
    "Bull case (40%): 2,350\n",
    "entry stop target 2,350 ",
    "TypePriceNote",
    "higher highs and ",
    "~≈$",
    "52-week ",
    "Jan ",
]
WORDS = """support resistance 2,350 2,420–2,455 50-day RSI 58.3 40% : | - above target stop buy bull case and ( ) → entry P S1"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@pytest.mark.parametrize("piece", REPEATED)
def test_much_of_one_thing_gives_a_reading(piece):
    note = read_note(text_of((piece * (MUCH // len(piece))).encode()))
    assert len(note.levels) + len(note.scenarios) + len(note.not_understood) <= MUCH / 4


def test_a_million_characters_are_read_in_bounded_memory():
    text = text_of(("Bull case (40%): support at 2,350 and 2,310. " * (A_MILLION // 46)).encode())
    tracemalloc.start()
    try:
        read_note(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY


def test_what_is_too_long_to_be_read_is_listed_as_such():
    note = read_note(text_of(("A word about nothing at all.\n\n" * 30_000).encode()))
    assert "Only the first" in note.not_understood[-1].why


def test_of_a_note_of_nothing_but_numbers_the_first_are_read():
    # 6,000 numbers in 12,000 characters: the 2,001st stands at character 4,000
    note = read_note(text_of(("7/" * 6_000).encode()))
    assert note.not_understood[-1].span.start == 4_000
    assert "2,000 numbers" in note.not_understood[-1].why


@settings(max_examples=60, deadline=None)
@given(words=st.lists(PIECES, max_size=80))
def test_words_of_the_trade_in_any_order_are_read_the_same_way_twice(words):
    text = text_of((" ".join(words) + " x").encode())
    note = read_note(text)
    assert note == read_note(text)
    for found in (*note.levels, *note.indicators, *note.scenarios, *note.setups, *note.biases, *note.statements):
        assert 0 <= found.span.start <= found.span.end <= len(text.plain)
    assert all(x.price.low <= x.price.high for x in note.levels)


@settings(max_examples=60, deadline=None)
@given(anything=st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=400).filter(str.strip))
def test_any_text_is_read(anything):
    note = read_note(text_of(("A note. " + anything).encode()))
    assert note.text.plain.startswith("A note.")
