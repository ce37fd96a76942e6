"""A label and its number with dots, dashes or an arrow between them read as with a colon."""

from __future__ import annotations

import pytest
from small_notes import read

from levelhead.review.leaders import with_colons
from levelhead.review.source import text_of


def led(text):
    return [block.text for block in with_colons(text_of(text.encode())).blocks]


@pytest.mark.parametrize("lead", [".......... ", " ➜ ", " => ", " » ", " ------- ", ": "])
def test_whatever_leads_to_a_value_is_read_like_a_colon(lead):
    lines = "\n".join(f"{label}{lead}{value}" for label, value in (("Last", "184.60"), ("RSI", "44"), ("MA50", "201.3")))
    assert read(f"Solana daily\n\n{lines}") == [("I", "last", 184.6), ("I", "rsi_14", 44.0), ("I", "sma_50", 201.3)]


@pytest.mark.parametrize(
    "text", ["Breakout → 2,400", "Above 2,350 -> 2,400", "we waited, and waited, and then... 2,350 gave way", "2,350 ... 2,400"]
)
def test_an_arrow_to_a_target_and_a_pause_stay_what_they_are(text):
    assert led(text) == [text]


def test_every_character_stays_where_it_was():
    [line] = led("Close ........ 2,341.9")
    assert line == "Close:         2,341.9"
