"""Sections that a heading dismisses: adverts and notices stay out; one in which the note's levels stand is taken back."""

from __future__ import annotations

from levelhead.review.read import read_note
from levelhead.review.source import text_of

LEVELS = "Resistance at 1,137.50, then resistance at 1,169.50.\nSupport at 1,116, next support 1,101.25.\n"


def prices(note: str) -> list[float]:
    return [level.price.low for level in read_note(text_of(note.encode(), name="note.md")).levels]


def test_a_section_called_comments_is_read_where_it_holds_the_levels_of_the_note() -> None:
    assert prices(f"# Soybeans\n\nJanuary settled at 1,125.\n\n## Chart comments\n\n{LEVELS}") == [1137.5, 1169.5, 1116.0, 1101.25]


def test_comments_of_readers_below_a_note_with_its_own_levels_stay_out() -> None:
    own = f"# Soybeans\n\nJanuary settled at 1,125.\n\n{LEVELS}"
    note = f"{own}\n## Comments\n\nJoe: I have support at 1,090 and resistance at 1,180.\n"
    assert prices(note) == [1137.5, 1169.5, 1116.0, 1101.25]


def test_an_advert_in_such_a_section_stays_out() -> None:
    note = f"# Soybeans\n\n## Chart comments\n\n{LEVELS}\nSubscribe for support at 999 and resistance at 1,999.\n"
    assert prices(note) == [1137.5, 1169.5, 1116.0, 1101.25]
