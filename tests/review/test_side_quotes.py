"""Prices of other markets in a list beside the note, and the cents and eighths of grains."""

import pytest
from small_notes import agrees

from levelhead.review.read import read_note
from levelhead.review.source import text_of

NOTES = {
    "a strip of quotes above a note": (
        "GBP/USD 1.3388   USD/JPY 155.62\n\nEuro forecast\n\n"
        "The euro (EURUSD) trades at 1.1735. Support: 1.1633. Resistance: 1.1830.",
        "I last 1.1735|L support level 1.1633|L resistance level 1.183",
    ),
    "items of quotes below a note": (
        "Tesla: levels\n\nTSLA closed at 214.20. Resistance 221.50.\n\n- AAPL 227.50\n- NVDA 118.10\n- MSFT 408.40\n",
        "I last 214.2|L resistance level 221.5",
    ),
    "markets that the note speaks of keep their price": (
        "ES 6,412.50 (+0.3%), NQ 23,410 (+0.5%)\n\nES: support 6,380.\nNQ: resistance 23,600.",
        "I last 6412.5|I last 23410|L support level 6380|L resistance level 23600",
    ),
    "a note that is nothing but quotes": ("ES 6,412.50 (+0.3%), NQ 23,410 (+0.5%)", "I last 6412.5|I last 23410"),
    "cents and eighths": (
        "Wheat note\n\nWheat settled at 521-6.\nSupport 515-0, 506-4. Resistance 530-2.",
        "I last 521.75|L support level 515|L support level 506.5|L resistance level 530.25",
    ),
    "a range of cents": ("Wheat note\n\nWheat settled at 521. Support 515-7.", "I last 521|L support level 515-517"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_stands_beside_a_note_is_not_taken_for_its_own(note):
    assert agrees(note) is True


@pytest.mark.parametrize(
    "aside",
    [
        "The dollar is what drives it, and silver trades at $48.10 while nobody looks.",
        "At 14:20 he is asked about Tesla, Nvidia and bitcoin at 93K, and says that he has no charts of them.",
    ],
)
def test_a_market_of_which_a_sentence_speaks_in_passing_has_no_last_price_in_the_note(aside: str) -> None:
    note = f"Gold closed at $4,112. Support lies at $4,040 and $3,985, resistance at $4,180.\n\n{aside}"
    assert [i.value.low for i in read_note(text_of(note.encode())).indicators if i.name == "last"] == [4112.0]


def test_a_market_with_levels_of_its_own_keeps_its_last_price() -> None:
    note = (
        "Gold closed at $4,112. Support lies at $4,040.\n\n"
        "Silver has been dragged along by it. Silver trades at $48.10 and has support at $47.20."
    )
    assert [i.value.low for i in read_note(text_of(note.encode())).indicators if i.name == "last"] == [4112.0, 48.1]
