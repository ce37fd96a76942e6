"""How prices are written: with decimals, or in thirty-seconds of a point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.quoting import Quoting, quoting_of

BOND, TEN_YEAR, FIVE_YEAR, TWO_YEAR = (quoting_of(1 / (32 * parts), 8) for parts in (1, 2, 4, 8))
EIGHTHS = {"": 0.0, "0": 0.0, "1": 0.125, "2": 0.25, "3": 0.375, "5": 0.5, "6": 0.625, "7": 0.75, "8": 0.875}


@pytest.mark.parametrize(
    ("quoting", "price", "expected"),
    [
        (BOND, 117 + 17 / 32, "117'17"),
        (BOND, 117.0, "117'00"),
        (TEN_YEAR, 110 + 16.5 / 32, "110'165"),
        (TEN_YEAR, 110 + 16 / 32, "110'160"),
        (FIVE_YEAR, 108 + 25.25 / 32, "108'252"),
        (FIVE_YEAR, 108 + 25.5 / 32, "108'255"),
        (FIVE_YEAR, 108 + 25.75 / 32, "108'257"),
        (TWO_YEAR, 103 + 18.125 / 32, "103'181"),
        (TWO_YEAR, 103 + 18.875 / 32, "103'188"),
        (BOND, 117.99, "118'00"),  # 31.68 thirty-seconds
        (BOND, -0.15625, "-0'05"),
        (BOND, -0.001, "0'00"),
        (Quoting(1), 2229.276, "2,229.3"),
        (Quoting(1), 2229.25, "2,229.3"),  # half away from zero
        (Quoting(0), -3.5, "-4"),
    ],
)
def test_a_price_is_written_as_the_trade_writes_it(quoting, price, expected):
    assert quoting.price(price) == expected


def test_a_difference_has_its_sign():
    assert [BOND.price(points, signed=True) for points in (0.15625, -0.15625, 0.0)] == ["+0'05", "-0'05", "0'00"]


@pytest.mark.parametrize("tick", [None, 0.25, 0.1, 0.01, 0.03, 1.0, 5.0, 1 / 16, 1 / 512])
def test_any_other_tick_is_written_in_decimals(tick):
    assert quoting_of(tick, 2) == Quoting(2, 0)


@given(parts=st.sampled_from([1, 2, 4, 8]), ticks=st.integers(-50_000, 50_000))
def test_what_is_written_reads_back_to_the_same_price(parts, ticks):
    price = ticks / (32 * parts)
    text = quoting_of(1 / (32 * parts), 8).price(price)
    whole, _, fraction = text.lstrip("-").replace(",", "").partition("'")
    size = int(whole) + (int(fraction[:2]) + EIGHTHS[fraction[2:]]) / 32
    assert (-size if text.startswith("-") else size) == price
