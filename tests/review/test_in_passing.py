"""Other markets' prices in a note: those spoken of in passing, and those it is about."""

from __future__ import annotations

from levelhead.review.read import read_note
from levelhead.review.said import OthersNote
from levelhead.review.source import text_of

RUSSELL = "Russell 2000: support 2,296, then 2,271; resistance 2,344, then 2,380. Last 2,318. "


def read(note: str) -> OthersNote:
    return read_note(text_of(note.encode()))


def lasts(note: OthersNote) -> list[float]:
    return [i.value.low for i in note.indicators if i.name == "last"]


def test_a_market_of_which_one_price_is_told_is_spoken_of_in_passing() -> None:
    note = read(RUSSELL + "Silver closed at 54.20 and has support at 52.90.")
    assert lasts(note) == [2318.0]
    assert [x.price.low for x in note.levels] == [2296.0, 2271.0, 2344.0, 2380.0]


def test_a_market_of_which_three_prices_are_told_is_one_the_note_is_about() -> None:
    note = read(RUSSELL + "Silver closed at 54.20 and has support at 52.90, resistance at 55.75.")
    assert lasts(note) == [2318.0, 54.2]
    assert [x.price.low for x in note.levels][-2:] == [52.9, 55.75]


def test_of_one_market_alone_every_price_counts() -> None:
    note = read("Wheat last 541.25.")
    assert lasts(note) == [541.25]
