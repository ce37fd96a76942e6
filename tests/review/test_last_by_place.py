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


@pytest.mark.parametrize(
    ("note", "price"),
    [
        ("One ounce costs 2,871 dollars at the moment. Support at 2,840 and 2,812, resistance at 2,900.", 2871.0),
        ("So where are we? Nasdaq futs, let me see, 21,316.75. Support 21,180, resistance 21,450.", 21316.75),
        ("SILVER CORNER - front future 38.47\n\nFloor | Ceiling\n--- | ---\n$37.90 | $39.10\n$37.20 | $39.80", 38.47),
    ],
)
def test_weak_cues_make_a_last_price_together(note: str, price: float) -> None:
    assert [i.value.low for i in lasts(note)] == [price]


@pytest.mark.parametrize(
    "note",
    [
        "Support 2,840, resistance 2,900. The initial margin is 2,871 a contract.",
        "Support was 18.85 until Monday. Support is now 18.30 and resistance 19.10.",
        "Price to sales 2.3, price to book 1.6.",
    ],
)
def test_margins_former_levels_and_multiples_are_none(note: str) -> None:
    assert lasts(note) == []


@pytest.mark.parametrize(
    ("sentence", "price"),
    [
        ("The March E-mini comes into this morning at 2,318.40, almost unchanged.", 2318.4),
        ("Spot is steadier this morning at 2,318 with little to drive it.", 2318.0),
        ("Crude heads into the OPEC meeting at 2,318.", 2318.0),
    ],
)
def test_a_market_comes_into_a_day_at_its_price(sentence: str, price: float) -> None:
    assert [i.value.low for i in lasts(f"{sentence} Support is 2,296, resistance 2,344.")] == [price]


@pytest.mark.parametrize("move", ["rally", "bounce", "advance", "recovery"])
def test_where_a_move_ended_the_market_need_not_be(move: str) -> None:
    assert lasts(f"Resistance is where the December {move} ended, at 2,622. Support is 2,500.") == []


def test_a_market_that_rose_by_so_much_to_a_price_is_there() -> None:
    assert [i.value.low for i in lasts("Brent futures rose 62 cents, or 0.7%, to $83.58 a barrel. Support at $82.10.")] == [83.58]
