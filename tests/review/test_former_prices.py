"""Where the market stood on another day is not where it stands; of a bar's four prices the close is."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def lasts(note: str) -> list[float]:
    return [i.value.low for i in read_note(text_of(note.encode())).indicators if i.name == "last"]


@pytest.mark.parametrize(
    "former",
    [
        "It was at 2,341 when we last wrote.",
        "On 3 May the index closed at 2,341.",
        "We turned neutral eight days ago (12 Mar, spot at 2,341).",
        "(prev. close 2,341)",
        "Prior day: H 2,352.0 L 2,331.5 C 2,341.0.",
    ],
)
def test_a_former_price_is_none_beside_that_of_the_day(former: str) -> None:
    assert lasts(f"The Russell 2000 trades at 2,318. {former} Support is at 2,290.") == [2318.0]


def test_a_former_price_is_the_last_one_known_where_no_other_stands() -> None:
    assert lasts("Russell 2000. Previous close: 2,341. Support is at 2,290.") == [2341.0]


@pytest.mark.parametrize("bar", ["O 2,306 H 2,326 L 2,301 C 2,318", "Open 2,306 / High 2,326 / Low 2,301 / Close 2,318"])
def test_the_last_price_of_a_bar_is_its_close(bar: str) -> None:
    assert lasts(f"Russell 2000\n\n{bar}\n\nSupport: 2,296. Resistance: 2,344.") == [2318.0]
