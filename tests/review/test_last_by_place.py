"""A market's price that nobody calls the last one: beside its name, or between the levels."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.said import Indicator
from levelhead.review.source import text_of


def lasts(note: str) -> list[Indicator]:
    return [i for i in read_note(text_of(note.encode())).indicators if i.name == "last"]


@pytest.mark.parametrize(
    ("note", "price"),
    [
        ("Hi all, RTY 2,318. Support is 2,296 and resistance 2,344.", 2318.0),
        ("Tech view: IWM ($214.80). Resistance $219. Support $211.", 214.8),
        ("Dow: support 42,150, resistance 42,900. With the index itself at 42,480, neither is near.", 42480.0),
        ("EUR/USD 1.0842\nSMA20 1.0811\nSMA50 1.0765", 1.0842),
    ],
)
def test_a_number_beside_the_markets_name_is_its_price_where_none_is_called_so(note: str, price: float) -> None:
    assert [i.value.low for i in lasts(note)] == [price]


@pytest.mark.parametrize(
    "note",
    [
        "RTY 2,318 is support. Resistance is 2,344, then 2,361.",
        "Russell 2000: support 2,296, resistance 2,344. Long RTY 2,318, stop 2,290, target 2,340.",
        "Dow: support 42,150, resistance 42,900. With the index itself at 43,480, neither is near.",
        "Dow: support 42,150, resistance 42,900. With the index itself at 42,480 or itself at 42,610, neither is near.",
    ],
)
def test_one_that_is_a_level_a_trade_outside_the_levels_or_one_of_several_is_not(note: str) -> None:
    assert lasts(note) == []
